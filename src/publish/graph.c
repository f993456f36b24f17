/*
 * Which pages there are for readers at a moment, and in which order.
 */
#include "publish/graph.h"

#include <stdlib.h>

#include "base/mem.h"

enum { months_in_year = 12 };

static const struct {
	struct str word;
	struct str folder;
	size_t field;
} kinds[TERM_KIND_COUNT] = {
#define TERMS(name, word, folder, field) \
	[TERM_##name] = {                \
	    STR_INIT(word), STR_INIT(folder), offsetof(struct page, field)},
#include "publish/terms.def"
#undef TERMS
};

struct str
term_kind_folder(enum term_kind kind)
{
	return kinds[kind].folder;
}

struct str
term_kind_word(enum term_kind kind)
{
	return kinds[kind].word;
}

const struct page_terms *
term_kind_of(const struct page *page, enum term_kind kind)
{
	return (const void *)((const char *)page + kinds[kind].field);
}

static int
compare_source(const void *a, const void *b)
{
	const struct page *const *left = a, *const *right = b;

	return str_cmp((*left)->source, (*right)->source);
}

static int
compare_url(const void *a, const void *b)
{
	const struct page *const *left = a, *const *right = b;

	return str_cmp((*left)->url, (*right)->url);
}

int
page_compare_newest(const void *a, const void *b)
{
	const struct page *const *left = a, *const *right = b;

	if ((*left)->date.seconds != (*right)->date.seconds)
		return (*left)->date.seconds > (*right)->date.seconds ? -1 : 1;
	return str_cmp((*left)->url, (*right)->url);
}

static struct page_list
list_new(struct arena *arena, size_t room)
{
	return (struct page_list){
	    .items = arena_alloc(arena, (room + 1) * sizeof(void *))};
}

static void
list_add(struct page_list *list, const struct page *page)
{
	list->items[list->n++] = page;
}

static void
list_sort(struct page_list *list, int (*compare)(const void *, const void *))
{
	qsort(list->items, list->n, sizeof(*list->items), compare);
}

/* All pages that there are, in the order of their sources. */
static struct page_list
collect(struct graph *graph, const struct sources *sources)
{
	struct page_list list =
	    list_new(&graph->arena, map_count(&sources->files));

	MAP_EACH(entry, &sources->files)
	{
		struct source *source = entry->value;

		if (source->page == NULL)
			continue;
		source->page->rank = SIZE_MAX;
		source->page->related_count = 0;
		source->page->series_previous = NULL;
		source->page->series_next = NULL;
		source->page->series_position = 0;
		source->page->series_count = 0;
		source->page->newer = NULL;
		source->page->older = NULL;
		source->page->family = NULL;
		source->page->family_count = 0;
		source->page->backlinks = NULL;
		source->page->backlink_count = 0;
		list_add(&list, source->page);
	}
	list_sort(&list, compare_source);
	return list;
}

static void
note_moment(struct graph *graph, int64_t moment, int64_t now)
{
	if (moment <= now || moment == INT64_MAX)
		return;
	if (graph->next_moment == 0 || moment < graph->next_moment)
		graph->next_moment = moment;
}

/* Give a public page its URL, unless one before it has it. */
static bool
claim_url(struct graph *graph, const struct page *page)
{
	if (map_find(&graph->by_url, page->url) != NULL)
		return false;
	map_put(&graph->by_url, page->url, (void *)(uintptr_t)page);
	return true;
}

/* Note another address of a page that is not for readers yet. */
static void
hide_way(struct graph *graph, struct str path, const struct page *page)
{
	if (map_find(&graph->hidden, path) == NULL)
		map_put(&graph->hidden, path, (void *)(uintptr_t)page);
}

/* Keep a page that is not for readers yet. */
static void
hide(struct graph *graph, const struct page *page)
{
	struct name name = name_parse(page->source);
	struct buf path;

	map_put(&graph->hidden, page->url, (void *)(uintptr_t)page);
	for (size_t i = 0; i < page->aliases.n; i++)
		hide_way(graph, page->aliases.items[i].path, page);
	buf_init(&path, SIZE_MAX);
	name_add_url(&path, &name);
	hide_way(graph, arena_str(&graph->arena, buf_str(&path)), page);
	buf_fini(&path);
	list_add(&graph->waiting, page);
}

