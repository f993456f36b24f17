/*
 * The policy of every TLS connection: versions, ciphers, groups, tickets, and
 * which certificate a client gets. It moves no bytes.
 */
#include "tls/context.h"

#include <assert.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdbool.h>

#include "base/mem.h"
#include "tls/digest.h"
#include "tls/keypair.h"
#include "tls/sni.h"
#include "tls/tickets.h"

static const char cipher_suites[] = "TLS_AES_128_GCM_SHA256:"
				    "TLS_CHACHA20_POLY1305_SHA256:"
				    "TLS_AES_256_GCM_SHA384";

/* Of TLS 1.2, what has forward secrecy and authenticated encryption. */
static const char cipher_list[] = "ECDHE-ECDSA-AES128-GCM-SHA256:"
				  "ECDHE-RSA-AES128-GCM-SHA256:"
				  "ECDHE-ECDSA-CHACHA20-POLY1305:"
				  "ECDHE-RSA-CHACHA20-POLY1305:"
				  "ECDHE-ECDSA-AES256-GCM-SHA384:"
				  "ECDHE-RSA-AES256-GCM-SHA384";

enum {
	tickets_each = 1,
	ticket_seconds = tickets_epoch_ms / 1000,
	extension_psk_modes = 45, /* RFC 8446, 4.2 */
};

struct tls {
	struct sni sni;
	SSL_CTX **contexts; /* a site's each; the first for no name, too */
	size_t count;
	SSL_CTX *unnamed; /* the first site's, for names that are not served:
			     what the client named is told by the context */
};

/* A client's certificate is wanted, and never refused here: whether it will
 * do is decided for each page. protocol.md, 3.2. */
static int
on_verify(X509_STORE_CTX *store, void *unused)
{
	(void)unused;
	X509_STORE_CTX_set_error(store, X509_V_OK);
	return 1;
}

/* The name decides before a session is looked up, so that a ticket of another
 * capsule is none. */
static int
on_hello(SSL *ssl, int *alert, void *arg)
{
	const struct tls *tls = arg;
	const unsigned char *p;
	size_t n;
	int site = -1;

	(void)alert;
	if (SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_server_name, &p, &n))
		site = sni_find_raw(
		    &tls->sni, sni_parse(str_from((const char *)p, n)));
	if (site < 0)
		SSL_set_SSL_CTX(ssl, tls->unnamed);
	else if (site > 0)
		SSL_set_SSL_CTX(ssl, tls->contexts[site]);
	if (!SSL_client_hello_get0_ext(ssl, extension_psk_modes, &p, &n))
		SSL_set_num_tickets(ssl, 0);
	return SSL_CLIENT_HELLO_SUCCESS;
}

/* Without this answer a name that was served is not acknowledged. RFC 6066,
 * 3. */
static int
on_name(SSL *ssl, int *alert, void *arg)
{
	const struct tls *tls = arg;

	(void)alert;
	return tls_named_site(tls, ssl) < 0 ? SSL_TLSEXT_ERR_NOACK
					    : SSL_TLSEXT_ERR_OK;
}

/* What everybody has first. The library's macro wants numbers that are not
 * const. */
static bool
context_set_groups(SSL_CTX *context)
{
	int groups[] = {
	    NID_X25519, NID_X9_62_prime256v1, NID_secp384r1, NID_secp521r1};

	return SSL_CTX_set1_groups(
		   context, groups, sizeof(groups) / sizeof(groups[0])) == 1;
}

