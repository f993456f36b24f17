#ifndef CLI_TARGET_H
#define CLI_TARGET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

/* A URL that a client asks for, and whom it asks. */
struct target {
	struct buf url; /* absolute, without a fragment; at most 1024 bytes */
	struct buf host; /* compared form */
	uint16_t port;
};

void target_init(struct target *target);
void target_fini(struct target *target);

/* Set it to url, or to what reference means at its URL: the fragment is
 * dropped, an empty path becomes "/". NULL when all is well; else what is
 * wrong, a literal, and the target is as before. Gemini specification,
 * Requests. */
const char *target_set(struct target *target, struct str url);
const char *target_follow(struct target *target, struct str reference);

/* Put input, percent-encoded, in the place of the query. False when it already
 * stands there. A literal in *wrong when the URL becomes too long. */
bool target_put_input(
    struct target *target, struct str input, const char **wrong);

#endif
