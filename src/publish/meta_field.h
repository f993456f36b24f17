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

/* The metadata of one page under way. A front matter and a sidecar may both be
 * there; the front matter wins for each key. */
struct meta {
	const struct meta_input *input;
	struct diags *diags;
	struct arena *arena; /* for what the page needs until it is packed */
	struct front_matter parts;
	struct yaml_node *maps[2]; /* front matter, sidecar; NULL: none */
	struct page page;
};

/* A value and the file it is in. */
struct meta_value {
	const struct yaml_node *node;
	struct str file;
};

/* Parse the files' metadata into maps. -1 with errors in diags. */
int meta_open(struct meta *meta);

/* Find the value of a field: the first of its keys that has one. False when
 * none does; an empty value is none. */
bool meta_find(
    const struct meta *meta, enum field field, struct meta_value *value);

/* Whether a key belongs to any field. */
bool meta_key_is_known(struct str key);

/* Say that a value cannot be used: what follows the key's name. */
void meta_error(const struct meta *meta, const struct meta_value *value,
    const char *hint, const char *what);
void meta_warn(const struct meta *meta, const struct meta_value *value,
    const char *hint, const char *what);

/* A scalar, or the first scalar of a list, on one line and at most text_max
 * bytes; empty with an error when it is neither. */
struct str meta_line(const struct meta *meta, const struct meta_value *value);

/* The same for a node without the complaint. */
struct str meta_node_line(
    const struct meta *meta, const struct yaml_node *node);

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

#endif
