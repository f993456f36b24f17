/*
 * The process that tells aggregators of new articles. What there is to tell
 * stands in the catalogues; what was told, in files of its own.
 */
#include "proc/announce.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "catalogue/reader.h"
#include "net/ask.h"
#include "os/channel.h"
#include "os/child.h"
#include "proc/announce_jobs.h"
#include "publish/announcements.h"

enum {
	runs_max = 4, /* attempts at the same time */
	run_seconds = 60, /* whatever the attempt waits for */
	wait_most_ms = 60 * 1000,
	ms_per_second = 1000,
	code_class = 10,
	class_success = 2,
	class_temporary = 4,
};

static const char known_hosts[] = "known_hosts";

/* An attempt under way. */
struct run {
	struct announce_job *job; /* NULL: none */
	int64_t number;
	pid_t pid;
	int channel;
};

struct announcing {
	const struct announce_options *options;
	struct announce_jobs jobs;
	struct run runs[runs_max];
	bool must_quit;
};

static void
read_done(struct announcing *a, size_t site)
{
	const char *name = a->options->sites[site].name;
	struct buf text;

	buf_init(&text, announcements_bytes_max);
	if (file_read(AT_FDCWD, name, &text, NULL) == 0)
		announce_jobs_take_done(&a->jobs, site, buf_str(&text));
	else if (errno != ENOENT)
		log_warning("announce: cannot read what was told before: %s",
		    strerror(errno));
	buf_fini(&text);
}

static void
write_done(struct announcing *a, size_t site)
{
	const char *name = a->options->sites[site].name;
	struct buf text;

	buf_init(&text, announcements_bytes_max);
	announce_jobs_add_done(&a->jobs, site, &text);
	if (file_replace(AT_FDCWD, name, S_IRUSR | S_IWUSR, buf_str(&text)) < 0)
		log_warning("announce: cannot remember what was told: %s",
		    strerror(errno));
	buf_fini(&text);
}

static void
look(struct announcing *a)
{
	struct buf text;

	for (size_t i = 0; i < a->options->site_count; i++) {
		buf_init(&text, announcements_bytes_max);
		if (reader_find_meta(a->options->sites[i].reader,
			announcements_key, &text) != READER_FAILED)
			announce_jobs_take(
			    &a->jobs, i, buf_str(&text), clock_monotonic_ms());
		buf_fini(&text);
	}
}

/* What an answer means; as ask() tells it. */
static enum announce_outcome
judge(int code)
{
	if (code == 0 || code / code_class == class_temporary)
		return ANNOUNCE_LATER;
	return code / code_class == class_success ? ANNOUNCE_TOLD
						  : ANNOUNCE_NEVER;
}

/* The body of an attempt's process. It must not outlive what it is for. */
static int
on_attempt(void *context, int channel)
{
	const struct announce_job *job = context;
	struct ask_options options = {
	    .url = str_from_c(job->url),
	    .known_hosts = known_hosts,
	    .known_as = "announce/known_hosts in the state folder",
	};
	enum announce_outcome outcome;
	struct buf why;
	int code;

	alarm(run_seconds);
	buf_init(&why, ask_why_max);
	code = ask(&options, &why);
	outcome = judge(code);
	if (outcome == ANNOUNCE_TOLD)
		log_info("announce: told url=%s status=%d", job->url, code);
	else
		log_warning("announce: not told url=%s status=%d why=%" STR_FMT,
		    job->url, code < 0 ? 0 : code, STR_ARG(buf_str(&why)));
	channel_send(channel, (char)outcome);
	buf_fini(&why);
	return 0;
}

static void
start(struct run *run, struct announce_job *job)
{
	struct child_options child = {
	    .name = "capsuled-ask",
	    .run = on_attempt,
	    .context = job,
	};

	job->is_running = true;
	*run = (struct run){job, job->number, 0, -1};
	run->pid = child_start(&child, &run->channel);
	if (run->pid > 0)
		return;
	log_warning("announce: cannot start: %s", strerror(errno));
	announce_job_end(
	    job, run->number, ANNOUNCE_LATER, clock_monotonic_ms());
	run->job = NULL;
}

