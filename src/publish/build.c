/*
 * A capsule as one file, and as folders of files, for `build`.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "publish/export.h"
#include "publish/publisher.h"
#include "publish/tree.h"
#include "publish/tree_place.h"

enum { readable_mode = 0644 };

/* Put what is in the file, and that it is in its folder, on the disk. */
static int
sync_path(const char *path, int flags)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | flags), result;

	if (fd < 0)
		return -1;
	result = fsync(fd);
	close(fd);
	return result;
}

static int
move_into_place(const char *from, const char *target, struct str folder)
{
	char *path = str_to_c(folder);
	int result = -1;

	if (chmod(from, readable_mode) == 0 && sync_path(from, 0) == 0 &&
	    rename(from, target) == 0)
		result = sync_path(path, O_DIRECTORY);
	mem_free(path);
	return result;
}

static void
say_failure(struct diags *diags, const char *target)
{
	diags_error(diags, (struct diag_place){.file = str_from_c(target)},
	    "unwritable", "see that the folder can be written",
	    "cannot be written: %s", strerror(errno));
}

/* A build while it is going on. */
struct build {
	struct publish_options options;
	const struct build_targets *targets;
	struct tree *gemtext, *html; /* open from the start: a folder that
					cannot be used stops all */
	bool makes_gemtext, makes_html; /* folders that there are not yet */
	struct diags *diags;
	struct build_result *result;
};

static bool
is_missing(const char *path)
{
	struct stat st;

	return path != NULL && lstat(path, &st) < 0 && errno == ENOENT;
}

/* A device or a pipe is not to be replaced by a file. */
static int
check_target(const char *target, struct diags *diags)
{
	struct stat st;

	if (target == NULL || stat(target, &st) < 0 || S_ISREG(st.st_mode))
		return 0;
	diags_error(diags, (struct diag_place){.file = str_from_c(target)},
	    "unwritable", "name a file", "is there, and is no file");
	return -1;
}

/* Take the folders away that were made for nothing. */
static void
remove_folders(const struct build *b)
{
	if (b->makes_gemtext)
		rmdir(b->targets->gemtext);
	if (b->makes_html)
		rmdir(b->targets->html);
}

/* Open the tree at path, if there is one. */
static int
open_tree(const struct build *b, const char *path, struct tree **tree)
{
	int fd;

	if (path == NULL)
		return 0;
	fd = tree_place_open(path, b->options.root_fd, b->diags);
	if (fd < 0)
		return -1;
	*tree = tree_open(path, fd, b->diags);
	return *tree == NULL ? -1 : 0;
}

/* Fill a folder with what p has published; takes the tree. */
static int
export_to(const struct build *b, const struct publisher *p,
    struct export_input *input, struct export_counts *counts)
{
	struct export *export;
	enum export_step step;

	if (input->tree == NULL)
		return 0;
	input->publisher = p;
	input->catalogue = b->options.catalogue;
	export = export_new(input, b->diags);
	if (export == NULL)
		return -1;
	step = export_step(export, INT64_MAX, b->diags);
	*counts = export_get_counts(export);
	export_free(&export);
	return step == EXPORT_DONE ? 0 : -1;
}

static int
export_all(struct build *b, const struct publisher *p)
{
	struct export_input gemtext = {.tree = b->gemtext};
	struct export_input html = {.tree = b->html, .kind = EXPORT_HTML};

	b->gemtext = NULL;
	if (export_to(b, p, &gemtext, &b->result->gemtext) < 0)
		return -1;
	b->html = NULL;
	return export_to(b, p, &html, &b->result->html);
}

/* The catalogue that is replaced is none of the capsule's files, wherever it
 * is; that of the new one is hidden. */
static void
leave_out_target(struct sources *sources, const char *target)
{
	struct stat st;

	if (target == NULL || stat(target, &st) < 0)
		return;
	sources->own_device = st.st_dev;
	sources->own_inode = st.st_ino;
}

static int
build_file(struct build *b)
{
	struct publisher *p =
	    publisher_open_mode(&b->options, WRITER_BUILT, b->diags);
	int status;

	if (p == NULL)
		return -1;
	if (b->targets->catalogue != NULL)
		leave_out_target(&p->sources, b->targets->catalogue);
	if (b->targets->catalogue != NULL)
		outputs_inherit(&p->outputs, b->targets->catalogue);
	status =
	    publisher_publish(p, b->options.now, b->diags, &b->result->publish);
	if (p->is_site_broken)
		status = -1;
	if (publisher_close_catalogue(p, b->diags) < 0)
		status = -1;
	if (status == 0)
		status = export_all(b, p);
	publisher_close(&p);
	return status;
}

/* The name of a file for the catalogue until it is done: beside its target, or
 * where files are that nobody keeps. */
static struct str
temporary_name(struct arena *arena, const char *target)
{
	const char *folder = getenv("TMPDIR"), *slash;

	if (target != NULL) {
		slash = strrchr(target, '/');
		slash = slash == NULL ? target : slash + 1;
		return arena_printf(arena, "%.*s.%s.XXXXXX",
		    (int)(slash - target), target, slash);
	}
	return arena_printf(arena, "%s/capsuled.XXXXXX",
	    folder == NULL || *folder == '\0' ? "/tmp" : folder);
}

/* Publish to the file named temporary, and move it to its target. */
static int
build_at(struct build *b, struct str temporary)
{
	const char *target = b->targets->catalogue, *slash;
	struct str folder = STR(".");
	int status = build_file(b);

	if (status == 0 && target != NULL) {
		slash = strrchr(target, '/');
		if (slash != NULL)
			folder = str_from(target, (size_t)(slash - target) + 1);
		status = move_into_place(temporary.p, target, folder);
		if (status < 0)
			say_failure(b->diags, target);
	}
	if (status < 0 || target == NULL)
		unlink(temporary.p);
	return status;
}

int
publish_build(const struct publish_options *o,
    const struct build_targets *targets, struct diags *diags,
    struct build_result *result)
{
	struct build b = {
	    .options = *o,
	    .targets = targets,
	    .makes_gemtext = is_missing(targets->gemtext),
	    .makes_html = is_missing(targets->html),
	    .diags = diags,
	    .result = result,
	};
	struct arena arena = {0};
	struct str temporary = temporary_name(&arena, targets->catalogue);
	int fd, status = -1;

	b.options.catalogue = temporary.p;
	/* Files stay where they are unless the catalogue is to be kept. */
	b.options.built = targets->catalogue != NULL;
	if (check_target(targets->catalogue, diags) < 0 ||
	    open_tree(&b, targets->gemtext, &b.gemtext) < 0 ||
	    open_tree(&b, targets->html, &b.html) < 0)
		goto out;
	fd = mkstemp((char *)(uintptr_t)temporary.p);
	if (fd < 0) {
		say_failure(diags,
		    targets->catalogue != NULL ? targets->catalogue
					       : temporary.p);
		goto out;
	}
	close(fd);
	status = build_at(&b, temporary);
out:
	tree_close(&b.gemtext);
	tree_close(&b.html);
	if (status < 0)
		remove_folders(&b);
	arena_fini(&arena);
	return status;
}
