/*
 * Finding the values of fields in a front matter, a sidecar and defaults.
 */
#include "publish/meta_field.h"

#include "base/utf8.h"
#include "text/gemtext.h"
#include "text/toml.h"

enum {
	keys_max = 8,
	line_max = 2048,
	name_max = 64,
	bracket_bytes = 4, /* of "[[" and "]]" */
};

/* The keys of each field; an empty one ends the row. */
static const struct str field_keys[FIELD_COUNT][keys_max] = {
#define KEY(text) STR_INIT(text)
#define KEYS(...)                                                  \
	{                                                          \
		KEYS_EACH(__VA_ARGS__, "", "", "", "", "", "", "") \
	}
#define KEYS_EACH(a, b, c, d, e, f, g, ...) \
	KEY(a), KEY(b), KEY(c), KEY(d), KEY(e), KEY(f), KEY(g)
#define FIELD(name, keys) [FIELD_##name] = keys,
#include "publish/fields.def"
#undef FIELD
#undef KEYS_EACH
#undef KEYS
#undef KEY
};

/* A parser of a whole text: yaml_parse() or toml_parse(). */
typedef struct yaml_node *parse_function(
    struct arena *arena, const struct yaml_input *input, struct diags *diags);

static struct yaml_node *
parse_map(struct meta *meta, parse_function *parse, struct yaml_input input)
{
	struct str file = input.file;
	struct yaml_node *top = parse(meta->arena, &input, meta->diags);

	if (top != NULL && top->kind != YAML_MAP && !yaml_is_null(top)) {
		diags_error(meta->diags, yaml_place(top, file), "metadata",
		    "write lines such as `title: My article`, with a space "
		    "behind the colon",
		    "the metadata is no map of keys and values");
		return NULL;
	}
	return top;
}

static int
open_front_matter(struct meta *meta, parse_function *parse)
{
	meta->layers[META_FRONT].map = parse_map(meta, parse,
	    (struct yaml_input){
		.file = meta->input->file,
		.text = meta->parts.text,
		.first_line = meta->parts.line,
	    });
	return meta->layers[META_FRONT].map == NULL ? -1 : 0;
}

static int
open_parts(struct meta *meta)
{
	switch (front_matter_split(meta->input->text, &meta->parts)) {
	case FRONT_MATTER_NONE:
		return 0;
	case FRONT_MATTER_YAML:
		return open_front_matter(meta, yaml_parse);
	case FRONT_MATTER_TOML:
		return open_front_matter(meta, toml_parse);
	case FRONT_MATTER_OPEN:
		break;
	}
	diags_error(meta->diags, (struct diag_place){meta->input->file, 1, 1},
	    "front-matter",
	    "put a line with the same three characters behind it",
	    "the front matter begins here and never ends");
	return -1;
}

static int
open_sidecar(struct meta *meta)
{
	if (str_is_empty(meta->input->sidecar))
		return 0;
	meta->layers[META_SIDECAR].map = parse_map(meta, yaml_parse,
	    (struct yaml_input){
		.file = meta->input->sidecar_file,
		.text = meta->input->sidecar,
		.first_line = 1,
	    });
	return meta->layers[META_SIDECAR].map == NULL ? -1 : 0;
}

int
meta_open(struct meta *meta)
{
	const struct meta_input *input = meta->input;

	meta->layers[META_FRONT].file = input->file;
	meta->layers[META_SIDECAR].file = input->sidecar_file;
	for (size_t i = 0; i < input->defaults_count; i++)
		meta->layers[META_DEFAULTS + i] = (struct meta_layer){
		    input->defaults[i].map, input->defaults[i].file};
	meta->layer_count = META_DEFAULTS + input->defaults_count;
	return open_parts(meta) < 0 ? -1 : open_sidecar(meta);
}

/* A value that says something: not null, no empty text, no empty list. */
static bool
has_value(const struct yaml_node *node)
{
	if (node == NULL || yaml_is_null(node))
		return false;
	if (node->kind == YAML_SCALAR)
		return !str_is_empty(str_trim(node->text));
	return node->first != NULL;
}

static bool
is_separator(char c)
{
	return c == '-' || c == '_' || c == ' ';
}

/* Whether two keys are the same words: without case, spaces and dashes. */
static bool
is_same_key(struct str a, struct str b)
{
	size_t i = 0, k = 0;

	for (;;) {
		while (i < a.n && is_separator(a.p[i]))
			i++;
		while (k < b.n && is_separator(b.p[k]))
			k++;
		if (i == a.n || k == b.n)
			return i == a.n && k == b.n;
		if (ascii_to_lower(a.p[i++]) != ascii_to_lower(b.p[k++]))
			return false;
	}
}

/* The value at the first of a field's keys that has one in map, or NULL. */
static const struct yaml_node *
find_in_map(const struct yaml_node *map, enum field field)
{
	const struct str *keys = field_keys[field];

	if (map == NULL || map->kind != YAML_MAP)
		return NULL;
	for (int i = 0; i < keys_max && !str_is_empty(keys[i]); i++)
		for (const struct yaml_node *n = map->first; n != NULL;
		     n = n->next)
			if (is_same_key(n->key, keys[i]) && has_value(n))
				return n;
	return NULL;
}

/* Whether other programs want the field in a table of its own. */
static bool
is_in_tables(enum field field)
{
	return field == FIELD_TAGS || field == FIELD_CATEGORIES ||
	    field == FIELD_AUTHORS || field == FIELD_SERIES ||
	    field == FIELD_IMAGE;
}

