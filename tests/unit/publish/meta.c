/*
 * publish/meta: what is read out of a front matter, a sidecar and a name.
 */
#include "publish/meta.h"

#include <string.h>

#include "tap.h"

enum { text_max = 64 * 1024 };

static struct site *site;

static void
add_terms(struct buf *out, const struct page_terms *terms)
{
	for (size_t i = 0; i < terms->n; i++)
		buf_addf(out, "%s%" STR_FMT "=%" STR_FMT, i > 0 ? "," : "",
		    STR_ARG(terms->items[i].name),
		    STR_ARG(terms->items[i].path));
}

static void
add_date(struct buf *out, bool has, struct date date)
{
	if (has)
		date_add_rfc3339(out, date);
	if (has && !date.has_time)
		buf_add(out, STR(" day"));
}

static void
add_moments(struct buf *out, const struct page *page)
{
	struct date date;

	date = date_at(page->publish, NULL);
	if (page->publish != INT64_MIN)
		date_add_rfc3339(out, date);
	buf_add(out, STR(" "));
	date = date_at(page->expire, NULL);
	if (page->expire != INT64_MAX)
		date_add_rfc3339(out, date);
}

/* One field of a page as text, by a letter: t title, u URL, S summary,
 * r redirect, l language, I id, c access. */
static bool
add_text_field(struct buf *out, const struct page *page, char field)
{
	const struct {
		char field;
		struct str text;
	} texts[] = {
	    {'t', page->title},
	    {'u', page->url},
	    {'S', page->summary},
	    {'r', page->redirect},
	    {'l', page->lang},
	    {'I', page->id},
	    {'c', page->access},
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		if (texts[i].field != field)
			continue;
		buf_add(out, texts[i].text);
		return true;
	}
	return false;
}

/* T tags, C categories, A authors, a aliases, s series. */
static bool
add_terms_field(struct buf *out, const struct page *page, char field)
{
	const struct {
		char field;
		const struct page_terms *terms;
	} lists[] = {
	    {'T', &page->tags},
	    {'C', &page->categories},
	    {'A', &page->authors},
	    {'a', &page->aliases},
	    {'s', &page->series},
	};

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		if (lists[i].field != field)
			continue;
		add_terms(out, lists[i].terms);
		return true;
	}
	return false;
}

/* d date, U updated, m moments, D draft, w weight, i image, x template. */
static void
add_field(struct buf *out, const struct page *page, char field)
{
	if (add_text_field(out, page, field) ||
	    add_terms_field(out, page, field))
		return;
	if (field == 'd')
		add_date(out, page->has_date, page->date);
	else if (field == 'U')
		add_date(out, page->has_updated, page->updated);
	else if (field == 'm')
		add_moments(out, page);
	else if (field == 'D')
		buf_addf(out, "%d", page->is_draft);
	else if (field == 'w')
		buf_addf(out, "%lld %lld", (long long)page->weight,
		    (long long)(page->series_order == INT64_MAX
			    ? -1
			    : page->series_order));
	else if (field == 'i')
		buf_addf(out, "%" STR_FMT "|%" STR_FMT, STR_ARG(page->image),
		    STR_ARG(page->image_alt));
	else if (field == 'x')
		buf_addf(out, "%" STR_FMT " %d", STR_ARG(page->template),
		    page->is_layout);
	else
		tap_ok(false, "a field of the name %c", field);
}

/* Parse a page; the messages are added to said. */
static struct page *
parse(const char *path, const char *text, const char *sidecar, struct buf *said)
{
	struct meta_input input = {
	    .site = site,
	    .path = str_from_c(path),
	    .file = str_from_c(path),
	    .name = name_parse(str_from_c(path)),
	    .text = str_from_c(text),
	    .sidecar = str_from_c(sidecar),
	    .sidecar_file = STR("sidecar"),
	};
	struct diags diags;
	struct page *page;

	diags_init(&diags);
	page = meta_parse(&input, &diags);
	VEC_EACH (struct diag, diag, &diags.list) {
		diag_print(diag, said);
		buf_add_char(said, '\n');
	}
	tap_ok((page == NULL) == (diags.errors > 0),
	    "a page or an error, never both");
	diags_fini(&diags);
	return page;
}

