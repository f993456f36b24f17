/*
 * Accepting, in batches, and what to do when descriptors run out: then a
 * client is turned away by a descriptor that is kept for it, rather than left
 * to wait in the queue.
 */
#include "net/listener.h"

#include <assert.h>
#include <errno.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "os/socket.h"

enum {
	batch_max = 32,
	pause_first_ms = 50,
	pause_last_ms = 1000,
	log_each_ms = 10000,
	ms_per_s = 1000,
	us_per_ms = 1000,
};

struct listener {
	struct listener_options options;
	struct event readable;
	struct event timer; /* of a shortage */
	int reserve_fd; /* -1 when even that is gone */
	bool is_paused;
	unsigned pause_ms; /* of the last shortage; 0: none of late */
	int64_t logged_ms;
};

static int
reserve_open(void)
{
	return open("/dev/null", O_RDONLY | O_CLOEXEC);
}

static int
listener_accept(struct listener *l, struct address *from)
{
	struct sockaddr_storage peer = {.ss_family = AF_UNSPEC};
	socklen_t size = sizeof(peer);
	int fd = accept4(l->options.fd, (struct sockaddr *)&peer, &size,
	    SOCK_NONBLOCK | SOCK_CLOEXEC);

	*from = address_from(&peer);
	return fd;
}

static void
listener_turn_away(struct listener *l)
{
	struct address from;
	int fd;

	if (l->reserve_fd < 0)
		return;
	close(l->reserve_fd);
	fd = listener_accept(l, &from);
	if (fd >= 0)
		close(fd);
	l->reserve_fd = reserve_open();
}

static void
listener_say_shortage(struct listener *l, int error)
{
	int64_t now_ms = clock_monotonic_ms();

	if (l->logged_ms != 0 && now_ms - l->logged_ms < log_each_ms)
		return;
	l->logged_ms = now_ms;
	log_warning(
	    "listener: accepting pauses, no descriptor is left error=%s",
	    strerror(error));
}

static void
listener_back_off(struct listener *l)
{
	struct timeval wait;

	l->pause_ms = l->pause_ms == 0 ? pause_first_ms : l->pause_ms * 2;
	if (l->pause_ms > pause_last_ms)
		l->pause_ms = pause_last_ms;
	wait.tv_sec = l->pause_ms / ms_per_s;
	wait.tv_usec = (l->pause_ms % ms_per_s) * us_per_ms;
	event_del(&l->readable);
	event_add(&l->timer, &wait);
}

/* Whether a client waits: without a descriptor accept4() fails before it looks
 * at the queue. */
static bool
listener_has_client(const struct listener *l)
{
	struct pollfd wait = {.fd = l->options.fd, .events = POLLIN};

	return poll(&wait, 1, 0) > 0;
}

/* False when this turn's accepting is over. */
static bool
listener_meet_error(struct listener *l, int error)
{
	if (error == EINTR || error == ECONNABORTED)
		return true;
	if (error == EAGAIN)
		return false;
	if (error == EMFILE || error == ENFILE) {
		if (!listener_has_client(l))
			return false;
		if (l->options.on_shortage(l->options.ctx))
			return true;
		listener_turn_away(l);
	}
	listener_say_shortage(l, error);
	listener_back_off(l);
	return false;
}

static void
on_readable(evutil_socket_t socket, short what, void *arg)
{
	struct listener *l = arg;
	struct address from;
	int fd;

	(void)socket;
	(void)what;
	for (int i = 0; i < batch_max && !l->is_paused; i++) {
		fd = listener_accept(l, &from);
		if (fd < 0) {
			if (!listener_meet_error(l, errno))
				return;
			continue;
		}
		l->pause_ms = 0;
		l->options.on_accept(l->options.ctx, fd, from);
	}
}

static void
on_timer(evutil_socket_t socket, short what, void *arg)
{
	struct listener *l = arg;

	(void)socket;
	(void)what;
	if (!l->is_paused)
		event_add(&l->readable, NULL);
}

struct listener *
listener_new(const struct listener_options *options)
{
	struct listener *l = mem_alloc(sizeof(*l));
	int on = 1;

	l->options = *options;
	l->reserve_fd = reserve_open();
	/* Accepted sockets inherit both: calls saved for each of them. */
	setsockopt(options->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	socket_bound_backlog(options->fd);
	event_assign(&l->readable, options->base, options->fd,
	    EV_READ | EV_PERSIST, on_readable, l);
	event_assign(&l->timer, options->base, -1, 0, on_timer, l);
	event_add(&l->readable, NULL);
	return l;
}

void
listener_free(struct listener **listener)
{
	if (*listener == NULL)
		return;
	event_del(&(*listener)->readable);
	event_del(&(*listener)->timer);
	if ((*listener)->reserve_fd >= 0)
		close((*listener)->reserve_fd);
	mem_free(*listener);
	*listener = NULL;
}

void
listener_pause(struct listener *listener)
{
	if (listener->is_paused)
		return;
	listener->is_paused = true;
	event_del(&listener->readable);
}

void
listener_resume(struct listener *listener)
{
	if (!listener->is_paused)
		return;
	listener->is_paused = false;
	if (!event_pending(&listener->timer, EV_TIMEOUT, NULL))
		event_add(&listener->readable, NULL);
}
