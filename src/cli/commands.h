#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include <stddef.h>

#include "cli/opts.h"

/* Exit statuses that all commands share; `get` has more of its own. */
enum {
	CLI_FINE = 0,
	CLI_FAILED = 1,
	CLI_USAGE = 2,
};

/*
 * A command: what its help says, how many words it takes, and what it does.
 */
struct command {
	const char *name; /* "build"; of two words: "cert show" */
	const char *synopsis; /* what follows the name */
	const char *summary; /* one line, lower case, no full stop */
	const char *text; /* more for its own help, whole lines, or NULL */
	const struct opt *options;
	size_t words_min;
	size_t words_max;

	/* Returns the exit status. The words are counted already. */
	int (*run)(const struct opts *opts);
};

#define COMMAND(descriptor) extern const struct command descriptor;
#include "cli/commands.def"
#undef COMMAND

/* Run what the arguments, of which the first names the program, ask for. The
 * exit status of the process. */
int commands_run(const char *const *arguments);

/* Complain about how command was called, with a pointer to its help: one line
 * on stderr. Returns CLI_USAGE. */
int command_usage(const struct command *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
