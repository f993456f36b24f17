/*
 * A load generator for a Gemini server on this machine: so many connections at
 * once, each a full handshake (or a resumed one), one request, one reply. Every
 * byte of every reply is compared and close_notify is asked for. The result is
 * one line of JSON. It measures nothing of the server but what a client sees.
 */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include "options.h"
#include "tally.h"
#include "target.h"

enum {
	REPLY_MAX = 128 * 1024 * 1024, /* bytes */
	CHUNK = 16 * 1024, /* bytes: the largest record */
	EVENTS_MAX = 256,
	TICK_MS = 250,
	TIMEOUT_SECONDS = 15, /* for one request */
	STATUS_LENGTH = 3, /* bytes: "20 " */
};

static const double ns_in_second = 1e9;
static const uint64_t ns_per_us = 1000;
static const uint64_t ns_per_ms = 1000 * 1000;
static const uint64_t ns_per_second = 1000 * 1000 * 1000;

struct bytes {
	char *data;
	size_t length;
	size_t size;
};

enum slot_state { SLOT_CONNECT, SLOT_HANDSHAKE, SLOT_REQUEST, SLOT_REPLY };

/* One of the connections at once; used again for the next request. */
struct slot {
	struct load *load;
	int fd; /* -1: idle */
	SSL *ssl;
	SSL_SESSION *session; /* the newest ticket, with --resume */
	enum slot_state state;
	uint32_t events;
	uint64_t started_ns;
	size_t received;
};

struct load {
	struct options options;
	struct target target;
	SSL_CTX *tls;
	int epoll;
	bool learning; /* the reply becomes the reference */
	struct bytes reference;
	struct slot *slots;
	long started;
	long finished;
	long limit; /* requests to start */
	uint64_t deadline_ns;
	struct tally tally;
};

static uint64_t
now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * ns_per_second + (uint64_t)now.tv_nsec;
}

static void
bytes_append(struct bytes *bytes, const char *data, size_t length)
{
	while (bytes->length + length > bytes->size) {
		bytes->size = bytes->size == 0 ? CHUNK : bytes->size * 2;
		bytes->data = realloc(bytes->data, bytes->size);
		if (bytes->data == NULL)
			abort();
	}
	memcpy(bytes->data + bytes->length, data, length);
	bytes->length += length;
}

/* Count the request and leave the slot idle. */
static void
slot_finish(struct slot *slot, enum failure failure)
{
	struct load *load = slot->load;
	uint64_t spent_ns = now_ns() - slot->started_ns;

	if (failure == FAILURE_NONE) {
		tally_add_success(
		    &load->tally, slot->ssl, (uint32_t)(spent_ns / ns_per_us));
		SSL_shutdown(slot->ssl);
	} else {
		tally_add_failure(&load->tally, failure);
		SSL_SESSION_free(slot->session);
		slot->session = NULL;
	}
	load->finished++;
	SSL_free(slot->ssl);
	slot->ssl = NULL;
	if (slot->fd >= 0)
		close(slot->fd);
	slot->fd = -1;
}

/* Ask for what OpenSSL waits for; false when result is a failure instead. */
static bool
slot_wait(struct slot *slot, int result)
{
	int error = SSL_get_error(slot->ssl, result);
	uint32_t events = error == SSL_ERROR_WANT_WRITE ? EPOLLOUT : EPOLLIN;
	struct epoll_event event = {.events = events, .data.ptr = slot};

	if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
		return false;
	if (slot->events == events)
		return true;
	slot->events = events;
	return epoll_ctl(slot->load->epoll, EPOLL_CTL_MOD, slot->fd, &event) ==
	    0;
}

/* Compare length more bytes with the reference, or add them to it. */
static enum failure
slot_check(struct slot *slot, const char *data, size_t length)
{
	struct load *load = slot->load;
	size_t at = slot->received;

	slot->received += length;
	if (load->learning) {
		if (load->reference.length + length > REPLY_MAX)
			return FAILURE_BODY;
		bytes_append(&load->reference, data, length);
		return FAILURE_NONE;
	}
	if (slot->received <= load->reference.length &&
	    memcmp(load->reference.data + at, data, length) == 0)
		return FAILURE_NONE;
	if (at < STATUS_LENGTH && length >= STATUS_LENGTH &&
	    memcmp(load->reference.data, data, STATUS_LENGTH) != 0)
		return FAILURE_STATUS;
	return FAILURE_BODY;
}

/* What the end of the stream means; SSL_read has returned result. */
static enum failure
slot_end(const struct slot *slot, int result)
{
	const struct load *load = slot->load;
	bool notified = SSL_get_shutdown(slot->ssl) & SSL_RECEIVED_SHUTDOWN;
	int error = SSL_get_error(slot->ssl, result);

	if (error != SSL_ERROR_ZERO_RETURN && slot->received == 0)
		return FAILURE_READ;
	if (error != SSL_ERROR_ZERO_RETURN || !notified)
		return FAILURE_CLOSE_NOTIFY;
	if (!load->learning && slot->received != load->reference.length)
		return FAILURE_BODY;
	return FAILURE_NONE;
}

