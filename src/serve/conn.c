/*
 * The driver of connections: it runs their steps, waits for what they wait
 * for, and is the only one that destroys them. What the steps do is in
 * serve/steps.
 */
#include "serve/conn.h"

#include <event2/event.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "serve/steps.h"

static const char *const close_reason_words[] = {
#define CLOSE(name, word) [CLOSE_##name] = word,
#include "serve/close.def"
#undef CLOSE
};

const char *
close_reason_word(enum close_reason reason)
{
	return close_reason_words[reason];
}

static void
conn_request_free(struct conn_request **request)
{
	if (*request == NULL)
		return;
	source_fini(&(*request)->body);
	mem_free(*request);
	*request = NULL;
}

static void
conn_free(struct conn **conn)
{
	struct conn *c = *conn;
	struct server *server = c->server;

	log_debug("connection: ended reason=%s step=%s",
	    close_reason_word(c->reason), c->step->name);
	if (c->watched != 0)
		event_del(&c->io);
	event_del(&c->timer);
	stream_fini(&c->stream);
	conn_request_free(&c->request);
	mem_free(c->proxy);
	peers_leave(&c->peer);
	server_remove(server, c);
	mem_free(c);
	*conn = NULL;
}

static void on_io(evutil_socket_t fd, short what, void *arg);

/* Wait for the socket: to be written when something is left to send, else to
 * be read. */
static void
conn_watch(struct conn *c)
{
	bool writes = c->wants_turn || stream_is_blocked(&c->stream);
	short events = (writes ? EV_WRITE : EV_READ) | EV_PERSIST;

	if (c->watched == events)
		return;
	if (c->watched != 0)
		event_del(&c->io);
	c->watched = events;
	event_assign(&c->io, c->server->base, c->stream.fd, events, on_io, c);
	event_add(&c->io, NULL);
}

static void
conn_wait(struct conn *c)
{
	conn_watch(c);
	if (c->is_armed)
		return;
	c->is_armed = true;
	event_add(&c->timer, c->time);
}

/* Go on with step next. To be called last: the connection may be over. */
static void
conn_run(struct conn *c, const struct step *next)
{
	while (next != NULL && next != c->step) {
		c->step = next;
		next = next->run(c);
	}
	if (next == NULL) {
		conn_free(&c);
		return;
	}
	if (c->step->may_be_spared)
		server_may_spare(c->server, c);
	else
		server_must_keep(c->server, c);
	conn_wait(c);
}

static void
on_io(evutil_socket_t fd, short what, void *arg)
{
	struct conn *c = arg;

	(void)fd;
	(void)what;
	stream_wake(&c->stream);
	conn_run(c, c->step->run(c));
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct conn *c = arg;

	(void)fd;
	(void)what;
	c->is_armed = false;
	stream_wake(&c->stream);
	conn_run(c, c->step->expire(c));
}

void
conn_start(struct server_listener *listener, int fd, struct address from,
    const struct peers_entry *peer)
{
	struct server *server = listener->server;
	struct conn *c = mem_alloc(sizeof(*c));

	c->server = server;
	c->listener = listener;
	c->from = from;
	c->peer = *peer;
	c->accepted_ms = clock_monotonic_ms();
	c->step = listener->proxy ? &step_proxy : &step_accept;
	c->time = server->handshake_time;
	stream_init(&c->stream, server->hub, fd);
	event_assign(&c->timer, server->base, -1, 0, on_timer, c);
	server_add(server, c);
	stream_wake(&c->stream);
	conn_run(c, c->step->run(c));
}

void
conn_end(struct conn *c, enum close_reason reason)
{
	c->reason = reason;
	stream_wake(&c->stream);
	conn_run(c, steps_abandon(c));
}

void
conn_set_time(struct conn *c, const struct timeval *time)
{
	c->time = time;
	c->is_armed = false;
}
