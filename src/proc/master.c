/*
 * The process that starts and watches all others, and listens to the operator.
 * It reads no request and no article.
 */
#include "proc/master.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "os/child.h"
#include "os/machine.h"
#include "os/notify.h"
#include "os/priv.h"
#include "os/signals.h"
#include "proc/fleet.h"
#include "proc/generation.h"
#include "proc/inherited.h"
#include "proc/sockets.h"
#include "proc/state.h"
#include "proc/worker.h"
#include "tls/digest.h"
#include "tls/tickets.h"

enum {
	descriptors_spare = 64, /* catalogues, sockets, logs */
	ms_per_second = 1000,
	stale_check_ms = ms_per_second,
	refuse_after_ms = 100, /* once workers surely accept no more */
	notice_max = 64,
};

struct master {
	const struct master_options *options;
	struct state state;
	struct sockets sockets;
	struct role_commons commons;
	struct fleet fleet;
	int signals;
	bool reload_wanted;
	bool is_stopping;
	bool has_failed;
	int64_t stale_check_at_ms;
	int64_t refuse_at_ms; /* when stopping; 0: done or not due */
};

/* A new generation by the configuration as it is now. */
static struct generation *
make_generation(struct master *m, struct conf *conf, struct diags *diags)
{
	struct generation_maker maker = {
	    .conf = conf,
	    .state = &m->state,
	    .sockets = &m->sockets,
	    .tickets = m->commons.tickets,
	};

	return generation_new(&maker, diags);
}

/* The first configuration, the state folder that it names, and everything that
 * is made once. */
/* Workers inherit the bound. A connection may need a second descriptor for an
 * asset; when there is none left, accepting pauses. */
static void
raise_descriptors(unsigned connections)
{
	uint64_t limit = machine_raise_descriptors();

	if (limit < (uint64_t)connections + descriptors_spare)
		log_warning("server: few descriptors for the connections that "
			    "are allowed descriptors=%" PRIu64
			    " connections=%u",
		    limit, connections);
}

static int
master_open(struct master *m, struct diags *diags)
{
	struct conf *conf = m->options->load(m->options->context, diags);
	struct generation *generation;

	if (conf == NULL)
		return -1;
	m->signals = signals_open();
	if (m->signals < 0 || priv_harden() < 0) {
		log_error("master: %s", strerror(errno));
		conf_free(&conf);
		return -1;
	}
	if (state_open(&m->state, conf->state, diags) < 0) {
		conf_free(&conf);
		return -1;
	}
	if (inherited_take(&m->sockets, diags) < 0) {
		conf_free(&conf);
		return -1;
	}
	digest_random(m->commons.salt, sizeof(m->commons.salt));
	m->commons.tickets = tickets_new(clock_monotonic_ms());
	generation = make_generation(m, conf, diags);
	if (generation == NULL)
		return -1;
	log_set_level(generation->conf->log.level);
	raise_descriptors(generation->conf->limits.connections);
	fleet_offer(&m->fleet, generation);
	return 0;
}

static void
master_close(struct master *m)
{
	fleet_fini(&m->fleet);
	sockets_fini(&m->sockets);
	tickets_free(&m->commons.tickets);
	state_close(&m->state);
	if (m->signals >= 0)
		close(m->signals);
}

/* One line for each listener and capsule. decisions.md, 21. */
static void
print_ready(const struct master *m)
{
	const struct conf *conf = m->fleet.current->conf;
	const struct socket_group *group;
	struct str name;

	for (size_t i = 0; i < conf->listens.n; i++) {
		group = sockets_get(&m->sockets, &conf->listens, i);
		VEC_EACH (const struct conf_capsule, capsule, &conf->capsules) {
			name = conf_capsule_name(capsule);
			printf("ready gemini://%" STR_FMT ":%u/\n",
			    STR_ARG(name), group->port);
		}
	}
	fflush(stdout);
}

static void
notify_reloading(void)
{
	char notice[notice_max];

	snprintf(notice, sizeof(notice), "RELOADING=1\nMONOTONIC_USEC=%lld",
	    (long long)clock_monotonic_ms() * ms_per_second);
	notify_send(notice);
}

/* First everything that can be wrong is tried, then the fleet hands over.
 * Requests for a reload that come meanwhile are one more reload. */
static void
reload(struct master *m)
{
	struct generation *generation = NULL;
	struct conf *conf;
	struct diags diags;

	m->reload_wanted = false;
	notify_reloading();
	diags_init(&diags);
	conf = m->options->load(m->options->context, &diags);
	if (conf != NULL)
		generation = make_generation(m, conf, &diags);
	log_diags(&diags);
	diags_fini(&diags);
	if (generation != NULL) {
		fleet_offer(&m->fleet, generation);
		return;
	}
	sockets_release(&m->sockets, &m->fleet.current->conf->listens);
	log_error("reload: refused, what was served before goes on");
	notify_send("READY=1");
}

