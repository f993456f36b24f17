#ifndef OS_SOCKET_H
#define OS_SOCKET_H

#include <stddef.h>

/* About how many bytes a send() on the TCP socket fd would take now; 0 when
 * the system does not tell. */
size_t socket_send_room(int fd);

/* How many bytes that send() took on the socket fd the peer's system has not
 * acknowledged; 0 when the system does not tell. */
size_t socket_unacknowledged(int fd);

#endif
