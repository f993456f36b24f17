/*
 * UTF-8 in and out, one code point at a time. Nothing here knows of case,
 * width or normal forms: that is text/fold.
 */
#include "base/utf8.h"

#include <assert.h>
#include <string.h>

enum {
	ascii_end = 0x80,
	two_end = 0x800,
	three_end = 0x10000,
	code_point_end = 0x110000,
	surrogate_first = 0xd800,
	surrogate_end = 0xe000,
	tail_bits = 6,
	tail_mask = 0x3f,
	tail_mark = 0x80,
	tail_mark_mask = 0xc0,
	two_tails = 12,
	three_tails = 18,
	lead_two = 0xc0,
	lead_three = 0xe0,
	lead_four = 0xf0,
	lead_end = 0xf8,
	delete = 0x7f,
	c1_end = 0xa0,
	line_separator = 0x2028,
	paragraph_separator = 0x2029,
	embedding_first = 0x202a,
	embedding_last = 0x202e,
	isolate_first = 0x2066,
	isolate_last = 0x2069,
};

/* The number of bytes behind a lead byte that is not ASCII, its own bits, and
 * the smallest code point that needs as many; -1 for a byte that leads nothing.
 */
static int
lead_parse(unsigned char lead, uint32_t *bits, uint32_t *min)
{
	if (lead < lead_two || lead >= lead_end)
		return -1;
	if (lead < lead_three) {
		*bits = lead - lead_two;
		*min = ascii_end;
		return 1;
	}
	if (lead < lead_four) {
		*bits = lead - lead_three;
		*min = two_end;
		return 2;
	}
	*bits = lead - lead_four;
	*min = three_end;
	return 2 + 1;
}

bool
utf8_next(struct str *s, uint32_t *code_point)
{
	uint32_t value, min;
	unsigned char byte;
	int tails;

	if (s->n == 0)
		return false;
	/* Nearly all text that is served is full of these. */
	if ((unsigned char)s->p[0] < ascii_end) {
		*code_point = (unsigned char)s->p[0];
		s->p++;
		s->n--;
		return true;
	}
	tails = lead_parse((unsigned char)s->p[0], &value, &min);
	if (tails < 0 || s->n <= (size_t)tails)
		return false;
	for (int i = 1; i <= tails; i++) {
		byte = (unsigned char)s->p[i];
		if ((byte & tail_mark_mask) != tail_mark)
			return false;
		value = value << tail_bits | (byte & tail_mask);
	}
	if (value < min || value >= code_point_end ||
	    (value >= surrogate_first && value < surrogate_end))
		return false;
	*s = str_from_index(*s, (size_t)tails + 1);
	*code_point = value;
	return true;
}

/* Pass over as many bytes as go by eight. */
static void
skip_ascii(struct str *s)
{
	static const uint64_t marks = 0x8080808080808080u;
	uint64_t word;

	while (s->n >= sizeof(word)) {
		memcpy(&word, s->p, sizeof(word));
		if ((word & marks) != 0)
			return;
		s->p += sizeof(word);
		s->n -= sizeof(word);
	}
}

size_t
utf8_valid_length(struct str s)
{
	struct str rest = s;
	uint32_t code_point;

	do
		skip_ascii(&rest);
	while (utf8_next(&rest, &code_point));
	return s.n - rest.n;
}

bool
utf8_is_valid(struct str s)
{
	return utf8_valid_length(s) == s.n;
}

static char
tail_byte(uint32_t code_point, int shift)
{
	return (char)(tail_mark | (code_point >> shift & tail_mask));
}

void
utf8_add(struct buf *out, uint32_t code_point)
{
	char bytes[sizeof(code_point)];
	size_t n = 0;

	assert(code_point < code_point_end);
	if (code_point < ascii_end) {
		bytes[n++] = (char)code_point;
	} else if (code_point < two_end) {
		bytes[n++] = (char)(lead_two | code_point >> tail_bits);
		bytes[n++] = tail_byte(code_point, 0);
	} else if (code_point < three_end) {
		bytes[n++] = (char)(lead_three | code_point >> two_tails);
		bytes[n++] = tail_byte(code_point, tail_bits);
		bytes[n++] = tail_byte(code_point, 0);
	} else {
		bytes[n++] = (char)(lead_four | code_point >> three_tails);
		bytes[n++] = tail_byte(code_point, two_tails);
		bytes[n++] = tail_byte(code_point, tail_bits);
		bytes[n++] = tail_byte(code_point, 0);
	}
	buf_add(out, str_from(bytes, n));
}

bool
utf8_is_tail(char byte)
{
	return ((unsigned char)byte & tail_mark_mask) == tail_mark;
}

struct str
utf8_first(struct str s, size_t n)
{
	if (s.n <= n)
		return s;
	while (n > 0 && utf8_is_tail(s.p[n]))
		n--;
	return str_first(s, n);
}

bool
code_point_is_control(uint32_t code_point)
{
	return code_point < ' ' ||
	    (code_point >= delete &&code_point < c1_end) ||
	    code_point == line_separator || code_point == paragraph_separator;
}

bool
code_point_is_bidi_control(uint32_t code_point)
{
	return (code_point >= embedding_first &&
		   code_point <= embedding_last) ||
	    (code_point >= isolate_first && code_point <= isolate_last);
}

void
utf8_print(struct buf *out, struct str s)
{
	struct str rest;
	uint32_t code_point;
	size_t n;

	while (s.n > 0) {
		rest = s;
		n = 1;
		if (utf8_next(&rest, &code_point)) {
			n = s.n - rest.n;
			if (!code_point_is_control(code_point) &&
			    !code_point_is_bidi_control(code_point)) {
				buf_add(out, str_first(s, n));
				s = rest;
				continue;
			}
		}
		for (size_t i = 0; i < n; i++)
			buf_addf(out, "\\x%02x", (unsigned char)s.p[i]);
		s = str_from_index(s, n);
	}
}
