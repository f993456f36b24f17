#ifndef PROC_PUBLISHING_H
#define PROC_PUBLISHING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "os/priv.h"

/* A folder of sources, and the catalogue that is kept in step with it. */
struct publishing_site {
	const char *root; /* its path */
	struct str shown; /* the same as the operator wrote it */
	const char *catalogue; /* path of the file */
	struct str host;
	const char *mirror; /* a folder for the web mirror, or NULL */
	struct str language;
	bool drafts;
	bool owners; /* there are some */
};

/* All that the publisher's process works with; it borrows everything. */
struct publishing_options {
	const struct publishing_site *sites;
	size_t site_count;
	const struct priv_user *user; /* whom to become once all is open; NULL:
					 stay */
	int channel; /* to the master: enum publishing_message */
};

/* Messages of one byte on the channel. When the channel ends the master is
 * gone, and the publisher quits. */
enum publishing_message {
	PUBLISHING_READY = 'r', /* to the master: all capsules can be served */
	PUBLISHING_NEWS = 'n', /* to the master: a catalogue has something to
				  announce */
	PUBLISHING_RESCAN = 's', /* look at everything again */
	PUBLISHING_QUIT = 'q', /* exit with 0, after the publish that runs */
};

/* Publish, watch, publish, until told to stop; the exit status of the process.
 * To be called in a process of its own. */
int publishing_run(const struct publishing_options *options);

#endif
