/*
 * When the web mirror is written. How is publish's.
 */
#include "proc/mirroring.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

enum {
	slice_ms = 20,
	retry_ms = 60 * 1000,
	message_max = 64 * 1024,
};

void
mirroring_open(struct mirroring *m, const struct mirroring_options *o)
{
	struct diags diags;
	bool is_own;

	m->options = *o;
	diags_init(&m->diags);
	diags_init(&diags);
	m->fd = publisher_mirror_open(o->publisher, o->folder, &is_own, &diags);
	if (m->fd >= 0 && is_own && o->user != NULL &&
	    fchown(m->fd, o->user->uid, o->user->gid) < 0)
		log_warning("%s: cannot be given to the user %ld: %s",
		    o->folder, (long)o->user->uid, strerror(errno));
	log_diags(&diags);
	diags_fini(&diags);
}

void
mirroring_fini(struct mirroring *m)
{
	if (m->fd >= 0)
		close(m->fd);
	m->fd = -1;
	diags_fini(&m->diags);
}

void
mirroring_want(struct mirroring *m, bool may_differ)
{
	m->is_running = false;
	if (m->options.folder == NULL || (m->is_done && !may_differ))
		return;
	m->is_done = false;
	m->due_ms = clock_monotonic_ms();
}

/* Say what there is to say, unless it is what was said the last time. */
static void
tell(struct mirroring *m)
{
	uint64_t hash = STR_HASH_START;
	struct buf line;

	VEC_EACH (const struct diag, diag, &m->diags.list) {
		buf_init(&line, message_max);
		diag_print(diag, &line);
		hash = str_hash(hash, buf_str(&line));
		buf_fini(&line);
	}
	if (hash != m->told)
		log_diags(&m->diags);
	m->told = hash;
}

static void
end_run(struct mirroring *m, bool good, const struct export_counts *counts)
{
	tell(m);
	m->is_running = false;
	m->is_done = good;
	m->due_ms = good ? 0 : clock_monotonic_ms() + retry_ms;
	if (good && counts->written + counts->removed > 0)
		log_info("mirror: written host=%" STR_FMT
			 " files=%zu written=%zu removed=%zu",
		    STR_ARG(m->options.host), counts->files, counts->written,
		    counts->removed);
}

void
mirroring_work(struct mirroring *m)
{
	int64_t now_ms = clock_monotonic_ms();
	struct export_counts counts = {0};
	int more;

	if (mirroring_due(m) > now_ms)
		return;
	if (!m->is_running) {
		diags_fini(&m->diags);
		diags_init(&m->diags);
		m->is_running = true;
		if (publisher_mirror_start(m->options.publisher,
			m->options.folder, m->fd, &m->diags) < 0) {
			end_run(m, false, &counts);
			return;
		}
	}
	more = publisher_mirror_step(
	    m->options.publisher, now_ms + slice_ms, &m->diags, &counts);
	if (more <= 0)
		end_run(m, more == 0, &counts);
}

int64_t
mirroring_due(const struct mirroring *m)
{
	return m->due_ms == 0 ? INT64_MAX : m->due_ms;
}
