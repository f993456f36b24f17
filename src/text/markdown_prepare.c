/*
 * From the Markdown of many engines to that of one: line by line, code is left
 * alone, and all else that CommonMark does not know becomes what it means.
 */
#include "text/markdown_prepare.h"

#include "text/markdown_callout.h"
#include "text/markdown_lines.h"
#include "text/markdown_marks.h"
#include "text/markdown_notes.h"
#include "text/markdown_reader.h"

enum {
	code_indent = 4,
	definitions_max = 200, /* of links in a row; see break_definitions() */
};

/* What was seen before the line that is read. */
struct lines {
	struct markdown_fence fence;
	bool in_list;
	bool behind_blank;
	bool behind_text; /* a paragraph, or a definition */
	bool behind_bar; /* a line with one, such as a row of a table */
	bool behind_code;
	bool is_start; /* nothing but imports so far */
	size_t open_elements; /* of HTML, that hold blocks */
	unsigned definitions;
	int behind_html; /* a line of it; 2: one that Markdown may follow */
};

/* The length of the line with its end. */
static size_t
line_length(const struct markdown_reader *r)
{
	ptrdiff_t end = str_find_char(markdown_reader_rest(r), '\n');

	return end < 0 ? r->body.n - r->at : (size_t)end + 1;
}

static bool
is_one_of(struct str s, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq_nocase(s, str_from_c(words[i])))
			return true;
	return false;
}

/* A line that only asks for a table of contents. */
static bool
is_contents(const struct markdown_reader *r, struct str text)
{
	static const char *const signs[] = {"[toc]", "[[toc]]", "[[_toc_]]",
	    "{:toc}", "{: toc}", "{:toc .toc}", "${toc}", "[TOC]: #"};
	struct str rest = markdown_reader_rest(r), line;
	size_t mark = markdown_line_item_mark(text);

	text = str_trim(text);
	if (is_one_of(text, signs, sizeof(signs) / sizeof(signs[0])))
		return true;
	if (mark == 0)
		return false;
	str_next_line(&rest, &line);
	line = (struct str){"", 0};
	str_next_line(&rest, &line);
	line = markdown_line_text(line);
	return str_starts(line, STR("{:toc")) ||
	    str_starts(line, STR("{: toc"));
}

/* "import X from 'y'" and the like at the start of an MDX file. */
static bool
is_import(const struct lines *l, struct str line)
{
	struct str tail = str_trim(line);

	if (!l->is_start && !l->behind_blank)
		return false;
	if (str_ends(tail, STR(";")))
		tail.n--;
	if (tail.n == 0 || str_find_char(STR("'\"}"), tail.p[tail.n - 1]) < 0)
		return false;
	return str_starts(line, STR("import ")) && tail.p[tail.n - 1] != '}';
}

/* The length of a declaration of MDX, which ends at a blank line; or 0. */
static size_t
declaration_length(const struct markdown_reader *r, const struct lines *l)
{
	static const struct str starts[] = {STR_INIT("export const "),
	    STR_INIT("export let "), STR_INIT("export function "),
	    STR_INIT("export default "), STR_INIT("export async "),
	    STR_INIT("import {\n"), STR_INIT("import React")};
	struct str rest = markdown_reader_rest(r), line = {"", 0};
	bool is_one = false;

	if (!l->is_start && !l->behind_blank)
		return 0;
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		is_one = is_one || str_starts(rest, starts[i]);
	if (!is_one)
		return 0;
	while (str_next_line(&rest, &line) && !markdown_line_is_blank(line))
		continue;
	return r->body.n - r->at - rest.n;
}

/* The inside of the mathematics that starts with "$$" at the start of s, and
 * the length of all. False when it does not end at the end of a line. */
