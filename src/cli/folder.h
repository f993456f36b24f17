#ifndef CLI_FOLDER_H
#define CLI_FOLDER_H

#include <stdbool.h>

#include "base/str.h"

/* Whether the folder at path may be filled: it is not there, or empty. False
 * with errno. */
bool folder_is_free(struct str path);

/* Make the new file at path beneath folder, with the folders that it needs.
 * -1 with errno, EEXIST when it is there. */
int folder_write(struct str folder, struct str path, struct str bytes);

/* The same with the bytes of the open file fd, of any size. */
int folder_copy(struct str folder, struct str path, int fd);

#endif
