#ifndef TEXT_YAML_H
#define TEXT_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

/*
 * A value of a YAML document. Scalars keep their raw text: what it means is
 * the reader's to say, by the key, never by the shape. Children are a linked
 * row, in the order of the document; those of a map carry their key.
 */
struct yaml_node {
	enum yaml_kind kind;
	bool plain; /* a scalar without quotes and not a block */
	struct str text; /* of a scalar; valid UTF-8, each line end an LF, no
			    control but LF and tab */
	unsigned line; /* where the value starts, from 1 */
	unsigned column; /* in bytes, from 1 */
	struct str key; /* empty in a list and at the top */
	unsigned key_line;
	unsigned key_column;
	struct yaml_node *first;
	struct yaml_node *next;
};

struct yaml_input {
	struct str file; /* for messages */
	struct str text; /* the document without its fences */
	unsigned first_line; /* the line of text's first byte, from 1 */
	size_t size_max; /* 0: yaml_size_max */
	size_t events_max; /* 0: yaml_events_max */
};

enum {
	yaml_size_max = 64 * 1024,
	yaml_depth_max = 16,
	yaml_events_max = 2048,
};

/* Parse one document into nodes that live in arena. An empty document is an
 * empty map; a second one that is empty is passed over. NULL with an error in
 * diags when it is not well formed, not UTF-8, over a limit (size, depth,
 * events), or has controls, aliases, anchors, "<<", keys that are not scalars
 * or more than one document. A key that comes twice, as yaml_key_eq() or, for
 * keys with a '/', byte by byte: the last wins, with a warning. Tags
 * are left out, with a warning but for the standard ones. capsule.md, Front
 * matter. */
struct yaml_node *yaml_parse(
    struct arena *arena, const struct yaml_input *input, struct diags *diags);

/* The value at key of a map, or NULL. Keys match without ASCII case, and '-',
 * '_' and ' ' are equal. NULL for what is no map. */
struct yaml_node *yaml_find(const struct yaml_node *map, struct str key);

/* Whether two keys match as in yaml_find(). */
bool yaml_key_eq(struct str a, struct str b);

/* Whether node is a plain scalar that means nothing: "", "~" or "null". */
bool yaml_is_null(const struct yaml_node *node);

/* A YAML boolean in any case: true, yes, on, false, no, off. False when the
 * text is none. */
bool yaml_to_bool(struct str text, bool *out);

/* The place of a node's value, or of its key, in file. */
struct diag_place yaml_place(const struct yaml_node *node, struct str file);
struct diag_place yaml_key_place(const struct yaml_node *node, struct str file);

#endif
