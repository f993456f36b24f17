#ifndef OS_LOCK_H
#define OS_LOCK_H

#include <sys/types.h>

/* Take the lock file path, which is made when missing, for as long as the
 * descriptor returned is open here or in a process that shares it; it names
 * this process. -1 with errno: EWOULDBLOCK when another process has it, and
 * *holder is its id, 0 when that is not known. */
int lock_open(const char *path, pid_t *holder);

#endif
