#ifndef PUBLISH_LIST_H
#define PUBLISH_LIST_H

#include "publish/render.h"

/* A heading in a list. */
struct list_group {
	struct str title;
	struct str url; /* where more of it is */
	size_t first; /* the index of its first article */
};

/*
 * A list of articles that may be longer than one page: the first stands at
 * path, the others at path page/2/ and so on. Every such page is also a feed
 * that readers can subscribe to (protocol.md, 6.2).
 */
struct list {
	struct str path; /* with slashes at both ends */
	struct str title;
	struct str subtitle;
	struct str intro; /* gemtext above the first page, or empty */
	struct str template;
	enum entry_kind kind; /* ENTRY_INDEX, or ENTRY_DRAFT for owners */
	const struct page *const *articles;
	size_t article_count;
	struct vec groups; /* struct list_group, by first; empty: none */
	size_t per_page;
	bool is_undated; /* its further pages are not older ones */
	const struct page *const *pages; /* undated, on the last page */
	size_t page_count;
	struct vec links; /* struct link, on the first page */
	bool are_terms; /* the links are those of terms */
	struct vec files; /* struct link, on the last page */
	struct str feed_path; /* where feeds of the same articles are, as in
				 struct feed; or empty */
};

/* Render and write the pages of list that are wanted. */
void list_put(struct render *r, const struct list *list);

#endif
