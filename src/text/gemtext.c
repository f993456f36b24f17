/*
 * Gemtext, read line by line and written so that no text becomes structure.
 * Where texts come from, and what a page consists of, is decided elsewhere.
 */
#include "text/gemtext.h"

#include <string.h>

#include "base/utf8.h"
#include "text/fold.h"

enum {
	level_max = 3,
	ascii_end = 0x80,
	no_break_space = 0xa0,
	byte_order_mark = 0xfeff,
	cjk_punctuation_first = 0x3000,
	cjk_punctuation_last = 0x303f,
	iteration_mark = 0x3005, /* written between, but read as words */
	number_zero = 0x3007,
	fullwidth_punctuation_first = 0xff01,
	fullwidth_punctuation_last = 0xff0f,
};

static const struct str fence = STR_INIT("```");
static const struct str link_marker = STR_INIT("=>");
static const struct str mark_bytes = STR_INIT("\xef\xbb\xbf");
static const struct str replacement = STR_INIT("\xef\xbf\xbd");

static bool
is_one_of(char c, struct str set)
{
	return str_find_char(set, c) >= 0;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static struct str
trim_blank(struct str s)
{
	while (s.n > 0 && is_blank(s.p[0]))
		s = str_from_index(s, 1);
	while (s.n > 0 && is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

/* Take a line that ends with LF, CRLF, CR or the end of the text. */
static bool
next_line(struct str *rest, struct str *line)
{
	size_t n = 0;

	if (rest->n == 0)
		return false;
	while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r')
		n++;
	*line = str_first(*rest, n);
	if (n + 1 < rest->n && rest->p[n] == '\r' && rest->p[n + 1] == '\n')
		n++;
	*rest = str_from_index(*rest, n + 1);
	return true;
}

void
gemtext_init(struct gemtext *g, struct str text)
{
	if (str_starts(text, mark_bytes))
		text = str_from_index(text, mark_bytes.n);
	*g = (struct gemtext){.rest = text};
}

static void
line_to_link(struct gemtext_line *line)
{
	struct str rest;
	size_t n = 0;

	rest = trim_blank(str_from_index(line->raw, link_marker.n));
	if (rest.n == 0)
		return;
	while (n < rest.n && !is_blank(rest.p[n]))
		n++;
	line->type = GEMTEXT_LINK;
	line->url = str_first(rest, n);
	line->text = trim_blank(str_from_index(rest, n));
}

static void
line_to_heading(struct gemtext_line *line)
{
	int level = 0;

	while (level < level_max && (size_t)level < line->raw.n &&
	    line->raw.p[level] == '#')
		level++;
	line->type = GEMTEXT_HEADING;
	line->level = level;
	line->text = trim_blank(str_from_index(line->raw, (size_t)level));
}

static void
line_to_marked(struct gemtext_line *line, enum gemtext_type type, size_t marker)
{
	line->type = type;
	line->text = trim_blank(str_from_index(line->raw, marker));
}

bool
gemtext_next(struct gemtext *g, struct gemtext_line *line)
{
	*line = (struct gemtext_line){.type = GEMTEXT_TEXT};
	if (!next_line(&g->rest, &line->raw))
		return false;
	line->number = ++g->number;
	line->text = line->raw;
	line->url = STR("");
	if (str_starts(line->raw, fence)) {
		line_to_marked(line, GEMTEXT_TOGGLE, fence.n);
		g->preformatted = !g->preformatted;
	} else if (g->preformatted) {
		line->type = GEMTEXT_PREFORMATTED;
	} else if (str_starts(line->raw, link_marker)) {
		line_to_link(line);
	} else if (str_starts(line->raw, STR("#"))) {
		line_to_heading(line);
	} else if (str_starts(line->raw, STR("* "))) {
		line_to_marked(line, GEMTEXT_ITEM, 2);
	} else if (str_starts(line->raw, STR(">"))) {
		line_to_marked(line, GEMTEXT_QUOTE, 1);
	}
	return true;
}

/* Where a one-line text stands: a space is owed before what comes next. */
struct one_line {
	struct buf *out;
	bool any;
	bool space;
};

static void
one_line_add(struct one_line *line, struct str s)
{
	if (s.n == 0)
		return;
	if (line->any && line->space)
		buf_add_char(line->out, ' ');
	buf_add(line->out, s);
	line->any = true;
	line->space = false;
}

/* s without the printable ASCII, other than spaces, at its start: what most
 * texts consist of needs no look at code points. */
static struct str
skip_plain(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] > ' ' && s.p[n] <= '~')
		n++;
	return str_from_index(s, n);
}

void
gemtext_add_line_part(struct buf *out, struct str text)
{
	struct one_line line = {.out = out};
	struct str run = text, rest = text;
	uint32_t code_point;
	bool known, is_space;

	while ((rest = skip_plain(rest)).n > 0) {
		text = rest;
		known = utf8_next(&rest, &code_point);
		if (!known)
			rest = str_from_index(rest, 1);
		is_space = known &&
		    (code_point == ' ' || code_point_is_control(code_point));
		if (known && !is_space && code_point != byte_order_mark &&
		    !code_point_is_bidi_control(code_point))
			continue;
		one_line_add(&line, str_first(run, run.n - text.n));
		if (!known)
			one_line_add(&line, replacement);
		line.space = line.space || is_space;
		run = rest;
	}
	one_line_add(&line, run);
}

/* Whether a line that starts with text, whatever comes behind, may be of
 * another type than text. */
static bool
is_marker(struct str text)
{
	static const struct str markers[] = {STR_INIT("=>"), STR_INIT("#"),
	    STR_INIT("* "), STR_INIT(">"), STR_INIT("```")};

	if (text.n == 0)
		return false;
	for (size_t i = 0; i < sizeof(markers) / sizeof(markers[0]); i++)
		if (str_starts(text, markers[i]) ||
		    str_starts(markers[i], text))
			return true;
	return false;
}

void
gemtext_add_start(struct buf *out, struct str text)
{
	size_t before = out->n;

	gemtext_add_line_part(out, text);
	if (!is_marker(str_from_index(buf_str(out), before)) ||
	    buf_reserve(out, 1) < 0)
		return;
	memmove(out->p + before + 1, out->p + before, out->n - before);
	out->p[before] = ' ';
	out->n++;
}

void
gemtext_add_text(struct buf *out, struct str text)
{
	gemtext_add_start(out, text);
	buf_add_char(out, '\n');
}

/* Whether byte i of url may stand in a URI as it is. RFC 3986, 2. */
static bool
is_url_byte(struct str url, size_t i)
{
	char c = url.p[i];

	if (c == '%')
		return i + 2 < url.n && ascii_hex_value(url.p[i + 1]) >= 0 &&
		    ascii_hex_value(url.p[i + 2]) >= 0;
	return c > ' ' && c <= '~' && !is_one_of(c, STR("\"<>\\^`{|}"));
}

void
gemtext_add_url(struct buf *out, struct str url)
{
	size_t start = 0;

	for (size_t i = 0; i < url.n; i++) {
		if (is_url_byte(url, i))
			continue;
		buf_add(out, str_from(url.p + start, i - start));
		buf_addf(out, "%%%02X", (unsigned char)url.p[i]);
		start = i + 1;
	}
	buf_add(out, str_from_index(url, start));
}

/* Whether the first segment of url has a colon that does not end a scheme.
 * RFC 3986, 3.1 and 4.2. */
static bool
has_bare_colon(struct str url)
{
	for (size_t i = 0; i < url.n; i++) {
		if (url.p[i] == ':')
			return i == 0;
		if (i == 0 ? !ascii_is_alpha(url.p[i])
			   : !ascii_is_alnum(url.p[i]) &&
			    !is_one_of(url.p[i], STR("+-."))) {
			url = str_from_index(url, i);
			break;
		}
	}
	for (size_t i = 0; i < url.n; i++) {
		if (url.p[i] == ':')
			return true;
		if (is_one_of(url.p[i], STR("/?#")))
			return false;
	}
	return false;
}

void
gemtext_add_link(struct buf *out, struct str url, struct str label)
{
	size_t before;

	url = str_trim(url);
	if (url.n == 0) {
		gemtext_add_text(out, label);
		return;
	}
	buf_add(out, STR("=> "));
	if (has_bare_colon(url))
		buf_add(out, STR("./"));
	gemtext_add_url(out, url);
	before = out->n;
	buf_add_char(out, ' ');
	gemtext_add_line_part(out, label);
	if (out->n == before + 1)
		buf_truncate(out, before);
	buf_add_char(out, '\n');
}

/* Add a line, with a sign that all can read for what is no character. */
static void
add_raw(struct buf *out, struct str raw)
{
	bool has_more = true;
	struct str part;

	while (has_more) {
		has_more = str_cut(&raw, '\0', &part);
		buf_add(out, part);
		if (has_more)
			buf_add(out, replacement);
	}
}

void
gemtext_add_body(struct buf *out, struct str body)
{
	struct gemtext g;
	struct gemtext_line line;

	gemtext_init(&g, body);
	while (gemtext_next(&g, &line)) {
		add_raw(out, line.raw);
		buf_add_char(out, '\n');
	}
	if (g.preformatted)
		buf_add(out, STR("```\n"));
}

/* text without the blank lines at its start. */
static struct str
skip_blank_lines(struct str text)
{
	struct str rest = text, line;

	while (next_line(&rest, &line) && trim_blank(line).n == 0)
		text = rest;
	return text;
}

bool
gemtext_take_title(struct str body, struct str *title, struct buf *without)
{
	struct gemtext g;
	struct gemtext_line line;
	struct str before;

	gemtext_init(&g, body);
	body = g.rest;
	do {
		if (!gemtext_next(&g, &line))
			return false;
	} while (line.type != GEMTEXT_HEADING || line.level != 1 ||
	    line.text.n == 0);
	*title = line.text;
	before = str_first(body, (size_t)(line.raw.p - body.p));
	if (skip_blank_lines(before).n == 0) {
		buf_add(without, skip_blank_lines(g.rest));
		return true;
	}
	buf_add(without, before);
	buf_add(without, g.rest);
	return true;
}

/* Whether the code point stands between words and is none of them. */
static bool
is_word_gap(uint32_t c)
{
	if (c >= cjk_punctuation_first && c <= cjk_punctuation_last)
		return c != iteration_mark && c != number_zero;
	return c == ' ' || c == no_break_space || code_point_is_control(c) ||
	    (c >= fullwidth_punctuation_first &&
		c <= fullwidth_punctuation_last);
}

/* The number of words in a run of ASCII at the start of s, which moves behind
 * it. in_word: whether a word was going on before, and is afterwards. */
static size_t
count_ascii_words(struct str *s, bool *in_word)
{
	bool is_inside = *in_word, is_gap;
	size_t i = 0, n = 0;

	for (; i < s->n && (unsigned char)s->p[i] < ascii_end; i++) {
		is_gap = s->p[i] <= ' ' || s->p[i] == ascii_end - 1;
		n += !is_gap && !is_inside;
		is_inside = !is_gap;
	}
	*s = str_from_index(*s, i);
	*in_word = is_inside;
	return n;
}

static size_t
count_words(struct str text)
{
	uint32_t code_point;
	bool in_word = false;
	size_t n = count_ascii_words(&text, &in_word);

	while (text.n > 0) {
		if (!utf8_next(&text, &code_point)) {
			code_point = byte_order_mark;
			text = str_from_index(text, 1);
		}
		if (is_word_gap(code_point)) {
			in_word = false;
		} else if (fold_is_spaceless(code_point)) {
			in_word = false;
			n++;
		} else if (!in_word) {
			in_word = true;
			n++;
		}
		n += count_ascii_words(&text, &in_word);
	}
	return n;
}

size_t
gemtext_count_words(struct str body)
{
	struct gemtext g;
	struct gemtext_line line;
	size_t n = 0;

	gemtext_init(&g, body);
	while (gemtext_next(&g, &line))
		if (line.type != GEMTEXT_PREFORMATTED &&
		    line.type != GEMTEXT_TOGGLE)
			n += count_words(line.text);
	return n;
}

/* Whether text has more than marks, such as the dashes of a rule. */
static bool
has_word(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (ascii_is_alnum(text.p[i]) || (text.p[i] & '\x80') != 0)
			return true;
	return false;
}

void
gemtext_add_excerpt(struct buf *out, struct str body)
{
	struct gemtext g;
	struct gemtext_line line;
	struct str second = {"", 0};

	gemtext_init(&g, body);
	while (gemtext_next(&g, &line)) {
		if (!has_word(line.text))
			continue;
		if (line.type == GEMTEXT_TEXT) {
			gemtext_add_line_part(out, line.text);
			return;
		}
		if (second.n == 0 &&
		    (line.type == GEMTEXT_ITEM || line.type == GEMTEXT_QUOTE))
			second = line.text;
	}
	gemtext_add_line_part(out, second);
}
