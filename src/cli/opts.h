#ifndef CLI_OPTS_H
#define CLI_OPTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/vec.h"

/*
 * The options of a command. A command has a table of them, which carries
 * their help, and reads what it was given by name:
 *
 *	static const struct opt options[] = {
 *	    {.name = "state", .value = "DIR", .help = "where state lives"},
 *	    {.name = "drafts", .help = "show drafts to everyone"},
 *	    {.name = NULL},
 *	};
 *
 * --help and --version are in each table without being named.
 */
struct opt {
	const char *name; /* without its dashes; NULL ends the table */
	char letter; /* of the short form; 0: none */
	const char *value; /* what help calls the value; NULL: a flag */
	const char *help; /* lower case, without a full stop */
	bool repeats; /* may be given more than once */
};

/* A command line that was parsed. All texts borrow from the arguments. */
struct opts {
	const struct opt *table;
	struct vec given; /* struct opt_given, in order */
	struct vec words; /* struct str: what is no option, in order */
};

enum opts_result {
	OPTS_FINE,
	OPTS_HELP, /* --help came */
	OPTS_VERSION, /* --version came */
	OPTS_WRONG, /* a usage error, which is told in the message */
};

/* Parse the count arguments behind the command's name: --name VALUE,
 * --name=VALUE, -l VALUE, -lVALUE; "--" ends options, "-" alone is a word.
 * For OPTS_WRONG message gets what is wrong, with the nearest option when one
 * is unknown. opts_fini() is due whatever comes out. */
enum opts_result opts_parse(struct opts *opts, const struct opt *table,
    const char *const *arguments, struct buf *message);
void opts_fini(struct opts *opts);

/* Whether the option was given. name must be in the table, as below. */
bool opts_has(const struct opts *opts, const char *name);

/* Its value; the empty view when it was not given. */
struct str opts_get(const struct opts *opts, const char *name);

/* Its value as a number from 1 to max; *number is untouched when it was not
 * given. False,
 * with message filled, when the value is none. */
bool opts_number(const struct opts *opts, const char *name, uint64_t max,
    uint64_t *number, struct buf *message);

/* Value i, from 0, of an option that repeats; false when there are fewer. */
bool opts_next(
    const struct opts *opts, const char *name, size_t i, struct str *value);

/* Add the help of the options in table, a line or more each, and of those in
 * every table. */
void opts_add_help(const struct opt *table, struct buf *out);

#endif
