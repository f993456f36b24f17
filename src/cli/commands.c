/*
 * Finds the command that is asked for, and the help about it.
 */
#include "config.h"

#include "cli/commands.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/nearest.h"
#include "base/utf8.h"

enum {
	help_max = 64 * 1024,
	message_max = 4096,
	name_column = 16,
};

static const struct command *const commands[] = {
#define COMMAND(descriptor) &descriptor,
#include "cli/commands.def"
#undef COMMAND
};

enum { command_count = sizeof(commands) / sizeof(commands[0]) };

/* The options of the program itself are those of every command. */
static const struct opt no_options[] = {{.name = NULL}};

static void
complain(const char *name, struct str what)
{
	struct buf line;

	buf_init(&line, message_max * 2);
	buf_addf(&line, "capsuled%s%s: ", name[0] == '\0' ? "" : " ", name);
	utf8_print(&line, what);
	buf_addf(&line, " (see `capsuled%s%s --help`)\n",
	    name[0] == '\0' ? "" : " ", name);
	file_write_all(STDERR_FILENO, buf_str(&line));
	buf_fini(&line);
}

int
command_usage(const struct command *command, const char *format, ...)
{
	char what[message_max];
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	complain(command->name, str_from_c(what));
	return CLI_USAGE;
}

/* Help that did not arrive is a failure: a script may wait for it. */
static int
print_out(struct buf *out)
{
	int result = file_write_all(STDOUT_FILENO, buf_str(out));

	buf_fini(out);
	return result < 0 ? CLI_FAILED : CLI_FINE;
}

static int
print_version(void)
{
	struct buf out;

	buf_init(&out, message_max);
	buf_add(&out, STR(PACKAGE_NAME " " PACKAGE_VERSION "\n"));
	return print_out(&out);
}

static int
print_command_help(const struct command *command)
{
	struct buf out;

	buf_init(&out, help_max);
	buf_addf(&out, "Usage: capsuled %s %s\n\n%s\n\n", command->name,
	    command->synopsis, command->summary);
	if (command->text != NULL)
		buf_addf(&out, "%s\n", command->text);
	opts_add_help(command->options, &out);
	return print_out(&out);
}

/* Add the line of each command whose name begins with prefix. */
static void
add_command_lines(struct str prefix, struct buf *out)
{
	for (size_t i = 0; i < command_count; i++)
		if (str_starts(str_from_c(commands[i]->name), prefix))
			buf_addf(out, "  %-*s%s\n", name_column,
			    commands[i]->name, commands[i]->summary);
}

static void
add_overview(struct buf *out)
{
	buf_add(out,
	    STR("Usage: capsuled COMMAND [OPTION]... [ARGUMENT]...\n\n"
		"Turns a folder of articles into a Gemini capsule and serves "
		"it.\n\nCommands:\n"));
	add_command_lines(STR(""), out);
	buf_add_char(out, '\n');
	opts_add_help(no_options, out);
	buf_add(out,
	    STR("\n`capsuled COMMAND --help` says more about a command, "
		"capsuled(1) says it all.\n"));
}

static int
print_overview(void)
{
	struct buf out;

	buf_init(&out, help_max);
	add_overview(&out);
	return print_out(&out);
}

/* The command whose one or two words begin the arguments; *count gets how
 * many they are. NULL when there is none. */
static const struct command *
command_find(const char *const *arguments, size_t *count)
{
	struct str first, rest, name = str_from_c(arguments[0]);

	for (size_t i = 0; i < command_count; i++) {
		rest = str_from_c(commands[i]->name);
		*count = 1;
		if (str_cut(&rest, ' ', &first)) {
			*count = 2;
			if (!str_eq(rest, str_from_c(arguments[1])))
				continue;
		}
		if (str_eq(first, name))
			return commands[i];
	}
	return NULL;
}

/* Whether name is the first word of commands of two, such as "cert". */
static bool
is_group(struct str name)
{
	struct str rest, first;

	for (size_t i = 0; i < command_count; i++) {
		rest = str_from_c(commands[i]->name);
		if (str_cut(&rest, ' ', &first) && str_eq(first, name))
			return true;
	}
	return false;
}

