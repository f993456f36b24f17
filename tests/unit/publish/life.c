/*
 * publish: what becomes of a page from one publish to the next.
 */
#include <string.h>

#include "fixture.h"
#include "tap.h"

enum { day = 24 * 60 * 60, dump_max = 4 * 1024 * 1024 };

static const char article[] = "---\ntitle: One\ndate: 2026-11-01\n"
			      "tags: [a]\n---\nText of one.\n";

static void
status(struct fixture *f, const char *path, int want)
{
	tap_int(fixture_status(f, path), want, "status of %s", path);
}

static void
has(struct fixture *f, const char *path, const char *text)
{
	tap_ok(fixture_has(f, path, text), "%s has \"%s\"", path, text);
}

static void
lacks(struct fixture *f, const char *path, const char *text)
{
	tap_ok(fixture_status(f, path) != 0 && !fixture_has(f, path, text),
	    "%s lacks \"%s\"", path, text);
}

static void
says(struct fixture *f, const char *text)
{
	tap_str(buf_str(&f->messages), str_from_c(text), "what is said");
}

/* A page appears everywhere, changes everywhere, and goes everywhere. */
static void
test_indexes(void)
{
	static const char *const lists[] = {"/", "/articles/", "/archive/2026/",
	    "/archive/2026/11/", "/tags/a/", "/atom.xml", "/sitemap.gmi"};
	struct fixture f;

	fixture_init(&f);
	fixture_write(&f, "articles/one.gmi", article);
	fixture_publish(&f);
	says(&f, "");
	status(&f, "/articles/one.gmi", 20);
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		has(&f, lists[i], "One");
	fixture_write(&f, "articles/one.gmi",
	    "---\ntitle: Zwei\ndate: 2026-11-01\ntags: [b]\n---\nText.\n");
	fixture_publish(&f);
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (strcmp(lists[i], "/tags/a/") != 0)
			has(&f, lists[i], "Zwei");
	status(&f, "/tags/a/", 52);
	status(&f, "/tags/b/", 20);
	fixture_remove(&f, "articles/one.gmi");
	fixture_publish(&f);
	status(&f, "/articles/one.gmi", 52);
	status(&f, "/articles/", 52);
	status(&f, "/", 20);
	lacks(&f, "/", "Zwei");
	fixture_write(&f, "articles/one.gmi", article);
	fixture_publish(&f);
	status(&f, "/articles/one.gmi", 20);
	status(&f, "/tags/a/", 20);
	fixture_fini(&f);
}

/* Nothing is written when nothing changes, not even after a restart. */
static void
test_nothing_new(void)
{
	struct fixture f;

	fixture_init(&f);
	tap_ok(!publisher_can_serve(f.publisher), "nothing to serve yet");
	fixture_write(&f, "articles/one.gmi", article);
	fixture_publish(&f);
	tap_ok(f.result.changed && f.result.articles == 1, "one article");
	publisher_mark_all(f.publisher);
	fixture_publish(&f);
	tap_ok(!f.result.changed, "nothing is new");
	fixture_restart(&f);
	tap_ok(publisher_can_serve(f.publisher), "the old can be served");
	fixture_publish(&f);
	tap_int((long long)f.result.entries_written, 0,
	    "nothing is written after a restart");
	tap_int((long long)f.result.articles, 1, "the article is known");
	f.drafts = true;
	fixture_restart(&f);
	tap_ok(!publisher_can_serve(f.publisher), "not with other options");
	fixture_fini(&f);
}

/* A broken article keeps its last good state, over a restart too, and is
 * reported once. */
static void
test_last_good(void)
{
	static const char broken[] = "---\ntitle: [Broken\n---\nBroken.\n";
	static const char *const start = "error capsule/articles/one.gmi:2:";
	struct fixture f;

	fixture_init(&f);
	fixture_write(&f, "articles/one.gmi", article);
	fixture_write(&f, "articles/new.gmi", broken);
	fixture_publish(&f);
	status(&f, "/articles/new.gmi", 0);
	fixture_write(&f, "articles/one.gmi", broken);
	fixture_publish(&f);
	tap_str(str_first(buf_str(&f.messages), strlen(start)),
	    str_from_c(start), "the place of the mistake");
	has(&f, "/articles/one.gmi", "Text of one.");
	has(&f, "/", "One");
	publisher_mark_all(f.publisher);
	fixture_publish(&f);
	says(&f, "");
	fixture_restart(&f);
	fixture_publish(&f);
	has(&f, "/articles/one.gmi", "Text of one.");
	tap_int((long long)f.result.errors, 2, "told again after a restart");
	fixture_write(
	    &f, "articles/two.gmi", "---\ntitle: Two\ndate: 2026-11-02\n---\n");
	fixture_publish(&f);
	has(&f, "/articles/one.gmi", "Two");
	has(&f, "/articles/one.gmi", "Text of one.");
	fixture_write(&f, "articles/one.gmi", article);
	fixture_publish(&f);
	says(&f, "");
	fixture_fini(&f);
}

