/*
 * Finding the values of fields in a front matter and a sidecar.
 */
#include "publish/meta_field.h"

#include "base/utf8.h"
#include "text/gemtext.h"
#include "text/toml.h"

enum { keys_max = 8, line_max = 2048, name_max = 64 };

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

static struct str
map_file(const struct meta *meta, int which)
{
	return which == 0 ? meta->input->file : meta->input->sidecar_file;
}

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
		    "write lines such as `title: My article`",
		    "the metadata is no map of keys and values");
		return NULL;
	}
	return top;
}

static int
open_front_matter(struct meta *meta, parse_function *parse)
{
	meta->maps[0] = parse_map(meta, parse,
	    (struct yaml_input){
		.file = meta->input->file,
		.text = meta->parts.text,
		.first_line = meta->parts.line,
	    });
	return meta->maps[0] == NULL ? -1 : 0;
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

int
meta_open(struct meta *meta)
{
	if (open_parts(meta) < 0)
		return -1;
	if (str_is_empty(meta->input->sidecar))
		return 0;
	meta->maps[1] = parse_map(meta, yaml_parse,
	    (struct yaml_input){
		.file = meta->input->sidecar_file,
		.text = meta->input->sidecar,
		.first_line = 1,
	    });
	return meta->maps[1] == NULL ? -1 : 0;
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

/* Find the field in each of maps, the first of which wins for a key. */
static bool
find_in(const struct meta *meta, struct yaml_node *const *maps,
    enum field field, struct meta_value *value)
{
	const struct str *keys = field_keys[field];

	for (int i = 0; i < keys_max && !str_is_empty(keys[i]); i++) {
		for (int which = 0; which < 2; which++) {
			if (maps[which] == NULL)
				continue;
			value->node = yaml_find(maps[which], keys[i]);
			value->file = map_file(meta, which);
			if (has_value(value->node))
				return true;
		}
	}
	return false;
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
meta_find(const struct meta *meta, enum field field, struct meta_value *value)
{
	/* Zola's two, and Hugo's. */
	static const struct str tables[] = {
	    STR_INIT("taxonomies"), STR_INIT("extra"), STR_INIT("params")};
	struct yaml_node *maps[2];

	if (find_in(meta, meta->maps, field, value))
		return true;
	if (!is_in_tables(field))
		return false;
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		for (int which = 0; which < 2; which++)
			maps[which] = yaml_find(meta->maps[which], tables[i]);
		if (find_in(meta, maps, field, value))
			return true;
	}
	return false;
}

bool
meta_key_is_known(struct str key)
{
	for (int i = 0; i < FIELD_COUNT; i++)
		for (int k = 0; k < keys_max; k++)
			if (!str_is_empty(field_keys[i][k]) &&
			    yaml_key_eq(key, field_keys[i][k]))
				return true;
	return false;
}

void
meta_error(const struct meta *meta, const struct meta_value *value,
    const char *hint, const char *what)
{
	diags_error(meta->diags, yaml_place(value->node, value->file),
	    "metadata", hint, "%" STR_FMT " %s",
	    STR_ARG(utf8_first(value->node->key, name_max)), what);
}

void
meta_warn(const struct meta *meta, const struct meta_value *value,
    const char *hint, const char *what)
{
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

struct str
meta_line(const struct meta *meta, const struct meta_value *value)
{
	const struct yaml_node *node = value->node;

	if (node->kind == YAML_LIST && node->first != NULL)
		node = node->first;
	if (node->kind == YAML_SCALAR)
		return meta_node_line(meta, node);
	meta_error(
	    meta, value, "write one line of text here", "is a list or a map");
	return (struct str){0};
}
