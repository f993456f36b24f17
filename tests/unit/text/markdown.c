/*
 * text/markdown: a golden file for each construct, what is said about targets
 * and tags that are not known, and texts that would take a careless renderer
 * long.
 */
#include "text/markdown.h"

#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "tap.h"
#include "text/gemtext.h"

enum {
	path_max = 256,
	page_max = 64 * 1024 * 1024,
	long_size = 1000 * 1000,
	long_ms_max = 5000, /* ten times what the slowest takes */
};

/* A capsule in which all names but "gone" are known. */
static bool
on_resolve(void *context, enum markdown_target kind, struct str target,
    struct buf *out)
{
	(void)context;
	if (str_find_str(target, STR("gone")) >= 0 ||
	    str_find_str(target, STR("Gone")) >= 0)
		return false;
	switch (kind) {
	case MARKDOWN_TARGET_LINK:
	case MARKDOWN_TARGET_IMAGE:
		break;
	case MARKDOWN_TARGET_REF:
		buf_add(out, STR("/ref/"));
		break;
	case MARKDOWN_TARGET_POST:
		buf_add(out, STR("/post/"));
		break;
	case MARKDOWN_TARGET_WIKI:
		buf_add(out, STR("/wiki/"));
		break;
	case MARKDOWN_TARGET_EMBED:
		buf_add(out, STR("/embed/"));
		break;
	}
	if (str_ends(target, STR(".md"))) {
		buf_add(out, str_first(target, target.n - 3));
		buf_add(out, STR(".gmi"));
	} else {
		buf_add(out, target);
	}
	return true;
}

static int
render(enum markdown_links links, struct str body, struct buf *out,
    struct diags *diags)
{
	struct markdown_options options = {.links = links,
	    .file = STR("a.md"),
	    .first_line = 1,
	    .check = true,
	    .resolve = on_resolve};

	return markdown_render(&options, body, out, diags);
}

static void
check_golden(const char *name, enum markdown_links links)
{
	struct buf path, body, want, got;
	struct diags diags;

	buf_init(&path, path_max);
	buf_init(&got, page_max);
	diags_init(&diags);
	buf_addf(&path, "tests/unit/text/golden/markdown/%s.md", name);
	tap_read_file(buf_c(&path), &body);
	buf_truncate(&path, path.n - 2);
	buf_add(&path, STR("gmi"));
	tap_read_file(buf_c(&path), &want);
	tap_int(render(links, buf_str(&body), &got, &diags), 0,
	    "%s can be rendered", name);
	tap_str(buf_str(&got), buf_str(&want), "%s", name);
	diags_fini(&diags);
	buf_fini(&want);
	buf_fini(&body);
	buf_fini(&got);
	buf_fini(&path);
}

static void
test_golden(void)
{
	static const struct {
		const char *name;
		enum markdown_links links;
	} cases[] = {
	    {"code", MARKDOWN_LINKS_AFTER},
	    {"components", MARKDOWN_LINKS_AFTER},
	    {"definitions", MARKDOWN_LINKS_AFTER},
	    {"emphasis", MARKDOWN_LINKS_AFTER},
	    {"engines", MARKDOWN_LINKS_AFTER},
	    {"exported", MARKDOWN_LINKS_AFTER},
	    {"footnotes", MARKDOWN_LINKS_AFTER},
	    {"headings", MARKDOWN_LINKS_AFTER},
	    {"html", MARKDOWN_LINKS_AFTER},
	    {"images", MARKDOWN_LINKS_AFTER},
	    {"links", MARKDOWN_LINKS_AFTER},
	    {"links-end", MARKDOWN_LINKS_END},
	    {"links-footnote", MARKDOWN_LINKS_FOOTNOTE},
	    {"links-off", MARKDOWN_LINKS_OFF},
	    {"liquid", MARKDOWN_LINKS_AFTER},
	    {"lists", MARKDOWN_LINKS_AFTER},
	    {"markers", MARKDOWN_LINKS_AFTER},
	    {"mdx", MARKDOWN_LINKS_AFTER},
	    {"paragraphs", MARKDOWN_LINKS_AFTER},
	    {"quotes", MARKDOWN_LINKS_AFTER},
	    {"scripts", MARKDOWN_LINKS_AFTER},
	    {"shortcodes", MARKDOWN_LINKS_AFTER},
	    {"tables", MARKDOWN_LINKS_AFTER},
	    {"themes", MARKDOWN_LINKS_AFTER},
	    {"tight-tables", MARKDOWN_LINKS_AFTER},
	    {"wiki", MARKDOWN_LINKS_AFTER},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_golden(cases[i].name, cases[i].links);
}

/* Each diagnosis of a text, as a person reads it. */
static void
test_diags(void)
{
	static const struct {
		struct str body, want;
	} cases[] = {
	    {STR_INIT("a\n\n[x](gone.md)\n"),
		STR_INIT("a.md:3: no page or file is meant by \"gone.md\": "
			 "correct the name, or make that page\n")},
	    {STR_INIT("a\nb [[Gone]]\n"),
		STR_INIT("a.md:2: no page or file is meant by \"Gone\": "
			 "correct the name, or make that page\n")},
	    {STR_INIT("{% raw %}\n\n{% endraw %}\nx {{< zzz >}}\n"),
		STR_INIT("a.md:4:3: the tag \"{{< zzz >}}\" is not known: "
			 "write it as Markdown; the tag is left out\n")},
	    {STR_INIT("\n![](a.png)\n"),
		STR_INIT("a.md:2: the image \"a.png\" has no text: say what "
			 "it shows\n")},
	    {STR_INIT("a[^1]\n\n[^1]: x\n  [y](gone)\n"),
		STR_INIT("a.md:4: no page or file is meant by \"gone\": "
			 "correct the name, or make that page\n")},
	    {STR_INIT(
		 "`{{< zzz >}}`\n\n    x {{< zzz >}}\n\n{{</* zzz */>}}\n"),
		STR_INIT("")},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf out, said;
		struct diags diags;

		buf_init(&out, page_max);
		buf_init(&said, page_max);
		diags_init(&diags);
		render(MARKDOWN_LINKS_AFTER, cases[i].body, &out, &diags);
		VEC_EACH (struct diag, diag, &diags.list) {
			diag_print(diag, &said);
			buf_add_char(&said, '\n');
		}
		tap_str(buf_str(&said), cases[i].want, "said of text %zu", i);
		diags_fini(&diags);
		buf_fini(&said);
		buf_fini(&out);
	}
}

/* What the table of texts says comes out for bytes that a golden file cannot
 * hold well. */
static void
test_bytes(void)
{
	static const struct {
		struct str body, want;
	} cases[] = {
	    {STR_INIT(""), STR_INIT("")},
	    {STR_INIT("\n \n\n"), STR_INIT("")},
	    {STR_INIT("a\r\nb\r\n\r\n- c\r\n"), STR_INIT("a b\n\n* c\n")},
	    {STR_INIT("a\0b\n"),
		STR_INIT("a\xef\xbf\xbd"
			 "b\n")},
	    {STR_INIT("a\xff"
		      "b\n"),
		STR_INIT("a\xef\xbf\xbd"
			 "b\n")},
	    {STR_INIT("a\x1b[31mb\xe2\x80\xa8"
		      "c\n"),
		STR_INIT("a [31mb c\n")},
	    {STR_INIT("soft\xc2\xadhyphen a\xc2\xa0"
		      "b\n"),
		STR_INIT("softhyphen a\xc2\xa0"
			 "b\n")},
	    {STR_INIT("```\n\x1b[0m\tx\n```\n"),
		STR_INIT("```\n[0m\tx\n```\n")},
	    {STR_INIT("~~~\n``\x01`\n~~~\n"), STR_INIT("```\n ```\n```\n")},
	    {STR_INIT("a  \nb\n"), STR_INIT("a\nb\n")},
	    {STR_INIT("no line end"), STR_INIT("no line end\n")},
	    {STR_INIT("<div>\n<p>never closed <table><tr><td>x\n"),
		STR_INIT("never closed\n\n```\nx\n```\n")},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf out;
		struct diags diags;

		buf_init(&out, page_max);
		diags_init(&diags);
		render(MARKDOWN_LINKS_AFTER, cases[i].body, &out, &diags);
		tap_str(buf_str(&out), cases[i].want, "bytes of text %zu", i);
		diags_fini(&diags);
		buf_fini(&out);
	}
}

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * 1000 + t.tv_nsec / (1000 * 1000);
}

