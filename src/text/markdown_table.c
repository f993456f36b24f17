/*
 * Tables: columns padded by the width that text has on a terminal, or a block
 * of lines for each row where that were too wide.
 */
#include "text/markdown_table.h"

#include "text/fold.h"
#include "text/gemtext.h"

enum {
	columns_max = 128, /* what is behind is left out */
	text_max = 1 << 20, /* bytes of a cell */
};

static const struct str separator = STR_INIT(" | ");
static const struct str fence = STR_INIT("```");

void
markdown_table_init(struct markdown_table *table)
{
	*table = (struct markdown_table){.rows = VEC_INIT(size_t),
	    .links = VEC_INIT(size_t),
	    .cells = VEC_INIT(struct markdown_cell)};
}

void
markdown_table_fini(struct markdown_table *table)
{
	vec_fini(&table->cells);
	vec_fini(&table->links);
	vec_fini(&table->rows);
	arena_fini(&table->arena);
}

void
markdown_table_add_row(struct markdown_table *table, bool is_head, size_t links)
{
	if (table->rows.n == 0)
		table->has_head = is_head;
	*(size_t *)vec_add(&table->rows) = table->cells.n;
	*(size_t *)vec_add(&table->links) = links;
}

void
markdown_table_add_cell(
    struct markdown_table *table, struct str text, enum markdown_align align)
{
	struct markdown_cell *cell;
	struct buf line;

	if (table->rows.n == 0)
		markdown_table_add_row(table, false, 0);
	buf_init(&line, text_max);
	gemtext_add_line_part(&line, text);
	cell = vec_add(&table->cells);
	cell->text = arena_str(&table->arena, buf_str(&line));
	cell->align = align;
	buf_fini(&line);
}

/* The cells of row i, and their number. */
static const struct markdown_cell *
get_row(const struct markdown_table *table, size_t i, size_t *count)
{
	size_t first = *(size_t *)vec_get(&table->rows, i), end;

	end = i + 1 < table->rows.n ? *(size_t *)vec_get(&table->rows, i + 1)
				    : table->cells.n;
	*count = end - first < columns_max ? end - first : columns_max;
	return *count == 0 ? NULL : vec_get(&table->cells, first);
}

/* Fill in the width of each column; their number. */
static size_t
measure(const struct markdown_table *table, size_t widths[columns_max])
{
	size_t columns = 0, count;

	for (size_t i = 0; i < table->rows.n; i++) {
		const struct markdown_cell *cells = get_row(table, i, &count);

		for (; columns < count; columns++)
			widths[columns] = 0;
		for (size_t k = 0; k < count; k++) {
			size_t width = fold_width(cells[k].text);

			if (width > widths[k])
				widths[k] = width;
		}
	}
	return columns;
}

bool
markdown_table_fits(const struct markdown_table *table)
{
	size_t widths[columns_max] = {0}, total = 0, columns;

	columns = measure(table, widths);
	for (size_t i = 0; i < columns; i++)
		total += widths[i] + (i > 0 ? separator.n : 0);
	return total <= markdown_table_columns_max;
}

bool
markdown_table_is_empty(const struct markdown_table *table)
{
	VEC_EACH (struct markdown_cell, cell, &table->cells)
		if (cell->text.n > 0)
			return false;
	return true;
}

static void
add_spaces(struct buf *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_add_char(out, ' ');
}

/* Spaces before the text of a cell with so many to spare. */
static size_t
space_before(enum markdown_align align, size_t spare)
{
	switch (align) {
	case MARKDOWN_LEFT:
		return 0;
	case MARKDOWN_CENTER:
		return spare / 2;
	case MARKDOWN_RIGHT:
		return spare;
	}
	return 0;
}

static void
trim_line(struct buf *out, size_t start)
{
	while (out->n > start && out->p[out->n - 1] == ' ')
		buf_truncate(out, out->n - 1);
}

static void
add_row(const struct markdown_table *table, size_t i, const size_t *widths,
    struct buf *out)
{
	size_t count, start = out->n;
	const struct markdown_cell *cells = get_row(table, i, &count);

	for (size_t k = 0; k < count; k++) {
		size_t spare = widths[k] - fold_width(cells[k].text);
		size_t before = space_before(cells[k].align, spare);

		if (k > 0)
			buf_add(out, separator);
		else if (str_starts(cells[k].text, fence) && before == 0)
			buf_add_char(out, ' ');
		add_spaces(out, before);
		buf_add(out, cells[k].text);
		add_spaces(out, spare - before);
	}
	trim_line(out, start);
	buf_add_char(out, '\n');
}

static void
add_line(const size_t *widths, size_t columns, struct buf *out)
{
	for (size_t i = 0; i < columns; i++) {
		if (i > 0)
			buf_add(out, STR("-|-"));
		for (size_t k = 0; k < widths[i]; k++)
			buf_add_char(out, '-');
	}
	buf_add_char(out, '\n');
}

/* Add what is said of a table; a backtick would look like more of its fence. */
static void
add_alt_part(struct buf *out, struct str text)
{
	struct str part;
	struct buf plain;
	bool has_more = true;

	buf_init(&plain, text_max);
	while (has_more) {
		has_more = str_cut(&text, '`', &part);
		buf_add(&plain, part);
	}
	gemtext_add_line_part(out, buf_str(&plain));
	buf_fini(&plain);
}

/* What a client says for those who do not see the table. */
static void
add_alt(const struct markdown_table *table, struct buf *out)
{
	const struct markdown_cell *cells;
	size_t count, start;

	if (table->caption.n > 0 || !table->has_head) {
		add_alt_part(out, table->caption);
		return;
	}
	start = out->n;
	cells = get_row(table, 0, &count);
	for (size_t i = 0; i < count; i++) {
		if (cells[i].text.n == 0)
			continue;
		if (out->n > start)
			buf_add(out, STR(", "));
		add_alt_part(out, cells[i].text);
	}
}

void
markdown_table_add_columns(const struct markdown_table *table, struct buf *out)
{
	size_t widths[columns_max] = {0}, columns;

	columns = measure(table, widths);
	buf_add(out, fence);
	add_alt(table, out);
	buf_add_char(out, '\n');
	for (size_t i = 0; i < table->rows.n; i++) {
		add_row(table, i, widths, out);
		if (i == 0 && table->has_head)
			add_line(widths, columns, out);
	}
	buf_add(out, fence);
	buf_add_char(out, '\n');
}

static void
add_item(struct buf *out, struct str head, struct str text)
{
	buf_add(out, STR("* "));
	buf_add(out, head);
	if (head.n > 0)
		buf_add(out, str_ends(head, STR(":")) ? STR(" ") : STR(": "));
	buf_add(out, text);
	buf_add_char(out, '\n');
}

bool
markdown_table_add_block(
    const struct markdown_table *table, size_t i, struct buf *out)
{
	size_t count, head_count = 0, start = out->n;
	const struct markdown_cell *cells = get_row(table, i, &count),
				   *heads = NULL;

	if (table->has_head)
		heads = get_row(table, 0, &head_count);
	for (size_t k = 0; k < count; k++)
		if (cells[k].text.n > 0)
			add_item(out, k < head_count ? heads[k].text : STR(""),
			    cells[k].text);
	return out->n > start;
}
