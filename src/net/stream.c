/*
 * TLS over a socket that does not block, with as few calls to the kernel as
 * will do. It knows no timeouts and no events: it says what it waits for.
 */
#include "net/stream.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "os/socket.h"
#include "tls/context.h"

enum {
	input_max = 17 * 1024, /* a record, its header, and the next one's */
	output_max = 1024 * 1024,
};

struct stream_hub {
	struct tls *tls;
	BIO_METHOD *method;
	struct stream *owner; /* of what is gathered in output */
	struct buf output;
	size_t input_offset;
	size_t input_size;
	char input[input_max];
};

/* Read the socket, if this turn has not yet. False when nothing came. */
static bool
stream_receive(struct stream *s)
{
	struct stream_hub *hub = s->hub;
	ssize_t n;

	if (!s->may_receive)
		return false;
	s->may_receive = false;
	do
		n = recv(s->fd, hub->input, sizeof(hub->input), 0);
	while (n < 0 && errno == EINTR);
	hub->input_offset = 0;
	hub->input_size = n > 0 ? (size_t)n : 0;
	if (n == 0 || (n < 0 && errno != EAGAIN))
		s->ended = true;
	return n > 0;
}

static int
on_bio_read(BIO *bio, char *p, int size)
{
	struct stream *s = BIO_get_data(bio);
	struct stream_hub *hub = s->hub;
	size_t n;

	BIO_clear_retry_flags(bio);
	if (hub->input_offset == hub->input_size && !stream_receive(s)) {
		if (s->ended)
			return 0;
		BIO_set_retry_read(bio);
		return -1;
	}
	n = hub->input_size - hub->input_offset;
	if (n > (size_t)size)
		n = (size_t)size;
	memcpy(p, hub->input + hub->input_offset, n);
	hub->input_offset += n;
	return (int)n;
}

static void
stream_forget_unsent(struct stream *s)
{
	mem_free(s->unsent);
	s->unsent = NULL;
	s->unsent_offset = 0;
	s->unsent_size = 0;
}

/* What is left from earlier goes first. */
static void
stream_start_output(struct stream *s)
{
	struct stream_hub *hub = s->hub;

	if (hub->owner == s)
		return;
	assert(hub->owner == NULL && hub->output.n == 0);
	hub->owner = s;
	if (s->unsent == NULL)
		return;
	buf_add(&hub->output,
	    str_from(s->unsent + s->unsent_offset,
		s->unsent_size - s->unsent_offset));
	stream_forget_unsent(s);
}

static int
on_bio_write(BIO *bio, const char *p, int size)
{
	struct stream *s = BIO_get_data(bio);

	BIO_clear_retry_flags(bio);
	stream_start_output(s);
	buf_add(&s->hub->output, str_from(p, (size_t)size));
	return s->hub->output.full ? -1 : size;
}

/* A flush by OpenSSL sends nothing: the turn's end does. */
static long
on_bio_control(BIO *bio, int command, long number, void *pointer)
{
	(void)bio;
	(void)number;
	(void)pointer;
	return command == BIO_CTRL_FLUSH;
}

struct stream_hub *
stream_hub_new(struct tls *tls)
{
	struct stream_hub *hub = mem_alloc(sizeof(*hub));

	hub->tls = tls;
	buf_init(&hub->output, output_max);
	hub->method = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "gather");
	assert(hub->method != NULL);
	BIO_meth_set_read(hub->method, on_bio_read);
	BIO_meth_set_write(hub->method, on_bio_write);
	BIO_meth_set_ctrl(hub->method, on_bio_control);
	return hub;
}

void
stream_hub_free(struct stream_hub **hub)
{
	if (*hub == NULL)
		return;
	BIO_meth_free((*hub)->method);
	buf_fini(&(*hub)->output);
	mem_free(*hub);
	*hub = NULL;
}

void
stream_init(struct stream *s, struct stream_hub *hub, int fd)
{
	*s = (struct stream){.hub = hub, .fd = fd};
}

/* Drop what this stream has left in the hub's buffers. */
static void
stream_leave_hub(struct stream *s)
{
	struct stream_hub *hub = s->hub;

	if (hub->owner == s) {
		hub->owner = NULL;
		buf_clear(&hub->output);
	}
	hub->input_offset = 0;
	hub->input_size = 0;
}

static void
stream_end_tls(struct stream *s)
{
	SSL_free(s->ssl);
	s->ssl = NULL;
}

void
stream_fini(struct stream *s)
{
	stream_leave_hub(s);
	stream_end_tls(s);
	stream_forget_unsent(s);
	close(s->fd);
	s->fd = -1;
}

void
stream_wake(struct stream *s)
{
	assert(s->hub->owner == NULL);
	s->may_receive = true;
	s->hub->input_offset = 0;
	s->hub->input_size = 0;
	ERR_clear_error();
}

static void
stream_start_tls(struct stream *s)
{
	BIO *bio = BIO_new(s->hub->method);

	assert(bio != NULL);
	BIO_set_data(bio, s);
	BIO_set_init(bio, 1);
	s->ssl = tls_open(s->hub->tls);
	SSL_set_bio(s->ssl, bio, bio);
}

enum stream_result
stream_await_bytes(struct stream *s, struct str *bytes)
{
	struct stream_hub *hub = s->hub;

	if (hub->input_offset == hub->input_size && !stream_receive(s))
		return s->ended ? STREAM_END : STREAM_WAIT;
	*bytes = str_from(hub->input + hub->input_offset,
	    hub->input_size - hub->input_offset);
	return STREAM_DONE;
}

