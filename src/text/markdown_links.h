#ifndef TEXT_MARKDOWN_LINKS_H
#define TEXT_MARKDOWN_LINKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

struct markdown_link {
	struct str url;
	struct str label; /* may be empty */
	bool is_image;
	unsigned number; /* of its mark in the text; 0: none */
	size_t start; /* where it stands in its text */
};

/* The links of a text, in order, each URL once. A zeroed one needs init. */
struct markdown_link_list {
	struct arena arena;
	struct vec list; /* struct markdown_link */
	struct map seen; /* URL -> its index in list, plus 1 */
};

void markdown_links_init(struct markdown_link_list *links);
void markdown_links_fini(struct markdown_link_list *links);
void markdown_links_clear(struct markdown_link_list *links);

/* Add a copy of link; where its URL is there already, only the label is taken,
 * if there was none. The one of that URL; void at the next add. */
struct markdown_link *markdown_links_add(
    struct markdown_link_list *links, const struct markdown_link *link);

/* markdown_links_add(), but that another name of an address which is there is
 * kept behind it: where links stand for their text, all of it must be said.
 * markdown_links_add() from such a list to another leaves those names out. */
struct markdown_link *markdown_links_add_named(
    struct markdown_link_list *links, const struct markdown_link *link);

/* Add those of more with all their names. */
void markdown_links_add_all(
    struct markdown_link_list *links, const struct markdown_link_list *more);

#endif
