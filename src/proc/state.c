/*
 * Where things are kept. What is in them is for tls and catalogue.
 */
#include "proc/state.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "catalogue/schema.h"
#include "os/lock.h"
#include "tls/digest.h"

enum {
	mode_private = 0700,
	mode_catalogue = 0600,
	name_bytes = 8, /* of the digest that names a capsule's folder */
};

static const char writable_hint[] =
    "name a folder that can be written with --state";

static int
say_errno(struct diags *diags, const char *path, const char *hint)
{
	struct diag_place place = {.file = str_from_c(path)};

	diags_error(diags, place, "state", hint, "%s", strerror(errno));
	return -1;
}

static int
take_lock(struct state *state, struct diags *diags)
{
	struct diag_place place = {.file = str_from_c(state->path)};
	struct buf path;
	pid_t holder;

	buf_init(&path, PATH_MAX);
	buf_addf(&path, "%s/lock", state->path);
	state->lock = lock_open(buf_c(&path), &holder);
	if (state->lock < 0 && errno == EWOULDBLOCK)
		diags_error(diags, place, "state",
		    "stop that server, or give this one another --state",
		    "another server, process %ld, has this state",
		    (long)holder);
	else if (state->lock < 0)
		say_errno(diags, buf_c(&path), writable_hint);
	buf_fini(&path);
	return state->lock < 0 ? -1 : 0;
}

int
state_open(struct state *state, struct str path, struct diags *diags)
{
	char *name = str_to_c(path), *real = NULL;
	int result = -1;

	*state = (struct state){.lock = -1};
	if (file_make_dirs(name, mode_private) == 0)
		real = realpath(name, NULL);
	if (real == NULL) {
		say_errno(diags, name, writable_hint);
		goto out;
	}
	state->path = mem_dup(real);
	mem_free(real);
	result = take_lock(state, diags);
	if (result < 0)
		state_close(state);
out:
	mem_free(name);
	return result;
}

void
state_close(struct state *state)
{
	if (state->lock >= 0)
		close(state->lock);
	mem_free(state->path);
	*state = (struct state){.lock = -1};
}

/* Give one file to owner, unless it is a link that leads elsewhere: the folder
 * is not his, but what is in it has been. */
static int
give_to(const char *path, const struct priv_user *owner)
{
	struct stat st;
	int fd, result = 0;

	fd = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	if (fstat(fd, &st) < 0)
		result = -1;
	else if (!S_ISREG(st.st_mode) || st.st_nlink != 1) {
		errno = EPERM;
		result = -1;
	} else if (st.st_uid != owner->uid || st.st_gid != owner->gid)
		result = fchown(fd, owner->uid, owner->gid);
	close(fd);
	return result;
}

/* The files that SQLite makes beside the catalogue belong to whom it does; of
 * an earlier run they may be another's. */
static int
give_catalogue(const char *path, const struct priv_user *owner)
{
	static const char *const ends[] = {"", "-wal", "-shm"};
	struct buf name;
	int fd, result = 0;

	fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK,
	    mode_catalogue);
	if (fd < 0)
		return -1;
	close(fd);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		buf_init(&name, PATH_MAX);
		buf_addf(&name, "%s%s", path, ends[i]);
		if (result == 0)
			result = give_to(buf_c(&name), owner);
		buf_fini(&name);
	}
	return result;
}

/* Add what stands for the sources at root in names of files. */
static void
add_root_name(struct buf *out, const char *root)
{
	unsigned char digest[digest_size];
	struct str bytes = str_from_c(root);

	digest_sha256(&bytes, 1, digest);
	for (size_t i = 0; i < name_bytes; i++)
		buf_addf(out, "%02x", digest[i]);
}

char *
state_announce_name(const char *root)
{
	struct buf name;
	size_t size;

	buf_init(&name, PATH_MAX);
	add_root_name(&name, root);
	buf_add_char(&name, '\0');
	return buf_take(&name, &size);
}

int
state_enter_announce(const struct state *state, const struct priv_user *owner,
    struct diags *diags)
{
	struct buf path;
	int result = -1;

	buf_init(&path, PATH_MAX);
	buf_addf(&path, "%s/announce", state->path);
	if (file_make_dirs(buf_c(&path), mode_private) == 0 &&
	    chdir(buf_c(&path)) == 0)
		result = owner == NULL ? 0 : chown(".", owner->uid, owner->gid);
	if (result < 0)
		say_errno(diags, buf_c(&path), writable_hint);
	buf_fini(&path);
	return result;
}

static char *
catalogue_path(const struct state *state, const char *root)
{
	struct buf path;
	size_t size;

	buf_init(&path, PATH_MAX);
	buf_addf(&path, "%s/capsules/", state->path);
	add_root_name(&path, root);
	buf_addf(&path, "/catalogue-%d.db", (int)schema_version);
	buf_add_char(&path, '\0');
	return buf_take(&path, &size);
}

char *
state_make_catalogue(const struct state *state, const char *root,
    const struct priv_user *owner, struct diags *diags)
{
	char *path = catalogue_path(state, root);
	char *slash = strrchr(path, '/');
	int result;

	*slash = '\0';
	result = file_make_dirs(path, mode_private);
	*slash = '/';
	if (result == 0 && owner != NULL)
		result = give_catalogue(path, owner);
	if (result == 0)
		return path;
	say_errno(diags, path, "make room for it, or give another --state");
	mem_free(path);
	return NULL;
}

char *
state_certificates(struct str state_path, const struct conf_capsule *capsule)
{
	struct buf path;
	size_t size;

	buf_init(&path, PATH_MAX);
	buf_addf(&path, "%" STR_FMT "/certificates/%" STR_FMT,
	    STR_ARG(state_path), STR_ARG(conf_capsule_name(capsule)));
	buf_add_char(&path, '\0');
	return buf_take(&path, &size);
}
