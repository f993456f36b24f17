/*
 * Two capsules with certificates, for the tests of what serves them.
 */
#include "tls/sites.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "tls/keypair.h"

enum { site_count = 2, path_max = 4096 };

struct sites {
	char folder[path_max];
	struct conf *conf;
	struct keypair *pairs[site_count];
};

static void
path_print(
    char out[path_max], const struct sites *s, size_t i, const char *name)
{
	int n = snprintf(out, path_max, "%.4000s/%zu%s", s->folder, i, name);

	if (n < 0 || n >= path_max)
		abort();
}

static void
add_host(struct conf_capsule *capsule, struct str host)
{
	*(struct str *)vec_add(&capsule->hosts) = host;
}

static void
make_pair(struct sites *s, size_t i, struct diags *diags)
{
	const struct conf_capsule *capsule = vec_get(&s->conf->capsules, i);
	char folder[path_max], certificate[path_max], key[path_max];

	path_print(folder, s, i, "");
	path_print(certificate, s, i, "/" KEYPAIR_CERTIFICATE);
	path_print(key, s, i, "/" KEYPAIR_KEY);
	if (keypair_make(folder, &capsule->hosts, diags) == 0)
		s->pairs[i] = keypair_load(certificate, key, diags);
	unlink(certificate);
	unlink(key);
	rmdir(folder);
	if (s->pairs[i] == NULL)
		abort();
}

struct sites *
sites_new(void)
{
	struct sites *s = mem_alloc(sizeof(*s));
	struct diags diags;

	diags_init(&diags);
	snprintf(s->folder, path_max, "/tmp/capsuled-sites.XXXXXX");
	if (mkdtemp(s->folder) == NULL)
		abort();
	s->conf = conf_new();
	add_host(conf_add_capsule(s->conf), STR("one.test"));
	add_host(conf_add_capsule(s->conf), STR("two.test"));
	add_host(vec_get(&s->conf->capsules, 1), STR("*.wild.test"));
	for (size_t i = 0; i < site_count; i++)
		make_pair(s, i, &diags);
	rmdir(s->folder);
	diags_fini(&diags);
	return s;
}

void
sites_free(struct sites **sites)
{
	for (size_t i = 0; i < site_count; i++)
		keypair_free(&(*sites)->pairs[i]);
	conf_free(&(*sites)->conf);
	mem_free(*sites);
	*sites = NULL;
}

struct tls *
sites_make_tls(const struct sites *s, struct tickets *tickets)
{
	struct tls_site sites[site_count];
	struct diags diags;
	struct tls *tls;

	diags_init(&diags);
	for (size_t i = 0; i < site_count; i++)
		sites[i] = (struct tls_site){
		    vec_get(&s->conf->capsules, i), s->pairs[i]};
	tls = tls_new(s->conf, sites, site_count, tickets, &diags);
	if (tls == NULL)
		abort();
	diags_fini(&diags);
	return tls;
}

const struct conf *
sites_conf(const struct sites *s)
{
	return s->conf;
}

SSL_CTX *
sites_make_client(const struct sites *s, bool has_identity)
{
	SSL_CTX *client = SSL_CTX_new(TLS_client_method());

	if (client == NULL ||
	    (has_identity &&
		SSL_CTX_use_cert_and_key(client,
		    keypair_certificate(s->pairs[0]), keypair_key(s->pairs[0]),
		    NULL, 1) != 1))
		abort();
	SSL_CTX_set_session_cache_mode(
	    client, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
	return client;
}
