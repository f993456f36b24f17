/*
 * The command line of the load generator, with its bounds: whatever is asked
 * for ends by count and by time. It does not look at the URL.
 */
#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	CONNECTIONS_MAX = 8192,
	CONNECTIONS_DEFAULT = 32,
	REQUESTS_MAX = 4 * 1000 * 1000,
	REQUESTS_DEFAULT = 1000,
	SECONDS_MAX = 600,
	SECONDS_DEFAULT = 60,
	CPU_MAX = 1023,
	BASE_DECIMAL = 10,
};

static int
usage(void)
{
	fprintf(stderr,
	    "usage: load --url URL [--connect HOST:PORT] [--expect FILE]\n"
	    "            [--connections N] [--requests N] [--seconds N]\n"
	    "            [--resume] [--nagle] [--cpu N]\n"
	    "HOST is an address of this machine's loopback.\n");
	return -1;
}

/* A decimal number from min to max. */
static bool
number_parse(const char *text, long min, long max, long *value)
{
	char *end;

	*value = strtol(text, &end, BASE_DECIMAL);
	return end != text && *end == '\0' && *value >= min && *value <= max;
}

static bool
option_take(struct options *options, int option)
{
	switch (option) {
	case 'u':
		options->url = optarg;
		return true;
	case 'a':
		options->connect = optarg;
		return true;
	case 'e':
		options->expect = optarg;
		return true;
	case 'c':
		return number_parse(
		    optarg, 1, CONNECTIONS_MAX, &options->connections);
	case 'n':
		return number_parse(
		    optarg, 1, REQUESTS_MAX, &options->requests);
	case 's':
		return number_parse(optarg, 1, SECONDS_MAX, &options->seconds);
	case 'p':
		return number_parse(optarg, 0, CPU_MAX, &options->cpu);
	case 'r':
		options->resume = true;
		return true;
	case 'g':
		options->nagle = true;
		return true;
	default:
		return false;
	}
}

int
options_parse(struct options *options, int argc, char **argv)
{
	static const struct option names[] = {
	    {"url", required_argument, NULL, 'u'},
	    {"connect", required_argument, NULL, 'a'},
	    {"expect", required_argument, NULL, 'e'},
	    {"connections", required_argument, NULL, 'c'},
	    {"requests", required_argument, NULL, 'n'},
	    {"seconds", required_argument, NULL, 's'},
	    {"cpu", required_argument, NULL, 'p'},
	    {"resume", no_argument, NULL, 'r'},
	    {"nagle", no_argument, NULL, 'g'},
	    {NULL, 0, NULL, 0},
	};
	int c;

	*options =
	    (struct options){.connections = CONNECTIONS_DEFAULT, .cpu = -1};
	while ((c = getopt_long(argc, argv, "", names, NULL)) != -1)
		if (!option_take(options, c))
			return usage();
	if (optind != argc || options->url == NULL)
		return usage();
	if (options->requests == 0)
		options->requests =
		    options->seconds == 0 ? REQUESTS_DEFAULT : REQUESTS_MAX;
	if (options->seconds == 0)
		options->seconds = SECONDS_DEFAULT;
	return 0;
}
