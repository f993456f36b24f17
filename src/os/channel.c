/*
 * One-byte messages over a socket pair that keeps their borders. What they
 * mean is for those who talk.
 */
#include "os/channel.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/types.h>

int
channel_open(int ends[2])
{
	return socketpair(
	    AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends);
}

void
channel_send(int end, char message)
{
	ssize_t n;

	do
		n = send(end, &message, 1, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
}

enum channel_result
channel_receive(int end, char *message)
{
	ssize_t n;

	do
		n = recv(end, message, 1, 0);
	while (n < 0 && errno == EINTR);
	if (n == 1)
		return CHANNEL_MESSAGE;
	if (n < 0 && errno == EAGAIN)
		return CHANNEL_EMPTY;
	return CHANNEL_CLOSED;
}
