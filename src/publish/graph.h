#ifndef PUBLISH_GRAPH_H
#define PUBLISH_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "publish/page.h"
#include "publish/source.h"

/* The kinds of terms: TERMS(name, folder of their pages, field of a page). */
enum term_kind {
#define TERMS(name, word, folder, field) TERM_##name,
#include "publish/terms.def"
#undef TERMS
	TERM_KIND_COUNT,
};

/* A row of pages in some order. */
struct page_list {
	const struct page **items;
	size_t n;
};

/* One tag, category, author or series that public articles name. */
struct term {
	struct str path; /* as in struct page_term */
	struct str name; /* as it is spelled most often */
	struct str url; /* of its page, a key of the catalogue */
	struct vec spellings; /* for finding the name */
	struct vec members; /* const struct page *, newest first; those of a
			       series in its order */
};

struct terms {
	struct map by_path; /* -> struct term */
	struct term **sorted; /* by path */
	size_t n;
};

struct month {
	int year;
	int month;
	struct page_list articles; /* newest first */
};

struct year {
	int year;
	struct page_list articles;
	struct vec months; /* struct month, the newest first */
};

/* A folder of the capsule that has public pages in or beneath it. */
struct folder {
	struct str url; /* with slashes at both ends */
	struct folder *parent; /* NULL for "/" */
	const struct page *index; /* the author's own page of it, or NULL */
	struct vec articles; /* const struct page *, newest first */
	struct vec pages; /* undated: by weight, then by title */
	struct vec folders; /* struct folder *, by url */
	struct vec files; /* const struct source *: assets that have a title,
			     by path */
};

/*
 * How the pages of a capsule hang together at one moment: made anew for each
 * publish from the pages alone, and the same whatever their order.
 */
struct graph {
	struct arena arena;
	const struct sources *sources; /* borrowed */
	struct page_list all; /* public, by source */
	struct page_list articles; /* listed and dated, newest first */
	struct page_list pages; /* listed and undated, by URL */
	struct page_list expired;
	struct page_list waiting; /* drafts, and what is to appear */
	struct map by_url; /* public, -> struct page */
	struct map hidden; /* URL of a page that waits or is a draft, and what
			      leads there -> struct page */
	struct terms terms[TERM_KIND_COUNT];
	struct vec years; /* struct year, the newest first */
	struct map folders; /* url -> struct folder */
	struct str language; /* of pages that do not say theirs */
	int64_t now;
	bool drafts; /* as in struct graph_input */
	int64_t next_moment; /* when the next page appears or expires; 0 */
};

struct graph_input {
	const struct sources *sources;
	struct str language; /* of the capsule */
	int64_t now;
	bool drafts;
};

/* Build the graph; what it says of each page is also put into the pages. The
 * caller gives it back. It borrows the pages. */
struct graph *graph_new(const struct graph_input *input);
void graph_free(struct graph **graph);

/* The folder of the terms' pages, such as "/tags/"; the word for one in the
 * catalogue, such as "tag"; and a page's terms of the kind. */
struct str term_kind_folder(enum term_kind kind);
struct str term_kind_word(enum term_kind kind);
const struct page_terms *term_kind_of(
    const struct page *page, enum term_kind kind);

/* The steps of graph_new(), each in a file of its own. */
void graph_add_terms(struct graph *graph);
void graph_add_years(struct graph *graph);
void graph_add_folders(struct graph *graph);
void graph_add_translations(struct graph *graph);
void graph_add_neighbours(struct graph *graph);
void graph_add_related(struct graph *graph);

/* Sort a row of pages: from the newest on. */
int page_compare_newest(const void *a, const void *b);

#endif
