#ifndef PROTO_REQUEST_H
#define PROTO_REQUEST_H

#include <stdbool.h>

#include "base/str.h"
#include "proto/reply.h"
#include "proto/url.h"

enum {
	request_line_max = url_max + 2, /* with its CRLF, as on the wire */
};

enum request_framing {
	REQUEST_MORE, /* no CRLF yet: wait */
	REQUEST_COMPLETE, /* line is the URL, without CRLF */
	REQUEST_BARE_LF, /* close without a reply */
	REQUEST_TOO_LONG, /* 59 */
};

/* Look for the end of the line in the bytes that came so far. protocol.md,
 * 1.2, steps 1 and 2. Bytes behind the CRLF are not looked at. */
enum request_framing request_frame(struct str received, struct str *line);

/* A request that may be served: its parts borrow from the line, host and key
 * from the buffers given. */
struct request {
	struct str line; /* the URL as it came */
	struct url url;
	struct str host; /* compared form */
	struct str key; /* catalogue key of the path */
	bool is_titan;
};

/* What the line alone decides: 59 for a bad line (protocol.md, 1.2, step 3),
 * 53 for a scheme other than gemini and titan (step 4), else STATUS_SUCCESS
 * with *out filled. storage, of at least request_storage_max bytes, holds host
 * and key. When the path is above the root or cannot exist the key is empty,
 * and the caller answers 51 once host and port are known to be its own. */
enum { request_storage_max = 8 * url_max };
enum status request_parse(
    struct str line, struct buf *storage, struct request *out);

#endif
