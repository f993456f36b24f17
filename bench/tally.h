#ifndef BENCH_TALLY_H
#define BENCH_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include <openssl/ssl.h>

/* How a request can fail, in the order in which it can. */
#define FAILURES(X)                     \
	X(CONNECT, "connect")           \
	X(HANDSHAKE, "handshake")       \
	X(WRITE, "write")               \
	X(READ, "read")                 \
	X(STATUS, "status")             \
	X(BODY, "body")                 \
	X(CLOSE_NOTIFY, "close_notify") \
	X(TIMEOUT, "timeout")

enum failure {
	FAILURE_NONE,
#define X(symbol, name) FAILURE_##symbol,
	FAILURES(X)
#undef X
	    FAILURE_COUNT
};

enum { TALLY_NAME_SIZE = 64 };

/* What became of the requests of a load. */
struct tally {
	uint32_t *latencies_us; /* of those that did not fail */
	size_t latency_count;
	size_t latency_max;
	long offered; /* connections that offered a ticket */
	long resumed;
	long outcomes[FAILURE_COUNT];
	char protocol[TALLY_NAME_SIZE]; /* of the first one */
	char cipher[TALLY_NAME_SIZE];
};

/* Make room for requests latencies. */
void tally_init(struct tally *tally, size_t requests);
void tally_fini(struct tally *tally);

/* Forget all that was counted. */
void tally_clear(struct tally *tally);

/* Count a connection that offers a ticket. */
void tally_add_offer(struct tally *tally);

/* Count a request that was answered in full over ssl in so many µs. */
void tally_add_success(struct tally *tally, const SSL *ssl, uint32_t us);

/* Count a request that failed; failure is not FAILURE_NONE. */
void tally_add_failure(struct tally *tally, enum failure failure);

/* The kind of failure that was seen, the first in order; or FAILURE_NONE. */
enum failure tally_find_failure(const struct tally *tally);

/* The name of a kind of failure, static. */
const char *failure_name(enum failure failure);

/*
 * Print the line of JSON on stdout, for requests that took seconds together
 * and whose replies had reply_bytes. Sorts the latencies.
 */
void tally_print(struct tally *tally, double seconds, size_t reply_bytes);

#endif
