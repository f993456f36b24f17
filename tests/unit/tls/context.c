/*
 * tls/context, tls/tickets, tls/peer: handshakes in memory, by a client of
 * OpenSSL's.
 */
#include "tls/context.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "tls/sites.h"
#include "tap.h"
#include "tls/peer.h"
#include "tls/tickets.h"

enum {
	turns_max = 16,
	pipe_max = 64 * 1024,
	byte_max = 1,
	ms_per_s = 1000,
	ticket_seconds_max = 24 * 60 * 60,
};

/* Both ends of one connection. */
struct link {
	SSL *client;
	SSL *server;
	SSL_SESSION *session; /* the newest that the client got */
};

static int
on_session(SSL *ssl, SSL_SESSION *session)
{
	struct link *link = SSL_get_app_data(ssl);

	SSL_SESSION_free(link->session);
	link->session = session;
	return 1;
}

static void
link_open(struct link *link, struct tls *tls, SSL_CTX *client)
{
	BIO *left, *right;

	*link =
	    (struct link){.client = SSL_new(client), .server = tls_open(tls)};
	if (link->client == NULL ||
	    BIO_new_bio_pair(&left, pipe_max, &right, pipe_max) != 1)
		abort();
	SSL_set_bio(link->client, left, left);
	SSL_set_bio(link->server, right, right);
	SSL_set_connect_state(link->client);
	SSL_set_app_data(link->client, link);
	SSL_CTX_sess_set_new_cb(client, on_session);
}

/* Shake hands, and let the client read its ticket. True when both ends say
 * that it is done. */
static bool
link_shake(struct link *link)
{
	char byte[byte_max];

	for (int i = 0; i < turns_max; i++) {
		SSL_do_handshake(link->client);
		SSL_do_handshake(link->server);
	}
	if (!SSL_is_init_finished(link->client) ||
	    !SSL_is_init_finished(link->server))
		return false;
	SSL_read(link->client, byte, sizeof(byte));
	return true;
}

/* What is left when a connection is over, for the next one. */
static SSL_SESSION *
link_close(struct link *link)
{
	SSL_SESSION *session = link->session;

	SSL_shutdown(link->client);
	SSL_shutdown(link->server);
	SSL_free(link->client);
	SSL_free(link->server);
	return session;
}

/* The library's macros copy these texts, through pointers that are not
 * const. */
static void
link_name(struct link *link, const char *name)
{
	char *copy = mem_dup(name);

	SSL_set_tlsext_host_name(link->client, copy);
	mem_free(copy);
}

static void
client_offer(SSL_CTX *client, const char *groups)
{
	char *copy = mem_dup(groups);

	SSL_CTX_set1_groups_list(client, copy);
	mem_free(copy);
}

/* A whole connection that names name, and may bring a session. Tells whether
 * that was resumed; *session is then the new one, if there is one: in TLS 1.2
 * a ticket is good for many uses. */
static bool
visit(struct tls *tls, SSL_CTX *client, const char *name, SSL_SESSION **session)
{
	struct link link;
	SSL_SESSION *earned;
	bool resumed;

	link_open(&link, tls, client);
	link_name(&link, name);
	if (*session != NULL)
		SSL_set_session(link.client, *session);
	tap_ok(link_shake(&link), "a visit to %s", name);
	resumed = SSL_session_reused(link.server);
	earned = link_close(&link);
	if (earned != NULL) {
		SSL_SESSION_free(*session);
		*session = earned;
	}
	return resumed;
}

static void
test_names(struct tls *tls, SSL_CTX *client)
{
	static const struct {
		const char *name; /* NULL: none is sent */
		int site;
		const char *subject;
	} cases[] = {
	    {"one.test", 0, "/CN=one.test"},
	    {"TWO.test", 1, "/CN=two.test"},
	    {"a.wild.test", 1, "/CN=two.test"},
	    {"a.b.wild.test", -1, "/CN=one.test"},
	    {"foreign.test", -1, "/CN=one.test"},
	    {NULL, -1, "/CN=one.test"},
	};
	struct link link;
	X509 *certificate;
	char *subject;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *name = cases[i].name;

		link_open(&link, tls, client);
		if (name != NULL)
			link_name(&link, name);
		else
			name = "no name";
		tap_ok(link_shake(&link), "handshake with %s", name);
		tap_int(tls_named_site(tls, link.server), cases[i].site,
		    "site of %s", name);
		certificate = SSL_get0_peer_certificate(link.client);
		subject = X509_NAME_oneline(
		    X509_get_subject_name(certificate), NULL, 0);
		tap_str(str_from_c(subject), str_from_c(cases[i].subject),
		    "certificate for %s", name);
		OPENSSL_free(subject);
		SSL_SESSION_free(link_close(&link));
	}
}

