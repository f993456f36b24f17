#ifndef PROC_ROLE_H
#define PROC_ROLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "proc/backoff.h"

struct generation;
struct sockets;
struct state;
struct tickets;
struct child_end;

enum role_kind { ROLE_PUBLISHER, ROLE_WORKER, ROLE_ANNOUNCER };

/*
 *	WAITING -> STARTING -> READY -> STOPPING -> GONE
 *	   ^----------'----------'
 */
enum role_state {
	ROLE_WAITING, /* to be started at due_ms */
	ROLE_STARTING,
	ROLE_READY, /* it said so */
	ROLE_STOPPING, /* told to end; killed at due_ms */
	ROLE_GONE, /* ended, and not to be started again */
};

/* A process that the master keeps alive, over all its lives. */
struct role {
	enum role_kind kind;
	struct generation *generation;
	size_t index; /* of a worker in its generation */
	enum role_state state;
	bool was_ready; /* in any of its lives */
	bool has_news; /* a publisher's: what is to be announced may have
			  changed; who acts on it clears it */
	bool has_failed; /* exited by itself before it was ever ready: what was
			    wrong is in the log */
	pid_t pid; /* 0: no process */
	int channel; /* -1: no process */
	int64_t started_ms;
	int64_t due_ms;
	struct backoff backoff;
};

/* What all roles share; all outlive them. */
struct role_commons {
	struct sockets *sockets;
	const struct state *state;
	struct tickets *tickets;
	unsigned char salt[32];
};

/* A role without a process, to be started at once. It counts as one of its
 * generation's. */
struct role *role_new(
    enum role_kind kind, struct generation *generation, size_t index);

/* Free a role that has no process. */
void role_free(struct role **role);

/* Start its process. When that fails it is tried again later. */
void role_start(struct role *role, const struct role_commons *commons);

/* Take a message from its channel. */
void role_hear(struct role *role);

/* Its process ended: note that, and when to start it again. */
void role_end(struct role *role, const struct child_end *end);

/* Have it end: a worker finishes what it serves in drain_ms unless at_once.
 * Without a process it is gone immediately. */
void role_stop(struct role *role, int64_t drain_ms, bool at_once);

/* Kill it when it was told to stop and its time is over. */
void role_check_deadline(struct role *role, int64_t now_ms);

/* Send it one byte, when it has a process. */
void role_tell(struct role *role, char message);

/* "worker 1" or "publisher", for messages; void at the next call. */
const char *role_name(const struct role *role);

#endif