static bool
find_math(struct str s, struct str *inside, size_t *length)
{
	struct str rest = s, line = {"", 0};
	ptrdiff_t end;

	str_next_line(&rest, &line);
	line = str_trim(line);
	*inside = str_from_index(s, 2);
	if (line.n > sizeof("$$$$") - 1) {
		if (!str_ends(line, STR("$$")))
			return false;
		inside->n = line.n - 2 - 2;
		*length = s.n - rest.n;
		return true;
	}
	end = str_find_str(*inside, STR("\n$$"));
	if (line.n != 2 || end < 0)
		return false;
	rest = str_from_index(*inside, (size_t)end + 1);
	str_next_line(&rest, &line);
	inside->n = (size_t)end;
	*length = s.n - rest.n;
	return str_trim(line).n == 2;
}

/* "$$" on a line of its own, or "$$ ... $$": mathematics, kept as written. */
static bool
read_math(struct markdown_reader *r, struct str line)
{
	size_t indent = (size_t)(markdown_line_text(line).p - line.p), length;
	struct str inside;

	if (!str_starts(markdown_line_text(line), STR("$$")) ||
	    !find_math(str_from_index(markdown_reader_rest(r), indent), &inside,
		&length))
		return false;
	markdown_reader_break(r);
	markdown_reader_add(r, STR("~~~~ math\n"));
	markdown_reader_add(r, str_trim(inside));
	markdown_reader_add(r, STR("\n~~~~\n"));
	markdown_reader_skip(r, indent + length);
	return true;
}

/* ": definition" behind a term becomes an item. */
static bool
read_definition(struct markdown_reader *r, const struct lines *l)
{
	struct str text = markdown_line_text(markdown_reader_line(r));

	if (!l->behind_text || text.n < 2 || text.p[0] != ':' ||
	    (text.p[1] != ' ' && text.p[1] != '\t'))
		return false;
	markdown_reader_skip(r, (size_t)(text.p - (r->body.p + r->at)) + 1);
	markdown_reader_add(r, STR("-"));
	return true;
}

/* Elements that hold blocks, and are always closed. */
static const char *const holders[] = {"div", "section", "article", "table",
    "ul", "ol", "figure", "aside", "center", "details", "blockquote", "header",
    "footer", "main", "nav", "form", "dl"};

/* The word at the start of s, behind "<" or "</". */
static struct str
element_name(struct str s)
{
	size_t n = 0;

	while (n < s.n && ascii_is_alnum(s.p[n]))
		n++;
	return str_first(s, n);
}

/* Count the elements that a line of HTML opens and closes. */
static void
count_elements(struct lines *l, struct str line)
{
	ptrdiff_t at;

	while ((at = str_find_char(line, '<')) >= 0) {
		bool is_end;

		line = str_from_index(line, (size_t)at + 1);
		is_end = str_starts(line, STR("/"));
		line = str_from_index(line, is_end ? 1 : 0);
		if (!is_one_of(element_name(line), holders,
			sizeof(holders) / sizeof(holders[0])))
			continue;
		if (!is_end)
			l->open_elements++;
		else if (l->open_elements > 0)
			l->open_elements--;
	}
}

/* HTML and tags of templates are indented as people like, and so is the text
 * in elements; it is no code for that. */
static void
skip_indent(struct markdown_reader *r, const struct lines *l)
{
	struct str line = markdown_reader_line(r);
	struct str text = markdown_line_text(line);
	bool is_tag =
	    str_starts(text, STR("{%")) || str_starts(text, STR("{{"));
	bool is_held = l->open_elements > 0 &&
	    (str_starts(text, STR("<")) ||
		markdown_line_indent(line) >= code_indent);

	if (!l->in_list && (is_tag || is_held))
		markdown_reader_skip(r, line.n - text.n);
}

static bool
is_indented_code(const struct lines *l, struct str line)
{
	struct str text = markdown_line_text(line);

	if (markdown_line_indent(line) < code_indent || l->in_list ||
	    l->open_elements > 0 || (!l->behind_blank && !l->behind_code))
		return false;
	return !str_starts(text, STR("{%")) && !str_starts(text, STR("{{"));
}

