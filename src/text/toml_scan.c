/*
 * The small parts of a TOML document: blanks, keys, strings, bare values. What
 * they make up is for text/toml.
 */
#include "text/toml_scan.h"

#include "base/buf.h"
#include "base/utf8.h"

enum {
	short_digits = 4, /* of \u */
	long_digits = 8, /* of \U */
	hexadecimal = 16,
	code_point_max = 0x10ffff,
	surrogate_first = 0xd800,
	surrogate_last = 0xdfff,
	date_length = 10, /* 1979-05-27 */
	delete_character = 0x7f,
};

#define SYNTAX "toml-syntax"

char
toml_peek(const struct toml_scan *s)
{
	return s->at < s->input->text.n ? s->input->text.p[s->at] : '\0';
}

static struct str
rest_of(const struct toml_scan *s)
{
	return str_from_index(s->input->text, s->at);
}

bool
toml_take(struct toml_scan *s, struct str text)
{
	if (!str_starts(rest_of(s), text))
		return false;
	s->at += text.n;
	return true;
}

void
toml_skip_blanks(struct toml_scan *s)
{
	while (toml_peek(s) == ' ' || toml_peek(s) == '\t')
		s->at++;
}

void
toml_skip_lines(struct toml_scan *s)
{
	while (s->at < s->input->text.n) {
		if (toml_peek(s) == '#') {
			ptrdiff_t end = str_find_char(rest_of(s), '\n');

			s->at =
			    end < 0 ? s->input->text.n : s->at + (size_t)end;
		} else if (ascii_is_space(toml_peek(s))) {
			s->at++;
		} else {
			return;
		}
	}
}

void
toml_place(
    const struct toml_scan *s, size_t at, unsigned *line, unsigned *column)
{
	struct str before = str_first(s->input->text, at);
	ptrdiff_t last = str_find_last_char(before, '\n');

	*line = s->input->first_line;
	for (size_t i = 0; i < before.n; i++)
		*line += before.p[i] == '\n';
	*column = (unsigned)((ptrdiff_t)before.n - last);
}

int
toml_error(const struct toml_scan *s, size_t at, const char *code,
    const char *what, const char *hint)
{
	struct diag_place place = {.file = s->input->file};

	toml_place(s, at, &place.line, &place.column);
	diags_error(s->diags, place, code, hint, "%s", what);
	return -1;
}

int
toml_check_text(const struct toml_scan *s)
{
	struct str rest = s->input->text;
	uint32_t c;

	if (rest.n > yaml_size_max)
		return toml_error(s, 0, "toml-limit",
		    "the metadata is longer than 64 KiB", "shorten it");
	while (rest.n > 0) {
		size_t at = s->input->text.n - rest.n;

		if (!utf8_next(&rest, &c))
			return toml_error(s, at, "toml-utf8",
			    "the text is not UTF-8 from here on",
			    "save the file as UTF-8");
		if (c == delete_character ||
		    (c < ' ' && c != '\t' && c != '\n' && c != '\r'))
			return toml_error(s, at, "toml-control",
			    "a character that cannot be seen",
			    "take the character out");
	}
	return 0;
}

/* Read the digits behind \u and \U; a control that they mean becomes a tab. -1
 * when they mean no character. */
static int
read_code_point(struct toml_scan *s, size_t digits, struct buf *out)
{
	uint32_t c = 0;

	for (size_t i = 0; i < digits; i++) {
		int value = ascii_hex_value(toml_peek(s));

		if (value < 0)
			return -1;
		c = c * hexadecimal + (uint32_t)value;
		s->at++;
	}
	if (c > code_point_max || (c >= surrogate_first && c <= surrogate_last))
		return -1;
	utf8_add(out, c != '\n' && code_point_is_control(c) ? '\t' : c);
	return 0;
}

/* Read what stands behind a backslash. */
static int
read_escape(struct toml_scan *s, struct buf *out)
{
	static const char names[] = "btnfre\"\\";
	static const char meant[] = "\t\t\n\t\n\t\"\\";
	size_t start = s->at - 1;
	ptrdiff_t at =
	    str_find_char(str_from(names, sizeof(names) - 1), toml_peek(s));
	int result = -1;

	if (at >= 0) {
		buf_add_char(out, meant[at]);
		s->at++;
		return 0;
	}
	if (toml_take(s, STR("u")))
		result = read_code_point(s, short_digits, out);
	else if (toml_take(s, STR("U")))
		result = read_code_point(s, long_digits, out);
	if (result == 0)
		return 0;
	return toml_error(s, start, SYNTAX,
	    "a backslash with nothing that it can stand before",
	    "double the backslash, or put the text in single quotes");
}

/* A backslash at the end of a line takes the blanks of the next ones away. */
static bool
skip_line_end(struct toml_scan *s)
{
	struct toml_scan ahead = *s;

	toml_skip_blanks(&ahead);
	if (toml_peek(&ahead) != '\n' && toml_peek(&ahead) != '\r')
		return false;
	while (ascii_is_space(toml_peek(&ahead)))
		ahead.at++;
	s->at = ahead.at;
	return true;
}

