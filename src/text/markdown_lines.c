/*
 * Lines of Markdown, told apart well enough to leave code alone. The parser has
 * the last word on them.
 */
#include "text/markdown_lines.h"

enum {
	tab_stop = 4,
	fence_min = 3,
	digits_max = 9,
};

bool
markdown_line_is_blank(struct str line)
{
	return str_trim(line).n == 0;
}

size_t
markdown_line_indent(struct str line)
{
	size_t columns = 0;

	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] == ' ')
			columns++;
		else if (line.p[i] == '\t')
			columns += tab_stop - columns % tab_stop;
		else
			break;
	}
	return columns;
}

struct str
markdown_line_text(struct str line)
{
	size_t n = 0;

	while (n < line.n && (line.p[n] == ' ' || line.p[n] == '\t'))
		n++;
	return str_from_index(line, n);
}

size_t
markdown_line_item_mark(struct str s)
{
	size_t n = 0;

	while (n < s.n && n < digits_max && ascii_is_digit(s.p[n]))
		n++;
	if (n == s.n)
		return 0;
	if (str_find_char(n == 0 ? STR("-*+") : STR(".)"), s.p[n]) < 0)
		return 0;
	n++;
	return n == s.n || s.p[n] == ' ' || s.p[n] == '\t' ? n : 0;
}

/* The number of signs of a fence that text starts with, or 0. */
static size_t
fence_length(struct str text)
{
	size_t n = 0;

	if (text.n < fence_min || (text.p[0] != '`' && text.p[0] != '~'))
		return 0;
	while (n < text.n && text.p[n] == text.p[0])
		n++;
	if (n < fence_min)
		return 0;
	if (text.p[0] == '`' &&
	    str_find_char(str_from_index(text, n), '`') >= 0)
		return 0;
	return n;
}

bool
markdown_line_starts_block(struct str line)
{
	struct str text = markdown_line_text(line);

	return text.n > 0 &&
	    (text.p[0] == '#' || text.p[0] == '>' || text.p[0] == '<' ||
		markdown_line_item_mark(text) > 0 || fence_length(text) > 0);
}

/* text without the signs of quotes at its start. */
static struct str
skip_quotes(struct str text, bool *is_quoted)
{
	*is_quoted = false;
	while (text.n > 0 && text.p[0] == '>') {
		*is_quoted = true;
		text = markdown_line_text(str_from_index(text, 1));
	}
	return text;
}

/* Whether the open block ends before line, as what it stands in ends. */
static bool
is_left(const struct markdown_fence *fence, struct str line, bool is_quoted)
{
	if (markdown_line_is_blank(line))
		return fence->is_quoted;
	if (fence->is_quoted)
		return !is_quoted;
	return fence->indent > fence_min && markdown_line_indent(line) == 0;
}

static bool
read_open(struct markdown_fence *fence, struct str line)
{
	struct str text = markdown_line_text(line);
	size_t mark;
	bool is_quoted;

	text = skip_quotes(text, &is_quoted);
	while ((mark = markdown_line_item_mark(text)) > 0)
		text = markdown_line_text(str_from_index(text, mark));
	fence->length = fence_length(text);
	if (fence->length == 0)
		return false;
	fence->sign = text.p[0];
	fence->is_quoted = is_quoted;
	fence->indent = is_quoted ? 0 : (size_t)(text.p - line.p);
	return true;
}

bool
markdown_fence_read(struct markdown_fence *fence, struct str line)
{
	bool is_quoted;
	struct str text = skip_quotes(markdown_line_text(line), &is_quoted);
	size_t n = 0;

	if (fence->length > 0 && is_left(fence, line, is_quoted))
		fence->length = 0;
	if (fence->length == 0)
		return read_open(fence, line);
	while (n < text.n && text.p[n] == fence->sign)
		n++;
	if (n >= fence->length &&
	    markdown_line_is_blank(str_from_index(text, n)))
		fence->length = 0;
	return true;
}

bool
markdown_line_is_under_headings(struct str line)
{
	bool has_dash = false, has_bar = false;

	for (size_t i = 0; i < line.n; i++) {
		has_dash = has_dash || line.p[i] == '-';
		has_bar = has_bar || line.p[i] == '|';
		if (str_find_char(STR("|:- \t"), line.p[i]) < 0)
			return false;
	}
	return has_dash && has_bar;
}

size_t
markdown_line_columns(struct str line)
{
	size_t count = 1, brackets = 0;
	bool in_code = false;

	line = str_trim(line);
	if (str_starts(line, STR("|")))
		line = str_from_index(line, 1);
	if (str_ends(line, STR("|")) && !str_ends(line, STR("\\|")))
		line.n--;
	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i];

		if (c == '\\')
			i++;
		else if (c == '`')
			in_code = !in_code;
		else if (c == '[')
			brackets++;
		else if (c == ']' && brackets > 0)
			brackets--;
		else if (c == '|' && !in_code && brackets == 0)
			count++;
	}
	return count;
}
