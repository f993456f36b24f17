/*
 * `capsuled cert show`, `new` and `client`: certificates, told and made.
 * What the server does with them is its own.
 */
#include "cli/commands.h"

#include <assert.h>
#include <errno.h>
#include <glob.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cli/state.h"
#include "conf/conf.h"
#include "tls/certificate.h"
#include "tls/identity.h"
#include "tls/keypair.h"

enum {
	path_max = 4096,
	text_max = 1024 * 1024,
	ms_per_second = 1000,
	day_seconds = 24 * 60 * 60,
};

static void
add_moment(struct buf *out, const char *label, int64_t seconds)
{
	struct date date = {.seconds = seconds, .has_time = true};

	buf_add(out, str_from_c(label));
	date_add_rfc3339(out, date);
	buf_add_char(out, '\n');
}

static void
add_facts(struct buf *out, const struct certificate_facts *facts)
{
	int64_t now = clock_wall_ms() / ms_per_second;
	size_t i = 0;

	buf_add(out, STR("  subject:     "));
	utf8_print(out, facts->subject);
	VEC_EACH (struct str, name, &facts->names) {
		buf_add(out, i++ == 0 ? STR("\n  names:       ") : STR(", "));
		utf8_print(out, *name);
	}
	buf_addf(out, "\n  certificate: SHA256:%s\n", facts->fingerprint);
	buf_addf(out, "  public key:  SHA256:%s\n", facts->key_fingerprint);
	add_moment(out, "  not before:  ", facts->not_before);
	add_moment(out, "  not after:   ", facts->not_after);
	buf_addf(out, "  days left:   %" PRId64 "\n",
	    (facts->not_after - now) / day_seconds);
}

/* Print what is to say about the certificate in one file. */
static int
show_file(const char *path)
{
	struct certificate_facts facts;
	struct arena arena = {0};
	struct diags diags;
	struct buf out;
	int result;

	diags_init(&diags);
	buf_init(&out, text_max);
	result = certificate_read(path, &arena, &facts, &diags);
	if (result == 0) {
		utf8_print(&out, str_from_c(path));
		buf_add_char(&out, '\n');
		add_facts(&out, &facts);
		certificate_facts_fini(&facts);
		fwrite(out.p, 1, out.n, stdout);
	}
	log_diags(&diags);
	buf_fini(&out);
	arena_fini(&arena);
	diags_fini(&diags);
	return result;
}

/* Add path to a pattern, with nothing in it that glob() would expand. */
static void
add_quoted(struct buf *pattern, struct str path)
{
	for (size_t i = 0; i < path.n; i++) {
		if (strchr("*?[\\", path.p[i]) != NULL)
			buf_add_char(pattern, '\\');
		buf_add_char(pattern, path.p[i]);
	}
}

static int
show_state(struct str folder)
{
	int failed = 0, status;
	struct buf pattern;
	glob_t found;

	buf_init(&pattern, path_max);
	add_quoted(&pattern, folder);
	buf_add(&pattern, STR("/certificates/*/" KEYPAIR_CERTIFICATE));
	assert(buf_c(&pattern) != NULL);
	status = glob(buf_c(&pattern), 0, NULL, &found);
	buf_fini(&pattern);
	if (status != 0) {
		log_error("cert: there is no certificate in the state folder "
			  "%" STR_FMT ": the server makes one when it starts",
		    STR_ARG(folder));
		return CLI_FAILED;
	}
	for (size_t i = 0; i < found.gl_pathc; i++)
		failed |= show_file(found.gl_pathv[i]);
	globfree(&found);
	return failed == 0 && fflush(stdout) == 0 ? CLI_FINE : CLI_FAILED;
}

static int
show_run(const struct opts *opts)
{
	struct buf folder;
	int status = CLI_FAILED;

	if (opts->words.n > 0 && opts_has(opts, "state"))
		return command_usage(
		    &cmd_cert_show, "give either FILE or --state DIR");
	if (opts->words.n > 0) {
		/* Words borrow from the arguments, which end with a NUL. */
		if (show_file((*(struct str *)vec_get(&opts->words, 0)).p) < 0)
			return CLI_FAILED;
		return fflush(stdout) == 0 ? CLI_FINE : CLI_FAILED;
	}
	buf_init(&folder, path_max / 2);
	if (state_add_folder(opts_get(opts, "state"), &folder) == 0)
		status = show_state(buf_str(&folder));
	buf_fini(&folder);
	return status;
}

/* The hosts given, in their compared form, as texts of arena. False, after a
 * complaint, when one is no host. */
static bool
take_hosts(const struct opts *opts, struct arena *arena, struct vec *hosts)
{
	struct str given, *host;

	for (size_t i = 0; opts_next(opts, "host", i, &given); i++) {
		host = vec_add(hosts);
		if (conf_parse_host(arena, given, host))
			continue;
		command_usage(&cmd_cert_new,
		    "%" STR_FMT " is no host name: write it in ASCII, xn-- for "
		    "other letters",
		    STR_ARG(given));
		return false;
	}
	return true;
}

