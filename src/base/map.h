#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct map_entry {
	struct str key;
	void *value;
	uint64_t hash;
};

/*
 * From byte strings to pointers, with the order of insertion kept. The map
 * borrows keys and values: both must outlive it. A zeroed map is ready for
 * use. Not for keys that a peer chooses.
 */
struct map {
	struct map_entry *entries; /* in order of insertion; key.p NULL: gone */
	size_t n; /* entries used, the gone ones included */
	size_t room;
	size_t live;
	uint32_t *slots; /* index into entries + 1; 0: free */
	size_t slot_count;
};

/* Walk over the entries in order of insertion. The map must not change. */
#define MAP_EACH(entry, map)                                              \
	for (struct map_entry *entry = (map)->entries;                    \
	     entry != NULL && entry < (map)->entries + (map)->n; entry++) \
		if (entry->key.p != NULL)

/* Give the map's own memory back. */
void map_fini(struct map *m);

/* The value at key, or NULL. */
void *map_find(const struct map *m, struct str key);

/* Put value, not NULL, at key. An older value stays where it is in the order
 * and is returned; else NULL. */
void *map_put(struct map *m, struct str key, void *value);

/* Take key out: its value, or NULL when it was not there. */
void *map_remove(struct map *m, struct str key);

/* The number of keys. */
size_t map_count(const struct map *m);

#endif
