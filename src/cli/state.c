/*
 * Where state lives. What lives there is its owners'.
 */
#include "cli/state.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"

/* The XDG Base Directory Specification passes over a path that is relative. */
static bool
is_usable(struct str path)
{
	return str_starts(path, STR("/"));
}

int
state_add_user_folder(struct buf *out)
{
	struct str xdg = str_from_c(getenv("XDG_STATE_HOME"));
	struct str home = str_from_c(getenv("HOME"));
	const struct passwd *user;

	if (is_usable(xdg)) {
		buf_add(out, xdg);
		buf_add(out, STR("/capsuled"));
		return 0;
	}
	if (!is_usable(home)) {
		user = getpwuid(getuid());
		home = str_from_c(user == NULL ? NULL : user->pw_dir);
	}
	if (!is_usable(home)) {
		log_error("state: there is no home folder to keep it in: "
			  "set HOME, or name a folder");
		return -1;
	}
	buf_add(out, home);
	buf_add(out, STR("/.local/state/capsuled"));
	return 0;
}

int
state_add_folder(struct str given, struct buf *out)
{
	struct str service = str_from_c(getenv("STATE_DIRECTORY"));
	struct str first;

	if (!str_is_empty(given)) {
		buf_add(out, given);
		return 0;
	}
	str_cut(&service, ':', &first);
	if (!is_usable(first))
		return state_add_user_folder(out);
	buf_add(out, first);
	return 0;
}
