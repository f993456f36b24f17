/*
 * base/beneath: nothing outside of a folder, nothing half-written.
 */
#include "base/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tap.h"

enum { text_max = 64, path_max = 256 };

static void
test_paths(int dir)
{
	static const struct {
		const char *path;
		bool opens;
	} cases[] = {
	    {"file", true},
	    {"inside", true},
	    {"folder/up", true},
	    {"folder", true},
	    {"outside", false},
	    {"absolute", false},
	    {"../file", false},
	    {"/etc/passwd", false},
	    {"loop", false},
	    {"missing", false},
	};
	int fd;

	mkdirat(dir, "folder", S_IRWXU);
	tap_ok(symlinkat("file", dir, "inside") == 0 &&
		symlinkat("../file", dir, "folder/up") == 0 &&
		symlinkat("../../etc/passwd", dir, "outside") == 0 &&
		symlinkat("/etc/passwd", dir, "absolute") == 0 &&
		symlinkat("loop", dir, "loop") == 0,
	    "links");
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		fd = file_open_beneath(dir, cases[i].path, 0);
		tap_ok((fd >= 0) == cases[i].opens, "open %s", cases[i].path);
		if (fd >= 0)
			close(fd);
	}
}

static void
test_writers(int dir)
{
	struct file_stamp stamp;
	struct buf out;
	int fd;

	buf_init(&out, text_max);
	fd = openat(dir, "file", O_WRONLY);
	tap_int(file_read_settled(dir, "file", &out, &stamp), FILE_BUSY,
	    "not while it is being written");
	close(fd);
	tap_int(file_read_settled(dir, "file", &out, &stamp), FILE_READ,
	    "read when it is closed");
	tap_str(buf_str(&out), STR("text"), "its text");
	tap_int(stamp.size, 4, "its stamp");
	tap_int(mkfifoat(dir, "fifo", S_IRWXU), 0, "a FIFO");
	tap_int(file_read_settled(dir, "fifo", &out, &stamp), FILE_FAILED,
	    "is not waited for");
	tap_int(file_read_settled(dir, "missing", &out, &stamp), FILE_FAILED,
	    "a file that is missing");
	tap_int(errno, ENOENT, "says so");
	buf_fini(&out);
}

int
main(void)
{
	static const char *const names[] = {"folder/up", "inside", "outside",
	    "absolute", "loop", "fifo", "file"};
	const char *tmp = getenv("TMPDIR");
	char folder[path_max];
	int dir, fd;

	snprintf(folder, sizeof(folder), "%.200s/capsuled-beneath-XXXXXX",
	    tmp == NULL ? "/tmp" : tmp);
	if (mkdtemp(folder) == NULL)
		return 1;
	dir = open(folder, O_RDONLY | O_DIRECTORY);
	fd = openat(dir, "file", O_WRONLY | O_CREAT, S_IRUSR | S_IWUSR);
	tap_int(write(fd, "text", 4), 4, "a file");
	close(fd);
	test_paths(dir);
	test_writers(dir);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		unlinkat(dir, names[i], 0);
	unlinkat(dir, "folder", AT_REMOVEDIR);
	close(dir);
	rmdir(folder);
	return tap_done();
}
