/*
 * Facts of HTML documents, and those in JSON-LD.
 */
#include "cli/html_linked.h"

#include "base/diag.h"
#include "text/yaml.h"

enum { terms_max = 100 };

void
html_add_term(struct vec *terms, struct str term)
{
	if (term.n == 0 || terms->n >= terms_max)
		return;
	VEC_EACH (struct str, each, terms)
		if (str_eq_nocase(*each, term))
			return;
	*(struct str *)vec_add(terms) = term;
}

void
html_take(struct str *slot, struct str value)
{
	if (slot->n == 0)
		*slot = value;
}

void
html_take_author(struct html *html, struct str author)
{
	if (str_find_str(author, STR("://")) < 0)
		html_add_term(&html->authors, author);
}

/* The names in a JSON-LD author: a text, an object, or a list of them. */
static void
take_linked_author(struct html *html, const struct yaml_node *author)
{
	const struct yaml_node *name;

	if (author == NULL)
		return;
	if (author->kind == YAML_LIST)
		author = author->first;
	for (; author != NULL; author = author->next) {
		name = author->kind == YAML_MAP ? yaml_find(author, STR("name"))
						: author;
		if (name != NULL && name->kind == YAML_SCALAR)
			html_take_author(html, name->text);
		if (author->key.n > 0)
			break;
	}
}

static struct str
scalar_at(const struct yaml_node *map, struct str key)
{
	const struct yaml_node *node = yaml_find(map, key);

	return node != NULL && node->kind == YAML_SCALAR ? node->text : STR("");
}

void
html_take_linked(struct html *html, struct arena *arena, struct str json)
{
	struct yaml_input input = {.file = STR("json"), .first_line = 1};
	const struct yaml_node *map, *graph;
	struct diags silent;
	struct buf text;

	/* Tabs stand between values only. */
	buf_init(&text, json.n);
	for (size_t i = 0; i < json.n; i++)
		buf_add_char(&text, json.p[i] == '\t' ? ' ' : json.p[i]);
	input.text = arena_str(arena, buf_str(&text));
	buf_fini(&text);
	diags_init(&silent);
	map = yaml_parse(arena, &input, &silent);
	graph = yaml_find(map, STR("@graph"));
	if (graph != NULL)
		map = graph;
	if (map != NULL && map->kind == YAML_LIST)
		map = map->first;
	for (; map != NULL; map = map->next) {
		html_take(&html->date, scalar_at(map, STR("datePublished")));
		html_take(&html->updated, scalar_at(map, STR("dateModified")));
		if (html->authors.n == 0)
			take_linked_author(html, yaml_find(map, STR("author")));
	}
	diags_fini(&silent);
}
