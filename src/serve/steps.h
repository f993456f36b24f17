#ifndef SERVE_STEPS_H
#define SERVE_STEPS_H

#include "serve/conn.h"

/* The first step: until the client has sent a byte. The others follow from
 * it: handshake, request, respond, finish, linger. Behind a proxy its header
 * comes before. */
extern const struct step step_proxy, step_accept;

/* Give a connection up, wherever it is, without waiting: NULL. A client that
 * is idle under TLS gets its close_notify; a reply that is not complete gets
 * none. */
const struct step *steps_abandon(struct conn *c);

#endif
