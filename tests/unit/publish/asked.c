/*
 * publish: index pages of authors that ask for lists in their text, or have no
 * text and leave the page to the program.
 */
#include "fixture.h"
#include "tap.h"

static const struct {
	const char *path;
	const char *text;
} files[] = {
    {"capsule.yaml",
	"title: S\nnavigation: [{title: Nav, path: /nav.gmi}]\n"
	"indexes: [{path: /own/, title: Own, group: year}]\n"},
    {"blog/a.gmi", "---\ntitle: A\ndate: 2026-01-01\ntags: [x]\n---\n"},
    {"blog/b.gmi", "---\ntitle: B\ndate: 2025-01-01\nauthor: Me\n---\n"},
    {"docs/one.gmi", "---\ntitle: One\nweight: 2\n---\n"},
    {"docs/two.gmi", "---\ntitle: Two\nweight: 1\n---\n"},
};

#define A "=> /blog/a.gmi 2026-01-01 A\n"
#define B "=> /blog/b.gmi 2025-01-01 B\n"
#define ONE "=> /docs/one.gmi One\n"
#define TWO "=> /docs/two.gmi Two\n"

/* A source, its text, the URL, and the page. */
static const struct {
	const char *source;
	const char *text;
	const char *url;
	const char *page;
} cases[] = {
    {"index.gmi", "# Me\n\n{{>articles}}\n\nBye.\n", "/",
	"# Me\n\n" A B "\nBye.\n"},
    {"index.md", "# Me\n\nHello\n{{>articles}}\nbye.\n", "/",
	"# Me\n\nHello\n\n" A B "\nbye.\n"},
    {"index.gmi", "{{>list}}\n", "/", A B},
    {"index.gmi", "{{> tags }}\n", "/", "=> /tags/x/ x (1 article)\n"},
    {"index.gmi", "{{>authors}}\n", "/", "=> /authors/me/ Me (1 article)\n"},
    {"index.gmi", "{{>categories}}\nx\n", "/", "x\n"},
    {"index.gmi", "{{>archive}}\n", "/",
	"=> /archive/2026/ 2026 (1 article)\n"
	"=> /archive/2025/ 2025 (1 article)\n"},
    {"index.gmi", "{{>navigation}}\n", "/", "=> /nav.gmi Nav\n"},
    {"index.gmi", "{{>feeds}}\n", "/",
	"=> /atom.xml Atom feed\n=> /feed.json JSON feed\n"},
    {"index.gmi", "```\n{{>articles}}\n```\n{{>tags}}\n", "/",
	"```\n{{>articles}}\n```\n=> /tags/x/ x (1 article)\n"},
    {"index.gmi", "{{>tags}} and\n * {{>tags}}\n> {{>tags}}\n{{>no}}\n", "/",
	"{{>tags}} and\n * {{>tags}}\n> {{>tags}}\n{{>no}}\n"},
    {"index.md", "Text `{{>tags}}`.\n\n```\n{{>tags}}\n```\n", "/",
	"Text `{{>tags}}`.\n\n```\n{{>tags}}\n```\n"},
    {"docs/index.gmi", "# Docs\n{{>list}}\n", "/docs/", "# Docs\n" TWO ONE},
    {"docs/_index.md", "{{>list}}\n\nAfter.\n", "/docs/", TWO ONE "\nAfter.\n"},
    {"docs/_index.md", "---\ntitle: The docs\ndate: 2020-01-01\n---\n",
	"/docs/", "# The docs\n\n" TWO ONE "\n=> / Home: S\n"},
    {"docs/_index.md",
	"---\ntitle: The docs\ndescription: '=> How to'\n---\n\n", "/docs/",
	"# The docs\n\n => How to\n\n" TWO ONE "\n=> / Home: S\n"},
    {"docs/index.gmi", "# Only a title\n", "/docs/", "# Only a title\n"},
    {"docs/index.gmi", "Only a text.\n", "/docs/", "Only a text.\n"},
    {"tags/index.gmi", "Mine:\n{{>list}}\n", "/tags/",
	"Mine:\n=> /tags/x/ x (1 article)\n"},
    {"tags/x/_index.md", "---\ntitle: About x\n---\n", "/tags/x/",
	"# About x\n\n" A "\n=> /tags/x/atom.xml Atom feed\n"
	"=> /tags/x/feed.json JSON feed\n=> / Home: S\n"},
    {"own/index.gmi", "Grouped\n\n{{>list}}\n", "/own/",
	"Grouped\n\n## 2026\n\n" A "\n## 2025\n\n" B},
    {"else/index.gmi", "Nothing here.\n{{>list}}\n", "/else/",
	"Nothing here.\n"},
};

static void
test_cases(struct fixture *f)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		fixture_write(f, cases[i].source, cases[i].text);
		fixture_publish(f);
		tap_str(fixture_body(f, cases[i].url),
		    str_from_c(cases[i].page), "case %zu: %s", i,
		    cases[i].source);
		tap_ok(!fixture_has(f, "/articles/", "The docs"),
		    "it is no article");
		fixture_remove(f, cases[i].source);
	}
}

/* What an asking page shows makes it anew, and nothing else does. */
static void
test_changes(struct fixture *f)
{
	struct catalogue_entry entry;

	fixture_write(f, "docs/index.gmi", "{{>tags}}\n{{>list}}\n");
	fixture_write(f, "docs/page.gmi", "# Page\n\nText.\n");
	fixture_publish(f);
	fixture_write(f, "docs/page.gmi", "# Page\n\nText!\n");
	fixture_publish(f);
	tap_ok(fixture_has(f, "/docs/", "=> /docs/page.gmi Page"), "listed");
	fixture_write(f, "docs/page.gmi", "# New\n\nText!\n");
	fixture_publish(f);
	tap_ok(fixture_has(f, "/docs/", "=> /docs/page.gmi New"), "renamed");
	fixture_write(f, "blog/c.gmi",
	    "---\ntitle: C\ndate: 2024-01-01\ntags: [x, y]\n---\n");
	fixture_publish(f);
	tap_ok(fixture_has(f, "/docs/",
		   "=> /tags/x/ x (2 articles)\n=> /tags/y/ y (1 article)\n"),
	    "another tag");
	fixture_restart(f);
	fixture_publish(f);
	tap_int((long long)f->result.entries_written, 0,
	    "nothing is written when nothing changed");
	fixture_write(f, "docs/index.gmi",
	    "---\naccess: owners\n---\n"
	    "{{>list}}\n");
	fixture_publish(f);
	tap_ok(fixture_has(f, "/docs/", TWO), "a closed one too");
	tap_int(reader_find(f->reader, STR("/docs/"), &entry), READER_FOUND,
	    "it is there");
	tap_str(entry.access, STR("owners"), "and stays closed");
	fixture_remove(f, "docs/index.gmi");
	fixture_publish(f);
	tap_ok(fixture_has(f, "/docs/", "# Docs\n"), "and the made one again");
}

int
main(void)
{
	struct fixture f;

	fixture_init(&f);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		fixture_write(&f, files[i].path, files[i].text);
	test_cases(&f);
	test_changes(&f);
	fixture_fini(&f);
	return tap_done();
}
