/*
 * What sockets tell beyond POSIX.
 */
#include "os/socket.h"

#include <linux/sock_diag.h>
#include <linux/sockios.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

size_t
socket_send_room(int fd)
{
	uint32_t info[SK_MEMINFO_VARS];
	socklen_t size = sizeof(info);

	if (getsockopt(fd, SOL_SOCKET, SO_MEMINFO, info, &size) < 0 ||
	    size < sizeof(info) ||
	    info[SK_MEMINFO_SNDBUF] < info[SK_MEMINFO_WMEM_QUEUED])
		return 0;
	return info[SK_MEMINFO_SNDBUF] - info[SK_MEMINFO_WMEM_QUEUED];
}

size_t
socket_unacknowledged(int fd)
{
	int n = 0;

	if (ioctl(fd, SIOCOUTQ, &n) < 0 || n < 0)
		return 0;
	return (size_t)n;
}
