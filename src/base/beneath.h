#ifndef BASE_BENEATH_H
#define BASE_BENEATH_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/file.h"

/* Open path beneath the folder descriptor dir for reading: no part of it, and
 * no link in it, may lead outside, and never through a magic link. Never
 * blocks on a FIFO. flags are added to the usual ones. A descriptor, or -1
 * with errno (EXDEV or ELOOP for a path that leaves dir). safety.md, 1 and
 * 2. */
int file_open_beneath(int dir, const char *path, int flags);

enum file_result {
	FILE_READ,
	FILE_FAILED, /* errno says why */
	FILE_BUSY, /* somebody has it open for writing */
};

/* Add the whole of the regular file path beneath dir to out, as file_read()
 * does, but only at a moment when nobody is writing it; a writer that comes
 * meanwhile waits for the end of the reading. Where the file system or the
 * file's owner does not allow to ask, it is read all the same. */
enum file_result file_read_settled(
    int dir, const char *path, struct buf *out, struct file_stamp *stamp);

#endif
