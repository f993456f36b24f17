/*
 * Which pages say the same in other languages: those with the same key.
 */
#include <stdlib.h>

#include "publish/graph.h"
#include "publish/language.h"

/* Pages with one key. */
struct family {
	size_t count;
	struct page_list pages;
};

static struct family *
family_of(const struct map *families, const struct page *page)
{
	return str_is_empty(page->translation)
	    ? NULL
	    : map_find(families, page->translation);
}

static void
count_pages(
    struct graph *graph, struct map *families, const struct page_list *list)
{
	struct family *family;

	for (size_t i = 0; i < list->n; i++) {
		if (str_is_empty(list->items[i]->translation))
			continue;
		family = family_of(families, list->items[i]);
		if (family == NULL) {
			family = arena_alloc(&graph->arena, sizeof(*family));
			map_put(families, list->items[i]->translation, family);
		}
		family->count++;
	}
}

static void
add_pages(
    struct graph *graph, struct map *families, const struct page_list *list)
{
	struct family *family;

	for (size_t i = 0; i < list->n; i++) {
		family = family_of(families, list->items[i]);
		if (family == NULL || family->count < 2)
			continue;
		if (family->pages.items == NULL)
			family->pages.items = arena_alloc(
			    &graph->arena, family->count * sizeof(void *));
		family->pages.items[family->pages.n++] = list->items[i];
	}
}

static int
compare_language(const void *a, const void *b)
{
	const struct page *const *left = a, *const *right = b;
	int order = str_cmp((*left)->lang, (*right)->lang);

	return order != 0 ? order : str_cmp((*left)->url, (*right)->url);
}

/* Whether the pages are not all in one language. */
static bool
is_mixed(const struct page_list *list)
{
	for (size_t i = 1; i < list->n; i++)
		if (!str_eq_nocase(list->items[i]->lang, list->items[0]->lang))
			return true;
	return false;
}

/* Whether any page says that it is in a language: most capsules need no look
 * at the rest. */
static bool
has_languages(const struct page_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (!str_is_empty(list->items[i]->lang))
			return true;
	return false;
}

void
graph_add_translations(struct graph *graph)
{
	struct map families = {0};
	struct family *family;
	struct page *page;

	if (!has_languages(&graph->articles) && !has_languages(&graph->pages))
		return;
	count_pages(graph, &families, &graph->articles);
	count_pages(graph, &families, &graph->pages);
	add_pages(graph, &families, &graph->articles);
	add_pages(graph, &families, &graph->pages);
	MAP_EACH(entry, &families)
	{
		family = entry->value;
		if (!is_mixed(&family->pages))
			continue;
		qsort(family->pages.items, family->pages.n, sizeof(void *),
		    compare_language);
		for (size_t i = 0; i < family->pages.n; i++) {
			page = (struct page *)(uintptr_t)family->pages.items[i];
			page->family = family->pages.items;
			page->family_count = family->pages.n;
		}
	}
	map_fini(&families);
}

/* The article before one in a language, for a walk in time. */
struct walk {
	struct str lang;
	const struct page *last;
};

static struct walk *
walk_of(struct graph *graph, struct map *walks, struct str lang)
{
	struct walk *walk = map_find(walks, lang);

	if (walk != NULL)
		return walk;
	walk = arena_alloc(&graph->arena, sizeof(*walk));
	walk->lang = lang;
	map_put(walks, lang, walk);
	return walk;
}

void
graph_add_neighbours(struct graph *graph)
{
	struct map walks = {0};
	struct walk *walk = NULL;
	struct page *page, *last;
	struct str lang;

	for (size_t i = 0; i < graph->articles.n; i++) {
		page = (struct page *)(uintptr_t)graph->articles.items[i];
		lang = language_main(
		    str_is_empty(page->lang) ? graph->language : page->lang);
		if (walk == NULL || !str_eq(walk->lang, lang))
			walk = walk_of(graph, &walks, lang);
		last = (struct page *)(uintptr_t)walk->last;
		page->newer = last;
		if (last != NULL)
			last->older = page;
		walk->last = page;
	}
	map_fini(&walks);
}
