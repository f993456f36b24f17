#ifndef OS_SOCKET_H
#define OS_SOCKET_H

#include <stddef.h>

enum { socket_backlog_max = 256 * 1024 };

/* Have the TCP socket fd, and those accepted from it, take no more than about
 * socket_backlog_max bytes that cannot be sent yet: so what a peer that does
 * not read makes the kernel hold is bounded. */
void socket_bound_backlog(int fd);

/* About how many bytes a send() on such a TCP socket would take now; 0 when
 * the system does not tell. */
size_t socket_send_room(int fd);

/* How many bytes that send() took on the socket fd the peer's system has not
 * acknowledged; 0 when the system does not tell. */
size_t socket_unacknowledged(int fd);

#endif