/* Whether what follows a line of HTML is Markdown for its author, though not
 * for CommonMark: behind a tag that is alone on its line, and behind the end of
 * the outermost element. */
static bool
is_followed_by_markdown(const struct lines *l, struct str text)
{
	static const char *const blocks[] = {
	    "p", "h1", "h2", "h3", "h4", "h5", "h6", "hr"};
	static const char *const parts[] = {
	    "table", "tr", "td", "th", "li", "ul", "ol", "dl", "pre"};
	struct str name = element_name(
	    str_from_index(text, str_starts(text, STR("</")) ? 2 : 1));

	text = str_trim(text);
	if (str_ends(text, STR("</summary>")))
		return true;
	if (!str_ends(text, STR(">")))
		return false;
	if (str_find_char(text, '>') == (ptrdiff_t)text.n - 1)
		return !is_one_of(
		    name, parts, sizeof(parts) / sizeof(parts[0]));
	return l->open_elements == 0 &&
	    (is_one_of(name, holders, sizeof(holders) / sizeof(holders[0])) ||
		is_one_of(name, blocks, sizeof(blocks) / sizeof(blocks[0])));
}

/* Markdown directly behind a line of HTML needs a blank line to be read as
 * Markdown: text behind an opening tag, headings and fences anywhere. */
static void
part_from_html(
    struct markdown_reader *r, const struct lines *l, struct str text)
{
	if (l->behind_html == 0 || text.n == 0 || text.p[0] == '<')
		return;
	if (l->behind_html == 2 || str_starts(text, STR("# ")) ||
	    str_starts(text, STR("##")) || str_starts(text, STR("```")))
		markdown_reader_add(r, STR("\n"));
}

/* The length of the tag at the start of text, when it starts a block of HTML
 * and its line goes on with what is Markdown to its author; or 0. */
static size_t
held_markdown(struct str text)
{
	static const char *const blocks[] = {"center", "div", "p", "td", "th",
	    "li", "dd", "dt", "figcaption", "figure", "section", "aside",
	    "details", "summary", "blockquote", "header", "footer"};
	struct str behind;
	ptrdiff_t end = str_find_char(text, '>');

	if (end < 0 || text.p[0] != '<' ||
	    !is_one_of(element_name(str_from_index(text, 1)), blocks,
		sizeof(blocks) / sizeof(blocks[0])))
		return 0;
	behind = str_from_index(text, (size_t)end + 1);
	if (str_find_str(behind, STR("](")) < 0 &&
	    str_find_str(behind, STR("**")) < 0)
		return 0;
	return (size_t)end + 1;
}

/* A definition of a link with an open title is looked at up to the end of its
 * paragraph, each one anew; a blank line now and then bounds that. */
static void
break_definitions(struct markdown_reader *r, struct lines *l, struct str text)
{
	if (!str_starts(text, STR("["))) {
		l->definitions = 0;
		return;
	}
	if (++l->definitions < definitions_max ||
	    str_find_str(text, STR("]:")) < 0)
		return;
	l->definitions = 0;
	markdown_reader_add(r, STR("\n"));
}

/* An empty first heading, "|| A | B |", is one for the parser only with a space
 * in it. */
static void
part_empty_heading(struct markdown_reader *r, struct str text)
{
	struct str rest = markdown_reader_rest(r), line = {"", 0};

	if (!str_starts(text, STR("||")))
		return;
	str_next_line(&rest, &line);
	line = (struct str){"", 0};
	str_next_line(&rest, &line);
	if (!markdown_line_is_under_headings(line))
		return;
	markdown_reader_skip(r, (size_t)(text.p - r->body.p) + 1 - r->at);
	markdown_reader_add(r, STR("| "));
}

/* A table that follows text at once is one for the parser only behind a blank
 * line. */
