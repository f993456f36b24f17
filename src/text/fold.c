/*
 * What Unicode says about text: normal forms, case, graphemes, width. The only
 * file that knows of libutf8proc.
 */
#include "text/fold.h"

#include <inttypes.h>
#include <utf8proc.h>

#include "base/mem.h"
#include "base/utf8.h"

enum {
	ascii_end = 0x80,
	delete = 0x7f,
	emoji_presentation = 0xfe0f,
	regional_first = 0x1f1e6,
	regional_last = 0x1f1ff,
	right_quote = 0x2019,
	grapheme_width_max = 2,
};

static const utf8proc_option_t fold_options = UTF8PROC_STABLE |
    UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
static const utf8proc_option_t nfkc_options =
    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT;
static const utf8proc_option_t nfc_options = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
static const struct str ellipsis = STR_INIT("\xe2\x80\xa6");

static bool
is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= ascii_end)
			return false;
	return true;
}

/* s through utf8proc_map(), in arena; s itself when it is not UTF-8. */
static struct str
map_text(struct arena *arena, struct str s, utf8proc_option_t options)
{
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t n;
	struct str copy;

	n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n,
	    &mapped, options);
	copy = n < 0
	    ? arena_str(arena, s)
	    : arena_str(arena, str_from((const char *)mapped, (size_t)n));
	mem_free(mapped);
	return copy;
}

struct str
fold_nfc(struct arena *arena, struct str s)
{
	if (is_ascii(s))
		return arena_str(arena, s);
	return map_text(arena, s, nfc_options);
}

/* NFKC_Casefold of s. Unicode 15, 3.13. */
static struct str
fold_case(struct arena *arena, struct str s)
{
	char *lower;

	if (!is_ascii(s))
		return map_text(arena, s, fold_options);
	lower = arena_alloc(arena, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		lower[i] = ascii_to_lower(s.p[i]);
	return str_from(lower, s.n);
}

/* Take a code point, or a byte that belongs to none, from *s into *part. */
static uint32_t
next_part(struct str *s, struct str *part)
{
	uint32_t code_point;

	*part = *s;
	if (!utf8_next(s, &code_point)) {
		code_point = UINT32_MAX;
		*s = str_from_index(*s, 1);
	}
	part->n -= s->n;
	return code_point;
}

/* What separates words in a key: white space, controls, '-' and '_'. */
static bool
is_gap(uint32_t code_point)
{
	if (code_point < ascii_end)
		return code_point <= ' ' || code_point == '-' ||
		    code_point == '_' || code_point == delete;
	if (code_point == UINT32_MAX)
		return false;
	return code_point_is_control(code_point) ||
	    utf8proc_category((utf8proc_int32_t)code_point) ==
	    UTF8PROC_CATEGORY_ZS;
}

/* The mark that separates what was from what comes: '/' is stronger than '-',
 * and both are stronger than nothing. */
static char
stronger(char mark, uint32_t code_point)
{
	return code_point == '/' || mark == '/' ? '/' : '-';
}

struct str
fold_key(struct arena *arena, struct str s)
{
	struct str rest, part;
	uint32_t code_point;
	char mark = '\0';
	char *key;
	size_t n = 0;

	rest = fold_case(arena, s);
	key = arena_alloc(arena, rest.n + 1);
	while (rest.n > 0) {
		code_point = next_part(&rest, &part);
		if (code_point == '/' || is_gap(code_point)) {
			mark = stronger(mark, code_point);
			continue;
		}
		if (mark != '\0' && n > 0)
			key[n++] = mark;
		mark = '\0';
		for (size_t i = 0; i < part.n; i++)
			key[n++] = part.p[i];
	}
	return str_from(key, n);
}

/* Whether a path segment holds c as it is: as the catalogue's keys do.
 * decisions.md, 9. */
static bool
is_segment_byte(char c)
{
	return ascii_is_alnum(c) ||
	    str_find_char(STR("-._~!$&'()*+,;=:@"), c) >= 0;
}

static bool
is_reserved(struct str segment)
{
	static const struct str names[] = {STR_INIT("page"),
	    STR_INIT("atom.xml"), STR_INIT("feed.json"), STR_INIT("."),
	    STR_INIT("..")};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq(segment, names[i]))
			return true;
	return false;
}