static void
slot_read(struct slot *slot)
{
	char data[CHUNK];
	int result;

	for (;;) {
		enum failure failure;

		result = SSL_read(slot->ssl, data, sizeof data);
		if (result <= 0)
			break;
		failure = slot_check(slot, data, (size_t)result);
		if (failure != FAILURE_NONE) {
			slot_finish(slot, failure);
			return;
		}
	}
	if (!slot_wait(slot, result))
		slot_finish(slot, slot_end(slot, result));
}

static bool
slot_is_connected(const struct slot *slot)
{
	int error = 0;
	socklen_t length = sizeof error;

	return getsockopt(slot->fd, SOL_SOCKET, SO_ERROR, &error, &length) ==
	    0 &&
	    error == 0;
}

static void
slot_run(struct slot *slot)
{
	const struct load *load = slot->load;
	int result;

	ERR_clear_error();
	if (slot->state == SLOT_CONNECT) {
		if (!slot_is_connected(slot)) {
			slot_finish(slot, FAILURE_CONNECT);
			return;
		}
		slot->state = SLOT_HANDSHAKE;
	}
	if (slot->state == SLOT_HANDSHAKE) {
		result = SSL_connect(slot->ssl);
		if (result != 1) {
			if (!slot_wait(slot, result))
				slot_finish(slot, FAILURE_HANDSHAKE);
			return;
		}
		slot->state = SLOT_REQUEST;
	}
	if (slot->state == SLOT_REQUEST) {
		result = SSL_write(slot->ssl, load->target.request,
		    (int)load->target.request_length);
		if (result <= 0) {
			if (!slot_wait(slot, result))
				slot_finish(slot, FAILURE_WRITE);
			return;
		}
		slot->state = SLOT_REPLY;
	}
	slot_read(slot);
}

static void
slot_open_tls(struct slot *slot)
{
	struct load *load = slot->load;

	slot->ssl = SSL_new(load->tls);
	if (slot->ssl == NULL || SSL_set_fd(slot->ssl, slot->fd) != 1 ||
	    SSL_set_tlsext_host_name(slot->ssl, load->target.host) != 1)
		abort();
	SSL_set_app_data(slot->ssl, slot);
	if (slot->session != NULL) {
		SSL_set_session(slot->ssl, slot->session);
		tally_add_offer(&load->tally);
	}
}

