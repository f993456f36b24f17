/*
 * Stars that would stay in the text, raised and lowered text, emoji by name.
 * What the parser reads well itself is not touched.
 */
#include "text/markdown_emphasis.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "text/markdown_lines.h"
#include "text/markdown_run.h"

enum {
	reach_max = 1024, /* bytes up to the stars that close */
	stars_max = 3,
	script_max = 12,
	emoji_max = 32,
	utf8_length_max = 4,
	utf8_mark = 0xc0,
	utf8_follows = 0x80,
	ascii_end = 0x80,
	no_break_space = 0xa0,
	ideographic_space = 0x3000,
};

/* The code point that s starts with; a space where it is empty. */
static uint32_t
first_of(struct str s)
{
	uint32_t c = ' ';

	return s.n > 0 && utf8_next(&s, &c) ? c : (uint32_t)' ';
}

/* The code point that s ends with; a space where it is empty. */
static uint32_t
last_of(struct str s)
{
	size_t n = 1;

	while (n < s.n && n < utf8_length_max &&
	    ((unsigned char)s.p[s.n - n] & utf8_mark) == utf8_follows)
		n++;
	return s.n == 0 ? (uint32_t)' ' : first_of(str_from_index(s, s.n - n));
}

static bool
is_space(uint32_t c)
{
	return c <= ' ' || c == no_break_space || c == ideographic_space;
}

struct range {
	uint32_t first, last;
};

/* Whether c is punctuation: of ASCII, Latin-1, general and CJK. */
static bool
is_punctuation(uint32_t c)
{
	static const struct range ranges[] = {{0x21, 0x2f}, {0x3a, 0x40},
	    {0x5b, 0x60}, {0x7b, 0x7e}, {0xa1, 0xa1}, {0xa7, 0xa7},
	    {0xab, 0xab}, {0xb6, 0xb7}, {0xbb, 0xbb}, {0xbf, 0xbf},
	    {0x2010, 0x2027}, {0x2030, 0x205e}, {0x3001, 0x3003},
	    {0x3008, 0x3011}, {0x3014, 0x301f}, {0xfe30, 0xfe6b},
	    {0xff01, 0xff0f}, {0xff1a, 0xff20}, {0xff3b, 0xff40},
	    {0xff5b, 0xff65}};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}

/* Whether signs with inner and outer beside them are read by the parser.
 * CommonMark, left- and right-flanking delimiter runs. */
static bool
is_flanking(uint32_t inner, uint32_t outer)
{
	if (is_space(inner))
		return false;
	return !is_punctuation(inner) || is_space(outer) ||
	    is_punctuation(outer);
}

static size_t
count_sign(struct str s, char sign)
{
	size_t n = 0;

	while (n < s.n && s.p[n] == sign)
		n++;
	return n;
}

/* The length of the span of code at the start of s; 0 when it has no end. */
static size_t
code_length(struct str s)
{
	size_t ticks = count_sign(s, '`'), i = ticks;

	while (i < s.n) {
		size_t n = count_sign(str_from_index(s, i), '`');

		if (n == ticks)
			return i + n;
		i += n > 0 ? n : 1;
	}
	return 0;
}

/* Whether the paragraph ends before s, which starts a line. */
static bool
is_paragraph_end(struct str s)
{
	struct str line = {"", 0};

	str_next_line(&s, &line);
	return markdown_line_is_blank(line) || markdown_line_starts_block(line);
}

/* The index in s of the next stars of its paragraph, which are so many; 0
 * without them. */
static size_t
find_stars(struct str s, size_t stars)
{
	size_t i = 0, n;

	while (i < s.n) {
		n = 1;
		if (s.p[i] == '\n' &&
		    is_paragraph_end(str_from_index(s, i + 1)))
			return 0;
		if (s.p[i] == '\\')
			n = 2;
		else if (s.p[i] == '`' &&
		    (n = code_length(str_from_index(s, i))) == 0)
			return 0;
		else if (s.p[i] == '*')
			return count_sign(str_from_index(s, i), '*') == stars
			    ? i
			    : 0;
		i += n;
	}
	return 0;
}

/* What stands around a pair of stars. */
struct pair {
	uint32_t before, first, last, behind;
};

