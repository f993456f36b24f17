/*
 * Pairs of a certificate and its key: read, proven, made. Who is trusted is
 * not decided here.
 */
#include "tls/keypair.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "tls/certificate.h"
#include "tls/selfsigned.h"

enum {
	pem_max = 1024 * 1024,
	folder_mode = 0700,
	certificate_mode = 0644,
	key_mode = 0600,
};

struct keypair {
	X509 *certificate;
	STACK_OF(X509) * chain;
	EVP_PKEY *key;
};

/* The two paths of a pair, and where messages go. */
struct pair_files {
	const char *certificate;
	const char *key;
	struct diags *diags;
};

static struct diag_place
at_file(const char *path)
{
	return (struct diag_place){.file = str_from_c(path)};
}

/* A key that has a pass phrase must not make a server ask the terminal. */
static int
on_pass_phrase(char *out, int size, int is_writing, void *context)
{
	(void)out;
	(void)size;
	(void)is_writing;
	*(bool *)context = true;
	return -1;
}

/* The whole of a PEM file as a BIO over pem, which the caller wipes. */
static BIO *
pem_open(const char *path, struct buf *pem, struct diags *diags)
{
	BIO *bio;

	if (file_read(AT_FDCWD, path, pem, NULL) < 0) {
		diags_error(diags, at_file(path), "keypair-unreadable",
		    "check the path and its permissions", "%s",
		    strerror(errno));
		return NULL;
	}
	bio = BIO_new_mem_buf(pem->p == NULL ? "" : pem->p, (int)pem->n);
	assert(bio != NULL);
	return bio;
}

static int
load_chain(struct keypair *keypair, const char *path, struct diags *diags)
{
	struct buf pem;
	X509 *next;
	BIO *bio;

	buf_init(&pem, pem_max);
	bio = pem_open(path, &pem, diags);
	if (bio == NULL) {
		buf_fini(&pem);
		return -1;
	}
	keypair->certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL);
	while (keypair->certificate != NULL &&
	    (next = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL)
		if (sk_X509_push(keypair->chain, next) == 0)
			X509_free(next);
	BIO_free(bio);
	buf_fini(&pem);
	ERR_clear_error();
	if (keypair->certificate == NULL)
		diags_error(diags, at_file(path), "certificate-missing",
		    "give a file with the PEM of a certificate",
		    "there is no certificate in it");
	return keypair->certificate == NULL ? -1 : 0;
}

static int
check_key_mode(const char *path, struct diags *diags)
{
	struct stat st;

	if (stat(path, &st) < 0 || (st.st_mode & S_IROTH) == 0)
		return 0;
	diags_error(diags, at_file(path), "key-exposed",
	    "take the permission away with chmod o-rwx",
	    "the private key can be read by all users of this machine");
	return -1;
}

static int
load_key(struct keypair *keypair, const char *path, struct diags *diags)
{
	bool has_pass_phrase = false;
	struct buf pem;
	BIO *bio;

	buf_init(&pem, pem_max);
	bio = pem_open(path, &pem, diags);
	if (bio != NULL)
		keypair->key = PEM_read_bio_PrivateKey(
		    bio, NULL, on_pass_phrase, &has_pass_phrase);
	if (bio != NULL && has_pass_phrase)
		diags_error(diags, at_file(path), "key-encrypted",
		    "write it without one: openssl pkey -in FILE -out NEW",
		    "the private key is protected by a pass phrase");
	else if (bio != NULL && keypair->key == NULL)
		diags_error(diags, at_file(path), "key-missing",
		    "give a file with the PEM of an unencrypted key",
		    "there is no private key in it");
	BIO_free(bio);
	if (pem.n > 0)
		OPENSSL_cleanse(pem.p, pem.n);
	buf_fini(&pem);
	ERR_clear_error();
	return keypair->key == NULL ? -1 : 0;
}

static int
check_match(const struct keypair *keypair, const struct pair_files *files)
{
	int is_pair;

	is_pair = X509_check_private_key(keypair->certificate, keypair->key);
	ERR_clear_error();
	if (is_pair == 1)
		return 0;
	diags_error(files->diags, at_file(files->certificate),
	    "keypair-mismatch", "name the two files that were made together",
	    "the certificate does not belong to the private key in %s",
	    files->key);
	return -1;
}

static void
warn_of_dates(const struct keypair *keypair, const struct pair_files *files)
{
	const X509 *certificate = keypair->certificate;

	if (X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0)
		diags_warning(files->diags, at_file(files->certificate),
		    "certificate-expired", "put a new certificate in its place",
		    "the certificate has expired");
	else if (X509_cmp_current_time(X509_get0_notBefore(certificate)) > 0)
		diags_warning(files->diags, at_file(files->certificate),
		    "certificate-early", "check the clock of this machine",
		    "the certificate is not valid yet");
}

static struct keypair *
pair_load(const struct pair_files *files)
{
	struct keypair *keypair = mem_alloc(sizeof(*keypair));

	keypair->chain = sk_X509_new_null();
	assert(keypair->chain != NULL);
	if (load_chain(keypair, files->certificate, files->diags) < 0 ||
	    check_key_mode(files->key, files->diags) < 0 ||
	    load_key(keypair, files->key, files->diags) < 0 ||
	    check_match(keypair, files) < 0)
		keypair_free(&keypair);
	return keypair;
}

