/*
 * The process that keeps catalogues in step with folders: it opens them, gives
 * up its rights, and then publishes what changes, when it changes. What a
 * publish does is publish's.
 */
#include "proc/publishing.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/diag.h"
#include "base/log.h"
#include "base/mem.h"
#include "os/channel.h"
#include "os/watch.h"
#include "proc/mirroring.h"
#include "proc/settle.h"
#include "publish/publish.h"

enum {
	ms_per_second = 1000,
	rescan_ms = 2 * ms_per_second,
	wait_most_ms = 60 * ms_per_second, /* wall clocks jump */
	retry_least_ms = ms_per_second,
	retry_most_ms = 60 * ms_per_second,
};

/* A capsule as the publisher works on it. */
struct source {
	const struct publishing_site *site;
	struct publisher *publisher;
	int root_fd;
	bool is_served; /* readers find a whole capsule */
	bool has_published; /* in this run */
	bool has_new_folders; /* since the watches were last brought up */
	struct settle settle;
	int64_t retry_ms; /* when to try again after a failure; 0: none */
	int64_t retry_delay_ms;
	struct mirroring mirroring;
};

/* A removal that does not count yet: editors take a file away for a moment
 * when they save it. */
struct removal {
	size_t source;
	char *path;
	int64_t due_ms;
};

struct publishing {
	const struct publishing_options *options;
	struct source *sources;
	size_t count;
	struct watch *watch; /* NULL: the system has none to give */
	struct vec removals; /* struct removal */
	bool is_blind; /* not all folders are watched: look at them in turn */
	int64_t rescan_ms; /* when to look again when blind */
	bool is_ready; /* the master was told */
	bool must_quit;
};

static void
go_blind(struct publishing *p, const char *why)
{
	if (!p->is_blind)
		log_warning("watch: %s: looking at all folders every %d s", why,
		    rescan_ms / ms_per_second);
	p->is_blind = true;
	p->rescan_ms = clock_monotonic_ms() + rescan_ms;
}

static int
source_open(
    struct source *source, const struct priv_user *user, struct diags *diags)
{
	const struct publishing_site *site = source->site;
	struct diag_place place = {.file = site->shown};
	struct publish_options options = {
	    .root = site->shown,
	    .catalogue = site->catalogue,
	    .host = site->host,
	    .language = site->language,
	    .drafts = site->drafts,
	    .owners = site->owners,
	    .now = clock_wall_ms() / ms_per_second,
	};

	source->root_fd = open(site->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (source->root_fd < 0) {
		diags_error(diags, place, "root", "make it readable", "%s",
		    strerror(errno));
		return -1;
	}
	options.root_fd = source->root_fd;
	source->publisher = publisher_open(&options, diags);
	if (source->publisher == NULL)
		return -1;
	/* Drafts that are shown to their author are not for the web. */
	if (site->mirror != NULL && !site->drafts)
		mirroring_open(&source->mirroring,
		    &(struct mirroring_options){
			.folder = site->mirror,
			.host = site->host,
			.publisher = source->publisher,
			.user = user,
		    });
	return 0;
}

/* What was open before the rights went stays open, but files are opened one by
 * one, so the new user must be able to. */
static int
source_check_access(const struct source *source, const struct priv_user *user,
    struct diags *diags)
{
	struct diag_place place = {.file = source->site->shown};