static void
test_drafts(void)
{
	static const char draft[] =
	    "---\ntitle: One\ndate: 2026-11-01\ndraft: true\n---\n";
	struct fixture f;

	fixture_init(&f);
	fixture_write(&f, "articles/one.gmi", draft);
	fixture_publish(&f);
	status(&f, "/articles/one.gmi", 0);
	fixture_write(&f, "articles/one.gmi", article);
	fixture_publish(&f);
	status(&f, "/articles/one.gmi", 20);
	fixture_write(&f, "articles/one.gmi", draft);
	fixture_publish(&f);
	status(&f, "/articles/one.gmi", 51);
	lacks(&f, "/", "One");
	f.drafts = true;
	fixture_restart(&f);
	fixture_publish(&f);
	status(&f, "/articles/one.gmi", 20);
	f.drafts = false;
	fixture_restart(&f);
	fixture_publish(&f);
	status(&f, "/articles/one.gmi", 51);
	fixture_remove(&f, "articles/one.gmi");
	fixture_publish(&f);
	status(&f, "/articles/one.gmi", 52);
	fixture_fini(&f);
}

/* The moment itself makes an article appear and go. */
static void
test_moments(void)
{
	struct fixture f;
	int64_t present;

	fixture_init(&f);
	present = f.now;
	fixture_write(&f, "one.gmi",
	    "---\ntitle: One\ndate: 2026-11-25T12:00:00Z\n"
	    "expiryDate: 2026-11-26T12:00:00Z\n---\n");
	fixture_write(&f, "today.gmi", "---\ndate: 2026-11-24\n---\n");
	fixture_write(&f, "old.gmi",
	    "---\ndate: 2020-01-01\nexpiryDate: 2020-02-01\n---\n");
	fixture_publish(&f);
	status(&f, "/one.gmi", 0);
	status(&f, "/today.gmi", 20);
	status(&f, "/old.gmi", 52);
	tap_int(publisher_next_moment(f.publisher), present + day,
	    "the moment of appearing");
	f.now = present + day - 1;
	fixture_publish(&f);
	status(&f, "/one.gmi", 0);
	f.now = present + day;
	fixture_publish(&f);
	status(&f, "/one.gmi", 20);
	has(&f, "/", "One");
	tap_int(publisher_next_moment(f.publisher), present + 2 * day,
	    "the moment of expiring");
	f.now = present + 2 * day;
	fixture_publish(&f);
	status(&f, "/one.gmi", 52);
	lacks(&f, "/", "One");
	tap_int(publisher_next_moment(f.publisher), 0, "no more moments");
	fixture_fini(&f);
}

static void
test_addresses(void)
{
	struct fixture f;

	fixture_init(&f);
	fixture_write(&f, "a.gmi",
	    "---\naliases: [/old.gmi, /b.gmi, /robots.txt]\n---\nA\n");
	fixture_write(&f, "b.gmi", "B\n");
	fixture_write(&f, "r.gmi", "---\nredirect_to: /b.gmi\n---\n");
	fixture_publish(&f);
	says(&f, "");
	status(&f, "/old.gmi", 31);
	tap_str(fixture_meta(&f, "/old.gmi"), STR("/a.gmi"), "leads to");
	status(&f, "/b.gmi", 20);
	status(&f, "/robots.txt", 20);
	status(&f, "/r.gmi", 31);
	lacks(&f, "/sitemap.gmi", "/r.gmi");
	fixture_remove(&f, "b.gmi");
	fixture_write(&f, "c.gmi", "---\naliases: /b.gmi\n---\nB\n");
	fixture_publish(&f);
	status(&f, "/b.gmi", 31);
	status(&f, "/c.gmi", 20);
	fixture_fini(&f);
}

