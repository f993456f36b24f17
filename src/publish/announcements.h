#ifndef PUBLISH_ANNOUNCEMENTS_H
#define PUBLISH_ANNOUNCEMENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct render;

/*
 * What aggregators are to be told, as a fact of the catalogue, so that it is
 * known exactly when the articles are public: lines "NUMBER URL", each URL
 * once, in the order of the numbers. A number is never used again; the same
 * URL with a greater one is to be asked for once more. Who asks, and what was
 * asked for already, is proc's matter.
 */
static const struct str announcements_key = STR_INIT("announce");

enum {
	announcements_max = 100, /* lines */
	announcements_bytes_max = 256 * 1024,
};

/* Add the articles that appeared with the publish r, at the moment now, for
 * each aggregator that the capsule names. Lines for others are taken away.
 * Whether there are any lines then. */
bool announcements_add(struct render *r, int64_t now);

/* Take the next line from *text: its number and URL, which borrows. False at
 * the end; lines of another form are passed over. */
bool announcements_next(struct str *text, int64_t *number, struct str *url);

#endif
