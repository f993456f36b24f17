/*
 * The lean loop: the least work that OpenSSL and libevent let a server do for
 * a fixed reply. One recv a wake, one send for ticket, reply and close_notify,
 * one stateless ticket, AES-128 first, one common timeout. It parses nothing.
 */
#include "floor/common.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <event2/event.h>
#include <event2/event_struct.h>
#include <openssl/bio.h>
#include <openssl/err.h>

enum {
	INPUT_MAX = 17 * 1024, /* bytes: a whole record and its header */
	OUTPUT_FIRST = 16 * 1024, /* bytes */
	ACCEPTS_MAX = 64, /* connections accepted in one wake */
	TIMEOUT_SECONDS = 10,
};

static const char cipher_suites[] =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:"
    "TLS_CHACHA20_POLY1305_SHA256";

/*
 * The process. Input and output belong to the one connection that runs now:
 * what it leaves unsent is copied to it, what it leaves unread there cannot be.
 */
struct lean {
	struct floor floor;
	struct event_base *base;
	const struct timeval *timeout; /* the common one of base */
	BIO_METHOD *method;
	char *output;
	size_t output_length;
	size_t output_size;
	size_t input_offset;
	size_t input_length;
	char input[INPUT_MAX];
};

enum conn_state {
	CONN_OPEN,
	CONN_CLOSING, /* reply and close_notify are gathered */
	CONN_LINGERING, /* and sent, with FIN */
};

struct conn {
	struct lean *lean;
	SSL *ssl; /* NULL until the first byte has come */
	struct event event;
	bool waiting; /* event is added */
	int fd;
	enum conn_state state;
	char *unsent; /* NULL, or what the socket did not take */
	size_t unsent_offset;
	size_t unsent_length;
};

static int
on_bio_read(BIO *bio, char *data, int size)
{
	struct lean *lean = BIO_get_data(bio);
	size_t length = lean->input_length - lean->input_offset;

	BIO_clear_retry_flags(bio);
	if (length == 0) {
		BIO_set_retry_read(bio);
		return -1;
	}
	if (length > (size_t)size)
		length = (size_t)size;
	memcpy(data, lean->input + lean->input_offset, length);
	lean->input_offset += length;
	return (int)length;
}

static int
on_bio_write(BIO *bio, const char *data, int length)
{
	struct lean *lean = BIO_get_data(bio);
	size_t needed = lean->output_length + (size_t)length;

	while (needed > lean->output_size) {
		lean->output_size *= 2;
		lean->output = realloc(lean->output, lean->output_size);
		if (lean->output == NULL)
			abort();
	}
	memcpy(lean->output + lean->output_length, data, (size_t)length);
	lean->output_length = needed;
	return length;
}

/* A flush by OpenSSL sends nothing: the connection knows when to. */
static long
on_bio_control(BIO *bio, int command, long number, void *pointer)
{
	(void)bio;
	(void)number;
	(void)pointer;
	return command == BIO_CTRL_FLUSH;
}

static void
conn_free(struct conn **conn)
{
	if ((*conn)->waiting)
		event_del(&(*conn)->event);
	SSL_free((*conn)->ssl);
	close((*conn)->fd);
	free((*conn)->unsent);
	free(*conn);
	*conn = NULL;
}

static void on_conn(evutil_socket_t fd, short what, void *argument);

/* Wait for events, in place of what the connection waited for before. */
static void
conn_wait(struct conn *conn, short events)
{
	struct lean *lean = conn->lean;

	if (conn->waiting && event_get_events(&conn->event) == events)
		return;
	if (conn->waiting)
		event_del(&conn->event);
	conn->waiting = true;
	if (event_assign(&conn->event, lean->base, conn->fd, events, on_conn,
		conn) != 0 ||
	    event_add(&conn->event, lean->timeout) != 0)
		abort();
}

/*
 * Send length bytes. The kernel holds back the end of a reply until its side is
 * shut down, so that FIN travels with it. The count sent, or -1.
 */
