#ifndef PUBLISH_TREE_PLACE_H
#define PUBLISH_TREE_PLACE_H

#include <stdbool.h>

#include "base/diag.h"

/* Open the folder at path for an export, or make it. A descriptor, which is
 * the caller's; -1 with an error in diags: it is the folder root_fd or in it,
 * which would publish it, or the system says no. */
int tree_place_open(const char *path, int root_fd, struct diags *diags);

/* Whether the folder is empty or an export. */
bool tree_place_is_own(int fd);

#endif
