/*
 * A capsule as one file, for `build`.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "publish/publisher.h"

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

static int
build_file(const struct publish_options *o, const char *target,
    struct diags *diags, struct publish_result *result)
{
	struct publisher *p = publisher_open_mode(o, WRITER_BUILT, diags);
	int status;

	if (p == NULL)
		return -1;
	outputs_inherit(&p->outputs, target);
	status = publisher_publish(p, o->now, diags, result);
	if (p->is_site_broken)
		status = -1;
	if (writer_close(&p->writer, diags) < 0)
		status = -1;
	publisher_close(&p);
	return status;
}

int
publish_build(const struct publish_options *o, const char *target,
    struct diags *diags, struct publish_result *result)
{
	struct publish_options options = *o;
	const char *slash = strrchr(target, '/');
	struct arena arena = {0};
	struct str temporary, folder = STR(".");
	int fd, status = -1;

	if (slash != NULL)
		folder = str_from(target, (size_t)(slash - target) + 1);
	temporary = arena_printf(&arena, "%s.XXXXXX", target);
	options.catalogue = temporary.p;
	options.built = true;
	fd = mkstemp((char *)(uintptr_t)temporary.p);
	if (fd < 0) {
		say_failure(diags, target);
		arena_fini(&arena);
		return -1;
	}
	close(fd);
	if (build_file(&options, target, diags, result) == 0) {
		status = move_into_place(temporary.p, target, folder);
		if (status < 0)
			say_failure(diags, target);
	}
	if (status < 0)
		unlink(temporary.p);
	arena_fini(&arena);
	return status;
}
