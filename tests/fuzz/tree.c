/*
 * What must hold of a tree of metadata, whichever language it was written in.
 */
#include "tree.h"

#include <assert.h>

#include "base/utf8.h"

static void
check_text(struct str text)
{
	uint32_t code_point;

	while (utf8_next(&text, &code_point))
		assert(code_point == '\n' || code_point == '\t' ||
		    !code_point_is_control(code_point));
	assert(text.n == 0);
}

static void
check_node(const struct yaml_node *node, unsigned line_max)
{
	assert(node->line >= 1 && node->line <= line_max);
	assert(node->column >= 1);
	check_text(node->text);
	check_text(node->key);
	assert(node->kind != YAML_SCALAR || node->first == NULL);
	assert(node->kind == YAML_SCALAR || node->text.n == 0);
}

/* Walk the tree on a stack of the depth that it may have: each level holds
 * the sibling to go on with. */
static void
check_tree(const struct yaml_node *top, unsigned line_max)
{
	const struct yaml_node *stack[yaml_depth_max + 1] = {top};
	const struct yaml_node *node;
	size_t depth = 1, count = 0;

	while (depth > 0) {
		node = stack[depth - 1];
		if (node == NULL) {
			depth--;
			continue;
		}
		stack[depth - 1] = node->next;
		check_node(node, line_max);
		count++;
		if (node->kind == YAML_SCALAR)
			continue;
		assert(depth <= yaml_depth_max);
		stack[depth++] = node->first;
	}
	assert(count <= yaml_events_max);
}

void
tree_check_parse(tree_parse parse, const uint8_t *data, size_t size)
{
	struct yaml_input input = {.file = STR("f"),
	    .text = {(const char *)data, size},
	    .first_line = 1};
	struct arena arena = {0};
	struct yaml_node *top;
	struct diags diags;
	unsigned line_max = 1;

	for (size_t i = 0; i < size; i++)
		line_max += data[i] == '\n' || data[i] == '\r';
	diags_init(&diags);
	top = parse(&arena, &input, &diags);
	assert(diags.errors == (top == NULL));
	VEC_EACH (struct diag, diag, &diags.list) {
		assert(diag->place.line >= 1 && diag->place.line <= line_max);
		assert(diag->place.column >= 1);
		assert(diag->place.column <= size + 1);
		assert(diag->what.n > 0 && diag->hint.n > 0);
	}
	if (top != NULL)
		check_tree(top, line_max);
	diags_fini(&diags);
	arena_fini(&arena);
}
