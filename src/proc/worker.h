#ifndef PROC_WORKER_H
#define PROC_WORKER_H

#include <stddef.h>
#include <stdint.h>

#include "catalogue/reader.h"
#include "conf/conf.h"

struct peers;
struct tls;

/* A capsule as a worker finds it: everything is open already, since the
 * privileges to open it may be gone. */
struct worker_site {
	const struct conf_capsule *capsule;
	struct reader *reader; /* the worker takes and closes it */
	int root_fd; /* O_PATH or O_RDONLY on the root; -1: no sources */
	const char *catalogue; /* path, to open a new one that replaces it */
	enum reader_mode mode;
};

/* A socket that listens, non-blocking, held by the master; the worker accepts
 * from it and never closes it. */
struct worker_listener {
	const struct conf_listen *listen;
	int fd;
	uint16_t port; /* the port that it has */
};

enum { worker_salt_size = 32 };

/* All that a worker works with; it borrows everything but the readers. */
struct worker_options {
	const struct conf *conf;
	struct tls *tls; /* its sites are those below, in the same order */
	struct worker_site *sites;
	size_t site_count;
	const struct worker_listener *listeners;
	size_t listener_count;
	struct peers *peers; /* shared by the workers that are alike */
	size_t index; /* of this one among them */
	int channel; /* SOCK_SEQPACKET, to the master: enum worker_message */
	unsigned char salt[worker_salt_size]; /* random bytes of the master's,
	    the same in all workers: addresses in the log are hashed by it */
};

/* Messages of one byte on the channel. When the channel ends the master is
 * gone, and the worker quits. */
enum worker_message {
	WORKER_READY = 'r', /* to the master: connections are accepted */
	WORKER_DRAIN = 'd', /* accept no more, finish, exit with 0 */
	WORKER_QUIT = 'q', /* exit at once, with 0 */
	WORKER_REOPEN = 'o', /* open the log files anew */
};

/* Serve until told to stop; the exit status of the process. To be called in a
 * process of its own. Signals of the terminal and of the supervisor are
 * blocked: only the channel counts. */
int worker_run(const struct worker_options *options);

#endif
