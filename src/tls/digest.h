#ifndef TLS_DIGEST_H
#define TLS_DIGEST_H

#include <stddef.h>

#include "base/str.h"

enum { digest_size = 32 };

/* SHA-256 of the parts, one after the other. */
void digest_sha256(
    const struct str *parts, size_t count, unsigned char out[digest_size]);

/* size bytes that nobody can foretell. */
void digest_random(void *out, size_t size);

/* Overwrite size bytes at p in a way that the compiler keeps. */
void digest_forget(void *p, size_t size);

#endif
