#ifndef TLS_CONTEXT_H
#define TLS_CONTEXT_H

#include <stddef.h>

#include "base/diag.h"
#include "conf/conf.h"

struct keypair;
struct ssl_st;
struct tickets;

/* A capsule and what proves that it is the one. Borrows both. */
struct tls_site {
	const struct conf_capsule *capsule;
	struct keypair *keypair;
};

/*
 * All that TLS needs of one configuration: a context for each capsule. The
 * name that the client sends (SNI) picks one; an unknown name, or none, gets
 * the first capsule's certificate. decisions.md, 16 and 27.
 */
struct tls;

/* The contexts of count sites, at least one. conf, tickets and what the sites
 * point to must outlive the result, which the caller gives back with
 * tls_free(&tls). NULL with an error in diags when OpenSSL refuses a
 * certificate. */
struct tls *tls_new(const struct conf *conf, const struct tls_site *sites,
    size_t count, struct tickets *tickets, struct diags *diags);
void tls_free(struct tls **tls);

/* A new connection's object, on the server's side, without a BIO; the caller
 * gives it back with SSL_free(). */
struct ssl_st *tls_open(struct tls *tls);

/* The index of the site that the client named, once its hello was read; -1
 * when it named none or one that is not served. */
int tls_named_site(const struct tls *tls, const struct ssl_st *ssl);

#endif
