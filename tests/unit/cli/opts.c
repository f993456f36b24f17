/*
 * cli/opts: command lines in every shape, and what is no command line.
 */
#include "cli/opts.h"

#include "base/nearest.h"
#include "tap.h"

enum {
	message_max = 1024,
	help_max = 4096,
	arguments_max = 8,
};

static const struct opt table[] = {
    {.name = "drafts", .letter = 'd', .help = "show drafts"},
    {.name = "output", .letter = 'o', .value = "FILE", .help = "where to"},
    {.name = "host", .value = "NAME", .help = "a name", .repeats = true},
    {.name = "timeout", .value = "SECONDS", .help = "how long"},
    {.name = NULL},
};

/* Arguments, and what they come to: "drafts/output/hosts/words". */
static const struct {
	const char *arguments[arguments_max];
	enum opts_result result;
	const char *want; /* for OPTS_WRONG: a part of the message */
} cases[] = {
    {{NULL}, OPTS_FINE, "0///"},
    {{"a", "b"}, OPTS_FINE, "0///a,b,"},
    {{"--drafts", "a"}, OPTS_FINE, "1///a,"},
    {{"--drafts", "--drafts"}, OPTS_FINE, "1///"},
    {{"--output", "x", "a"}, OPTS_FINE, "0/x//a,"},
    {{"--output=x"}, OPTS_FINE, "0/x//"},
    {{"--output="}, OPTS_FINE, "0///"},
    {{"--output=a=b"}, OPTS_FINE, "0/a=b//"},
    {{"--output", "--drafts"}, OPTS_FINE, "0/--drafts//"},
    {{"-o", "x"}, OPTS_FINE, "0/x//"},
    {{"-ox"}, OPTS_FINE, "0/x//"},
    {{"-dox"}, OPTS_FINE, "1/x//"},
    {{"-do", "x"}, OPTS_FINE, "1/x//"},
    {{"a", "-d", "b"}, OPTS_FINE, "1///a,b,"},
    {{"--", "--drafts", "--"}, OPTS_FINE, "0///--drafts,--,"},
    {{"-"}, OPTS_FINE, "0///-,"},
    {{""}, OPTS_FINE, "0///,"},
    {{"--host", "a", "--host=b", "c"}, OPTS_FINE, "0//a,b,/c,"},
    {{"--help", "--nonsense"}, OPTS_HELP, NULL},
    {{"-h"}, OPTS_HELP, NULL},
    {{"a", "--version"}, OPTS_VERSION, NULL},
    {{"--", "--help"}, OPTS_FINE, "0///--help,"},
    {{"--draft"}, OPTS_WRONG, "did you mean --drafts?"},
    {{"--ouptut", "x"}, OPTS_WRONG, "did you mean --output?"},
    {{"--hots=a"}, OPTS_WRONG, "no option --hots: did you mean --host?"},
    {{"--zzzzzzzz"}, OPTS_WRONG, "there is no option --zzzzzzzz"},
    {{"--drafts=yes"}, OPTS_WRONG, "--drafts takes no value"},
    {{"--output"}, OPTS_WRONG, "--output needs a value"},
    {{"-o"}, OPTS_WRONG, "--output needs a value"},
    {{"-x"}, OPTS_WRONG, "there is no option -x"},
    {{"-dx"}, OPTS_WRONG, "there is no option -x"},
    {{"-o", "x", "--output", "y"}, OPTS_WRONG, "--output is given twice"},
};

static void
add_all(const struct opts *opts, struct buf *out)
{
	struct str value;

	buf_addf(out, "%d/", opts_has(opts, "drafts"));
	buf_add(out, opts_get(opts, "output"));
	buf_add_char(out, '/');
	for (size_t i = 0; opts_next(opts, "host", i, &value); i++)
		buf_addf(out, "%" STR_FMT ",", STR_ARG(value));
	buf_add_char(out, '/');
	VEC_EACH (struct str, word, &opts->words)
		buf_addf(out, "%" STR_FMT ",", STR_ARG(*word));
}

