#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/*
 * An owner of bytes that grows up to a cap. What does not fit under the cap is
 * not added at all and marks the buffer as full, so that a writer checks once,
 * at its end. A zeroed buf is empty and full from the start: init it.
 */
struct buf {
	char *p;
	size_t n;
	size_t size;
	size_t max;
	bool full;
};

/* An empty buffer that never holds more than max bytes. */
void buf_init(struct buf *b, size_t max);

/* Give the bytes back; the buffer is as after buf_init(b, 0). */
void buf_fini(struct buf *b);

/* Empty the buffer and keep its memory; it is no longer full. */
void buf_clear(struct buf *b);

/* Make room for n more bytes. -1 when the cap forbids it. */
int buf_reserve(struct buf *b, size_t n);

/* Add bytes at the end; all or, when the cap forbids it, none. */
void buf_add(struct buf *b, struct str s);
void buf_add_char(struct buf *b, char c);
void buf_addf(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Drop the first n bytes, or the bytes behind the first n. */
void buf_drop_front(struct buf *b, size_t n);
void buf_truncate(struct buf *b, size_t n);

/* A view of all bytes; void at the next change. */
struct str buf_str(const struct buf *b);

/* The bytes as a NUL-terminated string, which is not counted in n; void at
 * the next change. NULL when the cap leaves no room for the NUL. */
const char *buf_c(struct buf *b);

/* Take the bytes away from b, which is empty afterwards. The caller gives the
 * memory, of *size bytes, back with mem_free(). May be NULL when empty. */
char *buf_take(struct buf *b, size_t *size);

#endif
