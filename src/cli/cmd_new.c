/*
 * `capsuled new`: a starter capsule to begin with. What it holds is capsule/'s.
 */
#include "cli/commands.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "cli/starter.h"

enum {
	path_max = 4096,
	folder_mode = 0777, /* less the umask */
	page_mode = 0666, /* less the umask */
};

static const struct opt options[] = {
    {.name = "capsule",
	.value = "DIR",
	.help = "write a whole starter capsule into the new folder DIR"},
    {.name = NULL},
};

/* Whether the folder at path may be filled: it is not there, or empty. */
static bool
is_free(const char *path)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;
	bool is_empty = true;

	if (folder == NULL)
		return errno == ENOENT;
	while (is_empty && (entry = readdir(folder)) != NULL)
		is_empty = strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0;
	closedir(folder);
	if (!is_empty)
		errno = ENOTEMPTY;
	return is_empty;
}

static int
starter_write(struct str folder, const struct embedded_file *file)
{
	struct buf path;
	ptrdiff_t slash;
	int result = -1;

	buf_init(&path, path_max);
	buf_addf(&path, "%" STR_FMT "/%" STR_FMT, STR_ARG(folder),
	    STR_ARG(file->path));
	slash = str_find_last_char(buf_str(&path), '/');
	if (!path.full) {
		path.p[slash] = '\0';
		result = file_make_dirs(path.p, folder_mode);
		path.p[slash] = '/';
	}
	if (result == 0)
		result =
		    file_create(AT_FDCWD, buf_c(&path), page_mode, file->bytes);
	if (result < 0)
		log_error("new: cannot write %" STR_FMT ": %s",
		    STR_ARG(buf_str(&path)), strerror(errno));
	buf_fini(&path);
	return result;
}

static int
new_capsule(struct str folder)
{
	struct buf path;
	bool can_fill;

	while (folder.n > 1 && folder.p[folder.n - 1] == '/')
		folder.n--;
	buf_init(&path, path_max);
	buf_add(&path, folder);
	can_fill = buf_c(&path) != NULL && is_free(path.p);
	buf_fini(&path);
	if (!can_fill) {
		log_error("new: cannot fill %" STR_FMT
			  ": %s: name a folder that is new or empty",
		    STR_ARG(folder), strerror(errno));
		return CLI_FAILED;
	}
	for (size_t i = 0; i < starter_files.count; i++)
		if (starter_write(folder, &starter_files.files[i]) < 0)
			return CLI_FAILED;
	printf("A capsule is in %" STR_FMT ". Next:\n"
	       "  capsuled serve %" STR_FMT "\n"
	       "      and open gemini://localhost/ in a Gemini client\n"
	       "  edit %" STR_FMT "/capsule.yaml\n"
	       "      its title, language and author are yours to set\n"
	       "  cd %" STR_FMT " && capsuled new \"A first article\"\n"
	       "      readers see it as soon as it is saved\n",
	    STR_ARG(folder), STR_ARG(folder), STR_ARG(folder), STR_ARG(folder));
	return fflush(stdout) == 0 ? CLI_FINE : CLI_FAILED;
}

static int
new_run(const struct opts *opts)
{
	if (!opts_has(opts, "capsule"))
		return command_usage(&cmd_new, "--capsule DIR is missing");
	if (str_is_empty(opts_get(opts, "capsule")))
		return command_usage(&cmd_new, "--capsule needs a folder");
	return new_capsule(opts_get(opts, "capsule"));
}

const struct command cmd_new = {
    .name = "new",
    .synopsis = "--capsule DIR",
    .summary = "begin a capsule",
    .options = options,
    .run = new_run,
};
