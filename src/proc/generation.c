/*
 * A configuration, tried and made ready. Starting processes on it is the
 * master's.
 */
#include "proc/generation.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "net/peers.h"
#include "os/machine.h"
#include "proc/logfile.h"
#include "proc/sockets.h"
#include "proc/state.h"
#include "tls/context.h"
#include "tls/keypair.h"

enum { nobody_id = 65534 };

/* A file whose change matters, as it was. */
struct generation_stamp {
	char *path;
	struct file_stamp stamp;
};

static struct diag_place
capsule_place(const struct conf_capsule *capsule, struct str path)
{
	if (!str_is_empty(capsule->place.file))
		return capsule->place;
	return (struct diag_place){.file = path};
}

static struct file_stamp
stamp_of(const char *path)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return (struct file_stamp){0};
	return file_stamp_from(&st);
}

static void
watch_file(struct generation *g, struct str path)
{
	struct generation_stamp *stamp;

	if (str_is_empty(path))
		return;
	stamp = vec_add(&g->stamps);
	stamp->path = str_to_c(path);
	stamp->stamp = stamp_of(stamp->path);
}

bool
generation_has_stale_files(struct generation *g)
{
	bool is_stale = false;
	struct file_stamp now;

	VEC_EACH (struct generation_stamp, stamp, &g->stamps) {
		now = stamp_of(stamp->path);
		if (!file_stamp_eq(now, stamp->stamp) && now.inode != 0)
			is_stale = true;
		stamp->stamp = now;
	}
	return is_stale;
}

/* The owner of what is served, or nobody when that is root. decisions.md, 19.
 */
static void
find_owner(struct generation *g)
{
	const struct conf_capsule *first = vec_get(&g->conf->capsules, 0);
	struct str path =
	    str_is_empty(first->root) ? first->catalogue : first->root;
	char *name = str_to_c(path);
	struct stat st;

	if (stat(name, &st) < 0 || st.st_uid == 0) {
		if (priv_find_user("nobody", &g->user) < 0)
			g->user = (struct priv_user){
			    .uid = nobody_id, .gid = nobody_id};
	} else
		priv_user_from_uid(st.st_uid, st.st_gid, &g->user);
	mem_free(name);
}

static int
find_named_user(struct generation *g, struct diags *diags)
{
	struct diag_place place = {.file = g->conf->file};
	char *name = str_to_c(g->conf->user);
	int result = priv_find_user(name, &g->user);

	mem_free(name);
	if (result < 0)
		diags_error(diags, place, "user", "name a user of this machine",
		    "user: there is no user \"%" STR_FMT "\"",
		    STR_ARG(g->conf->user));
	return result;
}

static int
find_user(struct generation *g, struct diags *diags)
{
	struct diag_place place = {.file = g->conf->file};
	bool is_named = !str_is_empty(g->conf->user);

	if (!priv_is_root()) {
		if (is_named)
			diags_warning(diags, place, "user",
			    "start it as root, or leave the key out",
			    "user: only root can become another");
		return 0;
	}
	if (is_named && find_named_user(g, diags) < 0)
		return -1;
	if (!is_named)
		find_owner(g);
	g->drops = g->user.uid != 0;
	return 0;
}

/* A capsule's folder, followed to where it really is, since that names its
 * catalogue. */
static int
open_root(struct site *site, struct diags *diags)
{
	const struct conf_capsule *capsule = site->capsule;
	char *name = str_to_c(capsule->root), *real = realpath(name, NULL);
	struct stat st = {.st_mode = 0};
	int result = -1;

	if (real == NULL || stat(real, &st) < 0)
		diags_error(diags, capsule_place(capsule, capsule->root),
		    "root", "name the folder of a capsule",
		    "the folder %" STR_FMT ": %s", STR_ARG(capsule->root),
		    strerror(errno));
	else if (!S_ISDIR(st.st_mode))
		diags_error(diags, capsule_place(capsule, capsule->root),
		    "root",
		    "name a folder, or a file whose name ends in .catalogue",
		    "%" STR_FMT " is no folder", STR_ARG(capsule->root));
	else {
		site->root = mem_dup(real);
		site->root_device = st.st_dev;
		site->root_inode = st.st_ino;
		result = 0;
	}
	mem_free(real);
	mem_free(name);
	return result;
}

/* A built catalogue is opened once here, to say what is wrong with it. */
static int
open_built(struct site *site, struct diags *diags)
{
	struct reader *reader;

	site->catalogue = str_to_c(site->capsule->catalogue);
	site->mode = READER_BUILT;
	reader = reader_open(site->catalogue, READER_BUILT, diags);
	if (reader == NULL)
		return -1;
	reader_close(&reader);
	return 0;
}

static int
open_source(struct generation *g, struct site *site, const struct state *state,
    struct diags *diags)
{
	if (str_is_empty(site->capsule->root)) {
		if (g->drops)
			watch_file(g, site->capsule->catalogue);
		return open_built(site, diags);
	}
	if (open_root(site, diags) < 0)
		return -1;
	site->mode = READER_LIVE;
	site->catalogue = state_make_catalogue(
	    state, site->root, g->drops ? &g->user : NULL, diags);
	return site->catalogue == NULL ? -1 : 0;
}

static int
load_own_pair(struct site *site, struct diags *diags)
{
	char *certificate = str_to_c(site->capsule->certificate);
	char *key = str_to_c(site->capsule->key);

	site->keypair = keypair_load(certificate, key, diags);
	mem_free(certificate);
	mem_free(key);
	return site->keypair == NULL ? -1 : 0;
}

