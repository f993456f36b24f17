/*
 * tls/keypair, tls/certificate: pairs made, read back, refused.
 */
#include "tls/keypair.h"

#include <fcntl.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "tap.h"
#include "tls/certificate.h"

enum {
	file_max = 64 * 1024,
	path_max = 4096,
	private_mode = 0600,
	exposed_mode = 0644,
	permissions = 0777,
	serial_bits_min = 128,
	year_4096 = 67090118400 / 86400, /* days */
	day = 86400,
};

static char folder[] = "/tmp/capsuled-keypair.XXXXXX";

/* A path beneath the test's folder, of which eight are alive at once. */
static const char *
path_of(const char *name)
{
	enum { path_count = 8 };
	static char paths[path_count][path_max];
	static unsigned next;
	char *path = paths[next++ % path_count];

	snprintf(path, path_max, "%s/%s", folder, name);
	return path;
}

static struct vec
hosts_of(struct str first, struct str second)
{
	struct vec hosts = VEC_INIT(struct str);

	*(struct str *)vec_add(&hosts) = first;
	if (!str_is_empty(second))
		*(struct str *)vec_add(&hosts) = second;
	return hosts;
}

static int
make(const char *name, struct str first, struct str second, struct diags *diags)
{
	struct vec hosts = hosts_of(first, second);
	int result = keypair_make(path_of(name), &hosts, diags);

	vec_fini(&hosts);
	return result;
}

static bool
file_eq(const char *name, const struct buf *want)
{
	struct buf got;
	bool is_eq;

	buf_init(&got, file_max);
	is_eq = file_read(AT_FDCWD, path_of(name), &got, NULL) == 0 &&
	    str_eq(buf_str(&got), buf_str(want));
	buf_fini(&got);
	return is_eq;
}

static const char *
first_code(const struct diags *diags)
{
	return diags->list.n == 0
	    ? "none"
	    : ((const struct diag *)vec_get(&diags->list, 0))->code;
}

static void
test_names(const struct keypair *keypair)
{
	static const struct str want[] = {STR_INIT("localhost"),
	    STR_INIT("127.0.0.1"), STR_INIT("::1"), STR_INIT("*.example.org")};
	struct certificate_facts facts;
	struct arena arena = {0};

	certificate_describe(keypair_certificate(keypair), &arena, &facts);
	tap_str(facts.subject, STR("CN=localhost"), "the first host's name");
	tap_int(facts.names.n, sizeof(want) / sizeof(want[0]), "names");
	for (size_t i = 0; i < facts.names.n; i++)
		tap_str(*(struct str *)vec_get(&facts.names, i), want[i],
		    "name %zu", i);
	tap_int(facts.not_after, (long long)year_4096 * day, "until 4096");
	tap_int(str_from_c(facts.fingerprint).n, fingerprint_size - 1,
	    "a fingerprint's length");
	certificate_facts_fini(&facts);
	arena_fini(&arena);
}

static void
test_content(const struct keypair *keypair)
{
	X509 *certificate = keypair_certificate(keypair);
	BIGNUM *serial;

	serial = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), NULL);
	tap_ok(BN_num_bits(serial) >= serial_bits_min, "a long serial");
	BN_free(serial);
	tap_int(EVP_PKEY_get_bits(keypair_key(keypair)), 256, "P-256");
	tap_int(X509_get_version(certificate), X509_VERSION_3, "version 3");
	tap_int(X509_check_ca(certificate), 0, "no authority");
	tap_int(X509_verify(certificate, keypair_key(keypair)), 1,
	    "signed by itself");
	tap_int(X509_cmp_current_time(X509_get0_notBefore(certificate)), -1,
	    "valid since before now");
	tap_int(sk_X509_num(keypair_chain(keypair)), 0, "no chain");
}

static void
test_made(void)
{
	struct keypair *keypair;
	struct diags diags;
	struct stat st;

	diags_init(&diags);
	tap_int(
	    make("made/deep", STR("localhost"), STR("*.example.org"), &diags),
	    0, "a pair is made, with its folder");
	keypair = keypair_load(path_of("made/deep/certificate.pem"),
	    path_of("made/deep/key.pem"), &diags);
	tap_int(diags.list.n, 0, "nothing to say about it");
	if (tap_ok(keypair != NULL, "it loads")) {
		test_names(keypair);
		test_content(keypair);
	}
	keypair_free(&keypair);
	tap_ok(keypair == NULL, "and is gone");
	tap_ok(stat(path_of("made/deep/key.pem"), &st) == 0 &&
		(st.st_mode & permissions) == private_mode,
	    "the key is its owner's");
	diags_fini(&diags);
}

static void
test_kept(void)
{
	struct diags diags;
	struct buf before;

	diags_init(&diags);
	buf_init(&before, file_max);
	make("kept", STR("a.example"), STR(""), &diags);
	file_read(AT_FDCWD, path_of("kept/certificate.pem"), &before, NULL);
	tap_int(make("kept", STR("a.example"), STR(""), &diags), 0,
	    "a pair that is there is fine");
	tap_int(diags.list.n, 0, "without a word");
	tap_int(make("kept", STR("a.example"), STR("b.example"), &diags), 0,
	    "so is one that lacks a name");
	tap_str(str_from_c(first_code(&diags)), STR("certificate-names"),
	    "which is said");
	tap_ok(before.n > 0 && file_eq("kept/certificate.pem", &before),
	    "it is never overwritten");
	buf_fini(&before);
	diags_fini(&diags);
}

