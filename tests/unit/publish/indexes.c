/*
 * publish: the index pages that capsule.yaml asks for. What each selects, in
 * which order, under which headings, and when it is made anew.
 */
#include <stdio.h>
#include <string.h>

#include "fixture.h"
#include "tap.h"

enum { text_max = 4096, page_max = 1024 };

static const struct {
	const char *path;
	const char *text;
} files[] = {
    {"careers/a.gmi",
	"---\ntitle: zeta\ndate: 2024-03-01\ntags: [x, y]\nauthor: jo\n---\n"},
    {"careers/b.gmi",
	"---\ntitle: Alpha\ndate: 2025-03-02\nlastmod: 2026-01-01\n"
	"tags: [X]\nlang: pt-BR\n---\n"},
    {"careers/deep/c.gmi",
	"---\ntitle: beta\ndate: 2025-04-03\ntags: [y/z]\nweight: 2\n"
	"series: Run\n---\n"},
    {"d.gmi",
	"---\ntitle: Gamma\ndate: 2026-02-04\nauthors: [Jo March, Eve]\n"
	"categories: [One, Two]\nweight: 1\n---\n"},
    {"careers/page.gmi", "---\ntitle: Undated\ntags: [x]\nweight: 9\n---\n"},
    {"careers/draft.gmi",
	"---\ntitle: Draft\ndate: 2026-01-01\ntags: [x]\ndraft: true\n---\n"},
    {"careers/closed.gmi",
	"---\ntitle: Closed\ndate: 2026-01-01\ntags: [x]\naccess: owners\n"
	"---\n"},
};

#define A "=> /careers/a.gmi 2024-03-01 zeta\n"
#define B "=> /careers/b.gmi 2025-03-02 Alpha\n"
#define C "=> /careers/deep/c.gmi 2025-04-03 beta\n"
#define D "=> /d.gmi 2026-02-04 Gamma\n"
#define U "=> /careers/page.gmi Undated\n"

/* What an entry with path /i/ and title T makes between title and way home. */
static const struct {
	const char *entry;
	const char *page;
} cases[] = {
    {"", D C B A},
    {"select: {tag: x}", B A},
    {"select: {tag: '#X'}", B A},
    {"select: {tag: [x, y/z]}", C B A},
    {"select: {tag: y}", C A},
    {"select: {tag: y, not: {tag: x}}", C},
    {"select: {not: {tag: [x, y]}}", D},
    {"select: {category: two}", D},
    {"select: {category: [ONE, nothing]}", D},
    {"select: {author: jo}", D A},
    {"select: {author: Jo March}", D A},
    {"select: {author: eve}", D},
    {"select: {series: run}", C},
    {"select: {folder: careers}", C B A},
    {"select: {folder: /careers/deep/}", C},
    {"select: {folder: /careers/, not: {folder: careers/deep}}", B A},
    {"select: {year: 2025}", C B},
    {"select: {year: [2024, 2026]}", D A},
    {"select: {year: 2025, not: {lang: pt}}", C},
    {"select: {lang: en}", D C A},
    {"select: {lang: PT}", B},
    {"select: {lang: pt-br}", B},
    {"sort: date", A B C D},
    {"sort: -date", D C B A},
    {"sort: -updated", D B C A},
    {"sort: updated", A C B D},
    {"sort: title", B C D A},
    {"sort: -title", A D C B},
    {"sort: weight", D C B A},
    {"sort: -weight", C D B A},
    {"select: {folder: careers}\n    sort: weight", C U B A},
    {"select: {folder: careers}\n    sort: title", B C U A},
    {"sort: title\n    limit: 2", B C},
    {"group: none\n    limit: 1", D},
    {"group: year", "## 2026\n\n" D "\n## 2025\n\n" C B "\n## 2024\n\n" A},
    {"group: month\n    sort: date\n    limit: 3",
	"## March 2024\n\n" A "\n## March 2025\n\n" B "\n## April 2025\n\n" C},
    {"group: year\n    sort: title",
	"## 2026\n\n" D "\n## 2025\n\n" B C "\n## 2024\n\n" A},
    {"group: tag",
	"## X\n\n" B A "\n## y\n\n" A "\n## y/z\n\n" C "\n## Other\n\n" D},
    {"select: {tag: y}\n    group: tag", "## y\n\n" A "\n## y/z\n\n" C},
    {"select: {category: [One, Two]}\n    group: category",
	"## One\n\n" D "\n## Two\n\n" D},
    {"group: author\n    limit: 2",
	"## Eve\n\n" D "\n## Jo March\n\n" D "\n## Other\n\n" C},
    {"intro: Just *this*.\n    limit: 1", "Just *this*.\n\n" D},
    {"intro: |\n      One.\n\n      => /about.gmi About\n    limit: 1",
	"One.\n\n=> /about.gmi About\n\n" D},
    {"template: list.gmi\n    limit: 1", D},
    {"select: {tag: nothing}", NULL},
};

