#ifndef PUBLISH_INDEXING_H
#define PUBLISH_INDEXING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "catalogue/search_index.h"
#include "publish/page.h"
#include "publish/site.h"
#include "publish/source.h"

/*
 * Keeping what search finds in step with the pages that are listed: a publish
 * says what there is, and afterwards, a batch at a time, the index follows.
 */
struct indexing {
	struct writer *writer; /* borrowed */
	struct search_index *index;
	struct map pages; /* URL -> struct indexed */
	struct vec pending; /* struct indexing_job, done from the end on */
	size_t done; /* of them */
	struct arena arena; /* of what they name */
	uint32_t turn; /* counts publishes */
};

/* Read what is in the index. -1 when the catalogue cannot be read. */
int indexing_open(struct indexing *x, struct writer *writer);
void indexing_fini(struct indexing *x);

/* Begin a publish: nothing waits any more, and no page is wanted. */
void indexing_begin(struct indexing *x);

/* A page is listed, in a capsule of this site. */
void indexing_want(
    struct indexing *x, const struct site *site, const struct page *page);

/* All listed pages were told; say in the catalogue whether something waits. */
void indexing_end(struct indexing *x);

/* Whether something waits. */
bool indexing_is_due(const struct indexing *x);

/* Put some of what waits into the index, in the caller's transaction. */
void indexing_step(
    struct indexing *x, const struct sources *sources, const struct site *site);

#endif
