#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stddef.h>

/*
 * A growing row of items of one size, which it owns. Pointers to items are
 * void at the next vec_add().
 *
 *	struct vec names = VEC_INIT(struct str);
 *	*(struct str *)vec_add(&names) = STR("a");
 *	VEC_EACH (struct str, name, &names)
 *		use(*name);
 *	vec_fini(&names);
 */
struct vec {
	void *items;
	size_t n;
	size_t room;
	size_t item_size;
};

#define VEC_INIT(type)                    \
	{                                 \
		.item_size = sizeof(type) \
	}

/* Walk over the items in order; name is a type *. */
#define VEC_EACH(type, name, vec)       \
	for (type *name = (vec)->items; \
	     name != NULL && name < (type *)(vec)->items + (vec)->n; name++)

/* An empty row of items of item_size bytes. */
void vec_init(struct vec *v, size_t item_size);

/* Give the items' memory back; what they point to is the caller's. */
void vec_fini(struct vec *v);

/* Empty the row and keep its memory. */
void vec_clear(struct vec *v);

/* A new zeroed item at the end. */
void *vec_add(struct vec *v);

/* Item i, which must be below n. */
void *vec_get(const struct vec *v, size_t i);

/* Take item i out; those behind it move up. */
void vec_remove(struct vec *v, size_t i);

/* Order the items by compare, as qsort(); equal items keep their order. */
void vec_sort(struct vec *v, int (*compare)(const void *, const void *));

#endif
