/*
 * From gemtext to HTML: line types become blocks. Where an address leads is
 * the caller's.
 */
#include "text/gemtext_html.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "text/gemtext.h"
#include "text/xml.h"

enum block {
	BLOCK_NONE,
	BLOCK_PARAGRAPH,
	BLOCK_LIST,
	BLOCK_ORDERED,
	BLOCK_QUOTE,
	BLOCK_LINKS,
};

enum {
	depth_max = 6,
	level_max = 6,
	date_length = 10, /* YYYY-MM-DD */
	year_length = 4,
	number_digits_max = 6,
	number_max = 999999,
	href_max = 64 * 1024,
};

struct writer {
	const struct gemtext_html *options;
	struct buf *out;
	enum block block;
	unsigned depth; /* of open lists */
	bool has_paragraph; /* one is open in the quote */
	uint64_t number; /* of the last item of an ordered list */
	bool has_title; /* the h1 is written */
	bool is_deep; /* headings of level 1 are sections */
	int level; /* of the last heading, as HTML counts */
};

static const char *const block_ends[] = {
    [BLOCK_NONE] = "",
    [BLOCK_PARAGRAPH] = "</p>\n",
    [BLOCK_LIST] = "",
    [BLOCK_ORDERED] = "</ol>\n",
    [BLOCK_QUOTE] = "</blockquote>\n",
    [BLOCK_LINKS] = "</ul>\n",
};

static void
add(struct writer *w, const char *markup)
{
	buf_add(w->out, str_from_c(markup));
}

static void
close_lists(struct writer *w, unsigned depth)
{
	for (; w->depth > depth; w->depth--)
		add(w, "</li>\n</ul>\n");
}

static void
close_block(struct writer *w)
{
	close_lists(w, 0);
	if (w->has_paragraph)
		add(w, "</p>\n");
	w->has_paragraph = false;
	add(w, block_ends[w->block]);
	w->block = BLOCK_NONE;
}

/* Whether the block is open already; else it is the open one now, and its
 * start is to be written. */
static bool
is_open(struct writer *w, enum block block)
{
	if (w->block == block)
		return true;
	close_block(w);
	w->block = block;
	return false;
}

/* The date that text starts with, as a word of its own; else empty. */
static struct str
leading_date(struct str text)
{
	struct str day = str_first(text, date_length);
	struct date date;

	if (day.n < date_length || !ascii_is_digit(day.p[date_length - 1]) ||
	    (text.n > date_length && ascii_is_alnum(text.p[date_length])) ||
	    str_find_char(day, '-') != year_length ||
	    date_parse(day, NULL, &date) != DATE_OK)
		return str_first(text, 0);
	return day;
}

static void
add_time(struct writer *w, struct str day)
{
	add(w, "<time datetime=\"");
	xml_add_text(w->out, day);
	add(w, "\">");
	xml_add_text(w->out, day);
	add(w, "</time>");
}

static void
add_text(struct writer *w, struct str text)
{
	struct str day = leading_date(text);

	if (day.n > 0)
		add_time(w, day);
	xml_add_text(w->out, str_from_index(text, day.n));
}

/* The number that an item of an ordered list starts with, 0 for none, and the
 * text behind it. */
static uint64_t
leading_number(struct str line, struct str *text)
{
	ptrdiff_t dot = str_find_char(line, '.');
	uint64_t number;

	if (dot <= 0 || dot > number_digits_max ||
	    !str_to_u64(str_first(line, (size_t)dot), number_max, &number))
		return 0;
	*text = str_from_index(line, (size_t)dot + 1);
	if (!str_starts(*text, STR(" ")))
		return 0;
	*text = str_trim(*text);
	return number;
}

/* Whether the line behind g is the numbered item that follows number. */
static bool
is_followed(const struct gemtext *g, uint64_t number)
{
	struct gemtext ahead = *g;
	struct gemtext_line line;
	struct str text;

	return gemtext_next(&ahead, &line) && line.type == GEMTEXT_TEXT &&
	    leading_number(line.text, &text) == number + 1;
}

/* Whether the line was an item of an ordered list, which then is written. One
 * numbered line alone is none. */
