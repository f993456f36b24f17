/*
 * What a connection goes through: PROXY header -> accept -> handshake ->
 * request -> respond -> finish -> linger. Each step does what can be done
 * without waiting. They decide when bytes move; what a request means is for the
 * router.
 */
#include "serve/steps.h"

#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "tls/context.h"

enum {
	pieces_in_turn = 2, /* before other connections have their turn */
	linger_bytes_max = 1024 * 1024,
};

static const struct step step_handshake, step_request, step_respond,
    step_finish, step_linger;

static const struct step *
end(struct conn *c, enum close_reason reason)
{
	c->reason = reason;
	return NULL;
}

/* Say no more than is gathered, and end in good order. */
static const struct step *
finish(struct conn *c, enum close_reason reason)
{
	c->reason = reason;
	conn_set_time(c, c->server->check_time);
	return &step_finish;
}

static const struct step *
finish_politely(struct conn *c, enum close_reason reason)
{
	stream_close_notify(&c->stream);
	return finish(c, reason);
}

/* Send what is gathered, and wait in the step that the connection is in. */
static const struct step *
flush_and_wait(struct conn *c)
{
	if (stream_flush(&c->stream) == STREAM_FAILED)
		return end(c, CLOSE_BROKEN);
	return c->step;
}

/* Count the client that the header has told. */
static const struct step *
proxy_end(struct conn *c)
{
	struct sockaddr_storage source = ppheader_source(c->proxy);

	if (source.ss_family != AF_UNSPEC)
		c->from = address_from(&source);
	mem_free(c->proxy);
	c->proxy = NULL;
	if (!peers_enter(c->server->peers, c->from, &c->peer))
		return end(c, CLOSE_ADDRESS_FULL);
	return &step_accept;
}

static const struct step *
proxy_run(struct conn *c)
{
	struct str bytes;
	size_t used;

	if (c->proxy == NULL)
		c->proxy = mem_alloc(sizeof(*c->proxy));
	switch (stream_await_bytes(&c->stream, &bytes)) {
	case STREAM_DONE:
		break;
	case STREAM_WAIT:
		return c->step;
	case STREAM_END:
	case STREAM_FAILED:
		return end(c, CLOSE_CLIENT_GONE);
	}
	switch (ppheader_take(c->proxy, bytes, &used)) {
	case PPHEADER_MORE:
		return c->step;
	case PPHEADER_DONE:
		stream_pass_over(&c->stream, used);
		return proxy_end(c);
	case PPHEADER_INVALID:
		break;
	}
	return end(c, CLOSE_PROXY_HEADER_BAD);
}

static const struct step *
accept_run(struct conn *c)
{
	switch (stream_await(&c->stream)) {
	case STREAM_DONE:
		return &step_handshake;
	case STREAM_WAIT:
		return c->step;
	case STREAM_END:
	case STREAM_FAILED:
		break;
	}
	return end(c, CLOSE_CLIENT_GONE);
}

static const struct step *
accept_expire(struct conn *c)
{
	return end(c, CLOSE_HANDSHAKE_LATE);
}

const struct step step_proxy = {
    .name = "proxy",
    .run = proxy_run,
    .expire = accept_expire,
    .may_be_spared = true,
};

const struct step step_accept = {
    .name = "accept",
    .run = accept_run,
    .expire = accept_expire,
    .may_be_spared = true,
};

static const struct step *
handshake_run(struct conn *c)
{
	if (stream_is_blocked(&c->stream))
		return flush_and_wait(c);
	switch (stream_handshake(&c->stream)) {
	case STREAM_DONE:
		conn_set_time(c, c->server->request_time);
		return &step_request;
	case STREAM_WAIT:
		return flush_and_wait(c);
	case STREAM_END:
		return end(c, CLOSE_CLIENT_GONE);
	case STREAM_FAILED:
		break;
	}
	return finish(c, CLOSE_HANDSHAKE_FAILED);
}

static const struct step *
handshake_expire(struct conn *c)
{
	return end(c, CLOSE_HANDSHAKE_LATE);
}

static const struct step step_handshake = {
    .name = "handshake",
    .run = handshake_run,
    .expire = handshake_expire,
    .may_be_spared = true,
};

static const struct peer *
find_peer(void *ctx)
{
	struct conn *c = ctx;

	return peer_find(c->server->identities, c->stream.ssl);
}

