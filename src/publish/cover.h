#ifndef PUBLISH_COVER_H
#define PUBLISH_COVER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"
#include "publish/page.h"
#include "publish/source.h"

/*
 * The picture that a page's metadata names, which is linked above its text.
 */

/* Add where readers find it; nothing when the page has none. A name that is not
 * that of a file beside the page is seen from the root where a file is there,
 * or where it has a folder in it, as engines have it. */
void cover_add_url(
    const struct page *page, const struct sources *sources, struct buf *out);

/* Whether the page's text, a whole body of gemtext, links to the picture at url
 * itself, as it is or as it is seen from the page. */
bool cover_is_in_text(const struct page *page, struct str url, struct str text);

#endif
