/*
 * The baseline: the smallest single-process epoll loop on OpenSSL's defaults
 * (two tickets, its session cache, a socket BIO). Figures are ratios to it.
 * It has no time limits and reads no request: any line gets the same reply.
 */
#include "floor/common.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/err.h>

enum { EVENTS_MAX = 256 };

enum conn_state { CONN_HANDSHAKE, CONN_REQUEST, CONN_REPLY };

struct conn {
	SSL *ssl;
	int fd;
	enum conn_state state;
	uint32_t waits_for; /* the epoll events asked for */
};

static void
conn_free(struct conn **conn)
{
	SSL_free((*conn)->ssl);
	close((*conn)->fd);
	free(*conn);
	*conn = NULL;
}

/* Ask for what OpenSSL waits for after result; false when it has failed. */
static bool
conn_wait(struct conn *conn, int epoll, int result)
{
	int error = SSL_get_error(conn->ssl, result);
	uint32_t events = error == SSL_ERROR_WANT_WRITE ? EPOLLOUT : EPOLLIN;
	struct epoll_event event = {.events = events, .data.ptr = conn};

	if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
		return false;
	if (events == conn->waits_for)
		return true;
	conn->waits_for = events;
	return epoll_ctl(epoll, EPOLL_CTL_MOD, conn->fd, &event) == 0;
}

/* One step in the present state: what OpenSSL returned for it. */
static int
conn_step(struct conn *conn, const struct floor *floor)
{
	char line[FLOOR_REQUEST_MAX];
	int result = -1;

	switch (conn->state) {
	case CONN_HANDSHAKE:
		result = SSL_accept(conn->ssl);
		if (result == 1)
			conn->state = CONN_REQUEST;
		break;
	case CONN_REQUEST:
		result = SSL_read(conn->ssl, line, sizeof line);
		if (result > 0 && floor_ends_request(line, (size_t)result))
			conn->state = CONN_REPLY;
		break;
	case CONN_REPLY:
		result = SSL_write(
		    conn->ssl, floor->reply, (int)floor->reply_length);
		break;
	}
	return result;
}

static void
conn_run(struct conn *conn, const struct floor *floor, int epoll)
{
	for (;;) {
		bool last = conn->state == CONN_REPLY;
		int result;

		ERR_clear_error();
		result = conn_step(conn, floor);
		if (result > 0 && !last)
			continue;
		if (result <= 0 && conn_wait(conn, epoll, result))
			return;
		if (result > 0)
			SSL_shutdown(conn->ssl);
		conn_free(&conn);
		return;
	}
}

static void
accept_all(const struct floor *floor, int epoll)
{
	int fd;

	while ((fd = accept4(floor->listener, NULL, NULL,
		    SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
		struct conn *conn = calloc(1, sizeof *conn);
		struct epoll_event event = {
		    .events = EPOLLIN, .data.ptr = conn};

		if (conn == NULL)
			abort();
		conn->fd = fd;
		conn->waits_for = EPOLLIN;
		conn->ssl = SSL_new(floor->tls);
		if (conn->ssl == NULL || SSL_set_fd(conn->ssl, fd) != 1)
			abort();
		SSL_set_accept_state(conn->ssl);
		if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) != 0)
			conn_free(&conn);
	}
}

int
main(int argc, char **argv)
{
	struct epoll_event events[EVENTS_MAX] = {{.events = EPOLLIN}};
	struct floor floor;
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	int count;

	if (floor_init(&floor, argc, argv) != 0)
		return 2;
	if (epoll < 0 ||
	    epoll_ctl(epoll, EPOLL_CTL_ADD, floor.listener, &events[0]) != 0) {
		perror("epoll");
		return 1;
	}
	floor_ready(&floor);
	do {
		count = epoll_wait(epoll, events, EVENTS_MAX, -1);
		for (int i = 0; i < count; i++) {
			if (events[i].data.ptr == NULL)
				accept_all(&floor, epoll);
			else
				conn_run(events[i].data.ptr, &floor, epoll);
		}
	} while (count >= 0 || errno == EINTR);
	perror("epoll_wait");
	return 1;
}
