#ifndef PROC_LAUNCH_H
#define PROC_LAUNCH_H

#include <stddef.h>

#include "base/vec.h"

struct generation;
struct role_commons;

/* What a new process starts from. */
struct launch {
	const struct role_commons *commons;
	const struct generation *generation;
	size_t index; /* of a worker */
};

/* Add the sockets (int) that worker index accepts from. Each socket of an
 * address has one worker; with fewer workers than sockets one takes several. */
void launch_list_sockets(const struct launch *launch, struct vec *fds);

/* The bodies of the processes, for child_start(); context is a struct launch.
 * All that needs rights is opened, then the rights go. */
int launch_worker(void *context, int channel);
int launch_publisher(void *context, int channel);
int launch_announcer(void *context, int channel);

#endif
