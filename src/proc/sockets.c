/*
 * Binds and listens. Accepting is the workers'.
 */
#include "proc/sockets.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"

enum { backlog = 4096 };

union address {
	struct sockaddr any;
	struct sockaddr_in four;
	struct sockaddr_in6 six;
};

void
sockets_init(struct sockets *sockets)
{
	*sockets = (struct sockets){.are_inherited = false};
	vec_init(&sockets->groups, sizeof(struct socket_group *));
}

static void
group_free(struct socket_group *group)
{
	VEC_EACH (int, fd, &group->fds)
		close(*fd);
	vec_fini(&group->fds);
	mem_free(group->address);
	mem_free(group);
}

void
sockets_fini(struct sockets *sockets)
{
	VEC_EACH (struct socket_group *, group, &sockets->groups)
		group_free(*group);
	vec_fini(&sockets->groups);
}

static socklen_t
address_fill(union address *out, const char *text, uint16_t port)
{
	*out = (union address){.any.sa_family = AF_UNSPEC};
	if (inet_pton(AF_INET, text, &out->four.sin_addr) == 1) {
		out->four.sin_family = AF_INET;
		out->four.sin_port = htons(port);
		return sizeof(out->four);
	}
	if (inet_pton(AF_INET6, text, &out->six.sin6_addr) != 1)
		return 0;
	out->six.sin6_family = AF_INET6;
	out->six.sin6_port = htons(port);
	return sizeof(out->six);
}

static int
set_option(int fd, int level, int name, int value)
{
	return setsockopt(fd, level, name, &value, sizeof(value));
}

/* A socket that is bound, and shares its port when it is to. Without sharing
 * the port must be free of all others: that is how another server on it is
 * found, which would else silently get half of the connections. */
static int
bind_socket(const char *address, uint16_t port, bool shares)
{
	union address to;
	socklen_t size = address_fill(&to, address, port);
	int fd, saved;

	fd = socket(to.any.sa_family,
	    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP);
	if (fd < 0)
		return -1;
	if (set_option(fd, SOL_SOCKET, SO_REUSEADDR, 1) == 0 &&
	    (to.any.sa_family != AF_INET6 ||
		set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0) == 0) &&
	    (!shares || set_option(fd, SOL_SOCKET, SO_REUSEPORT, 1) == 0) &&
	    bind(fd, &to.any, size) == 0 &&
	    (shares || port == 0 || listen(fd, 1) == 0))
		return fd;
	saved = errno;
	close(fd);
	errno = saved;
	return -1;
}

static uint16_t
bound_port(int fd)
{
	union address at = {.any.sa_family = AF_UNSPEC};
	socklen_t size = sizeof(at);

	if (getsockname(fd, &at.any, &size) < 0)
		return 0;
	return ntohs(
	    at.any.sa_family == AF_INET ? at.four.sin_port : at.six.sin6_port);
}

/* Whether nobody else listens there. Holding the port for a moment is what
 * tells. */
static int
probe(const char *address, uint16_t port)
{
	int fd;

	if (port == 0)
		return 0;
	fd = bind_socket(address, port, false);
	if (fd >= 0)
		close(fd);
	return fd < 0 ? -1 : 0;
}

static int
group_add_socket(struct socket_group *group)
{
	int fd = bind_socket(group->address,
	    group->port != 0 ? group->port : group->wanted, true);

	if (fd < 0)
		return -1;
	if (listen(fd, backlog) < 0) {
		close(fd);
		return -1;
	}
	*(int *)vec_add(&group->fds) = fd;
	group->port = bound_port(fd);
	return 0;
}

static int
group_open(struct socket_group *group)
{
	if (probe(group->address, group->wanted) < 0)
		return -1;
	return group_add_socket(group);
}

/* "[::]" means every address that there is, which on a machine without IPv6 is
 * every one of IPv4. decisions.md, 19. */
static int
group_open_any(struct socket_group *group)
{
	if (group_open(group) == 0)
		return 0;
	if (strcmp(group->address, "::") != 0 ||
	    (errno != EAFNOSUPPORT && errno != EADDRNOTAVAIL))
		return -1;
	mem_free(group->address);
	group->address = mem_dup("0.0.0.0");
	return group_open(group);
}

static bool
group_is(const struct socket_group *group, const struct conf_listen *listen,
    size_t ordinal)
{
	struct str address = str_from_c(group->address);

	return group->wanted == listen->port && group->ordinal == ordinal &&
	    (str_eq(address, listen->address) ||
		(str_eq(address, STR("0.0.0.0")) &&
		    str_eq(listen->address, STR("::"))));
}

