/*
 * Markdown to gemtext: drives libmd4c over a prepared text, and tells the page
 * what it finds. Where a link leads is for the caller to say.
 */
#include "text/markdown.h"

#include <limits.h>
#include <md4c.h>

#include "text/markdown_entity.h"
#include "text/markdown_html.h"
#include "text/markdown_page.h"
#include "text/markdown_prepare.h"
#include "text/markdown_source.h"

enum {
	attribute_max = 64 * 1024,
	source_max = 512 * 1024 * 1024,
	aborted = -2, /* by a callback, when the page is full */
};

struct render {
	struct markdown_source source;
	struct markdown_page page;
	struct markdown_html html;
	struct buf raw; /* HTML that is not rendered yet */
	struct buf attribute;
	struct buf title; /* of the image that is open */
	size_t at; /* of the last text, in the source */
};

/* Add an attribute of the parser's to out, decoded. */
static struct str
read_attribute(struct buf *out, const MD_ATTRIBUTE *a)
{
	buf_clear(out);
	if (a->text == NULL || a->substr_offsets == NULL)
		return buf_str(out);
	for (size_t i = 0; a->substr_offsets[i] < a->size; i++) {
		MD_OFFSET start = a->substr_offsets[i];
		struct str part = {
		    a->text + start, a->substr_offsets[i + 1] - start};

		if (a->substr_types[i] == MD_TEXT_ENTITY)
			markdown_add_entity(out, part);
		else if (a->substr_types[i] == MD_TEXT_NULLCHAR)
			buf_add(out, STR("\xef\xbf\xbd"));
		else
			buf_add(out, part);
	}
	return buf_str(out);
}

/* Take note of where the parser is, when p points into the source. */
static void
note_place(struct render *r, const char *p)
{
	const struct buf *text = &r->source.text;

	if (p == NULL || (uintptr_t)p < (uintptr_t)text->p ||
	    (uintptr_t)p > (uintptr_t)text->p + text->n)
		return;
	r->at = (size_t)(p - text->p);
	r->page.line = markdown_source_get_line(&r->source, r->at);
}

/* Render the HTML that has come so far. */
static void
flush_html(struct render *r)
{
	if (r->raw.n == 0)
		return;
	markdown_html_add(&r->html, buf_str(&r->raw));
	buf_clear(&r->raw);
}

static int
get_verdict(const struct render *r)
{
	return r->page.out->full ? aborted : 0;
}

static void
open_container(struct render *r, struct markdown_container c)
{
	c.by = MARKDOWN_BY_TEXT;
	markdown_page_open(&r->page, &c);
}

static void
open_item(struct render *r, const MD_BLOCK_LI_DETAIL *detail)
{
	struct markdown_container c = {.kind = MARKDOWN_ITEM};

	if (detail->is_task)
		c.task = detail->task_mark == ' ' ? MARKDOWN_TASK_OPEN
						  : MARKDOWN_TASK_DONE;
	open_container(r, c);
}

static void
open_ordered(struct render *r, const MD_BLOCK_OL_DETAIL *detail)
{
	open_container(r,
	    (struct markdown_container){.kind = MARKDOWN_LIST,
		.is_ordered = true,
		.number = detail->start,
		.delimiter = detail->mark_delimiter});
}

/* The language of a fenced block: the first word of its info string, without
 * the attributes that some engines put there. */
static void
open_code(struct render *r, const MD_BLOCK_CODE_DETAIL *detail)
{
	struct str info =
	    str_trim(read_attribute(&r->attribute, &detail->lang));
	size_t n = 0;

	note_place(r, detail->info.text);
	while (info.n > 0 && str_find_char(STR("{."), info.p[0]) >= 0)
		info = str_from_index(info, 1);
	while (n < info.n && str_find_char(STR(" \t,{}:;"), info.p[n]) < 0)
		n++;
	markdown_page_open_code(&r->page, str_first(info, n));
}

static void
open_cell(struct render *r, const MD_BLOCK_TD_DETAIL *detail, bool is_head)
{
	enum markdown_align align = MARKDOWN_LEFT;

	if (detail->align == MD_ALIGN_RIGHT)
		align = MARKDOWN_RIGHT;
	if (detail->align == MD_ALIGN_CENTER)
		align = MARKDOWN_CENTER;
	markdown_page_open_cell(&r->page, is_head, align);
}

