/*
 * Hashes and random bytes, for those floors that do not see OpenSSL.
 */
#include "tls/digest.h"

#include <assert.h>
#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

void
digest_sha256(
    const struct str *parts, size_t count, unsigned char out[digest_size])
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	int ok;

	assert(context != NULL);
	ok = EVP_DigestInit_ex(context, EVP_sha256(), NULL);
	for (size_t i = 0; ok && i < count; i++)
		ok = EVP_DigestUpdate(context, parts[i].p, parts[i].n);
	ok = ok && EVP_DigestFinal_ex(context, out, NULL);
	assert(ok);
	EVP_MD_CTX_free(context);
}

void
digest_random(void *out, size_t size)
{
	int ok;

	assert(size <= INT_MAX);
	ok = RAND_bytes(out, (int)size);
	assert(ok == 1);
}

void
digest_forget(void *p, size_t size)
{
	OPENSSL_cleanse(p, size);
}
