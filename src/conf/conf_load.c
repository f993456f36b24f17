/*
 * capsuled.yaml to a struct conf. Which keys there are is options.def's; what
 * must hold between them is conf_check's.
 */
#include "conf/conf.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "conf/conf_route.h"
#include "conf/option.h"
#include "text/yaml.h"

enum {
	key_max = 256,
	expected_max = 512,
	expanded_max = 64 * 1024,
	text_max = 8 * 1024 * 1024,
	events_max = 1024 * 1024,
};

/* What a load works with. */
struct load {
	struct conf *conf;
	struct str file; /* for messages */
	struct str folder; /* of relative paths */
	const struct yaml_node *include; /* of this file, or NULL */
	struct diags *diags;
};

/* Where a map of options goes, and how its rows of maps are read. */
struct target {
	enum option_scope scope;
	void *base;
	void (*load_rows)(struct load *load, const struct yaml_node *node,
	    const struct option *option, void *base);
};

static void
say_expected(struct load *load, const struct yaml_node *node,
    const struct option *option)
{
	struct buf expected;

	buf_init(&expected, expected_max);
	option_add_expected(option, &expected);
	diags_error(load->diags, yaml_place(node, load->file), "value",
	    option->sentence, "%" STR_FMT ": expected %" STR_FMT,
	    STR_ARG(option->path), STR_ARG(buf_str(&expected)));
	buf_fini(&expected);
}

static void
say_unknown(struct load *load, const struct target *target,
    const struct yaml_node *node, struct str path)
{
	struct str nearest = option_nearest(target->scope, path);

	diags_error(load->diags, yaml_key_place(node, load->file),
	    "unknown-key", "capsuled.yaml(5) lists all keys",
	    "unknown key \"%" STR_FMT "\": expected a known key, the nearest "
	    "is \"%" STR_FMT "\"",
	    STR_ARG(path), STR_ARG(nearest));
}

/* Add the value of the environment's variable name. False when it is not
 * set. */
static bool
add_variable(struct buf *out, struct str name)
{
	char *text = str_to_c(name);
	const char *value = getenv(text);

	if (value != NULL)
		buf_add(out, str_from_c(value));
	mem_free(text);
	return value != NULL;
}

/* The text of a scalar with each ${NAME} replaced from the environment, in the
 * arena; "$${" is "${". False, and said, when a variable is not set. */
static bool
expand(struct load *load, const struct yaml_node *node, struct str *text)
{
	struct str rest = node->text, name = {0};
	struct buf out;
	bool ok = true;

	buf_init(&out, expanded_max);
	while (ok && rest.n > 0) {
		if (str_starts(rest, STR("$${"))) {
			rest = str_from_index(rest, 1);
		} else if (str_starts(rest, STR("${")) &&
		    str_find_char(rest, '}') > 0) {
			rest = str_from_index(rest, 2);
			str_cut(&rest, '}', &name);
			ok = add_variable(&out, name);
			continue;
		}
		buf_add_char(&out, rest.p[0]);
		rest = str_from_index(rest, 1);
	}
	if (!ok)
		diags_error(load->diags, yaml_place(node, load->file),
		    "environment", "set it where the server is started",
		    "the environment has no variable %" STR_FMT, STR_ARG(name));
	*text = arena_str(&load->conf->arena, buf_str(&out));
	buf_fini(&out);
	return ok;
}

/* Hosts and fingerprints: one, or a row of them. */
static void
load_texts(struct load *load, const struct yaml_node *node,
    const struct option *option, struct vec *out)
{
	bool (*parse)(struct arena *, struct str, struct str *) =
	    option->kind == OPTION_HOSTS ? conf_parse_host
					 : conf_parse_fingerprint;
	const struct yaml_node *item = node;
	struct str text;

	if (node->kind == YAML_LIST)
		item = node->first;
	for (; item != NULL; item = item == node ? NULL : item->next) {
		if (item->kind == YAML_SCALAR && !expand(load, item, &text))
			continue;
		if (item->kind != YAML_SCALAR ||
		    !parse(&load->conf->arena, text, &text))
			say_expected(load, item, option);
		else
			*(struct str *)vec_add(out) = text;
	}
}

static void
load_one(struct load *load, const struct yaml_node *node,
    const struct option *option, void *base)
{
	struct option_text value = {.relative_to = load->folder};

	if (node->kind == YAML_SCALAR && !expand(load, node, &value.text))
		return;
	if (node->kind != YAML_SCALAR ||
	    !option_set(option, base, &load->conf->arena, &value))
		say_expected(load, node, option);
}

