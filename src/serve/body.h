#ifndef SERVE_BODY_H
#define SERVE_BODY_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct site;

/*
 * A large page while it is being sent. All clients that read the same bytes
 * share one copy, so the memory that slow readers hold is bounded by what is
 * published.
 */
struct body;

/* Those that are being sent. A zeroed list is empty. */
struct body_list {
	struct body *first;
};

/* The copy of bytes, the entry id of site: one that is there, or a new one. To
 * be given back with body_leave(&body). The list outlives its bodies. */
struct body *body_use(struct body_list *list, const struct site *site,
    int64_t id, struct str bytes);
void body_leave(struct body **body);

struct str body_str(const struct body *body);

#endif
