/*
 * Socket activation. Sockets of our own making are in sockets.
 */
#include "proc/inherited.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { first_fd = 3 };

/* The number in a variable; 0 when there is none. */
static uint64_t
read_variable(const char *name)
{
	uint64_t number = 0;

	str_to_u64(str_from_c(getenv(name)), INT_MAX, &number);
	unsetenv(name);
	return number;
}

static int
read_option(int fd, int name)
{
	int value = -1;
	socklen_t size = sizeof(value);

	if (getsockopt(fd, SOL_SOCKET, name, &value, &size) < 0)
		return -1;
	return value;
}

/* The address and the port of a socket; false for what has none. */
static bool
read_address(int fd, char address[INET6_ADDRSTRLEN], uint16_t *port)
{
	struct sockaddr_storage at = {.ss_family = AF_UNSPEC};
	const struct sockaddr_in *four = (const void *)&at;
	const struct sockaddr_in6 *six = (const void *)&at;
	socklen_t size = sizeof(at);

	if (getsockname(fd, (struct sockaddr *)&at, &size) < 0)
		return false;
	if (at.ss_family == AF_INET) {
		*port = ntohs(four->sin_port);
		return inet_ntop(AF_INET, &four->sin_addr, address,
			   INET6_ADDRSTRLEN) != NULL;
	}
	*port = ntohs(six->sin6_port);
	return at.ss_family == AF_INET6 &&
	    inet_ntop(AF_INET6, &six->sin6_addr, address, INET6_ADDRSTRLEN) !=
	    NULL;
}

static int
take_one(struct sockets *sockets, int fd, struct diags *diags)
{
	struct diag_place place = {.file = STR("LISTEN_FDS")};
	char address[INET6_ADDRSTRLEN];
	uint16_t port;

	if (read_option(fd, SO_TYPE) != SOCK_STREAM ||
	    read_option(fd, SO_ACCEPTCONN) != 1 ||
	    !read_address(fd, address, &port)) {
		diags_error(diags, place, "listen",
		    "have it pass ListenStream= sockets of TCP only",
		    "the service manager passed descriptor %d, which is no "
		    "TCP socket that listens",
		    fd);
		return -1;
	}
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
	sockets_add_inherited(sockets, fd, address, port);
	return 0;
}

int
inherited_take(struct sockets *sockets, struct diags *diags)
{
	uint64_t pid = read_variable("LISTEN_PID");
	uint64_t count = read_variable("LISTEN_FDS");

	if (pid != (uint64_t)getpid())
		return 0;
	for (uint64_t i = 0; i < count; i++)
		if (take_one(sockets, first_fd + (int)i, diags) < 0)
			return -1;
	return 0;
}