	if (faccessat(source->root_fd, ".", R_OK | X_OK, AT_EACCESS) == 0)
		return 0;
	diags_error(diags, place, "root",
	    "give the folder another owner, or let all users read it",
	    "%s, as which the server works, may not read this folder",
	    user == NULL	     ? "the user"
		: user->name == NULL ? "its owner"
				     : user->name);
	return -1;
}

static int
drop_rights(struct publishing *p, struct diags *diags)
{
	const struct priv_user *user = p->options->user;
	struct diag_place place = {.file = STR("publisher")};

	if (user != NULL && priv_drop(user) < 0) {
		diags_error(diags, place, "user", "name another user",
		    "cannot become the user %ld: %s", (long)user->uid,
		    strerror(errno));
		return -1;
	}
	for (size_t i = 0; i < p->count; i++)
		if (source_check_access(&p->sources[i], user, diags) < 0)
			return -1;
	return 0;
}

static int
publishing_open(struct publishing *p, struct diags *diags)
{
	p->watch = watch_new();
	if (p->watch == NULL)
		go_blind(p, strerror(errno));
	for (size_t i = 0; i < p->count; i++) {
		p->sources[i].site = &p->options->sites[i];
		if (source_open(&p->sources[i], p->options->user, diags) < 0)
			return -1;
		if (p->watch != NULL)
			watch_add_root(p->watch, p->sources[i].root_fd);
	}
	return drop_rights(p, diags);
}

static void
publishing_close(struct publishing *p)
{
	for (size_t i = 0; i < p->count; i++) {
		mirroring_fini(&p->sources[i].mirroring);
		publisher_close(&p->sources[i].publisher);
		if (p->sources[i].root_fd >= 0)
			close(p->sources[i].root_fd);
	}
	VEC_EACH (struct removal, removal, &p->removals)
		mem_free(removal->path);
	vec_fini(&p->removals);
	watch_free(&p->watch);
	mem_free(p->sources);
}

static void
tell_ready(struct publishing *p)
{
	for (size_t i = 0; i < p->count; i++)
		if (!p->sources[i].is_served)
			return;
	if (!p->is_ready)
		channel_send(p->options->channel, PUBLISHING_READY);
	p->is_ready = true;
}

/* A folder whose watches are brought up to date. */
struct folders {
	struct publishing *publishing;
	struct source *source;
};

/* A folder that is watched from now on may have changed since it was read. */
static void
on_folder(void *context, struct str path)
{
	struct folders *folders = context;
	struct publishing *p = folders->publishing;

	switch (
	    watch_add(p->watch, (size_t)(folders->source - p->sources), path)) {
	case WATCH_ADDED:
		publisher_mark(folders->source->publisher, path);
		/* Folders that came into it before it was watched. */
		folders->source->has_new_folders = true;
		settle_note(&folders->source->settle, clock_monotonic_ms());
		break;
	case WATCH_FULL:
		go_blind(p, "the system has no inotify watches left");
		break;
	case WATCH_KNOWN:
	case WATCH_ABSENT:
		break;
	}
}

static void
watch_folders(struct publishing *p, struct source *source)
{
	struct folders folders = {p, source};

	source->has_new_folders = false;
	if (p->watch != NULL)
		publisher_each_folder(source->publisher, on_folder, &folders);
}

static void
log_result(const struct source *source, const struct publish_result *result)
{
	void (*say)(const char *, ...) __attribute__((format(printf, 1, 2))) =
	    log_debug;

	if (result->changed || !source->is_served)
		say = log_info;
	say("capsule: published host=%" STR_FMT " articles=%zu pages=%zu "
	    "written=%zu errors=%zu ms=%lld",
	    STR_ARG(source->site->host), result->articles, result->pages,
	    result->entries_written, result->errors,
	    (long long)result->duration_ms);
}

static void
plan_retry(struct source *source, int64_t now_ms)
{
	source->retry_delay_ms *= 2;
	if (source->retry_delay_ms < retry_least_ms)
		source->retry_delay_ms = retry_least_ms;
	if (source->retry_delay_ms > retry_most_ms)
		source->retry_delay_ms = retry_most_ms;
	source->retry_ms = now_ms + source->retry_delay_ms;
}

static void
source_publish(struct publishing *p, struct source *source)
{
	int64_t start_ms = clock_monotonic_ms(), end_ms;
	struct publish_result result = {.changed = false};
	struct diags diags;
	int outcome;

	diags_init(&diags);
	outcome = publisher_publish(source->publisher,
	    clock_wall_ms() / ms_per_second, &diags, &result);
	end_ms = clock_monotonic_ms();
	log_diags(&diags);
	diags_fini(&diags);
	/* What the first one costs says nothing of those that follow. */
	settle_done(&source->settle, end_ms,
	    source->has_published ? end_ms - start_ms : 0);
	source->retry_ms = 0;
	if (outcome < 0) {
		plan_retry(source, end_ms);
		return;
	}
	log_result(source, &result);
	/* An asset of the same size is no change of the catalogue, but one of
	 * the mirror; whoever looks at all every two seconds cannot know. */
	mirroring_want(&source->mirroring, result.changed || !p->is_blind);
	source->retry_delay_ms = 0;
	source->is_served = true;
	source->has_published = true;
	if (result.announces)
		channel_send(p->options->channel, PUBLISHING_NEWS);
	if (source->has_new_folders)
		watch_folders(p, source);
	tell_ready(p);
}

static void
rescan(struct publishing *p)
{
	for (size_t i = 0; i < p->count; i++) {
		publisher_mark_all(p->sources[i].publisher);
		p->sources[i].has_new_folders = true;
		settle_note(&p->sources[i].settle, clock_monotonic_ms());
	}
}

static void
note_removal(struct publishing *p, const struct watch_event *event)
{
	int64_t due_ms = clock_monotonic_ms() + settle_removal_ms;
	struct removal *removal;

	VEC_EACH (struct removal, known, &p->removals)
		if (known->source == event->root &&
		    str_eq(str_from_c(known->path), event->path)) {
			known->due_ms = due_ms;
			return;
		}
	removal = vec_add(&p->removals);
	*removal = (struct removal){event->root, str_to_c(event->path), due_ms};
}

static void
on_change(void *context, const struct watch_event *event)
{
	struct publishing *p = context;
	struct source *source = &p->sources[event->root];

	if (event->is_gone) {
		note_removal(p, event);
		return;
	}
	/* A change of mode comes in the midst of writing, too. */
	if (event->is_access &&
	    !publisher_is_unread(
		source->publisher, event->path, event->is_folder))
		return;
	if (event->is_folder)
		source->has_new_folders = true;
	publisher_mark(source->publisher, event->path);
	settle_note(&source->settle, clock_monotonic_ms());
}

/* Removals that are old enough become changes like all others. */
static void
count_removals(struct publishing *p, int64_t now_ms)
{
	struct removal *removal;
	struct source *source;

	for (size_t i = p->removals.n; i > 0; i--) {
		removal = vec_get(&p->removals, i - 1);
		if (removal->due_ms > now_ms)
			continue;
		source = &p->sources[removal->source];
		publisher_mark(source->publisher, str_from_c(removal->path));
		settle_note(&source->settle, now_ms - settle_most_ms);
		mem_free(removal->path);
		vec_remove(&p->removals, i - 1);
	}
}

static bool
moment_has_come(const struct source *source)
{
	int64_t moment = publisher_next_moment(source->publisher);

	return moment != 0 && clock_wall_ms() / ms_per_second >= moment;
}

/* Whether a change waits to be published, which comes before all else. */
static bool
is_pending(const struct source *source)
{
	return source->retry_ms != 0 ||
	    settle_due(&source->settle) != INT64_MAX;
}

static void
publish_what_is_due(struct publishing *p)
{
	int64_t now_ms = clock_monotonic_ms();
	struct source *source;

	count_removals(p, now_ms);
	if (p->is_blind && now_ms >= p->rescan_ms) {
		rescan(p);
		p->rescan_ms = now_ms + rescan_ms;
	}
	for (size_t i = 0; i < p->count; i++) {
		source = &p->sources[i];
		if (source->retry_ms != 0
			? now_ms >= source->retry_ms
			: settle_due(&source->settle) <= now_ms ||
			    moment_has_come(source))
			source_publish(p, source);
		else if (!is_pending(source))
			mirroring_work(&source->mirroring);
	}
}

/* Whether search can catch up now: changes that wait come first. */
static bool
source_may_index(const struct source *source)
{
	return source->retry_ms == 0 && !source->settle.is_waiting &&
	    publisher_must_index(source->publisher);
}

static void
source_index(struct source *source)
{
	struct diags diags;

	diags_init(&diags);
	if (publisher_index(source->publisher, &diags) < 0)
		plan_retry(source, clock_monotonic_ms());
	else if (!publisher_must_index(source->publisher))
		log_info("capsule: search is complete host=%" STR_FMT,
		    STR_ARG(source->site->host));
	log_diags(&diags);
	diags_fini(&diags);
}

/* A bit of what search lacks, for each capsule, between looks at what else
 * there is to do. */
static void
index_a_bit(struct publishing *p)
{
	for (size_t i = 0; i < p->count; i++)
		if (source_may_index(&p->sources[i]))
			source_index(&p->sources[i]);
}

static int64_t
least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* When the source wants to publish, on the monotonic clock. */
static int64_t
source_due(const struct source *source, int64_t now_ms)
{
	int64_t moment = publisher_next_moment(source->publisher);
	int64_t due = settle_due(&source->settle);

	if (source->retry_ms != 0)
		return source->retry_ms;
	if (moment != 0)
		due = least(
		    due, now_ms + moment * ms_per_second - clock_wall_ms());
	return due;
}

static int
wait_ms(const struct publishing *p)
{
	int64_t now_ms = clock_monotonic_ms(), due = now_ms + wait_most_ms;

	for (size_t i = 0; i < p->count; i++) {
		due = source_may_index(&p->sources[i])
		    ? now_ms
		    : least(due, source_due(&p->sources[i], now_ms));
		if (!is_pending(&p->sources[i]))
			due =
			    least(due, mirroring_due(&p->sources[i].mirroring));
	}
	VEC_EACH (struct removal, removal, &p->removals)
		due = least(due, removal->due_ms);
	if (p->is_blind)
		due = least(due, p->rescan_ms);
	return due <= now_ms ? 0 : (int)(due - now_ms);
}

static void
obey(struct publishing *p)
{
	char message;

	for (;;)
		switch (channel_receive(p->options->channel, &message)) {
		case CHANNEL_EMPTY:
			return;
		case CHANNEL_CLOSED:
			p->must_quit = true;
			return;
		case CHANNEL_MESSAGE:
			if (message == PUBLISHING_QUIT)
				p->must_quit = true;
			else if (message == PUBLISHING_RESCAN)
				rescan(p);
			break;
		}
}

static void
loop_once(struct publishing *p)
{
	struct pollfd fds[] = {
	    {.fd = p->options->channel, .events = POLLIN},
	    {.fd = p->watch == NULL ? -1 : watch_fd(p->watch),
		.events = POLLIN},
	};

	poll(fds, sizeof(fds) / sizeof(fds[0]), wait_ms(p));
	if (fds[0].revents != 0)
		obey(p);
	if (fds[1].revents != 0 && watch_read(p->watch, on_change, p)) {
		log_warning("watch: changes were lost, looking at all folders");
		rescan(p);
	}
	if (p->must_quit)
		return;
	publish_what_is_due(p);
	index_a_bit(p);
}

/* The first publish, and before it the word that an earlier one still holds. */
static void
publish_first(struct publishing *p)
{
	for (size_t i = 0; i < p->count; i++)
		p->sources[i].is_served =
		    publisher_can_serve(p->sources[i].publisher);
	tell_ready(p);
	rescan(p);
	for (size_t i = 0; i < p->count; i++)
		source_publish(p, &p->sources[i]);
}

int
publishing_run(const struct publishing_options *options)
{
	struct publishing p = {
	    .options = options,
	    .count = options->site_count,
	    .removals = VEC_INIT(struct removal),
	};
	struct diags diags;
	int result;

	p.sources = mem_alloc_array(p.count, sizeof(*p.sources));
	for (size_t i = 0; i < p.count; i++)
		p.sources[i] = (struct source){
		    .root_fd = -1,
		    .mirroring = MIRRORING_INIT,
		};
	diags_init(&diags);
	result = publishing_open(&p, &diags);
	log_diags(&diags);
	diags_fini(&diags);
	if (result == 0) {
		publish_first(&p);
		while (!p.must_quit)
			loop_once(&p);
	}
	publishing_close(&p);
	return result < 0 ? 1 : 0;
}
