#ifndef PROC_MASTER_H
#define PROC_MASTER_H

#include "base/diag.h"
#include "conf/conf.h"

/* How the master gets its configuration, at the start and at each reload. */
struct master_options {
	/* A new configuration, which the master frees, or NULL with errors in
	 * diags. */
	struct conf *(*load)(void *context, struct diags *diags);
	void *context;
};

/* Serve until told to stop: "ready" lines on stdout, messages on stderr. The
 * exit status of the program: 0 when stopped by a signal, 1 when the start
 * failed. server.md, Signals. */
int master_run(const struct master_options *options);

#endif
