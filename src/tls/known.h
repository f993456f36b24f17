#ifndef TLS_KNOWN_H
#define TLS_KNOWN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "tls/certificate.h"

/*
 * Trust on first use: a file that remembers what each server presented, a line
 * each, the last one of a server counting:
 *
 *	HOST:PORT SHA256:CERTIFICATE SHA256:KEY EXPIRY
 *
 * Fingerprints are 64 upper-case hex digits, EXPIRY is RFC 3339. Lines that
 * are none, such as comments, are passed over. Gemini specification, TLS.
 */
struct known_host {
	struct str host; /* compared form; an IPv6 address in brackets */
	uint16_t port;
	char fingerprint[fingerprint_size];
	char key_fingerprint[fingerprint_size];
	int64_t not_after; /* wall seconds */
};

enum known_result {
	KNOWN_NEW, /* seen for the first time: remember it */
	KNOWN_SAME, /* as it was */
	KNOWN_RENEWED, /* another certificate for the same key: remember it */
	KNOWN_EXPIRED, /* another one, after the old one's end: remember it */
	KNOWN_CHANGED, /* another one before that: do not trust it */
};

enum { known_file_max = 16 * 1024 * 1024 };

/* Find host and port of *known in text, a whole file, and fill the rest of
 * *known. False when they are not there. */
bool known_find(struct str text, struct known_host *known);

/* Judge what a server presents by what text, a whole file, remembers of it.
 * *old gets what is remembered; its fingerprints are empty for KNOWN_NEW. now
 * is in wall seconds. */
enum known_result known_judge(struct str text,
    const struct known_host *presented, int64_t now, struct known_host *old);

/* Add to out the whole of the file at path; nothing when it is not there. -1
 * with errno. */
int known_read(const char *path, struct buf *out);

/* Remember a host in the file at path, which is made, with its folders, when
 * missing. One line in one write, so that several programs may do so at the
 * same time. -1 with errno. */
int known_add(const char *path, const struct known_host *host);

#endif
