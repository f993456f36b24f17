/*
 * Which processes there are to be, and how one generation follows another.
 * Signals and configurations are the master's.
 */
#include "proc/fleet.h"

#include <assert.h>
#include <poll.h>

#include "base/clock.h"
#include "base/log.h"
#include "os/child.h"
#include "proc/announce.h"
#include "proc/generation.h"
#include "proc/publishing.h"
#include "proc/sockets.h"

enum {
	ms_per_second = 1000,
	start_most_ms = 30 * ms_per_second, /* of workers, beside the old */
};

void
fleet_init(struct fleet *f, const struct role_commons *commons)
{
	*f = (struct fleet){
	    .commons = commons, .workers = VEC_INIT(struct role *)};
}

/* Take the roles away whose life is over. */
static void
bury(struct fleet *f)
{
	struct role **role;

	if (f->publisher != NULL && f->publisher->state == ROLE_GONE)
		role_free(&f->publisher);
	if (f->announcer != NULL && f->announcer->state == ROLE_GONE)
		role_free(&f->announcer);
	for (size_t i = f->workers.n; i > 0; i--) {
		role = vec_get(&f->workers, i - 1);
		if ((*role)->state != ROLE_GONE)
			continue;
		role_free(role);
		vec_remove(&f->workers, i - 1);
	}
	if (f->old != NULL && f->old->roles == 0)
		generation_free(&f->old);
}

void
fleet_fini(struct fleet *f)
{
	bury(f);
	assert(fleet_is_empty(f));
	vec_fini(&f->workers);
	generation_free(&f->old);
	generation_free(&f->next);
	generation_free(&f->current);
}

bool
fleet_is_empty(const struct fleet *f)
{
	return f->publisher == NULL && f->announcer == NULL &&
	    f->workers.n == 0;
}

bool
fleet_is_busy(const struct fleet *f)
{
	return f->next != NULL || f->old != NULL;
}

void
fleet_offer(struct fleet *f, struct generation *generation)
{
	assert(!fleet_is_busy(f));
	f->next = generation;
	f->next_due_ms = 0;
}

static void
start_and_kill(struct fleet *f, struct role *role, int64_t now_ms)
{
	if (role->state == ROLE_WAITING && now_ms >= role->due_ms)
		role_start(role, f->commons);
	role_check_deadline(role, now_ms);
}

/* Have the publisher that the generation wants, or none: at most one at a
 * time, since it is the only writer. True once that is so. */
static bool
settle_publisher(struct fleet *f, struct generation *generation)
{
	bool is_wanted = generation_has_sources(generation);

	if (f->publisher == NULL) {
		if (!is_wanted)
			return true;
		f->publisher = role_new(ROLE_PUBLISHER, generation, 0);
	}
	if (f->publisher->state == ROLE_STOPPING)
		return false;
	if (is_wanted &&
	    generation_publishes_alike(f->publisher->generation, generation))
		return f->publisher->was_ready;
	role_stop(f->publisher, 0, false);
	return false;
}

/* Have news announced, by a process of the generation that serves. */
static void
settle_announcer(struct fleet *f)
{
	bool has_news = f->publisher != NULL && f->publisher->has_news;

	if (f->announcer != NULL && f->announcer->generation != f->current) {
		if (f->announcer->state != ROLE_STOPPING)
			role_stop(f->announcer, 0, true);
		/* The next one looks at everything. */
		if (f->publisher != NULL)
			f->publisher->has_news = true;
		return;
	}
	if (!has_news)
		return;
	f->publisher->has_news = false;
	if (f->announcer == NULL)
		f->announcer = role_new(ROLE_ANNOUNCER, f->current, 0);
	else
		role_tell(f->announcer, ANNOUNCE_LOOK);
}

static void
stop_workers(struct fleet *f, const struct generation *generation, bool at_once)
{
	int64_t drain_ms =
	    (int64_t)generation->conf->limits.drain_seconds * ms_per_second;

	VEC_EACH (struct role *, role, &f->workers)
		if ((*role)->generation == generation &&
		    ((*role)->state != ROLE_STOPPING || at_once))
			role_stop(*role, drain_ms, at_once);
}

static size_t
count_workers(const struct fleet *f, const struct generation *generation)
{
	size_t count = 0;

	VEC_EACH (struct role *, role, &f->workers)
		if ((*role)->generation == generation)
			count++;
	return count;
}

static void
add_workers(struct fleet *f, struct generation *generation)
{
	for (size_t i = 0; i < generation->workers; i++)
		*(struct role **)vec_add(&f->workers) =
		    role_new(ROLE_WORKER, generation, i);
	f->next_due_ms = clock_monotonic_ms() + start_most_ms;
}

static bool
workers_are_ready(const struct fleet *f, const struct generation *generation)
{
	VEC_EACH (struct role *, role, &f->workers)
		if ((*role)->generation == generation &&
		    (*role)->state != ROLE_READY)
			return false;
	return true;
}

static bool
has_failed(const struct fleet *f, const struct generation *generation)
{
	if (f->publisher != NULL && f->publisher->generation == generation &&
	    f->publisher->has_failed)
		return true;
	VEC_EACH (struct role *, role, &f->workers)
		if ((*role)->generation == generation && (*role)->has_failed)
			return true;
	return false;
}

