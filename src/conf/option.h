#ifndef CONF_OPTION_H
#define CONF_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

enum option_scope {
	OPTION_SERVER,
	OPTION_CAPSULE,
	OPTION_LISTEN,
	OPTION_ROUTE,
};

enum option_kind {
	OPTION_LISTENS, /* rows of values: */
	OPTION_CAPSULES,
	OPTION_ROUTES,
	OPTION_INCLUDES, /* patterns of files that are read as well */
	OPTION_HOSTS,
	OPTION_FINGERPRINTS,
	OPTION_TEXT, /* one value each: struct str */
	OPTION_PATH, /* struct str, relative to the file it is written in */
	OPTION_SINK, /* struct str: stderr, syslog, off, or a path */
	OPTION_WORD, /* struct str, one of words */
	OPTION_CHOICE, /* an enum: the index in words */
	OPTION_NUMBER, /* unsigned */
	OPTION_COUNT_OR_AUTO, /* unsigned; auto is 0 */
	OPTION_ADDRESS, /* of a struct conf_listen */
	OPTION_PORT, /* uint16_t */
	OPTION_SWITCH, /* bool */
};

/* A key of capsuled.yaml: a row of options.def. */
struct option {
	enum option_scope scope;
	struct str path; /* with dots */
	enum option_kind kind;
	size_t offset; /* of its field in the struct of its scope */
	const char *unit;
	const char *fallback;
	uint64_t least;
	uint64_t greatest;
	const char *words; /* with '|' between */
	const char *sentence;
};

/* All rows, in order. */
const struct option *option_all(size_t *count);

/* The row of a key; keys match as in yaml_find(). NULL when there is none. */
const struct option *option_find(enum option_scope scope, struct str path);

/* Whether keys with dots begin with path and a dot. */
bool option_is_section(enum option_scope scope, struct str path);

/* The key that path was meant to be. Never empty. */
struct str option_nearest(enum option_scope scope, struct str path);

/* Add what a value of the option must be, such as "a number from 1 to 9". */
void option_add_expected(const struct option *option, struct buf *out);

/* Set the field in the struct at base from text, for kinds of one value.
 * relative_to is the folder of relative paths, empty: as they are. False, with
 * the field untouched, for a text that is none. Texts are copied to arena. */
struct option_text {
	struct str text;
	struct str relative_to;
};
bool option_set(const struct option *option, void *base, struct arena *arena,
    const struct option_text *value);

#endif