/* How many of the listens before index are like it. */
static size_t
ordinal_of(const struct vec *listens, size_t index)
{
	const struct conf_listen *all = listens->items;
	size_t ordinal = 0;

	for (size_t i = 0; i < index; i++)
		if (all[i].port == all[index].port &&
		    str_eq(all[i].address, all[index].address))
			ordinal++;
	return ordinal;
}

static struct socket_group *
group_find(
    const struct sockets *sockets, const struct vec *listens, size_t index)
{
	size_t ordinal = ordinal_of(listens, index);

	VEC_EACH (struct socket_group *, group, &sockets->groups)
		if (group_is(*group, vec_get(listens, index), ordinal))
			return *group;
	return NULL;
}

const struct socket_group *
sockets_get(
    const struct sockets *sockets, const struct vec *listens, size_t index)
{
	return group_find(sockets, listens, index);
}

static int
say_refused(const struct conf_listen *listen, struct diags *diags)
{
	const char *hint = "listen on an address of this machine";
	bool is_six = str_find_char(listen->address, ':') >= 0;
	struct diag_place place = {.file = STR("listen")};

	if (errno == EADDRINUSE)
		hint = "stop the server that has this port, or listen on "
		       "another";
	else if (errno == EACCES)
		hint = "ports below 1024 are root's: listen on another";
	diags_error(diags, place, "listen", hint, "%s%" STR_FMT "%s:%u: %s",
	    is_six ? "[" : "", STR_ARG(listen->address), is_six ? "]" : "",
	    listen->port, strerror(errno));
	return -1;
}

static int
hold_one(struct sockets *sockets, const struct vec *listens, size_t index,
    size_t count)
{
	const struct conf_listen *listen = vec_get(listens, index);
	struct socket_group *group = group_find(sockets, listens, index);

	if (group == NULL) {
		group = mem_alloc(sizeof(*group));
		*group = (struct socket_group){
		    .address = str_to_c(listen->address),
		    .wanted = listen->port,
		    .ordinal = ordinal_of(listens, index),
		    .fds = VEC_INIT(int),
		};
		*(struct socket_group **)vec_add(&sockets->groups) = group;
	}
	if (group->fds.n == 0 && group_open_any(group) < 0)
		return -1;
	while (!group->is_inherited && group->fds.n < count)
		if (group_add_socket(group) < 0)
			return -1;
	return 0;
}

int
sockets_hold(struct sockets *sockets, const struct vec *listens, size_t count,
    struct diags *diags)
{
	for (size_t i = 0; i < listens->n; i++)
		if (hold_one(sockets, listens, i, count) < 0)
			return say_refused(vec_get(listens, i), diags);
	return 0;
}

static bool
group_is_used(const struct sockets *sockets, const struct vec *listens,
    const struct socket_group *group)
{
	for (size_t i = 0; i < listens->n; i++)
		if (group_find(sockets, listens, i) == group)
			return true;
	return false;
}

void
sockets_release(struct sockets *sockets, const struct vec *listens)
{
	struct socket_group *group;

	for (size_t i = sockets->groups.n; i > 0; i--) {
		group =
		    *(struct socket_group **)vec_get(&sockets->groups, i - 1);
		if (group_is_used(sockets, listens, group))
			continue;
		vec_remove(&sockets->groups, i - 1);
		group_free(group);
	}
}

void
sockets_refuse(struct sockets *sockets)
{
	VEC_EACH (struct socket_group *, group, &sockets->groups)
		if (!(*group)->is_inherited)
			VEC_EACH (int, fd, &(*group)->fds)
				shutdown(*fd, SHUT_RD);
}

void
sockets_add_inherited(
    struct sockets *sockets, int fd, const char *address, uint16_t port)
{
	struct socket_group *group = mem_alloc(sizeof(*group));

	*group = (struct socket_group){
	    .address = mem_dup(address),
	    .wanted = port,
	    .port = port,
	    .is_inherited = true,
	    .fds = VEC_INIT(int),
	};
	*(int *)vec_add(&group->fds) = fd;
	*(struct socket_group **)vec_add(&sockets->groups) = group;
	sockets->are_inherited = true;
}

void
sockets_replace_listens(const struct sockets *sockets, struct conf *conf)
{
	struct conf_listen *listen;

	if (!sockets->are_inherited)
		return;
	vec_clear(&conf->listens);
	VEC_EACH (struct socket_group *, group, &sockets->groups) {
		listen = vec_add(&conf->listens);
		listen->address = str_from_c((*group)->address);
		listen->port = (*group)->port;
	}
}
