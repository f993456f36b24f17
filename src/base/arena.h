#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/str.h"

struct arena_chunk;

/*
 * Memory with one common end: whatever is taken from an arena lives until
 * arena_fini(). A zeroed arena is ready for use. Not for
 * bytes that a peer can make grow without a cap.
 */
struct arena {
	struct arena_chunk *chunk;
	size_t used;
	size_t total;
};

/* size zeroed bytes, aligned for any type; never NULL. */
void *arena_alloc(struct arena *a, size_t size);

/* A copy of s in a, followed by a NUL that its n does not count. */
struct str arena_str(struct arena *a, struct str s);

/* A formatted string in a, followed by a NUL that its n does not count. */
struct str arena_printf(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Give back everything that was taken; the arena can be used again. */
void arena_fini(struct arena *a);

/* The bytes taken since the start, without the arena's own. */
size_t arena_total(const struct arena *a);

#endif
