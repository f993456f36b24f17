/*
 * publish: what folders say of their pages, in _defaults.yaml.
 */
#include <string.h>

#include "fixture.h"
#include "tap.h"

static const char defaults[] = "author: Ann\ntags: [shared]\nlang: fr\n"
			       "mood: calm\n";
static const char bare[] = "---\ntitle: Bare\ndate: 2026-11-01\n---\nText.\n";
static const char full[] = "---\ntitle: Full\ndate: 2026-11-02\n"
			   "author: Bob\ntags: [own]\nlang: de\n"
			   "mood: wild\n---\nText.\n";
static const char template[] = "{{article.title}} by "
			       "{{#article.authors}}{{name}}"
			       "{{/article.authors}} is {{params.mood}}\n";

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
status(struct fixture *f, const char *path, int want)
{
	tap_int(fixture_status(f, path), want, "status of %s", path);
}

static void
says(struct fixture *f, const char *text)
{
	tap_str(str_first(buf_str(&f->messages), strlen(text)),
	    str_from_c(text), "what is said");
	tap_ok(text[0] != '\0' || f->messages.n == 0, "and nothing more");
}

static void
start(struct fixture *f)
{
	fixture_init(f);
	fixture_write(f, "templates/article.gmi", template);
	fixture_write(f, "notes/_defaults.yaml", defaults);
	fixture_write(f, "notes/deep/er/bare.gmi", bare);
	fixture_write(f, "notes/full.gmi", full);
	fixture_write(f, "notes/side.gmi", "Text.\n");
	fixture_write(f, "notes/side.gmi.yaml",
	    "title: Side\ndate: 2026-11-03\nauthor: Cy\n");
	fixture_write(f, "other.gmi",
	    "---\ntitle: Other\ndate: 2026-11-04\n---\nText.\n");
	fixture_publish(f);
	says(f, "");
}

/* A page without a value has that of its folders; its own goes before. */
static void
test_precedence(void)
{
	struct fixture f;

	start(&f);
	has(&f, "/notes/deep/er/bare.gmi", "Bare by Ann is calm");
	has(&f, "/tags/shared/", "Bare");
	tap_str(fixture_meta(&f, "/notes/deep/er/bare.gmi"),
	    STR("text/gemini; lang=fr"), "the language");
	has(&f, "/notes/full.gmi", "Full by Bob is wild");
	lacks(&f, "/tags/shared/", "Full");
	has(&f, "/notes/side.gmi", "Side by Cy is calm");
	has(&f, "/tags/shared/", "Side");
	has(&f, "/other.gmi", "Other by  is");
	lacks(&f, "/tags/shared/", "Other");
	status(&f, "/notes/_defaults.yaml", 0);
	fixture_fini(&f);
}

/* Changes reach the pages below at once; the nearest folder wins. */
static void
test_changes(void)
{
	struct fixture f;

	start(&f);
	fixture_write(&f, "notes/_defaults.yaml", "author: Eve\n");
	fixture_publish(&f);
	says(&f, "");
	has(&f, "/notes/deep/er/bare.gmi", "Bare by Eve is");
	status(&f, "/tags/shared/", 52);
	fixture_write(
	    &f, "notes/deep/_defaults.yaml", "author: Dee\nmood: dark\n");
	fixture_publish(&f);
	has(&f, "/notes/deep/er/bare.gmi", "Bare by Dee is dark");
	has(&f, "/notes/side.gmi", "Side by Cy is");
	fixture_write(&f, "_defaults.yaml", "tags: [all]\nauthor: Root\n");
	fixture_publish(&f);
	has(&f, "/tags/all/", "Bare");
	has(&f, "/tags/all/", "Other");
	has(&f, "/other.gmi", "Other by Root");
	has(&f, "/notes/deep/er/bare.gmi", "Bare by Dee is dark");
	fixture_remove(&f, "notes/deep/_defaults.yaml");
	fixture_publish(&f);
	has(&f, "/notes/deep/er/bare.gmi", "Bare by Eve is");
	fixture_restart(&f);
	publisher_mark_all(f.publisher);
	fixture_publish(&f);
	tap_int((long long)f.result.entries_written, 0,
	    "nothing is written after a restart");
	fixture_fini(&f);
}

/* A broken file is told of once, and the last good one stays. */
static void
test_broken(void)
{
	struct fixture f;

	start(&f);
	fixture_write(&f, "notes/_defaults.yaml", "author: [Eve\n");
	fixture_publish(&f);
	says(&f, "error capsule/notes/_defaults.yaml:1:9: ");
	tap_int((long long)f.result.errors, 1, "once");
	has(&f, "/notes/deep/er/bare.gmi", "Bare by Ann is calm");
	fixture_write(&f, "notes/deep/er/bare.gmi",
	    "---\ntitle: New\ndate: 2026-11-01\n---\nText.\n");
	fixture_restart(&f);
	publisher_mark_all(f.publisher);
	fixture_publish(&f);
	has(&f, "/notes/deep/er/bare.gmi", "New by Ann is calm");
	fixture_write(&f, "notes/_defaults.yaml", "date: soon\n");
	fixture_publish(&f);
	says(&f, "error capsule/notes/_defaults.yaml:1:7: date is no date: ");
	has(&f, "/notes/deep/er/bare.gmi", "New by Ann is calm");
	fixture_write(&f, "notes/_defaults.yaml", "- Eve\n");
	fixture_publish(&f);
	says(&f, "error capsule/notes/_defaults.yaml:1:1: ");
	fixture_write(&f, "notes/_defaults.yaml",
	    "author: Eve\nslug: one\nweight: heavy\n");
	fixture_publish(&f);
	says(&f, "warning capsule/notes/_defaults.yaml:2:7: slug belongs to ");
	tap_int((long long)f.result.warnings, 2, "and the weight, once");
	has(&f, "/notes/deep/er/bare.gmi", "New by Eve is");
	fixture_fini(&f);
}

/* What a page's own name and text say goes before its folders. */
static void
test_own_facts(void)
{
	struct fixture f;

	fixture_init(&f);
	fixture_write(&f, "_defaults.yaml",
	    "date: 2020-01-01\ntitle: Untitled\nlang: fr\ndraft: true\n");
	fixture_write(
	    &f, "2026-11-01-a.ja.gmi", "---\ndraft: false\n---\n# Heading\n");
	fixture_write(&f, "b.gmi", "---\npublished: true\n---\nText.\n");
	fixture_write(&f, "c.gmi", "Text.\n");
	fixture_publish(&f);
	says(&f, "");
	has(&f, "/archive/2026/11/", "Heading");
	tap_str(fixture_meta(&f, "/2026-11-01-a.ja.gmi"),
	    STR("text/gemini; lang=ja"), "the language of the name");
	has(&f, "/archive/2020/01/", "Untitled");
	status(&f, "/c.gmi", 0);
	fixture_fini(&f);
}

int
main(void)
{
	test_precedence();
	test_changes();
	test_broken();
	test_own_facts();
	return tap_done();
}
