/*
 * text/gemtext_html: what lines become, and that no text becomes markup.
 */
#include "text/gemtext_html.h"

#include "base/mem.h"
#include "tap.h"

enum {
	out_max = 1024 * 1024,
	lines_many = 20000,
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static enum gemtext_html_link
on_resolve(void *context, struct str url, struct buf *href)
{
	(void)context;
	if (str_starts(url, STR("javascript:")))
		return GEMTEXT_HTML_TEXT;
	if (str_eq(url, STR("/search")))
		return GEMTEXT_HTML_NOTHING;
	buf_add(href, url);
	return str_ends(url, STR(".png")) ? GEMTEXT_HTML_IMAGE
					  : GEMTEXT_HTML_LINK;
}

static void
convert(struct str text, struct str title, struct buf *out)
{
	struct gemtext_html options = {
	    .resolve = on_resolve,
	    .image_word = STR("Picture"),
	    .title = title,
	};

	buf_init(out, out_max);
	gemtext_add_html(&options, text, out);
}

static const struct {
	const char *name;
	struct str text;
	struct str html;
} cases[] = {
    {"nothing", STR_INIT(""), STR_INIT("")},
    {"a line", STR_INIT("One."), STR_INIT("<p dir=\"auto\">One.</p>\n")},
    {"lines of one paragraph", STR_INIT("One.\nTwo.\n\n\nThree.\n"),
	STR_INIT("<p dir=\"auto\">One.<br>\nTwo.</p>\n"
		 "<p dir=\"auto\">Three.</p>\n")},
    {"markup in text", STR_INIT("<script>alert(\"1\")</script> & 'x'\n"),
	STR_INIT("<p dir=\"auto\">&lt;script&gt;alert(&quot;1&quot;)"
		 "&lt;/script&gt; &amp; &#39;x&#39;</p>\n")},
    {"a date at the start", STR_INIT("2026-01-31 was a day\n"),
	STR_INIT("<p dir=\"auto\"><time datetime=\"2026-01-31\">2026-01-31"
		 "</time> was a day</p>\n")},
    {"no such date", STR_INIT("2026-02-31\n"),
	STR_INIT("<p dir=\"auto\">2026-02-31</p>\n")},
    {"headings", STR_INIT("# A\n## B\n### C\n## D\n"),
	STR_INIT("<h1 dir=\"auto\">A</h1>\n<h2 dir=\"auto\">B</h2>\n"
		 "<h3 dir=\"auto\">C</h3>\n<h2 dir=\"auto\">D</h2>\n")},
    {"headings with a gap", STR_INIT("# A\n### C\n"),
	STR_INIT("<h1 dir=\"auto\">A</h1>\n<h2 dir=\"auto\">C</h2>\n")},
    {"sections of level 1", STR_INIT("# A\n# B\n## C\n# D\n"),
	STR_INIT("<h1 dir=\"auto\">A</h1>\n<h2 dir=\"auto\">B</h2>\n"
		 "<h3 dir=\"auto\">C</h3>\n<h2 dir=\"auto\">D</h2>\n")},
    {"a heading without a text", STR_INIT("# A\n##\n"),
	STR_INIT("<h1 dir=\"auto\">A</h1>\n")},
    {"a list", STR_INIT("* a\n* b\n"),
	STR_INIT("<ul>\n<li dir=\"auto\">a</li>\n<li dir=\"auto\">b</li>\n"
		 "</ul>\n")},
    {"a nested list", STR_INIT("* a\n* – b\n* – c\n* – – d\n* e\n"),
	STR_INIT("<ul>\n<li dir=\"auto\">a\n<ul>\n<li dir=\"auto\">b</li>\n"
		 "<li dir=\"auto\">c\n<ul>\n<li dir=\"auto\">d</li>\n</ul>\n"
		 "</li>\n</ul>\n</li>\n<li dir=\"auto\">e</li>\n</ul>\n")},
    {"a dash without a parent", STR_INIT("* – b\n"),
	STR_INIT("<ul>\n<li dir=\"auto\">– b</li>\n</ul>\n")},
    {"numbers", STR_INIT("1. a\n2. b\nc\n"),
	STR_INIT("<ol>\n<li dir=\"auto\">a</li>\n<li dir=\"auto\">b</li>\n"
		 "</ol>\n<p dir=\"auto\">c</p>\n")},
    {"numbers from another on", STR_INIT("3. a\n4. b\n"),
	STR_INIT("<ol start=\"3\">\n<li dir=\"auto\">a</li>\n"
		 "<li dir=\"auto\">b</li>\n</ol>\n")},
    {"a number alone", STR_INIT("1968. A year.\n"),
	STR_INIT("<p dir=\"auto\">1968. A year.</p>\n")},
    {"numbers out of order", STR_INIT("1. a\n3. b\n"),
	STR_INIT("<p dir=\"auto\">1. a<br>\n3. b</p>\n")},
    {"a quote", STR_INIT("> a\n> b\n>\n> c\n"),
	STR_INIT("<blockquote>\n<p dir=\"auto\">a<br>\nb</p>\n"
		 "<p dir=\"auto\">c</p>\n</blockquote>\n")},
    {"links", STR_INIT("=> /a A & B\n=> /b\n"),
	STR_INIT("<ul class=\"links\">\n"
		 "<li dir=\"auto\"><a href=\"/a\">A &amp; B</a></li>\n"
		 "<li dir=\"auto\"><a href=\"/b\">/b</a></li>\n</ul>\n")},
    {"a dated link", STR_INIT("=> /a 2026-01-31 Title\n"),
	STR_INIT("<ul class=\"links\">\n<li dir=\"auto\">"
		 "<time datetime=\"2026-01-31\">2026-01-31</time> "
		 "<a href=\"/a\">Title</a></li>\n</ul>\n")},
    {"a date as a link", STR_INIT("=> /a 2026-01-31\n"),
	STR_INIT("<ul class=\"links\">\n<li dir=\"auto\"><a href=\"/a\">"
		 "<time datetime=\"2026-01-31\">2026-01-31</time></a></li>\n"
		 "</ul>\n")},
    {"an address with quotes", STR_INIT("=> /\"onclick=\"x <b>\n"),
	STR_INIT("<ul class=\"links\">\n<li dir=\"auto\">"
		 "<a href=\"/&quot;onclick=&quot;x\">&lt;b&gt;</a></li>\n"
		 "</ul>\n")},
    {"what is not to be followed",
	STR_INIT("=> javascript:alert(1) Click\n=> javascript:alert(2)\n"),
	STR_INIT("<ul class=\"links\">\n"
		 "<li dir=\"auto\">Click <code>javascript:alert(1)</code></li>"
		 "\n<li dir=\"auto\">javascript:alert(2)</li>\n</ul>\n")},
    {"what has no place there", STR_INIT("=> /search Search\n"), STR_INIT("")},
    {"an image", STR_INIT("=> a.png A \"cat\" (Picture)\n"),
	STR_INIT("<figure>\n<a href=\"a.png\"><img src=\"a.png\" "
		 "alt=\"A &quot;cat&quot;\" loading=\"lazy\"></a>\n"
		 "<figcaption dir=\"auto\" aria-hidden=\"true\">"
		 "A &quot;cat&quot;</figcaption>\n</figure>\n")},
    {"an image without words", STR_INIT("=> a.png (Picture)\n"),
	STR_INIT("<figure>\n<a href=\"a.png\"><img src=\"a.png\" "
		 "alt=\"Picture\" loading=\"lazy\"></a>\n</figure>\n")},
    {"preformatted text", STR_INIT("```\n\n a  \n<b>\n```\n"),
	STR_INIT("<pre>\n\n a\n&lt;b&gt;\n</pre>\n")},
    {"preformatted text with a name", STR_INIT("``` a <map>\nx\n"),
	STR_INIT("<figure>\n<pre>\nx\n</pre>\n<figcaption dir=\"auto\">"
		 "a &lt;map&gt;</figcaption>\n</figure>\n")},
    {"blocks one behind the other",
	STR_INIT("a\n* b\n> c\n=> /d\n1. e\n2. f\n# g\n"),
	STR_INIT("<p dir=\"auto\">a</p>\n<ul>\n<li dir=\"auto\">b</li>\n</ul>\n"
		 "<blockquote>\n<p dir=\"auto\">c</p>\n</blockquote>\n"
		 "<ul class=\"links\">\n<li dir=\"auto\"><a href=\"/d\">/d</a>"
		 "</li>\n</ul>\n<ol>\n<li dir=\"auto\">e</li>\n"
		 "<li dir=\"auto\">f</li>\n</ol>\n<h1 dir=\"auto\">g</h1>\n")},
};

static void
test_cases(void)
{
	struct buf out;

	for (size_t i = 0; i < COUNT(cases); i++) {
		convert(cases[i].text, (struct str){0}, &out);
		tap_str(buf_str(&out), cases[i].html, "%s", cases[i].name);
		buf_fini(&out);
	}
}

static void
test_title(void)
{
	struct buf out;

	convert(STR("Art\n## B\n# C\n"), STR("T & U"), &out);
	tap_str(buf_str(&out),
	    STR("<h1 dir=\"auto\">T &amp; U</h1>\n<p dir=\"auto\">Art</p>\n"
		"<h2 dir=\"auto\">B</h2>\n<h2 dir=\"auto\">C</h2>\n"),
	    "a title where the text has none at its start");
	buf_fini(&out);
	convert(STR("Art\n# C\n"), STR("T"), &out);
	tap_ok(str_find_str(buf_str(&out), STR("T</h1>")) < 0,
	    "no title where the text has one");
	buf_fini(&out);
}

/* As many numbered lines in a row as each could look at all others. */
static void
test_many(void)
{
	struct buf text, out;

	buf_init(&text, out_max);
	for (int i = 1; i <= lines_many; i++)
		buf_addf(&text, "%d. x\n", i);
	convert(buf_str(&text), (struct str){0}, &out);
	tap_ok(str_ends(buf_str(&out), STR("</ol>\n")), "one long list");
	tap_int(str_find_str(str_from_index(buf_str(&out), 2), STR("<ol")), -1,
	    "and no other");
	buf_fini(&out);
	buf_fini(&text);
}

int
main(void)
{
	test_cases();
	test_title();
	test_many();
	return tap_done();
}