static ssize_t
conn_send(struct conn *conn, const char *data, size_t length)
{
	int flags = MSG_NOSIGNAL | (conn->state == CONN_CLOSING ? MSG_MORE : 0);
	ssize_t sent = send(conn->fd, data, length, flags);

	if (sent < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	return sent;
}

/* Send what was gathered. 1 all sent, 0 the rest is kept, -1 failure. */
static int
conn_flush(struct conn *conn)
{
	struct lean *lean = conn->lean;
	size_t length = lean->output_length;
	ssize_t sent;

	lean->output_length = 0;
	if (length == 0)
		return 1;
	sent = conn_send(conn, lean->output, length);
	if (sent < 0 || (size_t)sent == length)
		return sent < 0 ? -1 : 1;
	conn->unsent_length = length - (size_t)sent;
	conn->unsent_offset = 0;
	conn->unsent = malloc(conn->unsent_length);
	if (conn->unsent == NULL)
		abort();
	memcpy(conn->unsent, lean->output + sent, conn->unsent_length);
	conn_wait(conn, EV_WRITE | EV_PERSIST);
	return 0;
}

/* Send more of what the socket did not take before. As conn_flush. */
static int
conn_flush_unsent(struct conn *conn)
{
	ssize_t sent = conn_send(conn, conn->unsent + conn->unsent_offset,
	    conn->unsent_length - conn->unsent_offset);

	if (sent < 0)
		return -1;
	conn->unsent_offset += (size_t)sent;
	if (conn->unsent_offset < conn->unsent_length)
		return 0;
	free(conn->unsent);
	conn->unsent = NULL;
	return 1;
}

static void
conn_start_tls(struct conn *conn)
{
	struct lean *lean = conn->lean;
	BIO *bio = BIO_new(lean->method);

	conn->ssl = SSL_new(lean->floor.tls);
	if (conn->ssl == NULL || bio == NULL)
		abort();
	BIO_set_data(bio, lean);
	BIO_set_init(bio, 1);
	SSL_set_bio(conn->ssl, bio, bio);
	SSL_set_accept_state(conn->ssl);
}

/*
 * Take the input through handshake and request to the gathered reply. False
 * when the handshake or the connection has failed.
 */
static bool
conn_answer(struct conn *conn)
{
	const struct floor *floor = &conn->lean->floor;
	char line[FLOOR_REQUEST_MAX];
	int result;

	ERR_clear_error();
	do
		result = SSL_read(conn->ssl, line, sizeof line);
	while (result > 0 && !floor_ends_request(line, (size_t)result));
	if (result <= 0)
		return SSL_get_error(conn->ssl, result) == SSL_ERROR_WANT_READ;
	if (SSL_write(conn->ssl, floor->reply, (int)floor->reply_length) <= 0)
		return false;
	SSL_shutdown(conn->ssl);
	conn->state = CONN_CLOSING;
	return true;
}

/*
 * All that was gathered is sent. After a reply the side is shut down, and the
 * socket stays until the peer has closed: closing it on bytes that are still
 * to be read would reset the connection and could lose the reply.
 */
static void
conn_sent(struct conn *conn)
{
	conn_wait(conn, EV_READ | EV_PERSIST);
	if (conn->state != CONN_CLOSING)
		return;
	shutdown(conn->fd, SHUT_WR);
	SSL_free(conn->ssl);
	conn->ssl = NULL;
	conn->state = CONN_LINGERING;
}

/* Take length bytes of input as far as they lead. */
static void
conn_take(struct conn *conn, size_t length)
{
	struct lean *lean = conn->lean;
	bool well;
	int flushed;

	lean->input_offset = 0;
	lean->input_length = length;
	if (conn->ssl == NULL)
		conn_start_tls(conn);
	well = conn_answer(conn);
	flushed = conn_flush(conn);
	if (!well || flushed < 0)
		conn_free(&conn);
	else if (flushed > 0)
		conn_sent(conn);
}

/* Read once and go on from there. Frees the connection at its end. */
static void
conn_run(struct conn *conn)
{
	ssize_t length = recv(conn->fd, conn->lean->input, INPUT_MAX, 0);

	if (length < 0 && (errno == EAGAIN || errno == EINTR))
		conn_wait(conn, EV_READ | EV_PERSIST);
	else if (length <= 0)
		conn_free(&conn);
	else if (conn->state == CONN_OPEN)
		conn_take(conn, (size_t)length);
}

static void
on_conn(evutil_socket_t fd, short what, void *argument)
{
	struct conn *conn = argument;
	int flushed = 0;

	(void)fd;
	if (what & EV_WRITE)
		flushed = conn_flush_unsent(conn);
	if (what & EV_TIMEOUT || flushed < 0)
		conn_free(&conn);
	else if (flushed > 0)
		conn_sent(conn);
	else if (what & EV_READ)
		conn_run(conn);
}

static void
on_accept(evutil_socket_t listener, short what, void *argument)
{
	(void)what;
	for (int i = 0; i < ACCEPTS_MAX; i++) {
		int fd =
		    accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
		struct conn *conn;

		if (fd < 0)
			return;
		conn = calloc(1, sizeof *conn);
		if (conn == NULL)
			abort();
		conn->lean = argument;
		conn->fd = fd;
		conn_run(conn);
	}
}

static void
lean_init_tls(struct lean *lean)
{
	SSL_CTX *tls = lean->floor.tls;

	SSL_CTX_set_options(tls, SSL_OP_CIPHER_SERVER_PREFERENCE);
	SSL_CTX_clear_options(tls, SSL_OP_ENABLE_MIDDLEBOX_COMPAT);
	SSL_CTX_set_mode(tls, SSL_MODE_RELEASE_BUFFERS);
	SSL_CTX_set_session_cache_mode(tls, SSL_SESS_CACHE_OFF);
	lean->method = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "gather");
	if (lean->method == NULL ||
	    SSL_CTX_set_ciphersuites(tls, cipher_suites) != 1 ||
	    SSL_CTX_set_num_tickets(tls, 1) != 1)
		abort();
	BIO_meth_set_read(lean->method, on_bio_read);
	BIO_meth_set_write(lean->method, on_bio_write);
	BIO_meth_set_ctrl(lean->method, on_bio_control);
}

static void
lean_init_base(struct lean *lean)
{
	struct timeval timeout = {.tv_sec = TIMEOUT_SECONDS};
	struct event_config *config = event_config_new();

	if (config == NULL ||
	    event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK) != 0)
		abort();
	lean->base = event_base_new_with_config(config);
	event_config_free(config);
	if (lean->base == NULL)
		abort();
	lean->timeout = event_base_init_common_timeout(lean->base, &timeout);
	lean->output_size = OUTPUT_FIRST;
	lean->output = malloc(lean->output_size);
	if (lean->timeout == NULL || lean->output == NULL)
		abort();
}

int
main(int argc, char **argv)
{
	static struct lean lean;
	struct event *accept_event;

	if (floor_init(&lean.floor, argc, argv) != 0)
		return 2;
	lean_init_tls(&lean);
	lean_init_base(&lean);
	accept_event = event_new(lean.base, lean.floor.listener,
	    EV_READ | EV_PERSIST, on_accept, &lean);
	if (accept_event == NULL || event_add(accept_event, NULL) != 0)
		abort();
	floor_ready(&lean.floor);
	event_base_dispatch(lean.base);
	return 1;
}
