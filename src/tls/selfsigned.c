/*
 * New keys and certificates, in memory. Files are keypair's. OpenSSL fails
 * here only for lack of memory or of randomness, neither of which a server can
 * do without.
 */
#include "tls/selfsigned.h"

#include <arpa/inet.h>
#include <assert.h>
#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/x509v3.h>

#include "base/mem.h"
#include "base/str.h"

enum {
	serial_bits = 159, /* positive in 20 bytes. RFC 5280, 4.1.2.2 */
	common_name_max = 64, /* RFC 5280, ub-common-name */
	day_seconds = 24 * 60 * 60,
};

/* Far enough never to surprise a reader; and not 9999-12-31, which some
 * clients take for an error. */
static const char end_of_validity[] = "40960101000000Z";

/* An invariant of the library: a call that cannot fail did not. */
static void
must(int is_done)
{
	assert(is_done == 1);
}

EVP_PKEY *
selfsigned_key(void)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");

	assert(key != NULL);
	return key;
}

static void
set_serial(X509 *certificate)
{
	BIGNUM *serial = BN_new();
	const ASN1_INTEGER *set;

	must(serial != NULL);
	must(BN_rand(serial, serial_bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY));
	set = BN_to_ASN1_INTEGER(serial, X509_get_serialNumber(certificate));
	assert(set != NULL);
	BN_free(serial);
}

static void
set_validity(X509 *certificate)
{
	const ASN1_TIME *set;

	set = X509_gmtime_adj(X509_getm_notBefore(certificate), -day_seconds);
	assert(set != NULL);
	must(ASN1_TIME_set_string(
	    X509_getm_notAfter(certificate), end_of_validity));
}

/* Subject and issuer are one. A name too long for a common name stands in the
 * alternative names alone. */
static void
set_name(X509 *certificate, struct str host)
{
	X509_NAME *name = X509_get_subject_name(certificate);

	if (host.n > common_name_max)
		host = STR("capsule");
	must(X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
	    (const unsigned char *)host.p, (int)host.n, -1, 0));
	must(X509_set_issuer_name(certificate, name));
}

/* Add a name that is not there yet; value is taken. */
static void
add_name(GENERAL_NAMES *names, int type, ASN1_STRING *value)
{
	GENERAL_NAME *name = GENERAL_NAME_new();

	assert(name != NULL && value != NULL);
	GENERAL_NAME_set0_value(name, type, value);
	for (int i = 0; i < sk_GENERAL_NAME_num(names); i++)
		if (GENERAL_NAME_cmp(sk_GENERAL_NAME_value(names, i), name) ==
		    0) {
			GENERAL_NAME_free(name);
			return;
		}
	must(sk_GENERAL_NAME_push(names, name) > 0);
}

static void
add_address(GENERAL_NAMES *names, const char *address)
{
	add_name(names, GEN_IPADD, a2i_IPADDRESS(address));
}

static void
add_dns_name(GENERAL_NAMES *names, struct str host)
{
	ASN1_STRING *value = ASN1_IA5STRING_new();

	assert(value != NULL);
	must(ASN1_STRING_set(value, host.p, (int)host.n));
	add_name(names, GEN_DNS, value);
}

/* Whether host is an address, which may stand in brackets; text gets it
 * without them, and is the caller's either way. */
static bool
is_address(struct str host, char **text)
{
	unsigned char bytes[sizeof(struct in6_addr)];

	if (host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']')
		host = str_from(host.p + 1, host.n - 2);
	*text = str_to_c(host);
	return inet_pton(AF_INET, *text, bytes) == 1 ||
	    inet_pton(AF_INET6, *text, bytes) == 1;
}

static void
add_host(GENERAL_NAMES *names, struct str host)
{
	char *text;

	if (is_address(host, &text))
		add_address(names, text);
	else
		add_dns_name(names, host);
	mem_free(text);
	if (str_eq_nocase(host, STR("localhost"))) {
		add_address(names, "127.0.0.1");
		add_address(names, "::1");
	}
}

static void
set_constraints(X509 *certificate)
{
	BASIC_CONSTRAINTS *constraints = BASIC_CONSTRAINTS_new();

	assert(constraints != NULL);
	must(X509_add1_ext_i2d(
	    certificate, NID_basic_constraints, constraints, 1, 0));
	BASIC_CONSTRAINTS_free(constraints);
}

static void
set_hosts(X509 *certificate, const struct vec *hosts)
{
	GENERAL_NAMES *names = GENERAL_NAMES_new();

	assert(names != NULL);
	VEC_EACH (struct str, host, hosts)
		add_host(names, *host);
	must(X509_add1_ext_i2d(certificate, NID_subject_alt_name, names, 0, 0));
	GENERAL_NAMES_free(names);
}

/* A certificate with a name, and with alternative ones for hosts, which may be
 * NULL. */
static X509 *
make_certificate(EVP_PKEY *key, struct str name, const struct vec *hosts)
{
	X509 *certificate = X509_new();
	int size;

	assert(certificate != NULL);
	must(X509_set_version(certificate, X509_VERSION_3));
	set_serial(certificate);
	set_validity(certificate);
	set_name(certificate, name);
	set_constraints(certificate);
	if (hosts != NULL)
		set_hosts(certificate, hosts);
	must(X509_set_pubkey(certificate, key));
	size = X509_sign(certificate, key, EVP_sha256());
	assert(size > 0);
	return certificate;
}

X509 *
selfsigned_certificate(EVP_PKEY *key, const struct vec *hosts)
{
	return make_certificate(
	    key, *(const struct str *)vec_get(hosts, 0), hosts);
}

X509 *
selfsigned_identity(EVP_PKEY *key, struct str name)
{
	return make_certificate(key, name, NULL);
}
