#ifndef NET_ADDRESS_H
#define NET_ADDRESS_H

#include <sys/socket.h>

#include "base/buf.h"

enum { address_size_max = 16 };

enum address_family { ADDRESS_NONE, ADDRESS_IPV4, ADDRESS_IPV6 };

/* Where a peer is, without its port. An IPv4 address that came by an IPv6
 * socket is one of IPv4. Bytes that the family does not use are 0. */
struct address {
	enum address_family family;
	unsigned char bytes[address_size_max];
};

/* The address of a socket; of no family when it is neither IPv4 nor IPv6. */
struct address address_from(const struct sockaddr_storage *socket);

/* The number of bytes that the family has: 4, 16 or 0. */
size_t address_size(struct address address);

/* The address with all bytes but the first size set to 0. */
struct address address_first(struct address address, size_t size);

/* Add its text, without brackets; "-" for no family. RFC 5952. */
void address_add(struct buf *out, struct address address);

#endif