static void
slot_start(struct slot *slot)
{
	struct load *load = slot->load;
	struct epoll_event event = {.events = EPOLLOUT, .data.ptr = slot};
	int no_delay = !load->options.nagle;

	load->started++;
	slot->started_ns = now_ns();
	slot->received = 0;
	slot->state = SLOT_CONNECT;
	slot->events = EPOLLOUT;
	slot->fd = socket(load->target.address.ss_family,
	    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (slot->fd < 0 ||
	    setsockopt(slot->fd, IPPROTO_TCP, TCP_NODELAY, &no_delay,
		sizeof no_delay) != 0 ||
	    (connect(slot->fd, (struct sockaddr *)&load->target.address,
		 load->target.address_length) != 0 &&
		errno != EINPROGRESS) ||
	    epoll_ctl(load->epoll, EPOLL_CTL_ADD, slot->fd, &event) != 0) {
		slot_finish(slot, FAILURE_CONNECT);
		return;
	}
	slot_open_tls(slot);
}

/* The ticket of a connection is offered by the next one in its slot. */
static int
on_session(SSL *ssl, SSL_SESSION *session)
{
	struct slot *slot = SSL_get_app_data(ssl);

	SSL_SESSION_free(slot->session);
	slot->session = session;
	return 1;
}

/* Gemini trusts on first use: no chain is built, so none is paid for. */
static int
on_verify(X509_STORE_CTX *store, void *argument)
{
	(void)store;
	(void)argument;
	return 1;
}

static bool
load_may_start(const struct load *load)
{
	return load->started < load->limit && now_ns() < load->deadline_ns;
}

/* Start a request in each idle slot, and end those that take too long. */
static void
load_sweep(struct load *load)
{
	uint64_t oldest_ns = now_ns() - TIMEOUT_SECONDS * ns_per_second;

	for (long i = 0; i < load->options.connections; i++) {
		struct slot *slot = &load->slots[i];

		if (slot->fd >= 0 && slot->started_ns < oldest_ns)
			slot_finish(slot, FAILURE_TIMEOUT);
		if (slot->fd < 0 && load_may_start(load))
			slot_start(slot);
	}
}

/* Run requests until limit are started or the time is over, and all ended. */
static void
load_run(struct load *load, long limit, uint64_t duration_ns)
{
	struct epoll_event events[EVENTS_MAX];
	uint64_t swept_ns = now_ns();

	load->started = 0;
	load->finished = 0;
	load->limit = limit;
	load->deadline_ns = swept_ns + duration_ns;
	load_sweep(load);
	while (load->finished < load->started || load_may_start(load)) {
		int count =
		    epoll_wait(load->epoll, events, EVENTS_MAX, TICK_MS);

		for (int i = 0; i < count; i++) {
			struct slot *slot = events[i].data.ptr;

			slot_run(slot);
			if (slot->fd < 0 && load_may_start(load))
				slot_start(slot);
		}
		if (now_ns() - swept_ns > TICK_MS * ns_per_ms) {
			swept_ns = now_ns();
			load_sweep(load);
		}
	}
}

/* Fetch the reply that all others are compared with. */
static int
load_learn(struct load *load)
{
	long connections = load->options.connections;
	enum failure failure;

	load->learning = true;
	load->options.connections = 1;
	load_run(load, 1, TIMEOUT_SECONDS * ns_per_second);
	load->options.connections = connections;
	load->learning = false;
	failure = tally_find_failure(&load->tally);
	if (failure != FAILURE_NONE) {
		fprintf(stderr, "load: the first request failed: %s\n",
		    failure_name(failure));
		return -1;
	}
	if (load->reference.length < STATUS_LENGTH ||
	    memcmp(load->reference.data, "20 ", STATUS_LENGTH) != 0) {
		fprintf(stderr, "load: the first reply is not 20: %.*s\n",
		    (int)load->reference.length, load->reference.data);
		return -1;
	}
	tally_clear(&load->tally);
	return 0;
}

/* The body of the reference must be the file's content. */
static int
load_expect(const struct load *load, const char *path)
{
	const struct bytes *reference = &load->reference;
	const char *newline = memchr(reference->data, '\n', reference->length);
	size_t header = newline == NULL
	    ? reference->length
	    : (size_t)(newline - reference->data) + 1;
	size_t body = reference->length - header;
	FILE *file = fopen(path, "rb");
	char data[CHUNK];
	size_t at = 0;
	size_t length;
	bool equal = true;

	if (file == NULL) {
		perror(path);
		return -1;
	}
	while (equal && (length = fread(data, 1, sizeof data, file)) > 0) {
		equal = length <= body - at &&
		    memcmp(reference->data + header + at, data, length) == 0;
		at += length;
	}
	fclose(file);
	if (equal && at == body)
		return 0;
	fprintf(stderr, "load: the first reply differs from %s\n", path);
	return -1;
}

static int
load_pin(const struct options *options)
{
	cpu_set_t set;

	if (options->cpu < 0)
		return 0;
	CPU_ZERO(&set);
	CPU_SET((size_t)options->cpu, &set);
	if (sched_setaffinity(0, sizeof set, &set) == 0)
		return 0;
	perror("load: --cpu");
	return -1;
}

static void
load_init(struct load *load)
{
	struct rlimit limit;

	signal(SIGPIPE, SIG_IGN);
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
	load->epoll = epoll_create1(EPOLL_CLOEXEC);
	load->tls = SSL_CTX_new(TLS_client_method());
	load->slots =
	    calloc((size_t)load->options.connections, sizeof *load->slots);
	tally_init(&load->tally, (size_t)load->options.requests);
	if (load->epoll < 0 || load->tls == NULL || load->slots == NULL)
		abort();
	for (long i = 0; i < load->options.connections; i++) {
		load->slots[i].load = load;
		load->slots[i].fd = -1;
	}
	SSL_CTX_set_cert_verify_callback(load->tls, on_verify, NULL);
	if (!load->options.resume)
		return;
	SSL_CTX_set_session_cache_mode(load->tls,
	    SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
	SSL_CTX_sess_set_new_cb(load->tls, on_session);
}

static void
load_fini(struct load *load)
{
	for (long i = 0; i < load->options.connections; i++)
		SSL_SESSION_free(load->slots[i].session);
	free(load->slots);
	free(load->reference.data);
	tally_fini(&load->tally);
	SSL_CTX_free(load->tls);
	close(load->epoll);
}

int
main(int argc, char **argv)
{
	static struct load load;
	enum failure failure;
	uint64_t started_ns;
	double seconds;

	if (options_parse(&load.options, argc, argv) != 0 ||
	    target_parse(
		&load.target, load.options.url, load.options.connect) != 0 ||
	    load_pin(&load.options) != 0)
		return 2;
	load_init(&load);
	if (load_learn(&load) != 0 ||
	    (load.options.expect != NULL &&
		load_expect(&load, load.options.expect) != 0))
		return 1;
	started_ns = now_ns();
	load_run(&load, load.options.requests,
	    (uint64_t)load.options.seconds * ns_per_second);
	seconds = (double)(now_ns() - started_ns) / ns_in_second;
	failure = tally_find_failure(&load.tally);
	tally_print(&load.tally, seconds, load.reference.length);
	load_fini(&load);
	return failure != FAILURE_NONE;
}
