/*
 * `capsuled serve`: flags or a file to a configuration, and the master.
 */
#include "cli/commands.h"

#include <sys/stat.h>

#include "base/mem.h"
#include "cli/state.h"
#include "conf/conf.h"
#include "proc/master.h"

enum { path_max = 4096 };

static const struct opt options[] = {
    {.name = "host",
	.value = "NAME",
	.help = "a name under which it is reached (localhost)",
	.repeats = true},
    {.name = "listen",
	.value = "ADDR:PORT",
	.help = "where to listen ([::]:1965); port 0 picks one",
	.repeats = true},
    {.name = "state",
	.value = "DIR",
	.help = "where certificates and catalogues are kept"},
    {.name = "drafts", .help = "show drafts to everyone"},
    {.name = "owner",
	.value = "SHA256:...",
	.help = "a client certificate that sees drafts",
	.repeats = true},
    {.name = "config",
	.value = "FILE",
	.help = "read everything from this file instead"},
    {.name = "foreground", .help = "stay in the foreground, as it always does"},
    {.name = NULL},
};

static const char text[] =
    "Serves the capsule in the folder DIR, or in a FILE that `capsuled build`\n"
    "made, until it is stopped; what is saved in DIR is served at once. "
    "Prints\n"
    "`ready gemini://HOST:PORT/` when requests are answered.\n";

/* Each takes one value of a flag; false when it is refused. */
static bool
take_host(struct conf *conf, struct str value)
{
	struct conf_capsule *capsule = vec_get(&conf->capsules, 0);
	struct str host;

	if (!conf_parse_host(&conf->arena, value, &host))
		return false;
	*(struct str *)vec_add(&capsule->hosts) = host;
	return true;
}

static bool
take_owner(struct conf *conf, struct str value)
{
	struct conf_capsule *capsule = vec_get(&conf->capsules, 0);
	struct str owner;

	if (!conf_parse_fingerprint(&conf->arena, value, &owner))
		return false;
	*(struct str *)vec_add(&capsule->owners) = owner;
	return true;
}

static bool
take_listen(struct conf *conf, struct str value)
{
	struct conf_listen listen = {.port = 0};

	if (!conf_parse_listen(&conf->arena, value, &listen))
		return false;
	*(struct conf_listen *)vec_add(&conf->listens) = listen;
	return true;
}

static const struct flag {
	const char *name;
	bool (*take)(struct conf *conf, struct str value);
	const char *expected;
} flags[] = {
    {"host", take_host, "a host name in ASCII, or *. and one"},
    {"owner", take_owner, "SHA256: and 64 hex digits"},
    {"listen", take_listen,
	"ADDR:PORT with a numeric address, IPv6 in brackets"},
};

enum { flag_count = sizeof(flags) / sizeof(flags[0]) };

/* Take all values of a flag; false, with the one that is refused in *value. */
static bool
take_flag(const struct opts *opts, const struct flag *flag, struct conf *conf,
    struct str *value)
{
	for (size_t i = 0; opts_next(opts, flag->name, i, value); i++)
		if (!flag->take(conf, *value))
			return false;
	return true;
}

/* A folder of sources, or a built file; what is not there is taken for what
 * its name says. */
static void
set_source(struct conf_capsule *capsule, struct str word)
{
	struct stat st;
	char *path = str_to_c(word);
	bool is_folder = !str_ends(word, STR(".catalogue"));

	if (stat(path, &st) == 0)
		is_folder = S_ISDIR(st.st_mode);
	mem_free(path);
	while (is_folder && word.n > 1 && str_ends(word, STR("/")))
		word.n--;
	if (is_folder)
		capsule->root = word;
	else
		capsule->catalogue = word;
}

/* The configuration that the flags say. NULL after a usage error. */
static struct conf *
conf_from_flags(const struct opts *opts)
{
	struct conf *conf = conf_new();
	struct conf_capsule *capsule = conf_add_capsule(conf);
	struct str value;

	set_source(capsule, *(struct str *)vec_get(&opts->words, 0));
	capsule->drafts = opts_has(opts, "drafts");
	for (size_t i = 0; i < flag_count; i++)
		if (!take_flag(opts, &flags[i], conf, &value)) {
			command_usage(&cmd_serve,
			    "--%s %" STR_FMT ": expected %s", flags[i].name,
			    STR_ARG(value), flags[i].expected);
			conf_free(&conf);
			break;
		}
	return conf;
}

static struct conf *
conf_from_file(const struct opts *opts, struct diags *diags)
{
	struct conf *conf = conf_new();

	if (conf_load(conf, opts_get(opts, "config"), diags) < 0)
		conf_free(&conf);
	return conf;
}

/* A flag goes before the file, the file before the environment. */
static int
set_state(struct conf *conf, const struct opts *opts)
{
	struct str given = opts_get(opts, "state");
	struct buf path;
	int result;

	if (str_is_empty(given) && !str_is_empty(conf->state))
		return 0;
	buf_init(&path, path_max);
	result = state_add_folder(given, &path);
	if (result == 0)
		conf->state = arena_str(&conf->arena, buf_str(&path));
	buf_fini(&path);
	return result;
}

static struct conf *
load(void *context, struct diags *diags)
{
	const struct opts *opts = context;
	struct conf *conf = opts_has(opts, "config")
	    ? conf_from_file(opts, diags)
	    : conf_from_flags(opts);

	if (conf != NULL && set_state(conf, opts) < 0)
		conf_free(&conf);
	return conf;
}

static int
check_flags(const struct opts *opts)
{
	static const char *const excluded[] = {
	    "host", "listen", "drafts", "owner"};
	struct conf *conf;

	if (!opts_has(opts, "config")) {
		if (opts->words.n == 0)
			return command_usage(
			    &cmd_serve, "missing DIR, or --config FILE");
		conf = conf_from_flags(opts);
		if (conf == NULL)
			return CLI_USAGE;
		conf_free(&conf);
		return CLI_FINE;
	}
	if (opts->words.n > 0)
		return command_usage(&cmd_serve,
		    "DIR and --config are two ways to say what is served");
	for (size_t i = 0; i < sizeof(excluded) / sizeof(excluded[0]); i++)
		if (opts_has(opts, excluded[i]))
			return command_usage(&cmd_serve,
			    "--%s does not go with --config", excluded[i]);
	return CLI_FINE;
}

static int
run(const struct opts *opts)
{
	struct opts own = *opts;
	struct master_options master = {.load = load, .context = &own};
	int status = check_flags(opts);

	return status == CLI_FINE ? master_run(&master) : status;
}

const struct command cmd_serve = {
    .name = "serve",
    .synopsis = "[OPTION]... DIR | FILE | --config FILE",
    .summary = "serve a capsule",
    .text = text,
    .options = options,
    .words_min = 0,
    .words_max = 1,
    .run = run,
};
