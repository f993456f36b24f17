/*
 * Identities of people: a certificate and its key in one file. What they are
 * shown to is the client's.
 */
#include "tls/identity.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <string.h>

#include "base/file.h"
#include "tls/selfsigned.h"

enum { identity_mode = 0600 };

static int
write_file(const char *path, BIO *pem, struct diags *diags)
{
	struct diag_place place = {.file = str_from_c(path)};
	char *p = NULL;
	long n = BIO_get_mem_data(pem, &p);

	assert(n > 0);
	if (file_create(
		AT_FDCWD, path, identity_mode, str_from(p, (size_t)n)) == 0)
		return 0;
	if (errno == EEXIST)
		diags_error(diags, place, "identity-exists",
		    "name a new file, as servers know people by the old one",
		    "is there already");
	else
		diags_error(diags, place, "identity-unwritable",
		    "see that the folder is there and can be written",
		    "cannot be written: %s", strerror(errno));
	return -1;
}

int
identity_make(const char *path, struct str name, struct diags *diags)
{
	EVP_PKEY *key = selfsigned_key();
	X509 *certificate = selfsigned_identity(key, name);
	BIO *pem = BIO_new(BIO_s_secmem());
	int written, result;

	assert(pem != NULL);
	written = PEM_write_bio_X509(pem, certificate);
	assert(written == 1);
	written = PEM_write_bio_PrivateKey(pem, key, NULL, NULL, 0, NULL, NULL);
	assert(written == 1);
	result = write_file(path, pem, diags);
	BIO_free(pem);
	X509_free(certificate);
	EVP_PKEY_free(key);
	return result;
}
