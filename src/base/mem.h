#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/*
 * The heap. A request that cannot be met ends the process: the master starts
 * it anew, and whatever a peer or an author can make grow has a cap elsewhere.
 * All memory from here is given back with mem_free().
 */

/* size zeroed bytes, never NULL. Here and below a size of 0 counts as 1. */
void *mem_alloc(size_t size);

/* count * size zeroed bytes; a product that overflows ends the process. */
void *mem_alloc_array(size_t count, size_t size);

/* p, which may be NULL, with room for count * size bytes; what is new in it
 * is not zeroed. The old pointer is void afterwards. */
void *mem_grow(void *p, size_t count, size_t size);

/* A copy of the NUL-terminated s. */
char *mem_dup(const char *s);

/* Give p back; NULL is fine. */
void mem_free(void *p);

#endif
