#ifndef TLS_TICKETS_H
#define TLS_TICKETS_H

#include <stdint.h>

/*
 * The keys of session tickets. They follow from one secret that is made once,
 * before any worker is forked, and from the monotonic clock: so all workers
 * have the same keys without a message between them, after each reload too.
 * An epoch lasts half a day; its secret follows from the last one by a hash,
 * one way, and the last one is forgotten. decisions.md, 16.
 */
struct tickets;
struct ssl_ctx_st;

enum { tickets_epoch_ms = 12 * 60 * 60 * 1000 };

/* New keys from a random secret, as of now_ms on the monotonic clock. The
 * caller gives them back with tickets_free(&tickets). */
struct tickets *tickets_new(int64_t now_ms);
void tickets_free(struct tickets **tickets);

/* Go on to the epoch of now_ms, and forget the keys of those before the last;
 * an earlier now_ms changes nothing. Tickets do it by themselves when they are
 * used; the master does it before it forks. */
void tickets_advance(struct tickets *tickets, int64_t now_ms);

/* Have a context make and take tickets by these keys, which it borrows. */
void tickets_use(struct tickets *tickets, struct ssl_ctx_st *context);

#endif
