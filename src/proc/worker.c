/*
 * A worker: one loop that serves connections, and obeys the master. It opens
 * no catalogue and binds no socket: both come with it from the master.
 */
#include "proc/worker.h"

#include <event2/event.h>
#include <event2/event_struct.h>
#include <fcntl.h>
#include <signal.h>

#include "base/mem.h"
#include "net/loop.h"
#include "os/channel.h"
#include "serve/server.h"

struct worker {
	const struct worker_options *options;
	struct event_base *base;
	struct server *server;
	struct site *sites;
	struct event channel;
	struct event deadline; /* of draining */
};

static void
block_signals(void)
{
	static const int numbers[] = {
	    SIGHUP, SIGINT, SIGTERM, SIGUSR1, SIGUSR2};
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		sigaddset(&set, numbers[i]);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static void
on_stop(void *ctx)
{
	struct worker *worker = ctx;

	loop_stop(worker->base);
}

static void
on_deadline(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	on_stop(arg);
}

static void
worker_drain(struct worker *worker)
{
	struct timeval wait = {
	    .tv_sec = worker->options->conf->limits.drain_seconds};

	event_add(&worker->deadline, &wait);
	server_drain(worker->server, on_stop, worker);
}

static void
worker_obey(struct worker *worker, char message)
{
	switch (message) {
	case WORKER_DRAIN:
		worker_drain(worker);
		break;
	case WORKER_QUIT:
		loop_stop(worker->base);
		break;
	case WORKER_REOPEN:
		access_reopen(worker->server->access);
		break;
	}
}

static void
on_channel(evutil_socket_t fd, short what, void *arg)
{
	struct worker *worker = arg;
	char message;

	(void)what;
	for (;;)
		switch (channel_receive(fd, &message)) {
		case CHANNEL_MESSAGE:
			worker_obey(worker, message);
			break;
		case CHANNEL_EMPTY:
			return;
		case CHANNEL_CLOSED:
			loop_stop(worker->base);
			return;
		}
}

static void
worker_open_sites(struct worker *worker)
{
	const struct worker_options *o = worker->options;

	worker->sites = mem_alloc_array(o->site_count, sizeof(struct site));
	for (size_t i = 0; i < o->site_count; i++) {
		struct worker_site *from = &o->sites[i];
		struct site *site = &worker->sites[i];

		site_init(site, from->capsule, from->reader);
		from->reader = NULL;
		site->root_fd = from->root_fd;
		site->path = from->catalogue;
		site->mode = from->mode;
	}
}

static void
worker_listen(struct worker *worker)
{
	const struct worker_options *o = worker->options;

	for (size_t i = 0; i < o->listener_count; i++) {
		int fd = o->listeners[i].fd;

		fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
		server_listen(worker->server, o->listeners[i].listen, fd,
		    o->listeners[i].port);
	}
}

static void
worker_init(struct worker *worker, const struct worker_options *options)
{
	*worker = (struct worker){.options = options, .base = loop_new()};
	worker_open_sites(worker);
	peers_join(options->peers, options->index);
	worker->server = server_new(&(struct server_options){
	    .base = worker->base,
	    .conf = options->conf,
	    .tls = options->tls,
	    .sites = worker->sites,
	    .site_count = options->site_count,
	    .peers = options->peers,
	    .salt =
		str_from((const char *)options->salt, sizeof(options->salt)),
	});
	event_assign(&worker->channel, worker->base, options->channel,
	    EV_READ | EV_PERSIST, on_channel, worker);
	event_assign(
	    &worker->deadline, worker->base, -1, 0, on_deadline, worker);
	event_add(&worker->channel, NULL);
}

static void
worker_fini(struct worker *worker)
{
	server_free(&worker->server);
	event_del(&worker->channel);
	event_del(&worker->deadline);
	loop_free(&worker->base);
	mem_free(worker->sites);
}

int
worker_run(const struct worker_options *options)
{
	struct worker worker;

	block_signals();
	worker_init(&worker, options);
	worker_listen(&worker);
	channel_send(options->channel, WORKER_READY);
	loop_run(worker.base);
	worker_fini(&worker);
	return 0;
}
