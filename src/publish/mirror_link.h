#ifndef PUBLISH_MIRROR_LINK_H
#define PUBLISH_MIRROR_LINK_H

#include "publish/mirror.h"
#include "text/gemtext_html.h"

/* The page on which a link stands. */
struct mirror_place {
	const struct mirror *mirror;
	const struct export_item *item;
};

/* Add the address that url, as it stands on the page, has on the web: relative
 * to the page's file when it is in the mirror, past redirects; that in the
 * capsule when it is there only. A picture of the mirror is an image; search
 * and random pages are nothing; a scheme that nobody needs to follow is text.
 * context is a struct mirror_place. */
enum gemtext_html_link mirror_resolve(
    void *context, struct str url, struct buf *href);

/* The same, from the root and without a base for what is not in the mirror:
 * the item that an address of the capsule, whole or a path, means, or NULL. */
const struct export_item *mirror_find(
    const struct mirror *mirror, struct str url);

/* Add the address of the file name relative to that of the file from. */
void mirror_add_relative(struct buf *out, struct str from, struct str name);

#endif
