/*
 * proc/backoff, proc/settle: when to start anew, when to publish.
 */
#include "proc/backoff.h"
#include "proc/settle.h"

#include "tap.h"

enum { lived_short_ms = 100 };

static void
test_backoff_worked(void)
{
	struct backoff b = {0};
	int64_t delay = 0;

	tap_int(backoff_next(&b, true, backoff_long_life_ms), 0,
	    "one that worked long is replaced at once");
	for (int i = 0; i < backoff_worked_max_ms; i++) {
		delay = backoff_next(&b, true, lived_short_ms);
		if (delay <= 0 || delay > backoff_worked_max_ms)
			break;
	}
	tap_int(delay, backoff_worked_max_ms,
	    "killed again and again, it still comes back soon");
	tap_int(backoff_next(&b, true, backoff_long_life_ms), 0,
	    "a long life is a new start");
}

static void
test_backoff_failed(void)
{
	struct backoff b = {0};
	int64_t first = backoff_next(&b, false, 0), last = 0;

	tap_int(first, backoff_failed_min_ms, "a failed start waits");
	tap_int(backoff_next(&b, false, 0), first * 2, "the next one longer");
	for (int i = 0; i < 20; i++)
		last = backoff_next(&b, false, 0);
	tap_int(last, backoff_failed_max_ms, "and no longer than the most");
	tap_int(backoff_next(&b, true, lived_short_ms), backoff_worked_max_ms,
	    "until it worked");
}

static void
test_settle_one(void)
{
	struct settle s = {0};

	tap_int(settle_due(&s), INT64_MAX, "nothing changed");
	settle_note(&s, 1000);
	tap_int(settle_due(&s), 1000 + settle_least_ms,
	    "a single change is published soon");
	settle_note(&s, 1004);
	tap_int(settle_due(&s), 1004 + settle_least_ms,
	    "a second one waits for quiet again");
	settle_done(&s, 1014, 3);
	tap_int(settle_due(&s), INT64_MAX, "it is published");
	settle_note(&s, 1020);
	tap_int(settle_due(&s), 1020 + settle_least_ms,
	    "the next change waits no longer for it");
}

static void
test_settle_many(void)
{
	struct settle s = {0};
	int64_t now_ms = 0;

	while (settle_due(&s) > now_ms && now_ms < settle_most_ms * 2) {
		settle_note(&s, now_ms);
		now_ms++;
	}
	tap_int(now_ms, settle_most_ms, "a storm waits for the most");
	settle_done(&s, 2000, 80);
	settle_note(&s, 2060);
	tap_int(settle_due(&s), 2140, "right after a long one, longer");
	settle_done(&s, 2220, 80);
	settle_note(&s, 2800);
	tap_int(settle_due(&s), 2800 + settle_least_ms, "after a rest, not");
	settle_done(&s, 5000, settle_most_ms * 2);
	settle_note(&s, 5000);
	tap_int(settle_due(&s), 5000 + settle_most_ms, "but not for ever");
}

int
main(void)
{
	test_backoff_worked();
	test_backoff_failed();
	test_settle_one();
	test_settle_many();
	return tap_done();
}
