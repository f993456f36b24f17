#ifndef BENCH_TARGET_H
#define BENCH_TARGET_H

#include <stddef.h>
#include <sys/socket.h>

enum {
	TARGET_HOST_MAX = 256, /* bytes, the final NUL included */
	TARGET_URL_MAX = 1024, /* bytes; Gemini specification, Requests */
};

/* Where a load goes: one URL, and the address that is connected to for it. */
struct target {
	char host[TARGET_HOST_MAX]; /* of the URL: the name sent as SNI */
	char request[TARGET_URL_MAX + 2]; /* the URL and CRLF */
	size_t request_length;
	struct sockaddr_storage address;
	socklen_t address_length;
};

/*
 * Take a gemini URL, and resolve its authority, or connect_to ("HOST:PORT",
 * "[HOST]:PORT") when that is not NULL. 0, or -1 after saying on stderr that
 * the URL is none or that no address of the host is on the loopback.
 */
int target_parse(
    struct target *target, const char *url, const char *connect_to);

#endif
