/*
 * Options from a table. What a command makes of them is the command's.
 */
#include "cli/opts.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/nearest.h"

enum { help_column = 26 };

struct opt_given {
	const struct opt *opt;
	struct str value;
};

static const struct opt common[] = {
    {.name = "help", .letter = 'h', .help = "print this help and exit"},
    {.name = "version", .help = "print the version and exit"},
    {.name = NULL},
};

/* Arguments and where the parser stands among them. */
struct cursor {
	const char *const *next;
	struct buf *message;
};

static const struct opt *
table_find(const struct opt *table, struct str name)
{
	for (; table->name != NULL; table++)
		if (str_eq(name, str_from_c(table->name)))
			return table;
	return NULL;
}

static const struct opt *
table_find_letter(const struct opt *table, char letter)
{
	for (; table->name != NULL; table++)
		if (table->letter == letter)
			return table;
	return NULL;
}

static const struct opt *
opt_find(const struct opts *opts, struct str name)
{
	const struct opt *opt = table_find(opts->table, name);

	return opt != NULL ? opt : table_find(common, name);
}

static enum opts_result
unknown_option(const struct opts *opts, struct str name, struct buf *message)
{
	struct nearest nearest = nearest_to(name);

	for (const struct opt *opt = opts->table; opt->name != NULL; opt++)
		nearest_try(&nearest, str_from_c(opt->name));
	for (const struct opt *opt = common; opt->name != NULL; opt++)
		nearest_try(&nearest, str_from_c(opt->name));
	buf_addf(message, "there is no option --%" STR_FMT, STR_ARG(name));
	if (!str_is_empty(nearest.best))
		buf_addf(message, ": did you mean --%" STR_FMT "?",
		    STR_ARG(nearest.best));
	return OPTS_WRONG;
}

static enum opts_result
option_take(struct opts *opts, const struct opt *opt, struct str value,
    struct buf *message)
{
	struct opt_given *given;

	if (!opt->repeats && opt->value != NULL && opts_has(opts, opt->name)) {
		buf_addf(message, "--%s is given twice", opt->name);
		return OPTS_WRONG;
	}
	given = vec_add(&opts->given);
	*given = (struct opt_given){opt, value};
	if (opt == &common[0])
		return OPTS_HELP;
	return opt == &common[1] ? OPTS_VERSION : OPTS_FINE;
}

/* An option whose value, if it takes one, is the next argument. */
static enum opts_result
option_take_next(
    struct opts *opts, const struct opt *opt, struct cursor *cursor)
{
	struct str value = STR("");

	if (opt->value == NULL)
		return option_take(opts, opt, value, cursor->message);
	if (*cursor->next == NULL) {
		buf_addf(cursor->message, "--%s needs a value: --%s %s",
		    opt->name, opt->name, opt->value);
		return OPTS_WRONG;
	}
	value = str_from_c(*cursor->next++);
	return option_take(opts, opt, value, cursor->message);
}

static enum opts_result
parse_long(struct opts *opts, struct str text, struct cursor *cursor)
{
	const struct opt *opt;
	struct str name;
	bool has_value = str_cut(&text, '=', &name);

	opt = opt_find(opts, name);
	if (opt == NULL)
		return unknown_option(opts, name, cursor->message);
	if (!has_value)
		return option_take_next(opts, opt, cursor);
	if (opt->value == NULL) {
		buf_addf(cursor->message, "--%s takes no value", opt->name);
		return OPTS_WRONG;
	}
	return option_take(opts, opt, text, cursor->message);
}

