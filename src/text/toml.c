/*
 * TOML, as front matter has it, to the tree that YAML gives. What the values
 * mean is for the reader of the tree.
 */
#include "text/toml.h"

#include "text/toml_scan.h"

#define SYNTAX "toml-syntax"

/* An array or an inline table that is open. */
struct frame {
	struct yaml_node *node;
	size_t depth; /* in the tree, the top being 1 */
};

struct parse {
	struct toml_scan scan;
	struct yaml_node *top;
	struct frame table; /* that the lines belong to */
	struct frame stack[yaml_depth_max];
	size_t open; /* frames on the stack */
	bool had_comma; /* before the item that comes */
	size_t count; /* of nodes */
};

static struct yaml_node *
node_new(struct parse *p, enum yaml_kind kind, size_t at)
{
	struct yaml_node *node = arena_alloc(p->scan.arena, sizeof(*node));

	node->kind = kind;
	node->text = node->key = STR("");
	toml_place(&p->scan, at, &node->line, &node->column);
	p->count++;
	return node;
}

/* Whether there may be so many levels and nodes; else it is said at index at,
 * and the result is -1. */
static int
check_limits(struct parse *p, size_t depth, size_t at)
{
	if (depth > yaml_depth_max)
		return toml_error(&p->scan, at, "toml-limit",
		    "tables and arrays are nested too deep",
		    "take a level out");
	if (p->count >= yaml_events_max)
		return toml_error(&p->scan, at, "toml-limit",
		    "the metadata has too many values", "shorten it");
	return 0;
}

static void
append(struct yaml_node *parent, struct yaml_node *node)
{
	struct yaml_node **link = &parent->first;

	while (*link != NULL)
		link = &(*link)->next;
	*link = node;
}

/* Put node at the end of map, in place of an earlier one of its key. */
static void
put(struct parse *p, struct yaml_node *map, struct yaml_node *node)
{
	struct yaml_node **link = &map->first;

	while (*link != NULL) {
		struct yaml_node *old = *link;

		if (!yaml_key_eq(old->key, node->key)) {
			link = &old->next;
			continue;
		}
		diags_warning(p->scan.diags,
		    yaml_key_place(node, p->scan.input->file),
		    "toml-duplicate-key", "take one of them out",
		    "the key \"%" STR_FMT "\" stands on line %u too; the last "
		    "one counts",
		    STR_ARG(node->key), old->key_line);
		*link = old->next;
	}
	*link = node;
}

static struct yaml_node *
last_child(const struct yaml_node *list)
{
	struct yaml_node *node = list->first;

	while (node != NULL && node->next != NULL)
		node = node->next;
	return node;
}

/* A key that is read: its last part, and the table that the parts before it
 * lead to. */
struct key {
	struct yaml_node *table;
	struct str name;
	size_t at;
	size_t depth;
};

static void
set_key(struct parse *p, struct yaml_node *node, const struct key *key)
{
	node->key = key->name;
	toml_place(&p->scan, key->at, &node->key_line, &node->key_column);
}

/* Go from key->table to the table at key->name, which is made where there is
 * none; of an array of tables to its last one. */
static int
enter(struct parse *p, struct key *key)
{
	struct yaml_node *node = yaml_find(key->table, key->name);

	key->depth++;
	if (check_limits(p, key->depth, key->at) < 0)
		return -1;
	if (node == NULL) {
		node = node_new(p, YAML_MAP, key->at);
		set_key(p, node, key);
		append(key->table, node);
	}
	if (node->kind == YAML_LIST) {
		key->depth++;
		node = last_child(node);
	}
	if (node == NULL || node->kind != YAML_MAP)
		return toml_error(&p->scan, key->at, SYNTAX,
		    "this key has a value already, so it cannot be a table",
		    "rename one of them");
	key->table = node;
	return 0;
}

/* Read a key of one or more parts with dots between them. */
static int
read_key(struct parse *p, struct key *key)
{
	for (;;) {
		toml_skip_blanks(&p->scan);
		key->at = p->scan.at;
		if (toml_read_key(&p->scan, &key->name) < 0)
			return -1;
		toml_skip_blanks(&p->scan);
		if (!toml_take(&p->scan, STR(".")))
			return 0;
		if (enter(p, key) < 0)
			return -1;
	}
}

/* Read "key =" of a table, and make room for its value there. */
static int
read_assignment(struct parse *p, struct key *key)
{
	if (read_key(p, key) < 0)
		return -1;
	if (toml_take(&p->scan, STR("="))) {
		toml_skip_blanks(&p->scan);
		return 0;
	}
	return toml_error(&p->scan, p->scan.at, SYNTAX,
	    toml_peek(&p->scan) == ':' ? "a colon, where TOML has \"=\""
				       : "there is no \"=\" behind the key",
	    "write key = value");
}

/* Read the start of a value whose parent is at depth: all of a scalar; of an
 * array or an inline table only the bracket, and it goes onto the stack. */
static struct yaml_node *
open_value(struct parse *p, size_t depth)
{
	size_t at = p->scan.at;
	struct yaml_node *node;
	char c = toml_peek(&p->scan);
	int result;

	if (c == '[' || c == '{') {
		if (check_limits(p, depth + 1, at) < 0)
			return NULL;
		p->scan.at++;
		node = node_new(p, c == '[' ? YAML_LIST : YAML_MAP, at);
		p->stack[p->open++] = (struct frame){node, depth + 1};
		return node;
	}
	if (check_limits(p, 0, at) < 0)
		return NULL;
	node = node_new(p, YAML_SCALAR, at);
	node->plain = c != '"' && c != '\'';
	result = node->plain ? toml_read_bare(&p->scan, &node->text)
			     : toml_read_string(&p->scan, &node->text);
	return result < 0 ? NULL : node;
}

