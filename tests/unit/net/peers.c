/*
 * net/peers: what each address holds and asks.
 */
#include "net/peers.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "tap.h"

enum { minute_ms = 60 * 1000 };

/* The address in text, as it comes by an IPv6 socket. */
static struct address
address(const char *text)
{
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
	struct sockaddr_storage any = {.ss_family = AF_UNSPEC};

	tap_ok(inet_pton(AF_INET6, text, &v6.sin6_addr) == 1, "%s", text);
	memcpy(&any, &v6, sizeof(v6));
	return address_from(&any);
}

static struct peers *
make(unsigned connections, unsigned requests)
{
	return peers_new(&(struct peers_options){
	    .connections = connections,
	    .requests_per_minute = requests,
	    .connections_each = 100,
	    .processes = 2,
	});
}

static bool
enter(struct peers *peers, const char *text, struct peers_entry *entry)
{
	return peers_enter(peers, address(text), entry);
}

static void
test_connections(void)
{
	struct peers *peers = make(2, 0);
	struct peers_entry first, second, third, other;

	peers_join(peers, 0);
	tap_ok(enter(peers, "2001:db8:1:2::3", &first) &&
		enter(peers, "2001:db8:1:2:ffff::", &second),
	    "two connections of a /64");
	tap_ok(!enter(peers, "2001:db8:1:2::3", &third), "no third one");
	tap_ok(enter(peers, "2001:db8:1:3::3", &other),
	    "another /64 is not concerned");
	peers_leave(&second);
	tap_ok(enter(peers, "2001:db8:1:2::4", &second),
	    "what ended is not counted");
	peers_leave(&first);
	peers_leave(&second);
	peers_leave(&other);
	peers_free(&peers);
	tap_ok(peers == NULL, "freed");
}

static void
test_families(void)
{
	struct peers *peers = make(1, 0);
	struct peers_entry entry;

	peers_join(peers, 0);
	tap_ok(enter(peers, "::ffff:192.0.2.1", &entry) &&
		enter(peers, "::ffff:192.0.2.2", &entry) &&
		peers_enter(
		    peers, (struct address){.family = ADDRESS_NONE}, &entry),
	    "an IPv4 address counts for itself");
	tap_ok(!enter(peers, "::ffff:192.0.2.1", &entry), "and only once");
	peers_free(&peers);
	peers = make(0, 0);
	for (int i = 0; i < 100; i++)
		if (!enter(peers, "::1", &entry))
			break;
	tap_ok(enter(peers, "::1", &entry), "without a bound there is none");
	peers_leave(&entry);
	peers_free(&peers);
}

/* Here one process plays both, one after the other. */
static void
test_processes(void)
{
	struct peers *peers = make(2, 0);
	struct peers_entry first, second, third;

	peers_join(peers, 0);
	enter(peers, "::1", &first);
	peers_join(peers, 1);
	tap_ok(enter(peers, "::1", &second), "one here, one there");
	tap_ok(!enter(peers, "::1", &third), "the bound is for both");
	peers_leave(&first);
	tap_ok(enter(peers, "::1", &third), "what ends there is free here");
	peers_join(peers, 1);
	tap_ok(enter(peers, "::1", &first) && enter(peers, "::1", &second),
	    "what a dead process had is forgotten");
	tap_ok(!enter(peers, "::1", &third), "and the bound holds again");
	peers_free(&peers);
}

/* How many of count requests at now_ms are allowed. */
static int
ask(struct peers *peers, const struct peers_entry *entry, int count,
    int64_t now_ms)
{
	int allowed = 0;

	while (count-- > 0)
		allowed += peers_may_ask(peers, entry, now_ms);
	return allowed;
}

static void
test_requests(void)
{
	enum { start_ms = 1000, each_ms = minute_ms / 6 };
	struct peers *peers = make(0, 6);
	struct peers_entry entry, other;
	int64_t now_ms = start_ms;

	peers_join(peers, 0);
	enter(peers, "::1", &entry);
	tap_int(ask(peers, &entry, 10, now_ms), 6, "a minute's number at once");
	tap_int(ask(peers, &entry, 2, now_ms + each_ms - 1), 0, "none soon");
	now_ms += each_ms;
	tap_int(ask(peers, &entry, 2, now_ms), 1, "one after its time");
	peers_leave(&entry);
	enter(peers, "2001:db8::", &other);
	tap_int(ask(peers, &other, 10, now_ms), 6, "another is not concerned");
	peers_join(peers, 1);
	enter(peers, "::1", &entry);
	tap_int(ask(peers, &entry, 2, now_ms), 0,
	    "a new connection to another process gives no more");
	now_ms += (int64_t)minute_ms * 100;
	tap_int(ask(peers, &entry, 10, now_ms), 6, "nor does a long pause");
	peers_free(&peers);
	peers = make(0, 0);
	enter(peers, "::1", &entry);
	tap_int(ask(peers, &entry, 100, 0), 100, "without a bound: all");
	peers_free(&peers);
}

/* More addresses than the tables hold: nobody who is within the bounds is
 * refused, and the memory stays as it is. */
static void
test_crowd(void)
{
	enum { count = 20000 };
	struct peers *peers = make(1, 1);
	struct address a = {.family = ADDRESS_IPV4};
	struct peers_entry entry;
	uint32_t entered = 0, asked = 0;

	peers_join(peers, 0);
	for (uint32_t i = 0; i < count; i++) {
		memcpy(a.bytes, &i, sizeof(i));
		entered += peers_enter(peers, a, &entry);
		asked += peers_may_ask(peers, &entry, 1);
	}
	tap_int(entered, count, "all may come");
	tap_int(asked, count, "and ask");
	tap_ok(!peers_may_ask(peers, &entry, 1), "the last one only once");
	peers_free(&peers);
}

int
main(void)
{
	test_connections();
	test_families();
	test_processes();
	test_requests();
	test_crowd();
	return tap_done();
}