/* The text is a front matter when it has a colon in its first line; the path
 * is a.gmi unless one is given. */
struct case_of_field {
	char field;
	const char *text;
	const char *want;
	const char *path;
};

static void
check_field(const struct case_of_field *c)
{
	const char *path = c->path == NULL ? "a.gmi" : c->path;
	struct buf text, said, got;
	struct page *page;

	buf_init(&text, text_max);
	buf_init(&said, text_max);
	buf_init(&got, text_max);
	buf_addf(&text, "---\n%s\n---\nThe text.\n", c->text);
	page = parse(path, buf_c(&text), NULL, &said);
	if (page != NULL)
		add_field(&got, page, c->field);
	else
		buf_add(&got, buf_str(&said));
	tap_str(buf_str(&got), str_from_c(c->want), "%c of %s: %s", c->field,
	    path, c->text);
	page_free(&page);
	buf_fini(&text);
	buf_fini(&said);
	buf_fini(&got);
}

static const struct case_of_field fields[] = {
    /* title */
    {'t', "title: A title", "A title", NULL},
    {'t', "Title: \"Two\\nlines\"", "Two lines", NULL},
    {'t', "linkTitle: Short", "Short", NULL},
    {'t', "title: 2026-01-02", "2026-01-02", NULL},
    {'t', "title: yes", "yes", NULL},
    {'t', "title: [One, Two]", "One", NULL},
    {'t', "title: ''", "my page", "my-page.gmi"},
    {'t', "title: ~", "my page", "my-page.gmi"},
    {'t', "title:", "my page", "my-page.gmi"},
    {'t', "title: 42", "42", NULL},
    {'t', "title: 1.10", "1.10", NULL},
    {'t', "title: >\n  one\n  two", "one two", NULL},
    {'t', "title: |\n  one\n  two", "one two", NULL},
    {'t', "title: one\n  two", "one two", NULL},
    {'t', "title: 'it''s'", "it's", NULL},
    {'t', "title: {en: A}", "my page", "my-page.gmi"},
    {'t', "link_title: Short", "Short", NULL},
    {'t', "x: y", "a title", "2026-11-23-a_title.gmi"},
    {'t', "x: y", "a title", "2026-11-23-1530-a-title.gmi"},
    {'t', "x: y", "2026-11-23", "2026-11-23.gmi"},
    {'t', "x: y", "my folder", "b/my-folder/index.gmi"},
    {'t', "x: y", "Capsule", "index.gmi"},
    /* date: keys in order, shapes */
    {'d', "date: 2026-11-23", "2026-11-23T12:00:00+01:00 day", NULL},
    {'d', "date: 2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z", NULL},
    {'d', "date: 2015-10-01 01:00:00 +0800", "2015-10-01T01:00:00+08:00", NULL},
    {'d', "date: 2015-03-17 14:00:00 -4", "2015-03-17T14:00:00-04:00", NULL},
    {'d', "date: 2015-07-01 5:00:00", "2015-07-01T05:00:00+02:00", NULL},
    {'d', "created: 2020-01-01\npubDate: 2021-01-01",
	"2020-01-01T12:00:00+01:00 day", NULL},
    {'d', "date created: 2020-01-01", "2020-01-01T12:00:00+01:00 day", NULL},
    {'d', "Date-Created: 2020-01-01", "2020-01-01T12:00:00+01:00 day", NULL},
    {'d', "publishDate: 2020-01-01", "2020-01-01T12:00:00+01:00 day", NULL},
    {'d', "date:\ncreated: 2020-01-01", "2020-01-01T12:00:00+01:00 day", NULL},
    {'d', "x: y", "2026-11-23T12:00:00+01:00 day", "2026-11-23-a.gmi"},
    {'d', "x: y", "2026-11-23T15:30:00+01:00", "2026-11-23-1530-a.gmi"},
    {'d', "x: y", "2026-11-23T12:00:00+01:00 day", "2026-11-23-9999-a.gmi"},
    {'d', "x: y", "2026-11-23T12:00:00+01:00 day", "2026-11-23.gmi"},
    {'d', "x: y", "2026-11-23T12:00:00+01:00 day", "b/2026-11-23-a/index.gmi"},
    {'d', "x: y", "", "2026-11-23a.gmi"},
    {'d', "x: y", "", "2026-02-30-a.gmi"},
    {'d', "x: y", "2020-05-01T12:00:00+02:00 day", "blog/2020/05/a.gmi"},
    {'d', "x: y", "2020-05-06T12:00:00+02:00 day", "2020/05/06/a.gmi"},
    {'d', "x: y", "", "2020/13/a.gmi"},
    {'d', "x: y", "", "2020/a.gmi"},
    {'d', "permalink: /2020/05/06/a/", "2020-05-06T12:00:00+02:00 day", NULL},
    {'d', "url: 2020/05/06/a", "2020-05-06T12:00:00+02:00 day", NULL},
    {'d', "permalink: /b/2020/05/06/a/", "", NULL},
    {'d', "date: 2019-01-01", "2019-01-01T12:00:00+01:00 day",
	"2026-11-23-a.gmi"},
    {'d', "date: 2020-02-30",
	"a.gmi:2:7: date is a day or a time that does not exist: write a day "
	"such as 2026-11-23, or a time such as 2026-11-23T18:00:00+01:00\n",
	NULL},
    {'d', "date: soon",
	"a.gmi:2:7: date is no date: write a day such as 2026-11-23, or a "
	"time such as 2026-11-23T18:00:00+01:00\n",
	NULL},
    {'d', "date: [2020-01-01]", "2020-01-01T12:00:00+01:00 day", NULL},
    {'d', "date: [[2020-01-01]]", "2020-01-01T12:00:00+01:00 day", NULL},
    {'d', "date: '[[2020-01-01]]'", "2020-01-01T12:00:00+01:00 day", NULL},
    {'d', "date: false", "", NULL},
    {'d', "date: Last Modified", "", NULL},
    {'d', "date: git created", "2026-11-23T12:00:00+01:00 day",
	"2026-11-23-a.gmi"},
    {'d', "date: July 1, 2020 10:00 AM", "2020-07-01T10:00:00+02:00", NULL},
    {'d', "date: 01/02/2020",
	"a.gmi:2:7: date may be one of two days: write the year first, as in "
	"2026-11-23\n",
	NULL},
    {'d', "created_at: 2020-01-01", "2020-01-01T12:00:00+01:00 day", NULL},
    {'d', "createdAt: 2020-01-01", "2020-01-01T12:00:00+01:00 day", NULL},
    {'d', "pub_date: 2020-01-01", "2020-01-01T12:00:00+01:00 day", NULL},
    {'d', "Publish Date: 2020-01-01", "2020-01-01T12:00:00+01:00 day", NULL},
    {'d', "Date_Time: 2020-01-01", "2020-01-01T12:00:00+01:00 day", NULL},
    {'d', "date: [2020-01-01, 2021-01-01]",
	"a.gmi:2:7: date is a list or a map: write a day such as 2026-11-23, "
	"or a time such as 2026-11-23T18:00:00+01:00\n",
	NULL},
    {'U', "date: 2026-01-01\nlastmod: 2026-02-01T00:00:00Z",
	"2026-02-01T00:00:00Z", NULL},
    {'U', "last_mod: 2026-02-01", "2026-02-01T12:00:00+01:00 day", NULL},
    {'U', "updated_at: 2026-02-01", "2026-02-01T12:00:00+01:00 day", NULL},
    {'U', "Date Modified: 2026-02-01", "2026-02-01T12:00:00+01:00 day", NULL},
    {'U', "modified: true", "", NULL},
    {'U', "last_modified_at: 2026-02-01", "2026-02-01T12:00:00+01:00 day",
	NULL},
    /* from when to when */
    {'m', "x: y", " ", NULL},
    {'m', "date: 2026-11-23", "2026-11-22T23:00:00Z ", NULL},
    {'m', "date: 2026-11-23T18:00:00Z", "2026-11-23T18:00:00Z ", NULL},
    {'m', "date: 2026-11-23\npublishDate: 2027-01-01T00:00:00Z",
	"2027-01-01T00:00:00Z ", NULL},
    {'m', "expiryDate: 2026-11-23", " 2026-11-23T23:00:00Z", NULL},
    {'m', "expiration_date: 2026-11-23T01:00:00Z", " 2026-11-23T01:00:00Z",
	NULL},
    {'m', "expiry_date: 2026-11-23", " 2026-11-23T23:00:00Z", NULL},
    {'m', "publish_date: 2027-01-01", "2026-12-31T23:00:00Z ", NULL},
    /* draft */
    {'D', "draft: 1", "1", NULL},
    {'D', "Draft: y", "1", NULL},
    {'D', "draft:", "0", NULL},
    {'D', "draft: false\npublished: false", "1", NULL},
    {'D', "draft: true", "1", NULL},
    {'D', "draft: \"Yes\"", "1", NULL},
    {'D', "draft: FALSE", "0", NULL},
    {'D', "published: false", "1", NULL},
    {'D', "published: 2020-01-01", "0", NULL},
    {'D', "publish: no", "1", NULL},
    {'D', "publish: 2020-01-01", "0", NULL},
    {'D', "x: y", "1", "_drafts/a.gmi"},
    {'D', "draft: maybe",
	"a.gmi:2:8: draft is neither true nor false: write true or false\n",
	NULL},
    /* tags */
    {'T', "tags: [Go, C#, c++]", "Go=go,C#=c%23,c++=c++", NULL},
    {'T', "tags: one, two words, #three", "one=one,two words=two-words", NULL},
    {'T', "tags: 'one, two words, #three'",
	"one=one,two words=two-words,three=three", NULL},
    {'T', "tags: [A b, a_b, a-B]", "A b=a-b", NULL},
    {'T', "tags: [a/b]", "a/b=a/b", NULL},
    {'T', "tags: [2020, true, ~]", "2020=2020,true=true", NULL},
    {'T', "tags: []\ntopics: [x]", "x=x", NULL},
    {'T', "keywords: x", "x=x", NULL},
    {'T', "tags: [page, atom.xml]", "page=page-,atom.xml=atom.xml-", NULL},
    {'T', "tags: ['-', ' ']", "", NULL},
    {'T', "tags: {a: b}", "", NULL},
    {'T', "tags:", "", NULL},
    {'T', "tags:\nkeywords: b", "b=b", NULL},
    {'T', "tags: ''\ntag: b", "b=b", NULL},
    {'T', "tags: null", "", NULL},
    {'T', "tags:\n  -\n  - a", "a=a", NULL},
    {'T', "tags: C++, go", "C++=c++,go=go", NULL},
    {'T', "tags: [a, \"b c\"]", "a=a,b c=b-c", NULL},
    {'T', "tags: '#a #b'", "a=a,b=b", NULL},
    {'T', "tags: [[a]]", "a=a", NULL},
    {'T', "tags: ['[[a b]]', '[[x|Y]]']", "a b=a-b,Y=y", NULL},
    {'T', "tags:\n  - [a, b]\n  - c", "a=a,b=b,c=c", NULL},
    {'T', "tags: [{label: A, permalink: /a}]", "A=a", NULL},
    {'T', "tags: >\n  a, b,\n  c", "a=a,b=b,c=c", NULL},
    {'T', "tags: '#a b, #c'", "a b=a-b,c=c", NULL},
    {'T', "tags: '#a #b'", "a=a,b=b", NULL},
    {'T', "tags: false", "", NULL},
    {'T', "taxonomies:\n  tags: [a]", "a=a", NULL},
    {'T', "extra:\n  topics: a", "a=a", NULL},
    /* categories */
    {'C', "categories: [One, Two]", "One=one,Two=two", NULL},
    {'C', "section: x", "x=x", "recipes/a.gmi"},
    {'C', "x: y", "recipes=recipes", "recipes/a.gmi"},
    {'C', "x: y", "recipes=recipes", "recipes/soup/a.gmi"},
    {'C', "x: y", "", "a.gmi"},
    {'C', "x: y", "", "articles/a.gmi"},
    {'C', "x: y", "", "_posts/a.gmi"},
    {'C', "x: y", "", "2020/a.gmi"},
    {'C', "x: y", "", "soup/index.gmi"},
    {'C', "x: y", "recipes=recipes", "de/recipes/a.gmi"},
    /* authors */
    {'A', "author: Ann Lee, Jr.", "Ann Lee, Jr.=ann-lee,-jr.", NULL},
    {'A', "authors: [Ann, {name: Bob, email: b@x}]", "Ann=ann,Bob=bob", NULL},
    {'A', "byline: Ann", "Ann=ann", NULL},
    {'A', "author: jd", "Jane Doe=jd", NULL},
    {'A', "author: Jane Doe", "Jane Doe=jd", NULL},
    {'A', "author: {email: x}", "x=x", NULL},
    {'A', "author: {twitter: x}", "", NULL},
    {'A', "author: Ann Lee <ann@x.org>", "Ann Lee=ann-lee", NULL},
    {'A', "author: <Ann>", "<Ann>=%3Cann%3E", NULL},
    {'A', "author: [[Ann Lee]]", "Ann Lee=ann-lee", NULL},
    {'A', "author: '[[people/ann|Ann Lee]]'", "Ann Lee=ann-lee", NULL},
    {'A', "authors: {ann: {name: Ann}, bob: {name: Bob}}", "Ann=ann,Bob=bob",
	NULL},
    {'A', "authors:\n  - name: Ann\n    title: Boss", "Ann=ann", NULL},
    {'A', "author: true", "", NULL},
    {'A', "taxonomies: {authors: [Ann]}", "Ann=ann", NULL},
    /* summary */
    {'S', "description: One\nsummary: Two", "One", NULL},
    {'S', "excerpt: \"a\\n  b\"", "a b", NULL},
    {'S', "x: y", "The text.", NULL},
    {'S', "excerpt: false", "The text.", NULL},
    {'S', "description: {a: b}", "The text.", NULL},
    {'S', "description:", "The text.", NULL},
    {'S', "description: >-\n  one\n  two", "one two", NULL},
    /* URL */
    {'u', "permalink: /b/c.gmi", "/b/c.gmi", NULL},
    {'u', "permalink: /b/c/", "/b/c/", NULL},
    {'u', "url: b/c", "/b/c", NULL},
    {'u', "path: /\xc3\xa9 x", "/%C3%A9%20x", NULL},
    {'u', "path: /%C3%A9", "/%C3%A9", NULL},
    {'u', "path: /%c3%a9", "/%C3%A9", NULL},
    {'u', "slug: s", "/b/s.gmi", "b/a.gmi"},
    {'u', "slug: s.html", "/b/s.gmi", "b/a.gmi"},
    {'u', "slug: s.md", "/b/s.gmi", "b/a.gmi"},
    {'u', "slug: s", "/b/s/", "b/c/index.gmi"},
    {'u', "permalink: /p\nslug: s", "/p", NULL},
    {'u', "permalink: false", "/a.gmi", NULL},
    {'u', "permalink: https://example.org/x", "/a.gmi", NULL},
    {'u', "permalink: /:year/:title/", "/a.gmi", NULL},
    {'u', "permalink: '/{{ title | slug }}/'", "/a.gmi", NULL},
    {'u', "permalink:\n  build: /x", "/a.gmi", NULL},
    {'u', "permalink: ''", "/a.gmi", NULL},
    {'u', "permalink: /a/../b",
	"a.gmi:2:12: permalink is no path that a page can have: write a path "
	"such as /articles/x.gmi, without .. and //\n",
	NULL},
    {'u', "permalink: /a//b",
	"a.gmi:2:12: permalink is no path that a page can have: write a path "
	"such as /articles/x.gmi, without .. and //\n",
	NULL},
    {'u', "permalink: /%2e%2e/b",
	"a.gmi:2:12: permalink is no path that a page can have: write a path "
	"such as /articles/x.gmi, without .. and //\n",
	NULL},
    {'u', "permalink: /a%0ab",
	"a.gmi:2:12: permalink is no path that a page can have: write a path "
	"such as /articles/x.gmi, without .. and //\n",
	NULL},
    {'u', "permalink: \"/a\\tb\"",
	"a.gmi:2:12: permalink is no path that a page can have: write a path "
	"such as /articles/x.gmi, without .. and //\n",
	NULL},
    {'u', "slug: ..",
	"a.gmi:2:7: slug is no path that a page can have: write a path "
	"such as /articles/x.gmi, without .. and //\n",
	NULL},
    /* aliases, redirect */
    {'a', "aliases: [/old, other name, old.html, b/c]",
	"=/old,=/d/old.html,=/old.html,=/d/b/c,=/b/c", "d/a.gmi"},
    {'a', "redirect_from: /x/", "=/x/", NULL},
    {'a', "alias: /a/../b", "", NULL},
    {'a', "aliases: ['', /x]", "=/x", NULL},
    {'a', "redirectFrom:\n  - /x", "=/x", NULL},
    {'r', "redirect_to: /b.gmi", "/b.gmi", NULL},
    {'r', "redirect_to: gemini://x.org/y?z", "gemini://x.org/y?z", NULL},
    {'r', "redirect_to: b.gmi", "/d/b.gmi", "d/a.gmi"},
    {'r', "redirect_to: ht tp://x",
	"a.gmi:2:14: redirect_to is no place to lead to: write a path, or an "
	"address with its scheme\n",
	NULL},
    /* series, weight */
    {'s', "series: A tale", "A tale=a-tale", NULL},
    {'s', "series: [One, Two]", "One=one", NULL},
    {'s', "series: {name: One, index: 2}", "One=one", NULL},
    {'s', "series: false", "", NULL},
    {'w', "weight: -3", "-3 -3", NULL},
    {'w', "weight: 3\nseries_order: 4", "3 4", NULL},
    {'w', "nav_order: 2", "2 2", NULL},
    {'w', "weight: heavy", "0 -1", NULL},
    /* language */
    {'l', "lang: de", "de", NULL},
    {'l', "locale: en_US.UTF-8", "en-US", NULL},
    {'l', "lang: [en, fr]", "en,fr", NULL},
    {'l', "lang: en, fr", "en,fr", NULL},
    {'l', "lang: deutsch", "", NULL},
    {'l', "x: y", "ja", "x.ja.gmi"},
    {'l', "x: y", "ja", "ja/x.gmi"},
    {'l', "x: y", "", "x.js.gmi"},
    /* image, id, template, access */
    {'i', "image: p.jpg", "/d/p.jpg|", "d/a.gmi"},
    {'i', "image: /p q.jpg", "/p%20q.jpg|", NULL},
    {'i', "cover: {image: p.jpg, alt: A cat}", "/p.jpg|A cat", NULL},
    {'i', "images: [https://x.org/p.jpg, b]", "https://x.org/p.jpg|", NULL},
    {'I', "id: urn:x:1", "urn:x:1", NULL},
    {'i', "image: false", "|", NULL},
    {'i', "image: '![[p.jpg]]'", "/p.jpg|", NULL},
    {'i', "image: //x.org/p.jpg", "https://x.org/p.jpg|", NULL},
    {'i', "image: '{{ page.x }}'", "|", NULL},
    {'i', "images: [{src: p.jpg, alt: A}]", "/p.jpg|A", NULL},
    {'I', "id: 42", "", NULL},
    {'x', "template: page.html", " 1", NULL},
    {'x', "layout: false", " 1", NULL},
    {'x', "template: tall", "tall.gmi 0", NULL},
    {'x', "layout: post", "post.gmi 1", NULL},
    {'x', "template: ../x", " 0", NULL},
    {'c', "access: owners", "owners", NULL},
    {'c',
	"access: [\"SHA256:"
	"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"]",
	"00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF",
	NULL},
    {'c', "access: friends",
	"a.gmi:2:9: access is neither owners nor fingerprints: write owners, "
	"or a list of SHA256:\xe2\x80\xa6 fingerprints\n",
	NULL},
};

