/*
 * What the connections of a worker share, and what bounds them: how many there
 * are, how many of an address, and what goes when there are too many.
 */
#include "serve/server.h"

#include <event2/event.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "net/loop.h"
#include "serve/conn.h"

enum {
	linger_seconds = 1,
	grace_ms = 1000, /* of a client that may be about to ask */
	ms_per_s = 1000,
};

static const struct timeval *
seconds(struct event_base *base, unsigned count)
{
	return loop_timeout(base, count * (uint64_t)ms_per_s);
}

struct server *
server_new(const struct server_options *options)
{
	const struct conf_limits *limits = &options->conf->limits;
	struct server *server = mem_alloc(sizeof(*server));

	server->base = options->base;
	server->conf = options->conf;
	server->tls = options->tls;
	server->hub = stream_hub_new(options->tls);
	server->peers = options->peers;
	server->identities = peer_cache_new();
	server->access =
	    access_open(&options->conf->log, options->salt, options->base);
	router_init(&server->router, options->sites, options->site_count);
	exchange_init(&server->exchange);
	server->piece = mem_alloc(reply_header_max + stream_piece_max);
	vec_init(&server->listeners, sizeof(struct server_listener *));
	TAILQ_INIT(&server->all);
	TAILQ_INIT(&server->idle);
	server->count_max = limits->connections;
	server->handshake_time =
	    seconds(options->base, limits->handshake_seconds);
	server->request_time = seconds(options->base, limits->request_seconds);
	server->check_time = loop_timeout(options->base,
	    limits->idle_write_seconds * (uint64_t)ms_per_s /
		server_write_checks);
	server->linger_time = seconds(options->base, linger_seconds);
	return server;
}

static void
server_stop_listening(struct server *server)
{
	VEC_EACH (struct server_listener *, l, &server->listeners)
		listener_free(&(*l)->listener);
}

void
server_free(struct server **server)
{
	struct server *s = *server;

	if (s == NULL)
		return;
	server_stop_listening(s);
	s->on_empty = NULL;
	while (!TAILQ_EMPTY(&s->all))
		conn_end(TAILQ_FIRST(&s->all), CLOSE_SERVER_ENDS);
	if (s->is_draining)
		event_del(&s->grace);
	VEC_EACH (struct server_listener *, l, &s->listeners)
		mem_free(*l);
	vec_fini(&s->listeners);
	exchange_fini(&s->exchange);
	for (size_t i = 0; i < s->router.site_count; i++)
		site_fini(&s->router.sites[i]);
	router_fini(&s->router);
	access_close(&s->access);
	peer_cache_free(&s->identities);
	stream_hub_free(&s->hub);
	mem_free(s->piece);
	mem_free(s);
	*server = NULL;
}

/* End the connection that can be spared best; false when there is none. */
static bool
server_evict(struct server *server)
{
	struct conn *c = TAILQ_FIRST(&server->idle);

	if (c == NULL)
		return false;
	conn_end(c, CLOSE_EVICTED);
	return true;
}

static bool
on_shortage(void *ctx)
{
	struct server_listener *l = ctx;

	return server_evict(l->server);
}

/* Full of connections none of which can be spared: the next clients wait in
 * the queue. */
static void
server_mind_room(struct server *server)
{
	bool is_full =
	    server->count >= server->count_max && TAILQ_EMPTY(&server->idle);

	if (is_full == server->is_full)
		return;
	server->is_full = is_full;
	VEC_EACH (struct server_listener *, l, &server->listeners) {
		if ((*l)->listener == NULL)
			continue;
		if (is_full)
			listener_pause((*l)->listener);
		else
			listener_resume((*l)->listener);
	}
}

static void
on_accept(void *ctx, int fd, struct address from)
{
	struct server_listener *l = ctx;
	struct server *server = l->server;
	struct peers_entry peer = {0};

	/* Behind a proxy the header decides who it is that counts. */
	if (!l->proxy && !peers_enter(server->peers, from, &peer)) {
		close(fd);
		return;
	}
	if (server->count >= server->count_max)
		server_evict(server);
	conn_start(l, fd, from, &peer);
}

void
server_listen(struct server *server, const struct conf_listen *listen, int fd,
    uint16_t port)
{
	struct server_listener *l = mem_alloc(sizeof(*l));

	l->server = server;
	l->port = port;
	l->public_port = listen->public_port;
	l->proxy = listen->proxy;
	l->listener = listener_new(&(struct listener_options){
	    .base = server->base,
	    .fd = fd,
	    .ctx = l,
	    .on_accept = on_accept,
	    .on_shortage = on_shortage,
	});
	*(struct server_listener **)vec_add(&server->listeners) = l;
}

/* End those that have asked nothing since before_ms. Those that linger have
 * their answer, and end by themselves. */
static void
server_end_idle(struct server *server, int64_t before_ms)
{
	struct conn *c = TAILQ_FIRST(&server->idle), *next;

	for (; c != NULL; c = next) {
		next = TAILQ_NEXT(c, idle);
		if (c->accepted_ms <= before_ms && !c->stream.is_last)
			conn_end(c, CLOSE_SERVER_ENDS);
	}
}

static void
server_tell_empty(struct server *server)
{
	if (server->is_draining && server->count == 0 &&
	    server->on_empty != NULL)
		server->on_empty(server->ctx);
}

static void
on_grace(evutil_socket_t fd, short what, void *arg)
{
	struct server *server = arg;

	(void)fd;
	(void)what;
	server_end_idle(server, clock_monotonic_ms());
}

void
server_drain(struct server *server, void (*on_empty)(void *ctx), void *ctx)
{
	struct timeval grace = {.tv_sec = grace_ms / ms_per_s};

	if (server->is_draining)
		return;
	server_stop_listening(server);
	server->is_draining = true;
	event_assign(&server->grace, server->base, -1, 0, on_grace, server);
	event_add(&server->grace, &grace);
	server_end_idle(server, clock_monotonic_ms() - grace_ms);
	server->on_empty = on_empty;
	server->ctx = ctx;
	server_tell_empty(server);
}

void
server_add(struct server *server, struct conn *c)
{
	TAILQ_INSERT_TAIL(&server->all, c, all);
	server->count++;
}

void
server_remove(struct server *server, struct conn *c)
{
	if (c->is_idle)
		TAILQ_REMOVE(&server->idle, c, idle);
	TAILQ_REMOVE(&server->all, c, all);
	server->count--;
	server_mind_room(server);
	server_tell_empty(server);
}

void
server_may_spare(struct server *server, struct conn *c)
{
	if (c->is_idle)
		return;
	c->is_idle = true;
	TAILQ_INSERT_TAIL(&server->idle, c, idle);
	server_mind_room(server);
}

void
server_must_keep(struct server *server, struct conn *c)
{
	if (!c->is_idle)
		return;
	c->is_idle = false;
	TAILQ_REMOVE(&server->idle, c, idle);
	server_mind_room(server);
}
