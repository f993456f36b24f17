#ifndef TLS_SELFSIGNED_H
#define TLS_SELFSIGNED_H

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "base/str.h"
#include "base/vec.h"

/* A new private key on P-256, which the caller frees. */
EVP_PKEY *selfsigned_key(void);

/* A certificate for key, signed by itself, as keypair_make() describes it. The
 * caller frees it. */
X509 *selfsigned_certificate(EVP_PKEY *key, const struct vec *hosts);

/* The same for a person, as identity_make() describes it. */
X509 *selfsigned_identity(EVP_PKEY *key, struct str name);

#endif
