/*
 * The folder that an export goes to: whether it may.
 */
#include "publish/tree_place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "publish/tree_list.h"

enum { folder_mode = 0755 };

/* Whether the folder of fd, or one above it, is the one that st tells of. */
static bool
is_within(int fd, const struct stat *st)
{
	struct stat here, above;
	int up, at = dup(fd);
	bool found = false;

	while (at >= 0 && !found && fstat(at, &here) == 0) {
		found = here.st_dev == st->st_dev && here.st_ino == st->st_ino;
		up = openat(at, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (up >= 0 &&
		    (fstat(up, &above) < 0 ||
			(above.st_dev == here.st_dev &&
			    above.st_ino == here.st_ino))) {
			close(up);
			up = -1;
		}
		close(at);
		at = up;
	}
	if (at >= 0)
		close(at);
	return found;
}

/* Open the folder at path, or, when it is not there yet, the nearest one above
 * it. */
static int
open_nearest(const char *path)
{
	char *text = mem_dup(path), *slash;
	int fd;

	for (;;) {
		fd = open(*text == '\0' ? "." : text,
		    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (fd >= 0 || errno != ENOENT || *text == '\0')
			break;
		slash = strrchr(text, '/');
		if (slash == text)
			slash[1] = '\0';
		else if (slash != NULL)
			*slash = '\0';
		else
			*text = '\0';
	}
	mem_free(text);
	return fd;
}

static int
fail(const char *path, struct diags *diags)
{
	diags_error(diags, (struct diag_place){.file = str_from_c(path)},
	    "export", "see that the folder can be written",
	    "cannot be opened: %s", strerror(errno));
	return -1;
}

int
tree_place_open(const char *path, int root_fd, struct diags *diags)
{
	struct stat root;
	int fd = open_nearest(path);
	bool inside;

	if (fd < 0 || fstat(root_fd, &root) < 0) {
		if (fd >= 0)
			close(fd);
		return fail(path, diags);
	}
	inside = is_within(fd, &root);
	close(fd);
	if (inside) {
		diags_error(diags,
		    (struct diag_place){.file = str_from_c(path)}, "export",
		    "name a folder outside of it",
		    "is inside of the capsule's own folder, which is "
		    "published");
		return -1;
	}
	if (file_make_dirs(path, folder_mode) < 0)
		return fail(path, diags);
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? fail(path, diags) : fd;
}

bool
tree_place_is_own(int fd)
{
	bool is_empty;

	return faccessat(fd, tree_list_name, F_OK, 0) == 0 ||
	    (tree_folder_is_empty(fd, tree_list_name, &is_empty) == 0 &&
		is_empty);
}
