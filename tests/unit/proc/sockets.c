/*
 * proc/sockets, proc/inherited: listening sockets, over changes of what is
 * configured.
 */
#include "proc/sockets.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "proc/inherited.h"
#include "tap.h"

enum {
	three_workers = 3,
	five_workers = 5,
	first_inherited = 3,
	number_max = 32,
};

static struct conf_listen
local(uint16_t port)
{
	return (struct conf_listen){.address = STR("127.0.0.1"), .port = port};
}

/* Whether a connection to the port is accepted by one of the sockets. */
static bool
is_reached(uint16_t port)
{
	struct sockaddr_in to = {
	    .sin_family = AF_INET,
	    .sin_port = htons(port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool ok;

	ok = connect(fd, (const struct sockaddr *)&to, sizeof(to)) == 0;
	close(fd);
	return ok;
}

static void
test_hold(void)
{
	struct vec listens = VEC_INIT(struct conf_listen);
	const struct socket_group *one, *two;
	struct sockets sockets;
	struct diags diags;
	uint16_t port;

	diags_init(&diags);
	sockets_init(&sockets);
	*(struct conf_listen *)vec_add(&listens) = local(0);
	*(struct conf_listen *)vec_add(&listens) = local(0);
	tap_int(sockets_hold(&sockets, &listens, three_workers, &diags), 0,
	    "two addresses, any port");
	one = sockets_get(&sockets, &listens, 0);
	two = sockets_get(&sockets, &listens, 1);
	tap_ok(one != two && one->port != two->port && one->port != 0,
	    "each has its own port");
	tap_int(one->fds.n, three_workers, "a socket a worker");
	port = one->port;
	tap_ok(is_reached(port) && is_reached(two->port), "they listen");
	tap_int(sockets_hold(&sockets, &listens, five_workers, &diags), 0,
	    "more workers");
	tap_ok(sockets_get(&sockets, &listens, 0) == one && one->port == port &&
		one->fds.n == five_workers,
	    "have more sockets of the same port");
	vec_remove(&listens, 1);
	port = two->port;
	sockets_release(&sockets, &listens);
	tap_ok(!is_reached(port) && is_reached(one->port),
	    "an address that is no longer wanted is closed");
	port = one->port;
	sockets_refuse(&sockets);
	tap_ok(!is_reached(port), "in the end all refuse");
	sockets_fini(&sockets);
	vec_fini(&listens);
	diags_fini(&diags);
}

static void
test_taken(void)
{
	struct vec listens = VEC_INIT(struct conf_listen);
	struct sockets first, second;
	struct diags diags;

	diags_init(&diags);
	sockets_init(&first);
	sockets_init(&second);
	*(struct conf_listen *)vec_add(&listens) = local(0);
	sockets_hold(&first, &listens, 1, &diags);
	listens.n = 0;
	*(struct conf_listen *)vec_add(&listens) =
	    local((*(struct socket_group **)vec_get(&first.groups, 0))->port);
	tap_int(sockets_hold(&second, &listens, 1, &diags), -1,
	    "a port that another server has is not shared with it");
	tap_int(diags.errors, 1, "which is said");
	sockets_fini(&first);
	tap_int(sockets_hold(&second, &listens, 1, &diags), 0,
	    "once it is free it can be had");
	listens.n = 0;
	sockets_release(&second, &listens);
	tap_int(second.groups.n, 0, "and let go");
	sockets_fini(&second);
	vec_fini(&listens);
	diags_fini(&diags);
}

static void
test_not_ours(void)
{
	struct vec listens = VEC_INIT(struct conf_listen);
	struct sockets sockets;
	struct diags diags;

	diags_init(&diags);
	sockets_init(&sockets);
	*(struct conf_listen *)vec_add(&listens) =
	    (struct conf_listen){.address = STR("192.0.2.1"), .port = 1965};
	tap_int(sockets_hold(&sockets, &listens, 1, &diags), -1,
	    "an address of another machine");
	tap_int(diags.errors, 1, "is an error");
	sockets_fini(&sockets);
	vec_fini(&listens);
	diags_fini(&diags);
}

/* A socket that listens, at the descriptor where a service manager puts it. */
static uint16_t
make_inherited(void)
{
	struct sockaddr_in at = {
	    .sin_family = AF_INET,
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t size = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (bind(fd, (const struct sockaddr *)&at, size) < 0 ||
	    listen(fd, 1) < 0 ||
	    getsockname(fd, (struct sockaddr *)&at, &size) < 0)
		return 0;
	if (fd != first_inherited) {
		dup2(fd, first_inherited);
		close(fd);
	}
	return ntohs(at.sin_port);
}

static void
test_inherited(void)
{
	char number[number_max];
	struct conf *conf = conf_new();
	struct conf_listen *listen;
	struct sockets sockets;
	struct diags diags;
	uint16_t port = make_inherited();

	diags_init(&diags);
	sockets_init(&sockets);
	snprintf(number, sizeof(number), "%ld", (long)getpid());
	setenv("LISTEN_PID", number, 1);
	setenv("LISTEN_FDS", "1", 1);
	*(struct conf_listen *)vec_add(&conf->listens) = local(0);
	tap_int(inherited_take(&sockets, &diags), 0, "a socket is inherited");
	sockets_replace_listens(&sockets, conf);
	listen = vec_get(&conf->listens, 0);
	tap_ok(conf->listens.n == 1 && listen->port == port,
	    "it stands in place of what is configured");
	tap_int(sockets_hold(&sockets, &conf->listens, three_workers, &diags),
	    0, "nothing is bound");
	tap_int(sockets_get(&sockets, &conf->listens, 0)->fds.n, 1,
	    "one socket for all workers");
	sockets_refuse(&sockets);
	tap_ok(is_reached(port), "the service manager's is left alone");
	tap_ok(getenv("LISTEN_FDS") == NULL, "nobody inherits it again");
	conf_free(&conf);
	sockets_fini(&sockets);
	diags_fini(&diags);
}

static void
test_inherited_wrong(void)
{
	char number[number_max];
	struct sockets sockets;
	struct diags diags;

	diags_init(&diags);
	sockets_init(&sockets);
	setenv("LISTEN_PID", "1", 1);
	setenv("LISTEN_FDS", "1", 1);
	tap_int(inherited_take(&sockets, &diags), 0, "meant for another");
	tap_ok(!sockets.are_inherited, "is not taken");
	snprintf(number, sizeof(number), "%ld", (long)getpid());
	setenv("LISTEN_PID", number, 1);
	setenv("LISTEN_FDS", "1", 1);
	dup2(STDOUT_FILENO, first_inherited);
	tap_int(inherited_take(&sockets, &diags), -1, "no socket");
	tap_int(diags.errors, 1, "is an error");
	sockets_fini(&sockets);
	diags_fini(&diags);
}

int
main(void)
{
	test_inherited();
	test_inherited_wrong();
	test_hold();
	test_taken();
	test_not_ours();
	return tap_done();
}