static void
add_segment_byte(struct buf *path, char c)
{
	if (is_segment_byte(c))
		buf_add_char(path, c);
	else
		buf_addf(path, "%%%02X", (unsigned char)c);
}

/* Cut a path that leaves no room in a URL at cut, and tell it from others by
 * a number made of all of it. */
static void
shorten(struct buf *path, size_t cut)
{
	uint64_t number = str_hash(STR_HASH_START, buf_str(path));

	if (path->n <= fold_term_path_max)
		return;
	buf_truncate(path, cut);
	buf_addf(path, "-%016" PRIx64, number);
}

struct str
fold_term_path(struct arena *arena, struct str term)
{
	enum { number_length = 17 };
	struct buf path;
	struct str rest, segment, copy;
	size_t cut = 0;
	bool more = true;

	buf_init(&path, SIZE_MAX);
	rest = fold_key(arena, term);
	while (more) {
		more = str_cut(&rest, '/', &segment);
		for (size_t i = 0; i < segment.n; i++) {
			if (path.n <= fold_term_path_max - number_length &&
			    !utf8_is_tail(segment.p[i]))
				cut = path.n;
			add_segment_byte(&path, segment.p[i]);
		}
		if (is_reserved(segment))
			buf_add_char(&path, '-');
		if (more)
			buf_add_char(&path, '/');
	}
	shorten(&path, cut);
	copy = arena_str(arena, buf_str(&path));
	buf_fini(&path);
	return copy;
}

bool
fold_is_word(uint32_t code_point)
{
	utf8proc_category_t category;

	if (code_point == UINT32_MAX)
		return false;
	category = utf8proc_category((utf8proc_int32_t)code_point);
	return category >= UTF8PROC_CATEGORY_LU &&
	    category <= UTF8PROC_CATEGORY_NO;
}

struct str
fold_slug(struct arena *arena, struct str title)
{
	struct str rest, part, slug;
	uint32_t code_point;
	bool gap = false;
	char *bytes;
	size_t n = 0;

	rest = fold_case(arena, title);
	bytes = arena_alloc(arena, rest.n + 1);
	while (rest.n > 0) {
		code_point = next_part(&rest, &part);
		if (code_point == '\'' || code_point == right_quote)
			continue;
		if (!fold_is_word(code_point)) {
			gap = true;
			continue;
		}
		if (gap && n > 0)
			bytes[n++] = '-';
		gap = false;
		for (size_t i = 0; i < part.n; i++)
			bytes[n++] = part.p[i];
	}
	slug = str_from(bytes, n);
	if (n <= fold_slug_max)
		return slug;
	slug = utf8_first(slug, fold_slug_max);
	if (bytes[slug.n] != '-' && str_find_char(slug, '-') > 0)
		slug.n = (size_t)str_find_last_char(slug, '-');
	return slug;
}

/* Take one grapheme from *s into *grapheme; its first code point. */
static uint32_t
next_grapheme(struct str *s, struct str *grapheme)
{
	struct str part, rest;
	utf8proc_int32_t state = 0;
	uint32_t first, last, next;

	*grapheme = *s;
	first = last = next_part(s, &part);
	while (s->n > 0 && last != UINT32_MAX) {
		rest = *s;
		next = next_part(&rest, &part);
		if (next == UINT32_MAX ||
		    utf8proc_grapheme_break_stateful(
			(utf8proc_int32_t)last, (utf8proc_int32_t)next, &state))
			break;
		*s = rest;
		last = next;
	}
	grapheme->n -= s->n;
	return first;
}

/* The length of the longest start of s of at most count graphemes that ends
 * between two words, or else between two graphemes; s.n when all of it fits
 * into one grapheme more. */
