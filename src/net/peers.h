#ifndef NET_PEERS_H
#define NET_PEERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/address.h"

/*
 * What each address holds and asks: connections, and requests a minute. An
 * IPv6 address counts by its /64, which is what one household has. The tables
 * are of a fixed size, in memory that processes share when they are forked
 * after peers_new(): so a bound holds for all of them together, and what a
 * process counted is forgotten when another takes its place.
 */
struct peers;

struct peers_options {
	unsigned connections; /* that an address may hold; 0: any number */
	unsigned requests_per_minute; /* that it may ask; 0: any number */
	unsigned connections_each; /* of all addresses, in one process */
	size_t processes; /* at least one */
};

struct peers *peers_new(const struct peers_options *options);
void peers_free(struct peers **peers);

/* Count for process index from now on, and forget what one before it counted
 * there. To be called once in each process. */
void peers_join(struct peers *peers, size_t index);

/* An address while it has a connection; filled by peers_enter(). */
struct peers_entry {
	uint64_t key;
	struct peers_slot *slot; /* NULL: not counted */
};

/* Count a connection from address. False, and nothing counted, when it holds
 * as many as it may; else peers_leave() is due when the connection has ended.
 * When the table has no room left the connection is not counted. */
bool peers_enter(
    struct peers *peers, struct address address, struct peers_entry *entry);
void peers_leave(struct peers_entry *entry);

/* Count a request at now_ms, on the monotonic clock. False when the address
 * asks too much: what it may ask at once is a minute's number, and grows back
 * over a minute. */
bool peers_may_ask(
    struct peers *peers, const struct peers_entry *entry, int64_t now_ms);

#endif