static void
test_case(size_t i)
{
	const char *const *arguments = (const char *const *)cases[i].arguments;
	struct buf message, got;
	struct opts opts;

	buf_init(&message, message_max);
	buf_init(&got, message_max);
	tap_int(opts_parse(&opts, table, arguments, &message), cases[i].result,
	    "result of case %zu", i);
	add_all(&opts, &got);
	if (cases[i].result == OPTS_FINE)
		tap_str(buf_str(&got), str_from_c(cases[i].want),
		    "values of case %zu", i);
	if (cases[i].result == OPTS_WRONG)
		tap_ok(str_find_str(
			   buf_str(&message), str_from_c(cases[i].want)) >= 0,
		    "message of case %zu: %s", i, buf_c(&message));
	tap_int(message.n > 0, cases[i].result == OPTS_WRONG,
	    "a message only when it is wrong, case %zu", i);
	opts_fini(&opts);
	buf_fini(&message);
	buf_fini(&got);
}

static void
test_number(const char *argument, bool is_fine, uint64_t want)
{
	const char *arguments[] = {argument, NULL};
	struct buf message;
	struct opts opts;
	uint64_t number = 7;

	buf_init(&message, message_max);
	opts_parse(&opts, table, (const char *const *)arguments, &message);
	tap_int(opts_number(&opts, "timeout", 100, &number, &message), is_fine,
	    "%s", argument);
	tap_int((long long)number, (long long)want, "the number after it");
	tap_int(message.n > 0, !is_fine, "a message when it is none");
	opts_fini(&opts);
	buf_fini(&message);
}

static void
test_help(void)
{
	struct buf out;

	buf_init(&out, help_max);
	opts_add_help(table, &out);
	tap_str(buf_str(&out),
	    STR("Options:\n"
		"  -d, --drafts            show drafts\n"
		"  -o, --output FILE       where to\n"
		"      --host NAME         a name (repeatable)\n"
		"      --timeout SECONDS   how long\n"
		"  -h, --help              print this help and exit\n"
		"      --version           print the version and exit\n"),
	    "help");
	buf_fini(&out);
}

static void
test_nearest(void)
{
	static const struct {
		struct str word, known;
		bool is_near;
	} pairs[] = {
	    {STR_INIT("conections"), STR_INIT("connections"), true},
	    {STR_INIT("ab"), STR_INIT("ba"), true},
	    {STR_INIT("HOST"), STR_INIT("host"), true},
	    {STR_INIT("host"), STR_INIT("port"), false},
	    {STR_INIT("a"), STR_INIT("xyz"), false},
	    {STR_INIT(""), STR_INIT("x"), true},
	    {STR_INIT("state"), STR_INIT("drafts"), false},
	};
	struct nearest nearest;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		nearest = nearest_to(pairs[i].word);
		nearest_try(&nearest, pairs[i].known);
		tap_int(nearest.best.n > 0, pairs[i].is_near,
		    "whether %" STR_FMT " is near to %" STR_FMT,
		    STR_ARG(pairs[i].word), STR_ARG(pairs[i].known));
	}
	nearest = nearest_to(STR("tag"));
	nearest_try(&nearest, STR("tags"));
	nearest_try(&nearest, STR("ta"));
	nearest_try(&nearest, STR("tag"));
	tap_str(nearest.best, STR("tag"), "the nearest of several");
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		test_case(i);
	test_number("--timeout=5", true, 5);
	test_number("--timeout=100", true, 100);
	test_number("--timeout=101", false, 7);
	test_number("--timeout=0", false, 7);
	test_number("--timeout=5s", false, 7);
	test_number("--timeout=", false, 7);
	test_number("--drafts", true, 7);
	test_help();
	test_nearest();
	return tap_done();
}
