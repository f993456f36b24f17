/*
 * What the two loops share: options, certificate, listening socket, reply.
 * It does not accept or serve: that is what the loops differ in.
 */
#include "floor/common.h"

#include <arpa/inet.h>
#include <getopt.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/err.h>

enum {
	BACKLOG = 4096,
	PORT_MAX = 65535,
	LINE_LENGTH = 64, /* bytes of a body line, its newline included */
	BASE_DECIMAL = 10,
};

struct options {
	const char *certificate;
	const char *key;
	long port;
	long bytes;
};

static const struct option long_options[] = {
    {"port", required_argument, NULL, 'p'},
    {"certificate", required_argument, NULL, 'c'},
    {"key", required_argument, NULL, 'k'},
    {"bytes", required_argument, NULL, 'b'},
    {NULL, 0, NULL, 0},
};

/* A decimal number from 0 to max, or -1. */
static long
number_parse(const char *text, long max)
{
	char *end;
	long value = strtol(text, &end, BASE_DECIMAL);

	if (end == text || *end != '\0' || value < 0 || value > max)
		return -1;
	return value;
}

static int
options_parse(struct options *options, int argc, char **argv)
{
	int c;

	while ((c = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		if (c == 'p')
			options->port = number_parse(optarg, PORT_MAX);
		else if (c == 'c')
			options->certificate = optarg;
		else if (c == 'k')
			options->key = optarg;
		else if (c == 'b')
			options->bytes = number_parse(optarg, FLOOR_BYTES_MAX);
		else
			return -1;
	}
	if (optind == argc && options->certificate != NULL &&
	    options->key != NULL && options->port >= 0 && options->bytes >= 0)
		return 0;
	fprintf(stderr,
	    "usage: %s --certificate FILE --key FILE [--port N] [--bytes N]\n",
	    argv[0]);
	return -1;
}

static SSL_CTX *
tls_new(const struct options *options)
{
	SSL_CTX *tls = SSL_CTX_new(TLS_server_method());

	if (tls != NULL &&
	    SSL_CTX_use_certificate_chain_file(tls, options->certificate) ==
		1 &&
	    SSL_CTX_use_PrivateKey_file(tls, options->key, SSL_FILETYPE_PEM) ==
		1 &&
	    SSL_CTX_check_private_key(tls) == 1)
		return tls;
	ERR_print_errors_fp(stderr);
	SSL_CTX_free(tls);
	return NULL;
}

/* The accepted sockets inherit TCP_NODELAY: no call for each of them. */
static int
listener_open(long port, unsigned *bound)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
	    .sin_port = htons((unsigned short)port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof address;
	int on = 1;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd >= 0 &&
	    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
	    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0 &&
	    bind(fd, (struct sockaddr *)&address, length) == 0 &&
	    listen(fd, BACKLOG) == 0 &&
	    getsockname(fd, (struct sockaddr *)&address, &length) == 0) {
		*bound = ntohs(address.sin_port);
		return fd;
	}
	perror("listen");
	if (fd >= 0)
		close(fd);
	return -1;
}

static char *
reply_new(size_t bytes, size_t *length)
{
	static const char header[] = "20 text/gemini; lang=en\r\n";
	size_t header_length = sizeof header - 1;
	char *reply = malloc(header_length + bytes);

	if (reply == NULL)
		abort();
	memcpy(reply, header, header_length);
	for (size_t i = 0; i < bytes; i++)
		reply[header_length + i] =
		    (i + 1) % LINE_LENGTH == 0 ? '\n' : (char)('a' + i % 26);
	*length = header_length + bytes;
	return reply;
}

/* Thousands of idle connections are part of the measurement. */
static void
files_raise(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

int
floor_init(struct floor *floor, int argc, char **argv)
{
	struct options options = {.bytes = FLOOR_BYTES_DEFAULT};

	if (options_parse(&options, argc, argv) != 0)
		return -1;
	floor->tls = tls_new(&options);
	if (floor->tls == NULL)
		return -1;
	floor->listener = listener_open(options.port, &floor->port);
	if (floor->listener < 0) {
		SSL_CTX_free(floor->tls);
		return -1;
	}
	floor->reply = reply_new((size_t)options.bytes, &floor->reply_length);
	signal(SIGPIPE, SIG_IGN);
	files_raise();
	return 0;
}

void
floor_ready(const struct floor *floor)
{
	printf("ready gemini://localhost:%u/\n", floor->port);
	fflush(stdout);
}

bool
floor_ends_request(const char *data, size_t length)
{
	return length > 0 && data[length - 1] == '\n';
}
