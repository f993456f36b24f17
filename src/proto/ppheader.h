#ifndef PROTO_PPHEADER_H
#define PROTO_PPHEADER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include "base/str.h"

/*
 * The header that a proxy in front sends before anything else, to say who its
 * client is: PROXY protocol, version 1 (a line) or 2 (binary), as HAProxy's
 * proxy-protocol.txt has it. It may come in any pieces; what is too long to be
 * of use, such as extensions, is passed over and not kept.
 */
enum { ppheader_kept_max = 107 }; /* a line of version 1, with its CRLF */

/* A header while it comes in; all 0 at the start. */
struct ppheader {
	char kept[ppheader_kept_max];
	size_t size; /* of what is kept */
	size_t skip; /* bytes that are still to be passed over */
	bool is_complete; /* but for these */
};

enum ppheader_result {
	PPHEADER_MORE, /* all bytes were used, and more must come */
	PPHEADER_DONE, /* the bytes behind *used are the client's */
	PPHEADER_INVALID, /* the connection must be closed */
};

/* Take bytes; *used says how many belong to the header. */
enum ppheader_result ppheader_take(
    struct ppheader *header, struct str bytes, size_t *used);

/* The client's address and port that a whole header tells. ss_family is
 * AF_UNSPEC when it tells none: then the socket's own count (version 1
 * UNKNOWN; version 2 LOCAL, and families without an IP address or a stream). */
struct sockaddr_storage ppheader_source(const struct ppheader *header);

#endif
