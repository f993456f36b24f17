/*
 * Finding the values of fields in a front matter and a sidecar.
 */
#include "publish/meta_field.h"

#include "base/utf8.h"
#include "text/gemtext.h"

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

static struct yaml_node *
parse_map(struct meta *meta, int which, struct str text, unsigned line)
{
	struct str file = map_file(meta, which);
	struct yaml_node *top;

	top = yaml_parse(meta->arena,
	    &(struct yaml_input){
		.file = file, .text = text, .first_line = line},
	    meta->diags);
	if (top != NULL && top->kind != YAML_MAP && !yaml_is_null(top)) {
		diags_error(meta->diags, yaml_place(top, file), "metadata",
		    "write lines such as `title: My article`",
		    "the metadata is no map of keys and values");
		return NULL;
	}
	return top;
}

int
meta_open(struct meta *meta)
{
	struct diag_place start = {meta->input->file, 1, 1};

	switch (front_matter_split(meta->input->text, &meta->parts)) {
	case FRONT_MATTER_NONE:
		break;
	case FRONT_MATTER_YAML:
		meta->maps[0] =
		    parse_map(meta, 0, meta->parts.text, meta->parts.line);
		if (meta->maps[0] == NULL)
			return -1;
		break;
	case FRONT_MATTER_TOML:
		diags_error(meta->diags, start, "front-matter",
		    "write it in YAML between two lines of ---",
		    "front matter in TOML is not read");
		return -1;
	case FRONT_MATTER_OPEN:
		diags_error(meta->diags, start, "front-matter",
		    "put a line with the same three characters behind it",
		    "the front matter begins here and never ends");
		return -1;
	}
	if (str_is_empty(meta->input->sidecar))
		return 0;
	meta->maps[1] = parse_map(meta, 1, meta->input->sidecar, 1);
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

bool
meta_find(const struct meta *meta, enum field field, struct meta_value *value)
{
	const struct str *keys = field_keys[field];

	for (int i = 0; i < keys_max && !str_is_empty(keys[i]); i++) {
		for (int which = 0; which < 2; which++) {
			if (meta->maps[which] == NULL)
				continue;
			value->node = yaml_find(meta->maps[which], keys[i]);
			value->file = map_file(meta, which);
			if (has_value(value->node))
				return true;
		}
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
