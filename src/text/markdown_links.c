/*
 * The links of a block or of a whole text, each once. How they are written is
 * for text/markdown_page.
 */
#include "text/markdown_links.h"

#include <stdint.h>

void
markdown_links_init(struct markdown_link_list *links)
{
	*links =
	    (struct markdown_link_list){.list = VEC_INIT(struct markdown_link)};
}

void
markdown_links_fini(struct markdown_link_list *links)
{
	map_fini(&links->seen);
	vec_fini(&links->list);
	arena_fini(&links->arena);
}

void
markdown_links_clear(struct markdown_link_list *links)
{
	if (links->list.n == 0)
		return;
	markdown_links_fini(links);
	markdown_links_init(links);
}

struct markdown_link *
markdown_links_add(
    struct markdown_link_list *links, const struct markdown_link *link)
{
	uintptr_t at = (uintptr_t)map_find(&links->seen, link->url);
	struct markdown_link *here;

	if (at > 0) {
		here = vec_get(&links->list, at - 1);
		if (here->label.n == 0)
			here->label = arena_str(&links->arena, link->label);
		return here;
	}
	here = vec_add(&links->list);
	*here = *link;
	here->url = arena_str(&links->arena, link->url);
	here->label = arena_str(&links->arena, link->label);
	map_put(&links->seen, here->url, (void *)(uintptr_t)links->list.n);
	return here;
}

/* Add another name of an address that is there, unless it is one of an image.
 */
static struct markdown_link *
add_synonym(struct markdown_link_list *links, const struct markdown_link *link)
{
	struct str key = arena_printf(&links->arena, "%" STR_FMT "\n%" STR_FMT,
	    STR_ARG(link->url), STR_ARG(link->label));
	uintptr_t at = (uintptr_t)map_find(&links->seen, key);
	struct markdown_link *here;

	if (at > 0)
		return vec_get(&links->list, at - 1);
	here = vec_add(&links->list);
	*here = *link;
	here->url = str_first(key, link->url.n);
	here->label = str_from_index(key, link->url.n + 1);
	map_put(&links->seen, key, (void *)(uintptr_t)links->list.n);
	return here;
}

struct markdown_link *
markdown_links_add_named(
    struct markdown_link_list *links, const struct markdown_link *link)
{
	struct markdown_link *here = markdown_links_add(links, link);

	if (link->is_image || here->is_image || link->label.n == 0 ||
	    str_eq(here->label, link->label))
		return here;
	return add_synonym(links, link);
}

void
markdown_links_add_all(
    struct markdown_link_list *links, const struct markdown_link_list *more)
{
	VEC_EACH (struct markdown_link, link, &more->list)
		markdown_links_add_named(links, link);
}
