/*
 * `capsuled template list` and `show`: the built-in templates and a capsule's
 * own. What they are filled with is publish's.
 */
#include "cli/commands.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/nearest.h"
#include "base/vec.h"
#include "publish/templates.h"

enum {
	list_max = 1024 * 1024,
	folders_max = 10000, /* more are not looked into */
	name_column = 13,
	from_column = 8,
};

/* The templates folder of a capsule, and the templates in it. */
struct own {
	int folder; /* a descriptor, or -1 */
	struct arena arena;
	struct vec paths; /* struct str, beneath the folder, sorted */
};

static int
compare_str(const void *a, const void *b)
{
	const struct str *left = a, *right = b;

	return str_cmp(*left, *right);
}

static bool
is_template_name(struct str path)
{
	static const char *const endings[] = {".gmi", ".xml", ".html"};

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (str_ends(path, str_from_c(endings[i])))
			return true;
	return embedded_find(&builtin_templates,
		   str_from_index(path,
		       (size_t)(str_find_last_char(path, '/') + 1))) != NULL;
}

/* Add the files of one folder to own, and the folders in it to waiting. */
static void
scan_folder(struct own *own, struct str folder, struct vec *waiting)
{
	int fd = file_open_beneath(
	    own->folder, folder.n == 0 ? "." : folder.p, O_DIRECTORY);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;
	struct stat st;
	struct str path;

	if (dir == NULL) {
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.' ||
		    fstatat(fd, entry->d_name, &st, 0) < 0)
			continue;
		path = arena_printf(&own->arena, "%" STR_FMT "%s%s",
		    STR_ARG(folder), folder.n == 0 ? "" : "/", entry->d_name);
		if (S_ISDIR(st.st_mode) && waiting->n < folders_max)
			*(struct str *)vec_add(waiting) = path;
		if (S_ISREG(st.st_mode) && is_template_name(path))
			*(struct str *)vec_add(&own->paths) = path;
	}
	closedir(dir);
}

/* Read one of the capsule's templates. NULL when it is none. */
static struct templates *
templates_with(const struct own *own, struct str path, struct buf *text)
{
	struct templates *templates = NULL;
	struct diags silent;

	diags_init(&silent);
	if (file_read(own->folder, path.p, text, NULL) == 0) {
		templates = templates_new();
		templates_add(templates, path, buf_str(text), path, &silent);
	}
	diags_fini(&silent);
	return templates;
}

/* Take out what is another engine's: of two files of one name only the ending
 * and the text tell. */
static void
drop_foreign(struct own *own)
{
	struct templates *templates;
	struct str path;
	struct buf text;

	for (size_t i = own->paths.n; i > 0; i--) {
		path = *(const struct str *)vec_get(&own->paths, i - 1);
		if (str_ends(path, STR(".gmi")))
			continue;
		buf_init(&text, template_size_max);
		templates = templates_with(own, path, &text);
		if (templates == NULL || !templates_are_own(templates))
			vec_remove(&own->paths, i - 1);
		templates_free(&templates);
		buf_fini(&text);
	}
}

/* What the first line of one of the capsule's templates says of it. */
static struct str
own_purpose(struct own *own, struct str path)
{
	struct str purpose;
	struct buf text;

	buf_init(&text, template_size_max);
	file_read(own->folder, path.p, &text, NULL);
	purpose = arena_str(&own->arena, templates_purpose(buf_str(&text)));
	buf_fini(&text);
	return purpose;
}

/* Look at DIR/templates, which need not be there. -1, with a message, when
 * there is no DIR. */
