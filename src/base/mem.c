/*
 * The heap with one way to fail: the process ends. No pools, no statistics.
 */
#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void
mem_exhausted(void)
{
	fputs("capsuled: memory exhausted\n", stderr);
	abort();
}

void *
mem_alloc(size_t size)
{
	return mem_alloc_array(size, 1);
}

void *
mem_alloc_array(size_t count, size_t size)
{
	void *p;

	if (count == 0 || size == 0)
		count = size = 1;
	p = calloc(count, size);
	if (p == NULL)
		mem_exhausted();
	return p;
}

void *
mem_grow(void *p, size_t count, size_t size)
{
	if (count == 0 || size == 0)
		count = size = 1;
	if (count > SIZE_MAX / size)
		mem_exhausted();
	p = realloc(p, count * size);
	if (p == NULL)
		mem_exhausted();
	return p;
}

char *
mem_dup(const char *s)
{
	size_t size;
	char *copy;

	size = strlen(s) + 1;
	copy = mem_alloc(size);
	memcpy(copy, s, size);
	return copy;
}

void
mem_free(void *p)
{
	free(p);
}
