/*
 * One process at a time. The file stays when the lock is gone: removing it
 * would let two processes hold two files of one name.
 */
#include "os/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

enum { pid_text_max = 32 };

static pid_t
read_holder(int fd)
{
	char text[pid_text_max];
	ssize_t n = pread(fd, text, sizeof(text), 0);
	uint64_t pid = 0;

	if (n > 0)
		str_to_u64(str_trim(str_from(text, (size_t)n)), INT_MAX, &pid);
	return (pid_t)pid;
}

/* Who holds it is only for messages, so a full disk does not matter. */
static void
write_holder(int fd)
{
	struct buf text;

	buf_init(&text, pid_text_max);
	buf_addf(&text, "%ld\n", (long)getpid());
	if (ftruncate(fd, 0) == 0)
		file_write_all(fd, buf_str(&text));
	buf_fini(&text);
}

int
lock_open(const char *path, pid_t *holder)
{
	int fd, saved;

	*holder = 0;
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK,
	    S_IRUSR | S_IWUSR);
	if (fd < 0)
		return -1;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
		write_holder(fd);
		return fd;
	}
	saved = errno;
	*holder = read_holder(fd);
	close(fd);
	errno = saved;
	return -1;
}