static void
load_option(struct load *load, const struct yaml_node *node,
    const struct option *option, const struct target *target)
{
	void *field = (char *)target->base + option->offset;

	switch (option->kind) {
	case OPTION_LISTENS:
	case OPTION_CAPSULES:
	case OPTION_ROUTES:
		target->load_rows(load, node, option, target->base);
		break;
	case OPTION_INCLUDES:
		load->include = node;
		break;
	case OPTION_HOSTS:
	case OPTION_FINGERPRINTS:
		load_texts(load, node, option, field);
		break;
	case OPTION_TEXT:
	case OPTION_PATH:
	case OPTION_SINK:
	case OPTION_WORD:
	case OPTION_CHOICE:
	case OPTION_NUMBER:
	case OPTION_COUNT_OR_AUTO:
	case OPTION_ADDRESS:
	case OPTION_PORT:
	case OPTION_SWITCH:
		load_one(load, node, option, target->base);
		break;
	}
}

/* A section such as limits: its keys are its own and theirs with a dot. */
static void
load_section(struct load *load, const struct yaml_node *section,
    const struct target *target)
{
	const struct option *option;
	struct buf path;

	if (section->kind != YAML_MAP && !yaml_is_null(section))
		diags_error(load->diags, yaml_place(section, load->file),
		    "value", "put its keys beneath it, one a line",
		    "%" STR_FMT ": expected a map", STR_ARG(section->key));
	for (const struct yaml_node *node = section->first;
	     section->kind == YAML_MAP && node != NULL; node = node->next) {
		buf_init(&path, key_max);
		buf_addf(&path, "%" STR_FMT ".%" STR_FMT, STR_ARG(section->key),
		    STR_ARG(node->key));
		option = option_find(target->scope, buf_str(&path));
		if (option == NULL)
			say_unknown(load, target, node,
			    path.full ? node->key : buf_str(&path));
		else if (!yaml_is_null(node))
			load_option(load, node, option, target);
		buf_fini(&path);
	}
}

static void
load_map(
    struct load *load, const struct yaml_node *map, const struct target *target)
{
	const struct option *option;

	for (const struct yaml_node *node = map->first; node != NULL;
	     node = node->next) {
		option = option_find(target->scope, node->key);
		if (option == NULL &&
		    option_is_section(target->scope, node->key))
			load_section(load, node, target);
		else if (option == NULL)
			say_unknown(load, target, node, node->key);
		else if (!yaml_is_null(node))
			load_option(load, node, option, target);
	}
}

static void
load_listen(struct load *load, const struct yaml_node *node)
{
	const struct option *address =
	    option_find(OPTION_LISTEN, STR("address"));
	struct conf_listen *listen = vec_add(&load->conf->listens);
	struct target target = {.scope = OPTION_LISTEN, .base = listen};
	const struct yaml_node *given;

	if (node->kind != YAML_MAP) {
		load_one(load, node, address, listen);
		return;
	}
	load_map(load, node, &target);
	given = yaml_find(node, address->path);
	if (given == NULL || yaml_is_null(given))
		say_expected(load, node, address);
}

static void
load_listens(struct load *load, const struct yaml_node *node,
    const struct option *option)
{
	if (node->kind != YAML_LIST) {
		load_listen(load, node);
		return;
	}
	if (node->first == NULL)
		say_expected(load, node, option);
	for (const struct yaml_node *item = node->first; item != NULL;
	     item = item->next)
		load_listen(load, item);
}

/* A row of maps: which of them is read, and into what. */
struct rows {
	const struct yaml_node *list;
	const struct option *option;
	void *base;
};

static void
load_maps(struct load *load, const struct rows *rows,
    void (*load_item)(
	struct load *load, const struct yaml_node *item, void *base))
{
	if (rows->list->kind != YAML_LIST) {
		say_expected(load, rows->list, rows->option);
		return;
	}
	for (const struct yaml_node *item = rows->list->first; item != NULL;
	     item = item->next)
		if (item->kind == YAML_MAP)
			load_item(load, item, rows->base);
		else
			say_expected(load, item, rows->option);
}

static void
load_route(struct load *load, const struct yaml_node *item, void *base)
{
	struct conf_route *route = conf_add_route(load->conf, base);
	struct target target = {.scope = OPTION_ROUTE, .base = route};

	route->place = yaml_place(item, load->file);
	load_map(load, item, &target);
	conf_check_route(route, item, load->conf, load->diags);
}

static void
load_routes(struct load *load, const struct yaml_node *node,
    const struct option *option, void *base)
{
	load_maps(load, &(struct rows){node, option, base}, load_route);
}

