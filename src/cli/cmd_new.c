/*
 * `capsuled new`: an article or a whole capsule to begin with. What an article
 * begins with is article's, what a capsule holds is capsule/'s.
 */
#include "cli/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cli/article.h"
#include "cli/folder.h"
#include "cli/starter.h"

enum {
	path_max = 4096,
	folder_mode = 0777, /* less the umask */
	page_mode = 0666, /* less the umask */
	source_max = 64 * 1024,
	ms_per_second = 1000,
};

static const struct opt options[] = {
    {.name = "tag",
	.value = "TAG",
	.help = "a tag of the article",
	.repeats = true},
    {.name = "directory",
	.value = "DIR",
	.help = "the folder for the article, instead of ./articles"},
    {.name = "format",
	.value = "gmi|md",
	.help = "gemtext, as without it, or Markdown"},
    {.name = "capsule",
	.value = "DIR",
	.help = "write a whole starter capsule into the new folder DIR"},
    {.name = NULL},
};

static int
new_capsule(struct str folder)
{
	const struct embedded_file *file;

	while (folder.n > 1 && folder.p[folder.n - 1] == '/')
		folder.n--;
	if (!folder_is_free(folder)) {
		log_error("new: cannot fill %" STR_FMT
			  ": %s: name a folder that is new or empty",
		    STR_ARG(folder), strerror(errno));
		return CLI_FAILED;
	}
	for (size_t i = 0; i < starter_files.count; i++) {
		file = &starter_files.files[i];
		if (folder_write(folder, file->path, file->bytes) == 0)
			continue;
		log_error("new: cannot write %" STR_FMT "/%" STR_FMT ": %s",
		    STR_ARG(folder), STR_ARG(file->path), strerror(errno));
		return CLI_FAILED;
	}
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

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Where articles go: the folder named, else where they are in the folders that
 * people have, else ./articles, which is made beside a capsule.yaml, else the
 * folder where the author is. */
static struct str
article_folder(const struct opts *opts)
{
	static const char *const folders[] = {
	    "articles", "posts", "content/posts", "blog", "_posts"};

	if (opts_has(opts, "directory"))
		return opts_get(opts, "directory");
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (is_folder(folders[i]))
			return str_from_c(folders[i]);
	return access("capsule.yaml", F_OK) == 0 ? STR("articles") : STR(".");
}

/* Add the name of this machine's zone: $TZ, else where /etc/localtime leads;
 * UTC when neither is a name. */
static void
add_zone(struct buf *out)
{
	static const struct str folder = STR_INIT("/zoneinfo/");
	const char *given = getenv("TZ");
	struct str zone = str_from_c(given);
	char target[path_max];
	ssize_t n;
	ptrdiff_t at;

	if (given == NULL) {
		n = readlink("/etc/localtime", target, sizeof(target));
		zone = str_from(target, n < 0 ? 0 : (size_t)n);
		at = str_find_str(zone, folder);
		zone = str_from_index(
		    zone, at < 0 ? zone.n : (size_t)at + folder.n);
	} else if (str_starts(zone, STR(":")))
		zone = str_from_index(zone, 1);
	buf_add(out, zone);
	if (buf_c(out) == NULL || !date_zone_exists(out->p))
		buf_clear(out);
}

static struct date
date_now(void)
{
	struct buf zone;
	struct date now;

	buf_init(&zone, path_max + 1);
	add_zone(&zone);
	now = date_at(clock_wall_ms() / ms_per_second, buf_c(&zone));
	buf_fini(&zone);
	return now;
}

static int
article_create(const char *folder, const char *path, struct str source)
{
	if (file_make_dirs(folder, folder_mode) == 0 &&
	    file_create(AT_FDCWD, path, page_mode, source) == 0) {
		printf("%s\n", path);
		return fflush(stdout) == 0 ? CLI_FINE : CLI_FAILED;
	}
	log_error("new: cannot write %s: %s%s", path, strerror(errno),
	    errno == EEXIST ? ": choose another title, or edit that file" : "");
	return CLI_FAILED;
}

static int
new_article(const struct opts *opts, const struct article *article)
{
	struct str folder = article_folder(opts);
	struct buf path, source;
	char *folder_c = str_to_c(folder);
	int status = CLI_FAILED;

	buf_init(&path, path_max);
	buf_init(&source, source_max);
	if (!str_eq(folder, STR(".")))
		buf_addf(&path, "%" STR_FMT "%s", STR_ARG(folder),
		    str_ends(folder, STR("/")) ? "" : "/");
	article_add_file_name(article->title,
	    str_eq(opts_get(opts, "format"), STR("md")) ? STR(".md")
							: STR(".gmi"),
	    &path);
	article_add_source(article, &source);
	if (path.full || source.full || buf_c(&path) == NULL)
		log_error("new: the title, the tags or the folder are too "
			  "long");
	else
		status =
		    article_create(folder_c, buf_c(&path), buf_str(&source));
	buf_fini(&path);
	buf_fini(&source);
	mem_free(folder_c);
	return status;
}

/* Check what the author typed, and go on with it. */
static int
new_article_from(const struct opts *opts)
{
	struct vec tags = VEC_INIT(struct str);
	struct article article = {
	    .title = *(const struct str *)vec_get(&opts->words, 0),
	    .tags = &tags,
	    .date = date_now(),
	};
	bool is_utf8 = utf8_is_valid(article.title);
	struct str tag;
	int status;

	for (size_t i = 0; opts_next(opts, "tag", i, &tag); i++) {
		is_utf8 &= utf8_is_valid(tag);
		if (!str_is_empty(str_trim(tag)))
			*(struct str *)vec_add(&tags) = tag;
	}
	if (str_is_empty(str_trim(article.title)))
		status = command_usage(&cmd_new, "the title is empty");
	else if (!is_utf8)
		status = command_usage(
		    &cmd_new, "the title and the tags must be UTF-8");
	else
		status = new_article(opts, &article);
	vec_fini(&tags);
	return status;
}

static int
new_run(const struct opts *opts)
{
	struct str folder = opts_get(opts, "capsule");
	struct str format = opts_get(opts, "format");

	if (!opts_has(opts, "capsule") && opts->words.n == 0)
		return command_usage(
		    &cmd_new, "name a title, or a folder with --capsule");
	if (opts_has(opts, "format") && !str_eq(format, STR("gmi")) &&
	    !str_eq(format, STR("md")))
		return command_usage(&cmd_new, "--format is gmi or md");
	if (!opts_has(opts, "capsule"))
		return new_article_from(opts);
	if (opts->words.n > 0 || opts_has(opts, "tag") ||
	    opts_has(opts, "directory") || opts_has(opts, "format") ||
	    str_is_empty(folder))
		return command_usage(
		    &cmd_new, "--capsule takes a folder and nothing else");
	return new_capsule(folder);
}

const struct command cmd_new = {
    .name = "new",
    .synopsis = "TITLE [--tag TAG]... [--directory DIR] [--format gmi|md]"
		" | --capsule DIR",
    .summary = "begin an article, or a whole capsule",
    .text =
	"An article goes to ./articles, ./posts, ./content/posts, ./blog or\n"
	"./_posts, the first that is there; beside a capsule.yaml ./articles "
	"is\n"
	"made, and elsewhere the current folder it is. Its path is printed.\n",
    .options = options,
    .words_max = 1,
    .run = new_run,
};
