/*
 * The plan of what aggregators are told. Asking is announce's.
 */
#include "proc/announce_jobs.h"

#include "base/mem.h"
#include "publish/announcements.h"

enum { retry_factor = 4 };

void
announce_jobs_init(struct announce_jobs *jobs)
{
	*jobs = (struct announce_jobs){.all = VEC_INIT(struct announce_job *)};
}

static void
job_free(struct announce_job **job)
{
	mem_free((*job)->url);
	mem_free(*job);
	*job = NULL;
}

void
announce_jobs_fini(struct announce_jobs *jobs)
{
	VEC_EACH (struct announce_job *, job, &jobs->all)
		job_free(job);
	vec_fini(&jobs->all);
}

static struct announce_job *
job_of(struct announce_jobs *jobs, size_t site, struct str url)
{
	struct announce_job *new;

	VEC_EACH (struct announce_job *, job, &jobs->all)
		if ((*job)->site == site &&
		    str_eq(str_from_c((*job)->url), url))
			return *job;
	new = mem_alloc(sizeof(*new));
	*new = (struct announce_job){.site = site, .url = str_to_c(url)};
	*(struct announce_job **)vec_add(&jobs->all) = new;
	return new;
}

static bool
is_waiting(const struct announce_job *job)
{
	return job->number != 0 && job->number != job->done;
}

/* Something new to tell. What waits after a failure goes on waiting. */
static void
take_number(struct announce_job *job, int64_t number, int64_t now_ms)
{
	int64_t soon_ms = now_ms + announce_quiet_ms;

	if (job->number == number)
		return;
	job->number = number;
	job->attempts = 0;
	if (is_waiting(job) && job->due_ms < soon_ms)
		job->due_ms = soon_ms;
}

void
announce_jobs_take(
    struct announce_jobs *jobs, size_t site, struct str text, int64_t now_ms)
{
	struct announce_job **job;
	struct str url;
	int64_t number;

	jobs->mark++;
	while (announcements_next(&text, &number, &url)) {
		job_of(jobs, site, url)->mark = jobs->mark;
		take_number(job_of(jobs, site, url), number, now_ms);
	}
	for (size_t i = jobs->all.n; i > 0; i--) {
		job = vec_get(&jobs->all, i - 1);
		if ((*job)->site != site || (*job)->mark == jobs->mark)
			continue;
		(*job)->number = 0;
		if ((*job)->is_running)
			continue;
		job_free(job);
		vec_remove(&jobs->all, i - 1);
	}
}

void
announce_jobs_take_done(
    struct announce_jobs *jobs, size_t site, struct str text)
{
	struct str url;
	int64_t number;

	while (announcements_next(&text, &number, &url))
		job_of(jobs, site, url)->done = number;
}

void
announce_jobs_add_done(
    const struct announce_jobs *jobs, size_t site, struct buf *out)
{
	VEC_EACH (struct announce_job *, job, &jobs->all)
		if ((*job)->site == site && (*job)->done != 0)
			buf_addf(out, "%lld %s\n", (long long)(*job)->done,
			    (*job)->url);
}

struct announce_job *
announce_jobs_find_due(const struct announce_jobs *jobs, int64_t now_ms)
{
	VEC_EACH (struct announce_job *, job, &jobs->all)
		if (!(*job)->is_running && is_waiting(*job) &&
		    (*job)->due_ms <= now_ms)
			return *job;
	return NULL;
}

int64_t
announce_jobs_due(const struct announce_jobs *jobs)
{
	int64_t due_ms = INT64_MAX;

	VEC_EACH (struct announce_job *, job, &jobs->all)
		if (!(*job)->is_running && is_waiting(*job) &&
		    (*job)->due_ms < due_ms)
			due_ms = (*job)->due_ms;
	return due_ms;
}

static int64_t
retry_ms(unsigned attempts)
{
	int64_t wait_ms = announce_first_retry_ms;

	for (unsigned i = 1; i < attempts; i++)
		if (wait_ms < announce_last_retry_ms)
			wait_ms *= retry_factor;
	return wait_ms < announce_last_retry_ms ? wait_ms
						: announce_last_retry_ms;
}

bool
announce_job_end(struct announce_job *job, int64_t number,
    enum announce_outcome outcome, int64_t now_ms)
{
	job->is_running = false;
	if (outcome == ANNOUNCE_LATER) {
		job->attempts++;
		job->due_ms = now_ms + retry_ms(job->attempts);
		if (job->attempts < announce_attempts_max)
			return false;
	} else {
		job->due_ms = now_ms + announce_gap_ms;
	}
	job->attempts = 0;
	job->done = number;
	return true;
}
