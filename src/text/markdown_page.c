/*
 * A page that is written block by block: which text and which links belong
 * together, and in what they stand. The lines themselves are written by
 * text/markdown_write.
 */
#include "text/markdown_page.h"

#include "text/markdown_cells.h"
#include "text/markdown_target.h"
#include "text/markdown_write.h"

enum {
	text_max = 16 * 1024 * 1024, /* of one block; out has its own cap */
	alt_max = 1024,
	url_max = 4096,
	depth_max = 64, /* and one for the list of an item without one */
	notes_max = 100000,
	mark_max = 32,
};

void
markdown_page_init(struct markdown_page *page,
    const struct markdown_options *options, struct buf *out,
    struct diags *diags)
{
	*page = (struct markdown_page){.options = options,
	    .diags = diags,
	    .out = out,
	    .start = out->n,
	    .line = options->first_line,
	    .stack = VEC_INIT(struct markdown_container),
	    .notes = VEC_INIT(unsigned)};
	markdown_inline_init(&page->in, text_max);
	markdown_links_init(&page->pending);
	markdown_links_init(&page->all);
	markdown_table_init(&page->table);
	buf_init(&page->code, text_max);
	buf_init(&page->code_alt, alt_max);
	buf_init(&page->cell, text_max);
	buf_init(&page->url, url_max);
}

void
markdown_page_fini(struct markdown_page *page)
{
	buf_fini(&page->url);
	buf_fini(&page->cell);
	buf_fini(&page->code_alt);
	buf_fini(&page->code);
	markdown_table_fini(&page->table);
	markdown_links_fini(&page->all);
	markdown_links_fini(&page->pending);
	markdown_inline_fini(&page->in);
	vec_fini(&page->notes);
	vec_fini(&page->stack);
}

void
markdown_page_add(struct markdown_page *page, struct str text)
{
	if (page->in_code)
		buf_add(&page->code, text);
	else
		markdown_inline_add(&page->in, text);
}

/* Give the links of the text numbers, and add the text with them to out. */
static void
add_numbered(struct markdown_page *page, struct buf *out)
{
	struct str text = markdown_inline_get_text(&page->in);
	size_t start = 0;

	VEC_EACH (struct markdown_span, span, &page->in.spans) {
		struct markdown_link link = {.url = span->url}, *added;

		if (span->url.n == 0 || span->start < start ||
		    str_eq(span->url,
			str_from(
			    text.p + span->start, span->end - span->start)))
			continue;
		link.label = str_trim(
		    str_from(text.p + span->start, span->end - span->start));
		added = markdown_links_add(&page->all, &link);
		if (added->number == 0)
			added->number = ++page->marks;
		buf_add(out, str_from(text.p + start, span->end - start));
		buf_addf(out, "[%u]", added->number);
		start = span->end;
	}
	buf_add(out, str_from_index(text, start));
}

static void
write_rule(struct markdown_page *page)
{
	if (page->out->n == page->start || page->stack.n > 0 ||
	    str_ends(buf_str(page->out), STR("\n---\n")))
		return;
	markdown_write_text(page, STR("---"));
	page->has_written = true;
}

/* Whether text only parts what is before it from what is behind it. */
static bool
is_rule(const struct markdown_page *page, struct str text)
{
	if (page->stack.n > 0 || page->heading > 0 || page->note > 0)
		return false;
	for (size_t i = 0; i < text.n; i++)
		if (str_find_char(STR("*-_~=+ \n"), text.p[i]) < 0)
			return false;
	return true;
}

static void
write_block_text(struct markdown_page *page)
{
	struct str text = markdown_inline_get_text(&page->in);
	struct buf numbered;

	if (is_rule(page, text)) {
		write_rule(page);
		return;
	}

	buf_init(&numbered, text_max);
	if (page->options->links == MARKDOWN_LINKS_FOOTNOTE) {
		add_numbered(page, &numbered);
		text = buf_str(&numbered);
	}
	if (page->heading > 0)
		markdown_write_heading(page, page->heading, text);
	else
		markdown_write_text(page, text);
	page->has_written = true;
	buf_fini(&numbered);
}

/* Note that the item that is open has one block more. */
static void
note_long_item(struct markdown_page *page)
{
	struct markdown_container *item =
	    markdown_find_inner(page, MARKDOWN_ITEM);

	if (item != NULL && !item->is_new)
		item->is_long = true;
}

