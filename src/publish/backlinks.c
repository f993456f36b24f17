/*
 * Which pages link to which. Each page knows the marks of the addresses that
 * its own links lead to; a table from marks to pages makes one walk over all
 * of them enough.
 */
#include "publish/backlinks.h"

#include "base/mem.h"

/* A page and the mark of one of its addresses. */
struct seat {
	uint64_t mark;
	struct page *page; /* NULL: free */
};

/* Open addressing, at most half full. */
struct seats {
	struct seat *items;
	size_t mask;
};

static struct seat *
seat_of(const struct seats *seats, uint64_t mark)
{
	size_t at = (size_t)mark & seats->mask;

	while (seats->items[at].page != NULL && seats->items[at].mark != mark)
		at = (at + 1) & seats->mask;
	return &seats->items[at];
}

/* Let an address mean page, unless it means another already. */
static void
take_seat(struct seats *seats, struct str url, struct page *page)
{
	uint64_t mark = links_mark(url);
	struct seat *seat = seat_of(seats, mark);

	if (seat->page == NULL)
		*seat = (struct seat){mark, page};
}

static void
seats_init(struct seats *seats, const struct graph *graph)
{
	size_t count = 0, size = 2;
	struct page *page;

	for (size_t i = 0; i < graph->all.n; i++)
		count += 1 + graph->all.items[i]->aliases.n;
	while (size < count * 2)
		size *= 2;
	seats->items = mem_alloc_array(size, sizeof(*seats->items));
	seats->mask = size - 1;
	/* The lists hold what the sources own, which is not constant. */
	for (size_t i = 0; i < graph->all.n; i++) {
		page = (struct page *)(uintptr_t)graph->all.items[i];
		take_seat(seats, page->url, page);
	}
	for (size_t i = 0; i < graph->all.n; i++) {
		page = (struct page *)(uintptr_t)graph->all.items[i];
		for (size_t a = 0; a < page->aliases.n; a++)
			take_seat(seats, page->aliases.items[a].path, page);
	}
}

static void
add_backlink(struct arena *arena, struct page *to, const struct page *from)
{
	size_t n = to->backlink_count;

	if (to == from || n == page_backlinks_max ||
	    (n > 0 && to->backlinks[n - 1] == from))
		return;
	if (n == 0)
		to->backlinks = arena_alloc(
		    arena, page_backlinks_max * sizeof(*to->backlinks));
	to->backlinks[to->backlink_count++] = from;
}

static void
add_from(struct arena *arena, const struct seats *seats,
    const struct page_list *list, struct links *links)
{
	const struct page_leads *leads;
	const struct page *page;
	struct page *to;

	for (size_t i = 0; i < list->n; i++) {
		page = list->items[i];
		if (str_eq(page->url, STR("/")))
			continue;
		leads = links_leads(links, page);
		for (size_t l = 0; l < leads->n; l++) {
			to = seat_of(seats, leads->marks[l])->page;
			if (to != NULL)
				add_backlink(arena, to, page);
		}
	}
}

void
backlinks_add(
    struct arena *arena, const struct graph *graph, struct links *links)
{
	struct seats seats;

	seats_init(&seats, graph);
	add_from(arena, &seats, &graph->articles, links);
	add_from(arena, &seats, &graph->pages, links);
	mem_free(seats.items);
}
