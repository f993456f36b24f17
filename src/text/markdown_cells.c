/*
 * The table of a page, cell by cell. A table in the cell of another is text of
 * that cell; one that holds nothing but links and images was there for its
 * layout, and becomes links.
 */
#include "text/markdown_cells.h"

#include "text/gemtext.h"
#include "text/markdown_write.h"

void
markdown_cells_add_block(struct markdown_page *page)
{
	bool shows = page->options->links != MARKDOWN_LINKS_OFF;

	if (!markdown_inline_is_only_links(&page->in) || !shows)
		page->is_table_pure = false;
	if (markdown_inline_get_text(&page->in).n == 0)
		markdown_write_label_as_text(page);
	if (page->cell.n > 0)
		buf_add_char(&page->cell, ' ');
	buf_add(&page->cell, markdown_inline_get_text(&page->in));
	if (shows)
		markdown_links_add_all(&page->pending, &page->in.links);
}

/* Whether the innermost table is not in a cell of another. */
static bool
is_outermost(const struct markdown_page *page)
{
	return markdown_find_outer(page, MARKDOWN_TABLE) ==
	    markdown_find_inner(page, MARKDOWN_TABLE);
}

void
markdown_cells_start(struct markdown_page *page)
{
	if (markdown_find_inner(page, MARKDOWN_TABLE) != NULL)
		return;
	markdown_write_other(page);
	page->is_table_pure = true;
	page->in_row = false;
	page->in_cell = false;
	buf_clear(&page->cell);
}

/* Write the links of all up to the first `end` behind the row that has them. */
static void
write_row_links(struct markdown_page *page,
    const struct markdown_link_list *links, size_t *at, size_t end)
{
	for (; *at < end; (*at)++)
		markdown_links_add(&page->pending, vec_get(&links->list, *at));
	page->has_written = true;
	markdown_write_pending(page);
}

/* Write a table that is too wide as a block of lines for each row, with the
 * links of the row behind it. */
static void
write_blocks(struct markdown_page *page)
{
	const struct markdown_table *table = &page->table;
	struct markdown_link_list links = page->pending;
	size_t at = 0;
	bool owed = false;

	markdown_links_init(&page->pending);
	if (table->caption.n > 0) {
		gemtext_add_text(page->out, table->caption);
		owed = true;
	}
	for (size_t i = table->has_head ? 1 : 0; i < table->rows.n; i++) {
		size_t start = page->out->n;
		size_t *end = i + 1 < table->links.n
		    ? vec_get(&table->links, i + 1)
		    : &links.list.n;

		if (owed)
			buf_add_char(page->out, '\n');
		if (!markdown_table_add_block(table, i, page->out)) {
			buf_truncate(page->out, start);
			continue;
		}
		owed = true;
		write_row_links(page, &links, &at, *end);
	}
	write_row_links(page, &links, &at, links.list.n);
	markdown_links_fini(&links);
}

void
markdown_cells_finish(struct markdown_page *page)
{
	if (page->is_table_pure && page->pending.list.n > 0) {
		markdown_write_pure(page, &page->pending);
		markdown_links_clear(&page->pending);
	} else if (!markdown_table_is_empty(&page->table)) {
		markdown_write_start(page);
		if (markdown_table_fits(&page->table))
			markdown_table_add_columns(&page->table, page->out);
		else
			write_blocks(page);
		page->has_written = true;
		markdown_write_pending(page);
	}
	markdown_table_fini(&page->table);
	markdown_table_init(&page->table);
}

static bool
is_open(const struct markdown_page *page)
{
	return markdown_find_inner(page, MARKDOWN_TABLE) != NULL &&
	    is_outermost(page);
}

void
markdown_page_add_row(struct markdown_page *page)
{
	markdown_page_close_cell(page);
	if (is_open(page))
		page->in_row = false;
}

void
markdown_page_open_cell(
    struct markdown_page *page, bool is_head, enum markdown_align align)
{
	markdown_page_close_cell(page);
	if (!is_open(page))
		return;
	if (!page->in_row)
		markdown_table_add_row(
		    &page->table, is_head, page->pending.list.n);
	if (page->table.rows.n == 1 && !is_head)
		page->table.has_head = false;
	page->in_row = true;
	page->in_cell = true;
	page->align = align;
}

void
markdown_page_close_cell(struct markdown_page *page)
{
	markdown_page_flush(page);
	if (!is_open(page))
		return;
	if (page->in_cell)
		markdown_table_add_cell(
		    &page->table, buf_str(&page->cell), page->align);
	else if (page->cell.n > 0)
		page->table.caption =
		    arena_str(&page->table.arena, buf_str(&page->cell));
	page->in_cell = false;
	buf_clear(&page->cell);
}
