/*
 * What sockets tell beyond POSIX.
 */
#include "os/socket.h"

#include <linux/sock_diag.h>
#include <stdint.h>
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
