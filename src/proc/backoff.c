/*
 * The wait between two lives of a process, as plain arithmetic.
 */
#include "proc/backoff.h"

enum { backoff_first_ms = 5 };

int64_t
backoff_next(struct backoff *backoff, bool was_ready, int64_t lived_ms)
{
	int64_t least = was_ready ? backoff_first_ms : backoff_failed_min_ms;
	int64_t most =
	    was_ready ? backoff_worked_max_ms : backoff_failed_max_ms;

	if (was_ready && lived_ms >= backoff_long_life_ms) {
		backoff->delay_ms = 0;
		return 0;
	}
	backoff->delay_ms *= 2;
	if (backoff->delay_ms < least)
		backoff->delay_ms = least;
	if (backoff->delay_ms > most)
		backoff->delay_ms = most;
	return backoff->delay_ms;
}
