#ifndef TEXT_MARKDOWN_TARGET_H
#define TEXT_MARKDOWN_TARGET_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "text/markdown.h"

/* A target as it was written, and the line where it was. */
struct markdown_reference {
	enum markdown_target kind;
	struct str target;
	unsigned line;
};

/* Make out, which is cleared, the URL that a target means: what the caller's
 * resolve says, and players of videos become the pages of those videos. Empty
 * where the text is to stay without a link: fragments of the same page, scripts
 * and data in the URL, and, with a warning, what resolve does not know. */
void markdown_resolve(const struct markdown_options *options,
    const struct markdown_reference *reference, struct buf *out,
    struct diags *diags);

/* The last segment of the path of url, without its query. */
struct str markdown_file_name(struct str url);

/* Add the name of the file that url leads to as words, for where it has no
 * other text: "/a/red-car_2.jpg" is "red car 2", "1.jpg" stays, a name like
 * a UUID says nothing. */
void markdown_add_file_words(struct buf *out, struct str url);

/* Whether url's path ends like that of an image. */
bool markdown_is_image_name(struct str url);

/* Whether text, which says what the image at url shows, is only the name of a
 * file: one with the ending of an image, or that of url without it. */
bool markdown_is_file_name(struct str text, struct str url);

/* Whether url, though it is written as that of an image, leads to a page or to
 * another medium, as Obsidian and others embed them. */
bool markdown_is_no_image(struct str url);

#endif
