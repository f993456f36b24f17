#ifndef PUBLISH_PAGES_CHOSEN_H
#define PUBLISH_PAGES_CHOSEN_H

#include "publish/render.h"

/*
 * What one entry of `indexes:` selects, in its order. Articles are dated; of
 * undated pages there are those of a folder that is asked for by name, when
 * the order is one that they have a place in: by title or weight.
 */
struct chosen {
	const struct site_index *index;
	struct page_list rows; /* before they are put into groups */
};

/* What each entry of `indexes:` selects, a row of struct chosen; those that
 * select nothing are left out. Lives in r's arena. */
struct vec pages_choose(struct render *r);

/* Whether index is among what r has chosen: it selects something. */
bool pages_are_chosen(const struct render *r, const struct site_index *index);

#endif
