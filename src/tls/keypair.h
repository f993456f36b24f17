#ifndef TLS_KEYPAIR_H
#define TLS_KEYPAIR_H

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "base/diag.h"
#include "base/str.h"
#include "base/vec.h"

/*
 * A certificate, the chain behind it, and the private key that was proven to
 * belong to it.
 */
struct keypair;

/* The names of the two files in a folder of keypair_make(). */
#define KEYPAIR_CERTIFICATE "certificate.pem"
#define KEYPAIR_KEY "key.pem"

/* Read the PEM chain and the PEM key at two paths. NULL with an error in diags
 * when a file cannot be read, holds nothing of its kind, is protected by a
 * pass phrase, is a key that all users of the machine can read, or when the
 * two do not belong together. A certificate that is out of date is only a
 * warning: a reader who trusts it by its fingerprint goes on doing so. */
struct keypair *keypair_load(
    const char *certificate, const char *key, struct diags *diags);
void keypair_free(struct keypair **keypair);

/* Have a pair for hosts (struct str, each a name in ASCII, "*." and a name, or
 * an IP address; at least one) in folder, which is made when missing: P-256,
 * self-signed, valid from yesterday to the end of 4095, the first host as
 * common name, all of them as subject alternative names ("localhost" with its
 * addresses), key.pem for its owner only. A pair that is there and matches
 * stays as it is, with a warning when it lacks a host. -1 with an error in
 * diags when the pair there is half missing or does not match, or when nothing
 * can be written. */
int keypair_make(
    const char *folder, const struct vec *hosts, struct diags *diags);

/* The same, in place of whatever pair is there. */
int keypair_replace(
    const char *folder, const struct vec *hosts, struct diags *diags);

/* The parts, which live as long as the pair. The chain is without the
 * certificate itself and may be empty. */
X509 *keypair_certificate(const struct keypair *keypair);
EVP_PKEY *keypair_key(const struct keypair *keypair);
STACK_OF(X509) * keypair_chain(const struct keypair *keypair);

#endif
