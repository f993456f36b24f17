/*
 * base/vec: growing rows, and their stable order.
 */
#include "base/vec.h"

#include <stdint.h>

#include "tap.h"

struct item {
	int key;
	int place; /* where it was before */
};

static int
compare_keys(const void *a, const void *b)
{
	const struct item *left = a, *right = b;

	return (left->key > right->key) - (left->key < right->key);
}

static void
test_row(void)
{
	struct vec v = VEC_INIT(int);
	int sum = 0;

	VEC_EACH (int, i, &v)
		sum += *i;
	tap_int(sum, 0, "an empty row is walked");
	for (int i = 0; i < 100; i++)
		*(int *)vec_add(&v) = i;
	VEC_EACH (int, i, &v)
		sum += *i;
	tap_int(sum, 4950, "all items are walked");
	tap_int(*(int *)vec_get(&v, 99), 99, "the last item");
	vec_remove(&v, 0);
	vec_remove(&v, 98);
	vec_remove(&v, 10);
	tap_int(v.n, 97, "three taken out");
	tap_int(*(int *)vec_get(&v, 0), 1, "the first moved up");
	tap_int(*(int *)vec_get(&v, 10), 12, "those behind moved up");
	tap_int(*(int *)vec_get(&v, 96), 98, "the end too");
	vec_clear(&v);
	tap_int(v.n, 0, "cleared");
	tap_int(*(int *)vec_add(&v), 0, "a new item is zeroed");
	vec_fini(&v);
	tap_ok(v.items == NULL && v.item_size == sizeof(int), "given back");
	*(int *)vec_add(&v) = 7;
	tap_int(*(int *)vec_get(&v, 0), 7, "used again");
	vec_fini(&v);
}

/* Rows of each length, with few and many equal keys. */
static void
test_sort(void)
{
	static const int spans[] = {1, 2, 7, 1000};
	enum { length_max = 130, seed = 12345 };
	uint32_t random = seed;
	struct vec v;
	struct item *item, *before;
	int bad = 0;

	for (size_t s = 0; s < sizeof(spans) / sizeof(spans[0]); s++) {
		for (int n = 0; n < length_max; n++) {
			vec_init(&v, sizeof(struct item));
			for (int i = 0; i < n; i++) {
				random = random * 1103515245 + seed;
				item = vec_add(&v);
				item->key = (int)(random >> 16) % spans[s];
				item->place = i;
			}
			vec_sort(&v, compare_keys);
			for (int i = 1; i < n; i++) {
				item = vec_get(&v, (size_t)i);
				before = vec_get(&v, (size_t)i - 1);
				if (before->key > item->key ||
				    (before->key == item->key &&
					before->place > item->place))
					bad++;
			}
			if (v.n != (size_t)n)
				bad++;
			vec_fini(&v);
		}
	}
	tap_int(bad, 0, "rows of each length are ordered, equal items too");
}

int
main(void)
{
	test_row();
	test_sort();
	return tap_done();
}
