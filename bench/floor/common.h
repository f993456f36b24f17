#ifndef BENCH_FLOOR_COMMON_H
#define BENCH_FLOOR_COMMON_H

#include <stdbool.h>
#include <stddef.h>

#include <openssl/ssl.h>

enum {
	FLOOR_REQUEST_MAX = 1026, /* bytes: a URL of 1024 and CRLF */
	FLOOR_BYTES_DEFAULT = 1024,
	FLOOR_BYTES_MAX = 128 * 1024 * 1024,
};

/*
 * What both loops start from: a listening socket on 127.0.0.1, a TLS context
 * that holds the certificate and is on OpenSSL's defaults otherwise, and the
 * one reply that every request line gets.
 */
struct floor {
	SSL_CTX *tls;
	int listener; /* non-blocking, close-on-exec */
	unsigned port;
	char *reply; /* header line and body */
	size_t reply_length;
};

/*
 * Read --port, --certificate, --key and --bytes from the command line and make
 * everything in *floor. 0, or -1 after saying on stderr what is wrong; then
 * nothing in *floor is to be released.
 */
int floor_init(struct floor *floor, int argc, char **argv);

/* Print the ready line. From here on connections are answered. */
void floor_ready(const struct floor *floor);

/* True when the length bytes just read at data end a request line. */
bool floor_ends_request(const char *data, size_t length);

#endif
