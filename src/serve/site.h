#ifndef SERVE_SITE_H
#define SERVE_SITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "catalogue/reader.h"
#include "conf/conf.h"

/*
 * An open catalogue, shared by the site and by the replies that are still
 * being read from it: it closes when the last of them lets go.
 */
struct store {
	struct reader *reader;
	unsigned users;
	/* The chunk that was read last: the next piece is mostly of it. */
	struct buf chunk;
	int64_t chunk_id;
	int64_t chunk_index;
};

struct store *store_use(struct store *store);
void store_leave(struct store **store);

/* The bytes of chunk index of asset id; void at the next call. READER_ABSENT
 * behind the last one. */
enum reader_result store_read_chunk(
    struct store *store, int64_t id, int64_t index, struct str *bytes);

/* A capsule that is served. */
struct site {
	const struct conf_capsule *capsule;
	struct store *store;
	int root_fd; /* assets are beneath it; -1: none, borrowed */
	const char *path; /* of the catalogue, borrowed */
	enum reader_mode mode;
	int64_t retry_ms; /* not to be opened anew before, monotonic */
};

/* A site that takes the reader. */
void site_init(struct site *site, const struct conf_capsule *capsule,
    struct reader *reader);
void site_fini(struct site *site);

/* The catalogue to look things up in now: when a built one was replaced by a
 * new file, that one. A new file that cannot be read is warned of, and the old
 * one stays. decisions.md, 3. */
struct reader *site_reader(struct site *site, int64_t now_ms);

#endif
