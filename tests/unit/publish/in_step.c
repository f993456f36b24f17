/*
 * publish: after any row of edits the catalogue is what one publish of the
 * same files makes, tombstones apart. Edits are made up, from fixed seeds.
 */
#include <stdio.h>
#include <string.h>

#include "fixture.h"
#include "tap.h"

enum {
	seeds = 10,
	rounds = 12,
	edits_max = 4,
	pages_at_first = 12,
	text_max = 4096,
	path_max = 128,
	dump_max = 16 * 1024 * 1024,
	minute = 60,
	hour = 60 * minute,
	shown_bytes = 300,
};

/* A fixed row of numbers that look like chance. */
struct chance {
	uint64_t state;
};

static size_t
chance_below(struct chance *chance, size_t n)
{
	static const uint64_t factor = 6364136223846793005U, term = 1;

	chance->state = chance->state * factor + term;
	return (size_t)(chance->state >> 33) % n;
}

static bool
chance_is(struct chance *chance, size_t percent)
{
	return chance_below(chance, 100) < percent;
}

#define PICK(chance, list) \
	(list)[chance_below((chance), sizeof(list) / sizeof(*(list)))]

static const char *const folders[] = {"", "articles/", "articles/deep/",
    "notes/", "fr/", "_posts/", "2024/05/", "a b/", "_drafts/"};

static const char *const names[] = {"one.md", "two.gmi", "two.md", "index.md",
    "_index.gmi", "_index.fr.md", "2024-03-02-day.md", "stone.fr.md",
    "stone.md", "r.gemini"};

/* A few lines for each, of which a page has one or none. */
static const char *const titles[] = {
    "title: Stone\n", "title: River two\n", "title: '=> x'\n", ""};
static const char *const dates[] = {"date: 2024-02-03\n",
    "date: 2023-05-05T10:00:00Z\n", "date: 2023-05-05\nlastmod: 2025-01-01\n",
    "date: 2026-11-24T12:40:00Z\n", "date: 2027-01-01\n", ""};
static const char *const tags[] = {"tags: [a, B c]\n", "tags: [x/y, b_c]\n",
    "tags: [x]\n", "tags: [page]\n", ""};
static const char *const others[] = {"series: S\n",
    "series: S\nseries_order: 1\n", "lang: fr\n", "permalink: /p/\n",
    "slug: s\n", "aliases: [/old/, Nick]\n", "aliases: [/p/]\n",
    "access: owners\n", "draft: true\n", "expiryDate: 2026-11-24T12:50:00Z\n",
    "image: photo.jpg\n", "authors: [ann, Bob]\n", "categories: [K]\n",
    "translationKey: k\n", "weight: 2\n", "redirect_to: /\n",
    "template: special.gmi\n", "description: Words\n", ""};
static const char *const bodies[] = {"Cloud and garden.\n",
    "See [[Stone]] and [x](one.md).\n", "![alt](photo.jpg) [d](doc.pdf)\n",
    "[up](../index.md), [[Nick]], [[two]].\n",
    "# Heading\n\n{{< ref \"two.md\" >}} and ![[photo.jpg]]\n",
    "=> /articles/one.gmi One\n\nGarden, river, garden, river.\n", ""};

static const char *const configs[] = {"title: A\n",
    "title: B\nlanguage: fr\ntimezone: Asia/Tokyo\n",
    "articles_per_page: 2\nfeeds: {entries: 2, content: full}\n",
    "markdown: {links: end}\nauthor: Ann\n",
    "authors: {ann: {name: Ann Lee}}\nmarkdown: {links: footnote}\n",
    ("indexes:\n  - {path: /i/, select: {tag: [a, x]}, group: year}\n"
     "  - {path: /tags/, sort: title, feed: true}\n"),
    "article: {related: off}\nnavigation: [{title: N, path: /i/}]\n"};

static const char *const beside[] = {
    "photo.jpg", "doc.pdf", "photo.jpg.yaml", "one.md.yaml", "_defaults.yaml"};
static const char *const defaults[] = {
    "tags: [d]\n", "lang: fr\n", "draft: true\n", "author: Ann\n", "foo: 1\n"};

static const char *const template_files[] = {"templates/article.gmi",
    "templates/special.gmi", "templates/footer.gmi", "templates/notes/list.gmi",
    "templates/list.gmi"};
static const char *const template_texts[] = {
    "{{article.title}}\n{{{article.content}}}\n"
    "{{#article.tags}}{{name}}{{/article.tags}}\n",
    "{{page.title}}\n{{#articles}}=> {{url}} {{title}}\n{{/articles}}"
    "{{params.foo}}\n"};

static void
write_page(struct fixture *f, struct chance *chance, const char *path)
{
	char text[text_max];

	snprintf(text, sizeof(text), "---\n%s%s%s%s%s---\n%s%s",
	    PICK(chance, titles), PICK(chance, dates), PICK(chance, tags),
	    chance_is(chance, 50) ? PICK(chance, others) : "",
	    chance_is(chance, 20) ? "foo: 2\n" : "", PICK(chance, bodies),
	    PICK(chance, bodies));
	fixture_write(f, path, text);
}

static bool
is_there(const struct fixture *f, const char *path)
{
	return fixture_file_is_there(f, path);
}

