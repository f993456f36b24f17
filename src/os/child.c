/*
 * Forks the roles of the server and learns of their ends. When to start one
 * anew is the master's to say.
 */
#include "os/child.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "os/channel.h"

static int
fd_compare(const void *a, const void *b)
{
	const int *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Close the gaps between the descriptors that stay. */
static void
keep_only(const struct child_options *options, int channel)
{
	size_t count = options->keep_count + 1;
	int *keep = mem_alloc_array(count, sizeof(*keep));
	unsigned next = STDERR_FILENO + 1;

	for (size_t i = 0; i < options->keep_count; i++)
		keep[i] = options->keep[i];
	keep[count - 1] = channel;
	qsort(keep, count, sizeof(*keep), fd_compare);
	for (size_t i = 0; i < count; i++) {
		if (keep[i] < (int)next)
			continue;
		if (keep[i] > (int)next)
			close_range(next, (unsigned)keep[i] - 1, 0);
		next = (unsigned)keep[i] + 1;
	}
	close_range(next, UINT_MAX, 0);
	mem_free(keep);
}

static _Noreturn void
child_run(const struct child_options *options, int channel)
{
	prctl(PR_SET_NAME, options->name);
	keep_only(options, channel);
	exit(options->run(options->context, channel));
}

pid_t
child_start(const struct child_options *options, int *channel)
{
	int ends[2], saved;
	pid_t pid;

	if (channel_open(ends) < 0)
		return -1;
	fflush(NULL);
	pid = fork();
	if (pid == 0)
		child_run(options, ends[1]);
	saved = errno;
	close(ends[1]);
	if (pid < 0)
		close(ends[0]);
	else
		*channel = ends[0];
	errno = saved;
	return pid;
}

bool
child_next_end(struct child_end *end)
{
	int status;
	pid_t pid;

	do
		pid = waitpid(-1, &status, WNOHANG);
	while (pid < 0 && errno == EINTR);
	if (pid <= 0)
		return false;
	end->pid = pid;
	end->was_killed = WIFSIGNALED(status);
	end->number = end->was_killed ? WTERMSIG(status) : WEXITSTATUS(status);
	return true;
}
