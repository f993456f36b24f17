/*
 * What sockets tell and take beyond POSIX.
 */
#include "os/socket.h"

#include <linux/sock_diag.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

void
socket_bound_backlog(int fd)
{
	int max = socket_backlog_max;

	setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &max, sizeof(max));
}

static size_t
subtract(size_t all, size_t part)
{
	return part < all ? all - part : 0;
}

size_t
socket_send_room(int fd)
{
	uint32_t info[SK_MEMINFO_VARS];
	socklen_t size = sizeof(info);
	size_t memory, backlog;
	int waiting;

	if (getsockopt(fd, SOL_SOCKET, SO_MEMINFO, info, &size) < 0 ||
	    size < sizeof(info) || ioctl(fd, SIOCOUTQNSD, &waiting) < 0 ||
	    waiting < 0)
		return 0;
	memory =
	    subtract(info[SK_MEMINFO_SNDBUF], info[SK_MEMINFO_WMEM_QUEUED]);
	backlog = subtract(socket_backlog_max, (size_t)waiting);
	return memory < backlog ? memory : backlog;
}

size_t
socket_unacknowledged(int fd)
{
	int n = 0;

	if (ioctl(fd, SIOCOUTQ, &n) < 0 || n < 0)
		return 0;
	return (size_t)n;
}
