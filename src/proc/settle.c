/*
 * Waiting for a quiet moment, as plain arithmetic.
 */
#include "proc/settle.h"

void
settle_note(struct settle *settle, int64_t now_ms)
{
	if (!settle->is_waiting)
		settle->first_ms = now_ms;
	settle->is_waiting = true;
	settle->last_ms = now_ms;
}

int64_t
settle_due(const struct settle *settle)
{
	int64_t quiet = settle_least_ms, due, latest;

	if (!settle->is_waiting)
		return INT64_MAX;
	if (settle->first_ms < settle->done_ms + settle_most_ms &&
	    quiet < settle->cost_ms)
		quiet = settle->cost_ms;
	due = settle->last_ms + quiet;
	latest = settle->first_ms + settle_most_ms;
	return due < latest ? due : latest;
}

void
settle_done(struct settle *settle, int64_t now_ms, int64_t cost_ms)
{
	settle->is_waiting = false;
	settle->done_ms = now_ms;
	settle->cost_ms = cost_ms;
}
