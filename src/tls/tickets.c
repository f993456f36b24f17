/*
 * Keys of session tickets, by a one-way chain of secrets over the epochs. They
 * are never written anywhere, and never leave the process but by fork().
 */
#include "tls/tickets.h"

#include <assert.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <stdbool.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "tls/digest.h"

enum { name_size = 16 };

/* What OpenSSL's callback returns. */
enum { ticket_failed = -1, ticket_unknown = 0, ticket_ok = 1, ticket_old = 2 };

struct ticket_key {
	bool known; /* false before the first epoch */
	unsigned char name[digest_size]; /* of which name_size bytes count */
	unsigned char cipher[digest_size];
	unsigned char mac[digest_size];
};

enum { key_last, key_current, key_next, key_count };

struct tickets {
	int64_t epoch;
	unsigned char secret[digest_size]; /* of the epoch behind the present */
	struct ticket_key keys[key_count];
	EVP_CIPHER *cipher;
};

static void
secret_derive(const unsigned char secret[digest_size], struct str label,
    unsigned char out[digest_size])
{
	struct str parts[] = {
	    label, str_from((const char *)secret, digest_size)};

	digest_sha256(parts, sizeof(parts) / sizeof(parts[0]), out);
}

static void
key_derive(struct ticket_key *key, const unsigned char secret[digest_size])
{
	key->known = true;
	secret_derive(secret, STR("capsuled ticket name"), key->name);
	secret_derive(secret, STR("capsuled ticket cipher"), key->cipher);
	secret_derive(secret, STR("capsuled ticket mac"), key->mac);
}

/* One epoch on: the keys move up, and those of the next follow. */
static void
tickets_step(struct tickets *t)
{
	unsigned char secret[digest_size];

	t->epoch++;
	t->keys[key_last] = t->keys[key_current];
	t->keys[key_current] = t->keys[key_next];
	secret_derive(t->secret, STR("capsuled ticket epoch"), secret);
	memcpy(t->secret, secret, sizeof(secret));
	digest_forget(secret, sizeof(secret));
	key_derive(&t->keys[key_next], t->secret);
}

struct tickets *
tickets_new(int64_t now_ms)
{
	struct tickets *t = mem_alloc(sizeof(*t));

	t->epoch = now_ms / tickets_epoch_ms - 1;
	t->cipher = EVP_CIPHER_fetch(NULL, "AES-256-CBC", NULL);
	assert(t->cipher != NULL);
	digest_random(t->secret, sizeof(t->secret));
	key_derive(&t->keys[key_next], t->secret);
	tickets_step(t);
	return t;
}

void
tickets_free(struct tickets **tickets)
{
	if (*tickets == NULL)
		return;
	EVP_CIPHER_free((*tickets)->cipher);
	digest_forget(*tickets, sizeof(**tickets));
	mem_free(*tickets);
	*tickets = NULL;
}

void
tickets_advance(struct tickets *t, int64_t now_ms)
{
	while (t->epoch < now_ms / tickets_epoch_ms)
		tickets_step(t);
}

/* The key with that name; -1 when there is none. A ticket of the next epoch is
 * one of a worker whose clock was read a moment later. */
static int
tickets_find(const struct tickets *t, const unsigned char *name)
{
	for (int i = 0; i < key_count; i++)
		if (t->keys[i].known &&
		    memcmp(t->keys[i].name, name, name_size) == 0)
			return i;
	return -1;
}

static bool
key_start_mac(const struct ticket_key *key, EVP_MAC_CTX *mac)
{
	char sha256[] = "SHA256";
	OSSL_PARAM params[] = {
	    OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, sha256, 0),
	    OSSL_PARAM_construct_end(),
	};

	return EVP_MAC_init(mac, key->mac, sizeof(key->mac), params) == 1;
}

static int
ticket_seal(const struct tickets *t, unsigned char *name, unsigned char *iv,
    EVP_CIPHER_CTX *cipher, EVP_MAC_CTX *mac)
{
	const struct ticket_key *key = &t->keys[key_current];
	int iv_size = EVP_CIPHER_get_iv_length(t->cipher);

	memcpy(name, key->name, name_size);
	if (RAND_bytes(iv, iv_size) != 1 ||
	    EVP_EncryptInit_ex(cipher, t->cipher, NULL, key->cipher, iv) != 1 ||
	    !key_start_mac(key, mac))
		return ticket_failed;
	return ticket_ok;
}

static int
ticket_open(const struct tickets *t, const unsigned char *name,
    const unsigned char *iv, EVP_CIPHER_CTX *cipher, EVP_MAC_CTX *mac)
{
	int i = tickets_find(t, name);

	if (i < 0)
		return ticket_unknown;
	if (!key_start_mac(&t->keys[i], mac) ||
	    EVP_DecryptInit_ex(
		cipher, t->cipher, NULL, t->keys[i].cipher, iv) != 1)
		return ticket_failed;
	return i == key_last ? ticket_old : ticket_ok;
}

/* A client of TLS 1.3 uses a ticket once, so each use earns a new one. RFC
 * 8446, appendix C.4. */
static int
on_ticket(SSL *ssl, unsigned char *name, unsigned char *iv,
    EVP_CIPHER_CTX *cipher, EVP_MAC_CTX *mac, int seal)
{
	struct tickets *t = SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl));
	int result;

	tickets_advance(t, clock_monotonic_ms());
	if (seal)
		return ticket_seal(t, name, iv, cipher, mac);
	result = ticket_open(t, name, iv, cipher, mac);
	return result == ticket_ok && SSL_version(ssl) >= TLS1_3_VERSION
	    ? ticket_old
	    : result;
}

void
tickets_use(struct tickets *tickets, struct ssl_ctx_st *context)
{
	SSL_CTX_set_app_data(context, tickets);
	SSL_CTX_set_tlsext_ticket_key_evp_cb(context, on_ticket);
}