static void
check_whole(const char *text, const char *sidecar, char field, const char *want)
{
	struct buf said, got;
	struct page *page;

	buf_init(&said, text_max);
	buf_init(&got, text_max);
	page = parse("a.gmi", text, sidecar, &said);
	if (page != NULL)
		add_field(&got, page, field);
	else
		buf_add(&got, buf_str(&said));
	tap_str(buf_str(&got), str_from_c(want), "%c of a whole file", field);
	page_free(&page);
	buf_fini(&said);
	buf_fini(&got);
}

/* Where a front matter starts and ends, and what else a file may begin with. */
static void
test_files(void)
{
	static const char side[] = "title: Side\ndate: 2020-01-01\n";

	check_whole("Text\n", NULL, 't', "a");
	check_whole("# Head\nText\n", NULL, 't', "Head");
	check_whole("# \u8077\u696d\n", NULL, 't', "\u8077\u696d");
	check_whole("# Head\nText\n", NULL, 'S', "Text");
	check_whole("\xef\xbb\xbf---\ntitle: T\n---\nx", NULL, 't', "T");
	check_whole("---\r\ntitle: T\r\n---\r\nx\r\n", NULL, 't', "T");
	check_whole("---\ntitle: T\n...\nx", NULL, 't', "T");
	check_whole("---\n---\n# H\n", NULL, 't', "H");
	check_whole("---\ntitle: T\n---", NULL, 't', "T");
	check_whole(" ---\ntitle: T\n---\n", NULL, 't', "a");
	check_whole("----\ntitle: T\n---\n", NULL, 't', "a");
	check_whole("", NULL, 't', "a");
	check_whole("Text\n", side, 't', "Side");
	check_whole("---\ntitle: Front\n---\n", side, 't', "Front");
	check_whole("---\ntitle: Front\n---\n", side, 'd',
	    "2020-01-01T12:00:00+01:00 day");
	check_whole("---\ncreated: 2021-01-01\n---\n", side, 'd',
	    "2021-01-01T12:00:00+01:00 day");
	check_whole("---\n\n# Head\nText\n", NULL, 'S', "Text");
	check_whole("---\nSome text.\n", NULL, 't', "a");
	check_whole("+++\n\nx\n", NULL, 't', "a");
	check_whole("a\n<!--more-->\nb\n", NULL, 'S', "a");
	check_whole("a\nb\n\n<!-- more -->\nc\n", NULL, 'S', "a b");
}