static bool
context_set_policy(SSL_CTX *context, const struct conf *conf)
{
	bool is_strict = str_eq(conf->tls_minimum, STR("1.3"));

	SSL_CTX_set_options(context,
	    SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA |
		SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
	SSL_CTX_clear_options(context, SSL_OP_ENABLE_MIDDLEBOX_COMPAT);
	SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
	SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_timeout(context, ticket_seconds);
	SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
	SSL_CTX_set_cert_verify_callback(context, on_verify, NULL);
	return SSL_CTX_set_min_proto_version(
		   context, is_strict ? TLS1_3_VERSION : TLS1_2_VERSION) == 1 &&
	    SSL_CTX_set_max_early_data(context, 0) == 1 &&
	    SSL_CTX_set_num_tickets(context, tickets_each) == 1 &&
	    SSL_CTX_set_ciphersuites(context, cipher_suites) == 1 &&
	    SSL_CTX_set_cipher_list(context, cipher_list) == 1 &&
	    context_set_groups(context);
}

/* A session belongs to the capsule: it cannot be resumed at another. */
static bool
context_set_session_id(SSL_CTX *context, const struct conf_capsule *capsule)
{
	unsigned char id[digest_size];
	struct str name = conf_capsule_name(capsule);

	digest_sha256(&name, 1, id);
	return SSL_CTX_set_session_id_context(context, id, sizeof(id)) == 1;
}

static bool
context_set_keypair(SSL_CTX *context, const struct keypair *keypair)
{
	return SSL_CTX_use_cert_and_key(context, keypair_certificate(keypair),
		   keypair_key(keypair), keypair_chain(keypair), 1) == 1;
}

static SSL_CTX *
context_new(const struct conf *conf, const struct tls_site *site,
    struct tickets *tickets, struct diags *diags)
{
	SSL_CTX *context = SSL_CTX_new(TLS_server_method());
	struct str name = conf_capsule_name(site->capsule);
	const char *reason;

	assert(context != NULL);
	if (context_set_policy(context, conf) &&
	    context_set_session_id(context, site->capsule) &&
	    context_set_keypair(context, site->keypair)) {
		tickets_use(tickets, context);
		return context;
	}
	reason = ERR_reason_error_string(ERR_peek_last_error());
	diags_error(diags, (struct diag_place){conf->file, 0, 0}, "certificate",
	    "give another certificate and key",
	    "OpenSSL refuses the certificate of %" STR_FMT " (%s)",
	    STR_ARG(name), reason == NULL ? "no reason given" : reason);
	ERR_clear_error();
	SSL_CTX_free(context);
	return NULL;
}

static void
context_set_callbacks(SSL_CTX *context, struct tls *tls)
{
	SSL_CTX_set_client_hello_cb(context, on_hello, tls);
	SSL_CTX_set_tlsext_servername_callback(context, on_name);
	SSL_CTX_set_tlsext_servername_arg(context, tls);
}

static int
tls_add_site(struct tls *tls, const struct tls_site *site, SSL_CTX *context)
{
	if (context == NULL)
		return -1;
	context_set_callbacks(context, tls);
	VEC_EACH (struct str, host, &site->capsule->hosts)
		sni_add(&tls->sni, *host, tls->count);
	tls->contexts[tls->count++] = context;
	return 0;
}

struct tls *
tls_new(const struct conf *conf, const struct tls_site *sites, size_t count,
    struct tickets *tickets, struct diags *diags)
{
	struct tls *tls = mem_alloc(sizeof(*tls));

	assert(count > 0);
	tls->contexts = mem_alloc_array(count, sizeof(SSL_CTX *));
	tls->unnamed = context_new(conf, &sites[0], tickets, diags);
	if (tls->unnamed == NULL)
		goto out;
	context_set_callbacks(tls->unnamed, tls);
	for (size_t i = 0; i < count; i++)
		if (tls_add_site(tls, &sites[i],
			context_new(conf, &sites[i], tickets, diags)) < 0)
			goto out;
	return tls;
out:
	tls_free(&tls);
	return NULL;
}

void
tls_free(struct tls **tls)
{
	if (*tls == NULL)
		return;
	for (size_t i = 0; i < (*tls)->count; i++)
		SSL_CTX_free((*tls)->contexts[i]);
	SSL_CTX_free((*tls)->unnamed);
	mem_free((*tls)->contexts);
	sni_fini(&(*tls)->sni);
	mem_free(*tls);
	*tls = NULL;
}

struct ssl_st *
tls_open(struct tls *tls)
{
	SSL *ssl = SSL_new(tls->contexts[0]);

	assert(ssl != NULL);
	SSL_set_accept_state(ssl);
	return ssl;
}

int
tls_named_site(const struct tls *tls, const struct ssl_st *ssl)
{
	const SSL_CTX *context = SSL_get_SSL_CTX(ssl);

	for (size_t i = 0; i < tls->count; i++)
		if (tls->contexts[i] == context)
			return (int)i;
	return -1;
}
