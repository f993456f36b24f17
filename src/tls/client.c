/*
 * A waiting TLS client over poll(). Trust is known's, the protocol the
 * caller's.
 */
#include "tls/client.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <netdb.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/mem.h"

enum {
	error_max = 1024,
	host_max = 1024,
	port_text_max = sizeof("65535"),
	ms_per_second = 1000,
};

struct client {
	SSL_CTX *context;
	SSL *ssl;
	int fd;
	unsigned timeout_seconds;
	struct client_peer peer;
	struct buf error;
};

static int64_t
deadline_in(const struct client *client)
{
	return clock_monotonic_ms() +
	    (int64_t)client->timeout_seconds * ms_per_second;
}

static void
set_error(struct client *client, const char *what, const char *why)
{
	buf_clear(&client->error);
	buf_addf(&client->error, "%s: %s", what, why);
}

static void
set_timeout_error(struct client *client)
{
	buf_clear(&client->error);
	buf_addf(
	    &client->error, "no answer within %u s", client->timeout_seconds);
}

/* Wait until the socket is ready for events. -1, with the error set, at the
 * deadline. */
static int
wait_for(struct client *client, short events, int64_t deadline)
{
	struct pollfd pollfd = {.fd = client->fd, .events = events};
	int64_t left;
	int n;

	for (;;) {
		left = deadline - clock_monotonic_ms();
		n = left <= 0 ? 0 : poll(&pollfd, 1, (int)left);
		if (n > 0)
			return 0;
		if (n == 0) {
			set_timeout_error(client);
			return -1;
		}
		if (errno != EINTR) {
			set_error(client, "poll", strerror(errno));
			return -1;
		}
	}
}

/* Connect to one address. -1 with the error set and no socket left. */
static int
connect_to(
    struct client *client, const struct addrinfo *address, int64_t deadline)
{
	int failure = 0;
	socklen_t size = sizeof(failure);

	client->fd = socket(
	    address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (client->fd < 0) {
		set_error(client, "socket", strerror(errno));
		return -1;
	}
	if (connect(client->fd, address->ai_addr, address->ai_addrlen) == 0)
		return 0;
	if (errno != EINPROGRESS)
		set_error(client, "cannot connect", strerror(errno));
	else if (wait_for(client, POLLOUT, deadline) == 0) {
		getsockopt(client->fd, SOL_SOCKET, SO_ERROR, &failure, &size);
		if (failure == 0)
			return 0;
		set_error(client, "cannot connect", strerror(failure));
	}
	close(client->fd);
	client->fd = -1;
	return -1;
}

static int
connect_any(
    struct client *client, const char *host, uint16_t port, int64_t deadline)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list, *at;
	char service[port_text_max];
	int failure;

	snprintf(service, sizeof(service), "%" PRIu16, port);
	failure = getaddrinfo(host, service, &hints, &list);
	if (failure != 0) {
		set_error(client, "no address", gai_strerror(failure));
		return -1;
	}
	for (at = list; at != NULL; at = at->ai_next)
		if (connect_to(client, at, deadline) == 0)
			break;
	freeaddrinfo(list);
	return at == NULL ? -1 : 0;
}

/* What a failed call of OpenSSL means: CLIENT_DATA when it is worth another
 * try, after waiting for what it wants. */
static enum client_result
after_failure(struct client *client, int returned, int64_t deadline)
{
	int saved = errno, kind = SSL_get_error(client->ssl, returned);
	unsigned long code = ERR_peek_error();
	const char *reason;

	ERR_clear_error();
	if (kind == SSL_ERROR_WANT_READ || kind == SSL_ERROR_WANT_WRITE)
		return wait_for(client,
			   kind == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT,
			   deadline) == 0
		    ? CLIENT_DATA
		    : CLIENT_FAILED;
	if (kind == SSL_ERROR_ZERO_RETURN)
		return CLIENT_END;
	if ((kind == SSL_ERROR_SYSCALL && saved == 0) ||
	    (kind == SSL_ERROR_SSL &&
		ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING)) {
		set_error(client, "TLS", "the connection ended in the middle");
		return CLIENT_CUT;
	}
	reason = kind == SSL_ERROR_SYSCALL ? strerror(saved)
					   : ERR_reason_error_string(code);
	set_error(client, "TLS", reason == NULL ? "failed" : reason);
	return CLIENT_FAILED;
}

/* A key with a pass phrase is an error, not a question on the terminal. */
static int
on_pass_phrase(char *out, int size, int is_writing, void *context)
{
	(void)out;
	(void)size;
	(void)is_writing;
	(void)context;
	return -1;
}

static int
use_identity(struct client *client, const char *path)
{
	SSL_CTX *context = client->context;
	const char *reason;

	if (SSL_CTX_use_certificate_chain_file(context, path) == 1 &&
	    SSL_CTX_use_PrivateKey_file(context, path, SSL_FILETYPE_PEM) == 1 &&
	    SSL_CTX_check_private_key(context) == 1)
		return 0;
	reason = ERR_reason_error_string(ERR_peek_last_error());
	ERR_clear_error();
	buf_addf(&client->error,
	    "the identity %s cannot be used: %s: it must hold a certificate "
	    "and its key, both as PEM, the key without a pass phrase",
	    path, reason == NULL ? "not readable" : reason);
	return -1;
}