/* Have the router answer the line in the server's exchange. */
static void
request_answer(struct conn *c, struct str line)
{
	struct server *server = c->server;
	struct exchange *x = &server->exchange;

	exchange_clear(x);
	x->line = line;
	x->port = c->listener->port;
	x->public_port = c->listener->public_port;
	x->named_site = tls_named_site(server->tls, c->stream.ssl);
	x->now_ms = clock_monotonic_ms();
	x->wall_ms = clock_wall_ms();
	x->find_peer = find_peer;
	x->peer_ctx = c;
	if (!peers_may_ask(server->peers, &c->peer, x->now_ms))
		exchange_reply(x, STATUS_SLOW_DOWN, STR(""));
	else if (line.n == 0 || line.n > url_max)
		exchange_reply(x, STATUS_BAD_REQUEST, STR(""));
	else
		router_answer(&server->router, x);
}

static const struct step *
request_end(struct conn *c, struct str line)
{
	struct conn_request *r = c->request;
	struct exchange *x = &c->server->exchange;

	request_answer(c, line);
	r->url = line;
	r->status = x->status;
	r->body = x->body;
	x->body = (struct source){.type = NULL};
	c->window_start = c->stream.sent;
	c->taken = c->window_start;
	conn_set_time(c, c->server->check_time);
	return &step_respond;
}

/* The line, if it is complete by now; NULL when more must come. */
static const struct step *
request_judge(struct conn *c)
{
	struct conn_request *r = c->request;
	struct str received = str_from(r->line, r->received), line;

	switch (request_frame(received, &line)) {
	case REQUEST_MORE:
		return NULL;
	case REQUEST_COMPLETE:
		return request_end(c, line);
	case REQUEST_TOO_LONG:
		return request_end(c, received);
	case REQUEST_BARE_LF:
		break;
	}
	return finish_politely(c, CLOSE_BARE_LINE_FEED);
}

static enum stream_result
request_read(struct conn *c)
{
	char line[request_line_max];
	struct conn_request *r = c->request;
	enum stream_result result;
	size_t n;

	if (r != NULL) {
		result = stream_read(&c->stream, r->line + r->received,
		    sizeof(r->line) - r->received, &n);
		r->received += n;
		return result;
	}
	result = stream_read(&c->stream, line, sizeof(line), &n);
	if (result != STREAM_DONE)
		return result;
	c->request = mem_alloc(sizeof(*c->request));
	memcpy(c->request->line, line, n);
	c->request->received = n;
	return result;
}

/* A ticket goes with the reply when the request came with the end of the
 * handshake. It is not kept for a request that comes later: a client that
 * gathers small writes (Nagle) waits for it, as the acknowledgement. */
static const struct step *
request_run(struct conn *c)
{
	const struct step *next = NULL;

	if (stream_is_blocked(&c->stream))
		return flush_and_wait(c);
	while (next == NULL)
		switch (request_read(c)) {
		case STREAM_DONE:
			next = request_judge(c);
			break;
		case STREAM_WAIT:
			return flush_and_wait(c);
		case STREAM_END:
			return finish_politely(c, CLOSE_CLIENT_GONE);
		case STREAM_FAILED:
			return finish(c, CLOSE_BROKEN);
		}
	return next;
}

static const struct step *
request_expire(struct conn *c)
{
	return finish_politely(c, CLOSE_REQUEST_LATE);
}

static const struct step step_request = {
    .name = "request",
    .run = request_run,
    .expire = request_expire,
    .may_be_spared = true,
};

static void
respond_log(struct conn *c)
{
	const struct conn_request *r = c->request;
	struct server *server = c->server;

	if (!access_is_on(server->access))
		return;
	access_add(server->access,
	    &(struct access_entry){
		.wall_ms = clock_wall_ms(),
		.duration_ms = clock_monotonic_ms() - c->accepted_ms,
		.body_bytes = r->body_sent,
		.from = c->from,
		.status = r->status,
		.url = r->url,
		.tls = stream_version(&c->stream),
		.peer = find_peer(c),
	    });
}

static const struct step *
respond_end(struct conn *c, const struct step *next)
{
	respond_log(c);
	source_fini(&c->request->body);
	return next;
}

/* Put the header right before the body; its size. */
static size_t
respond_header(struct conn *c, char *body)
{
	struct buf header;
	size_t n;

	buf_init(&header, reply_header_max);
	reply_add_header(
	    &header, c->request->status, buf_str(&c->server->exchange.meta));
	n = header.n;
	memcpy(body - n, header.p, n);
	buf_fini(&header);
	return n;
}

/* About how much to gather now. What is small goes out whole. */
static size_t
respond_room(const struct conn *c)
{
	const struct conn_request *r = c->request;

	if (!r->is_started && r->body.left <= router_small_body_max)
		return stream_piece_max;
	return stream_room(&c->stream);
}

/* Gather one piece of the reply. The body's first bytes go with the header,
 * and a body that cannot be read at all can still be told by the status. */
