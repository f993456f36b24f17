#ifndef NET_LOOP_H
#define NET_LOOP_H

#include <stdint.h>

struct event_base;
struct timeval;

/* A new event loop for one thread; its messages go to the log. The caller
 * gives it back with loop_free(&base). */
struct event_base *loop_new(void);
void loop_free(struct event_base **base);

/* A timeout of so many milliseconds, at least one, for event_add(): all events
 * that wait so long share one timer. It lives as long as the loop. */
const struct timeval *loop_timeout(struct event_base *base, uint64_t ms);

/* Run until loop_stop(). */
void loop_run(struct event_base *base);
void loop_stop(struct event_base *base);

#endif
