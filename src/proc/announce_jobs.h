#ifndef PROC_ANNOUNCE_JOBS_H
#define PROC_ANNOUNCE_JOBS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/vec.h"

/* How one attempt to tell an aggregator ended. */
enum announce_outcome {
	ANNOUNCE_TOLD = 't',
	ANNOUNCE_LATER = 'l', /* it may go well another time */
	ANNOUNCE_NEVER = 'n', /* it will not */
};

/* One URL that is to be asked for, or was. */
struct announce_job {
	size_t site; /* whose it is */
	char *url;
	int64_t number; /* as announcements_next() tells it; 0: no more */
	int64_t done; /* the number that was settled last; 0: none */
	unsigned attempts; /* for number, that ended with LATER */
	int64_t due_ms; /* when to try, on the monotonic clock */
	bool is_running;
	size_t mark; /* for announce_jobs_take() */
};

/*
 * What is to be asked for, when, and how often: after a failure later and
 * later, at most announce_attempts_max times; the same URL not more often than
 * each announce_gap_ms. Pure: time is an argument.
 */
struct announce_jobs {
	struct vec all; /* struct announce_job * */
	size_t mark;
};

enum {
	announce_attempts_max = 10,
	announce_quiet_ms = 1000, /* others may follow at once */
	announce_gap_ms = 5000,
	announce_first_retry_ms = 2000, /* then four times as long each time */
	announce_last_retry_ms = 6 * 60 * 60 * 1000,
};

void announce_jobs_init(struct announce_jobs *jobs);
void announce_jobs_fini(struct announce_jobs *jobs);

/* Take over what text, in the form of announcements_next(), says of site: what
 * is new waits, what is not in it any more is dropped. */
void announce_jobs_take(
    struct announce_jobs *jobs, size_t site, struct str text, int64_t now_ms);

/* Take over what announce_jobs_add_done() once wrote for site; before all
 * else. */
void announce_jobs_take_done(
    struct announce_jobs *jobs, size_t site, struct str text);

/* Add which numbers of site are settled, in the form of
 * announcements_next(). */
void announce_jobs_add_done(
    const struct announce_jobs *jobs, size_t site, struct buf *out);

/* The job that is to be run now, or NULL. The caller sets is_running. */
struct announce_job *announce_jobs_find_due(
    const struct announce_jobs *jobs, int64_t now_ms);

/* When the next job is due; INT64_MAX: none waits. */
int64_t announce_jobs_due(const struct announce_jobs *jobs);

/* A run of the job for its number then, which may have been followed by
 * another since, has ended. True when that number is settled: told, or given
 * up. */
bool announce_job_end(struct announce_job *job, int64_t number,
    enum announce_outcome outcome, int64_t now_ms);

#endif