static int
on_enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	struct render *r = context;

	flush_html(r);
	switch (type) {
	case MD_BLOCK_QUOTE:
		open_container(
		    r, (struct markdown_container){.kind = MARKDOWN_QUOTE});
		break;
	case MD_BLOCK_UL:
		open_container(
		    r, (struct markdown_container){.kind = MARKDOWN_LIST});
		break;
	case MD_BLOCK_OL:
		open_ordered(r, detail);
		break;
	case MD_BLOCK_LI:
		open_item(r, detail);
		break;
	case MD_BLOCK_HR:
		markdown_page_add_rule(&r->page);
		break;
	case MD_BLOCK_H:
		markdown_page_open_heading(
		    &r->page, (int)((const MD_BLOCK_H_DETAIL *)detail)->level);
		break;
	case MD_BLOCK_CODE:
		open_code(r, detail);
		break;
	case MD_BLOCK_TABLE:
		open_container(
		    r, (struct markdown_container){.kind = MARKDOWN_TABLE});
		break;
	case MD_BLOCK_TR:
		markdown_page_add_row(&r->page);
		break;
	case MD_BLOCK_TH:
	case MD_BLOCK_TD:
		open_cell(r, detail, type == MD_BLOCK_TH);
		break;
	case MD_BLOCK_P:
		markdown_page_flush(&r->page);
		break;
	case MD_BLOCK_DOC:
	case MD_BLOCK_HTML:
	case MD_BLOCK_THEAD:
	case MD_BLOCK_TBODY:
		break;
	}
	return get_verdict(r);
}

static void
close_container(struct render *r, enum markdown_kind kind)
{
	markdown_page_close(&r->page, kind, MARKDOWN_BY_TEXT);
}

static int
on_leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	struct render *r = context;

	(void)detail;
	flush_html(r);
	switch (type) {
	case MD_BLOCK_QUOTE:
		close_container(r, MARKDOWN_QUOTE);
		break;
	case MD_BLOCK_UL:
	case MD_BLOCK_OL:
		close_container(r, MARKDOWN_LIST);
		break;
	case MD_BLOCK_LI:
		close_container(r, MARKDOWN_ITEM);
		break;
	case MD_BLOCK_H:
		markdown_page_close_heading(&r->page);
		break;
	case MD_BLOCK_CODE:
		markdown_page_close_code(&r->page);
		break;
	case MD_BLOCK_TABLE:
		close_container(r, MARKDOWN_TABLE);
		break;
	case MD_BLOCK_TH:
	case MD_BLOCK_TD:
		markdown_page_close_cell(&r->page);
		break;
	case MD_BLOCK_HTML:
	case MD_BLOCK_P:
		markdown_page_flush(&r->page);
		markdown_html_end_block(&r->html);
		break;
	case MD_BLOCK_DOC:
	case MD_BLOCK_HR:
	case MD_BLOCK_THEAD:
	case MD_BLOCK_TBODY:
	case MD_BLOCK_TR:
		break;
	}
	return get_verdict(r);
}

static void
open_link(struct render *r, const MD_SPAN_A_DETAIL *detail)
{
	note_place(r, detail->href.text);
	markdown_page_open_link(&r->page, MARKDOWN_TARGET_LINK,
	    read_attribute(&r->attribute, &detail->href));
}

static void
open_image(struct render *r, const MD_SPAN_IMG_DETAIL *detail)
{
	note_place(r, detail->src.text);
	if (r->page.in.image_depth == 0)
		read_attribute(&r->title, &detail->title);
	markdown_page_open_image(&r->page, MARKDOWN_TARGET_IMAGE,
	    read_attribute(&r->attribute, &detail->src));
}

/* Open a link by name; its part behind '#' is not looked up. */
static void
open_wiki(struct render *r, const MD_SPAN_WIKILINK_DETAIL *detail)
{
	struct str target = read_attribute(&r->attribute, &detail->target);
	struct str name;

	note_place(r, detail->target.text);
	str_cut(&target, '#', &name);
	markdown_page_open_link(&r->page, MARKDOWN_TARGET_WIKI, str_trim(name));
}

static int
on_enter_span(MD_SPANTYPE type, void *detail, void *context)
{
	struct render *r = context;

	flush_html(r);
	if (markdown_html_is_skipping(&r->html))
		return 0;
	switch (type) {
	case MD_SPAN_A:
		open_link(r, detail);
		break;
	case MD_SPAN_IMG:
		open_image(r, detail);
		break;
	case MD_SPAN_WIKILINK:
		open_wiki(r, detail);
		break;
	case MD_SPAN_CODE:
		markdown_inline_open_code(&r->page.in);
		break;
	case MD_SPAN_EM:
	case MD_SPAN_STRONG:
	case MD_SPAN_DEL:
	case MD_SPAN_LATEXMATH:
	case MD_SPAN_LATEXMATH_DISPLAY:
	case MD_SPAN_U:
		break;
	}
	return get_verdict(r);
}