static void
part_table(struct markdown_reader *r, const struct lines *l, struct str text)
{
	struct str rest = markdown_reader_rest(r), line = {"", 0};

	if (!l->behind_text || l->behind_blank || l->behind_bar || l->in_list ||
	    !str_starts(text, STR("|")))
		return;
	str_next_line(&rest, &line);
	line = (struct str){"", 0};
	str_next_line(&rest, &line);
	if (markdown_line_is_under_headings(line))
		markdown_reader_add(r, STR("\n"));
}

/* The line before the one that is read, without the marks of a quote. */
static struct str
line_before(const struct markdown_reader *r)
{
	struct str line = str_first(r->body, r->line_at);
	ptrdiff_t end;

	if (str_ends(line, STR("\n")))
		line.n--;
	end = str_find_last_char(line, '\n');
	line = str_trim(str_from_index(line, (size_t)(end + 1)));
	while (str_starts(line, STR(">")))
		line = str_trim(str_from_index(line, 1));
	return line;
}

/* Copy it with three dashes in each column, which the parser asks for, and with
 * all columns that the headings have: the parser drops what is behind. */
static bool
read_table_line(struct markdown_reader *r, const struct lines *l)
{
	struct str line = markdown_reader_line(r);
	size_t heads, columns;

	if (!l->behind_text || l->behind_blank ||
	    !markdown_line_is_under_headings(line))
		return false;
	heads = markdown_line_columns(line_before(r));
	columns = markdown_line_columns(line);
	for (size_t i = 0; i < line.n; i++) {
		bool starts =
		    line.p[i] == '-' && (i == 0 || line.p[i - 1] != '-');

		markdown_reader_add(
		    r, starts ? STR("---") : str_from(line.p + i, 1));
	}
	for (; columns < heads; columns++)
		markdown_reader_add(
		    r, str_ends(line, STR("|")) ? STR("---|") : STR("|---"));
	markdown_reader_skip(r, line.n);
	markdown_marks_read_line(r);
	return true;
}

/* Whether a line starts with a tag of HTML; components have capitals. */
static bool
is_html(struct str text)
{
	size_t i = str_starts(text, STR("</")) ? 2 : 1;

	return text.n > i && text.p[0] == '<' && text.p[i] >= 'a' &&
	    text.p[i] <= 'z';
}

/* The number of signs of a heading that has no space behind them, "##Title", as
 * older engines took it; 0 for all else, and for "#tag". */
static size_t
tight_heading_length(const struct lines *l, struct str line)
{
	enum { level_max = 6 };
	size_t n = 0;

	while (n < line.n && line.p[n] == '#')
		n++;
	if (n < 2 || n > level_max || n == line.n || !l->behind_blank ||
	    (!ascii_is_alnum(line.p[n]) && (line.p[n] & '\x80') == 0))
		return 0;
	return n;
}

/* Whether the line says what an abbreviation stands for: "*[HTML]: ...". */
static bool
is_abbreviation(struct str line)
{
	ptrdiff_t end = str_find_str(line, STR("]: "));

	return str_starts(line, STR("*[")) && end > 2;
}

/* Take note of the line for those behind it. */
static void
note_line(struct lines *l, struct str line)
{
	struct str text = markdown_line_text(line);
	bool is_item = markdown_line_item_mark(text) > 0;
	bool is_blank = markdown_line_is_blank(line);

	if (is_item && markdown_line_indent(line) < code_indent)
		l->in_list = true;
	else if (!is_blank && l->behind_blank &&
	    markdown_line_indent(line) == 0)
		l->in_list = false;
	if (!is_blank)
		l->behind_text = !markdown_line_starts_block(line) ||
		    (l->behind_text && is_item);
	if (text.n > 0 && text.p[0] == '<')
		count_elements(l, text);
	l->behind_html = is_html(text) ? 1 : 0;
	if (is_html(text) && is_followed_by_markdown(l, text))
		l->behind_html = 2;
	l->behind_blank = is_blank;
	l->behind_bar = str_starts(text, STR("|"));
	l->behind_code = false;
}