static size_t
length_to_cut(struct str s, size_t count)
{
	struct str rest = s, grapheme;
	size_t at_word = 0, at_grapheme = 0;
	bool was_spaceless = false, is_spaceless;
	uint32_t code_point;

	for (size_t i = 0; rest.n > 0; i++) {
		if (i > count)
			return at_word > 0 ? at_word : at_grapheme;
		at_grapheme = s.n - rest.n;
		code_point = next_grapheme(&rest, &grapheme);
		is_spaceless = fold_is_spaceless(code_point);
		if (code_point == ' ' || is_spaceless || was_spaceless)
			at_word = at_grapheme;
		was_spaceless = is_spaceless;
	}
	return s.n;
}

void
fold_add_cut(struct buf *out, struct str s, size_t count)
{
	struct str first;

	if (count == 0)
		return;
	first = str_first(s, length_to_cut(s, count - 1));
	if (first.n == s.n) {
		buf_add(out, s);
		return;
	}
	while (first.n > 0 && first.p[first.n - 1] == ' ')
		first.n--;
	buf_add(out, first);
	buf_add(out, ellipsis);
}

static size_t
grapheme_width(struct str grapheme)
{
	struct str part;
	uint32_t code_point;
	size_t width = 0;

	while (grapheme.n > 0) {
		code_point = next_part(&grapheme, &part);
		if (code_point == UINT32_MAX)
			width++;
		else if (code_point == emoji_presentation ||
		    (code_point >= regional_first &&
			code_point <= regional_last))
			width = grapheme_width_max;
		else
			width += (size_t)utf8proc_charwidth(
			    (utf8proc_int32_t)code_point);
	}
	return width < grapheme_width_max ? width : grapheme_width_max;
}

size_t
fold_width(struct str s)
{
	struct str grapheme;
	size_t width = 0;

	while (s.n > 0) {
		next_grapheme(&s, &grapheme);
		width += grapheme_width(grapheme);
	}
	return width;
}

bool
fold_is_spaceless(uint32_t code_point)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
	    {0x0e01, 0x0e4e}, /* Thai */
	    {0x0e81, 0x0edf}, /* Lao */
	    {0x1000, 0x109f}, /* Myanmar */
	    {0x1780, 0x17d3}, /* Khmer */
	    {0x3005, 0x3007}, /* marks used as Han */
	    {0x3041, 0x309f}, /* hiragana */
	    {0x30a1, 0x30ff}, /* katakana */
	    {0x31f0, 0x31ff}, /* katakana, small */
	    {0x3400, 0x4dbf}, /* Han, extension A */
	    {0x4e00, 0x9fff}, /* Han */
	    {0xa9e0, 0xa9ff}, /* Myanmar, extended B */
	    {0xaa60, 0xaa7f}, /* Myanmar, extended A */
	    {0xf900, 0xfaff}, /* Han, compatibility */
	    {0xff66, 0xff9f}, /* katakana, half width */
	    {0x1b000, 0x1b16f}, /* kana, historic */
	    {0x20000, 0x2fa1f}, /* Han, extensions B to F */
	    {0x30000, 0x323af}, /* Han, extensions G and H */
	};

	if (code_point < ranges[0].first)
		return false;
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (code_point >= ranges[i].first &&
		    code_point <= ranges[i].last)
			return true;
	return false;
}

struct range {
	uint32_t first, last;
};

static bool
is_in(uint32_t code_point, const struct range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (code_point >= ranges[i].first &&
		    code_point <= ranges[i].last)
			return true;
	return false;
}

/* Other shapes of plain letters and digits; not of points, which only an
 * excerpt shows. */
static bool
is_shape(uint32_t code_point)
{
	static const struct range ranges[] = {
	    {0xfb00, 0xfb06}, /* Latin ligatures */
	    {0xff10, 0xff19}, /* full width */
	    {0xff21, 0xff3a}, {0xff41, 0xff5a},
	    {0xff66, 0xffdc}, /* half width */
	};

	return code_point >= ranges[0].first &&
	    is_in(code_point, ranges, sizeof(ranges) / sizeof(ranges[0]));
}