static void
make_context(struct client *client)
{
	client->context = SSL_CTX_new(TLS_client_method());
	assert(client->context != NULL);
	SSL_CTX_set_min_proto_version(client->context, TLS1_2_VERSION);
	SSL_CTX_set_verify(client->context, SSL_VERIFY_NONE, NULL);
	SSL_CTX_set_default_passwd_cb(client->context, on_pass_phrase);
}

static bool
is_address(const char *host)
{
	unsigned char bytes[sizeof(struct in6_addr)];

	return inet_pton(AF_INET, host, bytes) == 1 ||
	    inet_pton(AF_INET6, host, bytes) == 1;
}

static int
remember_peer(struct client *client)
{
	X509 *certificate = SSL_get0_peer_certificate(client->ssl);
	struct certificate_facts facts;
	struct arena arena = {0};

	if (certificate == NULL) {
		set_error(client, "TLS", "the server has no certificate");
		return -1;
	}
	certificate_describe(certificate, &arena, &facts);
	memcpy(client->peer.fingerprint, facts.fingerprint, fingerprint_size);
	memcpy(client->peer.key_fingerprint, facts.key_fingerprint,
	    fingerprint_size);
	client->peer.not_after = facts.not_after;
	client->peer.version = SSL_get_version(client->ssl);
	certificate_facts_fini(&facts);
	arena_fini(&arena);
	return 0;
}

/* Gemini specification, TLS: names go into SNI, addresses do not. OpenSSL
 * copies the name, but through a pointer that is not const. */
static bool
send_name(SSL *ssl, const char *host)
{
	char *name;
	bool ok;

	if (is_address(host))
		return true;
	name = mem_dup(host);
	ok = SSL_set_tlsext_host_name(ssl, name) == 1;
	mem_free(name);
	return ok;
}

static int
shake_hands(struct client *client, const char *host, int64_t deadline)
{
	int returned;

	client->ssl = SSL_new(client->context);
	assert(client->ssl != NULL);
	SSL_set_fd(client->ssl, client->fd);
	if (!send_name(client->ssl, host)) {
		set_error(client, "TLS", "the host name is too long");
		return -1;
	}
	for (;;) {
		errno = 0;
		ERR_clear_error();
		returned = SSL_connect(client->ssl);
		if (returned == 1)
			return remember_peer(client);
		if (after_failure(client, returned, deadline) != CLIENT_DATA)
			return -1;
	}
}

static int
client_start(struct client *client, const struct client_options *options)
{
	int64_t deadline = deadline_in(client);
	struct str host = options->host;
	char *name;
	int result = -1;

	if (host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']')
		host = str_from(host.p + 1, host.n - 2);
	name = str_to_c(str_first(host, host_max));
	make_context(client);
	if ((options->identity == NULL ||
		use_identity(client, options->identity) == 0) &&
	    connect_any(client, name, options->port, deadline) == 0)
		result = shake_hands(client, name, deadline);
	mem_free(name);
	return result;
}

struct client *
client_open(const struct client_options *options, struct buf *error)
{
	struct client *client = mem_alloc(sizeof(*client));

	client->fd = -1;
	client->timeout_seconds = options->timeout_seconds;
	buf_init(&client->error, error_max);
	if (client_start(client, options) == 0)
		return client;
	buf_add(error, buf_str(&client->error));
	client_close(&client);
	return NULL;
}

/* One call of SSL_shutdown() sends close_notify; the server's own answer to
 * it is not waited for. */
void
client_close(struct client **client)
{
	struct client *own = *client;

	if (own == NULL)
		return;
	if (own->ssl != NULL && SSL_is_init_finished(own->ssl))
		SSL_shutdown(own->ssl);
	ERR_clear_error();
	SSL_free(own->ssl);
	SSL_CTX_free(own->context);
	if (own->fd >= 0)
		close(own->fd);
	buf_fini(&own->error);
	mem_free(own);
	*client = NULL;
}

const struct client_peer *
client_get_peer(const struct client *client)
{
	return &client->peer;
}

int
client_write(struct client *client, struct str bytes, struct buf *error)
{
	int64_t deadline = deadline_in(client);
	size_t written;
	int returned;

	while (bytes.n > 0) {
		errno = 0;
		ERR_clear_error();
		returned =
		    SSL_write_ex(client->ssl, bytes.p, bytes.n, &written);
		if (returned == 1)
			bytes = str_from_index(bytes, written);
		else if (after_failure(client, returned, deadline) !=
		    CLIENT_DATA) {
			buf_add(error, buf_str(&client->error));
			return -1;
		}
	}
	return 0;
}

enum client_result
client_read(struct client *client, char *out, size_t size, size_t *n)
{
	int64_t deadline = deadline_in(client);
	enum client_result result;
	int returned;

	for (;;) {
		errno = 0;
		ERR_clear_error();
		returned = SSL_read_ex(client->ssl, out, size, n);
		if (returned == 1)
			return CLIENT_DATA;
		result = after_failure(client, returned, deadline);
		if (result != CLIENT_DATA)
			return result;
	}
}

struct str
client_get_error(const struct client *client)
{
	return buf_str(&client->error);
}