static void
start_what_is_due(struct announcing *a)
{
	struct announce_job *job;

	for (size_t i = 0; i < runs_max; i++) {
		if (a->runs[i].job != NULL)
			continue;
		job = announce_jobs_find_due(&a->jobs, clock_monotonic_ms());
		if (job == NULL)
			return;
		start(&a->runs[i], job);
	}
}

static void
end(struct announcing *a, struct run *run, enum announce_outcome outcome)
{
	struct announce_job *job = run->job;
	int64_t now_ms = clock_monotonic_ms();
	size_t site = job->site;

	close(run->channel);
	run->job = NULL;
	if (announce_job_end(job, run->number, outcome, now_ms)) {
		if (outcome == ANNOUNCE_LATER)
			log_warning("announce: given up url=%s", job->url);
		write_done(a, site);
	} else {
		log_info("announce: trying again url=%s seconds=%lld", job->url,
		    (long long)((job->due_ms - now_ms) / ms_per_second));
	}
}

static void
hear(struct announcing *a, struct run *run)
{
	char message;

	switch (channel_receive(run->channel, &message)) {
	case CHANNEL_EMPTY:
		break;
	case CHANNEL_MESSAGE:
		end(a, run, (enum announce_outcome)message);
		break;
	case CHANNEL_CLOSED:
		log_warning(
		    "announce: no answer in time url=%s", run->job->url);
		end(a, run, ANNOUNCE_LATER);
		break;
	}
}

static void
obey(struct announcing *a)
{
	char message;

	for (;;)
		switch (channel_receive(a->options->channel, &message)) {
		case CHANNEL_EMPTY:
			return;
		case CHANNEL_CLOSED:
			a->must_quit = true;
			return;
		case CHANNEL_MESSAGE:
			if (message == ANNOUNCE_QUIT)
				a->must_quit = true;
			else if (message == ANNOUNCE_LOOK)
				look(a);
			break;
		}
}

static bool
has_room(const struct announcing *a)
{
	for (size_t i = 0; i < runs_max; i++)
		if (a->runs[i].job == NULL)
			return true;
	return false;
}

static int
wait_ms(const struct announcing *a)
{
	int64_t now_ms = clock_monotonic_ms();
	int64_t due_ms = announce_jobs_due(&a->jobs);

	if (!has_room(a) || due_ms > now_ms + wait_most_ms)
		return wait_most_ms;
	return due_ms <= now_ms ? 0 : (int)(due_ms - now_ms);
}

static void
loop_once(struct announcing *a)
{
	struct pollfd fds[runs_max + 1] = {
	    {.fd = a->options->channel, .events = POLLIN}};
	struct child_end ended;

	for (size_t i = 0; i < runs_max; i++)
		fds[i + 1] = (struct pollfd){
		    .fd = a->runs[i].job == NULL ? -1 : a->runs[i].channel,
		    .events = POLLIN,
		};
	poll(fds, runs_max + 1, wait_ms(a));
	if (fds[0].revents != 0)
		obey(a);
	for (size_t i = 0; i < runs_max; i++)
		if (fds[i + 1].revents != 0)
			hear(a, &a->runs[i]);
	while (child_next_end(&ended))
		continue;
}

/* What is under way is tried again by the next run of the server. */
static void
stop(struct announcing *a)
{
	for (size_t i = 0; i < runs_max; i++)
		if (a->runs[i].job != NULL) {
			kill(a->runs[i].pid, SIGKILL);
			close(a->runs[i].channel);
		}
	announce_jobs_fini(&a->jobs);
}

int
announce_run(const struct announce_options *options)
{
	struct announcing a = {.options = options};

	announce_jobs_init(&a.jobs);
	for (size_t i = 0; i < options->site_count; i++)
		read_done(&a, i);
	look(&a);
	channel_send(options->channel, ANNOUNCE_READY);
	while (!a.must_quit) {
		start_what_is_due(&a);
		loop_once(&a);
	}
	stop(&a);
	return 0;
}
