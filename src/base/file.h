#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/str.h"

/* What tells one state of a file from another without reading it. */
struct file_stamp {
	uint64_t device;
	uint64_t inode;
	int64_t size;
	int64_t mtime_ns;
	int64_t ctime_ns;
};

struct file_stamp file_stamp_from(const struct stat *st);
bool file_stamp_eq(struct file_stamp a, struct file_stamp b);

/* Add the whole of the regular file path, relative to the folder descriptor
 * dir (or AT_FDCWD), to out, whose cap is also the file's. stamp, when not
 * NULL, is that of the bytes that were read. -1 with errno: EFBIG over the
 * cap, EINVAL for what is no regular file. Never blocks on a FIFO. */
int file_read(
    int dir, const char *path, struct buf *out, struct file_stamp *stamp);

/* The same for the open descriptor fd, from where it stands. */
int file_read_fd(int fd, struct buf *out, struct file_stamp *stamp);

/* Put bytes at path, relative to dir, by a temporary file beside it, fsync and
 * rename, so that path is the old or the new file at every moment. -1 with
 * errno, and nothing left behind. */
int file_replace(int dir, const char *path, mode_t mode, struct str bytes);

/* Make the new file path, relative to dir, with bytes in it and mode less the
 * umask. -1 with errno, EEXIST when it is there, and nothing left behind. */
int file_create(int dir, const char *path, mode_t mode, struct str bytes);

/* Make the folder path and those above it that are missing, with mode. -1 with
 * errno; a folder that is there is fine. */
int file_make_dirs(const char *path, mode_t mode);

/* Write all bytes to fd, again after EINTR. -1 with errno. */
int file_write_all(int fd, struct str bytes);

#endif