static void
flush_block(struct markdown_page *page)
{
	bool shows = page->options->links != MARKDOWN_LINKS_OFF;
	bool only = shows && markdown_inline_is_only_links(&page->in) &&
	    page->heading == 0;
	struct markdown_container *item =
	    markdown_find_inner(page, MARKDOWN_ITEM);

	if (only && page->stack.n == 0) {
		markdown_write_pending(page);
		markdown_write_pure(page, &page->in.links);
		return;
	}
	if (!only)
		page->is_pure = false;
	note_long_item(page);
	if (page->heading > 0)
		markdown_write_pending(page);
	if (markdown_inline_get_text(&page->in).n == 0 &&
	    (!shows || page->heading > 0 || (item != NULL && item->is_new)))
		markdown_write_label_as_text(page);
	if (markdown_inline_get_text(&page->in).n > 0)
		write_block_text(page);
	if (shows)
		markdown_links_add_all(&page->pending, &page->in.links);
	if (page->stack.n == 0)
		markdown_write_pending(page);
}

void
markdown_page_flush(struct markdown_page *page)
{
	if (page->in_code)
		return;
	markdown_inline_finish(&page->in);
	if (markdown_inline_get_text(&page->in).n > 0 ||
	    page->in.links.list.n > 0) {
		if (markdown_find_inner(page, MARKDOWN_TABLE) != NULL)
			markdown_cells_add_block(page);
		else
			flush_block(page);
	}
	markdown_inline_clear(&page->in);
}

void
markdown_page_open_heading(struct markdown_page *page, int level)
{
	markdown_page_flush(page);
	page->heading = level;
}

void
markdown_page_close_heading(struct markdown_page *page)
{
	markdown_page_flush(page);
	page->heading = 0;
}

void
markdown_page_add_rule(struct markdown_page *page)
{
	markdown_page_flush(page);
	write_rule(page);
}

/* A list that stands by itself may turn out to be only links. */
static void
start_list(struct markdown_page *page)
{
	if (page->stack.n > 0)
		return;
	markdown_write_pending(page);
	page->is_pure = page->options->links == MARKDOWN_LINKS_AFTER ||
	    page->options->links == MARKDOWN_LINKS_END;
	page->pure_start = page->out->n;
	page->pure_last = page->last;
}

static void
finish_list(struct markdown_page *page)
{
	if (page->is_pure && page->pending.list.n > 0) {
		buf_truncate(page->out, page->pure_start);
		page->last = page->pure_last;
		markdown_write_pure(page, &page->pending);
		markdown_links_clear(&page->pending);
	}
	page->is_pure = false;
}

/* Take the innermost container off. */
static void
pop(struct markdown_page *page)
{
	struct markdown_container c = *(struct markdown_container *)vec_get(
	    &page->stack, page->stack.n - 1);

	if (c.kind == MARKDOWN_TABLE)
		markdown_page_close_cell(page);
	vec_remove(&page->stack, page->stack.n - 1);
	switch (c.kind) {
	case MARKDOWN_LIST:
		if (page->stack.n == 0)
			finish_list(page);
		break;
	case MARKDOWN_ITEM:
		if (c.is_long && !page->is_pure && page->stack.n == 1)
			markdown_write_pending(page);
		break;
	case MARKDOWN_QUOTE:
		break;
	case MARKDOWN_TABLE:
		if (markdown_find_inner(page, MARKDOWN_TABLE) == NULL)
			markdown_cells_finish(page);
		break;
	}
	if (page->stack.n == 0)
		markdown_write_pending(page);
}

static void
push(struct markdown_page *page, const struct markdown_container *c)
{
	struct markdown_container *added, *list;

	added = vec_add(&page->stack);
	*added = *c;
	added->id = ++page->last_id;
	if (c->kind != MARKDOWN_ITEM)
		return;
	added->is_new = true;
	list = markdown_find_inner(page, MARKDOWN_LIST);
	if (list != NULL)
		list->number++;
}

/* Close the item that a new one of the same list ends, and see to it that an
 * item has a list. */
static void
prepare_item(struct markdown_page *page, enum markdown_by by)
{
	const struct markdown_container *top;
	struct markdown_container list = {.kind = MARKDOWN_LIST, .by = by};

	for (size_t i = page->stack.n; i > 0; i--) {
		top = vec_get(&page->stack, i - 1);
		if (top->kind == MARKDOWN_LIST)
			return;
		if (top->by != by || top->kind == MARKDOWN_QUOTE ||
		    top->kind == MARKDOWN_TABLE)
			break;
		if (top->kind == MARKDOWN_ITEM) {
			markdown_page_close(page, MARKDOWN_ITEM, by);
			return;
		}
	}
	start_list(page);
	push(page, &list);
}

/* Whether a container is only counted: those of Markdown behind one that was
 * only counted are, too, so that they close in their order. */
static bool
is_too_deep(const struct markdown_page *page, enum markdown_by by)
{
	return page->stack.n >= depth_max ||
	    (by == MARKDOWN_BY_TEXT && page->stack_excess > 0);
}

void
markdown_page_open(
    struct markdown_page *page, const struct markdown_container *c)
{
	markdown_page_flush(page);
	if (is_too_deep(page, c->by)) {
		if (c->by == MARKDOWN_BY_TEXT)
			page->stack_excess++;
		return;
	}
	switch (c->kind) {
	case MARKDOWN_LIST:
		start_list(page);
		break;
	case MARKDOWN_ITEM:
		prepare_item(page, c->by);
		break;
	case MARKDOWN_QUOTE:
		page->is_pure = false;
		note_long_item(page);
		break;
	case MARKDOWN_TABLE:
		markdown_cells_start(page);
		break;
	}
	push(page, c);
}

