/*
 * Assets: files beneath the capsule's root, or chunks of a built catalogue.
 * The catalogue says which there are; here they are only opened.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/log.h"
#include "base/mem.h"
#include "serve/handlers.h"

/* What is wrong with the server rather than with the file. */
static bool
error_is_passing(int error)
{
	return error == EMFILE || error == ENFILE || error == ENOMEM;
}

/* Open a regular file beneath root; -1 with errno. */
static int
asset_open(int root, struct str file, struct stat *st)
{
	char *path = str_to_c(file);
	int fd = file_open_beneath(root, path, O_NOCTTY);

	mem_free(path);
	if (fd < 0)
		return -1;
	if (fstat(fd, st) == 0 && S_ISREG(st->st_mode))
		return fd;
	close(fd);
	errno = EINVAL;
	return -1;
}

enum verdict
asset_reply(struct exchange *x, const struct catalogue_entry *entry)
{
	struct stat st;
	int fd;

	if (str_is_empty(entry->file)) {
		x->body = source_from_chunks(
		    x->site->store, entry->id, (uint64_t)entry->size);
		return exchange_reply(x, STATUS_SUCCESS, entry->meta);
	}
	fd = asset_open(x->site->root_fd, entry->file, &st);
	if (fd >= 0) {
		x->body = source_from_file(fd, (uint64_t)st.st_size);
		return exchange_reply(x, STATUS_SUCCESS, entry->meta);
	}
	log_debug("asset: cannot be opened file=%" STR_FMT " errno=%d",
	    STR_ARG(entry->file), errno);
	return exchange_reply(x,
	    error_is_passing(errno) ? STATUS_TEMPORARY_FAILURE
				    : STATUS_NOT_FOUND,
	    STR(""));
}
