/*
 * libevent's loop, as all of the server wants it.
 */
#include "net/loop.h"

#include <assert.h>
#include <event2/event.h>
#include <stdlib.h>

#include "base/log.h"

enum {
	ms_per_s = 1000,
	us_per_ms = 1000,
};

static void
on_log(int severity, const char *message)
{
	if (severity >= EVENT_LOG_WARN)
		log_warning("libevent: %s", message);
	else
		log_debug("libevent: %s", message);
}

static void
on_fatal(int code)
{
	log_error("libevent: gave up with code=%d", code);
	abort();
}

struct event_base *
loop_new(void)
{
	struct event_config *config = event_config_new();
	struct event_base *base;

	assert(config != NULL);
	event_set_log_callback(on_log);
	event_set_fatal_callback(on_fatal);
	event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK);
	base = event_base_new_with_config(config);
	event_config_free(config);
	assert(base != NULL);
	return base;
}

void
loop_free(struct event_base **base)
{
	if (*base == NULL)
		return;
	event_base_free(*base);
	*base = NULL;
}

const struct timeval *
loop_timeout(struct event_base *base, uint64_t ms)
{
	struct timeval duration = {
	    .tv_sec = (time_t)(ms / ms_per_s),
	    .tv_usec = (suseconds_t)(ms % ms_per_s * us_per_ms),
	};
	const struct timeval *common;

	assert(ms > 0);
	common = event_base_init_common_timeout(base, &duration);
	assert(common != NULL);
	return common;
}

void
loop_run(struct event_base *base)
{
	int failed = event_base_loop(base, EVLOOP_NO_EXIT_ON_EMPTY);

	assert(failed == 0);
}

void
loop_stop(struct event_base *base)
{
	event_base_loopbreak(base);
}
