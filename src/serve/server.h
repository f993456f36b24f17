#ifndef SERVE_SERVER_H
#define SERVE_SERVER_H

#include <event2/event_struct.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include "conf/conf.h"
#include "net/listener.h"
#include "net/peers.h"
#include "net/stream.h"
#include "serve/access.h"
#include "serve/exchange.h"
#include "serve/router.h"

struct conn;
struct event_base;
struct timeval;
struct tls;

TAILQ_HEAD(conn_list, conn);

/* A listening socket, and the ports by which its clients may call it. */
struct server_listener {
	struct server *server;
	struct listener *listener;
	uint16_t port;
	uint16_t public_port;
	bool proxy; /* a PROXY header tells who the client is */
};

/* What server_new() needs; all of it is borrowed but the sites, which it
 * takes. */
struct server_options {
	struct event_base *base;
	const struct conf *conf;
	struct tls *tls; /* of the same sites, in the same order */
	struct site *sites;
	size_t site_count;
	struct peers *peers; /* that this process has joined */
	struct str salt; /* of hashed addresses in the log */
};

/*
 * All that the connections of one worker share. They come by
 * server_listen(), and each takes care of itself (serve/conn); here they are
 * counted, bounded and brought to their end.
 */
/* How often a reader is looked at within idle_write_seconds. */
enum { server_write_checks = 10 };

struct server {
	struct event_base *base;
	const struct conf *conf;
	struct tls *tls;
	struct stream_hub *hub;
	struct peers *peers;
	struct peer_cache *identities;
	struct access *access;
	struct router router;
	struct exchange exchange; /* of the connection that runs now */
	char *piece; /* scratch: a header and stream_piece_max */

	struct vec listeners; /* struct server_listener * */
	bool is_full; /* accepting waits for a connection to end */

	struct conn_list all;
	struct conn_list idle; /* which can be spared, the oldest first */
	size_t count;
	size_t count_max;
	bool is_draining;
	void (*on_empty)(void *ctx); /* draining, and no connection is left */
	void *ctx;
	struct event grace; /* of those that have not asked yet */

	const struct timeval *handshake_time;
	const struct timeval *request_time;
	const struct timeval *check_time; /* between two looks at a reader */
	const struct timeval *linger_time;
};

struct server *server_new(const struct server_options *options);

/* End every connection at once, and give all back. The sockets that listen
 * stay open. */
void server_free(struct server **server);

/* Accept from fd, which listens on port. */
void server_listen(struct server *server, const struct conf_listen *listen,
    int fd, uint16_t port);

/* Accept no more; end those that have asked nothing, and call on_empty once
 * the others have their answers, which may be at once. */
void server_drain(
    struct server *server, void (*on_empty)(void *ctx), void *ctx);

/* For connections: one has begun or ended; it can be spared (it has not asked
 * yet, or has its answer), or no longer. */
void server_add(struct server *server, struct conn *c);
void server_remove(struct server *server, struct conn *c);
void server_may_spare(struct server *server, struct conn *c);
void server_must_keep(struct server *server, struct conn *c);

#endif
