#ifndef PROC_BACKOFF_H
#define PROC_BACKOFF_H

#include <stdbool.h>
#include <stdint.h>

/*
 * How long to wait before a process that died is started anew. One that worked
 * is replaced at once, even when it is killed again and again; one that dies
 * before it ever worked is tried less and less often. A zeroed backoff is
 * ready for use.
 */
struct backoff {
	int64_t delay_ms;
};

enum {
	backoff_worked_max_ms = 20,
	backoff_failed_min_ms = 100,
	backoff_failed_max_ms = 10000,
	backoff_long_life_ms = 1000,
};

/* The wait, in milliseconds, after an end of a process that had been ready or
 * not, and had lived so long. */
int64_t backoff_next(struct backoff *backoff, bool was_ready, int64_t lived_ms);

#endif
