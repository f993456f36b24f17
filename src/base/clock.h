#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Milliseconds since some moment before the process, never set back: for
 * every deadline. The same in all processes of one machine. */
int64_t clock_monotonic_ms(void);

/* Milliseconds since 1970-01-01 00:00 UTC as the machine believes it: only for
 * dates, certificates and log lines. */
int64_t clock_wall_ms(void);

#endif