/* Part the pages into those that are for readers and those that are not. */
static void
sort_out(struct graph *graph, struct page_list every,
    const struct graph_input *input)
{
	const struct page *page;

	graph->all = list_new(&graph->arena, every.n);
	graph->articles = list_new(&graph->arena, every.n);
	graph->pages = list_new(&graph->arena, every.n);
	graph->expired = list_new(&graph->arena, every.n);
	graph->waiting = list_new(&graph->arena, every.n);
	for (size_t i = 0; i < every.n; i++) {
		page = every.items[i];
		note_moment(graph, page->publish, input->now);
		note_moment(graph, page->expire, input->now);
		if (!page_is_public(page, input->now, input->drafts)) {
			if (page->expire <= input->now && !page->is_draft)
				list_add(&graph->expired, page);
			else
				hide(graph, page);
			continue;
		}
		if (!claim_url(graph, page))
			continue;
		list_add(&graph->all, page);
		if (page_is_listed(page, input->now, input->drafts))
			list_add(
			    page->has_date ? &graph->articles : &graph->pages,
			    page);
	}
	list_sort(&graph->articles, page_compare_newest);
	list_sort(&graph->pages, compare_url);
	list_sort(&graph->waiting, page_compare_newest);
	/* The lists hold what the sources own, which is not constant. */
	for (size_t i = 0; i < graph->articles.n; i++)
		((struct page *)(uintptr_t)graph->articles.items[i])->rank = i;
}

/* A month being filled, and where it stands in time. */
static struct month *
month_of(struct graph *graph, struct map *months, const struct page *page)
{
	struct civil civil = date_civil(page->date);
	struct str key =
	    arena_printf(&graph->arena, "%04d-%02d", civil.year, civil.month);
	struct month *month = map_find(months, key);

	if (month != NULL)
		return month;
	month = arena_alloc(&graph->arena, sizeof(*month));
	month->year = civil.year;
	month->month = civil.month;
	map_put(months, key, month);
	return month;
}

static int
compare_month(const void *a, const void *b)
{
	const struct month *left = a, *right = b;
	int l = left->year * months_in_year + left->month;
	int r = right->year * months_in_year + right->month;

	return (l < r) - (l > r);
}

/* The number of articles in a year. */
static size_t
count_year(const struct vec *months, int year)
{
	size_t count = 0;

	VEC_EACH (struct month, month, months)
		if (month->year == year)
			count += month->articles.n;
	return count;
}

/* Put the months, the newest first, into their years. */
static void
fill_years(struct graph *graph, struct vec *months)
{
	struct year *year = NULL;

	VEC_EACH (struct month, month, months) {
		if (year == NULL || year->year != month->year) {
			year = vec_add(&graph->years);
			year->year = month->year;
			year->articles = list_new(
			    &graph->arena, count_year(months, year->year));
			vec_init(&year->months, sizeof(struct month));
		}
		*(struct month *)vec_add(&year->months) = *month;
		for (size_t i = 0; i < month->articles.n; i++)
			list_add(&year->articles, month->articles.items[i]);
	}
}

void
graph_add_years(struct graph *graph)
{
	size_t count = graph->articles.n;
	struct map months = {0};
	struct vec sorted = VEC_INIT(struct month);
	struct month **of, *month;

	of = mem_alloc_array(count + 1, sizeof(*of));
	for (size_t i = 0; i < count; i++) {
		of[i] = month_of(graph, &months, graph->articles.items[i]);
		of[i]->articles.n++;
	}
	MAP_EACH(entry, &months)
	{
		month = entry->value;
		month->articles = list_new(&graph->arena, month->articles.n);
	}
	for (size_t i = 0; i < count; i++)
		list_add(&of[i]->articles, graph->articles.items[i]);
	MAP_EACH(entry, &months)
	*(struct month *)vec_add(&sorted) = *(struct month *)entry->value;
	vec_sort(&sorted, compare_month);
	fill_years(graph, &sorted);
	vec_fini(&sorted);
	map_fini(&months);
	mem_free(of);
}

struct graph *
graph_new(const struct graph_input *input)
{
	struct graph *graph = mem_alloc(sizeof(*graph));

	graph->now = input->now;
	graph->language = input->language;
	graph->drafts = input->drafts;
	graph->sources = input->sources;
	vec_init(&graph->years, sizeof(struct year));
	sort_out(graph, collect(graph, input->sources), input);
	graph_add_years(graph);
	graph_add_terms(graph);
	graph_add_folders(graph);
	graph_add_translations(graph);
	graph_add_neighbours(graph);
	graph_add_related(graph);
	return graph;
}

void
graph_free(struct graph **graph)
{
	struct graph *g = *graph;

	if (g == NULL)
		return;
	VEC_EACH (struct year, year, &g->years)
		vec_fini(&year->months);
	vec_fini(&g->years);
	for (int kind = 0; kind < TERM_KIND_COUNT; kind++) {
		MAP_EACH(entry, &g->terms[kind].by_path)
		{
			vec_fini(&((struct term *)entry->value)->members);
			vec_fini(&((struct term *)entry->value)->spellings);
		}
		map_fini(&g->terms[kind].by_path);
	}
	MAP_EACH(entry, &g->folders)
	{
		vec_fini(&((struct folder *)entry->value)->articles);
		vec_fini(&((struct folder *)entry->value)->pages);
		vec_fini(&((struct folder *)entry->value)->folders);
		vec_fini(&((struct folder *)entry->value)->files);
	}
	map_fini(&g->folders);
	map_fini(&g->by_url);
	map_fini(&g->hidden);
	arena_fini(&g->arena);
	mem_free(g);
	*graph = NULL;
}