/* The publisher of another generation goes on as this one's. */
static void
keep_publisher(struct fleet *f)
{
	if (f->publisher == NULL || f->publisher->generation == f->current)
		return;
	f->publisher->generation->roles--;
	f->publisher->generation = f->current;
	f->current->roles++;
	role_tell(f->publisher, PUBLISHING_RESCAN);
}

static enum fleet_news
take_over(struct fleet *f)
{
	f->old = f->current;
	f->current = f->next;
	f->next = NULL;
	if (f->old != NULL)
		stop_workers(f, f->old, false);
	keep_publisher(f);
	sockets_release(f->commons->sockets, &f->current->conf->listens);
	return FLEET_TOOK_OVER;
}

static enum fleet_news
give_up(struct fleet *f)
{
	f->old = f->next;
	f->next = NULL;
	stop_workers(f, f->old, true);
	if (f->publisher != NULL && f->publisher->generation == f->old &&
	    f->publisher->state != ROLE_STOPPING)
		role_stop(f->publisher, 0, true);
	if (f->current != NULL)
		sockets_release(
		    f->commons->sockets, &f->current->conf->listens);
	return FLEET_GAVE_UP;
}

/* One step of next on its way to be current. */
static enum fleet_news
hand_over(struct fleet *f)
{
	bool is_late = f->current != NULL && f->next_due_ms != 0 &&
	    clock_monotonic_ms() >= f->next_due_ms;

	if (is_late)
		log_error("reload: the new workers are not ready after %d s",
		    start_most_ms / ms_per_second);
	if (is_late || has_failed(f, f->next))
		return give_up(f);
	if (!settle_publisher(f, f->next))
		return FLEET_NOTHING;
	if (count_workers(f, f->next) == 0)
		add_workers(f, f->next);
	if (workers_are_ready(f, f->next))
		return take_over(f);
	return FLEET_NOTHING;
}

enum fleet_news
fleet_step(struct fleet *f)
{
	enum fleet_news news = FLEET_NOTHING;
	int64_t now_ms = clock_monotonic_ms();

	bury(f);
	if (!f->is_stopping && f->next != NULL)
		news = hand_over(f);
	else if (!f->is_stopping && f->current != NULL)
		settle_publisher(f, f->current);
	if (!f->is_stopping && f->current != NULL)
		settle_announcer(f);
	if (f->publisher != NULL)
		start_and_kill(f, f->publisher, now_ms);
	if (f->announcer != NULL)
		start_and_kill(f, f->announcer, now_ms);
	VEC_EACH (struct role *, role, &f->workers)
		start_and_kill(f, *role, now_ms);
	bury(f);
	return news;
}

static int64_t
role_due(const struct role *role)
{
	if (role->state == ROLE_WAITING || role->state == ROLE_STOPPING)
		return role->due_ms;
	return INT64_MAX;
}

int
fleet_wait_ms(const struct fleet *f)
{
	int64_t now_ms = clock_monotonic_ms(), due = INT64_MAX, each;

	if (f->publisher != NULL)
		due = role_due(f->publisher);
	if (f->announcer != NULL && role_due(f->announcer) < due)
		due = role_due(f->announcer);
	VEC_EACH (struct role *, role, &f->workers) {
		each = role_due(*role);
		if (each < due)
			due = each;
	}
	if (f->next != NULL && f->next_due_ms != 0 && f->next_due_ms < due)
		due = f->next_due_ms;
	if (due == INT64_MAX)
		return -1;
	return due <= now_ms ? 0 : (int)(due - now_ms);
}

static void
list_channel(const struct role *role, struct vec *fds)
{
	if (role->channel >= 0)
		*(struct pollfd *)vec_add(fds) =
		    (struct pollfd){.fd = role->channel, .events = POLLIN};
}

void
fleet_list_channels(const struct fleet *f, struct vec *fds)
{
	if (f->publisher != NULL)
		list_channel(f->publisher, fds);
	if (f->announcer != NULL)
		list_channel(f->announcer, fds);
	VEC_EACH (struct role *, role, &f->workers)
		list_channel(*role, fds);
}

void
fleet_hear(struct fleet *f)
{
	if (f->publisher != NULL)
		role_hear(f->publisher);
	if (f->announcer != NULL)
		role_hear(f->announcer);
	VEC_EACH (struct role *, role, &f->workers)
		role_hear(*role);
}

void
fleet_take_end(struct fleet *f, const struct child_end *end)
{
	if (f->publisher != NULL && f->publisher->pid == end->pid)
		role_end(f->publisher, end);
	if (f->announcer != NULL && f->announcer->pid == end->pid)
		role_end(f->announcer, end);
	VEC_EACH (struct role *, role, &f->workers)
		if ((*role)->pid == end->pid)
			role_end(*role, end);
}

void
fleet_tell_workers(struct fleet *f, char message)
{
	VEC_EACH (struct role *, role, &f->workers)
		role_tell(*role, message);
}

void
fleet_stop(struct fleet *f, bool at_once)
{
	struct generation *all[] = {f->current, f->next, f->old};

	f->is_stopping = true;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i] != NULL)
			stop_workers(f, all[i], at_once);
	if (f->publisher != NULL && f->publisher->state != ROLE_STOPPING)
		role_stop(f->publisher, 0, at_once);
	if (f->announcer != NULL && f->announcer->state != ROLE_STOPPING)
		role_stop(f->announcer, 0, at_once);
}