void
stream_pass_over(struct stream *s, size_t n)
{
	assert(n <= s->hub->input_size - s->hub->input_offset);
	s->hub->input_offset += n;
}

enum stream_result
stream_await(struct stream *s)
{
	enum stream_result result;
	struct str bytes;

	result = stream_await_bytes(s, &bytes);
	if (result == STREAM_DONE)
		stream_start_tls(s);
	return result;
}

/* What a call of OpenSSL that returned result has come to. */
static enum stream_result
stream_judge(struct stream *s, int result)
{
	int error = SSL_get_error(s->ssl, result);

	ERR_clear_error();
	if (error == SSL_ERROR_WANT_READ)
		return STREAM_WAIT;
	if (error == SSL_ERROR_ZERO_RETURN ||
	    (error == SSL_ERROR_SYSCALL && s->ended))
		return STREAM_END;
	return STREAM_FAILED;
}

enum stream_result
stream_handshake(struct stream *s)
{
	int result = SSL_accept(s->ssl);

	return result == 1 ? STREAM_DONE : stream_judge(s, result);
}

enum stream_result
stream_read(struct stream *s, char *p, size_t size, size_t *n)
{
	int result;

	assert(size > 0 && size <= INT_MAX);
	result = SSL_read(s->ssl, p, (int)size);
	*n = result > 0 ? (size_t)result : 0;
	return result > 0 ? STREAM_DONE : stream_judge(s, result);
}

bool
stream_write(struct stream *s, struct str bytes)
{
	assert(bytes.n <= INT_MAX);
	if (bytes.n == 0)
		return true;
	if (SSL_write(s->ssl, bytes.p, (int)bytes.n) == (int)bytes.n)
		return true;
	ERR_clear_error();
	return false;
}

void
stream_close_notify(struct stream *s)
{
	if (SSL_shutdown(s->ssl) < 0)
		ERR_clear_error();
}

size_t
stream_room(const struct stream *s)
{
	size_t room = socket_send_room(s->fd);

	if (room >= stream_piece_max)
		return stream_piece_max;
	if (room < 2 * stream_record_max)
		return stream_record_max;
	return room - room % stream_record_max;
}

/* The kernel holds back the end of a reply until FIN goes with it. How many
 * bytes it took; -1 when the connection is broken. */
static ssize_t
stream_send(struct stream *s, const char *p, size_t size)
{
	int flags = MSG_NOSIGNAL | (s->is_last ? MSG_MORE : 0);
	ssize_t n;

	do
		n = send(s->fd, p, size, flags);
	while (n < 0 && errno == EINTR);
	if (n < 0 && errno == EAGAIN)
		return 0;
	if (n > 0)
		s->sent += (uint64_t)n;
	return n;
}

/* Take the gathered bytes from index offset on away from the hub. */
static void
stream_keep(struct stream *s, size_t offset)
{
	struct stream_hub *hub = s->hub;
	size_t size = hub->output.n - offset;

	assert(hub->owner == s && s->unsent == NULL);
	if (size > 0) {
		s->unsent = mem_alloc(size);
		memcpy(s->unsent, hub->output.p + offset, size);
		s->unsent_size = size;
	}
	hub->owner = NULL;
	buf_clear(&hub->output);
}

static enum stream_result
stream_flush_unsent(struct stream *s)
{
	ssize_t n = stream_send(
	    s, s->unsent + s->unsent_offset, s->unsent_size - s->unsent_offset);

	if (n < 0)
		return STREAM_FAILED;
	s->unsent_offset += (size_t)n;
	if (s->unsent_offset < s->unsent_size)
		return STREAM_WAIT;
	stream_forget_unsent(s);
	return STREAM_DONE;
}

enum stream_result
stream_flush(struct stream *s)
{
	struct stream_hub *hub = s->hub;
	ssize_t n;

	if (hub->owner != s)
		return s->unsent == NULL ? STREAM_DONE : stream_flush_unsent(s);
	n = stream_send(s, hub->output.p, hub->output.n);
	if (n < 0)
		return STREAM_FAILED;
	stream_keep(s, (size_t)n);
	return s->unsent == NULL ? STREAM_DONE : STREAM_WAIT;
}

enum stream_result
stream_finish(struct stream *s)
{
	enum stream_result result;

	s->is_last = true;
	result = stream_flush(s);
	if (result != STREAM_DONE)
		return result;
	shutdown(s->fd, SHUT_WR);
	stream_end_tls(s);
	return STREAM_DONE;
}

bool
stream_is_blocked(const struct stream *s)
{
	return s->unsent != NULL;
}

enum stream_result
stream_drain(struct stream *s, size_t *n)
{
	if (stream_receive(s)) {
		*n += s->hub->input_size;
		return STREAM_DONE;
	}
	return s->ended ? STREAM_END : STREAM_WAIT;
}

uint64_t
stream_taken(const struct stream *s)
{
	size_t waiting = socket_unacknowledged(s->fd);

	return waiting < s->sent ? s->sent - waiting : 0;
}

void
stream_cut(const struct stream *s)
{
	struct linger linger = {.l_onoff = 1, .l_linger = 0};

	setsockopt(s->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
}

struct str
stream_version(const struct stream *s)
{
	if (s->ssl == NULL || !SSL_is_init_finished(s->ssl))
		return STR("");
	return str_from_c(SSL_get_version(s->ssl));
}
