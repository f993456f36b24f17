/*
 * `capsuled build`: one publish into one file, which is a whole capsule.
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
#include "publish/publish.h"

enum { ms_per_second = 1000 };

static const struct opt options[] = {
    {.name = "output",
	.letter = 'o',
	.value = "FILE",
	.help = "the catalogue to write"},
    {.name = "drafts", .help = "put drafts in, too"},
    {.name = "host",
	.value = "NAME",
	.help = "for absolute links when capsule.yaml has no url"},
    {.name = NULL},
};

static int
build(const struct publish_options *o, const char *target)
{
	struct publish_result result = {0};
	struct diags diags;
	int done;

	diags_init(&diags);
	done = publish_build(o, target, &diags, &result);
	log_diags(&diags);
	if (done == 0)
		fprintf(stderr,
		    "%s: articles: %zu, pages: %zu, errors: %zu, warnings: "
		    "%zu, "
		    "%" PRId64 " ms\n",
		    target, result.articles, result.pages, diags.errors,
		    diags.warnings, result.duration_ms);
	diags_fini(&diags);
	return done < 0 ? CLI_FAILED : CLI_FINE;
}

static int
build_run(const struct opts *opts)
{
	struct publish_options o = {
	    .root = *(const struct str *)vec_get(&opts->words, 0),
	    .host = STR("localhost"),
	    .drafts = opts_has(opts, "drafts"),
	    .built = true,
	    .now = clock_wall_ms() / ms_per_second,
	};
	int status = CLI_FAILED;
	char *root;

	if (str_is_empty(opts_get(opts, "output")))
		return command_usage(&cmd_build, "-o FILE is missing");
	if (opts_has(opts, "host"))
		o.host = opts_get(opts, "host");
	root = str_to_c(o.root);
	o.root_fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (o.root_fd < 0)
		log_error("build: %s: %s: name a folder of articles", root,
		    strerror(errno));
	else
		status = build(&o, opts_get(opts, "output").p);
	if (o.root_fd >= 0)
		close(o.root_fd);
	mem_free(root);
	return status;
}

const struct command cmd_build = {
    .name = "build",
    .synopsis = "DIR -o FILE [--drafts] [--host NAME]",
    .summary = "publish a folder into one file, to serve anywhere",
    .text =
	"`capsuled serve FILE` serves it without the sources. An article with\n"
	"an error is left out, which is said; capsule.yaml must have none.\n",
    .options = options,
    .words_min = 1,
    .words_max = 1,
    .run = build_run,
};