static int
own_open(struct own *own, struct str root)
{
	struct vec waiting = VEC_INIT(struct str);
	char *path = str_to_c(root);
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		log_error("template: %s: %s: name the folder of a capsule",
		    path, strerror(errno));
	mem_free(path);
	if (fd < 0)
		return -1;
	own->folder =
	    openat(fd, "templates", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	close(fd);
	if (own->folder < 0)
		return 0;
	*(struct str *)vec_add(&waiting) = STR("");
	for (size_t i = 0; i < waiting.n; i++)
		scan_folder(
		    own, *(const struct str *)vec_get(&waiting, i), &waiting);
	vec_fini(&waiting);
	drop_foreign(own);
	vec_sort(&own->paths, compare_str);
	return 0;
}

static void
own_fini(struct own *own)
{
	if (own->folder >= 0)
		close(own->folder);
	vec_fini(&own->paths);
	arena_fini(&own->arena);
}

static void
own_init(struct own *own)
{
	*own = (struct own){.folder = -1, .paths = VEC_INIT(struct str)};
}

/* The file name of a template that may be named without its ending. */
static struct str
whole_name(struct arena *arena, struct str name)
{
	if (str_find_char(name, '.') >= 0)
		return arena_str(arena, name);
	return arena_printf(arena, "%" STR_FMT ".gmi", STR_ARG(name));
}

static void
add_line(struct buf *out, struct str name, struct str from, struct str purpose)
{
	buf_addf(out, "%-*" STR_FMT " %-*" STR_FMT, name_column, STR_ARG(name),
	    from_column, STR_ARG(from));
	if (purpose.n > 0)
		buf_addf(out, "  %" STR_FMT, STR_ARG(purpose));
	buf_add_char(out, '\n');
}

static struct str
file_of(struct str path)
{
	return str_from_index(
	    path, (size_t)(str_find_last_char(path, '/') + 1));
}

/* The built-in template of that file name, or NULL. */
static const struct embedded_file *
builtin_of(struct str path)
{
	return embedded_find(&builtin_templates, file_of(path));
}

static bool
has_path(const struct own *own, struct str path)
{
	VEC_EACH (struct str, each, &own->paths)
		if (str_eq(*each, path))
			return true;
	return false;
}

static void
add_builtin_lines(const struct own *own, struct buf *out)
{
	const struct embedded_file *file;

	for (size_t i = 0; i < builtin_templates.count; i++) {
		file = &builtin_templates.files[i];
		if (!has_path(own, file->path))
			add_line(out, file->path, STR("built-in"),
			    templates_purpose(file->bytes));
	}
}

static void
add_own_lines(struct own *own, struct str root, struct buf *out)
{
	const struct embedded_file *builtin;
	struct str purpose;

	VEC_EACH (struct str, path, &own->paths) {
		builtin = builtin_of(*path);
		purpose = own_purpose(own, *path);
		if (purpose.n == 0 && builtin != NULL)
			purpose = templates_purpose(builtin->bytes);
		add_line(out, file_of(*path),
		    arena_printf(&own->arena,
			"%" STR_FMT "%stemplates/%" STR_FMT, STR_ARG(root),
			str_ends(root, STR("/")) ? "" : "/", STR_ARG(*path)),
		    purpose);
	}
}

static int
print_all(const struct buf *out)
{
	return file_write_all(STDOUT_FILENO, buf_str(out)) < 0 ? CLI_FAILED
							       : CLI_FINE;
}

static int
list_run(const struct opts *opts)
{
	struct str root = {"", 0};
	struct own own;
	struct buf out;
	int status = CLI_FAILED;

	own_init(&own);
	buf_init(&out, list_max);
	if (opts->words.n > 0)
		root = *(const struct str *)vec_get(&opts->words, 0);
	if (opts->words.n == 0 || own_open(&own, root) == 0) {
		add_builtin_lines(&own, &out);
		add_own_lines(&own, root, &out);
		status = print_all(&out);
	}
	buf_fini(&out);
	own_fini(&own);
	return status;
}

/* Add the template of that path: the capsule's own for the folder or the
 * nearest above it, else the built-in one. -1 when there is none. */
static int
find_bytes(struct own *own, struct str path, struct buf *out)
{
	const struct embedded_file *builtin = builtin_of(path);
	struct str name = file_of(path);
	struct str folder = str_first(path, path.n - name.n), tried;
	ptrdiff_t slash;

	while (own->folder >= 0) {
		tried = arena_printf(&own->arena, "%" STR_FMT "%" STR_FMT,
		    STR_ARG(folder), STR_ARG(name));
		if (has_path(own, tried))
			return file_read(own->folder, tried.p, out, NULL);
		if (folder.n == 0)
			break;
		slash =
		    str_find_last_char(str_first(folder, folder.n - 1), '/');
		folder = str_first(folder, (size_t)(slash + 1));
	}
	if (builtin == NULL)
		return -1;
	buf_add(out, builtin->bytes);
	return 0;
}

static void
complain_unknown(const struct own *own, struct str name)
{
	struct nearest nearest = nearest_to(name);

	for (size_t i = 0; i < builtin_templates.count; i++)
		nearest_try(&nearest, builtin_templates.files[i].path);
	VEC_EACH (struct str, path, &own->paths)
		nearest_try(&nearest, *path);
	log_error("template: there is no template %" STR_FMT "%s%" STR_FMT
		  "%s: see `capsuled template list`",
	    STR_ARG(name), nearest.best.n > 0 ? ", did you mean " : "",
	    STR_ARG(nearest.best), nearest.best.n > 0 ? "?" : "");
}

static int
show_run(const struct opts *opts)
{
	struct own own;
	struct str name;
	struct buf out;
	int status = CLI_FAILED;

	own_init(&own);
	buf_init(&out, template_size_max);
	name = whole_name(
	    &own.arena, *(const struct str *)vec_get(&opts->words, 0));
	if (opts->words.n == 1 ||
	    own_open(&own, *(const struct str *)vec_get(&opts->words, 1)) ==
		0) {
		if (find_bytes(&own, name, &out) == 0)
			status = print_all(&out);
		else
			complain_unknown(&own, name);
	}
	buf_fini(&out);
	own_fini(&own);
	return status;
}

static const struct opt no_options[] = {{.name = NULL}};

const struct command cmd_template_list = {
    .name = "template list",
    .synopsis = "[DIR]",
    .summary = "the templates, where they come from, what they are for",
    .text = "With DIR, those of that capsule stand in for the built-in ones.\n",
    .options = no_options,
    .words_max = 1,
    .run = list_run,
};

const struct command cmd_template_show = {
    .name = "template show",
    .synopsis = "NAME [DIR]",
    .summary = "print a template, to begin one's own with",
    .text =
	"NAME is one of `capsuled template list`; its ending .gmi may lack.\n"
	"With DIR, the capsule's own comes before the built-in one, and\n"
	"FOLDER/NAME is that of a folder.\n",
    .options = no_options,
    .words_min = 1,
    .words_max = 2,
    .run = show_run,
};