/* Whether people mean stars as emphasis that the parser does not read. */
static bool
is_meant(const struct pair *p, size_t stars)
{
	if (is_flanking(p->first, p->before) && is_flanking(p->last, p->behind))
		return false;
	if (is_space(p->first) && (is_space(p->last) || !is_space(p->before)))
		return false;
	if (p->before >= '0' && p->before <= '9')
		return false;
	return stars > 1 ||
	    (!is_space(p->first) && !is_space(p->last) &&
		(p->before >= ascii_end || p->behind >= ascii_end));
}

static struct str
before_of(const struct markdown_reader *r)
{
	return str_from_index(str_first(r->body, r->at), r->line_at);
}

bool
markdown_emphasis_read_stars(struct markdown_reader *r)
{
	struct str rest = str_first(markdown_reader_rest(r), reach_max), inside;
	size_t stars = count_sign(rest, '*'), end;
	struct pair p;

	if (stars == 0)
		return false;
	inside = str_from_index(rest, stars);
	/* What closes the last pair opens no other. */
	end = stars > stars_max || (r->stars_end > 0 && r->at <= r->stars_end)
	    ? 0
	    : find_stars(inside, stars);
	if (end == 0) {
		if (r->drops_stars && r->at == r->stars_end)
			markdown_reader_skip(r, stars);
		else
			markdown_reader_copy(r, stars);
		return true;
	}
	p = (struct pair){.before = last_of(before_of(r)),
	    .first = first_of(inside),
	    .last = last_of(str_first(inside, end)),
	    .behind = first_of(str_from_index(inside, end + stars))};
	r->drops_stars = is_meant(&p, stars);
	r->stars_end = r->at + stars + end;
	if (r->drops_stars)
		markdown_reader_skip(r, stars);
	else
		markdown_reader_copy(r, stars);
	return true;
}

bool
markdown_emphasis_read_script(struct markdown_reader *r)
{
	struct str line = str_first(markdown_reader_line(r), script_max + 2);
	char sign = line.n > 0 ? line.p[0] : ' ';
	size_t n = 1;

	if (r->at == r->line_at || !ascii_is_alnum(r->body.p[r->at - 1]))
		return false;
	while (n < line.n &&
	    (sign == '~' ? ascii_is_digit(line.p[n])
			 : ascii_is_alnum(line.p[n]) || line.p[n] == '-'))
		n++;
	if (n == 1 || n == line.n || line.p[n] != sign ||
	    (sign == '^' && n + 1 < line.n && ascii_is_alnum(line.p[n + 1])))
		return false;
	markdown_reader_add(r, sign == '^' ? STR("<sup>") : STR("<sub>"));
	markdown_reader_add(r, str_from(line.p + 1, n - 1));
	markdown_reader_add(r, sign == '^' ? STR("</sup>") : STR("</sub>"));
	markdown_reader_skip(r, n + 1);
	return true;
}

struct emoji {
	const char *name;
	const char *sign;
};

static const struct emoji emojis[] = {
#define EMOJI(name, sign) {name, sign},
#include "text/markdown_emoji.def"
#undef EMOJI
};

static int
compare_emoji(const void *key, const void *item)
{
	const struct str *name = key;
	const struct emoji *emoji = item;

	return str_cmp(*name, str_from_c(emoji->name));
}

bool
markdown_emphasis_read_emoji(struct markdown_reader *r)
{
	struct str line = str_first(markdown_reader_line(r), emoji_max + 2);
	uint32_t before = last_of(before_of(r)), behind;
	const struct emoji *found;
	struct str name;
	size_t n = 1;

	while (n < line.n &&
	    (ascii_is_alnum(line.p[n]) ||
		str_find_char(STR("_+-"), line.p[n]) >= 0))
		n++;
	if (n == 1 || n >= line.n || line.p[n] != ':')
		return false;
	behind = first_of(str_from_index(line, n + 1));
	if (before == '/' || before == ':' || behind == ':' ||
	    (before < ascii_end && ascii_is_alnum((char)before)) ||
	    (behind < ascii_end && ascii_is_alnum((char)behind)))
		return false;
	name = str_from(line.p + 1, n - 1);
	found = bsearch(&name, emojis, sizeof(emojis) / sizeof(emojis[0]),
	    sizeof(emojis[0]), compare_emoji);
	if (found == NULL)
		return false;
	markdown_reader_add(r, str_from_c(found->sign));
	markdown_reader_skip(r, n + 1);
	return true;
}
