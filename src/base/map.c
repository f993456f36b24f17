/*
 * A hash table with open addressing over a row of entries that keeps the
 * order of insertion, so that walking it gives the same order each time.
 */
#include "base/map.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"

enum { slots_first = 16 };

static const struct str key_empty = STR_INIT("");

void
map_fini(struct map *m)
{
	mem_free(m->entries);
	mem_free(m->slots);
	*m = (struct map){0};
}

/* The slot that holds key, or the free one where it belongs. Entries that are
 * gone keep their slot until the next rebuild, so that probing goes on. */
static uint32_t *
map_slot(const struct map *m, struct str key, uint64_t hash)
{
	size_t i = (size_t)hash & (m->slot_count - 1);
	const struct map_entry *entry;

	while (m->slots[i] != 0) {
		entry = &m->entries[m->slots[i] - 1];
		if (entry->key.p != NULL && entry->hash == hash &&
		    str_eq(entry->key, key))
			break;
		i = (i + 1) & (m->slot_count - 1);
	}
	return &m->slots[i];
}

static void
map_rebuild(struct map *m)
{
	size_t count = slots_first, kept = 0;

	while (count < (m->live + 1) * 2 * 2)
		count *= 2;
	for (size_t i = 0; i < m->n; i++)
		if (m->entries[i].key.p != NULL)
			m->entries[kept++] = m->entries[i];
	m->n = kept;
	mem_free(m->slots);
	m->slots = mem_alloc_array(count, sizeof(*m->slots));
	m->slot_count = count;
	m->room = count / 2;
	m->entries = mem_grow(m->entries, m->room, sizeof(*m->entries));
	for (size_t i = 0; i < m->n; i++)
		*map_slot(m, m->entries[i].key, m->entries[i].hash) =
		    (uint32_t)i + 1;
}

void *
map_find(const struct map *m, struct str key)
{
	uint32_t slot;

	if (m->slot_count == 0)
		return NULL;
	slot = *map_slot(m, key, str_hash(STR_HASH_START, key));
	return slot == 0 ? NULL : m->entries[slot - 1].value;
}

void *
map_put(struct map *m, struct str key, void *value)
{
	uint64_t hash = str_hash(STR_HASH_START, key);
	uint32_t *slot;
	void *old;

	assert(value != NULL);
	if (m->n == m->room)
		map_rebuild(m);
	if (key.p == NULL)
		key = key_empty;
	slot = map_slot(m, key, hash);
	if (*slot != 0) {
		old = m->entries[*slot - 1].value;
		m->entries[*slot - 1].value = value;
		m->entries[*slot - 1].key = key;
		return old;
	}
	m->entries[m->n++] = (struct map_entry){key, value, hash};
	*slot = (uint32_t)m->n;
	m->live++;
	return NULL;
}

void *
map_remove(struct map *m, struct str key)
{
	uint32_t slot;
	void *value;

	if (m->slot_count == 0)
		return NULL;
	slot = *map_slot(m, key, str_hash(STR_HASH_START, key));
	if (slot == 0)
		return NULL;
	value = m->entries[slot - 1].value;
	m->entries[slot - 1].key.p = NULL;
	m->entries[slot - 1].value = NULL;
	m->live--;
	return value;
}

size_t
map_count(const struct map *m)
{
	return m->live;
}
