#ifndef PROC_MIRRORING_H
#define PROC_MIRRORING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"
#include "os/priv.h"
#include "publish/publish.h"

/* What a mirror is made from; everything is borrowed. */
struct mirroring_options {
	const char *folder;
	struct str host; /* for the log */
	struct publisher *publisher;
	const struct priv_user *user; /* who is to write the folder; NULL: who
					 runs this */
};

/*
 * The folder with the web mirror of a capsule, which follows what is published
 * a little at a time, so that no page ever waits for it.
 */
struct mirroring {
	struct mirroring_options options;
	int fd; /* open on the folder since the start, or -1 */
	int64_t due_ms; /* when to go on; 0: nothing is to be done */
	bool is_running;
	bool is_done; /* the last run left nothing to do */
	struct diags diags; /* of the run */
	uint64_t told; /* a hash of what the last run had to say */
};

/* No mirror: it never has anything to do. */
#define MIRRORING_INIT   \
	{                \
		.fd = -1 \
	}

/* Open the folder, or make it, before rights are given up, and give it to the
 * user who is to write it unless it has others' files. What goes wrong is
 * logged, and tried again by each run. */
void mirroring_open(
    struct mirroring *mirroring, const struct mirroring_options *options);

/* Before the publisher closes. */
void mirroring_fini(struct mirroring *mirroring);

/* Something was published, which ends a run that is going on: begin anew,
 * unless nothing is left to do and may_differ says that nothing can differ. */
void mirroring_want(struct mirroring *mirroring, bool may_differ);

/* Go on for some milliseconds, when it is time for that. What cannot be
 * written is said, once as long as it stays so, and tried again after a minute
 * or the next publish. */
void mirroring_work(struct mirroring *mirroring);

/* When mirroring_work() has something to do, on the monotonic clock; INT64_MAX
 * when it has not. */
int64_t mirroring_due(const struct mirroring *mirroring);

#endif
