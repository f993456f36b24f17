/*
 * From host names to sites, for the handshake and for the router. It does not
 * look at ports, and knows no certificates.
 */
#include "tls/sni.h"

#include <assert.h>
#include <stdbool.h>

/* Of the extension's fields, in bytes. */
enum { length_size = 2, type_size = 1, type_host_name = 0 };

enum { bits_per_byte = 8 };

void
sni_add(struct sni *sni, struct str host, size_t site)
{
	if (map_find(&sni->names, host) == NULL)
		map_put(&sni->names, host, (void *)(uintptr_t)(site + 1));
}

void
sni_fini(struct sni *sni)
{
	map_fini(&sni->names);
}

static int
sni_lookup(const struct sni *sni, struct str name)
{
	return (int)(uintptr_t)map_find(&sni->names, name) - 1;
}

int
sni_find(const struct sni *sni, struct str host)
{
	char wildcard[sni_name_max + 1];
	ptrdiff_t dot = str_find_char(host, '.');
	int site;

	if (str_starts(host, STR("*")))
		return -1;
	site = sni_lookup(sni, host);
	if (site >= 0 || dot <= 0 || host.n > sni_name_max)
		return site;
	host = str_from_index(host, (size_t)dot);
	wildcard[0] = '*';
	for (size_t i = 0; i < host.n; i++)
		wildcard[i + 1] = host.p[i];
	return sni_lookup(sni, str_from(wildcard, host.n + 1));
}

int
sni_find_raw(const struct sni *sni, struct str name)
{
	char lower[sni_name_max];

	if (str_ends(name, STR(".")))
		name.n--;
	if (name.n == 0 || name.n > sizeof(lower))
		return -1;
	for (size_t i = 0; i < name.n; i++)
		lower[i] = ascii_to_lower(name.p[i]);
	return sni_find(sni, str_from(lower, name.n));
}

/* Take a length of two bytes and so many bytes from *in. */
static bool
take_vector(struct str *in, struct str *out)
{
	const unsigned char *p = (const unsigned char *)in->p;
	size_t n;

	if (in->n < length_size)
		return false;
	n = (size_t)p[0] << bits_per_byte | p[1];
	*in = str_from_index(*in, length_size);
	if (n > in->n)
		return false;
	*out = str_first(*in, n);
	*in = str_from_index(*in, n);
	return true;
}

struct str
sni_parse(struct str extension)
{
	struct str list, name;

	if (!take_vector(&extension, &list) || list.n < type_size ||
	    list.p[0] != type_host_name)
		return STR("");
	list = str_from_index(list, type_size);
	return take_vector(&list, &name) ? name : STR("");
}
