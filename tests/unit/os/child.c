/*
 * os/child, os/channel, os/lock: a process, what it is told, what it keeps.
 */
#include "os/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/channel.h"
#include "os/lock.h"
#include "os/signals.h"
#include "tap.h"

enum {
	patience_ms = 5000,
	status_told = 7,
	high_fd = 100,
};

/* The next message, which may take a while; 0 when the other side is gone. */
static char
wait_message(int channel)
{
	struct pollfd poll_fd = {.fd = channel, .events = POLLIN};
	char message = 0;

	poll(&poll_fd, 1, patience_ms);
	if (channel_receive(channel, &message) != CHANNEL_MESSAGE)
		return 0;
	return message;
}

/* Tells whether descriptor high_fd is open, then waits for the parent. */
static int
child_run(void *context, int channel)
{
	int *unwanted = context;

	channel_send(channel, fcntl(high_fd, F_GETFD) >= 0 ? 'y' : 'n');
	channel_send(channel, fcntl(*unwanted, F_GETFD) >= 0 ? 'y' : 'n');
	return wait_message(channel) == 'x' ? status_told : 0;
}

/* The end of a child, and what else is heard on the way: a child that stops is
 * a signal, too. */
static struct child_end
wait_end(int signals)
{
	struct pollfd poll_fd = {.fd = signals, .events = POLLIN};
	struct child_end end = {.pid = -1};
	bool heard = true, ended = false;

	while (heard && !ended) {
		poll(&poll_fd, 1, patience_ms);
		heard = signals_next(signals) == SIGCHLD;
		ended = child_next_end(&end);
	}
	tap_ok(heard && ended, "the end of a child is heard");
	return end;
}

static void
test_child(int signals)
{
	int keep[] = {high_fd}, channel, unwanted = dup(0);
	struct child_options options = {"test", keep, 1, child_run, &unwanted};
	struct child_end end;
	pid_t pid;
	char message;

	tap_int(dup2(0, high_fd), high_fd, "a descriptor to keep");
	pid = child_start(&options, &channel);
	tap_ok(pid > 0, "a child starts");
	tap_int(wait_message(channel), 'y', "it keeps what is named");
	tap_int(wait_message(channel), 'n', "and nothing else");
	tap_int(channel_receive(channel, &message), CHANNEL_EMPTY, "silence");
	channel_send(channel, 'x');
	end = wait_end(signals);
	tap_ok(end.pid == pid && !end.was_killed, "it is the one that exited");
	tap_int(end.number, status_told, "with its status");
	tap_int(
	    channel_receive(channel, &message), CHANNEL_CLOSED, "it is gone");
	channel_send(channel, 'x');
	close(channel);
	close(unwanted);
	tap_ok(!child_next_end(&end), "no other end");
}

static void
test_kill(int signals)
{
	int none = -1, channel;
	struct child_options options = {
	    .name = "test", .run = child_run, .context = &none};
	struct child_end end;
	pid_t pid = child_start(&options, &channel);

	tap_int(wait_message(channel), 'n', "nothing is kept");
	kill(pid, SIGSTOP);
	tap_ok(!child_next_end(&end), "a child that is stopped is not dead");
	kill(pid, SIGKILL);
	end = wait_end(signals);
	tap_ok(end.was_killed && end.number == SIGKILL, "killed by a signal");
	close(channel);
}

static void
test_parent_gone(int signals)
{
	int none = -1, channel;
	struct child_options options = {
	    .name = "test", .run = child_run, .context = &none};

	child_start(&options, &channel);
	tap_int(wait_message(channel), 'n', "a child waits");
	close(channel);
	tap_int(wait_end(signals).number, 0, "and ends with its channel");
}

static void
test_lock(void)
{
	char path[] = "/tmp/capsuled-lock.XXXXXX";
	int made = mkstemp(path), first, second;
	pid_t holder;

	first = lock_open(path, &holder);
	tap_ok(first >= 0, "a lock is taken");
	second = lock_open(path, &holder);
	tap_ok(second < 0 && errno == EWOULDBLOCK, "by one only");
	tap_int(holder, getpid(), "which is known");
	close(first);
	second = lock_open(path, &holder);
	tap_ok(second >= 0, "it is free again");
	close(second);
	close(made);
	unlink(path);
	tap_ok(lock_open("/nowhere/at/all", &holder) < 0 && errno == ENOENT,
	    "no place for a lock");
}

int
main(void)
{
	int signals = signals_open();

	tap_ok(signals >= 0, "signals are input");
	test_child(signals);
	test_kill(signals);
	test_parent_gone(signals);
	test_lock();
	kill(getpid(), SIGHUP);
	tap_int(signals_next(signals), SIGHUP, "a signal");
	tap_int(signals_next(signals), 0, "once");
	close(signals);
	return tap_done();
}
