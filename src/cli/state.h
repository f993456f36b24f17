#ifndef CLI_STATE_H
#define CLI_STATE_H

#include "base/buf.h"
#include "base/str.h"

/* Add the folder where state lives: given, when not empty, else
 * $STATE_DIRECTORY (the first of several), else $XDG_STATE_HOME/capsuled, else
 * ~/.local/state/capsuled. It need not be there. -1, said on stderr, when none
 * is known. */
int state_add_folder(struct str given, struct buf *out);

/* The same without regard to a service's own $STATE_DIRECTORY: what belongs
 * to the user, as the known hosts of `get`. */
int state_add_user_folder(struct buf *out);

#endif
