#ifndef PUBLISH_META_FIELD_H
#define PUBLISH_META_FIELD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "publish/front_matter.h"
#include "publish/meta.h"
#include "publish/page.h"
#include "text/yaml.h"

/* For the files of meta only: metadata being read. */

enum field {
#define FIELD(name, keys) FIELD_##name,
#include "publish/fields.def"
#undef FIELD
	FIELD_COUNT,
};

enum {
	META_FRONT, /* what the page says of itself */
	META_SIDECAR,
	META_DEFAULTS, /* what its folders say, from the nearest on */
	META_LAYERS = META_DEFAULTS + meta_defaults_max,
};

/* Where metadata stands: a map, or NULL, and its file. */
struct meta_layer {
	const struct yaml_node *map;
	struct str file;
};

/* The metadata of one page under way. For each field the first layer that says
 * something about it wins. */
struct meta {
	const struct meta_input *input;
	struct diags *diags;
	struct arena *arena; /* for what the page needs until it is packed */
	struct front_matter parts;
	struct meta_layer layers[META_LAYERS];
	size_t layer_count;
	struct page page;
};

/* A value and where it is. */
struct meta_value {
	const struct yaml_node *node;
	struct str file;
	size_t layer;
};

/* Parse the files' metadata into layers. -1 with errors in diags. */
int meta_open(struct meta *meta);

/* Find the value of a field: of the first layer that has one for any of its
 * keys, the first key's. False when there is none; an empty value is none.
 * What can be of one page only is not looked for in defaults. */
bool meta_find(
    const struct meta *meta, enum field field, struct meta_value *value);

/* The same in the page's own layers, and in one layer. */
bool meta_find_own(
    const struct meta *meta, enum field field, struct meta_value *value);
bool meta_find_in(const struct meta *meta, size_t layer, enum field field,
    struct meta_value *value);

/* The key of a field at index, in the order in which they are looked for; empty
 * behind the last one. */
struct str meta_field_key(enum field field, size_t index);

/* Whether defaults for a field would be wrong for all pages but one. */
bool meta_field_is_single(enum field field);

/* Whether a key belongs to any field, however its words are put together:
 * `publishDate`, `publish_date`, `Publish Date`. */
bool meta_key_is_known(struct str key);

/* Say that a value cannot be used: what follows the key's name. What is wrong
 * with defaults is said when they are read, not for each page. */
void meta_error(const struct meta *meta, const struct meta_value *value,
    const char *hint, const char *what);
void meta_warn(const struct meta *meta, const struct meta_value *value,
    const char *hint, const char *what);

/* A scalar, or the first scalar of a list, on one line and at most text_max
 * bytes; empty with a warning when it is neither. */
struct str meta_line(const struct meta *meta, const struct meta_value *value);

/* The same for a node without the complaint. */
struct str meta_node_line(
    const struct meta *meta, const struct yaml_node *node);

/* The name that a node gives: its text without the brackets of a wiki link, or
 * what a map has for a name. */
struct str meta_node_name(
    const struct meta *meta, const struct yaml_node *node);

/* The only item of a list, or node itself; `[[x]]` is read as x, too. */
const struct yaml_node *meta_node_single(const struct yaml_node *node);

/* Whether a value is a plain boolean, which is another program's way to say
 * nothing where a text is asked for. */
bool meta_node_is_bool(const struct yaml_node *node);

/* Add text, which starts on a line of the page's file, in gemtext. -1 when it
 * cannot be. The page's format is not gemtext. */
int meta_add_gemtext(const struct meta_input *input, struct str text,
    unsigned line, struct buf *out);

/* A file's name without a date at its front; empty when it is only a date. */
struct str meta_name_without_date(struct str name, const char *zone);

/* The groups of fields, each in a file of its own; errors are in diags. */
void meta_take_dates(struct meta *meta);
void meta_take_terms(struct meta *meta);
void meta_take_url(struct meta *meta);
void meta_take_text(struct meta *meta);
void meta_take_language(struct meta *meta);

#endif
