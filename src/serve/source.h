#ifndef SERVE_SOURCE_H
#define SERVE_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "serve/body.h"
#include "serve/site.h"

/*
 * Where a reply's body comes from. The connection pulls, as fast as the client
 * reads; a source never pushes, and never holds more than it was asked for. A
 * zeroed source is an empty body.
 */
struct source {
	const struct source_type *type;
	uint64_t left; /* bytes still to be pulled */
	uint64_t offset; /* of the next one */
	union {
		struct str bytes; /* memory */
		struct body *body;
		int fd; /* file */
		struct {
			struct store *store;
			int64_t id;
		} chunks;
	} from;
};

enum source_result {
	SOURCE_MORE, /* and more to come */
	SOURCE_END, /* the last bytes, if any */
	SOURCE_BROKEN, /* the rest cannot be read: the body is cut short */
};

/* Bytes that stay where they are until the body is pulled. */
struct source source_from_memory(struct str bytes);

/* Bytes that the source lets go at its end; takes the body. */
struct source source_from_body(struct body *body);

/* The first size bytes of an open file, which the source closes. A file that
 * has become shorter breaks it. */
struct source source_from_file(int fd, uint64_t size);

/* The chunks of an asset of size bytes in a built catalogue. */
struct source source_from_chunks(
    struct store *store, int64_t id, uint64_t size);

/* Put the next bytes, at most size, at p; *n says how many. */
enum source_result source_pull(
    struct source *source, char *p, size_t size, size_t *n);

/* Let go of what it holds; the body is empty afterwards. */
void source_fini(struct source *source);

#endif
