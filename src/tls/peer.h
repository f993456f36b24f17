#ifndef TLS_PEER_H
#define TLS_PEER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "tls/certificate.h"

struct ssl_st;

/* What a client's certificate says: fingerprints (decisions.md, 26), and the
 * seconds since 1970 between which it is valid. */
struct peer {
	char certificate[fingerprint_size]; /* of its DER */
	char key[fingerprint_size]; /* of its SubjectPublicKeyInfo */
	int64_t not_before;
	int64_t not_after;
};

/* The last certificates seen, so that each is taken apart once. Bounded: a new
 * one takes the place of an older. */
struct peer_cache;

struct peer_cache *peer_cache_new(void);
void peer_cache_free(struct peer_cache **cache);

/* The certificate that the client proved to have in this handshake or in the
 * one that is resumed; NULL when it sent none, or one that cannot be taken
 * apart. The result is void at the next call. */
const struct peer *peer_find(
    struct peer_cache *cache, const struct ssl_st *ssl);

/* Whether it is valid at the wall time now_ms, in milliseconds. */
bool peer_is_valid(const struct peer *peer, int64_t now_ms);

/* Whether one of the fingerprints, 64 upper-case hex digits each with spaces
 * between, is that of the certificate or of its key. */
bool peer_is_listed(const struct peer *peer, struct str fingerprints);

#endif
