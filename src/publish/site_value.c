/*
 * The shapes of values in capsule.yaml: text, numbers, words, maps. What a key
 * means is for site and site_index.
 */
#include "base/utf8.h"
#include "publish/site_parse.h"
#include "text/gemtext.h"

enum { text_max = 1024, name_max = 64, words_text_max = 512 };

void
site_error(const struct site_parse *parse, const struct yaml_node *node,
    const char *hint, const char *what)
{
	struct str key = utf8_first(node->key, name_max);

	/* The items of a list have no keys. */
	if (str_is_empty(key))
		key = STR("this item");
	diags_error(parse->diags, yaml_place(node, parse->file),
	    "capsule-value", hint, "%" STR_FMT " %s", STR_ARG(key), what);
}

struct str
site_take_text(const struct site_parse *parse, const struct yaml_node *node)
{
	struct str text;
	struct buf line;

	if (node == NULL || yaml_is_null(node))
		return (struct str){0};
	if (node->kind != YAML_SCALAR) {
		site_error(parse, node, "write one line of text here",
		    "is a list or a map");
		return (struct str){0};
	}
	buf_init(&line, yaml_size_max);
	gemtext_add_line_part(&line, node->text);
	text = arena_str(
	    &parse->site->arena, utf8_first(buf_str(&line), text_max));
	buf_fini(&line);
	return text;
}

struct str
site_take_member(
    const struct site_parse *parse, const struct yaml_node *map, struct str key)
{
	return site_take_text(parse, yaml_find(map, key));
}

size_t
site_take_number(const struct site_parse *parse, const struct yaml_node *node,
    size_t max, size_t fallback)
{
	uint64_t number;

	if (node == NULL || yaml_is_null(node))
		return fallback;
	if (node->kind == YAML_SCALAR && str_to_u64(node->text, max, &number) &&
	    number > 0)
		return (size_t)number;
	diags_error(parse->diags, yaml_place(node, parse->file),
	    "capsule-value", "write a number in digits",
	    "%" STR_FMT " is not a number from 1 to %zu",
	    STR_ARG(utf8_first(node->key, name_max)), max);
	return fallback;
}

bool
site_take_bool(
    const struct site_parse *parse, const struct yaml_node *node, bool fallback)
{
	bool value;

	if (node == NULL || yaml_is_null(node))
		return fallback;
	if (node->kind == YAML_SCALAR &&
	    yaml_to_bool(str_trim(node->text), &value))
		return value;
	site_error(
	    parse, node, "write true or false", "is neither true nor false");
	return fallback;
}

/* "a, b or c", for a message. */
static void
add_words(struct buf *out, const struct str *words)
{
	for (size_t i = 0; !str_is_empty(words[i]); i++) {
		if (i > 0)
			buf_add(out,
			    str_is_empty(words[i + 1]) ? STR(" or ")
						       : STR(", "));
		buf_add(out, words[i]);
	}
}

size_t
site_take_word(const struct site_parse *parse, const struct yaml_node *node,
    const struct str *words, size_t fallback)
{
	struct str word = site_take_text(parse, node);
	struct buf choice;

	for (size_t i = 0; !str_is_empty(words[i]); i++)
		if (str_eq_nocase(word, words[i]))
			return i;
	if (str_is_empty(word))
		return fallback;
	buf_init(&choice, words_text_max);
	add_words(&choice, words);
	diags_error(parse->diags, yaml_place(node, parse->file),
	    "capsule-value", "write one of these words",
	    "%" STR_FMT " is \"%" STR_FMT "\" and not %" STR_FMT,
	    STR_ARG(utf8_first(node->key, name_max)),
	    STR_ARG(utf8_first(word, name_max)), STR_ARG(buf_str(&choice)));
	buf_fini(&choice);
	return fallback;
}

bool
site_is_map(const struct site_parse *parse, const struct yaml_node *node,
    const char *hint)
{
	if (node == NULL || yaml_is_null(node))
		return false;
	if (node->kind == YAML_MAP)
		return true;
	site_error(parse, node, hint, "is no map of keys and values");
	return false;
}

void
site_tell_key(const struct site_parse *parse, const struct yaml_node *node,
    const struct nearest *nearest, bool is_error)
{
	struct diag_place place = yaml_key_place(node, parse->file);
	struct str key = utf8_first(node->key, name_max);
	void (*tell)(struct diags *, struct diag_place, const char *,
	    const char *, const char *, ...)
	    __attribute__((format(printf, 5, 6))) =
		is_error ? diags_error : diags_warning;

	if (str_is_empty(nearest->best))
		tell(parse->diags, place, "capsule-key",
		    "see capsule(7) for the keys", "unknown key %" STR_FMT,
		    STR_ARG(key));
	else
		tell(parse->diags, place, "capsule-key",
		    "correct the key or take it out",
		    "unknown key %" STR_FMT ", did you mean %" STR_FMT "?",
		    STR_ARG(key), STR_ARG(nearest->best));
}

void
site_check_keys(const struct site_parse *parse, const struct yaml_node *map,
    const struct str *keys, bool is_error)
{
	struct nearest nearest;
	bool is_known;

	for (const struct yaml_node *n = map->first; n != NULL; n = n->next) {
		nearest = nearest_to(n->key);
		is_known = false;
		for (size_t i = 0; !str_is_empty(keys[i]); i++) {
			nearest_try(&nearest, keys[i]);
			is_known |= yaml_key_eq(n->key, keys[i]);
		}
		if (!is_known)
			site_tell_key(parse, n, &nearest, is_error);
	}
}
