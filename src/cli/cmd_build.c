/*
 * `capsuled build`: one publish, into one file that is a whole capsule, or into
 * files for other servers.
 */
#include "cli/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "conf/conf.h"
#include "publish/publish.h"

enum { ms_per_second = 1000 };

static const struct opt options[] = {
    {.name = "output",
	.letter = 'o',
	.value = "FILE",
	.help = "the catalogue to write"},
    {.name = "export",
	.value = "DIR",
	.help = "gemtext files and feeds, for any Gemini host"},
    {.name = "export-html",
	.value = "DIR",
	.help = "the web mirror, for any web server"},
    {.name = "drafts", .help = "put drafts in, too; not in exports"},
    {.name = "host",
	.value = "NAME",
	.help = "for absolute links when capsule.yaml has no url"},
    {.name = NULL},
};

static void
say_export(const char *folder, const struct export_counts *counts)
{
	if (folder != NULL)
		fprintf(stderr, "%s: files: %zu, written: %zu, removed: %zu\n",
		    folder, counts->files, counts->written, counts->removed);
}

static void
say_result(const struct build_targets *targets,
    const struct build_result *result, const struct diags *diags)
{
	const char *first = targets->catalogue;

	if (first == NULL)
		first = targets->gemtext;
	if (first == NULL)
		first = targets->html;
	fprintf(stderr,
	    "%s: articles: %zu, pages: %zu, errors: %zu, warnings: %zu, "
	    "%" PRId64 " ms\n",
	    first, result->publish.articles, result->publish.pages,
	    diags->errors, diags->warnings, result->publish.duration_ms);
	say_export(targets->gemtext, &result->gemtext);
	say_export(targets->html, &result->html);
}

static int
build(const struct publish_options *o, const struct build_targets *targets)
{
	struct build_result result = {.publish = {.changed = false}};
	struct diags diags;
	int done;

	diags_init(&diags);
	done = publish_build(o, targets, &diags, &result);
	log_diags(&diags);
	if (done == 0)
		say_result(targets, &result, &diags);
	diags_fini(&diags);
	return done < 0 ? CLI_FAILED : CLI_FINE;
}

/* The value of an option, or NULL. */
static const char *
value_of(const struct opts *opts, const char *name)
{
	struct str value = opts_get(opts, name);

	return str_is_empty(value) ? NULL : value.p;
}

/* Whether there is no --host, or one that can be a host. */
static bool
has_good_host(const struct opts *opts)
{
	struct arena arena = {0};
	struct str host;
	bool is_good = !opts_has(opts, "host") ||
	    conf_parse_host(&arena, opts_get(opts, "host"), &host);

	arena_fini(&arena);
	return is_good;
}

/* What is wrong with the options together, or NULL. */
static const char *
find_fault(const struct opts *opts, const struct build_targets *targets)
{
	if (targets->catalogue == NULL && targets->gemtext == NULL &&
	    targets->html == NULL)
		return "-o FILE is missing, or --export, or --export-html";
	if (!has_good_host(opts))
		return "--host is no host name: write it in ASCII, xn-- for "
		       "other letters";
	if (targets->gemtext == NULL && targets->html == NULL)
		return NULL;
	if (opts_has(opts, "drafts"))
		return "--drafts does not go with exports, which are public";
	if (targets->gemtext != NULL && targets->html != NULL &&
	    strcmp(targets->gemtext, targets->html) == 0)
		return "--export and --export-html need a folder each";
	return NULL;
}

static int
build_run(const struct opts *opts)
{
	struct publish_options o = {
	    .root = *(const struct str *)vec_get(&opts->words, 0),
	    .host = STR("localhost"),
	    .drafts = opts_has(opts, "drafts"),
	    .now = clock_wall_ms() / ms_per_second,
	};
	const struct build_targets targets = {
	    .catalogue = value_of(opts, "output"),
	    .gemtext = value_of(opts, "export"),
	    .html = value_of(opts, "export-html"),
	};
	const char *fault = find_fault(opts, &targets);
	int status = CLI_FAILED;
	char *root;

	if (fault != NULL)
		return command_usage(&cmd_build, "%s", fault);
	if (opts_has(opts, "host"))
		o.host = opts_get(opts, "host");
	root = str_to_c(o.root);
	o.root_fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (o.root_fd < 0)
		log_error("build: %s: %s: name a folder of articles", root,
		    strerror(errno));
	else
		status = build(&o, &targets);
	if (o.root_fd >= 0)
		close(o.root_fd);
	mem_free(root);
	return status;
}

const struct command cmd_build = {
    .name = "build",
    .synopsis = "DIR [-o FILE] [--export DIR] [--export-html DIR] [--drafts] "
		"[--host NAME]",
    .summary = "publish a folder into one file, or into folders of files",
    .text =
	"`capsuled serve FILE` serves it without the sources. An article with\n"
	"an error is left out, which is said; capsule.yaml must have none.\n"
	"The folder of an export is new, empty, or an export already, and\n"
	"outside of DIR. What is gone from the capsule is removed from it.\n",
    .options = options,
    .words_min = 1,
    .words_max = 1,
    .run = build_run,
};
