#ifndef PUBLISH_LINKS_H
#define PUBLISH_LINKS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/str.h"
#include "publish/graph.h"
#include "publish/page.h"
#include "publish/source.h"
#include "text/markdown.h"

/*
 * What the targets of Markdown pages mean in one publish: names of files, of
 * pages and of titles become the URLs that are served.
 */
struct links {
	struct sources *sources; /* borrowed, as is graph */
	const struct graph *graph;
	struct fingerprint print; /* of all that any target can mean */
	struct fingerprint before; /* print in the publish before this one */
	uint64_t changed; /* the bits of what targets meant then or mean now,
			     and not both */
	bool has_names;
	struct map names; /* folded name -> struct source; made when needed */
	struct arena arena;
};

/* A target and the page that it is on. */
struct link_target {
	const struct page *page;
	enum markdown_target kind;
	struct str text;
};

/* In struct page, targets of a page that has too many to list them. */
#define LINKS_ANY "*"

/* Begin a publish. What each source can be meant by is kept in the sources
 * until the next one. */
void links_init(
    struct links *links, struct sources *sources, const struct graph *graph);
void links_fini(struct links *links);

/* Add the URL of a target. False, with nothing added, when it names a page or
 * file that is not there for readers. What is no name, such as a path that a
 * generated page may have, stays as it is written. capsule.md, Gemtext out. */
bool links_resolve(
    struct links *links, const struct link_target *target, struct buf *out);

/* A fingerprint of where the page's own targets lead now. Quick where no page
 * and no file that they may name has come, gone or changed its name since it
 * was last asked. */
struct fingerprint links_print(struct links *links, const struct page *page);

/* What stands for an address of the capsule among leads. */
uint64_t links_mark(struct str url);

/* Where the page's own links lead within the capsule; the page owns it. Quick
 * as links_print() is. */
const struct page_leads *links_leads(
    struct links *links, const struct page *page);

#endif