/* Read a line that is no code. */
static void
read_text(struct markdown_reader *r, struct lines *l, struct str line)
{
	struct str text = markdown_line_text(line);
	size_t tight = tight_heading_length(l, line), held, declared;

	if (is_contents(r, text) || is_import(l, line) ||
	    is_abbreviation(line)) {
		markdown_reader_skip(r, line_length(r));
		return;
	}
	if ((declared = declaration_length(r, l)) > 0) {
		markdown_reader_skip(r, declared);
		l->behind_blank = true;
		return;
	}
	l->is_start = l->is_start && markdown_line_is_blank(line);
	if (markdown_callout_read_line(r) || read_math(r, line)) {
		l->behind_blank = true;
		l->in_list = false;
		return;
	}
	if (read_table_line(r, l))
		return;
	if (read_definition(r, l)) {
		markdown_marks_read_line(r);
		l->behind_text = true;
		l->behind_blank = false;
		return;
	}
	skip_indent(r, l);
	break_definitions(r, l, text);
	part_from_html(r, l, text);
	part_table(r, l, text);
	note_line(l, line);
	part_empty_heading(r, text);
	held = held_markdown(text);
	if (held > 0) {
		markdown_reader_skip(r, (size_t)(text.p - r->body.p) - r->at);
		markdown_reader_copy(r, held);
		markdown_reader_add(r, STR("\n\n"));
	}
	if (tight > 0) {
		markdown_reader_copy(r, tight);
		markdown_reader_add(r, STR(" "));
	}
	markdown_marks_read_line(r);
}

/* The lines of a note are indented to belong to it. */
static void
skip_note_indent(struct markdown_reader *r)
{
	struct str line = markdown_reader_line(r);
	size_t n = 0;

	while (n < line.n && n < code_indent && line.p[n] == ' ')
		n++;
	if (n == 0 && str_starts(line, STR("\t")))
		n = 1;
	markdown_reader_skip(r, n);
}

/* Read the body to its end. */
static void
read_all(struct markdown_reader *r)
{
	struct lines l = {.behind_blank = true, .is_start = true};

	while (r->at < r->body.n) {
		struct str line;
		bool was_open;

		if (r->at != r->line_at) {
			markdown_marks_read_line(r);
			continue;
		}
		if (markdown_notes_skip(r))
			continue;
		if (r->is_note)
			skip_note_indent(r);
		markdown_callout_enter_line(r);
		line = markdown_reader_line(r);
		was_open = l.fence.length > 0;
		if (markdown_fence_read(&l.fence, line)) {
			if (!was_open)
				part_from_html(r, &l, markdown_line_text(line));
			l.behind_html = 0;
			markdown_reader_copy_code(r, line_length(r));
			l.behind_blank = false;
			l.behind_text = false;
		} else if (is_indented_code(&l, line)) {
			markdown_reader_copy_code(r, line_length(r));
			l.behind_code = true;
		} else {
			read_text(r, &l, line);
		}
	}
	if (l.fence.length > 0) {
		markdown_reader_break(r);
		for (size_t i = 0; i < l.fence.length; i++)
			markdown_reader_add(r, str_from(&l.fence.sign, 1));
	}
	while (r->box_count > 0)
		markdown_reader_close_box(r);
}

void
markdown_prepare(const struct markdown_options *options, struct str body,
    struct markdown_source *source, struct diags *diags)
{
	struct markdown_reader r;

	markdown_source_find_closed(source, body);
	markdown_reader_init(&r, options, source, diags);
	markdown_reader_start(&r, body, options->first_line);
	markdown_notes_collect(&r);
	read_all(&r);
	r.is_note = true;
	for (size_t i = 0; markdown_notes_start(&r, i); i++) {
		read_all(&r);
		markdown_notes_end(&r);
	}
	markdown_reader_fini(&r);
}
