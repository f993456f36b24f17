/*
 * os/watch: what is done to a folder, and what is told of it.
 */
#include "os/watch.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "tap.h"

enum {
	told_max = 4096,
	mode_folder = 0755,
	mode_file = 0644,
	patience_ms = 5000,
};

static int root_fd;

static void
on_change(void *context, const struct watch_event *event)
{
	struct buf *told = context;

	const char *sign = event->is_gone ? "-" : event->is_access ? "?" : "+";

	buf_addf(told, "%s%zu:%" STR_FMT "%s ", sign, event->root,
	    STR_ARG(event->path), event->is_folder ? "/" : "");
}

static int
make_file(const char *name, int flags)
{
	return openat(
	    root_fd, name, O_WRONLY | O_CREAT | O_CLOEXEC | flags, mode_file);
}

static void
write_file(const char *name)
{
	int fd = make_file(name, 0);

	tap_ok(fd >= 0 && write(fd, "x", 1) == 1, "%s is written", name);
	close(fd);
}

/* What is told since the last time; waits for the first of it. */
static void
check_told(struct watch *w, struct str want, const char *name)
{
	struct pollfd poll_fd = {.fd = watch_fd(w), .events = POLLIN};
	struct buf told;

	buf_init(&told, told_max);
	if (!str_is_empty(want))
		poll(&poll_fd, 1, patience_ms);
	tap_ok(!watch_read(w, on_change, &told), "%s: nothing lost", name);
	tap_str(buf_str(&told), want, "%s", name);
	buf_fini(&told);
}

static void
test_files(struct watch *w)
{
	int fd;

	write_file("a.gmi");
	check_told(w, STR("+0:a.gmi "), "a file that was written");
	fd = make_file("b.gmi", 0);
	check_told(w, STR(""), "a file that is being written");
	close(fd);
	check_told(w, STR("+0:b.gmi "), "its end");
	renameat(root_fd, "b.gmi", root_fd, "a.gmi");
	check_told(w, STR("-0:b.gmi +0:a.gmi "), "a rename");
	tap_int(symlinkat("a.gmi", root_fd, "s.gmi"), 0, "symlinkat");
	check_told(w, STR("+0:s.gmi "), "a symbolic link");
	tap_int(linkat(root_fd, "a.gmi", root_fd, "h.gmi", 0), 0, "linkat");
	check_told(w, STR("+0:h.gmi "), "a hard link");
	tap_int(fchmodat(root_fd, "a.gmi", S_IRUSR, 0), 0, "fchmodat");
	check_told(w, STR("?0:a.gmi "), "a change of mode");
	unlinkat(root_fd, "s.gmi", 0);
	check_told(w, STR("-0:s.gmi "), "a removal");
}

static void
test_folders(struct watch *w)
{
	mkdirat(root_fd, "d", mode_folder);
	check_told(w, STR("+0:d/ "), "a new folder");
	tap_int(watch_add(w, 0, STR("d")), WATCH_ADDED, "it is added");
	tap_int(watch_add(w, 0, STR("d")), WATCH_KNOWN, "and known then");
	write_file("d/x.gmi");
	check_told(w, STR("+0:d/x.gmi "), "a file in it");
	renameat(root_fd, "d", root_fd, "e");
	check_told(w, STR("-0:d/ +0:e/ "), "its new name");
	write_file("e/y.gmi");
	check_told(w, STR(""), "a folder of a new name is not watched");
	tap_int(watch_count(w), 1, "nor counted");
	tap_int(watch_add(w, 0, STR("e")), WATCH_ADDED, "until it is added");
	write_file("e/y.gmi");
	check_told(w, STR("+0:e/y.gmi "), "a file in it again");
	unlinkat(root_fd, "e/x.gmi", 0);
	unlinkat(root_fd, "e/y.gmi", 0);
	unlinkat(root_fd, "e", AT_REMOVEDIR);
	check_told(
	    w, STR("-0:e/x.gmi -0:e/y.gmi -0:e/ "), "a folder that goes");
	tap_int(watch_count(w), 1, "the root is left");
	tap_int(watch_add(w, 0, STR("e")), WATCH_ABSENT, "no folder there");
	tap_int(symlinkat(".", root_fd, "loop"), 0, "symlinkat");
	tap_int(watch_add(w, 0, STR("loop")), WATCH_ABSENT, "a link to one");
	check_told(w, STR("+0:loop "), "the link itself");
}

static void
test_second_root(struct watch *w)
{
	int fd;

	mkdirat(root_fd, "other", mode_folder);
	check_told(w, STR("+0:other/ "), "the other root appears");
	fd = openat(root_fd, "other", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	tap_int(watch_add_root(w, fd), 1, "a second root");
	tap_int(watch_add(w, 1, STR("")), WATCH_ADDED, "is watched");
	write_file("other/z.gmi");
	check_told(w, STR("+1:z.gmi "), "by its own number");
	unlinkat(root_fd, "other/z.gmi", 0);
	check_told(w, STR("-1:z.gmi "), "and its own paths");
	close(fd);
}

static void
clean_up(const char *folder)
{
	static const char *const files[] = {"a.gmi", "h.gmi", "loop"};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		unlinkat(root_fd, files[i], 0);
	unlinkat(root_fd, "other", AT_REMOVEDIR);
	tap_int(rmdir(folder), 0, "nothing else was made");
}

int
main(void)
{
	char folder[] = "/tmp/capsuled-watch.XXXXXX";
	struct watch *w = watch_new();

	if (!tap_ok(w != NULL && mkdtemp(folder) != NULL, "a watch"))
		return tap_done();
	root_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	tap_int(watch_add_root(w, root_fd), 0, "a root");
	tap_int(watch_add(w, 0, STR("")), WATCH_ADDED, "the root is watched");
	test_files(w);
	test_folders(w);
	test_second_root(w);
	watch_free(&w);
	tap_ok(w == NULL, "the watch is gone");
	clean_up(folder);
	close(root_fd);
	return tap_done();
}
