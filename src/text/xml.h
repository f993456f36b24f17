#ifndef TEXT_XML_H
#define TEXT_XML_H

#include "base/buf.h"
#include "base/str.h"

/* Add s as XML 1.0 character data or attribute value: & < > " ' escaped,
 * characters that XML cannot hold dropped, ill-formed bytes as U+FFFD. */
void xml_add_text(struct buf *out, struct str s);

#endif
