#ifndef SERVE_CONN_H
#define SERVE_CONN_H

#include <event2/event_struct.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

#include "net/address.h"
#include "net/stream.h"
#include "proto/ppheader.h"
#include "proto/request.h"
#include "serve/server.h"
#include "serve/source.h"

enum close_reason {
#define CLOSE(name, word) CLOSE_##name,
#include "serve/close.def"
#undef CLOSE
};

struct conn;

/*
 * A state of a connection. run does what can be done now, and expire what is
 * to be done when the step has taken too long; each returns the step to go on
 * with: itself to wait, NULL when the connection is over.
 */
struct step {
	const char *name;
	const struct step *(*run)(struct conn *c);
	const struct step *(*expire)(struct conn *c);
	bool may_be_spared; /* when connections or descriptors run short */
};

/* A request while it comes in and is answered. */
struct conn_request {
	size_t received;
	char line[request_line_max];
	struct str url; /* of line; for the log, all of it when it is bad */
	enum status status;
	struct source body;
	uint64_t body_sent; /* bytes of it */
	bool is_started; /* the header is out */
};

/* One client, from accept() to close(). */
struct conn {
	TAILQ_ENTRY(conn) all;
	TAILQ_ENTRY(conn) idle;
	struct server *server;
	const struct server_listener *listener;
	const struct step *step;
	struct stream stream;
	struct event io;
	struct event timer;
	short watched; /* events that io is added for; 0: none */
	bool is_idle; /* in the server's list of these */
	bool wants_turn; /* to go on writing, after others had their turn */
	const struct timeval *time; /* that this step may take */
	bool is_armed; /* the timer runs for it */
	struct address from;
	struct peers_entry peer;
	int64_t accepted_ms;
	enum close_reason reason;
	struct ppheader *proxy; /* NULL when none is due, or it was read */
	struct conn_request *request; /* NULL before the first byte of it */
	uint64_t window_start; /* bytes that the client had taken by then */
	uint64_t taken; /* the same at the last look */
	unsigned looks; /* since the window's start */
	unsigned still_looks; /* in a row at which it had taken nothing more */
	size_t drained; /* bytes after the request */
};

/* Take a new socket, and go as far as its bytes lead. */
void conn_start(struct server_listener *listener, int fd, struct address from,
    const struct peers_entry *peer);

/* End a connection that is not running: politely when it has no answer to
 * lose by it. */
void conn_end(struct conn *c, enum close_reason reason);

/* For steps: this one may take so long, counted from now. */
void conn_set_time(struct conn *c, const struct timeval *time);

/* The word of a reason. */
const char *close_reason_word(enum close_reason reason);

#endif
