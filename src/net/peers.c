/*
 * A table of addresses, by a keyed hash: peers choose their addresses, so the
 * places in the table must not be theirs to choose.
 */
#include "net/peers.h"

#include <assert.h>
#include <string.h>
#include <sys/queue.h>

#include "base/mem.h"
#include "tls/digest.h"

enum {
	buckets_first = 256,
	minute_ms = 60 * 1000,
	household_size = 8, /* of the bytes of an IPv6 address */
};

struct peers_entry {
	struct peers_entry *next; /* in its bucket */
	TAILQ_ENTRY(peers_entry) idle; /* while it has no connection */
	struct address address;
	uint64_t hash;
	unsigned connections;
	uint64_t tokens; /* a request costs minute_ms of them */
	int64_t tokens_ms; /* when they were counted */
};

struct peers {
	struct peers_entry **buckets;
	size_t bucket_count; /* a power of two */
	size_t count;
	size_t idle_count;
	TAILQ_HEAD(, peers_entry) idle; /* the longest idle first */
	uint64_t key[2];
	unsigned connections;
	unsigned requests_per_minute;
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

/* SipHash-2-4 of two words: those of an address, whose family is in the
 * word that stands for the length. */
static uint64_t
peers_hash(const struct peers *peers, struct address address)
{
	enum { rounds_word = 2, rounds_end = 4, end_mark = 0xff, last = 3 };
	uint64_t words[3];
	uint64_t v[4] = {
	    peers->key[0] ^ 0x736f6d6570736575u,
	    peers->key[1] ^ 0x646f72616e646f6du,
	    peers->key[0] ^ 0x6c7967656e657261u,
	    peers->key[1] ^ 0x7465646279746573u,
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
	return v[0] ^ v[1] ^ v[2] ^ v[last];
}

struct peers *
peers_new(unsigned connections, unsigned requests_per_minute)
{
	struct peers *peers = mem_alloc(sizeof(*peers));

	peers->bucket_count = buckets_first;
	peers->buckets =
	    mem_alloc_array(buckets_first, sizeof(struct peers_entry *));
	TAILQ_INIT(&peers->idle);
	digest_random(peers->key, sizeof(peers->key));
	peers->connections = connections;
	peers->requests_per_minute = requests_per_minute;
	return peers;
}

void
peers_free(struct peers **peers)
{
	struct peers_entry *entry;

	if (*peers == NULL)
		return;
	for (size_t i = 0; i < (*peers)->bucket_count; i++)
		while ((entry = (*peers)->buckets[i]) != NULL) {
			(*peers)->buckets[i] = entry->next;
			mem_free(entry);
		}
	mem_free((*peers)->buckets);
	mem_free(*peers);
	*peers = NULL;
}

static struct peers_entry **
peers_bucket(const struct peers *peers, uint64_t hash)
{
	return &peers->buckets[hash & (peers->bucket_count - 1)];
}

static void
peers_grow(struct peers *peers)
{
	struct peers_entry **old = peers->buckets;
	struct peers_entry **bucket, *entry;
	size_t old_count = peers->bucket_count;

	peers->bucket_count *= 2;
	peers->buckets =
	    mem_alloc_array(peers->bucket_count, sizeof(struct peers_entry *));
	for (size_t i = 0; i < old_count; i++)
		while ((entry = old[i]) != NULL) {
			old[i] = entry->next;
			bucket = peers_bucket(peers, entry->hash);
			entry->next = *bucket;
			*bucket = entry;
		}
	mem_free(old);
}

static void
peers_drop(struct peers *peers, struct peers_entry *entry)
{
	struct peers_entry **p = peers_bucket(peers, entry->hash);

	while (*p != entry)
		p = &(*p)->next;
	*p = entry->next;
	peers->count--;
	mem_free(entry);
}

static void
peers_drop_idle(struct peers *peers, struct peers_entry *entry)
{
	TAILQ_REMOVE(&peers->idle, entry, idle);
	peers->idle_count--;
	peers_drop(peers, entry);
}

static uint64_t
tokens_max(const struct peers *peers)
{
	return (uint64_t)peers->requests_per_minute * minute_ms;
}

static void
entry_count_tokens(
    const struct peers *peers, struct peers_entry *entry, int64_t now_ms)
{
	uint64_t passed_ms = (uint64_t)(now_ms - entry->tokens_ms);

	if (now_ms <= entry->tokens_ms)
		return;
	entry->tokens_ms = now_ms;
	if (passed_ms > minute_ms)
		passed_ms = minute_ms;
	entry->tokens += passed_ms * peers->requests_per_minute;
	if (entry->tokens > tokens_max(peers))
		entry->tokens = tokens_max(peers);
}

static struct peers_entry *
peers_find(const struct peers *peers, struct address address, uint64_t hash)
{
	struct peers_entry *entry = *peers_bucket(peers, hash);

	while (entry != NULL &&
	    (entry->hash != hash || entry->address.family != address.family ||
		memcmp(entry->address.bytes, address.bytes,
		    sizeof(address.bytes)) != 0))
		entry = entry->next;
	return entry;
}

static struct peers_entry *
peers_add(struct peers *peers, struct address address, int64_t now_ms)
{
	struct peers_entry *entry = mem_alloc(sizeof(*entry));
	struct peers_entry **bucket;

	if (peers->count == peers->bucket_count)
		peers_grow(peers);
	entry->address = address;
	entry->hash = peers_hash(peers, address);
	entry->tokens = tokens_max(peers);
	entry->tokens_ms = now_ms;
	bucket = peers_bucket(peers, entry->hash);
	entry->next = *bucket;
	*bucket = entry;
	peers->count++;
	return entry;
}

struct peers_entry *
peers_enter(struct peers *peers, struct address address, int64_t now_ms)
{
	struct peers_entry *entry;

	if (address.family == ADDRESS_IPV6)
		address = address_first(address, household_size);
	entry = peers_find(peers, address, peers_hash(peers, address));
	if (entry == NULL)
		entry = peers_add(peers, address, now_ms);
	else if (peers->connections > 0 &&
	    entry->connections >= peers->connections)
		return NULL;
	else if (entry->connections == 0) {
		TAILQ_REMOVE(&peers->idle, entry, idle);
		peers->idle_count--;
	}
	entry->connections++;
	return entry;
}

/* Of the idle ones, those with all their tokens back tell nothing, and of too
 * many the oldest go. */
static void
peers_trim(struct peers *peers, int64_t now_ms)
{
	struct peers_entry *first;

	while ((first = TAILQ_FIRST(&peers->idle)) != NULL) {
		entry_count_tokens(peers, first, now_ms);
		if (first->tokens < tokens_max(peers) &&
		    peers->idle_count <= peers_idle_max)
			return;
		peers_drop_idle(peers, first);
	}
}

void
peers_leave(struct peers *peers, struct peers_entry **entry, int64_t now_ms)
{
	struct peers_entry *e = *entry;

	*entry = NULL;
	if (e == NULL)
		return;
	assert(e->connections > 0);
	if (--e->connections > 0)
		return;
	TAILQ_INSERT_TAIL(&peers->idle, e, idle);
	peers->idle_count++;
	peers_trim(peers, now_ms);
}

bool
peers_may_ask(struct peers *peers, struct peers_entry *entry, int64_t now_ms)
{
	if (peers->requests_per_minute == 0)
		return true;
	entry_count_tokens(peers, entry, now_ms);
	if (entry->tokens < minute_ms)
		return false;
	entry->tokens -= minute_ms;
	return true;
}

size_t
peers_count(const struct peers *peers)
{
	return peers->count;
}
