#ifndef BENCH_OPTIONS_H
#define BENCH_OPTIONS_H

#include <stdbool.h>

/* What the load generator is asked for. Strings are borrowed from argv. */
struct options {
	const char *url;
	const char *connect; /* "HOST:PORT", or NULL: the URL's own */
	const char *expect; /* a file with the body, or NULL */
	long connections; /* at once */
	long requests;
	long seconds;
	long cpu; /* to run on; -1: any */
	bool resume; /* offer the ticket of the connection before */
	bool nagle; /* leave TCP_NODELAY off */
};

/*
 * Read the command line. All counts come out positive and bounded. 0, or -1
 * after printing the usage on stderr.
 */
int options_parse(struct options *options, int argc, char **argv);

#endif
