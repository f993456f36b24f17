#ifndef TLS_SNI_H
#define TLS_SNI_H

#include <stddef.h>

#include "base/map.h"
#include "base/str.h"

/*
 * Which site a host name belongs to: exact names, and wildcards "*.example",
 * whose star is exactly one label. decisions.md, 27. Borrows the names. A
 * zeroed sni is ready for use.
 */
struct sni {
	struct map names; /* to the index of the site + 1, as a pointer */
};

enum { sni_name_max = 255 };

/* Let host, in compared form, belong to site; the first one to claim a name
 * keeps it. */
void sni_add(struct sni *sni, struct str host, size_t site);
void sni_fini(struct sni *sni);

/* The site of a name in compared form: by itself, else by a wildcard; -1 when
 * there is none. */
int sni_find(const struct sni *sni, struct str host);

/* The same for a name as a client sends it: in any case, perhaps with a dot at
 * its end. */
int sni_find_raw(const struct sni *sni, struct str name);

/* The host name in the body of a server_name extension; empty when there is
 * none, or the extension is broken. RFC 6066, 3. */
struct str sni_parse(struct str extension);

#endif