static bool
take_ordered(struct writer *w, const struct gemtext *g, struct str line)
{
	struct str text;
	uint64_t number = leading_number(line, &text);
	bool continues = w->block == BLOCK_ORDERED && number == w->number + 1;

	if (number == 0 || (!continues && !is_followed(g, number)))
		return false;
	if (!continues) {
		close_block(w);
		w->block = BLOCK_ORDERED;
		if (number == 1)
			add(w, "<ol>\n");
		else
			buf_addf(
			    w->out, "<ol start=\"%u\">\n", (unsigned)number);
	}
	w->number = number;
	add(w, "<li dir=\"auto\">");
	xml_add_text(w->out, text);
	add(w, "</li>\n");
	return true;
}

static void
on_text(struct writer *w, const struct gemtext *g, struct str text)
{
	text = str_trim(text);
	if (text.n == 0) {
		close_block(w);
		return;
	}
	if (take_ordered(w, g, text))
		return;
	add(w, is_open(w, BLOCK_PARAGRAPH) ? "<br>\n" : "<p dir=\"auto\">");
	add_text(w, text);
}

/* How deep an item is, from 1, and its text without the dashes that say so: at
 * most one deeper than the item before it. */
static unsigned
item_depth(const struct writer *w, struct str *text)
{
	static const struct str dash = STR_INIT("\xe2\x80\x93 ");
	unsigned depth = 1;

	while (
	    depth <= w->depth && depth < depth_max && str_starts(*text, dash)) {
		*text = str_from_index(*text, dash.n);
		depth++;
	}
	return depth;
}

static void
on_item(struct writer *w, struct str text)
{
	unsigned depth;

	is_open(w, BLOCK_LIST);
	depth = item_depth(w, &text);
	close_lists(w, depth);
	if (depth > w->depth)
		add(w, w->depth == 0 ? "<ul>\n" : "\n<ul>\n");
	else
		add(w, "</li>\n");
	w->depth = depth;
	add(w, "<li dir=\"auto\">");
	xml_add_text(w->out, text);
}

static void
on_quote(struct writer *w, struct str text)
{
	if (!is_open(w, BLOCK_QUOTE))
		add(w, "<blockquote>\n");
	if (text.n == 0) {
		if (w->has_paragraph)
			add(w, "</p>\n");
		w->has_paragraph = false;
		return;
	}
	add(w, w->has_paragraph ? "<br>\n" : "<p dir=\"auto\">");
	w->has_paragraph = true;
	xml_add_text(w->out, text);
}

static void
add_title(struct writer *w, struct str title)
{
	if (title.n == 0)
		return;
	add(w, "<h1 dir=\"auto\">");
	xml_add_text(w->out, title);
	add(w, "</h1>\n");
	w->has_title = true;
	w->level = 1;
}

static void
on_heading(struct writer *w, const struct gemtext_line *line)
{
	int level = line->level;

	close_block(w);
	if (line->text.n == 0)
		return;
	if (!w->has_title) {
		add_title(w, line->text);
		return;
	}
	if (level == 1)
		level = 2;
	else if (w->is_deep)
		level++;
	if (level > w->level + 1)
		level = w->level + 1;
	w->level = level;
	buf_addf(w->out, "<h%d dir=\"auto\">", level);
	xml_add_text(w->out, line->text);
	buf_addf(w->out, "</h%d>\n", level);
}

/* The label of an image without the word that marks it in gemtext. */
static struct str
image_label(const struct writer *w, struct str label)
{
	struct str word = w->options->image_word;
	struct str left = str_first(label, label.n - 1);

	if (word.n == 0 || !str_ends(label, STR(")")) || !str_ends(left, word))
		return label;
	left = str_first(left, left.n - word.n);
	if (!str_ends(left, STR("(")))
		return label;
	left = str_trim(str_first(left, left.n - 1));
	return left.n == 0 ? word : left;
}

/* The image stands in a link to itself, as it may be shown smaller than it
 * is. The label is there to be seen, too, but not to be read out twice. */
static void
add_image(struct writer *w, struct str href, struct str label)
{
	label = image_label(w, label);
	close_block(w);
	add(w, "<figure>\n<a href=\"");
	xml_add_text(w->out, href);
	add(w, "\"><img src=\"");
	xml_add_text(w->out, href);
	add(w, "\" alt=\"");
	xml_add_text(w->out, label);
	add(w, "\" loading=\"lazy\"></a>\n");
	if (!str_eq(label, w->options->image_word)) {
		add(w, "<figcaption dir=\"auto\" aria-hidden=\"true\">");
		xml_add_text(w->out, label);
		add(w, "</figcaption>\n");
	}
	add(w, "</figure>\n");
}

