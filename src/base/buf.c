/*
 * Growing bytes under a cap. Growth doubles, so adding is linear on the whole.
 */
#include "base/buf.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

enum { size_first = 64 };

void
buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){.max = max};
}

void
buf_fini(struct buf *b)
{
	mem_free(b->p);
	buf_init(b, 0);
}

void
buf_clear(struct buf *b)
{
	b->n = 0;
	b->full = false;
}

int
buf_reserve(struct buf *b, size_t n)
{
	size_t size;

	if (n > b->max || b->n > b->max - n) {
		b->full = true;
		return -1;
	}
	if (b->n + n <= b->size)
		return 0;
	size = b->size > SIZE_MAX / 2 ? SIZE_MAX : b->size * 2;
	if (size < size_first)
		size = size_first;
	if (size < b->n + n)
		size = b->n + n;
	if (size > b->max)
		size = b->max;
	b->p = mem_grow(b->p, size, 1);
	b->size = size;
	return 0;
}

void
buf_add(struct buf *b, struct str s)
{
	if (s.n == 0 || buf_reserve(b, s.n) < 0)
		return;
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}

void
buf_add_char(struct buf *b, char c)
{
	if (buf_reserve(b, 1) < 0)
		return;
	b->p[b->n++] = c;
}

void
buf_addf(struct buf *b, const char *format, ...)
{
	va_list args;
	char *text;
	int n;

	va_start(args, format);
	n = vasprintf(&text, format, args);
	va_end(args);
	assert(n >= 0);
	buf_add(b, str_from(text, (size_t)n));
	mem_free(text);
}

void
buf_drop_front(struct buf *b, size_t n)
{
	assert(n <= b->n);
	if (n == 0)
		return;
	b->n -= n;
	memmove(b->p, b->p + n, b->n);
}

void
buf_truncate(struct buf *b, size_t n)
{
	assert(n <= b->n);
	b->n = n;
}

struct str
buf_str(const struct buf *b)
{
	return (struct str){b->p == NULL ? "" : b->p, b->n};
}

const char *
buf_c(struct buf *b)
{
	if (buf_reserve(b, 1) < 0)
		return NULL;
	b->p[b->n] = '\0';
	return b->p;
}

char *
buf_take(struct buf *b, size_t *size)
{
	char *p = b->p;

	*size = b->n;
	*b = (struct buf){.max = b->max};
	return p;
}
