#ifndef TEXT_MARKDOWN_EXPORTED_H
#define TEXT_MARKDOWN_EXPORTED_H

#include <stdbool.h>

#include "text/markdown_reader.h"

/* Read a tag in square brackets, as texts exported from WordPress have them:
 * "[caption]", "[embed]", "[youtube URL]", "[gallery]", "[code]" and the like.
 * What they hold stays. False, without moving, where r's place has none. */
bool markdown_exported_read_bracket(struct markdown_reader *r);

/* Read an "<img>" whose attributes have more quotes than HTML allows, which the
 * parser would take for text. False, without moving, where there is none. */
bool markdown_exported_read_image(struct markdown_reader *r);

/* Read an element of HTML with attributes as JSX has them, "style={{a: 1}}".
 * The parser gets it with those that matter. False, without moving, for others.
 */
bool markdown_exported_read_jsx(struct markdown_reader *r);

#endif
