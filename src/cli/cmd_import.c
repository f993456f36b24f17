/*
 * `capsuled import`: articles of another engine become a capsule. What each
 * engine's files mean is in the files import_*.
 */
#include "cli/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/nearest.h"
#include "cli/folder.h"
#include "cli/import.h"

static const struct import_engine *const engines[] = {
    &import_hugo, &import_jekyll, &import_html};

enum { engine_count = sizeof(engines) / sizeof(engines[0]) };

static const struct opt options[] = {
    {.name = "output",
	.letter = 'o',
	.value = "DIR",
	.help = "the folder to fill, which must be new or empty"},
    {.name = NULL},
};

static struct str
without_slashes(struct str path)
{
	while (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	return path;
}

static int
import_open(struct import *import, struct str source)
{
	char *path;
	struct stat st;

	import->source = without_slashes(source);
	path = str_to_c(import->source);
	if (stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	    import->engine == &import_html) {
		import->only = import_name(import->source);
		import->source = import->only.n == import->source.n
		    ? STR(".")
		    : without_slashes(str_first(
			  import->source, import->source.n - import->only.n));
		mem_free(path);
		path = str_to_c(import->source);
	}
	import->folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (import->folder < 0)
		log_error("import: %s: %s: name a folder that can be read",
		    path, strerror(errno));
	mem_free(path);
	return import->folder < 0 ? -1 : 0;
}

static void
import_close(struct import *import)
{
	VEC_EACH (struct import_page, page, &import->pages) {
		vec_fini(&page->aliases);
		if (page->html != NULL)
			html_fini(page->html);
	}
	if (import->folder >= 0)
		close(import->folder);
	vec_fini(&import->pages);
	vec_fini(&import->assets);
	map_fini(&import->by_source);
	map_fini(&import->by_url);
	map_fini(&import->served);
	diags_fini(&import->diags);
	arena_fini(&import->arena);
}

static const char *
plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static int
run(struct import *import)
{
	import_scan(import);
	if (import->pages.n == 0) {
		log_diags(&import->diags);
		log_error("import: there are no articles of %s in %" STR_FMT
			  ": name the folder of the whole site",
		    import->engine->name, STR_ARG(import->source));
		return CLI_FAILED;
	}
	if (import_write(import) < 0) {
		log_error("import: cannot write to %" STR_FMT ": %s",
		    STR_ARG(import->target), strerror(errno));
		return CLI_FAILED;
	}
	log_diags(&import->diags);
	printf("imported %zu article%s, %zu asset%s, %zu left out\n",
	    import->pages_written, plural(import->pages_written),
	    import->assets_written, plural(import->assets_written),
	    import->left_out);
	return fflush(stdout) == 0 && import->pages_written > 0 ? CLI_FINE
								: CLI_FAILED;
}

static const struct import_engine *
find_engine(struct str name)
{
	for (size_t i = 0; i < engine_count; i++)
		if (str_eq(str_from_c(engines[i]->name), name))
			return engines[i];
	return NULL;
}

static int
complain_engine(struct str name)
{
	struct nearest nearest = nearest_to(name);

	for (size_t i = 0; i < engine_count; i++)
		nearest_try(&nearest, str_from_c(engines[i]->name));
	if (nearest.best.n > 0)
		return command_usage(&cmd_import,
		    "cannot import %" STR_FMT ", did you mean %" STR_FMT "?",
		    STR_ARG(name), STR_ARG(nearest.best));
	return command_usage(&cmd_import,
	    "cannot import %" STR_FMT ", only hugo, jekyll and html",
	    STR_ARG(name));
}

static int
import_run(const struct opts *opts)
{
	struct str engine = *(const struct str *)vec_get(&opts->words, 0);
	struct import import = {
	    .engine = find_engine(engine),
	    .folder = -1,
	    .target = without_slashes(opts_get(opts, "output")),
	    .pages = VEC_INIT(struct import_page),
	    .assets = VEC_INIT(struct import_asset),
	};
	int status = CLI_FAILED;

	if (import.engine == NULL)
		return complain_engine(engine);
	if (import.target.n == 0)
		return command_usage(&cmd_import, "-o DIR is missing");
	diags_init(&import.diags);
	if (!folder_is_free(import.target))
		log_error("import: cannot fill %" STR_FMT
			  ": %s: name a folder that is new or empty",
		    STR_ARG(import.target), strerror(errno));
	else if (import_open(&import,
		     *(const struct str *)vec_get(&opts->words, 1)) == 0)
		status = run(&import);
	import_close(&import);
	return status;
}

const struct command cmd_import = {
    .name = "import",
    .synopsis = "hugo|jekyll|html SRC -o DIR",
    .summary = "make a capsule of another engine's articles",
    .text =
	"SRC is the folder of the whole site, or for html a file too. It is\n"
	"only read. What cannot be brought over is told with its place.\n",
    .options = options,
    .words_min = 2,
    .words_max = 2,
    .run = import_run,
};
