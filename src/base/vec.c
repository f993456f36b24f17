/*
 * Growing rows of items of one size.
 */
#include "base/vec.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"

enum { room_first = 8 };

void
vec_init(struct vec *v, size_t item_size)
{
	*v = (struct vec){.item_size = item_size};
}

void
vec_fini(struct vec *v)
{
	mem_free(v->items);
	vec_init(v, v->item_size);
}

void
vec_clear(struct vec *v)
{
	v->n = 0;
}

void *
vec_add(struct vec *v)
{
	void *item;

	assert(v->item_size > 0);
	if (v->n == v->room) {
		v->room = v->room == 0 ? room_first : v->room * 2;
		v->items = mem_grow(v->items, v->room, v->item_size);
	}
	item = (char *)v->items + v->n++ * v->item_size;
	memset(item, 0, v->item_size);
	return item;
}

void *
vec_get(const struct vec *v, size_t i)
{
	assert(i < v->n);
	return (char *)v->items + i * v->item_size;
}

void
vec_remove(struct vec *v, size_t i)
{
	char *item = vec_get(v, i);

	v->n--;
	memmove(item, item + v->item_size, (v->n - i) * v->item_size);
}

/* Merge the sorted runs [from, middle) and [middle, to) of v into out. */
static void
merge_runs(const struct vec *v, char *out, const size_t bound[3],
    int (*compare)(const void *, const void *))
{
	size_t left = bound[0], right = bound[1];
	const void *item;

	for (size_t i = bound[0]; i < bound[2]; i++) {
		if (right < bound[2] &&
		    (left >= bound[1] ||
			compare(vec_get(v, right), vec_get(v, left)) < 0))
			item = vec_get(v, right++);
		else
			item = vec_get(v, left++);
		memcpy(out + i * v->item_size, item, v->item_size);
	}
}

void
vec_sort(struct vec *v, int (*compare)(const void *, const void *))
{
	size_t bound[3];
	char *out;
	void *sorted;

	if (v->n < 2)
		return;
	out = mem_alloc_array(v->room, v->item_size);
	for (size_t width = 1; width < v->n; width *= 2) {
		for (size_t i = 0; i < v->n; i += 2 * width) {
			bound[0] = i;
			bound[1] = i + width < v->n ? i + width : v->n;
			bound[2] = i + 2 * width < v->n ? i + 2 * width : v->n;
			merge_runs(v, out, bound, compare);
		}
		sorted = out;
		out = v->items;
		v->items = sorted;
	}
	mem_free(out);
}
