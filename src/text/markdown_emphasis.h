#ifndef TEXT_MARKDOWN_EMPHASIS_H
#define TEXT_MARKDOWN_EMPHASIS_H

#include <stdbool.h>

#include "text/markdown_reader.h"

/* Read stars of emphasis at r's place. Those that people mean as emphasis but
 * CommonMark does not, as in "**x:**y" or in text without spaces, are dropped;
 * all others are left to the parser. False where there is no star. */
bool markdown_emphasis_read_stars(struct markdown_reader *r);

/* Read "x^2^" and "H~2~O" at the sign: as raised and lowered text. False,
 * without moving, where it is nothing of that kind. */
bool markdown_emphasis_read_script(struct markdown_reader *r);

/* Read ":name:" of an emoji at r's place. False, without moving, where the name
 * is not known or it stands within a word. */
bool markdown_emphasis_read_emoji(struct markdown_reader *r);

#endif
