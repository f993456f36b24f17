#ifndef OS_CHILD_H
#define OS_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * A process of the same program, forked without exec, that shares nothing with
 * its parent but the descriptors it is given and a channel.
 */
struct child_options {
	const char *name; /* as ps shows it; at most 15 bytes */
	const int *keep; /* descriptors that it keeps beside 0, 1 and 2 */
	size_t keep_count;

	/* Runs in the child; its result is the exit status. */
	int (*run)(void *context, int channel);
	void *context;
};

/* Start one; what stdio still holds is written first, so that it is not written
 * twice. *channel gets the parent's end, which the caller closes; it reads
 * as closed when the child is gone, and the child's does when the parent is.
 * All other descriptors are closed in the child. The child's process id, or -1
 * with errno. */
pid_t child_start(const struct child_options *options, int *channel);

/* How a child ended. */
struct child_end {
	pid_t pid;
	bool was_killed; /* by the signal number; else it exited with status */
	int number;
};

/* Take the end of one child that is dead; stopped ones do not count. False
 * when there is none. */
bool child_next_end(struct child_end *end);

#endif