static void
open_link_item(struct writer *w)
{
	if (!is_open(w, BLOCK_LINKS))
		add(w, "<ul class=\"links\">\n");
	add(w, "<li dir=\"auto\">");
}

/* The date of a dated link stands before it, so that the link is the title. */
static void
add_anchor(struct writer *w, struct str href, struct str label)
{
	struct str day = leading_date(label);

	open_link_item(w);
	if (day.n > 0 && day.n < label.n) {
		add_time(w, day);
		add(w, " ");
		label = str_trim(str_from_index(label, day.n));
	}
	add(w, "<a href=\"");
	xml_add_text(w->out, href);
	add(w, "\">");
	add_text(w, label);
	add(w, "</a></li>\n");
}

static void
on_link(struct writer *w, const struct gemtext_line *line)
{
	struct str label = line->text.n > 0 ? line->text : line->url;
	struct buf href;

	buf_init(&href, href_max);
	switch (w->options->resolve(w->options->context, line->url, &href)) {
	case GEMTEXT_HTML_LINK:
		add_anchor(w, buf_str(&href), label);
		break;
	case GEMTEXT_HTML_IMAGE:
		add_image(w, buf_str(&href), label);
		break;
	case GEMTEXT_HTML_TEXT:
		open_link_item(w);
		add_text(w, label);
		if (line->text.n > 0) {
			add(w, " <code>");
			xml_add_text(w->out, line->url);
			add(w, "</code>");
		}
		add(w, "</li>\n");
		break;
	case GEMTEXT_HTML_NOTHING:
		break;
	}
	buf_fini(&href);
}

/* A line without the blanks at its end, which nobody sees. */
static struct str
without_tail(struct str line)
{
	while (line.n > 0 && ascii_is_space(line.p[line.n - 1]))
		line.n--;
	return line;
}

/* The lines up to the end of the block. HTML drops the first line end behind
 * the tag, so that one is always there. */
static void
on_preformatted(struct writer *w, struct gemtext *g, struct str alt)
{
	struct gemtext_line line;

	close_block(w);
	if (alt.n > 0)
		add(w, "<figure>\n");
	add(w, "<pre>\n");
	while (gemtext_next(g, &line) && line.type == GEMTEXT_PREFORMATTED) {
		xml_add_text(w->out, without_tail(line.raw));
		add(w, "\n");
	}
	add(w, "</pre>\n");
	if (alt.n == 0)
		return;
	add(w, "<figcaption dir=\"auto\">");
	xml_add_text(w->out, alt);
	add(w, "</figcaption>\n</figure>\n");
}

/* See where the title is, and whether level 1 is that of sections. */
static void
look_ahead(struct writer *w, struct str text)
{
	struct gemtext_line line;
	struct gemtext g;
	size_t titles = 0;
	bool any = false, leads = false;

	gemtext_init(&g, text);
	while (gemtext_next(&g, &line)) {
		if (line.type != GEMTEXT_HEADING || line.text.n == 0)
			continue;
		if (!any)
			leads = line.level == 1;
		any = true;
		titles += line.level == 1;
	}
	w->is_deep = titles > leads;
	if (!leads)
		add_title(w, w->options->title);
}

void
gemtext_add_html(
    const struct gemtext_html *options, struct str text, struct buf *out)
{
	struct writer w = {.options = options, .out = out};
	struct gemtext_line line;
	struct gemtext g;

	look_ahead(&w, text);
	gemtext_init(&g, text);
	while (gemtext_next(&g, &line)) {
		switch (line.type) {
		case GEMTEXT_TEXT:
		case GEMTEXT_PREFORMATTED:
			on_text(&w, &g, line.text);
			break;
		case GEMTEXT_LINK:
			on_link(&w, &line);
			break;
		case GEMTEXT_TOGGLE:
			on_preformatted(&w, &g, line.text);
			break;
		case GEMTEXT_HEADING:
			on_heading(&w, &line);
			break;
		case GEMTEXT_ITEM:
			on_item(&w, line.text);
			break;
		case GEMTEXT_QUOTE:
			on_quote(&w, line.text);
			break;
		}
	}
	close_block(&w);
}
