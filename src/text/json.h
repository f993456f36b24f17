#ifndef TEXT_JSON_H
#define TEXT_JSON_H

#include "base/buf.h"
#include "base/str.h"

/* Add s as a JSON string with its quotes; ill-formed bytes as U+FFFD. RFC
 * 8259, 7. */
void json_add_string(struct buf *out, struct str s);

#endif
