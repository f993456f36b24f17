#ifndef TLS_IDENTITY_H
#define TLS_IDENTITY_H

#include "base/diag.h"
#include "base/str.h"

/* What a common name holds at most, in characters. RFC 5280,
 * ub-common-name. */
enum { identity_name_max = 64 };

/* Make a client certificate, signed by itself, and its key, and put both as
 * PEM into the new file at path, which only its owner can read. name is valid
 * UTF-8, has from 1 to identity_name_max bytes, and becomes the common name.
 * -1 with an error in diags, and nothing changed, when the file is there or
 * cannot be made. */
int identity_make(const char *path, struct str name, struct diags *diags);

#endif