/* Of two pages with one URL the first by name stays. */
static void
test_duplicates(void)
{
	struct fixture f;

	fixture_init(&f);
	fixture_write(&f, "b.gmi", "---\npermalink: /x.gmi\n---\nB\n");
	fixture_write(&f, "a.gmi", "---\npermalink: /x.gmi\n---\nA\n");
	fixture_write(&f, "c.gemini", "first\n");
	fixture_write(&f, "c.gmi", "second\n");
	fixture_publish(&f);
	has(&f, "/x.gmi", "A");
	has(&f, "/c.gmi", "first");
	says(&f,
	    "error capsule/b.gmi:1:1: has the URL /x.gmi that capsule/a.gmi "
	    "has "
	    "already, and is left out: give one of them another permalink or "
	    "name\n"
	    "error capsule/c.gmi:1:1: has the URL /c.gmi that capsule/c.gemini "
	    "has "
	    "already, and is left out: give one of them another permalink or "
	    "name\n");
	publisher_mark_all(f.publisher);
	fixture_publish(&f);
	says(&f, "");
	fixture_remove(&f, "a.gmi");
	fixture_publish(&f);
	has(&f, "/x.gmi", "B");
	fixture_fini(&f);
}

static void
test_precedence(void)
{
	struct fixture f;

	fixture_init(&f);
	fixture_write(&f, "articles/one.gmi", article);
	fixture_write(&f, "articles/plain.gmi", "No date.\n");
	fixture_write(&f, "robots.txt", "mine\n");
	fixture_write(&f, "index.gmi", "# Mine\nMy own home.\n");
	fixture_write(&f, "tags/index.gmi", "---\ntitle: T\n---\nMy tags.\n");
	fixture_publish(&f);
	tap_str(fixture_body(&f, "/"), STR("# Mine\nMy own home.\n"),
	    "an own index has neither header nor footer");
	tap_str(fixture_body(&f, "/tags/"), STR("My tags.\n"),
	    "at the place of another index too");
	tap_str(fixture_meta(&f, "/robots.txt"), STR("text/plain"), "asset");
	tap_str(fixture_body(&f, "/robots.txt"), STR(""), "its own bytes");
	has(&f, "/articles/", "=> /articles/one.gmi 2026-11-01 One\n");
	has(&f, "/articles/", "=> /articles/plain.gmi plain\n");
	fixture_fini(&f);
}

static void
test_sidecars(void)
{
	struct fixture f;

	fixture_init(&f);
	fixture_write(&f, "a.gmi", "# Heading\nText.\n");
	fixture_write(&f, "a.gmi.yaml", "date: 2026-11-01\ntags: [x]\n");
	fixture_publish(&f);
	has(&f, "/", "=> /a.gmi 2026-11-01 Heading\n");
	status(&f, "/a.gmi.yaml", 0);
	fixture_write(&f, "a.gmi.yaml", "title: Side\ndate: 2026-11-02\n");
	fixture_publish(&f);
	has(&f, "/", "=> /a.gmi 2026-11-02 Side\n");
	fixture_write(&f, "a.gmi.yaml", "title: [");
	fixture_publish(&f);
	has(&f, "/", "=> /a.gmi 2026-11-02 Side\n");
	tap_ok(str_starts(
		   buf_str(&f.messages), STR("error capsule/a.gmi.yaml:1:")),
	    "the place in the sidecar");
	fixture_remove(&f, "a.gmi.yaml");
	fixture_publish(&f);
	lacks(&f, "/", "/a.gmi 2026");
	has(&f, "/a.gmi", "# Heading\n");
	fixture_fini(&f);
}

static void
test_templates(void)
{
	struct fixture f;

	fixture_init(&f);
	fixture_write(&f, "articles/one.gmi", article);
	fixture_write(&f, "b/two.gmi", "---\ntitle: Two\ntemplate: odd\n---\n");
	fixture_write(&f, "templates/footer.gmi", "FOOT\n");
	fixture_write(&f, "templates/articles/footer.gmi", "FOOT 2\n");
	fixture_publish(&f);
	has(&f, "/tags/a/", "\nFOOT\n");
	has(&f, "/articles/one.gmi", "\nFOOT 2\n");
	says(&f,
	    "warning capsule/b/two.gmi:3:11: there is no template odd.gmi: add "
	    "it to templates/, or take the line out\n");
	fixture_write(&f, "templates/footer.gmi", "{{#open}}");
	fixture_write(
	    &f, "templates/odd.gmi", "odd {{{page.content}}}{{params.x}}");
	fixture_publish(&f);
	tap_ok(str_starts(buf_str(&f.messages),
		   STR("error capsule/templates/footer.gmi:1:")),
	    "a broken template is told");
	has(&f, "/tags/a/", "\nFOOT\n");
	has(&f, "/b/two.gmi", "odd ");
	fixture_restart(&f);
	fixture_publish(&f);
	has(&f, "/tags/a/", "\nFOOT\n");
	fixture_remove(&f, "templates/footer.gmi");
	fixture_publish(&f);
	lacks(&f, "/tags/a/", "FOOT");
	has(&f, "/tags/a/", "=> / ");
	fixture_write(
	    &f, "b/two.gmi", "---\ntitle: Two\ntemplate: odd\nx: <a>\n---\n");
	fixture_publish(&f);
	has(&f, "/b/two.gmi", "<a>");
	fixture_fini(&f);
}