static void
load_capsule(struct load *load, const struct yaml_node *item, void *base)
{
	struct conf_capsule *capsule = conf_add_capsule(base);
	struct target target = {
	    .scope = OPTION_CAPSULE, .base = capsule, .load_rows = load_routes};

	capsule->place = yaml_place(item, load->file);
	load_map(load, item, &target);
}

static void
load_server_rows(struct load *load, const struct yaml_node *node,
    const struct option *option, void *base)
{
	if (option->kind == OPTION_LISTENS)
		load_listens(load, node, option);
	else
		load_maps(
		    load, &(struct rows){node, option, base}, load_capsule);
}

static void
load_top(struct load *load, const struct yaml_node *top)
{
	struct target target = {OPTION_SERVER, load->conf, load_server_rows};

	if (top->kind != YAML_MAP)
		diags_error(load->diags, yaml_place(top, load->file), "value",
		    "begin with a key such as \"capsules:\"", "expected a map");
	else
		load_map(load, top, &target);
}

static struct str
folder_of(struct str path)
{
	ptrdiff_t slash = str_find_last_char(path, '/');

	if (slash < 0)
		return STR("");
	return slash == 0 ? STR("/.") : str_first(path, (size_t)slash);
}

static int
read_text(struct load *load, struct buf *text)
{
	char *path = str_to_c(load->file);
	int result = file_read(AT_FDCWD, path, text, NULL);
	struct diag_place place = {.file = load->file};

	mem_free(path);
	if (result < 0 && errno == EFBIG)
		diags_error(load->diags, place, "size",
		    "a configuration has at most 8 MiB", "too large");
	else if (result < 0)
		diags_error(load->diags, place, "read",
		    "name a file that can be read", "%s", strerror(errno));
	return result;
}

static void
load_file(struct load *load)
{
	struct yaml_input input = {
	    .file = load->file,
	    .first_line = 1,
	    .size_max = text_max,
	    .events_max = events_max,
	};
	struct yaml_node *top;
	struct buf text;

	load->folder = folder_of(load->file);
	buf_init(&text, text_max);
	if (read_text(load, &text) == 0) {
		input.text = buf_str(&text);
		top = yaml_parse(&load->conf->arena, &input, load->diags);
		if (top != NULL)
			load_top(load, top);
	}
	buf_fini(&text);
}

/* The files that one pattern of include names, in the order of their names. */
static void
load_included(struct load *load, const struct yaml_node *item, struct str text)
{
	struct load inner = {.conf = load->conf, .diags = load->diags};
	struct str full = text;
	char *pattern;
	glob_t found;
	int result;

	if (!str_starts(text, STR("/")) && !str_is_empty(load->folder))
		full =
		    arena_printf(&load->conf->arena, "%" STR_FMT "/%" STR_FMT,
			STR_ARG(load->folder), STR_ARG(text));
	pattern = str_to_c(full);
	result = glob(pattern, 0, NULL, &found);
	if (result != 0 &&
	    (result != GLOB_NOMATCH || str_find_char(full, '*') < 0))
		diags_error(load->diags, yaml_place(item, load->file),
		    "include", "name files that are there and can be read",
		    "%s: cannot be read", pattern);
	for (size_t i = 0; result == 0 && i < found.gl_pathc; i++) {
		inner.file = arena_str(
		    &load->conf->arena, str_from_c(found.gl_pathv[i]));
		inner.include = NULL;
		load_file(&inner);
		if (inner.include != NULL)
			diags_error(load->diags,
			    yaml_place(inner.include, inner.file), "include",
			    "move it to the first file",
			    "a file that is included includes no others");
	}
	if (result == 0)
		globfree(&found);
	mem_free(pattern);
}

static void
load_includes(struct load *load)
{
	const struct yaml_node *item = load->include;
	const struct option *option =
	    option_find(OPTION_SERVER, STR("include"));
	bool is_list;
	struct str text;

	if (item == NULL)
		return;
	is_list = item->kind == YAML_LIST;
	for (item = is_list ? item->first : item; item != NULL;
	     item = is_list ? item->next : NULL) {
		if (item->kind != YAML_SCALAR || item->text.n == 0)
			say_expected(load, item, option);
		else if (expand(load, item, &text))
			load_included(load, item, text);
	}
}

int
conf_load(struct conf *conf, struct str path, struct diags *diags)
{
	struct load load = {.conf = conf, .diags = diags};
	size_t errors = diags->errors;

	conf->file = arena_str(&conf->arena, path);
	load.file = conf->file;
	load_file(&load);
	load_includes(&load);
	return diags->errors > errors ? -1 : 0;
}