static void
edit_page(struct fixture *f, struct chance *chance)
{
	char path[path_max], other[path_max];

	snprintf(path, sizeof(path), "%s%s", PICK(chance, folders),
	    PICK(chance, names));
	if (!is_there(f, path) || chance_is(chance, 60)) {
		write_page(f, chance, path);
		return;
	}
	if (chance_is(chance, 50)) {
		fixture_remove(f, path);
		return;
	}
	snprintf(other, sizeof(other), "%s%s", PICK(chance, folders),
	    PICK(chance, names));
	if (strcmp(path, other) != 0)
		fixture_rename(f, path, other);
}

/* Write one of the texts at path, or take the file there away. */
static void
edit_file(struct fixture *f, struct chance *chance, const char *path,
    const char *text)
{
	if (is_there(f, path) && chance_is(chance, 40))
		fixture_remove(f, path);
	else
		fixture_write(f, path, text);
}

static void
edit(struct fixture *f, struct chance *chance)
{
	char path[path_max];

	if (chance_is(chance, 70)) {
		edit_page(f, chance);
	} else if (chance_is(chance, 50)) {
		snprintf(path, sizeof(path), "%s%s", PICK(chance, folders),
		    PICK(chance, beside));
		edit_file(f, chance, path, PICK(chance, defaults));
	} else if (chance_is(chance, 50)) {
		edit_file(f, chance, "capsule.yaml", PICK(chance, configs));
	} else {
		edit_file(f, chance, PICK(chance, template_files),
		    PICK(chance, template_texts));
	}
}

/* Where two texts part, for whoever looks for the reason. */
static void
show_difference(const struct buf *live, const struct buf *fresh)
{
	struct str a = buf_str(live), b = buf_str(fresh);
	size_t same = 0, line = 0;

	while (same < a.n && same < b.n && a.p[same] == b.p[same]) {
		same++;
		if (a.p[same - 1] == '\n')
			line = same;
	}
	a = str_first(str_from_index(a, line),
	    a.n - line < shown_bytes ? a.n - line : shown_bytes);
	b = str_first(str_from_index(b, line),
	    b.n - line < shown_bytes ? b.n - line : shown_bytes);
	tap_str(a, b, "where they part");
}

static bool
is_in_step(struct fixture *f)
{
	struct buf live, fresh;
	struct fixture other;
	bool same;

	buf_init(&live, dump_max);
	buf_init(&fresh, dump_max);
	fixture_init(&other);
	other.now = f->now;
	other.owners = f->owners;
	fixture_open_same(&other, f);
	fixture_publish(&other);
	fixture_dump_kept(f, &live);
	fixture_dump_kept(&other, &fresh);
	same = str_eq(buf_str(&live), buf_str(&fresh));
	if (!same)
		show_difference(&live, &fresh);
	fixture_fini(&other);
	buf_fini(&live);
	buf_fini(&fresh);
	return same;
}

static void
test_seed(uint64_t seed)
{
	struct chance chance = {.state = seed};
	struct fixture f;
	bool same = true;
	size_t count;

	fixture_init(&f);
	f.owners = seed % 2 == 0;
	fixture_restart(&f);
	for (size_t i = 0; i < pages_at_first; i++)
		edit_page(&f, &chance);
	for (size_t round = 0; same && round < rounds; round++) {
		count = 1 + chance_below(&chance, edits_max);
		for (size_t i = 0; i < count; i++)
			edit(&f, &chance);
		if (chance_is(&chance, 20))
			f.now += chance_is(&chance, 50) ? hour : minute;
		if (chance_is(&chance, 10))
			fixture_restart(&f);
		fixture_publish(&f);
		same = is_in_step(&f);
	}
	tap_ok(same, "in step with its files, seed %llu",
	    (unsigned long long)seed);
	fixture_fini(&f);
}

/* A section's own page in another language is a page, and no article. */
static void
test_index_translation(void)
{
	struct fixture f;

	fixture_init(&f);
	fixture_write(&f, "docs/_index.md", "---\ntitle: Docs\n---\nText.\n");
	fixture_write(&f, "docs/_index.fr.md",
	    "---\ntitle: Notices\ndate: 2024-01-01\n---\nTexte.\n");
	fixture_publish(&f);
	tap_int(fixture_status(&f, "/docs/index.fr.gmi"), 20, "it is there");
	tap_ok(fixture_has(&f, "/docs/index.fr.gmi", "=> /docs/ "),
	    "it leads to what it translates");
	tap_int(fixture_status(&f, "/articles/"), 0, "there is no article");
	fixture_fini(&f);
}

/* Articles that share an older address and a day are two in feeds. */
static void
test_shared_alias(void)
{
	struct fixture f;

	fixture_init(&f);
	fixture_write(
	    &f, "a.gmi", "---\ndate: 2024-01-01\naliases: [/old/]\n---\nA.\n");
	fixture_write(
	    &f, "b.gmi", "---\ndate: 2024-01-01\naliases: [/old/]\n---\nB.\n");
	fixture_publish(&f);
	tap_ok(fixture_has(&f, "/atom.xml", "2024-01-01:/old/<"),
	    "the first one has the older address in its id");
	tap_ok(fixture_has(&f, "/atom.xml", "2024-01-01:/b.gmi<"),
	    "the other one its own");
	fixture_remove(&f, "a.gmi");
	fixture_publish(&f);
	tap_ok(!fixture_has(&f, "/atom.xml", "2024-01-01:/b.gmi<"),
	    "which changes with the first one");
	fixture_fini(&f);
}

int
main(void)
{
	test_index_translation();
	test_shared_alias();
	for (uint64_t seed = 1; seed <= seeds; seed++)
		test_seed(seed);
	return tap_done();
}
