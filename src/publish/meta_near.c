/*
 * Keys that are a slip of the finger away from those of a field. Any key may
 * be meant as it is, so that only what is hardly a word of its own is named.
 */
#include "publish/meta_field.h"

#include "base/nearest.h"

enum {
	swap_min = 4, /* letters of a key two of which may be swapped */
	slip_min = 5, /* of one in which another letter may be wrong */
};

/* Keys of other programs that are near to ours by chance. */
static const struct str other_words[] = {STR_INIT("local"), STR_INIT("locals"),
    STR_INIT("title2"), STR_INIT("titled"), STR_INIT("tile"),
    STR_INIT("section1"), STR_INIT("created_by"), STR_INIT("dates"),
    STR_INIT("recover"), STR_INIT("uncover"), STR_INIT("drafted"),
    STR_INIT("translations_key"), STR_INIT("summaries"), STR_INIT("updates"),
    STR_INIT("update"), STR_INIT("imaged"), STR_INIT("expert"),
    STR_INIT("authored")};

static bool
is_other_word(struct str key)
{
	for (size_t i = 0; i < sizeof(other_words) / sizeof(*other_words); i++)
		if (yaml_key_eq(key, other_words[i]))
			return true;
	return false;
}

/* Whether two words have the same letters, but two neighbours swapped. */
static bool
is_swapped(struct str a, struct str b)
{
	size_t i = 0;

	if (a.n != b.n)
		return false;
	while (i < a.n && ascii_to_lower(a.p[i]) == ascii_to_lower(b.p[i]))
		i++;
	return i + 1 < a.n &&
	    ascii_to_lower(a.p[i]) == ascii_to_lower(b.p[i + 1]) &&
	    ascii_to_lower(a.p[i + 1]) == ascii_to_lower(b.p[i]) &&
	    str_eq_nocase(str_from_index(a, i + 2), str_from_index(b, i + 2));
}

/* Whether one of two words is the other's plural. */
static bool
is_plural(struct str a, struct str b)
{
	struct str shorter = a.n < b.n ? a : b, longer = a.n < b.n ? b : a;

	return longer.n == shorter.n + 1 &&
	    ascii_to_lower(longer.p[shorter.n]) == 's' &&
	    str_eq_nocase(str_first(longer, shorter.n), shorter);
}

/* Whether two words are one letter apart, not the first. */
static bool
is_slip(struct str a, struct str b)
{
	struct nearest nearest = nearest_to(a);

	if (a.n < slip_min || b.n < slip_min || is_plural(a, b) ||
	    ascii_to_lower(a.p[0]) != ascii_to_lower(b.p[0]))
		return false;
	nearest_try(&nearest, b);
	return !str_is_empty(nearest.best) && nearest.distance == 1;
}

static struct str
key_meant(const struct meta *meta, struct str key)
{
	struct meta_value value;
	struct str known;

	for (int field = 0; field < FIELD_COUNT; field++) {
		if (meta_find_own(meta, (enum field)field, &value))
			continue;
		for (size_t i = 0;; i++) {
			known = meta_field_key((enum field)field, i);
			if (str_is_empty(known))
				break;
			if ((known.n >= swap_min && is_swapped(key, known)) ||
			    is_slip(key, known))
				return known;
		}
	}
	return (struct str){0};
}

void
meta_each_near_key(const struct meta_input *input,
    void (*tell)(void *context, struct diag_place place, struct meta_near near),
    void *context)
{
	struct arena arena = {0};
	struct diags diags;
	struct meta meta = {.input = input, .diags = &diags, .arena = &arena};
	struct meta_near near;

	diags_init(&diags);
	meta_open(&meta);
	for (size_t i = 0; i < META_DEFAULTS; i++) {
		const struct yaml_node *map = meta.layers[i].map;

		if (map == NULL || map->kind != YAML_MAP)
			continue;
		for (const struct yaml_node *n = map->first; n != NULL;
		     n = n->next) {
			near.key = n->key;
			if (meta_key_is_known(n->key) || is_other_word(n->key))
				continue;
			near.meant = key_meant(&meta, n->key);
			if (!str_is_empty(near.meant))
				tell(context,
				    yaml_key_place(n, meta.layers[i].file),
				    near);
		}
	}
	diags_fini(&diags);
	arena_fini(&arena);
}
