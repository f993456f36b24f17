#ifndef PROC_ANNOUNCE_H
#define PROC_ANNOUNCE_H

#include <stddef.h>

struct reader;

/* A capsule whose catalogue says what is to be announced. */
struct announce_site {
	struct reader *reader;
	char *name; /* of the file that remembers what was done, in the working
		       folder */
};

/* All that the process works with; it borrows everything. The working folder
 * is the process's own, for the files of the sites and known_hosts; it must be
 * able to write there. */
struct announce_options {
	const struct announce_site *sites;
	size_t site_count;
	int channel; /* to the master: enum announce_message */
};

/* Messages of one byte on the channel. When the channel ends the master is
 * gone, and the process quits. */
enum announce_message {
	ANNOUNCE_READY = 'r', /* to the master */
	ANNOUNCE_LOOK = 'l', /* the catalogues may say something new */
	ANNOUNCE_QUIT = 'q', /* exit with 0, at once */
};

/* Tell aggregators what the catalogues ask for, until told to stop; the exit
 * status of the process. Nothing that an aggregator does takes longer than its
 * own attempt, which is a process of its own. */
int announce_run(const struct announce_options *options);

#endif