static void
write_files(struct fixture *f)
{
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		fixture_write(f, files[i].path, files[i].text);
}

static void
write_site(struct fixture *f, const char *indexes)
{
	char text[text_max + page_max];

	snprintf(text, sizeof(text),
	    "title: S\nlanguage: en\nauthors: {jo: {name: Jo March}}\n"
	    "indexes:\n%s",
	    indexes);
	fixture_write(f, "capsule.yaml", text);
	fixture_publish(f);
}

static void
test_cases(void)
{
	char text[text_max];
	struct fixture f;

	fixture_init(&f);
	write_files(&f);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		snprintf(text, sizeof(text),
		    "  - path: /i/\n    title: T\n    %s\n", cases[i].entry);
		write_site(&f, text);
		if (cases[i].page == NULL) {
			tap_ok(fixture_status(&f, "/i/") != 20,
			    "case %zu: no page", i);
			continue;
		}
		snprintf(text, sizeof(text), "# T\n\n%s\n=> / Home: S\n",
		    cases[i].page);
		tap_str(
		    fixture_body(&f, "/i/"), str_from_c(text), "case %zu", i);
		tap_int((long long)f.messages.n, 0, "no message");
	}
	fixture_fini(&f);
}

/* In place of pages of the program, below an author's own, and paged. */
static void
test_places(void)
{
	struct fixture f;

	fixture_init(&f);
	write_files(&f);
	write_site(&f,
	    "  - {path: /, title: My home, sort: title}\n"
	    "  - {path: articles, title: All of it, sort: date}\n"
	    "  - {path: /tags/x/, title: About x, select: {tag: x}}\n"
	    "  - {path: /own/, title: Mine, select: {tag: x}}\n");
	tap_ok(fixture_has(&f, "/", "# My home\n\n" B), "the home page");
	tap_ok(fixture_has(&f, "/articles/", "# All of it\n\n" A), "articles");
	tap_ok(fixture_has(&f, "/tags/x/", "# About x\n\n" B), "a tag");
	tap_ok(fixture_has(&f, "/own/", "# Mine\n"), "one of its own");
	fixture_write(&f, "own/index.gmi", "Hello.\n");
	fixture_publish(&f);
	tap_str(fixture_body(&f, "/own/"), STR("Hello.\n"), "a page wins");
	fixture_remove(&f, "own/index.gmi");
	fixture_write(&f, "capsule.yaml",
	    "title: S\narticles_per_page: 3\nindexes:\n"
	    "  - {path: /own/, title: Mine, sort: title}\n");
	fixture_publish(&f);
	tap_ok(fixture_has(
		   &f, "/own/", B C D "\nPage 1 of 2\n=> /own/page/2/ Next\n"),
	    "the first page");
	tap_ok(fixture_has(
		   &f, "/own/page/2/", A "\nPage 2 of 2\n=> /own/ Previous\n"),
	    "the second page");
	tap_ok(fixture_has(&f, "/", "=> /own/ Mine\n=> /articles/ All"),
	    "the home page leads there");
	fixture_fini(&f);
}

