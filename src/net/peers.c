/*
 * Tables of addresses, by a keyed hash: peers choose their addresses, so the
 * places in the tables must not be theirs to choose. Connections are counted
 * in a section for each process, which nobody else writes; requests in one
 * table for all. Nothing here locks: at worst a race lets one pass.
 */
#include "net/peers.h"

#include <assert.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

#include "base/mem.h"
#include "tls/digest.h"

enum {
	window = 16, /* slots in which an address may be */
	slots_min = 1024,
	slots_max = 1 << 22,
	slots_each = 4, /* for each connection: most stay empty */
	minute_us = 60 * 1000 * 1000,
	us_per_ms = 1000,
	household_size = 8, /* of the bytes of an IPv6 address */
	hash_key_words = 2,
};

/* A count of 0: free. */
struct peers_slot {
	_Atomic uint64_t key;
	_Atomic uint32_t connections;
};

/* When the address may ask again if it asks at an even pace; what lies in the
 * past says nothing, so the slot is free. */
struct request_slot {
	_Atomic uint64_t key;
	_Atomic int64_t due_us;
};

struct peers {
	struct peers_options options;
	uint64_t hash_key[hash_key_words];
	size_t slot_count; /* a power of two; in each table */
	size_t index; /* of this process */
	void *memory;
	size_t memory_size;
	_Atomic uint32_t *joined; /* whether each section was ever used */
	struct peers_slot *sections; /* slot_count + window for each process */
	struct request_slot *requests;
};

static uint64_t
rotate(uint64_t x, int bits)
{
	enum { word_bits = 64 };

	return x << bits | x >> (word_bits - bits);
}

static void
sip_round(uint64_t v[4])
{
	enum { a = 13, b = 32, c = 16, d = 21, e = 17 };

	v[0] += v[1];
	v[1] = rotate(v[1], a) ^ v[0];
	v[0] = rotate(v[0], b);
	v[2] += v[3];
	v[3] = rotate(v[3], c) ^ v[2];
	v[0] += v[3];
	v[3] = rotate(v[3], d) ^ v[0];
	v[2] += v[1];
	v[1] = rotate(v[1], e) ^ v[2];
	v[2] = rotate(v[2], b);
}

/* SipHash-2-4 of the words of an address, and of its family, which is in the
 * word that stands for the length. Never 0. */
static uint64_t
peers_hash(const struct peers *peers, struct address address)
{
	enum { rounds_word = 2, rounds_end = 4, end_mark = 0xff, last = 3 };
	uint64_t words[3];
	uint64_t v[4] = {
	    peers->hash_key[0] ^ 0x736f6d6570736575u,
	    peers->hash_key[1] ^ 0x646f72616e646f6du,
	    peers->hash_key[0] ^ 0x6c7967656e657261u,
	    peers->hash_key[1] ^ 0x7465646279746573u,
	};

	memcpy(words, address.bytes, sizeof(address.bytes));
	words[2] = address.family;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		v[last] ^= words[i];
		for (int round = 0; round < rounds_word; round++)
			sip_round(v);
		v[0] ^= words[i];
	}
	v[2] ^= end_mark;
	for (int round = 0; round < rounds_end; round++)
		sip_round(v);
	return (v[0] ^ v[1] ^ v[2] ^ v[last]) | 1;
}

static size_t
section_slots(const struct peers *peers)
{
	return peers->slot_count + window;
}

static struct peers_slot *
peers_section(const struct peers *peers, size_t index)
{
	return peers->sections + index * section_slots(peers);
}

/* Where the window of a key begins. */
static size_t
peers_place(const struct peers *peers, uint64_t key)
{
	enum { half = 32 };

	return (size_t)(key >> half) & (peers->slot_count - 1);
}

static size_t
count_slots(unsigned connections)
{
	size_t count = slots_min;

	while (count < slots_max && count / slots_each < connections)
		count *= 2;
	return count;
}

