#ifndef CLI_FETCH_H
#define CLI_FETCH_H

#include <stdbool.h>

#include "base/buf.h"
#include "cli/target.h"

/* Exit statuses of a fetch that got no reply; the others are the class of the
 * reply, 10 to 60. */
enum fetch_failure {
	FETCH_FAILED = 1, /* network, TLS, or what is no reply */
	FETCH_CHANGED = 3, /* a certificate that is not the known one */
};

struct fetch_options {
	const char *identity; /* PEM file of certificate and key, or NULL */
	const char *known_hosts; /* NULL: trust everyone */
	unsigned timeout_seconds;
	bool verbose; /* the header to stderr */
};

/* The header of the reply. */
struct fetch_reply {
	int code; /* 10 to 69 */
	struct buf meta;
};

/* Ask for target once: the header goes to reply, whose meta is initialised,
 * and the body of a success to stdout. 0 when a reply came to its end; else
 * an enum fetch_failure, said on stderr. */
int fetch(const struct fetch_options *options, const struct target *target,
    struct fetch_reply *reply);

#endif
