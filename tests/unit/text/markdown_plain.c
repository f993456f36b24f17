/*
 * text/markdown_plain: titles and summaries of metadata as plain text.
 */
#include "text/markdown_plain.h"

#include "tap.h"

enum { text_max = 1024 * 1024, long_size = 64 * 1024 };

struct plain_case {
	struct str line, want;
};

static const struct plain_case titles[] = {
    {STR_INIT("Plain & simple"), STR_INIT("Plain & simple")},
    {STR_INIT("The &ldquo;front door&rdquo; isn&#39;t"),
	STR_INIT("The \xe2\x80\x9c"
		 "front door\xe2\x80\x9d isn't")},
    {STR_INIT("Writing <em>and</em> <b class=\"x\">more</b>"),
	STR_INIT("Writing and more")},
    {STR_INIT("One<br>two<br/>three"), STR_INIT("One two three")},
    {STR_INIT("The <dialog> element and Vec<T>"),
	STR_INIT("The <dialog> element and Vec<T>")},
    {STR_INIT("`<em>x</em> &amp;` stays"),
	STR_INIT("`<em>x</em> &amp;` stays")},
    {STR_INIT("1 < 2 & 3 > 2; &unknown; a `b"),
	STR_INIT("1 < 2 & 3 > 2; &unknown; a `b")},
    {STR_INIT("# *args, **kwargs and __init__"),
	STR_INIT("# *args, **kwargs and __init__")},
    {STR_INIT("</em> alone"), STR_INIT("</em> alone")},
};

static const struct plain_case summaries[] = {
    {STR_INIT("See <a href=\"http://a.example\">this</a> &amp; "
	      "[that](http://b.example \"t\")."),
	STR_INIT("See this & that.")},
    {STR_INIT("1. Not a list"), STR_INIT("1. Not a list")},
    {STR_INIT("# No heading"), STR_INIT("# No heading")},
    {STR_INIT("**Bold**, *em* and `code`"), STR_INIT("Bold, em and `code`")},
    {STR_INIT("<p>A paragraph</p>"), STR_INIT("A paragraph")},
    {STR_INIT("A [[Wiki|name]]"), STR_INIT("A name")},
    {STR_INIT(""), STR_INIT("")},
};

static void
check(const struct plain_case *c, void (*add)(struct buf *, struct str))
{
	struct buf out;

	buf_init(&out, text_max);
	add(&out, c->line);
	tap_str(buf_str(&out), c->want, "%.*s", (int)c->line.n, c->line.p);
	buf_fini(&out);
}

/* What looks like much that is never closed takes no long time: the test's own
 * limit stops it otherwise. */
static void
test_long(void)
{
	static const struct str parts[] = {STR_INIT("<a"), STR_INIT("<a>"),
	    STR_INIT("`"), STR_INIT("&"), STR_INIT("</a>")};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct buf line, out;

		buf_init(&line, text_max);
		buf_init(&out, text_max);
		while (line.n < long_size)
			buf_add(&line, parts[i]);
		markdown_add_title(&out, buf_str(&line));
		tap_ok(out.n <= line.n, "many \"%.*s\"", (int)parts[i].n,
		    parts[i].p);
		buf_fini(&out);
		buf_fini(&line);
	}
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		check(&titles[i], markdown_add_title);
	for (size_t i = 0; i < sizeof(summaries) / sizeof(summaries[0]); i++)
		check(&summaries[i], markdown_add_summary);
	test_long();
	return tap_done();
}