/* What a writer may leave out, or nobody sees. */
static bool
is_mute(uint32_t code_point)
{
	static const struct range ranges[] = {
	    {0x00ad, 0x00ad}, /* soft hyphen */
	    {0x0591, 0x05bd}, /* Hebrew points */
	    {0x05bf, 0x05bf},
	    {0x05c1, 0x05c2},
	    {0x05c4, 0x05c5},
	    {0x05c7, 0x05c7},
	    {0x0610, 0x061a}, /* Arabic ones, and the stroke that stretches */
	    {0x0640, 0x0640},
	    {0x064b, 0x0652},
	    {0x0670, 0x0670},
	    {0x200b, 0x200b}, /* of no width */
	    {0x2060, 0x2060},
	    {0xfeff, 0xfeff},
	};

	return code_point >= ranges[0].first &&
	    is_in(code_point, ranges, sizeof(ranges) / sizeof(ranges[0]));
}

static bool
has_shapes(struct str s)
{
	uint32_t code_point;

	while (utf8_next(&s, &code_point))
		if (is_shape(code_point))
			return true;
	return false;
}

/* Each run of other shapes through NFKC, and the rest as it is: what people
 * would miss in an excerpt (superscripts, signs) stays. */
static struct str
plain_shapes(struct arena *arena, struct str s)
{
	struct str rest = s, part, run = s, copy;
	struct buf out;
	bool shape, was_shape = false;

	if (!has_shapes(s))
		return s;
	buf_init(&out, SIZE_MAX);
	do {
		part = rest;
		shape = rest.n > 0 && is_shape(next_part(&rest, &part));
		if (shape == was_shape && part.n > 0)
			continue;
		run.n = (size_t)(part.p - run.p);
		buf_add(
		    &out, was_shape ? map_text(arena, run, nfkc_options) : run);
		run = part;
		was_shape = shape;
	} while (part.n > 0);
	copy = arena_str(arena, buf_str(&out));
	buf_fini(&out);
	return copy;
}

static bool
is_mark(uint32_t code_point)
{
	utf8proc_category_t category =
	    utf8proc_category((utf8proc_int32_t)code_point);

	return category == UTF8PROC_CATEGORY_MN ||
	    category == UTF8PROC_CATEGORY_MC;
}

/* Copy s, in NFC, with the characters of scripts without spaces set apart;
 * marks stay with what they stand on. The number of bytes, at most two for
 * one. */
static size_t
set_apart(struct str s, char *out)
{
	bool apart = false, was_apart = false;
	uint32_t code_point;
	struct str part;
	size_t n = 0;

	while (s.n > 0) {
		code_point = next_part(&s, &part);
		if (is_mute(code_point))
			continue;
		if (code_point != '\n' && code_point_is_control(code_point)) {
			code_point = ' ';
			part = STR(" ");
		}
		apart = fold_is_spaceless(code_point);
		if ((apart || was_apart) && n > 0 && !is_mark(code_point))
			out[n++] = (char)fold_split;
		else if (was_apart)
			apart = true;
		was_apart = apart;
		for (size_t i = 0; i < part.n; i++)
			out[n++] = part.p[i];
	}
	return n;
}

struct str
fold_searchable(struct arena *arena, struct str s)
{
	enum { growth = 2 };
	char *out;

	if (!utf8_is_valid(s))
		return STR("");
	s = plain_shapes(arena, fold_nfc(arena, s));
	out = arena_alloc(arena, s.n * growth + 1);
	return str_from(out, set_apart(s, out));
}

void
fold_add_rejoined(struct buf *out, struct str s)
{
	struct str part;

	while (str_cut(&s, fold_split, &part))
		buf_add(out, part);
	buf_add(out, part);
}

bool
fold_has_word(struct str s)
{
	uint32_t code_point;
	struct str part;

	while (s.n > 0) {
		code_point = next_part(&s, &part);
		if (fold_is_word(code_point) && !is_mark(code_point))
			return true;
	}
	return false;
}
