/*
 * The two clocks of the machine.
 */
#include "base/clock.h"

#include <assert.h>
#include <time.h>

enum {
	ms_per_s = 1000,
	ns_per_ms = 1000000,
};

static int64_t
clock_read_ms(clockid_t id)
{
	struct timespec now;
	int failed;

	failed = clock_gettime(id, &now);
	assert(!failed);
	return (int64_t)now.tv_sec * ms_per_s + now.tv_nsec / ns_per_ms;
}

int64_t
clock_monotonic_ms(void)
{
	return clock_read_ms(CLOCK_MONOTONIC);
}

int64_t
clock_wall_ms(void)
{
	return clock_read_ms(CLOCK_REALTIME);
}