struct keypair *
keypair_load(const char *certificate, const char *key, struct diags *diags)
{
	struct pair_files files = {certificate, key, diags};
	struct keypair *keypair = pair_load(&files);

	if (keypair != NULL)
		warn_of_dates(keypair, &files);
	return keypair;
}

void
keypair_free(struct keypair **keypair)
{
	if (*keypair == NULL)
		return;
	X509_free((*keypair)->certificate);
	sk_X509_pop_free((*keypair)->chain, X509_free);
	EVP_PKEY_free((*keypair)->key);
	mem_free(*keypair);
	*keypair = NULL;
}

X509 *
keypair_certificate(const struct keypair *keypair)
{
	return keypair->certificate;
}

EVP_PKEY *
keypair_key(const struct keypair *keypair)
{
	return keypair->key;
}

STACK_OF(X509) * keypair_chain(const struct keypair *keypair)
{
	return keypair->chain;
}

static int
pem_write(const char *path, mode_t mode, BIO *bio, struct diags *diags)
{
	struct str bytes;
	char *p = NULL;
	long n;

	n = BIO_get_mem_data(bio, &p);
	assert(n > 0);
	bytes = str_from(p, (size_t)n);
	if (file_replace(AT_FDCWD, path, mode, bytes) == 0)
		return 0;
	diags_error(diags, at_file(path), "keypair-unwritable",
	    "check the folder's permissions and the space left",
	    "the new pair cannot be written: %s", strerror(errno));
	return -1;
}

/* The key first: a certificate on disk always has its key. */
static int
pair_write(const struct pair_files *files, X509 *certificate, EVP_PKEY *key)
{
	BIO *key_pem = BIO_new(BIO_s_secmem());
	BIO *certificate_pem = BIO_new(BIO_s_mem());
	int written, result = -1;

	assert(key_pem != NULL && certificate_pem != NULL);
	written =
	    PEM_write_bio_PrivateKey(key_pem, key, NULL, NULL, 0, NULL, NULL);
	assert(written == 1);
	written = PEM_write_bio_X509(certificate_pem, certificate);
	assert(written == 1);
	if (pem_write(files->key, key_mode, key_pem, files->diags) == 0 &&
	    pem_write(files->certificate, certificate_mode, certificate_pem,
		files->diags) == 0)
		result = 0;
	BIO_free(key_pem);
	BIO_free(certificate_pem);
	return result;
}

static int
pair_make(const struct pair_files *files, const struct vec *hosts)
{
	EVP_PKEY *key = selfsigned_key();
	X509 *certificate = selfsigned_certificate(key, hosts);
	int result = pair_write(files, certificate, key);

	X509_free(certificate);
	EVP_PKEY_free(key);
	return result;
}

/* A pair that is there is proven, and never changed by itself: readers have
 * learned to trust it. */
static int
pair_keep(const struct pair_files *files, const struct vec *hosts)
{
	struct keypair *keypair = pair_load(files);
	struct certificate_facts facts;
	struct arena arena = {0};

	if (keypair == NULL)
		return -1;
	certificate_describe(keypair->certificate, &arena, &facts);
	VEC_EACH (struct str, host, hosts)
		if (!certificate_names_cover(&facts.names, *host))
			diags_warning(files->diags, at_file(files->certificate),
			    "certificate-names",
			    "capsuled cert new --force makes another, which "
			    "readers' clients will ask about",
			    "the certificate does not name %" STR_FMT,
			    STR_ARG(*host));
	certificate_facts_fini(&facts);
	arena_fini(&arena);
	keypair_free(&keypair);
	return 0;
}

static bool
is_there(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

static int
pair_make_unless_there(const struct pair_files *files, const struct vec *hosts)
{
	bool has_certificate = is_there(files->certificate);
	bool has_key = is_there(files->key);

	if (has_certificate && has_key)
		return pair_keep(files, hosts);
	if (!has_certificate && !has_key)
		return pair_make(files, hosts);
	diags_error(files->diags,
	    at_file(has_key ? files->key : files->certificate), "keypair-half",
	    "put the other file back, or remove this one to have a new pair "
	    "made",
	    "%s beside it is missing",
	    has_key ? KEYPAIR_CERTIFICATE : KEYPAIR_KEY);
	return -1;
}

static int
in_folder(const char *folder, const struct vec *hosts, struct diags *diags,
    int (*work)(const struct pair_files *files, const struct vec *hosts))
{
	struct arena arena = {0};
	struct pair_files files = {
	    .certificate =
		arena_printf(&arena, "%s/" KEYPAIR_CERTIFICATE, folder).p,
	    .key = arena_printf(&arena, "%s/" KEYPAIR_KEY, folder).p,
	    .diags = diags,
	};
	int result = -1;

	assert(hosts->n > 0);
	if (file_make_dirs(folder, folder_mode) < 0)
		diags_error(diags, at_file(folder), "keypair-unwritable",
		    "check the permissions of the folder above it",
		    "the folder cannot be made: %s", strerror(errno));
	else
		result = work(&files, hosts);
	arena_fini(&arena);
	return result;
}

int
keypair_make(const char *folder, const struct vec *hosts, struct diags *diags)
{
	return in_folder(folder, hosts, diags, pair_make_unless_there);
}

int
keypair_replace(
    const char *folder, const struct vec *hosts, struct diags *diags)
{
	return in_folder(folder, hosts, diags, pair_make);
}
