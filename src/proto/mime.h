#ifndef PROTO_MIME_H
#define PROTO_MIME_H

#include <stdbool.h>

#include "base/str.h"

/* The media type for a file name's ending, in any case; without parameters;
 * application/octet-stream for what mime.def does not know. */
struct str mime_find(struct str name);

/* Whether the type is text/ something. */
bool mime_is_text(struct str type);

#endif
