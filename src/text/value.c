/*
 * What templates read. Values are small, for there are millions of them when
 * a capsule is large: a text takes 16 bytes, a member of a map 32. A map is a
 * row that is searched from its end, which for the few dozen members that a
 * page has is faster than a table.
 */
#include "text/value.h"

#include <assert.h>
#include <string.h>

enum {
	decimal_base = 10,
	digits_max = 20, /* of 64 bits, with a sign */
};

struct value_item {
	const struct value *value;
	struct value_item *next;
};

struct value_row {
	struct value_item *first;
	struct value_item *last;
};

struct value_member {
	const char *key;
	const struct value *value;
	struct value_member *next; /* put before this one */
	uint32_t key_n;
};

struct value {
	union {
		const char *text;
		struct value_row *row;
		struct value_member *members;
	} of;
	uint32_t n; /* bytes, items, members; of a boolean its truth */
	uint8_t kind; /* enum value_kind */
};

static struct value *
value_new(struct arena *arena, enum value_kind kind)
{
	struct value *v;

	v = arena_alloc(arena, sizeof(*v));
	v->kind = (uint8_t)kind;
	return v;
}

struct value *
value_text(struct arena *arena, struct str text)
{
	struct value *v;

	assert(text.n <= UINT32_MAX);
	v = value_new(arena, VALUE_TEXT);
	v->of.text = text.p;
	v->n = (uint32_t)text.n;
	return v;
}

struct value *
value_number(struct arena *arena, int64_t number)
{
	char digits[digits_max];
	uint64_t rest;
	size_t at = sizeof(digits);

	rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
	do {
		digits[--at] = (char)('0' + rest % decimal_base);
		rest /= decimal_base;
	} while (rest > 0);
	if (number < 0)
		digits[--at] = '-';
	return value_text(arena,
	    arena_str(arena, str_from(digits + at, sizeof(digits) - at)));
}

struct value *
value_bool(struct arena *arena, bool is_true)
{
	struct value *v;

	v = value_new(arena, VALUE_BOOL);
	v->n = is_true;
	return v;
}

struct value *
value_list(struct arena *arena)
{
	struct value *v;

	v = value_new(arena, VALUE_LIST);
	v->of.row = arena_alloc(arena, sizeof(*v->of.row));
	return v;
}

struct value *
value_map(struct arena *arena)
{
	return value_new(arena, VALUE_MAP);
}

void
value_put(struct arena *arena, struct value *map, struct str key,
    const struct value *member)
{
	struct value_member *m;

	assert(map->kind == VALUE_MAP && key.n <= UINT32_MAX);
	if (member == NULL)
		return;
	m = arena_alloc(arena, sizeof(*m));
	m->key = key.p;
	m->key_n = (uint32_t)key.n;
	m->value = member;
	m->next = map->of.members;
	map->of.members = m;
	map->n++;
}

void
value_put_text(
    struct arena *arena, struct value *map, struct str key, struct str text)
{
	if (!str_is_empty(text))
		value_put(arena, map, key, value_text(arena, text));
}

void
value_add(
    struct arena *arena, struct value *list, const struct value *item_value)
{
	struct value_row *row = list->of.row;
	struct value_item *item;

	assert(list->kind == VALUE_LIST);
	if (item_value == NULL)
		return;
	item = arena_alloc(arena, sizeof(*item));
	item->value = item_value;
	if (row->first == NULL)
		row->first = item;
	else
		row->last->next = item;
	row->last = item;
	list->n++;
}

enum value_kind
value_get_kind(const struct value *v)
{
	return (enum value_kind)v->kind;
}

struct str
value_get_text(const struct value *v)
{
	if (v->kind == VALUE_TEXT)
		return str_from(v->of.text, v->n);
	if (v->kind == VALUE_BOOL)
		return v->n != 0 ? STR("true") : STR("false");
	return STR("");
}

size_t
value_get_count(const struct value *list)
{
	return list->kind == VALUE_LIST ? list->n : 0;
}

const struct value *
value_find(const struct value *map, struct str key)
{
	if (map->kind != VALUE_MAP)
		return NULL;
	for (const struct value_member *m = map->of.members; m != NULL;
	     m = m->next)
		if (str_eq(str_from(m->key, m->key_n), key))
			return m->value;
	return NULL;
}

const struct value_item *
value_first(const struct value *list)
{
	return list->kind == VALUE_LIST ? list->of.row->first : NULL;
}

const struct value_item *
value_next(const struct value_item *item)
{
	return item->next;
}

const struct value *
value_of(const struct value_item *item)
{
	return item->value;
}

bool
value_is_true(const struct value *v)
{
	if (v == NULL)
		return false;
	return v->kind == VALUE_MAP || v->n > 0;
}
