/*
 * Memory that is given back all at once. Chunks double in size, and a large
 * request has a chunk of its own.
 */
#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

enum {
	chunk_min = 1024,
	chunk_max = 64 * 1024,
};

struct arena_chunk {
	struct arena_chunk *next;
	size_t size;
	_Alignas(max_align_t) char bytes[];
};

static size_t
align_up(size_t n)
{
	size_t align = _Alignof(max_align_t);

	return (n + align - 1) / align * align;
}

static void
arena_add_chunk(struct arena *a, size_t size_needed)
{
	struct arena_chunk *chunk;
	size_t size;

	size = a->chunk == NULL ? chunk_min : a->chunk->size * 2;
	if (size > chunk_max)
		size = chunk_max;
	if (size < size_needed)
		size = size_needed;
	chunk = mem_alloc(sizeof(*chunk) + size);
	chunk->size = size;
	chunk->next = a->chunk;
	a->chunk = chunk;
	a->used = 0;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	void *p;

	assert(size < SIZE_MAX / 2);
	size = align_up(size);
	if (a->chunk == NULL || a->chunk->size - a->used < size)
		arena_add_chunk(a, size);
	p = a->chunk->bytes + a->used;
	a->used += size;
	a->total += size;
	return p;
}

struct str
arena_str(struct arena *a, struct str s)
{
	char *copy;

	copy = arena_alloc(a, s.n + 1);
	if (s.n > 0)
		memcpy(copy, s.p, s.n);
	return (struct str){copy, s.n};
}

struct str
arena_printf(struct arena *a, const char *format, ...)
{
	va_list args;
	struct str s;
	char *text;
	int n;

	va_start(args, format);
	n = vasprintf(&text, format, args);
	va_end(args);
	assert(n >= 0);
	s = arena_str(a, str_from(text, (size_t)n));
	mem_free(text);
	return s;
}

void
arena_fini(struct arena *a)
{
	struct arena_chunk *chunk;

	while ((chunk = a->chunk) != NULL) {
		a->chunk = chunk->next;
		mem_free(chunk);
	}
	*a = (struct arena){0};
}

size_t
arena_total(const struct arena *a)
{
	return a->total;
}