void
markdown_page_close(
    struct markdown_page *page, enum markdown_kind kind, enum markdown_by by)
{
	size_t i = page->stack.n;

	markdown_page_flush(page);
	if (by == MARKDOWN_BY_TEXT && page->stack_excess > 0) {
		page->stack_excess--;
		return;
	}
	for (; i > 0; i--) {
		const struct markdown_container *c =
		    vec_get(&page->stack, i - 1);

		if (c->kind == kind && c->by == by)
			break;
		if (c->by == MARKDOWN_BY_TEXT && by == MARKDOWN_BY_TAG)
			return;
	}
	while (i > 0 && page->stack.n >= i)
		pop(page);
}

void
markdown_page_open_code(struct markdown_page *page, struct str alt)
{
	markdown_page_flush(page);
	if (markdown_find_inner(page, MARKDOWN_TABLE) != NULL)
		return;
	page->in_code = true;
	buf_clear(&page->code);
	buf_clear(&page->code_alt);
	buf_add(&page->code_alt, str_first(alt, alt_max));
}

void
markdown_page_close_code(struct markdown_page *page)
{
	if (!page->in_code) {
		markdown_page_flush(page);
		return;
	}
	page->in_code = false;
	if (str_trim(buf_str(&page->code)).n == 0)
		return;
	markdown_write_other(page);
	markdown_write_code(
	    page, buf_str(&page->code_alt), buf_str(&page->code));
	page->has_written = true;
	if (page->stack.n == 0)
		markdown_write_pending(page);
}

static void
resolve(
    struct markdown_page *page, enum markdown_target kind, struct str target)
{
	struct markdown_reference reference = {kind, target, page->line};

	markdown_resolve(page->options, &reference, &page->url, page->diags);
}

void
markdown_page_open_link(
    struct markdown_page *page, enum markdown_target kind, struct str target)
{
	resolve(page, kind, target);
	markdown_inline_open_link(&page->in, buf_str(&page->url));
}

void
markdown_page_open_image(
    struct markdown_page *page, enum markdown_target kind, struct str target)
{
	resolve(page, kind, target);
	markdown_inline_open_image(&page->in, buf_str(&page->url));
}

void
markdown_page_close_image(struct markdown_page *page, struct str title)
{
	struct diag_place place = {page->options->file, page->line, 0};
	struct str url = buf_str(&page->in.image_url);
	struct str alt = str_trim(buf_str(&page->in.alt.text));
	struct buf words;

	if (page->options->check && page->in.image_depth == 1 && url.n > 0 &&
	    page->in.alt.text.n == 0 && !page->is_decoration &&
	    !markdown_is_no_image(url))
		diags_warning(page->diags, place, "image-without-text",
		    "say what it shows",
		    "the image \"%" STR_FMT "\" has no text",
		    STR_ARG(str_first(markdown_file_name(url), alt_max)));
	buf_init(&words, url_max);
	buf_add(&words, str_trim(title));
	if (words.n == 0 && markdown_is_image_name(alt))
		markdown_add_file_words(&words, alt);
	if (words.n == 0)
		markdown_add_file_words(&words, url);
	markdown_inline_close_image(&page->in, buf_str(&words));
	buf_fini(&words);
	page->is_decoration = false;
}

/* The number of the note with that id, given now if it has none. */
static unsigned
number_note(struct markdown_page *page, unsigned id)
{
	unsigned *number;

	if (id > notes_max)
		return 0;
	while (page->notes.n <= id)
		vec_add(&page->notes);
	number = vec_get(&page->notes, id);
	if (*number == 0)
		*number = ++page->marks;
	return *number;
}

void
markdown_page_add_note(struct markdown_page *page, unsigned id)
{
	struct buf mark;

	buf_init(&mark, mark_max);
	buf_addf(&mark, "[%u]", number_note(page, id));
	markdown_page_add(page, buf_str(&mark));
	buf_fini(&mark);
}

void
markdown_page_open_note(struct markdown_page *page, unsigned id)
{
	markdown_page_flush(page);
	markdown_write_pending(page);
	page->note = number_note(page, id);
}

void
markdown_page_close_note(struct markdown_page *page)
{
	markdown_page_flush(page);
	page->note = 0;
}

void
markdown_page_finish(struct markdown_page *page)
{
	markdown_page_close_code(page);
	markdown_page_flush(page);
	while (page->stack.n > 0)
		pop(page);
	markdown_write_pending(page);
	if (page->all.list.n == 0)
		return;
	markdown_write_start(page);
	markdown_write_links(page, &page->all, 0);
}
