#ifndef PUBLISH_LIST_H
#define PUBLISH_LIST_H

#include "publish/render.h"

/*
 * A list of articles that may be longer than one page: the first stands at
 * path, the others at path page/2/ and so on. Every such page is also a feed
 * that readers can subscribe to (protocol.md, 6.2).
 */
struct list {
	struct str path; /* with slashes at both ends */
	struct str title;
	struct str subtitle;
	struct str template;
	enum entry_kind kind; /* ENTRY_INDEX, or ENTRY_DRAFT for owners */
	const struct page *const *articles;
	size_t article_count;
	size_t per_page;
	const struct page *const *pages; /* undated, on the last page */
	size_t page_count;
	struct vec links; /* struct link, on the first page */
	struct vec files; /* struct link, on the last page */
};

/* Render and write the pages of list that are wanted. */
void list_put(struct render *r, const struct list *list);

#endif