/* The pair that is kept in the state folder, made on the first start. */
static int
load_made_pair(
    struct site *site, const struct state *state, struct diags *diags)
{
	char *folder =
	    state_certificates(str_from_c(state->path), site->capsule);
	struct arena arena = {0};

	if (keypair_make(folder, &site->capsule->hosts, diags) == 0)
		site->keypair = keypair_load(
		    arena_printf(&arena, "%s/" KEYPAIR_CERTIFICATE, folder).p,
		    arena_printf(&arena, "%s/" KEYPAIR_KEY, folder).p, diags);
	arena_fini(&arena);
	mem_free(folder);
	return site->keypair == NULL ? -1 : 0;
}

static int
add_site(struct generation *g, const struct conf_capsule *capsule,
    const struct state *state, struct diags *diags)
{
	struct site *site = vec_add(&g->sites);

	site->capsule = capsule;
	if (open_source(g, site, state, diags) < 0)
		return -1;
	watch_file(g, capsule->certificate);
	watch_file(g, capsule->key);
	if (str_is_empty(capsule->certificate))
		return load_made_pair(site, state, diags);
	return load_own_pair(site, diags);
}

static int
make_tls(struct generation *g, struct tickets *tickets, struct diags *diags)
{
	struct vec sites = VEC_INIT(struct tls_site);

	VEC_EACH (struct site, site, &g->sites)
		*(struct tls_site *)vec_add(&sites) =
		    (struct tls_site){site->capsule, site->keypair};
	g->tls = tls_new(g->conf, sites.items, sites.n, tickets, diags);
	vec_fini(&sites);
	return g->tls == NULL ? -1 : 0;
}

static void
make_peers(struct generation *g)
{
	const struct conf_limits *limits = &g->conf->limits;

	g->peers = peers_new(&(struct peers_options){
	    .connections = limits->connections_per_address,
	    .requests_per_minute = limits->requests_per_minute,
	    .connections_each = limits->connections,
	    .processes = g->workers,
	});
}

int
generation_make_log(const struct generation *g, struct diags *diags)
{
	return logfile_make(g->conf, g->drops ? &g->user : NULL, diags);
}

static int
prepare(struct generation *g, const struct generation_maker *maker,
    struct diags *diags)
{
	size_t errors = diags->errors;

	if (conf_check(g->conf, diags) < 0 || find_user(g, diags) < 0)
		return -1;
	sockets_replace_listens(maker->sockets, g->conf);
	generation_make_log(g, diags);
	g->workers = g->conf->workers == 0 ? machine_cores() : g->conf->workers;
	VEC_EACH (struct conf_capsule, capsule, &g->conf->capsules)
		add_site(g, capsule, maker->state, diags);
	if (diags->errors > errors || make_tls(g, maker->tickets, diags) < 0)
		return -1;
	make_peers(g);
	return sockets_hold(
	    maker->sockets, &g->conf->listens, g->workers, diags);
}

struct generation *
generation_new(const struct generation_maker *maker, struct diags *diags)
{
	struct generation *g = mem_alloc(sizeof(*g));

	*g = (struct generation){
	    .conf = maker->conf,
	    .sites = VEC_INIT(struct site),
	    .stamps = VEC_INIT(struct generation_stamp),
	};
	if (prepare(g, maker, diags) < 0)
		generation_free(&g);
	return g;
}

void
generation_free(struct generation **generation)
{
	struct generation *g = *generation;

	if (g == NULL)
		return;
	tls_free(&g->tls);
	peers_free(&g->peers);
	VEC_EACH (struct site, site, &g->sites) {
		keypair_free(&site->keypair);
		mem_free(site->root);
		mem_free(site->catalogue);
	}
	VEC_EACH (struct generation_stamp, stamp, &g->stamps)
		mem_free(stamp->path);
	vec_fini(&g->sites);
	vec_fini(&g->stamps);
	priv_user_fini(&g->user);
	conf_free(&g->conf);
	mem_free(g);
	*generation = NULL;
}

bool
generation_has_sources(const struct generation *g)
{
	VEC_EACH (const struct site, site, &g->sites)
		if (site->root != NULL)
			return true;
	return false;
}

static bool
site_publishes_alike(const struct site *a, const struct site *b)
{
	if ((a->root == NULL) != (b->root == NULL))
		return false;
	return a->root == NULL ||
	    (strcmp(a->root, b->root) == 0 &&
		a->root_device == b->root_device &&
		a->root_inode == b->root_inode &&
		a->capsule->drafts == b->capsule->drafts &&
		(a->capsule->owners.n > 0) == (b->capsule->owners.n > 0) &&
		str_eq(a->capsule->root, b->capsule->root) &&
		str_eq(a->capsule->language, b->capsule->language) &&
		str_eq(a->capsule->export_html, b->capsule->export_html) &&
		str_eq(conf_capsule_name(a->capsule),
		    conf_capsule_name(b->capsule)));
}

bool
generation_publishes_alike(
    const struct generation *a, const struct generation *b)
{
	const struct site *x = a->sites.items, *y = b->sites.items;

	if (a->sites.n != b->sites.n || a->drops != b->drops ||
	    a->user.uid != b->user.uid || a->user.gid != b->user.gid)
		return false;
	for (size_t i = 0; i < a->sites.n; i++)
		if (!site_publishes_alike(&x[i], &y[i]))
			return false;
	return true;
}