/* Texts of one repeated part, which make what looks ahead look far. */
static void
test_long(void)
{
	static const char *const parts[] = {"[", "![", "[a](", "`a``b",
	    "*a **a ", ">", "- ", "- a\n", "<", "<a ", "<!-- ", "[[", "![[a",
	    "{{<", "{{", "{%", "{{< note >}}", "{:", "^[", "[^a]", "[^a]: x\n",
	    "<A ", "<Foo>", "<pre>", "<script>", "<div>\n", "<ul><li>",
	    "<table><tr><td>", "%%a", "==a", "$$\n", ":::note\n",
	    "!!! note\n    ", "http://a ", "://", "(http://a(((", "[a]: u (\n",
	    "|\n", "<a href='", "![a](b)", "[a](b)", "\xe4\xb8\xad\n",
	    "a\n: b\n", "**", "**\xe3\x80\x82", "*`", "a^", "a~1", ":a",
	    "##a\n", "*[a]: ", "<a b={", "<img src={\"", "export const a\n",
	    "[code]", "[caption a]", "<img alt=\"\"\" >", "&", "&a",
	    "<img alt=\"", "]", "a*", "_a "};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct str part = str_from_c(parts[i]);
		int64_t start_ms = now_ms();
		struct buf body, out;
		struct diags diags;

		buf_init(&body, long_size);
		buf_init(&out, page_max);
		diags_init(&diags);
		while (body.n + part.n <= long_size)
			buf_add(&body, part);
		render(MARKDOWN_LINKS_AFTER, buf_str(&body), &out, &diags);
		tap_ok(now_ms() - start_ms < long_ms_max,
		    "a million bytes of \"%.6s\" take no long time", parts[i]);
		diags_fini(&diags);
		buf_fini(&out);
		buf_fini(&body);
	}
}

/* A definition that is used often makes no page beyond the cap. */
static void
test_cap(void)
{
	struct buf body, out;
	struct diags diags;

	buf_init(&body, long_size);
	buf_init(&out, page_max);
	diags_init(&diags);
	buf_add(&body, STR("[a]: http://example.org/"));
	for (size_t i = 0; i < 3000; i++)
		buf_add_char(&body, 'x');
	for (size_t i = 0; i < 3000; i++)
		buf_add(&body, STR("\n\n[a]"));
	tap_int(render(MARKDOWN_LINKS_AFTER, buf_str(&body), &out, &diags), -1,
	    "a page over the cap is refused");
	tap_int((long long)out.n, 0, "and nothing of it is added");
	tap_int((long long)diags.errors, 1, "and said to be");
	diags_fini(&diags);
	buf_fini(&out);
	buf_fini(&body);
}

int
main(void)
{
	test_golden();
	test_diags();
	test_bytes();
	test_long();
	test_cap();
	return tap_done();
}
