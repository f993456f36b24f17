#ifndef NET_STREAM_H
#define NET_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct ssl_st;
struct stream_hub;
struct tls;

/*
 * One connection's bytes, under TLS. Whatever OpenSSL writes in a turn of the
 * loop (ticket, reply, close_notify) is gathered and leaves in one send(); a
 * turn reads by one recv(). Both go through buffers of the hub, which all
 * streams share: only what the socket did not take stays with the stream. So a
 * stream at rest costs no buffer, and one whose client has sent nothing no TLS
 * object either.
 *
 * A turn: stream_wake(), any of the calls below, and at its end stream_flush()
 * or stream_fini(), so that nothing gathered is left behind.
 */
struct stream {
	struct stream_hub *hub;
	struct ssl_st *ssl; /* NULL before the first byte and after the end */
	int fd;
	bool may_receive; /* this turn's recv() is still to come */
	bool ended; /* the peer's FIN has come */
	bool is_last; /* FIN follows what is sent next */
	char *unsent;
	size_t unsent_offset;
	size_t unsent_size;
	uint64_t sent; /* bytes that the socket has taken */
};

enum stream_result {
	STREAM_DONE,
	STREAM_WAIT, /* for the socket */
	STREAM_END, /* the peer sends no more */
	STREAM_FAILED, /* nothing more can be said over TLS */
};

enum {
	stream_piece_max = 128 * 1024, /* of plain text, gathered at once */
	stream_record_max = 16 * 1024,
};

/* The buffers and the TLS of one worker; borrows tls. The caller gives it back
 * with stream_hub_free(&hub). */
struct stream_hub *stream_hub_new(struct tls *tls);
void stream_hub_free(struct stream_hub **hub);

/* Start on fd, a connected socket that does not block, and own it. */
void stream_init(struct stream *s, struct stream_hub *hub, int fd);

/* Close the socket, and give all back. */
void stream_fini(struct stream *s);

/* Start a turn, in which the socket may be read once. */
void stream_wake(struct stream *s);

/* Bytes that come before TLS: *bytes are what this turn has brought of them,
 * STREAM_DONE, and stream_pass_over() the first n of them before the next
 * call. What is left is TLS's. */
enum stream_result stream_await_bytes(struct stream *s, struct str *bytes);
void stream_pass_over(struct stream *s, size_t n);

/* STREAM_DONE once the peer has sent a byte, which belongs to TLS. */
enum stream_result stream_await(struct stream *s);

/* Go on with the handshake. An alert may have been gathered when it failed. */
enum stream_result stream_handshake(struct stream *s);

/* Read at most size bytes, at least one, to p; *n says how many. */
enum stream_result stream_read(
    struct stream *s, char *p, size_t size, size_t *n);

/* Gather bytes for the peer. False when TLS has failed. */
bool stream_write(struct stream *s, struct str bytes);

/* Gather the close_notify, after which nothing more is written. */
void stream_close_notify(struct stream *s);

/* About how many bytes of plain text are worth gathering now: at most
 * stream_piece_max, and not much more than the socket takes, so that the rest
 * that stays with a slow reader is small. */
size_t stream_room(const struct stream *s);

/* Send what was gathered, or what was left of it. STREAM_WAIT: the rest waits
 * until the socket can be written. */
enum stream_result stream_flush(struct stream *s);

/* As stream_flush(), for the end: FIN goes with the last bytes, and the TLS
 * object is given back. */
enum stream_result stream_finish(struct stream *s);

/* Whether something waits until the socket can be written. */
bool stream_is_blocked(const struct stream *s);

/* Read once and drop it; adds the number of bytes to *n. STREAM_END at the
 * peer's FIN. */
enum stream_result stream_drain(struct stream *s, size_t *n);

/* How many bytes of all that were sent the peer's system has taken: what waits
 * in our own kernel for a slow reader does not count. */
uint64_t stream_taken(const struct stream *s);

/* Have the close reset the connection: the peer sees that it was cut, and the
 * kernel's buffers are free at once. */
void stream_cut(const struct stream *s);

/* The version of TLS, "TLSv1.3", or empty before the handshake. */
struct str stream_version(const struct stream *s);

#endif
