#ifndef TLS_CERTIFICATE_H
#define TLS_CERTIFICATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/vec.h"

struct x509_st; /* OpenSSL's X509 */

enum { fingerprint_size = 64 + 1 }; /* hex digits and a NUL */

/* Upper-case hex of the SHA-256 of the certificate's DER, and of its public
 * key's (SubjectPublicKeyInfo). decisions.md, 26. */
void certificate_fingerprint(
    const struct x509_st *certificate, char out[fingerprint_size]);
void certificate_key_fingerprint(
    const struct x509_st *certificate, char out[fingerprint_size]);

/* What people want to know of a certificate. */
struct certificate_facts {
	struct str subject; /* RFC 2253, empty when there is none */
	struct vec names; /* struct str: DNS names and IP addresses */
	char fingerprint[fingerprint_size];
	char key_fingerprint[fingerprint_size];
	int64_t not_before; /* wall seconds */
	int64_t not_after;
};

/* Fill facts, whose texts live in arena; certificate_facts_fini() is due. */
void certificate_describe(const struct x509_st *certificate,
    struct arena *arena, struct certificate_facts *facts);
void certificate_facts_fini(struct certificate_facts *facts);

/* The facts of the first certificate in the PEM file at path. -1 with an error
 * in diags. On success certificate_facts_fini() is due. */
int certificate_read(const char *path, struct arena *arena,
    struct certificate_facts *facts, struct diags *diags);

/* Whether names, as in the facts, cover host, which is a name, "*." and a name
 * or an address, in brackets or not: equal without case, or a wildcard for its
 * first label. */
bool certificate_names_cover(const struct vec *names, struct str host);

#endif
