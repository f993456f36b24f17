/*
 * The lines of a page: the marks before them and the blank lines between them.
 */
#include "text/markdown_write.h"

#include <limits.h>
#include <string.h>

#include "base/utf8.h"
#include "text/gemtext.h"

enum {
	level_max = 3,
	depth_shown_max = 6, /* of nested lists and quotes */
	label_max = 64 * 1024,
	replacement = 0xfffd,
};

/* Stands for the list of notes, which no container is. */
static const unsigned notes_id = UINT_MAX;

static const struct str fence = STR_INIT("```");

struct markdown_container *
markdown_find_inner(const struct markdown_page *page, enum markdown_kind kind)
{
	for (size_t i = page->stack.n; i > 0; i--) {
		struct markdown_container *c = vec_get(&page->stack, i - 1);

		if (c->kind == kind)
			return c;
	}
	return NULL;
}

struct markdown_container *
markdown_find_outer(const struct markdown_page *page, enum markdown_kind kind)
{
	VEC_EACH (struct markdown_container, c, &page->stack)
		if (c->kind == kind)
			return c;
	return NULL;
}

/* Where the page stands: which quote and list, and how deep. */
struct where {
	unsigned quote; /* id of the outermost */
	unsigned quotes;
	unsigned list; /* id of the outermost inside of the innermost quote */
	unsigned lists;
	struct markdown_container *innermost; /* list */
	struct markdown_container *item; /* the innermost, when it is new */
};

static struct where
find_where(const struct markdown_page *page)
{
	struct where w = {0};

	VEC_EACH (struct markdown_container, c, &page->stack) {
		switch (c->kind) {
		case MARKDOWN_QUOTE:
			w = (struct where){
			    .quote = w.quote == 0 ? c->id : w.quote,
			    .quotes = w.quotes + 1};
			break;
		case MARKDOWN_LIST:
			w.list = w.list == 0 ? c->id : w.list;
			w.lists++;
			w.innermost = c;
			w.item = NULL;
			break;
		case MARKDOWN_ITEM:
			w.item = c->is_new && w.innermost != NULL ? c : NULL;
			break;
		case MARKDOWN_TABLE:
			break;
		}
	}
	return w;
}

static bool
is_page_empty(const struct markdown_page *page)
{
	return page->out->n == page->start;
}

/* Write the blank line before a block, where one belongs there. */
static void
write_gap(struct markdown_page *page, unsigned quote, unsigned list)
{
	struct markdown_last last = page->last;

	page->last = (struct markdown_last){.quote = quote, .list = list};
	if (is_page_empty(page) || (list != 0 && list == last.list))
		return;
	if (quote != 0 && quote == last.quote)
		buf_add_char(page->out, '>');
	buf_add_char(page->out, '\n');
}

static void
write_quotes(struct markdown_page *page, unsigned quotes)
{
	if (quotes > depth_shown_max)
		quotes = depth_shown_max;
	for (unsigned i = 0; i < quotes; i++)
		buf_add(page->out, STR("> "));
}

/* Write the mark of an item: "* ", "1. ", and "* – " where it is nested. */
static void
write_item_mark(struct markdown_page *page, const struct where *w)
{
	const struct markdown_container *list = w->innermost;
	unsigned depth =
	    w->lists > depth_shown_max ? depth_shown_max : w->lists;

	if (!list->is_ordered || depth > 1)
		buf_add(page->out, STR("* "));
	for (unsigned i = 1; i < depth; i++)
		buf_add(page->out, STR("\xe2\x80\x93 "));
	if (list->is_ordered)
		buf_addf(
		    page->out, "%lu%c ", list->number - 1, list->delimiter);
	switch (w->item->task) {
	case MARKDOWN_NO_TASK:
		break;
	case MARKDOWN_TASK_OPEN:
		buf_add(page->out, STR("\xe2\x98\x90 "));
		break;
	case MARKDOWN_TASK_DONE:
		buf_add(page->out, STR("\xe2\x98\x91 "));
		break;
	}
}

/* Whether a line would be taken for another type than text. */
static bool
is_marked(struct str line)
{
	return str_starts(line, STR("#")) || str_starts(line, STR(">")) ||
	    str_starts(line, STR("=>")) || str_starts(line, STR("* ")) ||
	    str_starts(line, fence);
}

/* Write the lines of text behind the marks of the first one. */
static void
write_lines(struct markdown_page *page, struct str text, unsigned quotes)
{
	struct str line;

	for (bool first = true; str_next_line(&text, &line); first = false) {
		if (!first && line.n == 0 && quotes > 0)
			buf_add_char(page->out, '>');
		else if (!first)
			write_quotes(page, quotes);
		if (quotes == 0 && !first && is_marked(line))
			buf_add_char(page->out, ' ');
		buf_add(page->out, line);
		buf_add_char(page->out, '\n');
	}
}

void
markdown_write_text(struct markdown_page *page, struct str text)
{
	struct where w = find_where(page);

	unsigned list = page->note > 0 ? notes_id : 0;

	write_gap(page, w.quote, w.item != NULL ? w.list : list);
	write_quotes(page, w.quotes);
	if (w.item != NULL) {
		write_item_mark(page, &w);
		w.item->is_new = false;
	} else if (page->note > 0) {
		buf_addf(page->out, "[%u] ", page->note);
		page->note = 0;
	} else if (w.quotes == 0 && is_marked(text)) {
		buf_add_char(page->out, ' ');
	}
	write_lines(page, text, w.quotes);
}

