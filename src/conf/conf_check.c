/*
 * What must hold between options, however they were told. Whether the files
 * that they name are there is seen when they are opened.
 */
#include "conf/conf.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"

static void
check_source(const struct conf_capsule *capsule, struct diags *diags)
{
	bool has_root = !str_is_empty(capsule->root);
	bool has_catalogue = !str_is_empty(capsule->catalogue);

	if (!has_root && !has_catalogue)
		diags_error(diags, capsule->place, "capsule",
		    "say where its articles are: root: FOLDER",
		    "the capsule %" STR_FMT " has neither root nor catalogue",
		    STR_ARG(conf_capsule_name(capsule)));
	if (has_root && has_catalogue)
		diags_error(diags, capsule->place, "capsule",
		    "a folder is served from root, a built file from "
		    "catalogue: keep one of them",
		    "the capsule %" STR_FMT " has both root and catalogue",
		    STR_ARG(conf_capsule_name(capsule)));
}

/* The same text for the same folder: without "." and empty parts. */
static struct str
folder_key(struct arena *arena, struct str path)
{
	struct buf key;
	struct str part, result;
	bool more = true;

	buf_init(&key, path.n + 2);
	while (more) {
		more = str_cut(&path, '/', &part);
		if (str_is_empty(part) || str_eq(part, STR(".")))
			continue;
		buf_add_char(&key, '/');
		buf_add(&key, part);
	}
	result = arena_str(arena, buf_str(&key));
	buf_fini(&key);
	return result;
}

/* A mirror is made from a folder, and is the only one in its own. */
static void
check_mirror(struct conf_capsule *capsule, struct arena *arena,
    struct map *mirrors, struct diags *diags)
{
	if (str_is_empty(capsule->export_html))
		return;
	if (str_is_empty(capsule->root))
		diags_error(diags, capsule->place, "capsule",
		    "use capsuled build --export-html where its articles are",
		    "the capsule %" STR_FMT
		    " has export_html, but no root to make it from",
		    STR_ARG(conf_capsule_name(capsule)));
	if (map_put(mirrors, folder_key(arena, capsule->export_html),
		capsule) != NULL)
		diags_error(diags, capsule->place, "capsule",
		    "name another folder for one of them",
		    "the export_html %" STR_FMT " is that of two capsules",
		    STR_ARG(capsule->export_html));
}

static void
check_pair(const struct conf_capsule *capsule, struct diags *diags)
{
	bool has_certificate = !str_is_empty(capsule->certificate);
	bool has_key = !str_is_empty(capsule->key);

	if (has_certificate == has_key)
		return;
	diags_error(diags, capsule->place, "capsule",
	    "name the two files of a pair, or none to have one made",
	    "the capsule %" STR_FMT " has %s",
	    STR_ARG(conf_capsule_name(capsule)),
	    has_key ? "a key without a certificate"
		    : "a certificate without a key");
}

/* A host leads to one capsule only. */
static void
check_hosts(
    struct conf_capsule *capsule, struct map *hosts, struct diags *diags)
{
	struct conf_capsule *other;

	VEC_EACH (struct str, host, &capsule->hosts) {
		other = map_put(hosts, *host, capsule);
		if (other != NULL && other != capsule)
			diags_error(diags, capsule->place, "host",
			    "let one of them go",
			    "the host %" STR_FMT " is that of two capsules",
			    STR_ARG(*host));
	}
}

int
conf_check(struct conf *conf, struct diags *diags)
{
	struct diag_place place = {.file = conf->file};
	size_t errors = diags->errors;
	struct map hosts = {0}, mirrors = {0};
	struct arena arena = {0};

	conf_fill(conf);
	if (conf->capsules.n == 0)
		diags_error(diags, place, "capsules",
		    "add one: capsules: [{hosts: [example.org], root: FOLDER}]",
		    "no capsule is named");
	VEC_EACH (struct conf_capsule, capsule, &conf->capsules) {
		check_source(capsule, diags);
		check_mirror(capsule, &arena, &mirrors, diags);
		check_pair(capsule, diags);
		check_hosts(capsule, &hosts, diags);
	}
	map_fini(&hosts);
	map_fini(&mirrors);
	arena_fini(&arena);
	return diags->errors > errors ? -1 : 0;
}