static void
test_broken_files(void)
{
	static const struct {
		const char *text;
		const char *side;
		const char *start; /* of what is said */
	} cases[] = {
	    {"---\ntitle: T\n", NULL,
		"a.gmi:1:1: the front matter begins here and never ends: "},
	    {"+++\ntitle = T\n+++\n", NULL, "a.gmi:2:9: "},
	    {"+++\ntitle = \"T\"\n", NULL, "a.gmi:1:1: "},
	    {"---\ntitle: [a\n---\n", NULL, "a.gmi:2:"},
	    {"---\n- a\n---\n", NULL, "a.gmi:2:1: "},
	    {"---\na: &x b\n---\n", NULL, "a.gmi:2:"},
	    {"Text\n", "title: [a", "sidecar:1:"},
	    {"Text\nand \xff\n", NULL, "a.gmi:2:5: here is a byte"},
	    {"\xff\xfeT\n", NULL, "a.gmi:1:1: the file is in UTF-16"},
	};
	struct page *page;
	struct buf said;

	buf_init(&said, text_max);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		buf_clear(&said);
		page = parse("a.gmi", cases[i].text, cases[i].side, &said);
		tap_ok(page == NULL, "broken file %zu is refused", i);
		tap_str(str_first(buf_str(&said), strlen(cases[i].start)),
		    str_from_c(cases[i].start), "place and reason %zu", i);
		page_free(&page);
	}
	buf_fini(&said);
}

static void
test_long_summary(void)
{
	struct buf text, said;
	struct page *page;

	buf_init(&text, text_max);
	buf_init(&said, text_max);
	for (int i = 0; i < 100; i++)
		buf_add(&text, STR("word "));
	page = parse("a.gmi", buf_c(&text), NULL, &said);
	tap_ok(str_ends(page->summary, STR("word\xe2\x80\xa6")),
	    "a long summary is cut at a word");
	tap_ok(page->summary.n < 210, "and is short");
	tap_int((long long)page->words, 100, "all words are counted");
	tap_int((long long)page_minutes(page), 1, "a minute to read");
	page_free(&page);
	buf_fini(&text);
	buf_fini(&said);
}

int
main(void)
{
	struct diags diags;

	diags_init(&diags);
	site = site_parse(
	    &(struct site_input){
		.text = STR("title: Capsule\ntimezone: Europe/Berlin\n"
			    "authors: {jd: {name: Jane Doe}}\n"),
	    },
	    &diags);
	tap_int((long long)diags.errors, 0, "the site is fine");
	diags_fini(&diags);
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		check_field(&fields[i]);
	test_files();
	test_broken_files();
	test_long_summary();
	site_free(&site);
	return tap_done();
}
