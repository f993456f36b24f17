/*
 * One process and its lives. Which roles there are is the master's to say.
 */
#include "proc/role.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/vec.h"
#include "os/channel.h"
#include "os/child.h"
#include "proc/announce.h"
#include "proc/generation.h"
#include "proc/launch.h"
#include "proc/publishing.h"
#include "proc/worker.h"
#include "tls/tickets.h"

enum {
	name_max = 32,
	grace_ms = 500, /* beyond what the process was given itself */
	stop_ms = 2000, /* for a process that has nothing to finish */
};

_Static_assert((int)WORKER_READY == (int)PUBLISHING_READY &&
	(int)WORKER_READY == (int)ANNOUNCE_READY,
    "all roles say that they are ready in the same way");

struct role *
role_new(enum role_kind kind, struct generation *generation, size_t index)
{
	struct role *role = mem_alloc(sizeof(*role));

	*role = (struct role){
	    .kind = kind,
	    .generation = generation,
	    .index = index,
	    .channel = -1,
	};
	generation->roles++;
	return role;
}

void
role_free(struct role **role)
{
	struct role *r = *role;

	if (r == NULL)
		return;
	assert(r->pid == 0);
	r->generation->roles--;
	mem_free(r);
	*role = NULL;
}

const char *
role_name(const struct role *role)
{
	static char name[name_max];

	switch (role->kind) {
	case ROLE_PUBLISHER:
		return "publisher";
	case ROLE_WORKER:
		snprintf(name, sizeof(name), "worker %zu", role->index);
		return name;
	case ROLE_ANNOUNCER:
		return "announcer";
	}
	return "";
}

void
role_start(struct role *role, const struct role_commons *commons)
{
	int64_t now_ms = clock_monotonic_ms();
	struct launch launch = {commons, role->generation, role->index};
	struct vec keep = VEC_INIT(int);
	struct child_options child = {.context = &launch};

	switch (role->kind) {
	case ROLE_PUBLISHER:
		child.name = "capsuled-pub";
		child.run = launch_publisher;
		break;
	case ROLE_WORKER:
		child.name = "capsuled-worker";
		child.run = launch_worker;
		launch_list_sockets(&launch, &keep);
		break;
	case ROLE_ANNOUNCER:
		child.name = "capsuled-ann";
		child.run = launch_announcer;
		break;
	}
	tickets_advance(commons->tickets, now_ms);
	child.keep = keep.items;
	child.keep_count = keep.n;
	role->pid = child_start(&child, &role->channel);
	vec_fini(&keep);
	role->started_ms = now_ms;
	role->state = ROLE_STARTING;
	if (role->pid > 0)
		return;
	log_error("%s: cannot start: %s", role_name(role), strerror(errno));
	role->pid = 0;
	role->channel = -1;
	role->state = ROLE_WAITING;
	role->due_ms = now_ms + backoff_next(&role->backoff, false, 0);
}

void
role_hear(struct role *role)
{
	char message;

	if (role->channel < 0)
		return;
	switch (channel_receive(role->channel, &message)) {
	case CHANNEL_MESSAGE:
		if (role->kind == ROLE_PUBLISHER && message == PUBLISHING_NEWS)
			role->has_news = true;
		if (role->state != ROLE_STARTING || message != WORKER_READY)
			break;
		role->state = ROLE_READY;
		role->was_ready = true;
		break;
	case CHANNEL_CLOSED:
		close(role->channel);
		role->channel = -1;
		break;
	case CHANNEL_EMPTY:
		break;
	}
}

void
role_tell(struct role *role, char message)
{
	if (role->channel >= 0)
		channel_send(role->channel, message);
}

static void
log_end(const struct role *role, const struct child_end *end)
{
	void (*say)(const char *, ...) __attribute__((format(printf, 1, 2))) =
	    log_warning;

	if (role->state == ROLE_STOPPING && !end->was_killed &&
	    end->number == 0)
		say = log_debug;
	say("%s: ended pid=%ld %s=%d", role_name(role), (long)end->pid,
	    end->was_killed ? "signal" : "status", end->number);
}

void
role_end(struct role *role, const struct child_end *end)
{
	int64_t now_ms = clock_monotonic_ms();
	bool was_ready;

	role_hear(role);
	was_ready = role->state == ROLE_READY;
	log_end(role, end);
	if (role->channel >= 0)
		close(role->channel);
	role->channel = -1;
	role->pid = 0;
	if (role->state == ROLE_STOPPING) {
		role->state = ROLE_GONE;
		return;
	}
	if (!role->was_ready && !end->was_killed)
		role->has_failed = true;
	role->state = ROLE_WAITING;
	role->due_ms = now_ms +
	    backoff_next(&role->backoff, was_ready, now_ms - role->started_ms);
}

void
role_stop(struct role *role, int64_t drain_ms, bool at_once)
{
	int64_t wait_ms = stop_ms;

	if (role->pid == 0) {
		role->state = ROLE_GONE;
		return;
	}
	switch (role->kind) {
	case ROLE_PUBLISHER:
		role_tell(role, PUBLISHING_QUIT);
		break;
	case ROLE_WORKER:
		role_tell(role, at_once ? WORKER_QUIT : WORKER_DRAIN);
		if (!at_once)
			wait_ms = drain_ms + grace_ms;
		break;
	case ROLE_ANNOUNCER:
		role_tell(role, ANNOUNCE_QUIT);
		break;
	}
	role->state = ROLE_STOPPING;
	role->due_ms = clock_monotonic_ms() + wait_ms;
}

void
role_check_deadline(struct role *role, int64_t now_ms)
{
	if (role->state != ROLE_STOPPING || role->pid == 0 ||
	    now_ms < role->due_ms)
		return;
	log_warning("%s: still there, killed pid=%ld", role_name(role),
	    (long)role->pid);
	kill(role->pid, SIGKILL);
	role->due_ms = now_ms + stop_ms;
}
