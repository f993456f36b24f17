/*
 * What a process may do. Whom to become is proc's to say.
 */
#include "os/priv.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/mem.h"

int
priv_find_user(const char *name, struct priv_user *user)
{
	struct passwd *found;

	errno = 0;
	found = getpwnam(name);
	if (found == NULL) {
		if (errno == 0)
			errno = ENOENT;
		return -1;
	}
	*user = (struct priv_user){
	    found->pw_uid, found->pw_gid, mem_dup(found->pw_name)};
	return 0;
}

void
priv_user_from_uid(uid_t uid, gid_t group, struct priv_user *user)
{
	struct passwd *found = getpwuid(uid);

	*user = (struct priv_user){.uid = uid, .gid = group};
	if (found == NULL)
		return;
	user->gid = found->pw_gid;
	user->name = mem_dup(found->pw_name);
}

void
priv_user_fini(struct priv_user *user)
{
	mem_free(user->name);
	*user = (struct priv_user){0};
}

bool
priv_is_root(void)
{
	return geteuid() == 0;
}

int
priv_drop(const struct priv_user *user)
{
	int result;

	result = user->name != NULL ? initgroups(user->name, user->gid)
				    : setgroups(0, NULL);
	if (result < 0 || setresgid(user->gid, user->gid, user->gid) < 0 ||
	    setresuid(user->uid, user->uid, user->uid) < 0)
		return -1;
	if (user->uid != 0 && setuid(0) == 0) {
		errno = EPERM;
		return -1;
	}
	return 0;
}

int
priv_harden(void)
{
	struct rlimit none = {0, 0};

	if (setrlimit(RLIMIT_CORE, &none) < 0)
		return -1;
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}
