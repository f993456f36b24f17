#ifndef PROC_SETTLE_H
#define PROC_SETTLE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * When to publish after changes: soon after a single one, and not at each of
 * many. A publish waits for a short quiet; one on the heels of another waits as
 * long as that one took, and while changes keep coming no longer than
 * settle_most_ms. A zeroed settle is ready for use; all times are on the
 * monotonic clock.
 */
struct settle {
	bool is_waiting;
	int64_t first_ms; /* the first change that was not published */
	int64_t last_ms;
	int64_t done_ms; /* the end of the last publish */
	int64_t cost_ms; /* of the last publish */
};

enum {
	settle_least_ms = 10,
	settle_most_ms = 500,
	settle_removal_ms = 500, /* a removal counts after so much quiet */
};

/* Something changed. */
void settle_note(struct settle *settle, int64_t now_ms);

/* When to publish; INT64_MAX when nothing waits. */
int64_t settle_due(const struct settle *settle);

/* It was published until now, which took so long. */
void settle_done(struct settle *settle, int64_t now_ms, int64_t cost_ms);

#endif
