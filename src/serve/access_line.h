#ifndef SERVE_ACCESS_LINE_H
#define SERVE_ACCESS_LINE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "conf/conf.h"
#include "net/address.h"
#include "proto/reply.h"
#include "tls/peer.h"

/* What the log tells of one request. */
struct access_entry {
	int64_t wall_ms;
	int64_t duration_ms;
	uint64_t body_bytes;
	struct address from;
	enum status status;
	struct str url; /* as it came; a query is not shown */
	struct str tls; /* the version, or empty */
	const struct peer *peer; /* or NULL */
};

/* More than any line takes: a URL of which each byte is escaped, and the rest.
 */
enum { access_line_max = 8192 };

/* Add a line, without its end, to out. Whatever the client sent is escaped, and
 * a query, which may be what somebody typed, is only told to be there. address
 * is the text to show. The formats:
 *
 *	line		decisions.md, 25
 *	json		an object of the same fields under their names in lower
 *			case; null where one is absent
 *	common		ADDRESS - FINGERPRINT [TIME] "URL" STATUS BYTES, after
 *			the Common Log Format of web servers
 *	combined	the same, with "-" "-" at its end, as there is neither
 *			a referrer nor a user agent
 */
void access_print(struct buf *out, enum conf_log_format format,
    const struct access_entry *entry, struct str address);

/* Add an address as the operator wants it shown; wall_ms picks the day, by
 * which a hash changes. */
void access_print_address(struct buf *out, enum conf_addresses how,
    struct address address, struct str salt, int64_t wall_ms);

#endif
