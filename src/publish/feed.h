#ifndef PUBLISH_FEED_H
#define PUBLISH_FEED_H

#include "base/arena.h"
#include "publish/render.h"

/*
 * A row of articles as feeds that other programs read: Atom at path atom.xml
 * and JSON Feed at path feed.json.
 */
struct feed {
	struct str path; /* of the page with the same articles; it ends with a
			    slash */
	struct str title;
	struct str subtitle;
	const struct site_author *author; /* of all of it; NULL: the capsule's
					   */
	const struct page *const *articles;
	size_t count; /* more than the feeds have is cut off */
	bool is_unordered; /* the articles come in another order than from the
			      newest on */
};

/* Render and write the feeds that are wanted; nothing for a row that is
 * empty. RFC 4287; JSON Feed 1.1. */
void feed_put(struct render *r, const struct feed *feed);

/* Links to the feeds of the page at path, as {url, title}. */
struct value *feed_links(
    const struct render *r, struct arena *arena, struct str path);

/* What both formats show of one feed. */
struct feed_view {
	const struct feed *feed;
	const struct page *const *articles; /* from the newest on */
	size_t count;
	struct str *contents; /* of each article as gemtext; NULL: summaries
				 are enough */
	struct date updated; /* the newest change */
};

/* Add the feed in JSON. */
void feed_add_json(
    const struct render *r, const struct feed_view *view, struct buf *out);

#endif