static bool
shakes(struct tls *tls, SSL_CTX *client, struct link *link)
{
	link_open(link, tls, client);
	return link_shake(link);
}

static void
test_policy(struct tls *tls, const struct sites *sites)
{
	static const struct {
		const char *what;
		int version_max;
		const char *ciphers; /* of TLS 1.2 */
		const char *groups;
		const char *cipher; /* that is taken; NULL: refused */
	} cases[] = {
	    {"TLS 1.3", TLS1_3_VERSION, NULL, NULL, "TLS_AES_128_GCM_SHA256"},
	    {"TLS 1.2", TLS1_2_VERSION, NULL, NULL,
		"ECDHE-ECDSA-AES128-GCM-SHA256"},
	    {"TLS 1.1", TLS1_1_VERSION, "ALL:@SECLEVEL=0", NULL, NULL},
	    {"CBC", TLS1_2_VERSION, "ECDHE-ECDSA-AES128-SHA256", NULL, NULL},
	    {"no forward secrecy", TLS1_2_VERSION, "AES128-GCM-SHA256", NULL,
		NULL},
	    {"P-384 only", TLS1_3_VERSION, NULL, "P-384",
		"TLS_AES_128_GCM_SHA256"},
	    {"a group that is not taken", TLS1_3_VERSION, NULL, "ffdhe2048",
		NULL},
	};
	struct link link;
	SSL_CTX *client;
	bool is_done;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		client = sites_make_client(sites, false);
		SSL_CTX_set_max_proto_version(client, cases[i].version_max);
		if (cases[i].ciphers != NULL)
			SSL_CTX_set_cipher_list(client, cases[i].ciphers);
		if (cases[i].groups != NULL)
			client_offer(client, cases[i].groups);
		is_done = shakes(tls, client, &link);
		tap_ok(is_done == (cases[i].cipher != NULL), "handshake: %s",
		    cases[i].what);
		if (is_done)
			tap_str(str_from_c(SSL_get_cipher(link.client)),
			    str_from_c(cases[i].cipher), "cipher: %s",
			    cases[i].what);
		SSL_SESSION_free(link_close(&link));
		SSL_CTX_free(client);
	}
}

static bool
same_ticket(const SSL_SESSION *a, const SSL_SESSION *b)
{
	const unsigned char *p, *q;
	size_t n, m;

	SSL_SESSION_get0_ticket(a, &p, &n);
	SSL_SESSION_get0_ticket(b, &q, &m);
	return n == m && memcmp(p, q, n) == 0;
}

static void
test_tickets(struct tls *tls, struct tickets *tickets,
    const struct sites *sites, int version)
{
	SSL_CTX *client = sites_make_client(sites, false);
	struct tls *reloaded = sites_make_tls(sites, tickets);
	struct tickets *others = tickets_new(clock_monotonic_ms());
	struct tls *foreign = sites_make_tls(sites, others);
	SSL_SESSION *session = NULL, *kept;

	SSL_CTX_set_max_proto_version(client, version);
	tap_ok(!visit(tls, client, "one.test", &session),
	    "the first handshake is a full one");
	tap_ok(session != NULL && SSL_SESSION_is_resumable(session),
	    "it gives a ticket");
	tap_ok(
	    SSL_SESSION_get_ticket_lifetime_hint(session) <= ticket_seconds_max,
	    "for a day at most");
	tap_int(SSL_SESSION_get_max_early_data(session), 0, "no early data");
	kept = SSL_SESSION_dup(session);
	tap_ok(visit(tls, client, "one.test", &session), "that resumes");
	tap_ok(version < TLS1_3_VERSION || !same_ticket(session, kept),
	    "in TLS 1.3 each use earns a new one");
	SSL_SESSION_free(kept);
	tap_ok(visit(reloaded, client, "one.test", &session),
	    "after a reload too");
	tap_ok(!visit(reloaded, client, "two.test", &session),
	    "but not at another capsule");
	tap_ok(visit(reloaded, client, "a.wild.test", &session),
	    "another name of the same capsule does");
	tap_ok(!visit(foreign, client, "two.test", &session),
	    "another server's keys do not");
	SSL_SESSION_free(session);
	tls_free(&foreign);
	tickets_free(&others);
	tls_free(&reloaded);
	SSL_CTX_free(client);
}