static int
find_folder(const struct opts *opts, const struct vec *hosts, struct buf *out)
{
	const struct conf_capsule capsule = {.hosts = *hosts};
	struct str name = conf_capsule_name(&capsule);

	if (opts_has(opts, "output")) {
		buf_add(out, opts_get(opts, "output"));
		return 0;
	}
	if (state_add_folder(opts_get(opts, "state"), out) < 0)
		return -1;
	buf_addf(out, "/certificates/%" STR_FMT, STR_ARG(name));
	return 0;
}

static bool
pair_is_there(const char *folder)
{
	struct arena arena = {0};
	bool is_there;

	is_there = access(arena_printf(&arena, "%s/" KEYPAIR_KEY, folder).p,
		       F_OK) == 0 ||
	    access(arena_printf(&arena, "%s/" KEYPAIR_CERTIFICATE, folder).p,
		F_OK) == 0;
	arena_fini(&arena);
	return is_there;
}

static int
make_pair(const char *folder, const struct vec *hosts, bool force)
{
	struct arena arena = {0};
	struct diags diags;
	int result;

	if (!force && pair_is_there(folder)) {
		log_error("cert: there is a pair in %s already: --force puts a "
			  "new one in its place, which readers' clients will "
			  "ask about",
		    folder);
		return CLI_FAILED;
	}
	diags_init(&diags);
	result = keypair_replace(folder, hosts, &diags);
	log_diags(&diags);
	diags_fini(&diags);
	if (result == 0)
		result = show_file(
		    arena_printf(&arena, "%s/" KEYPAIR_CERTIFICATE, folder).p);
	arena_fini(&arena);
	return result == 0 && fflush(stdout) == 0 ? CLI_FINE : CLI_FAILED;
}

static int
new_run(const struct opts *opts)
{
	struct vec hosts = VEC_INIT(struct str);
	struct arena arena = {0};
	int status = CLI_USAGE;
	struct buf folder;

	buf_init(&folder, path_max);
	if (!opts_has(opts, "host"))
		command_usage(&cmd_cert_new, "--host NAME is missing");
	else if (opts_has(opts, "output") && opts_has(opts, "state"))
		command_usage(&cmd_cert_new, "give either --output or --state");
	else if (take_hosts(opts, &arena, &hosts)) {
		status = CLI_FAILED;
		if (find_folder(opts, &hosts, &folder) == 0 &&
		    buf_c(&folder) != NULL)
			status = make_pair(
			    buf_c(&folder), &hosts, opts_has(opts, "force"));
	}
	buf_fini(&folder);
	arena_fini(&arena);
	vec_fini(&hosts);
	return status;
}

static int
make_identity(struct str file, struct str name)
{
	struct diags diags;
	int result;

	diags_init(&diags);
	/* The option's value ends with a NUL. */
	result = identity_make(file.p, name, &diags);
	log_diags(&diags);
	diags_fini(&diags);
	if (result == 0)
		result = show_file(file.p);
	return result == 0 && fflush(stdout) == 0 ? CLI_FINE : CLI_FAILED;
}

static int
client_run(const struct opts *opts)
{
	struct str file = opts_get(opts, "output");
	struct str name = opts_get(opts, "name");

	if (file.n == 0)
		return command_usage(&cmd_cert_client, "-o FILE is missing");
	if (!opts_has(opts, "name"))
		name = STR("reader");
	if (name.n == 0 || name.n > identity_name_max || !utf8_is_valid(name))
		return command_usage(&cmd_cert_client,
		    "--name takes from 1 to %d bytes of UTF-8",
		    identity_name_max);
	return make_identity(file, name);
}

static const struct opt show_options[] = {
    {.name = "state",
	.value = "DIR",
	.help = "the folder where the server keeps its state"},
    {.name = NULL},
};

static const struct opt new_options[] = {
    {.name = "host",
	.value = "NAME",
	.help = "a name for the certificate, or *.NAME",
	.repeats = true},
    {.name = "state",
	.value = "DIR",
	.help = "the folder where the server keeps its state"},
    {.name = "output",
	.letter = 'o',
	.value = "DIR",
	.help = "put the pair into this folder instead"},
    {.name = "force", .help = "replace a pair that is there"},
    {.name = NULL},
};

static const struct opt client_options[] = {
    {.name = "output",
	.letter = 'o',
	.value = "FILE",
	.help = "the new file for the certificate and its key"},
    {.name = "name",
	.value = "NAME",
	.help = "the name that servers are shown, else \"reader\""},
    {.name = NULL},
};

const struct command cmd_cert_show = {
    .name = "cert show",
    .synopsis = "[--state DIR | FILE]",
    .summary = "show certificates, their fingerprints and their ends",
    .options = show_options,
    .words_max = 1,
    .run = show_run,
};

const struct command cmd_cert_new = {
    .name = "cert new",
    .synopsis = "--host NAME... [--state DIR | -o DIR] [--force]",
    .summary = "make a new certificate and its key",
    .options = new_options,
    .run = new_run,
};

const struct command cmd_cert_client = {
    .name = "cert client",
    .synopsis = "-o FILE [--name NAME]",
    .summary = "make an identity to show to servers",
    .text = "FILE is what `capsuled get --identity` takes. The fingerprint is\n"
	    "what `serve --owner` and `owners:` want.\n",
    .options = client_options,
    .run = client_run,
};
