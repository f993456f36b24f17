#ifndef TESTS_UNIT_TLS_SITES_H
#define TESTS_UNIT_TLS_SITES_H

#include <openssl/ssl.h>

#include "tls/context.h"

struct tickets;

/*
 * Two capsules, one.test and two.test (the second with *.wild.test too), whose
 * pairs are made in a folder of their own.
 */
struct sites;

struct sites *sites_new(void);
void sites_free(struct sites **sites);

/* New contexts of both, as after a reload; the caller gives them back. */
struct tls *sites_make_tls(const struct sites *sites, struct tickets *tickets);

/* The configuration of both. */
const struct conf *sites_conf(const struct sites *sites);

/* A context for clients, with the first site's pair as its own certificate
 * when has_identity. */
SSL_CTX *sites_make_client(const struct sites *sites, bool has_identity);

#endif
