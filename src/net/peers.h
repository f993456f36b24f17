#ifndef NET_PEERS_H
#define NET_PEERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/address.h"

/*
 * What each address holds and asks: connections, and requests a minute. An
 * IPv6 address counts by its /64, which is what one household has. The table
 * is bounded by the connections, plus peers_idle_max addresses whose requests
 * are remembered after their connections have ended.
 */
struct peers;
struct peers_entry;

enum { peers_idle_max = 16384 };

/* connections: how many an address may hold, 0 for any number;
 * requests_per_minute: how many it may ask, 0 for any number. */
struct peers *peers_new(unsigned connections, unsigned requests_per_minute);
void peers_free(struct peers **peers);

/* Count a connection from address at now_ms, on the monotonic clock. NULL, and
 * nothing counted, when it holds as many as it may; else the entry to give to
 * peers_leave() when the connection has ended. */
struct peers_entry *peers_enter(
    struct peers *peers, struct address address, int64_t now_ms);
void peers_leave(
    struct peers *peers, struct peers_entry **entry, int64_t now_ms);

/* Count a request. False when the address asks too much: what it may ask at
 * once is a minute's number, and grows back over a minute. */
bool peers_may_ask(
    struct peers *peers, struct peers_entry *entry, int64_t now_ms);

/* The number of addresses in the table. */
size_t peers_count(const struct peers *peers);

#endif
