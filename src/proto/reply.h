#ifndef PROTO_REPLY_H
#define PROTO_REPLY_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

enum status {
#define STATUS(name, code, meta) STATUS_##name = code,
#include "proto/status.def"
#undef STATUS
};

enum {
	reply_meta_max = 1024,
	reply_header_max = 2 + 1 + reply_meta_max + 2,
};

/* The default meta of a status, a literal. */
struct str status_meta(enum status status);

/* Whether code is one of status.def. */
bool status_exists(int code);

/* Add the header "CODE SP META CRLF" to out. meta has its controls, line ends
 * and ill-formed bytes replaced by spaces, a leading U+FEFF dropped, and is cut
 * to reply_meta_max bytes between two code points; an empty one becomes the
 * status's default. Gemini specification, Responses. */
void reply_add_header(struct buf *out, enum status status, struct str meta);

/* Parse a header line without its CRLF, for a client: status 10 to 69 and its
 * meta, which borrows from line. False when it is not one. */
bool reply_parse(struct str line, int *code, struct str *meta);

#endif