/* Whether the innermost array or inline table ends here; -1 where it should
 * end or go on, and does not. */
static int
check_end(struct parse *p)
{
	const struct yaml_node *node = p->stack[p->open - 1].node;
	bool is_list = node->kind == YAML_LIST;

	toml_skip_lines(&p->scan);
	if (toml_take(&p->scan, is_list ? STR("]") : STR("}"))) {
		p->open--;
		return 1;
	}
	if (p->scan.at == p->scan.input->text.n)
		return toml_error(&p->scan, p->scan.at, SYNTAX,
		    is_list ? "an array is not closed"
			    : "an inline table is not closed",
		    is_list ? "close it with \"]\"" : "close it with \"}\"");
	if (node->first != NULL && !p->had_comma)
		return toml_error(&p->scan, p->scan.at, SYNTAX,
		    "there is no comma before this value",
		    "put a comma between the values");
	return 0;
}

/* Read the next item of the innermost array or inline table, or its end. */
static int
read_item(struct parse *p)
{
	struct frame parent = p->stack[p->open - 1];
	struct key key = {.table = parent.node, .depth = parent.depth};
	struct yaml_node *node;
	int ends = check_end(p);

	if (ends != 0)
		return ends < 0 ? -1 : 0;
	if (parent.node->kind == YAML_MAP && read_assignment(p, &key) < 0)
		return -1;
	node = open_value(p, key.depth);
	if (node == NULL)
		return -1;
	if (parent.node->kind == YAML_LIST) {
		append(parent.node, node);
		return 0;
	}
	set_key(p, node, &key);
	put(p, key.table, node);
	return 0;
}

/* Read a value whose parent is at depth, to its end. */
static struct yaml_node *
read_value(struct parse *p, size_t depth)
{
	struct yaml_node *node = open_value(p, depth);

	p->had_comma = false;
	while (node != NULL && p->open > 0) {
		size_t before = p->open;

		if (read_item(p) < 0)
			return NULL;
		p->had_comma = false;
		if (p->open == 0 || p->open > before)
			continue;
		toml_skip_lines(&p->scan);
		p->had_comma = toml_take(&p->scan, STR(","));
	}
	return node;
}

/* Read "key = value". */
static int
read_pair(struct parse *p)
{
	struct key key = {.table = p->table.node, .depth = p->table.depth};
	struct yaml_node *node;

	if (read_assignment(p, &key) < 0)
		return -1;
	node = read_value(p, key.depth);
	if (node == NULL)
		return -1;
	set_key(p, node, &key);
	put(p, key.table, node);
	return 0;
}

/* Add a table to the array of tables at key. */
static int
add_table(struct parse *p, struct key *key)
{
	struct yaml_node *list = yaml_find(key->table, key->name);

	if (check_limits(p, key->depth + 2, key->at) < 0)
		return -1;
	if (list == NULL) {
		list = node_new(p, YAML_LIST, key->at);
		set_key(p, list, key);
		append(key->table, list);
	}
	if (list->kind != YAML_LIST)
		return toml_error(&p->scan, key->at, SYNTAX,
		    "this key has a value already, so it cannot be an array",
		    "rename one of them");
	key->table = node_new(p, YAML_MAP, key->at);
	append(list, key->table);
	key->depth += 2;
	return 0;
}

/* Read "[table]" or "[[array of tables]]". */
static int
read_table(struct parse *p)
{
	size_t start = p->scan.at;
	bool is_array = toml_take(&p->scan, STR("[["));
	struct key key = {.table = p->top, .depth = 1};

	if (!is_array)
		p->scan.at++;
	if (read_key(p, &key) < 0)
		return -1;
	if (!toml_take(&p->scan, is_array ? STR("]]") : STR("]")))
		return toml_error(&p->scan, start, SYNTAX,
		    "the name of a table is not closed",
		    is_array ? "close it with \"]]\"" : "close it with \"]\"");
	if ((is_array ? add_table(p, &key) : enter(p, &key)) < 0)
		return -1;
	p->table = (struct frame){key.table, key.depth};
	return 0;
}

static int
read_lines(struct parse *p)
{
	toml_skip_lines(&p->scan);
	while (p->scan.at < p->scan.input->text.n) {
		int result =
		    toml_peek(&p->scan) == '[' ? read_table(p) : read_pair(p);
		size_t at = p->scan.at;

		if (result < 0)
			return -1;
		toml_skip_blanks(&p->scan);
		if (p->scan.at < p->scan.input->text.n &&
		    str_find_char(STR("#\r\n"), toml_peek(&p->scan)) < 0)
			return toml_error(&p->scan, at, SYNTAX,
			    "text behind the value",
			    "quote the whole value, or begin a new line");
		toml_skip_lines(&p->scan);
	}
	return 0;
}

struct yaml_node *
toml_parse(
    struct arena *arena, const struct yaml_input *input, struct diags *diags)
{
	struct parse p = {
	    .scan = {.arena = arena, .input = input, .diags = diags}};

	if (toml_check_text(&p.scan) < 0)
		return NULL;
	toml_take(&p.scan, STR("\xef\xbb\xbf"));
	p.top = node_new(&p, YAML_MAP, 0);
	p.table = (struct frame){p.top, 1};
	return read_lines(&p) < 0 ? NULL : p.top;
}
