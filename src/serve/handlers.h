#ifndef SERVE_HANDLERS_H
#define SERVE_HANDLERS_H

#include "serve/exchange.h"

struct router;

/* What may answer an exchange whose site is known. A handler touches no
 * socket and waits for nothing. */
struct handler {
	const char *name;
	enum verdict (*run)(struct router *router, struct exchange *x);
};

/* What the operator's routes say of the path. server.md, Routes. */
extern const struct handler handler_routes;

/* The search page, and the further pages of its results. */
extern const struct handler handler_search;

/* What the catalogue has at the path; then the page that a path without an
 * ending, or with another one, stands for. */
extern const struct handler handler_catalogue;
extern const struct handler handler_moved;

/* /random, where no page has that path: 30 to an article. capsule.md,
 * Indexes. */
extern const struct handler handler_random;

/* Reply with an asset, whose access is settled: its meta and its bytes. 51
 * when the file is gone or is no regular file. */
enum verdict asset_reply(
    struct exchange *x, const struct catalogue_entry *entry);

#endif
