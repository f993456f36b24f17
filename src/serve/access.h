#ifndef SERVE_ACCESS_H
#define SERVE_ACCESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "conf/conf.h"
#include "net/address.h"
#include "proto/reply.h"
#include "tls/peer.h"

struct event_base;

/*
 * The log of requests: a line each, as in decisions.md, 25. Lines are gathered
 * and written together, a moment later.
 */
struct access;

struct access_entry {
	int64_t wall_ms;
	int64_t duration_ms;
	uint64_t body_bytes;
	struct address from;
	enum status status;
	struct str url; /* as it came; a query is not shown */
	struct str tls; /* the version, or empty */
	const struct peer *peer; /* or NULL */
};

enum { access_line_max = 8192 };

/* Open the log that conf names; conf must outlive it. salt, which all workers
 * share, is what addresses are hashed with. When the file cannot be opened the
 * lines are dropped, with a warning. The caller closes it. */
struct access *access_open(
    const struct conf_log *conf, struct str salt, struct event_base *base);

/* Write what is left, and close. */
void access_close(struct access **access);

/* Whether there is a log at all: else nothing need be known for it. */
bool access_is_on(const struct access *access);

void access_add(struct access *access, const struct access_entry *entry);

/* Open the file anew by its name: the old one was moved away. */
void access_reopen(struct access *access);

/* Add a line, without its end, to out. Pure: address is the text to show. */
void access_print(
    struct buf *out, const struct access_entry *entry, struct str address);

/* Add an address as the operator wants it shown; wall_ms picks the day, by
 * which a hash changes. */
void access_print_address(struct buf *out, enum conf_addresses how,
    struct address address, struct str salt, int64_t wall_ms);

#endif
