/*
 * capsuled.yaml to a struct conf. Which keys there are is options.def's; what
 * must hold between them is conf_check's.
 */
#include "conf/conf.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "conf/option.h"
#include "text/yaml.h"

enum {
	key_max = 256,
	expected_max = 512,
};

/* What a load works with. */
struct load {
	struct conf *conf;
	struct str folder; /* of relative paths */
	struct diags *diags;
};

/* Where a map of options goes. */
struct target {
	enum option_scope scope;
	void *base;
};

static void
say_expected(struct load *load, const struct yaml_node *node,
    const struct option *option)
{
	struct buf expected;

	buf_init(&expected, expected_max);
	option_add_expected(option, &expected);
	diags_error(load->diags, yaml_place(node, load->conf->file), "value",
	    option->sentence, "%" STR_FMT ": expected %" STR_FMT,
	    STR_ARG(option->path), STR_ARG(buf_str(&expected)));
	buf_fini(&expected);
}

static void
say_unknown(struct load *load, const struct target *target,
    const struct yaml_node *node, struct str path)
{
	struct str nearest = option_nearest(target->scope, path);

	diags_error(load->diags, yaml_key_place(node, load->conf->file),
	    "unknown-key", "capsuled(1) lists all keys",
	    "unknown key \"%" STR_FMT "\": expected a known key, the nearest "
	    "is \"%" STR_FMT "\"",
	    STR_ARG(path), STR_ARG(nearest));
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
		if (item->kind != YAML_SCALAR ||
		    !parse(&load->conf->arena, item->text, &text))
			say_expected(load, item, option);
		else
			*(struct str *)vec_add(out) = text;
	}
}

static void
load_one(struct load *load, const struct yaml_node *node,
    const struct option *option, void *base)
{
	struct option_text value = {node->text, load->folder};

	if (node->kind != YAML_SCALAR ||
	    !option_set(option, base, &load->conf->arena, &value))
		say_expected(load, node, option);
}

/* The options of a map that has no sections, such as an item of a list. */
static void
load_flat(
    struct load *load, const struct yaml_node *map, const struct target *target)
{
	const struct option *option;

	for (const struct yaml_node *node = map->first; node != NULL;
	     node = node->next) {
		option = option_find(target->scope, node->key);
		if (option == NULL)
			say_unknown(load, target, node, node->key);
		else if (yaml_is_null(node))
			continue;
		else if (option->kind == OPTION_HOSTS ||
		    option->kind == OPTION_FINGERPRINTS)
			load_texts(load, node, option,
			    (void *)((char *)target->base + option->offset));
		else
			load_one(load, node, option, target->base);
	}
}

static void
load_listen(struct load *load, const struct yaml_node *node)
{
	const struct option *address =
	    option_find(OPTION_LISTEN, STR("address"));
	struct conf_listen *listen = vec_add(&load->conf->listens);
	struct target target = {OPTION_LISTEN, listen};
	const struct yaml_node *given;

	if (node->kind != YAML_MAP) {
		load_one(load, node, address, listen);
		return;
	}
	load_flat(load, node, &target);
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

static void
load_capsules(struct load *load, const struct yaml_node *node,
    const struct option *option)
{
	struct conf_capsule *capsule;
	struct target target = {.scope = OPTION_CAPSULE};

	if (node->kind != YAML_LIST) {
		say_expected(load, node, option);
		return;
	}
	for (const struct yaml_node *item = node->first; item != NULL;
	     item = item->next) {
		if (item->kind != YAML_MAP) {
			say_expected(load, item, option);
			continue;
		}
		capsule = conf_add_capsule(load->conf);
		capsule->place = yaml_place(item, load->conf->file);
		target.base = capsule;
		load_flat(load, item, &target);
	}
}

static void
load_server_option(struct load *load, const struct yaml_node *node,
    const struct option *option)
{
	if (yaml_is_null(node))
		return;
	if (option->kind == OPTION_LISTENS)
		load_listens(load, node, option);
	else if (option->kind == OPTION_CAPSULES)
		load_capsules(load, node, option);
	else
		load_one(load, node, option, load->conf);
}

/* A section such as limits: its keys are its own and theirs with a dot. */
static void
load_section(struct load *load, const struct yaml_node *section)
{
	struct target target = {OPTION_SERVER, load->conf};
	const struct option *option;
	struct buf path;

	if (section->kind != YAML_MAP && !yaml_is_null(section))
		diags_error(load->diags, yaml_place(section, load->conf->file),
		    "value", "put its keys beneath it, one a line",
		    "%" STR_FMT ": expected a map", STR_ARG(section->key));
	for (const struct yaml_node *node = section->first;
	     section->kind == YAML_MAP && node != NULL; node = node->next) {
		buf_init(&path, key_max);
		buf_addf(&path, "%" STR_FMT ".%" STR_FMT, STR_ARG(section->key),
		    STR_ARG(node->key));
		option = option_find(OPTION_SERVER, buf_str(&path));
		if (option == NULL)
			say_unknown(load, &target, node,
			    path.full ? node->key : buf_str(&path));
		else
			load_server_option(load, node, option);
		buf_fini(&path);
	}
}

static void
load_top(struct load *load, const struct yaml_node *top)
{
	struct target target = {OPTION_SERVER, load->conf};
	const struct option *option;

	if (top->kind != YAML_MAP) {
		diags_error(load->diags, yaml_place(top, load->conf->file),
		    "value", "begin with a key such as \"capsules:\"",
		    "expected a map");
		return;
	}
	for (const struct yaml_node *node = top->first; node != NULL;
	     node = node->next) {
		option = option_find(OPTION_SERVER, node->key);
		if (option != NULL)
			load_server_option(load, node, option);
		else if (option_is_section(OPTION_SERVER, node->key))
			load_section(load, node);
		else
			say_unknown(load, &target, node, node->key);
	}
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
	char *path = str_to_c(load->conf->file);
	int result = file_read(AT_FDCWD, path, text, NULL);
	struct diag_place place = {.file = load->conf->file};

	mem_free(path);
	if (result < 0 && errno == EFBIG)
		diags_error(load->diags, place, "size",
		    "a configuration has at most 64 KiB", "too large");
	else if (result < 0)
		diags_error(load->diags, place, "read",
		    "name a file that can be read", "%s", strerror(errno));
	return result;
}

int
conf_load(struct conf *conf, struct str path, struct diags *diags)
{
	struct load load = {.conf = conf, .diags = diags};
	size_t errors = diags->errors;
	struct yaml_input input;
	struct yaml_node *top;
	struct buf text;

	conf->file = arena_str(&conf->arena, path);
	load.folder = folder_of(conf->file);
	buf_init(&text, yaml_size_max);
	if (read_text(&load, &text) == 0) {
		input = (struct yaml_input){conf->file, buf_str(&text), 1};
		top = yaml_parse(&conf->arena, &input, diags);
		if (top != NULL)
			load_top(&load, top);
	}
	buf_fini(&text);
	return diags->errors > errors ? -1 : 0;
}
