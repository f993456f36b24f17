/*
 * proc/announce_jobs: what aggregators are told, when, how often, and what a
 * restart remembers of it.
 */
#include <string.h>

#include "proc/announce_jobs.h"
#include "tap.h"

enum { text_max = 4096, start_ms = 100000, day_ms = 24 * 60 * 60 * 1000 };

static struct announce_job *
run(struct announce_jobs *jobs, int64_t now_ms)
{
	struct announce_job *job = announce_jobs_find_due(jobs, now_ms);

	if (job != NULL)
		job->is_running = true;
	return job;
}

static void
take(struct announce_jobs *jobs, const char *text, int64_t now_ms)
{
	announce_jobs_take(jobs, 0, str_from_c(text), now_ms);
}

static void
test_told(void)
{
	struct announce_jobs jobs;
	struct announce_job *job;
	int64_t now_ms = start_ms;

	announce_jobs_init(&jobs);
	tap_ok(announce_jobs_due(&jobs) == INT64_MAX, "nothing to do");
	take(&jobs, "7 gemini://a/?x\nnonsense\n8 gemini://b/\n", now_ms);
	tap_ok(run(&jobs, now_ms) == NULL, "others may follow at once");
	tap_int(announce_jobs_due(&jobs), now_ms + announce_quiet_ms, "due");
	now_ms += announce_quiet_ms;
	job = run(&jobs, now_ms);
	tap_ok(
	    job != NULL && strcmp(job->url, "gemini://a/?x") == 0, "the first");
	tap_ok(run(&jobs, now_ms) != job, "the second beside it");
	tap_ok(run(&jobs, now_ms) == NULL, "no third");
	tap_ok(announce_job_end(job, job->number, ANNOUNCE_TOLD, now_ms),
	    "settled");
	take(&jobs, "7 gemini://a/?x\n8 gemini://b/\n", now_ms);
	tap_ok(run(&jobs, now_ms + day_ms) == NULL, "and never again");
	take(&jobs, "9 gemini://a/?x\n", now_ms);
	tap_ok(run(&jobs, now_ms + announce_quiet_ms) == NULL,
	    "not so soon after the last time");
	tap_ok(run(&jobs, now_ms + announce_gap_ms) == job, "then once more");
	take(&jobs, "10 gemini://a/?x\n", now_ms);
	announce_job_end(job, 9, ANNOUNCE_TOLD, now_ms + announce_gap_ms);
	tap_ok(run(&jobs, now_ms + 2 * announce_gap_ms) == job,
	    "what came while it ran is told too");
	announce_job_end(job, 10, ANNOUNCE_NEVER, now_ms);
	tap_ok(run(&jobs, now_ms + day_ms) == NULL, "never: settled");
	announce_jobs_fini(&jobs);
}

static void
test_retries(void)
{
	struct announce_jobs jobs;
	struct announce_job *job;
	int64_t now_ms = start_ms, wait_ms = announce_first_retry_ms;
	unsigned attempts = 0;
	bool is_settled = false;

	announce_jobs_init(&jobs);
	take(&jobs, "1 gemini://a/\n", now_ms);
	now_ms += announce_quiet_ms;
	while (!is_settled && attempts <= announce_attempts_max) {
		job = run(&jobs, now_ms);
		tap_ok(job != NULL, "attempt %u", attempts);
		if (job == NULL)
			break;
		attempts++;
		is_settled = announce_job_end(job, 1, ANNOUNCE_LATER, now_ms);
		if (is_settled)
			break;
		tap_int(announce_jobs_due(&jobs), now_ms + wait_ms,
		    "later and later");
		now_ms += wait_ms;
		wait_ms = 4 * wait_ms < announce_last_retry_ms
		    ? 4 * wait_ms
		    : announce_last_retry_ms;
	}
	tap_int(attempts, announce_attempts_max, "and then no more");
	tap_ok(now_ms - start_ms < 3 * (int64_t)day_ms, "within three days");
	take(&jobs, "1 gemini://a/\n", now_ms);
	tap_ok(run(&jobs, now_ms + day_ms) == NULL, "given up");
	announce_jobs_fini(&jobs);
}

/* Something new does not hurry what waits after a failure. */
static void
test_patience(void)
{
	struct announce_jobs jobs;
	struct announce_job *job;

	announce_jobs_init(&jobs);
	take(&jobs, "1 gemini://a/\n", start_ms - announce_quiet_ms);
	for (int i = 0; i < 3; i++) {
		job = run(&jobs, start_ms + i * day_ms);
		announce_job_end(job, 1, ANNOUNCE_LATER, start_ms + i * day_ms);
	}
	take(&jobs, "2 gemini://a/\n", start_ms + 2 * day_ms);
	tap_int(announce_jobs_due(&jobs),
	    start_ms + 2 * day_ms + 4 * 4 * announce_first_retry_ms,
	    "it waits as long");
	announce_jobs_fini(&jobs);
}

static void
test_memory(void)
{
	struct announce_jobs jobs;
	struct announce_job *job;
	struct buf text;

	buf_init(&text, text_max);
	announce_jobs_init(&jobs);
	announce_jobs_take_done(
	    &jobs, 0, STR("3 gemini://a/\n5 gemini://old/\n"));
	announce_jobs_take_done(&jobs, 1, STR("4 gemini://a/\n"));
	take(&jobs, "3 gemini://a/\n6 gemini://c/\n", start_ms);
	announce_jobs_take(&jobs, 1, STR("9 gemini://a/\n"), start_ms);
	job = run(&jobs, start_ms + day_ms);
	tap_ok(job != NULL && job->site == 1, "another site's is its own");
	announce_job_end(
	    run(&jobs, start_ms + day_ms), 6, ANNOUNCE_TOLD, start_ms);
	tap_ok(run(&jobs, start_ms + day_ms) == NULL,
	    "what was done is not done again");
	announce_jobs_add_done(&jobs, 0, &text);
	tap_str(buf_str(&text), STR("3 gemini://a/\n6 gemini://c/\n"),
	    "what is not asked for any more is forgotten");
	take(&jobs, "", start_ms);
	buf_clear(&text);
	announce_jobs_add_done(&jobs, 0, &text);
	tap_int((long long)text.n, 0, "all of it");
	announce_jobs_take(&jobs, 1, STR(""), start_ms);
	tap_int((long long)jobs.all.n, 1, "but for what runs");
	announce_job_end(job, 9, ANNOUNCE_TOLD, start_ms);
	tap_ok(run(&jobs, start_ms + day_ms) == NULL, "nothing is left");
	buf_fini(&text);
	announce_jobs_fini(&jobs);
}

int
main(void)
{
	test_told();
	test_retries();
	test_patience();
	test_memory();
	return tap_done();
}
