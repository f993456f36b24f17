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

static void
test_connections(void)
{
	struct peers *peers = peers_new(2, 0);
	struct address home = address("2001:db8:1:2::3");
	struct peers_entry *first = peers_enter(peers, home, 0);
	struct peers_entry *second =
	    peers_enter(peers, address("2001:db8:1:2:ffff::"), 0);
	struct peers_entry *other =
	    peers_enter(peers, address("2001:db8:1:3::3"), 0);

	tap_ok(first != NULL && second != NULL, "two connections of a /64");
	tap_ok(peers_enter(peers, home, 0) == NULL, "a third is refused");
	tap_ok(other != NULL, "another /64 is not concerned");
	peers_leave(peers, &second, 0);
	tap_ok(second == NULL, "leaving clears the pointer");
	second = peers_enter(peers, home, 0);
	tap_ok(second != NULL, "what ended is not counted");
	peers_leave(peers, &first, 0);
	peers_leave(peers, &second, 0);
	peers_leave(peers, &other, 0);
	tap_int((long long)peers_count(peers), 0, "nothing is kept");
	peers_free(&peers);
	tap_ok(peers == NULL, "freed");
}

static void
test_families(void)
{
	struct peers *peers = peers_new(1, 0);
	struct peers_entry *v4 =
	    peers_enter(peers, address("::ffff:192.0.2.1"), 0);
	struct peers_entry *next =
	    peers_enter(peers, address("::ffff:192.0.2.2"), 0);
	struct peers_entry *none =
	    peers_enter(peers, (struct address){.family = ADDRESS_NONE}, 0);

	tap_ok(v4 != NULL && next != NULL && none != NULL,
	    "an IPv4 address counts for itself");
	tap_ok(peers_enter(peers, address("::ffff:192.0.2.1"), 0) == NULL,
	    "and again it is refused");
	peers_leave(peers, &v4, 0);
	peers_leave(peers, &next, 0);
	peers_leave(peers, &none, 0);
	peers_free(&peers);
}

/* How many of count requests at now_ms are allowed. */
static int
ask(struct peers *peers, struct peers_entry *entry, int count, int64_t now_ms)
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
	struct peers *peers = peers_new(0, 6);
	struct address home = address("::ffff:192.0.2.1");
	struct peers_entry *entry = peers_enter(peers, home, start_ms);
	int64_t now_ms = start_ms;

	tap_int(ask(peers, entry, 10, now_ms), 6, "a minute's number at once");
	tap_int(ask(peers, entry, 2, now_ms + each_ms - 1), 0, "none soon");
	now_ms += each_ms;
	tap_int(ask(peers, entry, 2, now_ms), 1, "one after its time");
	tap_int(ask(peers, entry, 2, now_ms - minute_ms), 0,
	    "a clock that goes back gives nothing");
	peers_leave(peers, &entry, now_ms);
	tap_int((long long)peers_count(peers), 1, "it is remembered");
	entry = peers_enter(peers, home, now_ms);
	tap_int(ask(peers, entry, 2, now_ms), 0, "and comes back to no more");
	now_ms += (int64_t)minute_ms * 100;
	tap_int(ask(peers, entry, 10, now_ms), 6, "a long pause gives no more");
	peers_leave(peers, &entry, now_ms);
	entry = peers_enter(peers, address("::ffff:192.0.2.9"), now_ms);
	peers_leave(peers, &entry, now_ms + 2 * minute_ms);
	tap_int((long long)peers_count(peers), 0, "in the end it is forgotten");
	peers_free(&peers);
}

/* More addresses than the table starts with, and than it may remember. */
static void
test_bounds(void)
{
	enum { count = peers_idle_max + 1000 };
	struct peers *peers = peers_new(0, 1);
	struct peers_entry *entry;
	struct address a = {.family = ADDRESS_IPV4};

	for (uint32_t i = 0; i < count; i++) {
		memcpy(a.bytes, &i, sizeof(i));
		entry = peers_enter(peers, a, 0);
		peers_may_ask(peers, entry, 0);
		peers_leave(peers, &entry, 0);
	}
	tap_int((long long)peers_count(peers), peers_idle_max,
	    "so many are remembered, and no more");
	entry = peers_enter(peers, a, 0);
	tap_ok(!peers_may_ask(peers, entry, 0), "the last among them");
	peers_leave(peers, &entry, 0);
	memset(a.bytes, 0, sizeof(a.bytes));
	entry = peers_enter(peers, a, 0);
	tap_ok(peers_may_ask(peers, entry, 0), "the first no longer");
	peers_leave(peers, &entry, 0);
	peers_free(&peers);
}

int
main(void)
{
	test_connections();
	test_families();
	test_requests();
	test_bounds();
	return tap_done();
}