void
markdown_write_heading(struct markdown_page *page, int level, struct str text)
{
	struct where w = find_where(page);

	if (w.quotes > 0 || w.item != NULL) {
		markdown_write_text(page, text);
		return;
	}
	write_gap(page, 0, 0);
	for (int i = 0; i < level && i < level_max; i++)
		buf_add_char(page->out, '#');
	buf_add_char(page->out, ' ');
	gemtext_add_line_part(page->out, text);
	buf_add_char(page->out, '\n');
}

void
markdown_write_start(struct markdown_page *page)
{
	struct where w = find_where(page);

	if (w.item != NULL && w.innermost->is_ordered) {
		write_gap(page, w.quote, w.list);
		write_quotes(page, w.quotes);
		write_item_mark(page, &w);
		page->out->p[page->out->n - 1] = '\n';
	}
	if (w.item != NULL)
		w.item->is_new = false;
	write_gap(page, 0, 0);
}

static void
write_link(struct markdown_page *page, const struct markdown_link *link,
    unsigned number)
{
	struct str word = page->options->image_word;
	struct buf label;

	buf_init(&label, label_max);
	if (number > 0)
		buf_addf(&label, "[%u] ", number);
	buf_add(&label, str_first(link->label, label_max / 2));
	if (link->is_image) {
		if (link->label.n > 0)
			buf_add(&label, STR(" ("));
		buf_add(&label, word.n > 0 ? word : STR("image"));
		if (link->label.n > 0)
			buf_add_char(&label, ')');
	}
	gemtext_add_link(page->out, link->url, buf_str(&label));
	buf_fini(&label);
}

void
markdown_write_links(struct markdown_page *page,
    const struct markdown_link_list *links, unsigned number)
{
	VEC_EACH (struct markdown_link, link, &links->list) {
		write_link(page, link, number > 0 ? number : link->number);
		number = 0;
		page->last = (struct markdown_last){0};
	}
}

/* Write a line of code, without what no terminal should see; one that would
 * end the block then gets a space first. */
static void
write_code_line(struct buf *out, struct str line)
{
	size_t start = out->n;
	uint32_t c;

	while (line.n > 0) {
		if (!utf8_next(&line, &c)) {
			line = str_from_index(line, 1);
			c = replacement;
		}
		if (c == '\t' || !code_point_is_control(c))
			utf8_add(out, c);
	}
	if (str_starts(str_from_index(buf_str(out), start), fence)) {
		buf_add_char(out, ' ');
		memmove(out->p + start + 1, out->p + start, out->n - start - 1);
		out->p[start] = ' ';
	}
	buf_add_char(out, '\n');
}

/* code without blank lines at its start and blanks at its end. */
static struct str
trim_code(struct str code)
{
	struct str rest = code, line;

	while (str_next_line(&rest, &line) && str_trim(line).n == 0)
		code = rest;
	while (code.n > 0 && ascii_is_space(code.p[code.n - 1]))
		code.n--;
	return code;
}

void
markdown_write_code(struct markdown_page *page, struct str alt, struct str code)
{
	struct str line;

	code = trim_code(code);
	if (code.n == 0)
		return;
	markdown_write_start(page);
	buf_add(page->out, fence);
	gemtext_add_line_part(page->out, alt);
	buf_add_char(page->out, '\n');
	while (str_next_line(&code, &line))
		write_code_line(page->out, line);
	buf_add(page->out, fence);
	buf_add_char(page->out, '\n');
}

/* Whether links go behind the block that they stand in. */
static bool
is_link_shown(const struct markdown_page *page, const struct markdown_link *l)
{
	return l->is_image || page->options->links == MARKDOWN_LINKS_AFTER;
}

void
markdown_write_pending(struct markdown_page *page)
{
	struct markdown_link_list shown;

	if (page->pending.list.n == 0)
		return;
	markdown_links_init(&shown);
	VEC_EACH (struct markdown_link, link, &page->pending.list)
		markdown_links_add(
		    is_link_shown(page, link) ? &shown : &page->all, link);
	if (shown.list.n > 0 && !page->has_written)
		markdown_write_start(page);
	markdown_write_links(page, &shown, 0);
	markdown_links_fini(&shown);
	markdown_links_clear(&page->pending);
	page->has_written = false;
}

void
markdown_write_pure(
    struct markdown_page *page, struct markdown_link_list *links)
{
	markdown_write_start(page);
	markdown_write_links(page, links, page->note);
	page->note = 0;
	page->has_written = false;
}

void
markdown_write_other(struct markdown_page *page)
{
	struct markdown_container *item =
	    markdown_find_inner(page, MARKDOWN_ITEM);

	page->is_pure = false;
	if (item != NULL && !item->is_new)
		item->is_long = true;
	markdown_write_pending(page);
}

void
markdown_write_label_as_text(struct markdown_page *page)
{
	VEC_EACH (struct markdown_link, link, &page->in.links.list)
		if (link->label.n > 0) {
			markdown_run_add(&page->in.run, link->label);
			return;
		}
}
