/*
 * Addresses of peers, as bytes and as text.
 */
#include "net/address.h"

#include <arpa/inet.h>
#include <assert.h>
#include <netinet/in.h>
#include <string.h>

enum {
	ipv4_size = sizeof(struct in_addr),
	ipv6_size = sizeof(struct in6_addr),
	mapped_offset = ipv6_size - ipv4_size,
};

struct address
address_from(const struct sockaddr_storage *socket)
{
	struct address a = {.family = ADDRESS_NONE};
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	if (socket->ss_family == AF_INET) {
		memcpy(&v4, socket, sizeof(v4));
		a.family = ADDRESS_IPV4;
		memcpy(a.bytes, &v4.sin_addr, ipv4_size);
	} else if (socket->ss_family == AF_INET6) {
		memcpy(&v6, socket, sizeof(v6));
		if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) {
			a.family = ADDRESS_IPV4;
			memcpy(a.bytes, v6.sin6_addr.s6_addr + mapped_offset,
			    ipv4_size);
		} else {
			a.family = ADDRESS_IPV6;
			memcpy(a.bytes, &v6.sin6_addr, ipv6_size);
		}
	}
	return a;
}

size_t
address_size(struct address address)
{
	switch (address.family) {
	case ADDRESS_NONE:
		return 0;
	case ADDRESS_IPV4:
		return ipv4_size;
	case ADDRESS_IPV6:
		return ipv6_size;
	}
	return 0;
}

struct address
address_first(struct address address, size_t size)
{
	assert(size <= sizeof(address.bytes));
	memset(address.bytes + size, 0, sizeof(address.bytes) - size);
	return address;
}

void
address_add(struct buf *out, struct address address)
{
	char text[INET6_ADDRSTRLEN];
	int family = address.family == ADDRESS_IPV4 ? AF_INET : AF_INET6;

	if (address.family == ADDRESS_NONE) {
		buf_add_char(out, '-');
		return;
	}
	if (inet_ntop(family, address.bytes, text, sizeof(text)) != NULL)
		buf_add(out, str_from_c(text));
}
