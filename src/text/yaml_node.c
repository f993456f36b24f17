/*
 * The tree of a YAML document, once it is there. How it comes about is
 * yaml.c's.
 */
#include "text/yaml.h"

static char
fold_key_byte(char c)
{
	return c == '-' || c == '_' ? ' ' : ascii_to_lower(c);
}

bool
yaml_key_eq(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (fold_key_byte(a.p[i]) != fold_key_byte(b.p[i]))
			return false;
	return true;
}

struct yaml_node *
yaml_find(const struct yaml_node *map, struct str key)
{
	if (map == NULL || map->kind != YAML_MAP)
		return NULL;
	for (struct yaml_node *node = map->first; node != NULL;
	     node = node->next)
		if (yaml_key_eq(node->key, key))
			return node;
	return NULL;
}

bool
yaml_is_null(const struct yaml_node *node)
{
	return node->kind == YAML_SCALAR && node->plain &&
	    (str_is_empty(node->text) || str_eq(node->text, STR("~")) ||
		str_eq_nocase(node->text, STR("null")));
}

bool
yaml_to_bool(struct str text, bool *out)
{
	static const struct {
		struct str word;
		bool value;
	} words[] = {
	    {STR_INIT("true"), true},
	    {STR_INIT("yes"), true},
	    {STR_INIT("y"), true},
	    {STR_INIT("on"), true},
	    {STR_INIT("false"), false},
	    {STR_INIT("no"), false},
	    {STR_INIT("n"), false},
	    {STR_INIT("off"), false},
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!str_eq_nocase(text, words[i].word))
			continue;
		*out = words[i].value;
		return true;
	}
	return false;
}

struct diag_place
yaml_place(const struct yaml_node *node, struct str file)
{
	return (struct diag_place){file, node->line, node->column};
}

struct diag_place
yaml_key_place(const struct yaml_node *node, struct str file)
{
	return (struct diag_place){file, node->key_line, node->key_column};
}
