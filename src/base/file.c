/*
 * Whole files in and out. Streams of a client's own are serve's.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

enum {
	read_step = 64 * 1024,
	ns_per_s = 1000000000,
};

struct file_stamp
file_stamp_from(const struct stat *st)
{
	return (struct file_stamp){
	    .device = st->st_dev,
	    .inode = st->st_ino,
	    .size = st->st_size,
	    .mtime_ns =
		(int64_t)st->st_mtim.tv_sec * ns_per_s + st->st_mtim.tv_nsec,
	    .ctime_ns =
		(int64_t)st->st_ctim.tv_sec * ns_per_s + st->st_ctim.tv_nsec,
	};
}

bool
file_stamp_eq(struct file_stamp a, struct file_stamp b)
{
	return a.device == b.device && a.inode == b.inode && a.size == b.size &&
	    a.mtime_ns == b.mtime_ns && a.ctime_ns == b.ctime_ns;
}

/* Add everything up to the end of fd. The cap is checked with one byte more
 * than it allows, so that a file of just that size passes. */
static int
fd_read_all(int fd, struct buf *out)
{
	char *step = mem_alloc(read_step);
	ssize_t n;

	for (;;) {
		n = read(fd, step, read_step);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		buf_add(out, str_from(step, (size_t)n));
		if (out->full) {
			errno = EFBIG;
			n = -1;
			break;
		}
	}
	mem_free(step);
	return n < 0 ? -1 : 0;
}

static int
close_keep_errno(int fd, int result)
{
	int saved = errno;

	close(fd);
	errno = saved;
	return result;
}

int
file_read_fd(int fd, struct buf *out, struct file_stamp *stamp)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return -1;
	if (!S_ISREG(st.st_mode)) {
		errno = EINVAL;
		return -1;
	}
	if (fd_read_all(fd, out) < 0)
		return -1;
	if (stamp != NULL)
		*stamp = file_stamp_from(&st);
	return 0;
}

int
file_read(int dir, const char *path, struct buf *out, struct file_stamp *stamp)
{
	int fd;

	fd = openat(dir, path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return -1;
	return close_keep_errno(fd, file_read_fd(fd, out, stamp));
}

int
file_write_all(int fd, struct str bytes)
{
	ssize_t n;

	while (bytes.n > 0) {
		n = write(fd, bytes.p, bytes.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		bytes = str_from_index(bytes, (size_t)n);
	}
	return 0;
}

/* A rename is only safe from a power cut once its folder is on disk too. */
static int
sync_folder_of(int dir, const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder;
	int fd, result;

	if (slash == NULL)
		folder = mem_dup(".");
	else if (slash == path)
		folder = mem_dup("/");
	else
		folder = str_to_c(str_from(path, (size_t)(slash - path)));
	fd = openat(dir, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	mem_free(folder);
	if (fd < 0)
		return -1;
	result = fsync(fd);
	return close_keep_errno(fd, result);
}

static int
write_synced(int fd, mode_t mode, struct str bytes)
{
	if (fchmod(fd, mode) < 0 || file_write_all(fd, bytes) < 0 ||
	    fsync(fd) < 0)
		return close_keep_errno(fd, -1);
	return close(fd);
}

int
file_replace(int dir, const char *path, mode_t mode, struct str bytes)
{
	struct buf temporary;
	const char *name;
	int fd, result = -1, saved;

	buf_init(&temporary, FILENAME_MAX * 2);
	buf_addf(&temporary, "%s.%ld~", path, (long)getpid());
	name = buf_c(&temporary);
	fd = openat(dir, name,
	    O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
	    S_IRUSR | S_IWUSR);
	if (fd < 0)
		goto out;
	if (write_synced(fd, mode, bytes) == 0 &&
	    renameat(dir, name, dir, path) == 0)
		result = sync_folder_of(dir, path);
	if (result < 0) {
		saved = errno;
		unlinkat(dir, name, 0);
		errno = saved;
	}
out:
	buf_fini(&temporary);
	return result;
}

int
file_create(int dir, const char *path, mode_t mode, struct str bytes)
{
	int fd, result, saved;

	fd = openat(dir, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (fd < 0)
		return -1;
	result = close_keep_errno(fd, file_write_all(fd, bytes));
	if (result < 0) {
		saved = errno;
		unlinkat(dir, path, 0);
		errno = saved;
	}
	return result;
}

int
file_make_dirs(const char *path, mode_t mode)
{
	char *copy = mem_dup(path);
	struct stat st;
	int result = 0;

	for (char *at = copy; result == 0 && *at != '\0'; at++) {
		if (*at != '/' || at == copy)
			continue;
		*at = '\0';
		if (mkdir(copy, mode) < 0 && errno != EEXIST)
			result = -1;
		*at = '/';
	}
	if (result == 0 && mkdir(copy, mode) < 0)
		result = errno == EEXIST ? 0 : -1;
	mem_free(copy);
	if (result == 0 && stat(path, &st) == 0 && !S_ISDIR(st.st_mode)) {
		errno = ENOTDIR;
		return -1;
	}
	return result;
}
