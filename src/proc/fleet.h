#ifndef PROC_FLEET_H
#define PROC_FLEET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "proc/role.h"

struct child_end;
struct generation;

/*
 * All processes of the server, and the two generations that they are of at
 * most: one serves, while another takes over or the one before it finishes.
 * Whatever dies is started anew. A generation takes over when its publisher
 * has published and all its workers are ready; if one of them fails it is
 * given up, and the one that serves goes on.
 */
struct fleet {
	const struct role_commons *commons;
	struct generation *current; /* serves; NULL before the first */
	struct generation *next; /* is taking over; NULL: none */
	struct generation *old; /* finishes; NULL: none */
	struct role *publisher; /* NULL: none, or not yet */
	struct role *announcer; /* NULL: none; started when there is news */
	struct vec workers; /* struct role *, of all generations */
	int64_t next_due_ms; /* when next is given up; 0: not yet known */
	bool is_stopping;
};

enum fleet_news {
	FLEET_NOTHING,
	FLEET_TOOK_OVER, /* next is now current */
	FLEET_GAVE_UP, /* next was dropped: what was wrong is in the log */
};

void fleet_init(struct fleet *fleet, const struct role_commons *commons);

/* Free what is left; all processes must be gone. */
void fleet_fini(struct fleet *fleet);

/* Whether two generations are there, so that no other may be offered. */
bool fleet_is_busy(const struct fleet *fleet);

/* Have a generation take over; the fleet takes it. Not when it is busy. */
void fleet_offer(struct fleet *fleet, struct generation *generation);

/* Do what is due: start, kill, hand over. To be called after each event. */
enum fleet_news fleet_step(struct fleet *fleet);

/* The milliseconds until fleet_step() is due again; -1: only after events. */
int fleet_wait_ms(const struct fleet *fleet);

/* Add a struct pollfd for each channel, then hear those that have something to
 * say; both in the same order, with nothing in between that starts a role. */
void fleet_list_channels(const struct fleet *fleet, struct vec *fds);
void fleet_hear(struct fleet *fleet);

/* A process ended. */
void fleet_take_end(struct fleet *fleet, const struct child_end *end);

/* Tell all workers one byte. */
void fleet_tell_workers(struct fleet *fleet, char message);

/* End everything: workers finish what they serve unless at_once. */
void fleet_stop(struct fleet *fleet, bool at_once);

/* Whether no process is left. */
bool fleet_is_empty(const struct fleet *fleet);

#endif