static void
test_epochs(const struct sites *sites)
{
	int64_t now_ms = clock_monotonic_ms();
	struct tickets *tickets = tickets_new(now_ms);
	struct tls *tls = sites_make_tls(sites, tickets);
	SSL_CTX *client = sites_make_client(sites, false);
	SSL_SESSION *session = NULL, *kept;

	visit(tls, client, "one.test", &session);
	kept = SSL_SESSION_dup(session);
	now_ms += tickets_epoch_ms;
	tickets_advance(tickets, now_ms);
	tap_ok(visit(tls, client, "one.test", &session),
	    "a ticket of the last epoch resumes");
	now_ms += tickets_epoch_ms;
	tickets_advance(tickets, now_ms);
	tap_ok(visit(tls, client, "one.test", &session),
	    "the one that it earned then too");
	tap_ok(!visit(tls, client, "one.test", &kept),
	    "one of two epochs ago does not");
	tickets_advance(tickets, 0);
	tap_ok(visit(tls, client, "one.test", &session),
	    "an earlier time changes nothing");
	SSL_SESSION_free(session);
	SSL_SESSION_free(kept);
	SSL_CTX_free(client);
	tls_free(&tls);
	tickets_free(&tickets);
}

static void
test_peer(struct tls *tls, const struct sites *sites)
{
	SSL_CTX *client = sites_make_client(sites, true);
	SSL_CTX *nobody = sites_make_client(sites, false);
	struct peer_cache *cache = peer_cache_new();
	const struct peer *peer;
	struct link link;
	struct buf list;

	tap_ok(shakes(tls, client, &link), "a self-signed identity is taken");
	peer = peer_find(cache, link.server);
	tap_ok(peer != NULL && peer_find(cache, link.server) == peer,
	    "it is found, and found again");
	tap_int(str_from_c(peer->certificate).n, fingerprint_size - 1,
	    "with its fingerprint");
	tap_ok(strcmp(peer->certificate, peer->key) != 0,
	    "and another of its key");
	buf_init(&list, pipe_max);
	buf_addf(&list, "AB %s", peer->certificate);
	tap_ok(peer_is_listed(peer, buf_str(&list)), "it is on a list");
	buf_clear(&list);
	buf_addf(&list, "%s AB", peer->key);
	tap_ok(peer_is_listed(peer, buf_str(&list)), "so is its key");
	tap_ok(!peer_is_listed(peer, STR("AB  CD")), "on others it is not");
	tap_ok(!peer_is_listed(peer, STR("")), "nor on an empty one");
	tap_ok(peer_is_valid(peer, clock_wall_ms()), "valid now");
	tap_ok(!peer_is_valid(peer, (peer->not_before - 1) * ms_per_s) &&
		peer_is_valid(peer, peer->not_before * ms_per_s),
	    "not valid before its time");
	tap_ok(!peer_is_valid(peer, (peer->not_after + 1) * ms_per_s) &&
		peer_is_valid(peer, peer->not_after * ms_per_s),
	    "not valid after its time");
	SSL_SESSION_free(link_close(&link));
	tap_ok(shakes(tls, nobody, &link), "no identity is taken");
	tap_ok(peer_find(cache, link.server) == NULL, "and is none");
	SSL_SESSION_free(link_close(&link));
	buf_fini(&list);
	peer_cache_free(&cache);
	SSL_CTX_free(client);
	SSL_CTX_free(nobody);
}

int
main(void)
{
	struct sites *sites = sites_new();
	struct tickets *tickets = tickets_new(clock_monotonic_ms());
	struct tls *tls = sites_make_tls(sites, tickets);
	SSL_CTX *client = sites_make_client(sites, false);

	test_names(tls, client);
	test_policy(tls, sites);
	test_tickets(tls, tickets, sites, TLS1_3_VERSION);
	test_tickets(tls, tickets, sites, TLS1_2_VERSION);
	test_epochs(sites);
	test_peer(tls, sites);
	SSL_CTX_free(client);
	tls_free(&tls);
	tickets_free(&tickets);
	sites_free(&sites);
	return tap_done();
}