/* "-v", "-oFILE", "-o FILE"; flags may stand together: "-vk". */
static enum opts_result
parse_short(struct opts *opts, struct str letters, struct cursor *cursor)
{
	enum opts_result result = OPTS_FINE;
	const struct opt *opt;

	while (result == OPTS_FINE && letters.n > 0) {
		opt = table_find_letter(opts->table, letters.p[0]);
		if (opt == NULL)
			opt = table_find_letter(common, letters.p[0]);
		if (opt == NULL) {
			buf_addf(cursor->message, "there is no option -%c",
			    letters.p[0]);
			return OPTS_WRONG;
		}
		letters = str_from_index(letters, 1);
		if (opt->value != NULL && letters.n > 0)
			return option_take(opts, opt, letters, cursor->message);
		result = option_take_next(opts, opt, cursor);
	}
	return result;
}

static void
take_word(struct opts *opts, struct str word)
{
	*(struct str *)vec_add(&opts->words) = word;
}

enum opts_result
opts_parse(struct opts *opts, const struct opt *table,
    const char *const *arguments, struct buf *message)
{
	struct cursor cursor = {arguments, message};
	enum opts_result result = OPTS_FINE;
	struct str argument;

	*opts = (struct opts){
	    .table = table,
	    .given = VEC_INIT(struct opt_given),
	    .words = VEC_INIT(struct str),
	};
	while (result == OPTS_FINE && *cursor.next != NULL) {
		argument = str_from_c(*cursor.next++);
		if (str_eq(argument, STR("--")))
			break;
		if (str_starts(argument, STR("--")))
			result = parse_long(
			    opts, str_from_index(argument, 2), &cursor);
		else if (argument.n > 1 && argument.p[0] == '-')
			result = parse_short(
			    opts, str_from_index(argument, 1), &cursor);
		else
			take_word(opts, argument);
	}
	while (result == OPTS_FINE && *cursor.next != NULL)
		take_word(opts, str_from_c(*cursor.next++));
	return result;
}

void
opts_fini(struct opts *opts)
{
	vec_fini(&opts->given);
	vec_fini(&opts->words);
}

bool
opts_next(
    const struct opts *opts, const char *name, size_t i, struct str *value)
{
	const struct opt *opt = opt_find(opts, str_from_c(name));

	assert(opt != NULL);
	VEC_EACH (struct opt_given, given, &opts->given) {
		if (given->opt != opt)
			continue;
		if (i == 0) {
			*value = given->value;
			return true;
		}
		i--;
	}
	return false;
}

bool
opts_has(const struct opts *opts, const char *name)
{
	struct str value;

	return opts_next(opts, name, 0, &value);
}

struct str
opts_get(const struct opts *opts, const char *name)
{
	struct str value = STR("");

	opts_next(opts, name, 0, &value);
	return value;
}

bool
opts_number(const struct opts *opts, const char *name, uint64_t max,
    uint64_t *number, struct buf *message)
{
	uint64_t given = 0;

	if (!opts_has(opts, name))
		return true;
	if (!str_to_u64(opts_get(opts, name), max, &given) || given == 0) {
		buf_addf(message,
		    "--%s takes a whole number from 1 to %" PRIu64, name, max);
		return false;
	}
	*number = given;
	return true;
}

static void
add_help_line(const struct opt *opt, struct buf *out)
{
	size_t start = out->n;

	if (opt->letter != 0)
		buf_addf(out, "  -%c, --%s", opt->letter, opt->name);
	else
		buf_addf(out, "      --%s", opt->name);
	if (opt->value != NULL)
		buf_addf(out, " %s", opt->value);
	if (out->n - start + 2 > help_column) {
		buf_add_char(out, '\n');
		start = out->n;
	}
	while (out->n - start < help_column)
		buf_add_char(out, ' ');
	buf_addf(out, "%s%s\n", opt->help, opt->repeats ? " (repeatable)" : "");
}

void
opts_add_help(const struct opt *table, struct buf *out)
{
	buf_add(out, STR("Options:\n"));
	for (const struct opt *opt = table; opt->name != NULL; opt++)
		add_help_line(opt, out);
	for (const struct opt *opt = common; opt->name != NULL; opt++)
		add_help_line(opt, out);
}
