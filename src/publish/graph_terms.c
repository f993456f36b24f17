/*
 * Tags, categories, authors and series: who belongs to them, what they are
 * called, and the way through a series.
 */
#include <stdlib.h>

#include "proto/url.h"
#include "publish/graph.h"

enum { spellings_max = 64 };

struct spelling {
	struct str name;
	size_t count;
};

static struct term *
term_of(struct graph *graph, enum term_kind kind, struct str path)
{
	struct term *term = map_find(&graph->terms[kind].by_path, path);
	struct str folder = term_kind_folder(kind);

	if (term != NULL)
		return term;
	term = arena_alloc(&graph->arena, sizeof(*term));
	term->path = path;
	term->url = arena_printf(&graph->arena, "%" STR_FMT "%" STR_FMT "/",
	    STR_ARG(folder), STR_ARG(path));
	vec_init(&term->members, sizeof(const struct page *));
	vec_init(&term->spellings, sizeof(struct spelling));
	map_put(&graph->terms[kind].by_path, path, term);
	return term;
}

static void
count_spelling(struct term *term, struct str name)
{
	struct spelling *spelling;

	VEC_EACH (struct spelling, other, &term->spellings) {
		if (!str_eq(other->name, name))
			continue;
		other->count++;
		return;
	}
	if (term->spellings.n == spellings_max)
		return;
	spelling = vec_add(&term->spellings);
	*spelling = (struct spelling){name, 1};
}

/* The most frequent spelling; of two alike the one that sorts first. */
static struct str
best_spelling(const struct term *term)
{
	const struct spelling *best = vec_get(&term->spellings, 0);

	VEC_EACH (struct spelling, other, &term->spellings)
		if (other->count > best->count ||
		    (other->count == best->count &&
			str_cmp(other->name, best->name) < 0))
			best = other;
	return best->name;
}

static void
add_member(struct term *term, const struct page *page, struct str name)
{
	size_t n = term->members.n;

	count_spelling(term, name);
	if (n > 0 &&
	    *(const struct page **)vec_get(&term->members, n - 1) == page)
		return;
	*(const struct page **)vec_add(&term->members) = page;
}

/* The index behind the count-th slash of s, or its length. */
static size_t
slash_index(struct str s, size_t count)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '/' && count-- == 0)
			return i;
	return s.n;
}

/* Whether a/b is also a: a name, of somebody or of a series, is whole. */
static bool
kind_nests(enum term_kind kind)
{
	return kind == TERM_TAG || kind == TERM_CATEGORY;
}

/* Add an article to a term and, where they nest, to those above it. */
static void
add_to_terms(struct graph *graph, enum term_kind kind, const struct page *page,
    const struct page_term *term)
{
	size_t depth = 0, end;

	if (!kind_nests(kind)) {
		add_member(term_of(graph, kind, term->path), page, term->name);
		return;
	}
	do {
		end = slash_index(term->path, depth);
		add_member(term_of(graph, kind, str_first(term->path, end)),
		    page,
		    str_first(term->name,
			end == term->path.n ? term->name.n
					    : slash_index(term->name, depth)));
		depth++;
	} while (end < term->path.n);
}

static int
compare_term(const void *a, const void *b)
{
	const struct term *const *left = a, *const *right = b;

	return str_cmp((*left)->path, (*right)->path);
}

static void
sort_terms(struct graph *graph, struct terms *terms)
{
	terms->sorted = arena_alloc(&graph->arena,
	    (map_count(&terms->by_path) + 1) * sizeof(*terms->sorted));
	MAP_EACH(entry, &terms->by_path)
	{
		terms->sorted[terms->n++] = entry->value;
		((struct term *)entry->value)->name =
		    best_spelling(entry->value);
	}
	qsort(terms->sorted, terms->n, sizeof(*terms->sorted), compare_term);
}

/* In a series: by its order, then from the oldest on. */
static int
compare_series(const void *a, const void *b)
{
	const struct page *const *left = a, *const *right = b;

	if ((*left)->series_order != (*right)->series_order)
		return (*left)->series_order < (*right)->series_order ? -1 : 1;
	return page_compare_newest(b, a);
}

static void
link_series(struct term *series)
{
	const struct page **items = series->members.items;
	size_t n = series->members.n;
	struct page *page;

	qsort(items, n, sizeof(*items), compare_series);
	for (size_t i = 0; i < n; i++) {
		page = (struct page *)(uintptr_t)items[i];
		page->series_position = i + 1;
		page->series_count = n;
		page->series_previous = i > 0 ? items[i - 1] : NULL;
		page->series_next = i + 1 < n ? items[i + 1] : NULL;
	}
}

void
graph_add_terms(struct graph *graph)
{
	const struct page_terms *terms;
	const struct page *page;

	for (size_t i = 0; i < graph->articles.n; i++) {
		page = graph->articles.items[i];
		for (int kind = 0; kind < TERM_KIND_COUNT; kind++) {
			terms = term_kind_of(page, (enum term_kind)kind);
			for (size_t t = 0; t < terms->n; t++)
				add_to_terms(graph, (enum term_kind)kind, page,
				    &terms->items[t]);
		}
	}
	for (int kind = 0; kind < TERM_KIND_COUNT; kind++)
		sort_terms(graph, &graph->terms[kind]);
	for (size_t i = 0; i < graph->terms[TERM_SERIES].n; i++)
		link_series(graph->terms[TERM_SERIES].sorted[i]);
}
