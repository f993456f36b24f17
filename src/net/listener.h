#ifndef NET_LISTENER_H
#define NET_LISTENER_H

#include <stdbool.h>

#include "net/address.h"

struct event_base;
struct listener;

/*
 * What a listener needs of its owner. Both calls get ctx.
 */
struct listener_options {
	struct event_base *base;
	int fd; /* listens, does not block; borrowed */
	void *ctx;
	/* Take a new socket, which does not block. */
	void (*on_accept)(void *ctx, int fd, struct address from);
	/* No descriptor is left: close some connection that can be spared.
	 * False when there is none. */
	bool (*on_shortage)(void *ctx);
};

/* Accept from now on. When the process has no descriptors left the listener
 * pauses, longer each time, and goes on by itself. The caller gives it back
 * with listener_free(&listener), which leaves the socket open. */
struct listener *listener_new(const struct listener_options *options);
void listener_free(struct listener **listener);

/* Accept nothing until listener_resume(); to be called from on_accept too. */
void listener_pause(struct listener *listener);
void listener_resume(struct listener *listener);

#endif
