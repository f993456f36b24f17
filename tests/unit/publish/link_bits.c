/*
 * publish/link_bits: whatever may mean a source has a bit in common with it.
 */
#include "publish/link_bits.h"

#include "tap.h"

static const struct {
	enum markdown_target kind;
	struct str target;
	struct str path;
	struct str url;
	struct str title;
} cases[] = {
    {MARKDOWN_TARGET_LINK, STR_INIT("../a/b.md"), STR_INIT("a/b.md"),
	STR_INIT("/a/b.gmi"), STR_INIT("T")},
    {MARKDOWN_TARGET_LINK, STR_INIT("b"), STR_INIT("a/b.markdown"),
	STR_INIT("/x.gmi"), STR_INIT("T")},
    {MARKDOWN_TARGET_LINK, STR_INIT("b.md?x=/y#z/w"), STR_INIT("a/b.md"),
	STR_INIT("/a/b.gmi"), STR_INIT("T")},
    {MARKDOWN_TARGET_LINK, STR_INIT("/x.html"), STR_INIT("a/b.md"),
	STR_INIT("/x.gmi"), STR_INIT("T")},
    {MARKDOWN_TARGET_LINK, STR_INIT("/x/"), STR_INIT("a/b.md"), STR_INIT("/x/"),
	STR_INIT("T")},
    {MARKDOWN_TARGET_LINK, STR_INIT("../a/"), STR_INIT("a/_index.md"),
	STR_INIT("/a/"), STR_INIT("T")},
    {MARKDOWN_TARGET_LINK, STR_INIT("a/index"), STR_INIT("a/index.md"),
	STR_INIT("/a/"), STR_INIT("T")},
    {MARKDOWN_TARGET_LINK, STR_INIT("/a"), STR_INIT("static/a/index.gmi"),
	STR_INIT("/a/"), STR_INIT("T")},
    {MARKDOWN_TARGET_LINK, STR_INIT(".."), STR_INIT("a/index.md"),
	STR_INIT("/a/"), STR_INIT("T")},
    {MARKDOWN_TARGET_LINK, STR_INIT("x/./.."), STR_INIT("a/index.md"),
	STR_INIT("/a/"), STR_INIT("T")},
    {MARKDOWN_TARGET_LINK, STR_INIT("/"), STR_INIT("index.md"), STR_INIT("/"),
	STR_INIT("T")},
    {MARKDOWN_TARGET_LINK, STR_INIT("a%20b%2Fc.md"), STR_INIT("a b/c.md"),
	STR_INIT("/a%20b/c.gmi"), STR_INIT("T")},
    {MARKDOWN_TARGET_LINK, STR_INIT("%C3%A9.md"), STR_INIT("\xc3\xa9.md"),
	STR_INIT("/%C3%A9.gmi"), STR_INIT("T")},
    {MARKDOWN_TARGET_LINK, STR_INIT("e\xcc\x81"), STR_INIT("x.md"),
	STR_INIT("/%C3%A9.gmi"), STR_INIT("T")},
    {MARKDOWN_TARGET_LINK, STR_INIT("%2541.md"), STR_INIT("%41.md"),
	STR_INIT("/%2541.gmi"), STR_INIT("T")},
    {MARKDOWN_TARGET_LINK, STR_INIT("/2026/11/24/a.html"),
	STR_INIT("_posts/2026-11-24-a.md"), STR_INIT("/2026-11-24-a.gmi"),
	STR_INIT("T")},
    {MARKDOWN_TARGET_LINK, STR_INIT("/2026/11/24/a/b/"),
	STR_INIT("_posts/2026-11-24-a-b.md"), STR_INIT("/x.gmi"),
	STR_INIT("T")},
    {MARKDOWN_TARGET_POST, STR_INIT("2026-11-24-a"),
	STR_INIT("_posts/2026-11-24-a.md"), STR_INIT("/x.gmi"), STR_INIT("T")},
    {MARKDOWN_TARGET_REF, STR_INIT("a/b.md#c"), STR_INIT("x/a/b.md"),
	STR_INIT("/x/a/b.gmi"), STR_INIT("T")},
    {MARKDOWN_TARGET_WIKI, STR_INIT("my TITLE"), STR_INIT("a/b.md"),
	STR_INIT("/a/b.gmi"), STR_INIT("My title")},
    {MARKDOWN_TARGET_WIKI, STR_INIT("What? #1"), STR_INIT("a/b.md"),
	STR_INIT("/a/b.gmi"), STR_INIT("what? #1")},
    {MARKDOWN_TARGET_WIKI, STR_INIT("A/b"), STR_INIT("x/a/b.md"),
	STR_INIT("/a/b.gmi"), STR_INIT("T")},
    {MARKDOWN_TARGET_WIKI, STR_INIT("100%"), STR_INIT("a/b.md"),
	STR_INIT("/a/b.gmi"), STR_INIT("100%")},
    {MARKDOWN_TARGET_WIKI, STR_INIT("\xef\xbc\xa1 b"), STR_INIT("x.md"),
	STR_INIT("/x.gmi"), STR_INIT("A_b")},
    {MARKDOWN_TARGET_EMBED, STR_INIT("photo.jpg"), STR_INIT("a/photo.jpg"),
	STR_INIT(""), STR_INIT("")},
};

static uint64_t
source_bits(struct str path, struct str url, struct str title)
{
	struct page page = {.url = url, .title = title};
	struct source source = {
	    .path = path,
	    .name = name_parse(path),
	    .page = str_is_empty(url) ? NULL : &page,
	};

	return link_bits_source(&source);
}

int
main(void)
{
	uint64_t target, source;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		target = link_bits_target(cases[i].kind, cases[i].target);
		source =
		    source_bits(cases[i].path, cases[i].url, cases[i].title);
		tap_ok((target & source) != 0,
		    "%" STR_FMT " may mean %" STR_FMT, STR_ARG(cases[i].target),
		    STR_ARG(cases[i].path));
	}
	target = link_bits_target(MARKDOWN_TARGET_LINK, STR("other.md"));
	source = source_bits(STR("a/b.md"), STR("/a/b.gmi"), STR("Title"));
	tap_int((target & source) == 0, 1, "what has nothing in common");
	return tap_done();
}
