/*
 * base/map: keys and values in the order of insertion.
 */
#include "base/map.h"

#include <stdio.h>

#include "tap.h"

enum {
	keys = 3000,
	name_max = 8,
};

static char names[keys][name_max];
static int values[keys];

static struct str
name(int i)
{
	return str_from_c(names[i]);
}

static void
test_few(void)
{
	struct map m = {0};
	int a = 1, b = 2, walked = 0;

	tap_ok(map_find(&m, STR("a")) == NULL, "nothing in a zeroed map");
	tap_ok(map_remove(&m, STR("a")) == NULL, "nothing to take out");
	MAP_EACH(entry, &m)
	walked++;
	tap_int(walked, 0, "nothing to walk over");
	tap_ok(map_put(&m, STR("a"), &a) == NULL, "first put");
	tap_ok(map_put(&m, STR("a"), &b) == &a, "put again: the old value");
	tap_ok(map_find(&m, STR("a")) == &b, "the new one is there");
	tap_int(map_count(&m), 1, "one key");
	tap_ok(map_put(&m, STR(""), &a) == NULL, "the empty key");
	tap_ok(map_find(&m, (struct str){0}) == &a, "however it is empty");
	tap_ok(map_put(&m, STR("a\0b"), &a) == NULL, "a key with a NUL");
	tap_ok(map_find(&m, STR("a")) == &b, "is another key");
	map_fini(&m);
	tap_int(map_count(&m), 0, "given back");
	tap_ok(map_put(&m, STR("a"), &a) == NULL, "used again");
	map_fini(&m);
}

/* The keys from first on, each step-th, are there in this order. */
static void
check_order(const struct map *m, int first, int step, const char *what)
{
	int i = first, bad = 0;

	MAP_EACH(entry, m)
	{
		if (i >= keys || !str_eq(entry->key, name(i)) ||
		    entry->value != &values[i])
			bad++;
		i += step;
	}
	tap_ok(bad == 0 && i >= keys, "order of insertion, %s", what);
}

static void
test_many(void)
{
	struct map m = {0};
	int bad = 0;

	for (int i = 0; i < keys; i++) {
		snprintf(names[i], name_max, "k%d", i);
		map_put(&m, name(i), &values[i]);
	}
	tap_int(map_count(&m), keys, "all keys");
	check_order(&m, 0, 1, "of all keys");
	for (int i = 0; i < keys; i += 2)
		if (map_remove(&m, name(i)) != &values[i] ||
		    map_remove(&m, name(i)) != NULL)
			bad++;
	tap_int(bad, 0, "each second key is taken out once");
	tap_int(map_count(&m), keys / 2, "half of them are left");
	check_order(&m, 1, 2, "of the other half");
	for (int i = 0; i < keys; i++)
		if (map_find(&m, name(i)) != (i % 2 ? &values[i] : NULL))
			bad++;
	tap_int(bad, 0, "found or not");
	map_put(&m, name(1), &values[1]);
	check_order(&m, 1, 2, "when one is put again");
	map_fini(&m);
}

/* A key that comes and goes does not make the map grow without end. */
static void
test_churn(void)
{
	enum { rounds = 100000 };
	struct map m = {0};
	int bad = 0;

	map_put(&m, STR("stays"), &values[0]);
	for (int i = 0; i < rounds; i++) {
		if (map_put(&m, name(i % keys), &values[i % keys]) != NULL)
			bad++;
		if (map_remove(&m, name(i % keys)) != &values[i % keys])
			bad++;
	}
	tap_int(bad, 0, "in and out");
	tap_ok(map_find(&m, STR("stays")) == &values[0], "the other stays");
	tap_ok(m.room < keys, "the map stays small");
	map_fini(&m);
}

/* Taken out and put again, a key is the newest. */
static void
test_again(void)
{
	struct map m = {0};
	struct buf order;

	buf_init(&order, keys);
	map_put(&m, STR("a"), &values[0]);
	map_put(&m, STR("b"), &values[1]);
	map_put(&m, STR("c"), &values[2]);
	map_remove(&m, STR("a"));
	map_put(&m, STR("a"), &values[0]);
	map_put(&m, STR("b"), &values[1]);
	MAP_EACH(entry, &m)
	buf_add(&order, entry->key);
	tap_str(buf_str(&order), STR("bca"), "put again, at the end");
	buf_fini(&order);
	map_fini(&m);
}

int
main(void)
{
	test_few();
	test_many();
	test_churn();
	test_again();
	return tap_done();
}
