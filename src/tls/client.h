#ifndef TLS_CLIENT_H
#define TLS_CLIENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "tls/certificate.h"

/*
 * A TLS connection of a client program, which waits: for `capsuled get`, never
 * for a server. Nothing is verified; whom to trust is the caller's decision,
 * from what client_get_peer() tells.
 *
 *	client_open -> client_get_peer -> client_write -> client_read ... ->
 *	client_close
 *
 * The caller has SIGPIPE ignored.
 */
struct client;

struct client_options {
	struct str host; /* a name, or an address with or without brackets */
	uint16_t port;
	const char *identity; /* PEM file of certificate and key, or NULL */
	unsigned timeout_seconds; /* to connect, and for each silence */
};

/* What the server presented. */
struct client_peer {
	char fingerprint[fingerprint_size];
	char key_fingerprint[fingerprint_size];
	int64_t not_after; /* wall seconds */
	const char *version; /* "TLSv1.3" */
};

enum client_result {
	CLIENT_DATA, /* bytes came */
	CLIENT_END, /* the server said that this is all (close_notify) */
	CLIENT_CUT, /* the connection ended without it */
	CLIENT_FAILED, /* told in the error */
};

/* Connect to the first address of host that answers, and shake hands; the name
 * goes into SNI unless it is an address. NULL with what is wrong in error. */
struct client *client_open(
    const struct client_options *options, struct buf *error);

/* Tell the server that no more comes, and let it go. */
void client_close(struct client **client);

const struct client_peer *client_get_peer(const struct client *client);

/* Send all of bytes. -1 with the reason in error. */
int client_write(struct client *client, struct str bytes, struct buf *error);

/* Read at most size bytes to out; *n gets how many, for CLIENT_DATA. */
enum client_result client_read(
    struct client *client, char *out, size_t size, size_t *n);

/* What is wrong after CLIENT_FAILED; lives as long as the client. */
struct str client_get_error(const struct client *client);

#endif
