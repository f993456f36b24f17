/*
 * Callouts and admonitions, of all the kinds that people write: each becomes a
 * block quote with a first line "Note: title".
 */
#include "text/markdown_callout.h"

enum {
	title_max = 4096,
	colons_min = 3,
	content_indent = 4, /* of MkDocs */
	tab_stop = 4,
};

bool
markdown_callout_knows(struct str word)
{
	static const struct str kinds[] = {STR_INIT("note"), STR_INIT("tip"),
	    STR_INIT("info"), STR_INIT("warning"), STR_INIT("danger"),
	    STR_INIT("caution"), STR_INIT("important"), STR_INIT("hint"),
	    STR_INIT("success"), STR_INIT("error"), STR_INIT("example"),
	    STR_INIT("quote"), STR_INIT("question"), STR_INIT("bug"),
	    STR_INIT("failure"), STR_INIT("abstract"), STR_INIT("summary"),
	    STR_INIT("tldr"), STR_INIT("todo"), STR_INIT("attention"),
	    STR_INIT("check"), STR_INIT("done"), STR_INIT("help"),
	    STR_INIT("faq"), STR_INIT("fail"), STR_INIT("missing"),
	    STR_INIT("cite"), STR_INIT("seealso"), STR_INIT("notice"),
	    STR_INIT("alert"), STR_INIT("warn"), STR_INIT("primary"),
	    STR_INIT("secondary"), STR_INIT("update"), STR_INIT("aside"),
	    STR_INIT("details"), STR_INIT("spoiler")};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (str_eq_nocase(word, kinds[i]))
			return true;
	return false;
}

void
markdown_callout_add_title(struct buf *out, struct str kind, struct str title)
{
	title = str_trim(title);
	for (size_t i = 0; i < kind.n; i++) {
		char c = kind.p[i] == '-' || kind.p[i] == '_'
		    ? ' '
		    : ascii_to_lower(kind.p[i]);

		if (i == 0 && ascii_is_alpha(c))
			c = (char)(c - 'a' + 'A');
		buf_add_char(out, c);
	}
	if (title.n == 0 || str_eq_nocase(title, kind))
		return;
	if (kind.n > 0)
		buf_add(out, STR(": "));
	buf_add(out, title);
}

static size_t
count_start(struct str s, char c)
{
	size_t n = 0;

	while (n < s.n && s.p[n] == c)
		n++;
	return n;
}

/* The columns of blanks at the start of s, and their bytes. */
static size_t
indent_of(struct str s, size_t *bytes)
{
	size_t columns = 0, n = 0;

	for (; n < s.n && (s.p[n] == ' ' || s.p[n] == '\t'); n++)
		columns += s.p[n] == ' ' ? 1 : tab_stop - columns % tab_stop;
	*bytes = n;
	return columns;
}

/* Take a word, without the dots and braces of Pandoc. */
static struct str
take_word(struct str *s)
{
	struct str word;
	size_t n = 0;

	while (s->n > 0 && str_find_char(STR(" \t{."), s->p[0]) >= 0)
		*s = str_from_index(*s, 1);
	while (n < s->n &&
	    (ascii_is_alnum(s->p[n]) || s->p[n] == '-' || s->p[n] == '_'))
		n++;
	word = str_first(*s, n);
	*s = str_from_index(*s, n);
	return word;
}

static struct str
trim_quotes(struct str s)
{
	s = str_trim(s);
	if (s.n > 1 && (s.p[0] == '"' || s.p[0] == '\'') &&
	    s.p[s.n - 1] == s.p[0])
		return str_from(s.p + 1, s.n - 2);
	return s;
}

/* Open a box with the title of a callout. */
static void
open_box(struct markdown_reader *r, const struct markdown_box *box,
    struct str kind, struct str title)
{
	struct buf line;

	buf_init(&line, title_max);
	markdown_callout_add_title(&line, kind, title);
	markdown_reader_open_box(r, box, buf_str(&line));
	buf_fini(&line);
}

/* The title behind the kind: in brackets, in quotes or plain; attributes in
 * braces are none. */
static struct str
fence_title(struct str s)
{
	s = str_trim(s);
	if (s.n > 1 && s.p[0] == '[') {
		ptrdiff_t end = str_find_char(s, ']');

		return end < 0 ? s : str_from(s.p + 1, (size_t)end - 1);
	}
	if (str_starts(s, STR("}")) || str_starts(s, STR("{")))
		return STR("");
	return trim_quotes(s);
}

/* Close boxes up to the fence that so many colons end. */
static void
close_fence(struct markdown_reader *r, size_t colons)
{
	for (size_t i = r->box_count; i > 0; i--) {
		const struct markdown_box *box = &r->boxes[i - 1];

		if (box->end != MARKDOWN_BOX_COLONS || colons < box->colons)
			continue;
		while (r->box_count >= i)
			markdown_reader_close_box(r);
		return;
	}
}

