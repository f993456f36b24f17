#ifndef PUBLISH_MIRROR_H
#define PUBLISH_MIRROR_H

#include "base/buf.h"
#include "catalogue/reader.h"
#include "publish/export_plan.h"
#include "publish/publish.h"

/*
 * The web mirror of a capsule: each page as HTML by the template mirror.html,
 * made from the gemtext that readers get. It has no search and no chance, and
 * needs no server: all addresses within it are relative.
 */
struct mirror {
	const struct publisher *publisher;
	const struct export_plan *plan;
	struct reader *reader;
	struct fingerprint print; /* of what each page shows */
};

/* What the bytes of a page, of what has moved or of a feed are made from. */
struct fingerprint mirror_print(
    const struct mirror *mirror, const struct export_item *item);

/* Set the print, from the other fields. */
void mirror_init(struct mirror *mirror);

/* Add the page of an item whose text is body, which the reader does not own.
 * -1 when the template cannot be
 * filled. */
int mirror_add_page(const struct mirror *mirror, const struct export_item *item,
    struct str body, struct buf *out);

/* Add the page of what has moved. */
int mirror_add_moved(const struct mirror *mirror,
    const struct export_item *item, struct buf *out);

/* Add a feed whose text is body. With a web_url in capsule.yaml its links lead
 * to the mirror, else to the capsule; the ids stay. */
void mirror_add_feed(
    const struct mirror *mirror, struct str body, struct buf *out);

/* Add the style sheet. */
void mirror_add_style(const struct mirror *mirror, struct buf *out);

/* The title of the page at path, for a link to it; in arena. */
struct str mirror_title(
    const struct mirror *mirror, struct arena *arena, struct str path);

#endif