struct peers *
peers_new(const struct peers_options *options)
{
	struct peers *peers = mem_alloc(sizeof(*peers));
	size_t sections, joined;

	assert(options->processes > 0);
	peers->options = *options;
	peers->slot_count = count_slots(options->connections_each);
	digest_random(peers->hash_key, sizeof(peers->hash_key));
	sections = options->processes * section_slots(peers) *
	    sizeof(struct peers_slot);
	joined = options->processes * sizeof(*peers->joined);
	peers->memory_size = sections +
	    section_slots(peers) * sizeof(struct request_slot) + joined;
	peers->memory = mmap(NULL, peers->memory_size, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	assert(peers->memory != MAP_FAILED);
	peers->sections = peers->memory;
	peers->requests = (void *)(peers->sections +
	    options->processes * section_slots(peers));
	peers->joined = (void *)(peers->requests + section_slots(peers));
	return peers;
}

void
peers_free(struct peers **peers)
{
	if (*peers == NULL)
		return;
	munmap((*peers)->memory, (*peers)->memory_size);
	mem_free(*peers);
	*peers = NULL;
}

void
peers_join(struct peers *peers, size_t index)
{
	struct peers_slot *section = peers_section(peers, index);

	assert(index < peers->options.processes);
	peers->index = index;
	/* A section that was never used takes no memory, and need not. */
	if (atomic_exchange(&peers->joined[index], 1) == 0)
		return;
	for (size_t i = 0; i < section_slots(peers); i++)
		atomic_store(&section[i].connections, 0);
}

/* How many connections a process has counted for key. */
static unsigned
section_count(const struct peers *peers, size_t index, uint64_t key)
{
	struct peers_slot *slot =
	    peers_section(peers, index) + peers_place(peers, key);

	for (int i = 0; i < window; i++, slot++)
		if (atomic_load_explicit(&slot->key, memory_order_relaxed) ==
		    key)
			return atomic_load_explicit(
			    &slot->connections, memory_order_relaxed);
	return 0;
}

/* The slot of key in our own section, or one to take for it; NULL when all of
 * its window is taken. */
static struct peers_slot *
section_find(const struct peers *peers, uint64_t key)
{
	struct peers_slot *slot =
	    peers_section(peers, peers->index) + peers_place(peers, key);
	struct peers_slot *found = NULL;

	for (int i = 0; i < window; i++, slot++) {
		if (atomic_load_explicit(&slot->key, memory_order_relaxed) ==
		    key)
			return slot;
		if (found == NULL &&
		    atomic_load_explicit(
			&slot->connections, memory_order_relaxed) == 0)
			found = slot;
	}
	return found;
}

bool
peers_enter(
    struct peers *peers, struct address address, struct peers_entry *entry)
{
	unsigned count = 0;

	if (address.family == ADDRESS_IPV6)
		address = address_first(address, household_size);
	entry->key = peers_hash(peers, address);
	entry->slot = NULL;
	if (peers->options.connections == 0)
		return true;
	for (size_t i = 0; i < peers->options.processes; i++)
		count += section_count(peers, i, entry->key);
	if (count >= peers->options.connections)
		return false;
	entry->slot = section_find(peers, entry->key);
	if (entry->slot == NULL)
		return true;
	if (atomic_load(&entry->slot->connections) == 0)
		atomic_store(&entry->slot->key, entry->key);
	atomic_fetch_add(&entry->slot->connections, 1);
	return true;
}

void
peers_leave(struct peers_entry *entry)
{
	if (entry->slot == NULL)
		return;
	assert(atomic_load(&entry->slot->connections) > 0);
	atomic_fetch_sub(&entry->slot->connections, 1);
	entry->slot = NULL;
}

/* The slot of key among the requests; else the one that tells the least is
 * taken for it. */
static struct request_slot *
requests_find(const struct peers *peers, uint64_t key)
{
	struct request_slot *slot = peers->requests + peers_place(peers, key);
	struct request_slot *oldest = slot;

	for (int i = 0; i < window; i++, slot++) {
		if (atomic_load(&slot->key) == key)
			return slot;
		if (atomic_load(&slot->due_us) < atomic_load(&oldest->due_us))
			oldest = slot;
	}
	atomic_store(&oldest->due_us, 0);
	atomic_store(&oldest->key, key);
	return oldest;
}

bool
peers_may_ask(
    struct peers *peers, const struct peers_entry *entry, int64_t now_ms)
{
	struct request_slot *slot;
	int64_t now_us = now_ms * us_per_ms, due_us, from_us, pace_us;

	if (peers->options.requests_per_minute == 0)
		return true;
	pace_us = minute_us / (int64_t)peers->options.requests_per_minute;
	slot = requests_find(peers, entry->key);
	due_us = atomic_load(&slot->due_us);
	do {
		from_us = due_us > now_us ? due_us : now_us;
		if (from_us - now_us > minute_us - pace_us)
			return false;
	} while (!atomic_compare_exchange_weak(
	    &slot->due_us, &due_us, from_us + pace_us));
	return true;
}