static bool
read_fence(struct markdown_reader *r, struct str line, size_t indent)
{
	struct markdown_box box = {
	    .end = MARKDOWN_BOX_COLONS, .indent = indent};
	struct str kind;

	box.colons = count_start(line, ':');
	if (box.colons < colons_min)
		return false;
	line = str_trim(str_from_index(line, box.colons));
	if (line.n == 0) {
		close_fence(r, box.colons);
		return true;
	}
	if (str_ends(line, STR(":::")))
		line = str_trim(str_first(line, line.n - colons_min));
	kind = take_word(&line);
	box.is_quoted = markdown_callout_knows(kind);
	if (box.is_quoted)
		open_box(r, &box, kind, fence_title(line));
	else
		markdown_reader_open_box(r, &box, STR(""));
	return true;
}

static bool
read_mkdocs(struct markdown_reader *r, struct str line, size_t indent)
{
	struct markdown_box box = {
	    .end = MARKDOWN_BOX_INDENT, .indent = indent, .is_quoted = true};
	struct str kind, title;
	ptrdiff_t quote;

	if (!str_starts(line, STR("!!!")) && !str_starts(line, STR("???")))
		return false;
	line = str_from_index(line, sizeof("!!!") - 1);
	if (str_starts(line, STR("+")))
		line = str_from_index(line, 1);
	if (line.n == 0 || line.p[0] != ' ')
		return false;
	kind = take_word(&line);
	quote = str_find_char(line, '"');
	if (kind.n == 0)
		return false;
	if (quote < 0) {
		open_box(r, &box, kind, STR(""));
		return true;
	}
	line = str_from_index(line, (size_t)quote + 1);
	str_cut(&line, '"', &title);
	open_box(r, &box, title.n == 0 ? STR("") : kind, title);
	return true;
}

/* "> [!note]- title": the kind and the title in place of what is there. */
static bool
read_quoted(struct markdown_reader *r, struct str line)
{
	struct str kind, title, rest;
	struct buf out;
	size_t n = 0;
	ptrdiff_t end;

	while (n < line.n && (line.p[n] == '>' || line.p[n] == ' '))
		n++;
	kind = str_from_index(line, n);
	if (!str_starts(line, STR(">")) || !str_starts(kind, STR("[!")))
		return false;
	end = str_find_char(kind, ']');
	if (end < (ptrdiff_t)sizeof("[!"))
		return false;
	title = str_from_index(kind, (size_t)end + 1);
	if (str_starts(title, STR("(")))
		return false;
	if (str_starts(title, STR("-")) || str_starts(title, STR("+")))
		title = str_from_index(title, 1);
	rest = str_from_index(str_first(kind, (size_t)end), 2);
	str_cut(&rest, '|', &kind);
	buf_init(&out, title_max);
	buf_add(&out, str_first(line, n));
	markdown_callout_add_title(&out, kind, title);
	buf_add(&out, STR("  "));
	markdown_reader_add(r, buf_str(&out));
	buf_fini(&out);
	return true;
}

/* "!> text" and "?> text" of Docsify. */
static bool
read_docsify(struct markdown_reader *r, struct str line)
{
	bool is_warning = str_starts(line, STR("!> "));

	if (!is_warning && !str_starts(line, STR("?> ")))
		return false;
	markdown_reader_break(r);
	markdown_reader_add(
	    r, is_warning ? STR("> Warning: ") : STR("> Tip: "));
	markdown_reader_add(
	    r, str_trim(str_from_index(line, sizeof("!> ") - 1)));
	return true;
}

bool
markdown_callout_read_line(struct markdown_reader *r)
{
	struct str line = markdown_reader_line(r), text;
	size_t bytes, indent = indent_of(line, &bytes);

	text = str_from_index(line, bytes);
	if (read_fence(r, text, indent) || read_mkdocs(r, text, indent)) {
		markdown_reader_skip(r, line.n);
		if (r->at < r->body.n && r->body.p[r->at] == '\r')
			markdown_reader_skip(r, 1);
		markdown_reader_skip(r, 1);
		return true;
	}
	if (!read_quoted(r, text) && !read_docsify(r, text))
		return false;
	markdown_reader_skip(r, line.n);
	return true;
}

/* The columns that lines of the innermost indented box start with. */
static size_t
wanted_indent(const struct markdown_reader *r)
{
	for (size_t i = r->box_count; i > 0; i--)
		if (r->boxes[i - 1].end == MARKDOWN_BOX_INDENT)
			return r->boxes[i - 1].indent + content_indent;
	return 0;
}

void
markdown_callout_enter_line(struct markdown_reader *r)
{
	struct str line = markdown_reader_line(r);
	size_t bytes, indent = indent_of(line, &bytes), wanted, n = 0, blanks;

	if (r->box_count == 0)
		return;
	wanted = wanted_indent(r);
	while (wanted > indent && bytes < line.n) {
		markdown_reader_close_box(r);
		wanted = wanted_indent(r);
	}
	if (wanted == 0 && r->box_count > 0)
		wanted = r->boxes[0].indent;
	while (n < bytes && indent_of(str_first(line, n), &blanks) < wanted)
		n++;
	markdown_reader_skip(r, n);
}