/* What templates say of each other, and what other engines' are. */
static void
test_partials(void)
{
	struct fixture f;

	fixture_init(&f);
	fixture_write(&f, "articles/one.gmi", article);
	fixture_write(
	    &f, "templates/list.gmi", "L\n {{>nope}}\n{{>footr}}{{>far}}\n");
	fixture_write(&f, "templates/x/far.gmi", "");
	fixture_publish(&f);
	says(&f,
	    "warning capsule/templates/list.gmi:2:5: there is no template "
	    "nope.gmi to put here: add it to templates/, or correct the tag\n"
	    "warning capsule/templates/list.gmi:3:4: there is no template "
	    "footr.gmi to put here, did you mean footer?: add it to "
	    "templates/, or correct the tag\n");
	has(&f, "/tags/a/", "L\n");
	fixture_write(&f, "templates/list.gmi", "L2 {{>footer}}\n");
	fixture_write(&f, "templates/base.html", "{% block x %}{{/a}}");
	fixture_write(&f, "templates/index.html", "{{ a | safe }}{{>b}}");
	fixture_write(&f, "templates/single.html", "{{- .Title -}}{{#a}}");
	fixture_write(&f, "templates/logo.png", "\x89PNG{{");
	fixture_write(&f, "templates/atom.xml", "{{ f(path=\"x\") }}{{#open}}");
	fixture_publish(&f);
	says(&f, "");
	has(&f, "/tags/a/", "L2 ");
	has(&f, "/atom.xml", "<entry>");
	fixture_write(&f, "templates/atom.xml", "<a>{{#open}}</a>");
	fixture_publish(&f);
	tap_ok(str_starts(buf_str(&f.messages),
		   STR("error capsule/templates/atom.xml:1:7: section")),
	    "one that is ours is told");
	fixture_fini(&f);
}

static void
test_config(void)
{
	struct fixture f;

	fixture_init(&f);
	fixture_write(&f, "articles/one.gmi", article);
	fixture_publish(&f);
	has(&f, "/", "# capsule\n");
	fixture_write(&f, "capsule.yaml",
	    "title: My capsule\ntimezone: Asia/Tokyo\nlanguage: de\n");
	fixture_publish(&f);
	has(&f, "/", "# My capsule\n");
	has(&f, "/atom.xml", "<published>2026-11-01T12:00:00+09:00");
	tap_str(fixture_meta(&f, "/"), STR("text/gemini; lang=de"), "language");
	fixture_write(&f, "capsule.yaml", "title: [");
	fixture_publish(&f);
	tap_ok(str_starts(
		   buf_str(&f.messages), STR("error capsule/capsule.yaml:1:")),
	    "the place of the mistake");
	has(&f, "/", "# My capsule\n");
	fixture_restart(&f);
	fixture_publish(&f);
	has(&f, "/", "# My capsule\n");
	fixture_write(&f, "capsule.yaml", "titel: X\nfeeds: {entries: 0}\n");
	fixture_publish(&f);
	says(&f,
	    "warning capsule/capsule.yaml:1:1: unknown key titel, did you mean "
	    "title?: correct the key or take it out\n"
	    "error capsule/capsule.yaml:2:18: entries is not a number from 1 "
	    "to 1000: write a number in digits\n");
	fixture_remove(&f, "capsule.yaml");
	fixture_publish(&f);
	has(&f, "/", "# capsule\n");
	fixture_fini(&f);
}

/* What only some may have is in no list. */
static void
test_access(void)
{
	struct catalogue_entry entry;
	struct fixture f;

	fixture_init(&f);
	fixture_write(&f, "articles/one.gmi", article);
	fixture_write(&f, "articles/secret.gmi",
	    "---\ntitle: Secret\ndate: 2026-11-02\ntags: [a, hush]\n"
	    "access: owners\n---\n");
	fixture_publish(&f);
	tap_int(reader_find(f.reader, STR("/articles/secret.gmi"), &entry),
	    READER_FOUND, "the page is there");
	tap_str(entry.access, STR("owners"), "for owners");
	lacks(&f, "/", "Secret");
	lacks(&f, "/atom.xml", "Secret");
	lacks(&f, "/sitemap.gmi", "ecret");
	lacks(&f, "/articles/one.gmi", "Secret");
	lacks(&f, "/tags/a/", "Secret");
	status(&f, "/tags/hush/", 0);
	lacks(&f, "/articles/secret.gmi", "hush");
	fixture_fini(&f);
}