static void
test_half(const char *name, const char *lost, const char *code)
{
	char path[path_max];
	struct diags diags;

	diags_init(&diags);
	make(name, STR("a.example"), STR(""), &diags);
	snprintf(path, sizeof(path), "%s/%s/%s", folder, name, lost);
	unlink(path);
	tap_int(make(name, STR("a.example"), STR(""), &diags), -1,
	    "a pair without %s is an error", lost);
	tap_str(
	    str_from_c(first_code(&diags)), str_from_c(code), "the right one");
	tap_ok(access(path, F_OK) < 0, "and is left alone");
	diags_fini(&diags);
}

/* Load the certificate of one pair with the key file of another. */
static void
test_refused(const char *key, const char *code)
{
	struct keypair *keypair;
	struct diags diags;

	diags_init(&diags);
	keypair =
	    keypair_load(path_of("kept/certificate.pem"), path_of(key), &diags);
	tap_ok(keypair == NULL, "%s is refused", key);
	tap_str(str_from_c(first_code(&diags)), str_from_c(code),
	    "for the right reason");
	diags_fini(&diags);
}

/* Put the key of the pair that was made into a file with a pass phrase. */
static void
write_locked(const char *path)
{
	static unsigned char phrase[] = "secret";
	struct keypair *keypair;
	struct diags diags;
	BIO *out = BIO_new_file(path, "w");

	diags_init(&diags);
	keypair = keypair_load(path_of("made/deep/certificate.pem"),
	    path_of("made/deep/key.pem"), &diags);
	PEM_write_bio_PrivateKey(out, keypair_key(keypair), EVP_aes_128_cbc(),
	    phrase, sizeof(phrase) - 1, NULL, NULL);
	BIO_free(out);
	chmod(path, private_mode);
	keypair_free(&keypair);
	diags_fini(&diags);
}

static void
test_load(void)
{
	file_create(AT_FDCWD, path_of("empty.pem"), private_mode, STR(""));
	file_create(AT_FDCWD, path_of("words.pem"), private_mode,
	    STR("these are only words\n"));
	write_locked(path_of("locked.pem"));
	test_refused("made/deep/key.pem", "keypair-mismatch");
	test_refused("empty.pem", "key-missing");
	test_refused("words.pem", "key-missing");
	test_refused("locked.pem", "key-encrypted");
	test_refused("nowhere.pem", "keypair-unreadable");
	chmod(path_of("kept/key.pem"), exposed_mode);
	test_refused("kept/key.pem", "key-exposed");
}

static void
test_cover(void)
{
	struct vec names = hosts_of(STR("*.example.org"), STR("a.example"));
	struct vec address = hosts_of(STR("::1"), STR(""));

	tap_ok(certificate_names_cover(&names, STR("A.example")), "no case");
	tap_ok(certificate_names_cover(&names, STR("x.example.org")),
	    "a wildcard stands for a label");
	tap_ok(!certificate_names_cover(&names, STR("x.y.example.org")),
	    "for one label only");
	tap_ok(!certificate_names_cover(&names, STR("example.org")),
	    "not for none");
	tap_ok(certificate_names_cover(&names, STR("*.example.org")),
	    "a wildcard covers itself");
	tap_ok(certificate_names_cover(&address, STR("[::1]")),
	    "an address in brackets");
	vec_fini(&address);
	vec_fini(&names);
}

static void
test_twice(void)
{
	struct certificate_facts facts;
	struct arena arena = {0};
	struct diags diags;

	diags_init(&diags);
	make("twice", STR("localhost"), STR("[::1]"), &diags);
	tap_int(make("twice", STR("localhost"), STR("[::1]"), &diags), 0,
	    "a name and one of its own addresses");
	tap_int(diags.list.n, 0, "are both there");
	certificate_read(
	    path_of("twice/certificate.pem"), &arena, &facts, &diags);
	tap_int(facts.names.n, 3, "once each");
	certificate_facts_fini(&facts);
	arena_fini(&arena);
	diags_fini(&diags);
}

static void
test_long_name(void)
{
	struct str host = STR("a-label-of-forty-letters-that-is-too-long."
			      "for-a-common-name-together-with.example");
	struct certificate_facts facts;
	struct arena arena = {0};
	struct diags diags;

	diags_init(&diags);
	tap_int(make("long", host, STR("192.0.2.1"), &diags), 0,
	    "a name above 64 bytes");
	tap_int(certificate_read(
		    path_of("long/certificate.pem"), &arena, &facts, &diags),
	    0, "its certificate is read");
	tap_str(*(struct str *)vec_get(&facts.names, 0), host, "and named");
	tap_str(*(struct str *)vec_get(&facts.names, 1), STR("192.0.2.1"),
	    "beside an address");
	certificate_facts_fini(&facts);
	arena_fini(&arena);
	diags_fini(&diags);
}

int
main(void)
{
	char command[path_max];

	if (mkdtemp(folder) == NULL)
		return EXIT_FAILURE;
	test_made();
	test_kept();
	test_half("half1", "key.pem", "keypair-half");
	test_half("half2", "certificate.pem", "keypair-half");
	test_load();
	test_cover();
	test_twice();
	test_long_name();
	snprintf(command, sizeof(command), "rm -r %s", folder);
	tap_int(system(command), 0, "clean up");
	return tap_done();
}
