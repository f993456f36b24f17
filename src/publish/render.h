#ifndef PUBLISH_RENDER_H
#define PUBLISH_RENDER_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/diag.h"
#include "publish/graph.h"
#include "publish/indexing.h"
#include "publish/links.h"
#include "publish/outputs.h"
#include "publish/print.h"
#include "publish/site.h"
#include "publish/templates.h"
#include "text/value.h"

/* A link with a label and, where it is more than 0, a count. */
struct link {
	struct str url;
	struct str title;
	size_t count;
	bool counts_pages; /* and not articles only */
	struct str latest; /* of a term: the day of its newest article */
};

/*
 * One publish being rendered: what all of its pages see.
 */
struct render {
	const struct site *site;
	const struct templates *templates;
	struct sources *sources;
	const struct graph *graph;
	struct outputs *outputs;
	struct indexing *indexing;
	struct links links;
	struct writer *writer;
	struct diags *diags;
	bool built; /* assets go into the catalogue */
	bool drafts; /* drafts are shown */
	bool owners; /* as in struct publish_options */
	struct arena arena; /* of the whole publish */
	struct vec fresh; /* const struct page *: articles that appear, the
			     newest first */
	struct vec chosen; /* struct chosen: what `indexes:` selects */
	struct value *site_value, *words, *navigation, *indexes, *feeds;
	struct str tag; /* the language of words */
	struct map first_aliases; /* path -> struct page *: the article whose
				     id has it */
	struct map vocabularies; /* tag -> struct value: words, as used */
	struct fingerprint base; /* of what every page shows */
};

/* Make the values that all pages see, from the fields above them. */
void render_init(struct render *r);
void render_fini(struct render *r);

/* A page to be made: where, from which template, and for which folder. */
struct render_page {
	struct str path;
	enum entry_kind kind;
	struct str meta; /* empty: text/gemini in the capsule's language */
	struct template_want want;
	struct str access;
	struct fingerprint print;
};

/* Let the built-in words on the pages from now on be in lang, the first of
 * several; in the capsule's language when lang is empty, or there are none in
 * it. */
void render_speak(struct render *r, struct str lang);

/* Start the data of a page: site, words, navigation, indexes, feeds. */
struct value *render_data(const struct render *r, struct arena *arena);

/* Render and write a page whose path was claimed. */
void render_put(
    struct render *r, const struct render_page *page, const struct value *data);

/* Say that a page whose path was claimed is too large. */
void render_fail(struct render *r, struct str path);

/* Write one whose text needs no template. */
void render_put_text(
    struct render *r, const struct render_page *page, struct str body);

/* Start a fingerprint with what every page shows. */
void render_print_start(const struct render *r, struct print *print);

/* The path of an address within the capsule as a whole one, for feeds. */
struct str render_absolute(
    const struct render *r, struct arena *arena, struct str path);

/* An article for lists: title, url, date and what else a card has; the brief
 * one without its tags, categories and authors. */
struct value *render_card(
    const struct render *r, struct arena *arena, const struct page *page);
struct value *render_brief_card(
    const struct render *r, struct arena *arena, const struct page *page);

/* Add what render_card() shows to a fingerprint. Of a page that is no public
 * article this is also which of its terms have a page, through others. */
void render_print_card(
    const struct render *r, struct print *print, const struct page *page);

/* The id of an article in feeds. No two have the same, unless their authors say
 * so; render_has_alias_id() tells whether it is made of an alias. */
struct str render_id(
    const struct render *r, struct arena *arena, const struct page *page);

bool render_has_alias_id(const struct render *r, const struct page *page);

/* A date as add, date_add_day() or date_add_rfc3339(), writes it; in arena. */
struct str render_date(struct arena *arena, struct date date,
    void (*add)(struct buf *out, struct date date));

/* "November 2026". */
struct str render_month(
    const struct render *r, struct arena *arena, int year, int month);

/* A row of links as a list of maps {url, title, count, count_text}. */
struct value *render_links(
    const struct render *r, struct arena *arena, const struct vec *links);

/* The MIME type of a page in a language; empty: the capsule's own. */
struct str render_meta(
    const struct render *r, struct arena *arena, struct str lang);

/* Render and write the page of an author whose path, job->path, was claimed.
 * It may be another than its URL. */
void page_put(
    struct render *r, const struct page *page, struct render_page *job);

/* What its page shows: its own text, and the others around it. */
struct fingerprint page_print(struct render *r, const struct page *page);

/* The kinds of pages, each in a file of its own, in the order in which they
 * claim their paths. */
void pages_put_articles(struct render *r);
void pages_put_assets(struct render *r);
void pages_put_chosen(struct render *r);
void pages_put_home(struct render *r);
void pages_put_lists(struct render *r);
void pages_put_archive(struct render *r);
void pages_put_terms(struct render *r);
void pages_put_feeds(struct render *r);
void pages_put_search(struct render *r);
void pages_put_folders(struct render *r);
void pages_put_sitemap(struct render *r);
void pages_put_robots(struct render *r);
void pages_put_left(struct render *r);
void pages_put_aliases(struct render *r);
void pages_put_expired(struct render *r);
void pages_put_drafts(struct render *r);

/* The table of articles. */
void pages_put_rows(struct render *r);

#endif