/* Whether the closing quotes stand here; of more than three the first ones
 * belong to the text. */
static bool
take_close(struct toml_scan *s, struct str close)
{
	struct str rest = rest_of(s);

	if (!str_starts(rest, close))
		return false;
	if (close.n > 1 && rest.n > close.n && rest.p[close.n] == close.p[0])
		return false;
	s->at += close.n;
	return true;
}

/* Read up to the closing quotes. */
static int
read_quoted(struct toml_scan *s, struct str close, struct buf *out)
{
	bool is_literal = close.p[0] == '\'', is_long = close.n > 1;
	size_t start = s->at - close.n;

	if (is_long && !toml_take(s, STR("\n")))
		toml_take(s, STR("\r\n"));
	while (!take_close(s, close)) {
		char c = toml_peek(s);

		if (s->at >= s->input->text.n || (!is_long && c == '\n'))
			return toml_error(s, start, SYNTAX,
			    "the quote that opens here is not closed",
			    is_long ? "close the text with three quotes"
				    : "close it on its line, or use three "
				      "quotes for a text of several lines");
		s->at++;
		if (c == '\\' && !is_literal) {
			if (is_long && skip_line_end(s))
				continue;
			if (read_escape(s, out) < 0)
				return -1;
		} else if (c != '\r') {
			buf_add_char(out, c);
		}
	}
	return 0;
}

int
toml_read_string(struct toml_scan *s, struct str *text)
{
	static const struct str quotes[] = {
	    STR_INIT("\"\"\""), STR_INIT("'''"), STR_INIT("\""), STR_INIT("'")};
	struct buf out;
	size_t i = 0;
	int result;

	while (!toml_take(s, quotes[i]))
		i++;
	buf_init(&out, yaml_size_max);
	result = read_quoted(s, quotes[i], &out);
	*text = arena_str(s->arena, buf_str(&out));
	buf_fini(&out);
	return result;
}

static bool
is_number(struct str text)
{
	bool has_digit = false;

	for (size_t i = 0; i < text.n; i++) {
		has_digit = has_digit || ascii_is_digit(text.p[i]);
		if (!ascii_is_alnum(text.p[i]) &&
		    str_find_char(STR("+-._:"), text.p[i]) < 0)
			return false;
	}
	if (text.n > 0 && (text.p[0] == '+' || text.p[0] == '-'))
		text = str_from_index(text, 1);
	return (has_digit && ascii_is_digit(text.p[0])) ||
	    str_eq(text, STR("inf")) || str_eq(text, STR("nan"));
}

static size_t
bare_length(struct str s)
{
	size_t n = 0;

	while (n < s.n && !ascii_is_space(s.p[n]) &&
	    str_find_char(STR(",]}#="), s.p[n]) < 0)
		n++;
	return n;
}

/* The length of a date, a space and a time of day; else that of the word. */
static size_t
value_length(struct str s)
{
	size_t n = bare_length(s), time;

	if (n != date_length || s.p[date_length / 2 - 1] != '-' ||
	    n + 1 >= s.n || s.p[n] != ' ' || !ascii_is_digit(s.p[n + 1]))
		return n;
	time = bare_length(str_from_index(s, n + 1));
	return n + 1 + time;
}

/* Add a number without the '_' that it may have between digits. */
static struct str
copy_bare(struct toml_scan *s, struct str text)
{
	struct buf out;
	struct str copy;

	buf_init(&out, yaml_size_max);
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != '_')
			buf_add_char(&out, text.p[i]);
	copy = arena_str(s->arena, buf_str(&out));
	buf_fini(&out);
	return copy;
}

int
toml_read_bare(struct toml_scan *s, struct str *text)
{
	struct str rest = rest_of(s), word = str_first(rest, bare_length(rest));

	if (word.n == 0)
		return toml_error(s, s->at, SYNTAX, "there is no value here",
		    "write a value, or \"\"");
	if (!str_eq(word, STR("true")) && !str_eq(word, STR("false")) &&
	    !is_number(word))
		return toml_error(s, s->at, SYNTAX,
		    "this is no number, date or boolean", "quote the value");
	word = str_first(rest, value_length(rest));
	s->at += word.n;
	*text = copy_bare(s, word);
	return 0;
}

int
toml_read_key(struct toml_scan *s, struct str *text)
{
	struct str rest = rest_of(s);
	size_t n = 0;

	if (toml_peek(s) == '"' || toml_peek(s) == '\'')
		return toml_read_string(s, text);
	while (n < rest.n &&
	    (ascii_is_alnum(rest.p[n]) || rest.p[n] == '-' ||
		rest.p[n] == '_' || (rest.p[n] & '\x80') != 0))
		n++;
	if (n == 0)
		return toml_error(s, s->at, SYNTAX, "there is no key here",
		    "write key = value; quote a key with other signs than "
		    "letters, digits, - and _");
	*text = arena_str(s->arena, str_first(rest, n));
	s->at += n;
	return 0;
}
