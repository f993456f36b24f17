/*
 * `capsuled get`: a Gemini client for scripts. Pages are not laid out.
 */
#include "cli/commands.h"

#include <signal.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/mem.h"
#include "cli/fetch.h"
#include "cli/state.h"
#include "proto/reply.h"

enum {
	redirects_max = 5, /* Gemini specification, Redirects */
	timeout_default_seconds = 30,
	timeout_max_seconds = 24 * 60 * 60,
	path_max = 4096,
	code_class = 10,
	input_class = 1,
	success_class = 2,
	redirect_class = 3,
};

/* A visit: what is asked for now, and what was said to it. */
struct visit {
	const struct opts *opts;
	struct fetch_options options;
	struct target target;
	struct fetch_reply reply;
	unsigned redirects;
};

static const struct opt options[] = {
    {.name = "verbose",
	.letter = 'v',
	.help = "print the header of each reply on stderr"},
    {.name = "identity",
	.value = "FILE",
	.help = "a PEM file with a client certificate and its key"},
    {.name = "input",
	.value = "TEXT",
	.help = "what to answer when the server asks for input"},
    {.name = "known-hosts",
	.value = "FILE",
	.help = "where the certificates seen before are kept"},
    {.name = "insecure", .help = "trust any certificate, remember none"},
    {.name = "timeout",
	.value = "SECONDS",
	.help = "to connect, and for each silence (30)"},
    {.name = NULL},
};

static int
exit_status(const struct visit *visit)
{
	int class = visit->reply.code / code_class;

	return class == success_class ? CLI_FINE : class * code_class;
}

/* Say why there is no body. */
static int
end(const struct visit *visit, const char *why)
{
	log_error("get: %" STR_FMT ": the answer is %d %" STR_FMT "%s",
	    STR_ARG(buf_str(&visit->target.url)), visit->reply.code,
	    STR_ARG(buf_str(&visit->reply.meta)), why);
	return exit_status(visit);
}

static int
end_with(const struct visit *visit, const char *what, const char *wrong)
{
	struct arena arena = {0};
	int status;

	status = end(visit, arena_printf(&arena, ": %s: %s", what, wrong).p);
	arena_fini(&arena);
	return status;
}

/* Go where a redirect leads. 0 to go on, else the exit status. The identity
 * belongs to the server that it was meant for. */
static int
follow(struct visit *visit)
{
	struct str host;
	uint16_t port = visit->target.port;
	const char *wrong;
	struct buf old;

	if (visit->redirects++ == redirects_max)
		return end_with(visit, "not followed", "too many redirects");
	buf_init(&old, path_max);
	buf_add(&old, buf_str(&visit->target.host));
	wrong = target_follow(&visit->target, buf_str(&visit->reply.meta));
	host = buf_str(&visit->target.host);
	if (!str_eq(host, buf_str(&old)) || port != visit->target.port)
		visit->options.identity = NULL;
	buf_fini(&old);
	return wrong == NULL ? 0 : end_with(visit, "not followed", wrong);
}

/* Answer a question with --input. 0 to go on, else the exit status. */
static int
answer(struct visit *visit)
{
	struct str input = opts_get(visit->opts, "input");
	const char *wrong;

	if (!opts_has(visit->opts, "input") ||
	    !target_put_input(&visit->target, input, &wrong))
		return end(visit, "");
	return wrong == NULL ? 0 : end_with(visit, "not answered", wrong);
}

static int
visit_run(struct visit *visit)
{
	int status;

	for (;;) {
		status = fetch(&visit->options, &visit->target, &visit->reply);
		if (status != 0)
			return status;
		switch (visit->reply.code / code_class) {
		case success_class:
			return CLI_FINE;
		case redirect_class:
			status = follow(visit);
			break;
		case input_class:
			status = answer(visit);
			break;
		default:
			status = end(visit, "");
			break;
		}
		if (status != 0)
			return status;
	}
}

/* Set the URL, with the input in it from the start: a page that does not ask
 * for input leaves it unread. */
static int
set_target(struct visit *visit)
{
	struct str word = *(struct str *)vec_get(&visit->opts->words, 0);
	const char *wrong = target_set(&visit->target, word);

	if (wrong == NULL && opts_has(visit->opts, "input"))
		target_put_input(
		    &visit->target, opts_get(visit->opts, "input"), &wrong);
	if (wrong == NULL)
		return 0;
	return command_usage(
	    &cmd_get, "%" STR_FMT ": %s", STR_ARG(word), wrong);
}

static int
set_known_hosts(struct visit *visit, struct buf *path)
{
	struct str given = opts_get(visit->opts, "known-hosts");

	if (opts_has(visit->opts, "insecure"))
		return 0;
	if (!str_is_empty(given))
		buf_add(path, given);
	else if (state_add_user_folder(path) == 0)
		buf_add(path, STR("/known_hosts"));
	else
		return CLI_FAILED;
	visit->options.known_hosts = buf_c(path);
	return 0;
}

static int
get_run(const struct opts *opts)
{
	struct visit visit = {.opts = opts};
	uint64_t timeout = timeout_default_seconds;
	struct buf known_hosts, message;
	int status = CLI_USAGE;

	/* A pipe that is closed is an error of write(). */
	signal(SIGPIPE, SIG_IGN);
	buf_init(&known_hosts, path_max);
	buf_init(&message, path_max);
	buf_init(&visit.reply.meta, reply_meta_max);
	target_init(&visit.target);
	if (!opts_number(
		opts, "timeout", timeout_max_seconds, &timeout, &message))
		command_usage(&cmd_get, "%s", buf_c(&message));
	else
		status = set_target(&visit);
	if (status == 0)
		status = set_known_hosts(&visit, &known_hosts);
	visit.options.timeout_seconds = (unsigned)timeout;
	visit.options.verbose = opts_has(opts, "verbose");
	if (opts_has(opts, "identity"))
		visit.options.identity = opts_get(opts, "identity").p;
	if (status == 0)
		status = visit_run(&visit);
	target_fini(&visit.target);
	buf_fini(&visit.reply.meta);
	buf_fini(&message);
	buf_fini(&known_hosts);
	return status;
}

const struct command cmd_get = {
    .name = "get",
    .synopsis = "[-v] [--identity FILE] [--input TEXT] URL",
    .summary = "fetch a page",
    .text =
	"The body goes to stdout. Up to five redirects are followed.\n"
	"Exit status: 0 success, 1 network or TLS, 2 usage, 3 a certificate\n"
	"that has changed, else the class of the reply: 10, 30, 40, 50, 60.\n",
    .options = options,
    .words_min = 1,
    .words_max = 1,
    .run = get_run,
};
