/*
 * Who the client is. A certificate costs far more to take apart than a request
 * to answer, so the answers are kept.
 */
#include "tls/peer.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "tls/digest.h"

enum { slots = 256, ms_per_s = 1000 };

struct peer_slot {
	bool used;
	unsigned char digest[digest_size];
	struct peer peer;
};

struct peer_cache {
	struct peer_slot slots[slots]; /* by the first byte of the digest */
};

struct peer_cache *
peer_cache_new(void)
{
	return mem_alloc(sizeof(struct peer_cache));
}

void
peer_cache_free(struct peer_cache **cache)
{
	mem_free(*cache);
	*cache = NULL;
}

static bool
parse_time(const ASN1_TIME *time, int64_t *out)
{
	struct tm tm;

	if (ASN1_TIME_to_tm(time, &tm) != 1)
		return false;
	*out = timegm(&tm);
	return true;
}

static bool
peer_parse(struct peer *peer, const X509 *certificate)
{
	certificate_fingerprint(certificate, peer->certificate);
	certificate_key_fingerprint(certificate, peer->key);
	return parse_time(
		   X509_get0_notBefore(certificate), &peer->not_before) &&
	    parse_time(X509_get0_notAfter(certificate), &peer->not_after);
}

const struct peer *
peer_find(struct peer_cache *cache, const struct ssl_st *ssl)
{
	unsigned char digest[digest_size];
	const X509 *certificate = SSL_get0_peer_certificate(ssl);
	struct peer_slot *slot;
	unsigned n = sizeof(digest);

	if (certificate == NULL ||
	    X509_digest(certificate, EVP_sha256(), digest, &n) != 1)
		return NULL;
	slot = &cache->slots[digest[0]];
	if (slot->used && memcmp(slot->digest, digest, n) == 0)
		return &slot->peer;
	memcpy(slot->digest, digest, sizeof(digest));
	slot->used = peer_parse(&slot->peer, certificate);
	ERR_clear_error();
	return slot->used ? &slot->peer : NULL;
}

bool
peer_is_valid(const struct peer *peer, int64_t now_ms)
{
	return peer->not_before * ms_per_s <= now_ms &&
	    now_ms <= peer->not_after * ms_per_s;
}

bool
peer_is_listed(const struct peer *peer, struct str fingerprints)
{
	struct str certificate = str_from_c(peer->certificate);
	struct str key = str_from_c(peer->key);
	struct str one;
	bool more = true;

	while (more) {
		more = str_cut(&fingerprints, ' ', &one);
		if (str_eq(one, certificate) || str_eq(one, key))
			return true;
	}
	return false;
}
