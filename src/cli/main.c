/*
 * The program. All else is in libcapsule.
 */
#include "cli/commands.h"

int
main(int count, char **arguments)
{
	static char name[] = "capsuled";
	static char *nothing[] = {name, NULL};

	return commands_run(
	    (const char *const *)(count > 0 ? arguments : nothing));
}