static enum source_result
respond_gather(struct conn *c)
{
	struct conn_request *r = c->request;
	char *body = c->server->piece + reply_header_max;
	size_t header = 0, n;
	enum source_result result;

	result = source_pull(&r->body, body, respond_room(c), &n);
	if (!r->is_started) {
		if (result == SOURCE_BROKEN) {
			exchange_reply(&c->server->exchange,
			    STATUS_TEMPORARY_FAILURE, STR(""));
			r->status = STATUS_TEMPORARY_FAILURE;
			result = SOURCE_END;
		}
		header = respond_header(c, body);
		r->is_started = true;
	}
	r->body_sent += n;
	if (!stream_write(&c->stream, str_from(body - header, header + n)))
		return SOURCE_BROKEN;
	return result;
}

/* A reply that is cut short ends without close_notify, so that the client can
 * tell. Gemini specification, Closing connections. */
static const struct step *
respond_cut(struct conn *c, enum close_reason reason)
{
	return respond_end(c, finish(c, reason));
}

static const struct step *
respond_run(struct conn *c)
{
	c->wants_turn = false;
	if (stream_is_blocked(&c->stream)) {
		if (stream_flush(&c->stream) == STREAM_FAILED)
			return respond_end(c, end(c, CLOSE_BROKEN));
		if (stream_is_blocked(&c->stream))
			return c->step;
	}
	for (int i = 0; i < pieces_in_turn; i++) {
		switch (respond_gather(c)) {
		case SOURCE_MORE:
			break;
		case SOURCE_END:
			return respond_end(
			    c, finish_politely(c, CLOSE_REPLIED));
		case SOURCE_BROKEN:
			return respond_cut(c, CLOSE_BODY_CUT);
		}
		if (stream_flush(&c->stream) == STREAM_FAILED)
			return respond_end(c, end(c, CLOSE_BROKEN));
		if (stream_is_blocked(&c->stream))
			return c->step;
	}
	c->wants_turn = true;
	return c->step;
}

/* Whether the client has taken nothing for idle_write_seconds, or too little in
 * a whole window of them. The kernel takes megabytes for a client that reads
 * nothing, so what counts is what has arrived. */
static bool
reader_is_slow(struct conn *c)
{
	const struct conf_limits *limits = &c->server->conf->limits;
	uint64_t least =
	    (uint64_t)limits->minimum_rate * limits->idle_write_seconds;
	uint64_t taken = stream_taken(&c->stream);
	bool is_slow;

	c->still_looks = taken > c->taken ? 0 : c->still_looks + 1;
	c->taken = taken;
	if (c->still_looks >= server_write_checks)
		return true;
	if (++c->looks < server_write_checks)
		return false;
	is_slow = taken < c->window_start || taken - c->window_start < least;
	c->looks = 0;
	c->window_start = taken;
	return is_slow;
}

static const struct step *
cut_reader(struct conn *c)
{
	stream_cut(&c->stream);
	return end(c, CLOSE_READER_SLOW);
}

static const struct step *
respond_expire(struct conn *c)
{
	if (reader_is_slow(c))
		return respond_end(c, cut_reader(c));
	return c->step;
}

static const struct step step_respond = {
    .name = "respond",
    .run = respond_run,
    .expire = respond_expire,
};

static const struct step *
finish_run(struct conn *c)
{
	switch (stream_finish(&c->stream)) {
	case STREAM_DONE:
		conn_set_time(c, c->server->linger_time);
		return &step_linger;
	case STREAM_WAIT:
		return c->step;
	case STREAM_END:
	case STREAM_FAILED:
		break;
	}
	return end(c, CLOSE_BROKEN);
}

static const struct step *
finish_expire(struct conn *c)
{
	if (reader_is_slow(c))
		return cut_reader(c);
	return finish_run(c);
}

static const struct step step_finish = {
    .name = "finish",
    .run = finish_run,
    .expire = finish_expire,
};

/* What the client still sends is read and dropped, within bounds: closing on
 * unread bytes would reset the connection, and the client might lose the
 * reply. protocol.md, 1.4. */
static const struct step *
linger_run(struct conn *c)
{
	switch (stream_drain(&c->stream, &c->drained)) {
	case STREAM_DONE:
		return c->drained > linger_bytes_max ? NULL : c->step;
	case STREAM_WAIT:
		return c->step;
	case STREAM_END:
	case STREAM_FAILED:
		break;
	}
	return NULL;
}

static const struct step *
linger_expire(struct conn *c)
{
	(void)c;
	return NULL;
}

static const struct step step_linger = {
    .name = "linger",
    .run = linger_run,
    .expire = linger_expire,
    .may_be_spared = true,
};

const struct step *
steps_abandon(struct conn *c)
{
	if (c->step == &step_respond)
		return respond_end(c, NULL);
	if (c->step == &step_request) {
		stream_close_notify(&c->stream);
		stream_finish(&c->stream);
	}
	return NULL;
}
