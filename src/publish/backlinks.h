#ifndef PUBLISH_BACKLINKS_H
#define PUBLISH_BACKLINKS_H

#include "base/arena.h"
#include "publish/graph.h"
#include "publish/links.h"

/* Put into each page of the graph which listed pages link to it: the newest
 * first, undated ones behind, at most page_backlinks_max. The home page is not
 * among them, as every page leads there. What is put lives in arena. */
void backlinks_add(
    struct arena *arena, const struct graph *graph, struct links *links);

#endif