static void
test_folders(void)
{
	struct fixture f;

	fixture_init(&f);
	fixture_write(&f, "notes/deep/a.gmi", "# A\n");
	fixture_write(&f, "notes/e.gmi", "# Zebra\n");
	fixture_write(&f, "notes/d.gmi", "# apple\n");
	fixture_write(&f, "notes/b.gmi", "---\nweight: 2\n---\n# B\n");
	fixture_write(&f, "notes/c.gmi", "---\nweight: 1\n---\n# C\n");
	fixture_write(&f, "own/index.gmi", "# Own\n");
	fixture_write(&f, "own/d.gmi", "# D\n");
	fixture_write(&f, "pictures/p.png", "png");
	fixture_publish(&f);
	tap_str(fixture_body(&f, "/notes/"),
	    STR("# Notes\n\n=> /notes/c.gmi C\n=> /notes/b.gmi B\n"
		"=> /notes/d.gmi apple\n=> /notes/e.gmi Zebra\n\n"
		"## Folders\n\n=> /notes/deep/ Deep (1 page)\n\n"
		"=> / Home: capsule\n"),
	    "a folder's page");
	status(&f, "/notes/deep/", 20);
	tap_str(fixture_body(&f, "/own/"), STR("# Own\n"), "an own one");
	status(&f, "/pictures/p.png", 20);
	status(&f, "/pictures/", 0);
	fixture_write(&f, "notes/p.png", "png");
	fixture_write(
	    &f, "notes/p.png.yaml", "title: A picture\ndate: 2026-01-01\n");
	fixture_publish(&f);
	has(&f, "/notes/", "=> /notes/p.png A picture\n");
	lacks(&f, "/", "A picture");
	status(&f, "/notes/p.png.yaml", 0);
	fixture_write(&f, "notes/p.png.yaml", "title: [");
	fixture_publish(&f);
	tap_int((long long)f.result.errors, 1, "a broken sidecar is told");
	has(&f, "/notes/", "=> /notes/p.png A picture\n");
	fixture_remove(&f, "notes/p.png.yaml");
	fixture_publish(&f);
	lacks(&f, "/notes/", "A picture");
	fixture_remove(&f, "notes/deep/a.gmi");
	fixture_remove(&f, "notes/deep");
	fixture_publish(&f);
	status(&f, "/notes/deep/", 52);
	status(&f, "/notes/deep/a.gmi", 52);
	fixture_fini(&f);
}

/* The same files give the same catalogue, in whatever order they come. */
static void
test_order(void)
{
	static const char *const files[][2] = {
	    {"articles/one.gmi", article},
	    {"articles/two.gmi",
		"---\ntitle: Two\ndate: 2026-11-01\ntags: [A, b]\n"
		"series: S\n---\n"},
	    {"articles/three.gmi",
		"---\ntitle: Three\ndate: 2026-10-01\ntags: [a, B]\n"
		"series: S\nseries_order: 1\n---\n"},
	    {"x/four.gmi",
		"---\ndate: 2026-09-01\npermalink: /p\ncategory: c\n---\n"},
	    {"x/five.gmi",
		"---\ndate: 2026-09-01\npermalink: /p\ncategory: c\n---\n"},
	    {"capsule.yaml", "title: T\n"},
	};
	enum { file_count = sizeof(files) / sizeof(*files) };
	struct buf dumps[2];
	struct fixture f;

	for (int turn = 0; turn < 2; turn++) {
		buf_init(&dumps[turn], dump_max);
		fixture_init(&f);
		for (int i = 0; i < file_count; i++) {
			int at = turn == 0 ? i : file_count - 1 - i;

			fixture_write(&f, files[at][0], files[at][1]);
			/* One publish for all, or one for each. */
			if (turn == 1)
				fixture_publish(&f);
		}
		fixture_publish(&f);
		fixture_dump(&f, &dumps[turn]);
		fixture_fini(&f);
	}
	tap_str(buf_str(&dumps[1]), buf_str(&dumps[0]), "whatever the order");
	buf_fini(&dumps[0]);
	buf_fini(&dumps[1]);
}

int
main(void)
{
	test_indexes();
	test_nothing_new();
	test_last_good();
	test_drafts();
	test_moments();
	test_addresses();
	test_duplicates();
	test_precedence();
	test_sidecars();
	test_templates();
	test_partials();
	test_config();
	test_access();
	test_folders();
	test_order();
	return tap_done();
}
