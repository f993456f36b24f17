/*
 * The log of requests. What the server itself has to say goes elsewhere
 * (base/log).
 */
#include "serve/access.h"

#include <errno.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"

enum {
	gather_max = 64 * 1024,
	gather_enough = gather_max - access_line_max,
	delay_us = 50 * 1000,
	file_mode = 0640,
	address_text_max = 64,
};

enum access_target { ACCESS_OFF, ACCESS_STREAM, ACCESS_SYSLOG };

struct access {
	const struct conf_log *conf;
	struct str salt;
	enum access_target target;
	int fd; /* of ACCESS_STREAM; -1: lines are lost */
	struct event timer;
	struct buf gathered;
	uint64_t lost;
};

/* A line that cannot be written is lost and counted: a full disk is no reason
 * to stop serving. */
static void
access_flush(struct access *access)
{
	struct str text = buf_str(&access->gathered);

	if (text.n == 0)
		return;
	if (access->fd < 0 || file_write_all(access->fd, text) < 0) {
		if (access->lost++ == 0)
			log_warning("access log: lines are lost error=%s",
			    strerror(access->fd < 0 ? EBADF : errno));
	} else if (access->lost > 0) {
		log_warning("access log: written again lost_writes=%" PRIu64,
		    access->lost);
		access->lost = 0;
	}
	buf_clear(&access->gathered);
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	access_flush(arg);
}

static void
access_open_file(struct access *access)
{
	char *path = str_to_c(access->conf->access);

	access->fd = open(path,
	    O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, file_mode);
	if (access->fd < 0)
		log_warning("access log: cannot be opened path=%s error=%s",
		    path, strerror(errno));
	mem_free(path);
}

static bool
access_has_file(const struct access *access)
{
	return access->target == ACCESS_STREAM &&
	    !str_eq(access->conf->access, STR("stderr"));
}

static void
access_open_target(struct access *access)
{
	struct str name = access->conf->access;

	access->fd = -1;
	if (str_eq(name, STR("off"))) {
		access->target = ACCESS_OFF;
	} else if (str_eq(name, STR("syslog"))) {
		access->target = ACCESS_SYSLOG;
		openlog("capsuled", LOG_PID | LOG_NDELAY, LOG_DAEMON);
	} else {
		access->target = ACCESS_STREAM;
		access->fd = STDERR_FILENO;
		if (access_has_file(access))
			access_open_file(access);
	}
}

struct access *
access_open(
    const struct conf_log *conf, struct str salt, struct event_base *base)
{
	struct access *access = mem_alloc(sizeof(*access));

	access->conf = conf;
	access->salt = salt;
	buf_init(&access->gathered, gather_max);
	event_assign(&access->timer, base, -1, 0, on_timer, access);
	access_open_target(access);
	return access;
}

static void
access_close_file(struct access *access)
{
	if (access_has_file(access) && access->fd >= 0)
		close(access->fd);
	access->fd = -1;
}

void
access_close(struct access **access)
{
	struct access *a = *access;

	if (a == NULL)
		return;
	access_flush(a);
	event_del(&a->timer);
	access_close_file(a);
	if (a->target == ACCESS_SYSLOG)
		closelog();
	buf_fini(&a->gathered);
	mem_free(a);
	*access = NULL;
}

void
access_reopen(struct access *access)
{
	if (!access_has_file(access))
		return;
	access_flush(access);
	access_close_file(access);
	access_open_file(access);
}

bool
access_is_on(const struct access *access)
{
	return access->target != ACCESS_OFF;
}

static void
access_gather(struct access *access)
{
	struct timeval delay = {.tv_usec = delay_us};

	if (access->gathered.n > gather_enough)
		access_flush(access);
	else if (!event_pending(&access->timer, EV_TIMEOUT, NULL))
		event_add(&access->timer, &delay);
}

void
access_add(struct access *access, const struct access_entry *entry)
{
	struct buf address;

	if (!access_is_on(access))
		return;
	buf_init(&address, address_text_max);
	access_print_address(&address, access->conf->addresses, entry->from,
	    access->salt, entry->wall_ms);
	access_print(
	    &access->gathered, access->conf->format, entry, buf_str(&address));
	buf_fini(&address);
	if (access->target == ACCESS_SYSLOG) {
		syslog(
		    LOG_INFO, "%" STR_FMT, STR_ARG(buf_str(&access->gathered)));
		buf_clear(&access->gathered);
		return;
	}
	buf_add_char(&access->gathered, '\n');
	access_gather(access);
}
