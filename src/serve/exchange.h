#ifndef SERVE_EXCHANGE_H
#define SERVE_EXCHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "proto/reply.h"
#include "proto/request.h"
#include "serve/source.h"
#include "tls/peer.h"

/*
 * One question and its answer, apart from any socket: whoever asks fills the
 * first half, a handler the second. exchange_init() first.
 */
struct exchange {
	/* What is asked, where, and by whom. */
	struct str line; /* as it came, without CRLF; borrowed */
	uint16_t port; /* that the client came by */
	uint16_t public_port; /* another one that is right; 0: none */
	int named_site; /* that the client named in the handshake; -1: none */
	int64_t now_ms; /* monotonic */
	int64_t wall_ms;
	/* The client's certificate, NULL when there is none; asked for when it
	 * matters. */
	const struct peer *(*find_peer)(void *ctx);
	void *peer_ctx;

	/* What the router makes of it. */
	struct request request; /* borrows from line and storage */
	struct buf storage;
	struct site *site; /* NULL: none of ours */
	struct str mime; /* what routes want of a reply; borrowed, or empty */
	struct str lang;

	/* The answer. */
	enum status status;
	struct buf meta; /* empty: the status's own */
	struct source body; /* of STATUS_SUCCESS only */
};

/* How a handler leaves an exchange. */
enum verdict {
	VERDICT_NEXT, /* not mine: the next one may have it */
	VERDICT_REPLIED, /* status, meta and body are there */
};

void exchange_init(struct exchange *x);

/* Ready for the next question; what was found is void. */
void exchange_clear(struct exchange *x);
void exchange_fini(struct exchange *x);

/* Reply with a status and a meta, which is copied; empty: the default. */
enum verdict exchange_reply(
    struct exchange *x, enum status status, struct str meta);

/* Reply with a redirect. The query of the request goes along: a client would
 * not repeat it by itself. Where there is one in the target already, or it does
 * not fit, it is left out. */
enum verdict exchange_redirect(
    struct exchange *x, enum status status, struct str target);

/* Put in place of the type and language of a reply 20 what the operator wants:
 * x->mime and x->lang. The language is only that of text/gemini. */
void exchange_set_type(struct exchange *x);

/* The client's certificate, or NULL. */
const struct peer *exchange_peer(const struct exchange *x);

#endif
