/*
 * The file of the access log, before workers write to it. Lines are serve's.
 */
#include "proc/logfile.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

enum { mode_log = 0640 };

static bool
is_file(struct str access)
{
	return !str_eq(access, STR("stderr")) &&
	    !str_eq(access, STR("syslog")) && !str_eq(access, STR("off"));
}

/* A file of one name only is given away: other names may be of a file that
 * someone else wants to have. */
static int
give_to(int fd, const struct priv_user *owner)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return -1;
	if (!S_ISREG(st.st_mode) || st.st_nlink != 1 || st.st_uid == owner->uid)
		return 0;
	return fchown(fd, owner->uid, owner->gid);
}

int
logfile_make(
    const struct conf *conf, const struct priv_user *owner, struct diags *diags)
{
	struct diag_place place = {.file = conf->log.access};
	int flags =
	    O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
	int fd, result = 0;
	char *path;

	if (!is_file(conf->log.access))
		return 0;
	path = str_to_c(conf->log.access);
	fd = open(path, owner == NULL ? flags : flags | O_NOFOLLOW, mode_log);
	mem_free(path);
	if (fd >= 0 && owner != NULL)
		result = give_to(fd, owner);
	else if (fd < 0 && errno != ELOOP && errno != ENXIO)
		result = -1;
	if (result < 0)
		diags_error(diags, place, "log",
		    "name a file that can be written", "log.access: %s",
		    strerror(errno));
	if (fd >= 0)
		close(fd);
	return result;
}
