#ifndef OS_PRIV_H
#define OS_PRIV_H

#include <stdbool.h>
#include <sys/types.h>

/* Whom a process is to be. */
struct priv_user {
	uid_t uid;
	gid_t gid;
	char *name; /* NULL when the machine has no name for it; owned */
};

/* Look up a name. -1 with errno, ENOENT when there is no such user. The
 * caller gives it back with priv_user_fini(). */
int priv_find_user(const char *name, struct priv_user *user);

/* The user of a number, with his main group, or with group when the machine
 * does not know him. */
void priv_user_from_uid(uid_t uid, gid_t group, struct priv_user *user);
void priv_user_fini(struct priv_user *user);

/* Whether this process may become anyone. */
bool priv_is_root(void);

/* Become user for good, with the groups of his name or none. -1 with errno,
 * also when the way back would still be open. */
int priv_drop(const struct priv_user *user);

/* Never write memory to disk when dying, and never gain rights by an exec. -1
 * with errno. */
int priv_harden(void);

#endif
