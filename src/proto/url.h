#ifndef PROTO_URL_H
#define PROTO_URL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

/* The parts of an absolute URL as they stand in it; they borrow from it. */
struct url {
	struct str scheme;
	struct str host; /* an IP literal keeps its brackets */
	bool has_userinfo;
	bool has_port; /* false for "host" and for "host:" */
	uint16_t port;
	struct str path; /* empty or from "/" on, still encoded */
	bool has_query;
	struct str query; /* without the "?" */
	bool has_fragment;
};

enum {
	url_max = 1024,
	url_port_default = 1965,
};

/* Split in by RFC 3986, strictly: only the bytes that a URI may hold, "%" with
 * two hex digits and never %00, a scheme, "//", a host that is a reg-name or
 * an IP literal, a port of 1 to 65535 or none. False for anything else.
 * Userinfo and fragment are told, not refused. */
bool url_parse(struct str in, struct url *url);

/* Add the host in the one form that is compared: unreserved escapes decoded,
 * ASCII lower case, one dot at the end dropped. False, for 59, when an escape
 * stays or the host is then empty or has an empty label. protocol.md, 4. */
bool url_add_host(struct buf *out, struct str host);

enum url_path_result {
	URL_PATH_OK,
	URL_PATH_ABOVE_ROOT, /* 51 */
	URL_PATH_NOT_FOUND, /* %2F inside a segment, not UTF-8: 51 */
};

/* Add the key by which the catalogue knows a path: dot segments removed after
 * decoding each segment, an empty path is "/", then NFC left as it is, and
 * everything outside unreserved, sub-delims, ":" and "@" percent-encoded with
 * upper-case hex. Empty segments stay. RFC 3986, 5.2.4 and 6.2.2;
 * decisions.md, 9. */
enum url_path_result url_add_path_key(struct buf *out, struct str path);

/* Add a path segment, or with slashes kept a whole path, given as plain UTF-8,
 * in the same encoding. */
void url_add_encoded_segment(struct buf *out, struct str segment);
void url_add_encoded_path(struct buf *out, struct str path);

/* Add s with its %HH decoded once. False for a bad escape. */
bool url_add_decoded(struct buf *out, struct str s);

/* Add what reference means at the absolute base. False when it cannot be
 * resolved. RFC 3986, 5.2 and 5.3. */
bool url_add_resolved(struct buf *out, struct str base, struct str reference);

#endif
