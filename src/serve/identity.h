#ifndef SERVE_IDENTITY_H
#define SERVE_IDENTITY_H

#include "base/vec.h"
#include "serve/exchange.h"

/* Whether the client has shown a certificate that is valid now: then
 * STATUS_SUCCESS, with it in *peer; else 60 or 62. Gemini specification, Client
 * certificates; protocol.md, 3.2. */
enum status identity_find(const struct exchange *x, const struct peer **peer);

/* Whether a certificate, or its key, is one of list: rows of struct str, 64
 * upper-case hex digits each. decisions.md, 26. */
bool identity_is_among(const struct peer *peer, const struct vec *list);

#endif