static void
stop(struct master *m, bool at_once)
{
	if (!m->is_stopping) {
		log_info("server: stopping");
		notify_send("STOPPING=1");
	}
	fleet_stop(&m->fleet, at_once || m->is_stopping);
	m->is_stopping = true;
	m->refuse_at_ms = clock_monotonic_ms() + refuse_after_ms;
}

/* The log files were moved away. Workers may not be able to make new ones. */
static void
reopen_logs(struct master *m)
{
	struct diags diags;

	diags_init(&diags);
	if (m->fleet.current != NULL)
		generation_make_log(m->fleet.current, &diags);
	log_diags(&diags);
	diags_fini(&diags);
	fleet_tell_workers(&m->fleet, WORKER_REOPEN);
}

static void
take_ends(struct master *m)
{
	struct child_end end;

	while (child_next_end(&end))
		fleet_take_end(&m->fleet, &end);
}

static void
take_signals(struct master *m)
{
	int number;

	while ((number = signals_next(m->signals)) != 0)
		switch (number) {
		case SIGCHLD:
			take_ends(m);
			break;
		case SIGHUP:
			m->reload_wanted = true;
			break;
		case SIGUSR1:
			reopen_logs(m);
			break;
		case SIGTERM:
			stop(m, false);
			break;
		case SIGINT:
			stop(m, true);
			break;
		default: /* others are blocked, and mean nothing */
			break;
		}
}

/* Certificates are renewed by others: a new one counts without being told. */
static void
check_stale(struct master *m)
{
	int64_t now_ms = clock_monotonic_ms();

	if (m->fleet.current == NULL || now_ms < m->stale_check_at_ms)
		return;
	m->stale_check_at_ms = now_ms + stale_check_ms;
	if (!generation_has_stale_files(m->fleet.current))
		return;
	log_info("files: a certificate or a catalogue has changed, reloading");
	m->reload_wanted = true;
}

static void
take_news(struct master *m, enum fleet_news news)
{
	static bool is_first = true;

	switch (news) {
	case FLEET_NOTHING:
		break;
	case FLEET_TOOK_OVER:
		log_set_level(m->fleet.current->conf->log.level);
		if (is_first)
			print_ready(m);
		else
			log_info("reload: done");
		is_first = false;
		notify_send("READY=1");
		break;
	case FLEET_GAVE_UP:
		if (m->fleet.current == NULL) {
			m->has_failed = true;
			fleet_stop(&m->fleet, true);
			break;
		}
		log_error("reload: refused, what was served before goes on");
		notify_send("READY=1");
		break;
	}
}

/* Stopping is also told to those who would connect. */
static void
refuse_connections(struct master *m)
{
	if (m->refuse_at_ms == 0 || clock_monotonic_ms() < m->refuse_at_ms)
		return;
	sockets_refuse(&m->sockets);
	m->refuse_at_ms = 0;
}

static int
wait_ms(const struct master *m)
{
	int wait = fleet_wait_ms(&m->fleet);

	if (m->refuse_at_ms != 0 && (wait < 0 || wait > refuse_after_ms))
		return refuse_after_ms;
	if (m->fleet.current != NULL && m->fleet.current->stamps.n > 0 &&
	    (wait < 0 || wait > stale_check_ms))
		return stale_check_ms;
	return wait;
}

static void
wait_for_events(struct master *m)
{
	struct vec fds = VEC_INIT(struct pollfd);

	*(struct pollfd *)vec_add(&fds) =
	    (struct pollfd){.fd = m->signals, .events = POLLIN};
	fleet_list_channels(&m->fleet, &fds);
	poll(fds.items, fds.n, wait_ms(m));
	vec_fini(&fds);
	fleet_hear(&m->fleet);
	take_signals(m);
}

static void
master_loop(struct master *m)
{
	bool may_reload;

	for (;;) {
		take_news(m, fleet_step(&m->fleet));
		if ((m->is_stopping || m->has_failed) &&
		    fleet_is_empty(&m->fleet))
			return;
		refuse_connections(m);
		check_stale(m);
		may_reload = !m->is_stopping && m->fleet.current != NULL &&
		    !fleet_is_busy(&m->fleet);
		if (m->reload_wanted && may_reload) {
			reload(m);
			continue;
		}
		wait_for_events(m);
	}
}

int
master_run(const struct master_options *options)
{
	struct master m = {.options = options, .signals = -1};
	struct diags diags;
	int result;

	m.state.lock = -1;
	sockets_init(&m.sockets);
	m.commons.sockets = &m.sockets;
	m.commons.state = &m.state;
	fleet_init(&m.fleet, &m.commons);
	diags_init(&diags);
	result = master_open(&m, &diags);
	log_diags(&diags);
	diags_fini(&diags);
	if (result == 0)
		master_loop(&m);
	master_close(&m);
	return result < 0 || m.has_failed ? 1 : 0;
}
