/*
 * Files beneath a folder that others may rearrange at any moment.
 */
#include "base/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { tries_max = 128 };

int
file_open_beneath(int dir, const char *path, int flags)
{
	struct open_how how = {
	    .flags = (uint64_t)(O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY |
		flags),
	    .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
	};
	long fd = -1;

	/* A rename on the way makes the kernel ask to be called again, which
	 * somebody may try to keep up. */
	for (int i = 0; i < tries_max; i++) {
		fd = syscall(SYS_openat2, dir, path, &how, sizeof(how));
		if (fd >= 0 || (errno != EAGAIN && errno != EINTR))
			break;
	}
	return (int)fd;
}

/* Ask for a read lease: the kernel gives none while the file is open for
 * writing, and holds back whoever opens it for writing until it is given up.
 * The signal that tells of them is one that is ignored by default. */
static bool
is_being_written(int fd)
{
	fcntl(fd, F_SETSIG, SIGURG);
	return fcntl(fd, F_SETLEASE, F_RDLCK) < 0 && errno == EAGAIN;
}

enum file_result
file_read_settled(
    int dir, const char *path, struct buf *out, struct file_stamp *stamp)
{
	int fd = file_open_beneath(dir, path, 0);
	int saved;

	if (fd < 0)
		return FILE_FAILED;
	if (is_being_written(fd)) {
		close(fd);
		return FILE_BUSY;
	}
	if (file_read_fd(fd, out, stamp) < 0) {
		saved = errno;
		close(fd);
		errno = saved;
		return FILE_FAILED;
	}
	close(fd);
	return FILE_READ;
}
