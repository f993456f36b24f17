/*
 * The first steps of a new process, between the master's rights and none. What
 * it does then is in worker and publishing.
 */
#include "proc/launch.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "base/diag.h"
#include "base/log.h"
#include "base/mem.h"
#include "proc/announce.h"
#include "proc/generation.h"
#include "proc/publishing.h"
#include "proc/role.h"
#include "proc/sockets.h"
#include "proc/state.h"
#include "proc/worker.h"

/* Whether socket number i of a group is this worker's. */
static bool
is_mine(const struct launch *launch, const struct socket_group *group, size_t i)
{
	return group->is_inherited ||
	    i % launch->generation->workers == launch->index;
}

void
launch_list_sockets(const struct launch *launch, struct vec *fds)
{
	const struct vec *listens = &launch->generation->conf->listens;
	const struct socket_group *group;

	for (size_t i = 0; i < listens->n; i++) {
		group = sockets_get(launch->commons->sockets, listens, i);
		for (size_t j = 0; j < group->fds.n; j++)
			if (is_mine(launch, group, j))
				*(int *)vec_add(fds) =
				    *(int *)vec_get(&group->fds, j);
	}
}

static void
list_listeners(const struct launch *launch, struct vec *out)
{
	const struct vec *listens = &launch->generation->conf->listens;
	const struct socket_group *group;
	struct worker_listener *listener;

	for (size_t i = 0; i < listens->n; i++) {
		group = sockets_get(launch->commons->sockets, listens, i);
		for (size_t j = 0; j < group->fds.n; j++) {
			if (!is_mine(launch, group, j))
				continue;
			listener = vec_add(out);
			*listener = (struct worker_listener){
			    .listen = vec_get(listens, i),
			    .fd = *(int *)vec_get(&group->fds, j),
			    .port = group->port,
			};
		}
	}
}

static int
open_site(const struct site *site, struct worker_site *out, struct diags *diags)
{
	struct diag_place place = {.file = str_from_c(site->root)};

	*out = (struct worker_site){
	    .capsule = site->capsule,
	    .root_fd = -1,
	    .catalogue = site->catalogue,
	    .mode = site->mode,
	};
	out->reader = reader_open(site->catalogue, site->mode, diags);
	if (out->reader == NULL)
		return -1;
	if (site->root == NULL)
		return 0;
	out->root_fd = open(site->root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (out->root_fd >= 0)
		return 0;
	diags_error(diags, place, "root", "see that it is still there", "%s",
	    strerror(errno));
	return -1;
}

static int
open_sites(const struct generation *g, struct vec *out, struct diags *diags)
{
	VEC_EACH (const struct site, site, &g->sites)
		if (open_site(site, vec_add(out), diags) < 0)
			return -1;
	return 0;
}

static int
drop_rights(const struct generation *g, const char *role, struct diags *diags)
{
	struct diag_place place = {.file = str_from_c(role)};

	if (!g->drops || priv_drop(&g->user) == 0)
		return 0;
	diags_error(diags, place, "user", "name another user",
	    "cannot become the user %ld: %s", (long)g->user.uid,
	    strerror(errno));
	return -1;
}

int
launch_worker(void *context, int channel)
{
	const struct launch *launch = context;
	const struct generation *g = launch->generation;
	struct vec sites = VEC_INIT(struct worker_site);
	struct vec listeners = VEC_INIT(struct worker_listener);
	struct worker_options options = {
	    .conf = g->conf,
	    .tls = g->tls,
	    .peers = g->peers,
	    .index = launch->index,
	    .channel = channel,
	};
	struct diags diags;
	int result = 1;

	diags_init(&diags);
	if (open_sites(g, &sites, &diags) == 0 &&
	    drop_rights(g, "worker", &diags) == 0) {
		list_listeners(launch, &listeners);
		memcpy(options.salt, launch->commons->salt, worker_salt_size);
		options.sites = sites.items;
		options.site_count = sites.n;
		options.listeners = listeners.items;
		options.listener_count = listeners.n;
		result = worker_run(&options);
	}
	log_diags(&diags);
	diags_fini(&diags);
	vec_fini(&sites);
	vec_fini(&listeners);
	return result;
}

int
launch_publisher(void *context, int channel)
{
	const struct launch *launch = context;
	const struct generation *g = launch->generation;
	struct vec sites = VEC_INIT(struct publishing_site);
	struct publishing_options options = {.channel = channel};
	struct publishing_site *out;
	int result;

	VEC_EACH (const struct site, site, &g->sites) {
		if (site->root == NULL)
			continue;
		out = vec_add(&sites);
		*out = (struct publishing_site){
		    .root = site->root,
		    .shown = site->capsule->root,
		    .catalogue = site->catalogue,
		    .host = conf_capsule_name(site->capsule),
		    .mirror = str_is_empty(site->capsule->export_html)
			? NULL
			: site->capsule->export_html.p,
		    .language = site->capsule->language,
		    .drafts = site->capsule->drafts,
		    .owners = site->capsule->owners.n > 0,
		};
	}
	options.sites = sites.items;
	options.site_count = sites.n;
	options.user = g->drops ? &g->user : NULL;
	result = publishing_run(&options);
	vec_fini(&sites);
	return result;
}

/* The catalogues of the capsules that are published here. */
static int
open_announce_sites(
    const struct generation *g, struct vec *out, struct diags *diags)
{
	struct announce_site *to;

	VEC_EACH (const struct site, site, &g->sites) {
		if (site->root == NULL)
			continue;
		to = vec_add(out);
		to->name = state_announce_name(site->root);
		to->reader = reader_open(site->catalogue, site->mode, diags);
		if (to->reader == NULL)
			return -1;
	}
	return 0;
}

int
launch_announcer(void *context, int channel)
{
	const struct launch *launch = context;
	const struct generation *g = launch->generation;
	struct vec sites = VEC_INIT(struct announce_site);
	struct announce_options options = {.channel = channel};
	struct diags diags;
	int result = 1;

	diags_init(&diags);
	if (open_announce_sites(g, &sites, &diags) == 0 &&
	    state_enter_announce(launch->commons->state,
		g->drops ? &g->user : NULL, &diags) == 0 &&
	    drop_rights(g, "announcer", &diags) == 0) {
		options.sites = sites.items;
		options.site_count = sites.n;
		result = announce_run(&options);
	}
	log_diags(&diags);
	diags_fini(&diags);
	VEC_EACH (struct announce_site, site, &sites) {
		reader_close(&site->reader);
		mem_free(site->name);
	}
	vec_fini(&sites);
	return result;
}