/* What an index does not show does not make it anew. */
static void
test_changes(void)
{
	struct fixture f;
	size_t all;

	fixture_init(&f);
	write_files(&f);
	write_site(&f, "  - {path: /i/, select: {tag: x}, group: year}\n");
	fixture_write(&f, "d.gmi",
	    "---\ntitle: Gamma\ndate: 2026-02-04\n"
	    "authors: [Jo March, Eve]\ncategories: [One, Two]\nweight: 1\n"
	    "---\nAnother text, which is no matter of lists.\n");
	fixture_publish(&f);
	all = f.result.entries_written;
	tap_ok(all > 0, "something was written");
	fixture_write(&f, "capsule.yaml",
	    "title: S\nlanguage: en\nauthors: {jo: {name: Jo March}}\n");
	fixture_publish(&f);
	tap_int(fixture_status(&f, "/i/"), 52, "taken out: gone");
	write_site(&f, "  - {path: /i/, select: {tag: x}, group: year}\n");
	fixture_write(&f, "d.gmi",
	    "---\ntitle: Gamma\ndate: 2026-02-04\ntags: [x]\n---\n");
	fixture_publish(&f);
	tap_ok(fixture_has(&f, "/i/", D), "a new member appears");
	fixture_write(&f, "careers/a.gmi",
	    "---\ntitle: Renamed\ndate: 2024-03-01\ntags: [x, y]\n---\n");
	fixture_publish(&f);
	tap_ok(fixture_has(&f, "/i/", "Renamed"), "a new title too");
	fixture_restart(&f);
	fixture_publish(&f);
	tap_int((long long)f.result.entries_written, 0,
	    "nothing is written when nothing changed");
	fixture_fini(&f);
}

/* Feeds of an index have its articles, from the newest on. */
static void
test_feeds(void)
{
	struct fixture f;

	fixture_init(&f);
	write_files(&f);
	write_site(&f,
	    "  - {path: /i/, title: T, sort: title, feed: true,"
	    " select: {folder: careers}}\n");
	tap_ok(fixture_has(&f, "/i/",
		   "=> /i/atom.xml Atom feed\n=> /i/feed.json JSON feed\n"),
	    "the page leads to its feeds");
	tap_ok(fixture_has(&f, "/i/atom.xml", "<title>T · S</title>"), "Atom");
	tap_ok(fixture_has(&f, "/i/feed.json", "\"T · S\""), "JSON");
	tap_ok(str_find_str(fixture_body(&f, "/i/atom.xml"),
		   STR("<title>beta</title>")) <
		str_find_str(fixture_body(&f, "/i/atom.xml"),
		    STR("<title>Alpha</title>")),
	    "the newest first");
	tap_ok(!fixture_has(&f, "/i/atom.xml", "Undated") &&
		!fixture_has(&f, "/i/atom.xml", "Gamma"),
	    "and no others");
	fixture_fini(&f);
}

/* An entry that cannot be used is told, and the others stay. */
static void
test_broken(void)
{
	struct fixture f;

	fixture_init(&f);
	write_files(&f);
	write_site(&f,
	    "  - {path: /good/, select: {tag: x}}\n"
	    "  - {path: /bad/, select: {tagg: x}}\n");
	tap_int(fixture_status(&f, "/good/"), 20, "the good one is there");
	tap_ok(fixture_status(&f, "/bad/") != 20, "the broken one is not");
	tap_int(fixture_status(&f, "/careers/a.gmi"), 20, "nor hurts others");
	write_site(&f, "  - {path: /good/, template: nosuch}\n");
	tap_ok(fixture_has(&f, "/good/", D), "an unknown template: the list");
	tap_ok(
	    str_find_str(buf_str(&f.messages),
		STR("capsule.yaml:5:12: there is no template nosuch.gmi")) > 0,
	    "it is told: %s", buf_c(&f.messages));
	fixture_fini(&f);
}

int
main(void)
{
	test_cases();
	test_places();
	test_changes();
	test_feeds();
	test_broken();
	return tap_done();
}
