/*
 * What a certificate says. Nothing here decides about trust.
 */
#include "tls/certificate.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"

enum {
	pem_max = 1024 * 1024,
	ip4_size = 4,
	ip6_size = 16,
};

static void
hex_write(const unsigned char *bytes, unsigned size, char out[fingerprint_size])
{
	static const char digits[] = "0123456789ABCDEF";
	static const unsigned high = 4, low_mask = 0xf;

	assert(size * 2 + 1 == fingerprint_size);
	for (unsigned i = 0; i < size; i++) {
		out[i * 2] = digits[bytes[i] >> high];
		out[i * 2 + 1] = digits[bytes[i] & low_mask];
	}
	out[size * 2] = '\0';
}

void
certificate_fingerprint(const X509 *certificate, char out[fingerprint_size])
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned size = 0;
	int done;

	done = X509_digest(certificate, EVP_sha256(), digest, &size);
	assert(done == 1);
	hex_write(digest, size, out);
}

void
certificate_key_fingerprint(const X509 *certificate, char out[fingerprint_size])
{
	unsigned char digest[EVP_MAX_MD_SIZE], *der = NULL;
	unsigned size = 0;
	int length, done;

	length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
	assert(length > 0);
	done =
	    EVP_Digest(der, (size_t)length, digest, &size, EVP_sha256(), NULL);
	assert(done == 1);
	OPENSSL_free(der);
	hex_write(digest, size, out);
}

static struct str
describe_subject(const X509 *certificate, struct arena *arena)
{
	BIO *bio = BIO_new(BIO_s_mem());
	struct str subject = STR("");
	char *text;
	long size;

	assert(bio != NULL);
	/* As text, not as the bytes of it. */
	X509_NAME_print_ex(bio, X509_get_subject_name(certificate), 0,
	    XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB);
	size = BIO_get_mem_data(bio, &text);
	if (size > 0)
		subject = arena_str(arena, str_from(text, (size_t)size));
	BIO_free(bio);
	return subject;
}

static struct str
describe_address(const ASN1_OCTET_STRING *address, struct arena *arena)
{
	char text[INET6_ADDRSTRLEN] = "";
	int size = ASN1_STRING_length(address);
	const unsigned char *bytes = ASN1_STRING_get0_data(address);

	if (size == ip4_size)
		inet_ntop(AF_INET, bytes, text, sizeof(text));
	else if (size == ip6_size)
		inet_ntop(AF_INET6, bytes, text, sizeof(text));
	return arena_str(arena, str_from_c(text));
}

static void
describe_names(const X509 *certificate, struct arena *arena, struct vec *names)
{
	const GENERAL_NAME *name;
	GENERAL_NAMES *all;
	struct str text;

	all = X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
	for (int i = 0; i < sk_GENERAL_NAME_num(all); i++) {
		name = sk_GENERAL_NAME_value(all, i);
		if (name->type == GEN_DNS)
			text = arena_str(arena,
			    str_from((const char *)ASN1_STRING_get0_data(
					 name->d.dNSName),
				(size_t)ASN1_STRING_length(name->d.dNSName)));
		else if (name->type == GEN_IPADD)
			text = describe_address(name->d.iPAddress, arena);
		else
			continue;
		*(struct str *)vec_add(names) = text;
	}
	GENERAL_NAMES_free(all);
}

/* The wall second of an ASN.1 time; 0 for one that is ill-formed. */
static int64_t
time_seconds(const ASN1_TIME *time)
{
	struct tm tm = {0};

	if (ASN1_TIME_to_tm(time, &tm) != 1)
		return 0;
	return timegm(&tm);
}

void
certificate_describe(const X509 *certificate, struct arena *arena,
    struct certificate_facts *facts)
{
	*facts = (struct certificate_facts){
	    .subject = describe_subject(certificate, arena),
	    .names = VEC_INIT(struct str),
	    .not_before = time_seconds(X509_get0_notBefore(certificate)),
	    .not_after = time_seconds(X509_get0_notAfter(certificate)),
	};
	describe_names(certificate, arena, &facts->names);
	certificate_fingerprint(certificate, facts->fingerprint);
	certificate_key_fingerprint(certificate, facts->key_fingerprint);
}

void
certificate_facts_fini(struct certificate_facts *facts)
{
	vec_fini(&facts->names);
}

int
certificate_read(const char *path, struct arena *arena,
    struct certificate_facts *facts, struct diags *diags)
{
	struct diag_place place = {.file = str_from_c(path)};
	X509 *certificate = NULL;
	struct buf pem;
	BIO *bio;

	buf_init(&pem, pem_max);
	if (file_read(AT_FDCWD, path, &pem, NULL) < 0) {
		diags_error(diags, place, "certificate-unreadable",
		    "check the path and its permissions", "%s",
		    strerror(errno));
		buf_fini(&pem);
		return -1;
	}
	bio = BIO_new_mem_buf(pem.p, (int)pem.n);
	if (bio != NULL)
		certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL);
	BIO_free(bio);
	buf_fini(&pem);
	ERR_clear_error();
	if (certificate == NULL) {
		diags_error(diags, place, "certificate-missing",
		    "give a file with the PEM of a certificate",
		    "there is no certificate in it");
		return -1;
	}
	certificate_describe(certificate, arena, facts);
	X509_free(certificate);
	return 0;
}

bool
certificate_names_cover(const struct vec *names, struct str host)
{
	struct str rest, label;
	bool has_rest;

	if (host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']')
		host = str_from(host.p + 1, host.n - 2);
	rest = host;
	has_rest = str_cut(&rest, '.', &label);
	VEC_EACH (struct str, name, names) {
		if (str_eq_nocase(*name, host))
			return true;
		if (has_rest && str_starts(*name, STR("*.")) &&
		    str_eq_nocase(str_from_index(*name, 2), rest))
			return true;
	}
	return false;
}