static int
on_leave_span(MD_SPANTYPE type, void *detail, void *context)
{
	struct render *r = context;

	(void)detail;
	flush_html(r);
	if (markdown_html_is_skipping(&r->html))
		return 0;
	switch (type) {
	case MD_SPAN_A:
	case MD_SPAN_WIKILINK:
		markdown_inline_close_link(&r->page.in);
		break;
	case MD_SPAN_IMG:
		markdown_page_close_image(&r->page, buf_str(&r->title));
		break;
	case MD_SPAN_CODE:
		markdown_inline_close_code(&r->page.in);
		break;
	case MD_SPAN_EM:
	case MD_SPAN_STRONG:
	case MD_SPAN_DEL:
	case MD_SPAN_LATEXMATH:
	case MD_SPAN_LATEXMATH_DISPLAY:
	case MD_SPAN_U:
		break;
	}
	return get_verdict(r);
}

static void
add_entity(struct render *r, struct str entity)
{
	struct buf decoded;

	buf_init(&decoded, entity.n + sizeof(uint32_t));
	markdown_add_entity(&decoded, entity);
	markdown_page_add(&r->page, buf_str(&decoded));
	buf_fini(&decoded);
}

/* Add code; in a table, "\\|" is how a bar is written there. */
static void
add_code(struct render *r, struct str code)
{
	ptrdiff_t at;

	while (r->page.in_cell && (at = str_find_str(code, STR("\\|"))) >= 0) {
		markdown_page_add(&r->page, str_first(code, (size_t)at));
		code = str_from_index(code, (size_t)at + 1);
	}
	markdown_page_add(&r->page, code);
}

static int
on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *context)
{
	struct render *r = context;
	struct str s = {text, size};

	note_place(r, text);
	if (type == MD_TEXT_HTML) {
		buf_add(&r->raw, s);
		return get_verdict(r);
	}
	flush_html(r);
	if (markdown_html_is_skipping(&r->html))
		return 0;
	switch (type) {
	case MD_TEXT_NULLCHAR:
		markdown_page_add(&r->page, STR("\xef\xbf\xbd"));
		break;
	case MD_TEXT_BR:
		markdown_inline_add_break(&r->page.in);
		break;
	case MD_TEXT_SOFTBR:
		markdown_page_add(&r->page, STR("\n"));
		break;
	case MD_TEXT_ENTITY:
		add_entity(r, s);
		break;
	case MD_TEXT_CODE:
		add_code(r, s);
		break;
	case MD_TEXT_NORMAL:
	case MD_TEXT_HTML:
	case MD_TEXT_LATEXMATH:
		markdown_page_add(&r->page, s);
		break;
	}
	return get_verdict(r);
}

static const MD_PARSER parser = {
    .flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS |
	MD_FLAG_WIKILINKS,
    .enter_block = on_enter_block,
    .leave_block = on_leave_block,
    .enter_span = on_enter_span,
    .leave_span = on_leave_span,
    .text = on_text,
};

static int
parse(struct render *r)
{
	const char *text = buf_c(&r->source.text);

	if (text == NULL || r->source.text.full || r->source.text.n > INT_MAX)
		return -1;
	if (md_parse(text, (MD_SIZE)r->source.text.n, &parser, r) != 0)
		return -1;
	flush_html(r);
	markdown_page_finish(&r->page);
	return r->page.out->full ? -1 : 0;
}

int
markdown_render(const struct markdown_options *options, struct str body,
    struct buf *out, struct diags *diags)
{
	struct diag_place place = {options->file, options->first_line, 0};
	struct render r = {.at = 0};
	struct buf page;
	int status;

	buf_init(&page, body.n * markdown_growth_max + markdown_growth_extra);
	markdown_source_init(&r.source, source_max);
	markdown_page_init(&r.page, options, &page, diags);
	markdown_html_init(&r.html, &r.page, &r.source.closed);
	buf_init(&r.raw, source_max);
	buf_init(&r.attribute, attribute_max);
	buf_init(&r.title, attribute_max);
	markdown_prepare(options, body, &r.source, diags);
	status = parse(&r);
	if (status == 0)
		buf_add(out, buf_str(&page));
	if (status < 0 || out->full) {
		diags_error(diags, place, "too-large", "make the text shorter",
		    "the text grows beyond what a page may have");
		status = -1;
	}
	buf_fini(&r.title);
	buf_fini(&r.attribute);
	buf_fini(&r.raw);
	markdown_html_fini(&r.html);
	markdown_page_fini(&r.page);
	markdown_source_fini(&r.source);
	buf_fini(&page);
	return status;
}
