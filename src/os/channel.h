#ifndef OS_CHANNEL_H
#define OS_CHANNEL_H

/*
 * A pair of ends between two processes. Each message is one byte, whole and in
 * order; when all holders of one end are gone the other end reads as closed.
 */

enum channel_result {
	CHANNEL_MESSAGE,
	CHANNEL_EMPTY, /* nothing now; poll for input */
	CHANNEL_CLOSED, /* the other side is gone */
};

/* Make both ends, neither of which blocks or outlives an exec. -1 with
 * errno. */
int channel_open(int ends[2]);

/* Send one message. It is lost when the other side is gone, or has left so
 * many unread that the queue is full: the sender never waits. */
void channel_send(int end, char message);

/* Take the oldest message. */
enum channel_result channel_receive(int end, char *message);

#endif
