#ifndef TEXT_VALUE_H
#define TEXT_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

enum value_kind { VALUE_TEXT, VALUE_BOOL, VALUE_LIST, VALUE_MAP };

/*
 * What a template reads: a tree of texts, lists and maps in an arena. A value
 * may stand in several trees at once, so one article's map serves every page
 * that lists it. Values are not changed once they are in use by a render.
 */
struct value;

/* New values, which live in arena. value_text() borrows the text, of less than
 * 4 GiB. A number is the text of its decimal digits. */
struct value *value_text(struct arena *arena, struct str text);
struct value *value_number(struct arena *arena, int64_t number);
struct value *value_bool(struct arena *arena, bool is_true);
struct value *value_list(struct arena *arena);
struct value *value_map(struct arena *arena);

/* Put member at key, a literal or a string that outlives the map; a later one
 * of the same key wins. NULL members are passed over. */
void value_put(struct arena *arena, struct value *map, struct str key,
    const struct value *member);

/* The same with text; an empty text is left out, so that a section on it is
 * not shown. */
void value_put_text(
    struct arena *arena, struct value *map, struct str key, struct str text);

/* Add item at the end of list. NULL items are passed over. */
void value_add(
    struct arena *arena, struct value *list, const struct value *item);

enum value_kind value_get_kind(const struct value *v);

/* The text; of a boolean "true" or "false", of a list or a map nothing. */
struct str value_get_text(const struct value *v);

/* The number of items; 0 for what is no list. */
size_t value_get_count(const struct value *list);

/* The member at key; NULL when there is none, or map is no map. */
const struct value *value_find(const struct value *map, struct str key);

/* The first item of a list and the one behind a cursor; NULL at the end, and
 * for what is no list. */
struct value_item;
const struct value_item *value_first(const struct value *list);
const struct value_item *value_next(const struct value_item *item);
const struct value *value_of(const struct value_item *item);

/* Mustache's truth: false for NULL, a false boolean, an empty text and an
 * empty list. */
bool value_is_true(const struct value *v);

#endif