bool
meta_find_in(const struct meta *meta, size_t layer, enum field field,
    struct meta_value *value)
{
	/* Zola's two, and Hugo's. */
	static const struct str tables[] = {
	    STR_INIT("taxonomies"), STR_INIT("extra"), STR_INIT("params")};
	const struct yaml_node *map = meta->layers[layer].map;

	value->file = meta->layers[layer].file;
	value->layer = layer;
	value->node = find_in_map(map, field);
	if (!is_in_tables(field))
		return value->node != NULL;
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		if (value->node == NULL)
			value->node =
			    find_in_map(yaml_find(map, tables[i]), field);
	return value->node != NULL;
}

static bool
find_among(const struct meta *meta, size_t layers, enum field field,
    struct meta_value *value)
{
	for (size_t i = 0; i < layers; i++)
		if (meta->layers[i].map != NULL &&
		    meta_find_in(meta, i, field, value))
			return true;
	return false;
}

bool
meta_field_is_single(enum field field)
{
	return field == FIELD_URL || field == FIELD_ALIASES ||
	    field == FIELD_ID || field == FIELD_TRANSLATION;
}

bool
meta_find_own(
    const struct meta *meta, enum field field, struct meta_value *value)
{
	return find_among(meta, META_DEFAULTS, field, value);
}

bool
meta_find(const struct meta *meta, enum field field, struct meta_value *value)
{
	if (meta_field_is_single(field))
		return meta_find_own(meta, field, value);
	return find_among(meta, meta->layer_count, field, value);
}

struct str
meta_field_key(enum field field, size_t index)
{
	return index < keys_max ? field_keys[field][index] : (struct str){0};
}

bool
meta_key_is_known(struct str key)
{
	for (int i = 0; i < FIELD_COUNT; i++)
		for (int k = 0; k < keys_max; k++)
			if (!str_is_empty(field_keys[i][k]) &&
			    is_same_key(key, field_keys[i][k]))
				return true;
	return false;
}

/* Whether a value is one of defaults that other pages have, too. */
static bool
is_silent(const struct meta *meta, const struct meta_value *value)
{
	return value->layer >= META_DEFAULTS && !meta->input->is_defaults;
}

void
meta_error(const struct meta *meta, const struct meta_value *value,
    const char *hint, const char *what)
{
	if (is_silent(meta, value))
		return;
	diags_error(meta->diags, yaml_place(value->node, value->file),
	    "metadata", hint, "%" STR_FMT " %s",
	    STR_ARG(utf8_first(value->node->key, name_max)), what);
}

void
meta_warn(const struct meta *meta, const struct meta_value *value,
    const char *hint, const char *what)
{
	if (is_silent(meta, value))
		return;
	diags_warning(meta->diags, yaml_place(value->node, value->file),
	    "metadata", hint, "%" STR_FMT " %s",
	    STR_ARG(utf8_first(value->node->key, name_max)), what);
}

struct str
meta_node_line(const struct meta *meta, const struct yaml_node *node)
{
	struct str text;
	struct buf line;

	if (node == NULL || node->kind != YAML_SCALAR || yaml_is_null(node))
		return (struct str){0};
	buf_init(&line, yaml_size_max);
	gemtext_add_line_part(&line, node->text);
	text = arena_str(meta->arena, utf8_first(buf_str(&line), line_max));
	buf_fini(&line);
	return text;
}

const struct yaml_node *
meta_node_single(const struct yaml_node *node)
{
	while (node != NULL && node->kind == YAML_LIST && node->first != NULL &&
	    node->first->next == NULL)
		node = node->first;
	return node;
}

bool
meta_node_is_bool(const struct yaml_node *node)
{
	bool is_set;

	return node->kind == YAML_SCALAR && node->plain &&
	    yaml_to_bool(node->text, &is_set);
}

/* The target of a wiki link that is all of text, or what it is shown as. */
static struct str
without_brackets(struct str text)
{
	ptrdiff_t bar;

	if (str_starts(text, STR("![[")))
		text = str_from_index(text, 1);
	if (!str_starts(text, STR("[[")) || !str_ends(text, STR("]]")) ||
	    text.n <= bracket_bytes)
		return text;
	text = str_first(str_from_index(text, 2), text.n - bracket_bytes);
	bar = str_find_last_char(text, '|');
	return str_trim(str_from_index(text, (size_t)(bar + 1)));
}

struct str
meta_node_name(const struct meta *meta, const struct yaml_node *node)
{
	static const struct str keys[] = {STR_INIT("name"), STR_INIT("label"),
	    STR_INIT("title"), STR_INIT("slug")};
	struct str name = {0};

	node = meta_node_single(node);
	if (node == NULL || node->kind != YAML_MAP)
		return without_brackets(meta_node_line(meta, node));
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (str_is_empty(name))
			name = meta_node_line(meta, yaml_find(node, keys[i]));
	return name;
}

struct str
meta_line(const struct meta *meta, const struct meta_value *value)
{
	const struct yaml_node *node = value->node;

	while (node->kind == YAML_LIST && node->first != NULL)
		node = node->first;
	if (node->kind == YAML_SCALAR)
		return meta_node_line(meta, node);
	meta_warn(meta, value, "write one line of text here",
	    "is a list or a map and is ignored");
	return (struct str){0};
}
