#ifndef SERVE_ROUTER_H
#define SERVE_ROUTER_H

#include "serve/body.h"
#include "serve/exchange.h"
#include "tls/sni.h"

enum {
	router_small_body_max = 64 * 1024,
	router_answer_max = 1024 * 1024,
};

/*
 * From a request line to a reply, without a socket. The sites are the
 * caller's, in the order in which the handshake counts them.
 */
struct router {
	struct site *sites;
	size_t site_count;
	struct sni hosts;
	struct body_list bodies;
	struct buf answer; /* made for the exchange that runs now */
	int64_t search_until_ms; /* by when the searches so far are paid for */
	int64_t told_ms; /* when a refusal was last logged */
};

void router_init(struct router *router, struct site *sites, size_t count);
void router_fini(struct router *router);

/* Answer x, whose first part is filled and the rest clear. The body may borrow
 * from the catalogue until the next exchange. protocol.md, 1.2. */
void router_answer(struct router *router, struct exchange *x);

#endif