static int
run_group(struct str name, const char *argument)
{
	struct str s = str_from_c(argument);
	struct buf out;

	if (str_eq(s, STR("--version")))
		return print_version();
	buf_init(&out, help_max);
	buf_addf(&out, "Usage: capsuled %" STR_FMT " COMMAND [OPTION]...\n\n",
	    STR_ARG(name));
	add_command_lines(name, &out);
	buf_addf(&out,
	    "\n`capsuled %" STR_FMT
	    " COMMAND --help` says more about a command.\n",
	    STR_ARG(name));
	if (str_eq(s, STR("--help")) || str_eq(s, STR("-h")))
		return print_out(&out);
	if (s.n > 0 && s.p[0] != '-') {
		buf_clear(&out);
		buf_addf(&out, "there is no command %" STR_FMT " %" STR_FMT,
		    STR_ARG(name), STR_ARG(s));
		complain(name.p, buf_str(&out));
	} else {
		file_write_all(STDERR_FILENO, buf_str(&out));
	}
	buf_fini(&out);
	return CLI_USAGE;
}

static int
unknown_command(struct str name)
{
	struct nearest nearest = nearest_to(name);
	struct str rest, first;
	struct buf what;

	for (size_t i = 0; i < command_count; i++) {
		rest = str_from_c(commands[i]->name);
		str_cut(&rest, ' ', &first);
		nearest_try(&nearest, first);
	}
	buf_init(&what, message_max);
	buf_addf(&what, "there is no command %" STR_FMT, STR_ARG(name));
	if (!str_is_empty(nearest.best))
		buf_addf(&what, ": did you mean %" STR_FMT "?",
		    STR_ARG(nearest.best));
	complain("", buf_str(&what));
	buf_fini(&what);
	return CLI_USAGE;
}

static int
check_words(const struct command *command, const struct opts *opts)
{
	if (opts->words.n >= command->words_min &&
	    opts->words.n <= command->words_max)
		return 0;
	command_usage(command, "%s argument, usage: capsuled %s %s",
	    opts->words.n < command->words_min ? "missing" : "unexpected",
	    command->name, command->synopsis);
	return -1;
}

static int
run_command(const struct command *command, const char *const *arguments)
{
	struct opts opts;
	struct buf message;
	int status = CLI_USAGE;

	buf_init(&message, message_max);
	switch (opts_parse(&opts, command->options, arguments, &message)) {
	case OPTS_FINE:
		if (check_words(command, &opts) == 0)
			status = command->run(&opts);
		break;
	case OPTS_HELP:
		status = print_command_help(command);
		break;
	case OPTS_VERSION:
		status = print_version();
		break;
	case OPTS_WRONG:
		complain(command->name, buf_str(&message));
		break;
	}
	opts_fini(&opts);
	buf_fini(&message);
	return status;
}

/* Options in front of any command: only those that end there. */
static int
run_options(const char *const *arguments)
{
	struct opts opts;
	struct buf message;
	int status = CLI_USAGE;

	buf_init(&message, message_max);
	switch (opts_parse(&opts, no_options, arguments, &message)) {
	case OPTS_HELP:
		status = print_overview();
		break;
	case OPTS_VERSION:
		status = print_version();
		break;
	case OPTS_FINE:
		complain("", STR("no command is named"));
		break;
	case OPTS_WRONG:
		complain("", buf_str(&message));
		break;
	}
	opts_fini(&opts);
	buf_fini(&message);
	return status;
}

static int
run_nothing(void)
{
	struct buf out;

	buf_init(&out, help_max);
	add_overview(&out);
	file_write_all(STDERR_FILENO, buf_str(&out));
	buf_fini(&out);
	return CLI_USAGE;
}

/* `capsuled help`, or `capsuled help COMMAND`. */
static int
run_help(const char *const *arguments)
{
	const struct command *command;
	size_t count;

	if (*arguments == NULL)
		return print_overview();
	command = command_find(arguments, &count);
	if (command != NULL)
		return print_command_help(command);
	if (is_group(str_from_c(*arguments)))
		return run_group(str_from_c(*arguments), "--help");
	return unknown_command(str_from_c(*arguments));
}

int
commands_run(const char *const *arguments)
{
	const struct command *command;
	struct str name;
	size_t count;

	if (*++arguments == NULL)
		return run_nothing();
	if (**arguments == '-')
		return run_options(arguments);
	name = str_from_c(*arguments);
	if (str_eq(name, STR("help")))
		return run_help(arguments + 1);
	command = command_find(arguments, &count);
	if (command != NULL)
		return run_command(command, arguments + count);
	if (is_group(name))
		return run_group(name, arguments[1]);
	return unknown_command(name);
}
