/*
 * The folders of a capsule as readers see them: what is in each.
 */
#include <stdlib.h>

#include "publish/graph.h"

/* The folder above a folder's URL; empty for "/". */
static struct str
url_above(struct str url)
{
	ptrdiff_t slash;

	if (url.n <= 1)
		return (struct str){0};
	slash = str_find_last_char(str_first(url, url.n - 1), '/');
	return str_first(url, (size_t)slash + 1);
}

static struct folder *
new_folder(struct graph *graph, struct str url)
{
	struct folder *folder = arena_alloc(&graph->arena, sizeof(*folder));

	folder->url = url;
	vec_init(&folder->articles, sizeof(const struct page *));
	vec_init(&folder->pages, sizeof(const struct page *));
	vec_init(&folder->folders, sizeof(struct folder *));
	vec_init(&folder->files, sizeof(const struct source *));
	map_put(&graph->folders, folder->url, folder);
	return folder;
}

/* The folder at url, made with all above it when it is new. */
static struct folder *
folder_of(struct graph *graph, struct str url)
{
	struct folder *first = map_find(&graph->folders, url);
	struct folder *below = NULL, *folder;

	if (first != NULL)
		return first;
	while (!str_is_empty(url)) {
		folder = map_find(&graph->folders, url);
		if (below != NULL && folder != NULL)
			*(struct folder **)vec_add(&folder->folders) = below;
		if (folder != NULL) {
			below->parent = folder;
			return first;
		}
		folder = new_folder(graph, url);
		if (below != NULL) {
			below->parent = folder;
			*(struct folder **)vec_add(&folder->folders) = below;
		}
		if (first == NULL)
			first = folder;
		below = folder;
		url = url_above(url);
	}
	return first;
}

/* Put a page where its file is. The page of a folder is listed in the folder
 * above: as an article, or as the name of the folder. */
static void
add_page(struct graph *graph, const struct page *page)
{
	struct folder *folder = folder_of(graph, page->folder);

	if (page->is_index) {
		if (folder->index == NULL)
			folder->index = page;
		folder = folder->parent;
		if (folder == NULL || !page->has_date)
			return;
	}
	*(const struct page **)vec_add(
	    page->has_date ? &folder->articles : &folder->pages) = page;
}

/* Pages with a weight come first, in its order; the others by title. */
static int
compare_pages(const void *a, const void *b)
{
	const struct page *const *left = a, *const *right = b;
	int order;

	if ((*left)->has_weight != (*right)->has_weight)
		return (*left)->has_weight ? -1 : 1;
	if ((*left)->has_weight && (*left)->weight != (*right)->weight)
		return (*left)->weight < (*right)->weight ? -1 : 1;
	order = str_cmp_nocase((*left)->title, (*right)->title);
	return order != 0 ? order : str_cmp((*left)->url, (*right)->url);
}

static int
compare_folders(const void *a, const void *b)
{
	const struct folder *const *left = a, *const *right = b;

	return str_cmp((*left)->url, (*right)->url);
}

static int
compare_files(const void *a, const void *b)
{
	const struct source *const *left = a, *const *right = b;

	return str_cmp((*left)->path, (*right)->path);
}

/* Put assets that have a title where pages are too. */
static void
add_files(struct graph *graph)
{
	const struct source *source;
	struct folder *folder;
	struct buf url;

	buf_init(&url, SIZE_MAX);
	MAP_EACH(entry, &graph->sources->files)
	{
		source = entry->value;
		if (source->asset.title == NULL ||
		    source->asset.access != NULL ||
		    (source->name.is_draft && !graph->drafts))
			continue;
		buf_clear(&url);
		name_add_folder_url(&url, source->name.folder);
		folder = map_find(&graph->folders, buf_str(&url));
		if (folder != NULL)
			*(const struct source **)vec_add(&folder->files) =
			    source;
	}
	buf_fini(&url);
}

void
graph_add_folders(struct graph *graph)
{
	struct folder *folder;

	for (size_t i = 0; i < graph->articles.n; i++)
		add_page(graph, graph->articles.items[i]);
	for (size_t i = 0; i < graph->pages.n; i++)
		add_page(graph, graph->pages.items[i]);
	add_files(graph);
	MAP_EACH(entry, &graph->folders)
	{
		folder = entry->value;
		vec_sort(&folder->files, compare_files);
		vec_sort(&folder->pages, compare_pages);
		vec_sort(&folder->folders, compare_folders);
	}
}
