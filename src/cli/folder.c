/*
 * Filling a new folder: nothing that is there is ever touched.
 */
#include "cli/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"

enum {
	path_max = 4096,
	chunk_size = 64 * 1024,
	folder_mode = 0777, /* less the umask */
	file_mode = 0666, /* less the umask */
};

bool
folder_is_free(struct str path)
{
	char *path_c = str_to_c(path);
	DIR *folder = opendir(path_c);
	const struct dirent *entry;
	bool is_empty = true;

	mem_free(path_c);
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

/* Make whole "folder/path" and the folders above it. */
static int
make_path(struct buf *whole, struct str folder, struct str path)
{
	ptrdiff_t slash;
	int result;

	buf_addf(
	    whole, "%" STR_FMT "/%" STR_FMT, STR_ARG(folder), STR_ARG(path));
	if (buf_c(whole) == NULL) {
		errno = ENAMETOOLONG;
		return -1;
	}
	slash = str_find_last_char(buf_str(whole), '/');
	whole->p[slash] = '\0';
	result = file_make_dirs(whole->p, folder_mode);
	whole->p[slash] = '/';
	return result;
}

int
folder_write(struct str folder, struct str path, struct str bytes)
{
	struct buf whole;
	int result;

	buf_init(&whole, path_max);
	result = make_path(&whole, folder, path);
	if (result == 0)
		result = file_create(AT_FDCWD, whole.p, file_mode, bytes);
	buf_fini(&whole);
	return result;
}

static int
copy(int from, int to)
{
	char chunk[chunk_size];
	ssize_t n;

	while ((n = read(from, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 || file_write_all(to, str_from(chunk, (size_t)n)) < 0)
			return -1;
	}
	return 0;
}

int
folder_copy(struct str folder, struct str path, int fd)
{
	struct buf whole;
	int to = -1, result;

	buf_init(&whole, path_max);
	result = make_path(&whole, folder, path);
	if (result == 0)
		to = open(whole.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
		    file_mode);
	result = to < 0 ? -1 : copy(fd, to);
	if (to >= 0 && close(to) < 0)
		result = -1;
	if (to >= 0 && result < 0)
		unlink(whole.p);
	buf_fini(&whole);
	return result;
}
