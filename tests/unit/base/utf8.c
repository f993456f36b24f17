/*
 * base/utf8: what is well-formed, and what is shown.
 */
#include "base/utf8.h"

#include "tap.h"

enum { shown_max = 256 };

static void
test_valid(void)
{
	static const struct {
		struct str in;
		size_t valid;
	} cases[] = {
	    {STR_INIT(""), 0},
	    {STR_INIT("a\0b"), 3},
	    {STR_INIT("\x7f"), 1},
	    {STR_INIT("\xc2\x80"), 2}, /* the first of two bytes */
	    {STR_INIT("\xdf\xbf"), 2}, /* the last */
	    {STR_INIT("\xe0\xa0\x80"), 3}, /* the first of three */
	    {STR_INIT("\xed\x9f\xbf"), 3}, /* before the surrogates */
	    {STR_INIT("\xee\x80\x80"), 3}, /* behind them */
	    {STR_INIT("\xef\xbf\xbf"), 3}, /* U+FFFF */
	    {STR_INIT("\xf0\x90\x80\x80"), 4}, /* the first of four */
	    {STR_INIT("\xf4\x8f\xbf\xbf"), 4}, /* U+10FFFF */
	    {STR_INIT("a\x80"), 1}, /* a tail without a lead */
	    {STR_INIT("\xbf"), 0},
	    {STR_INIT("\xc0\x80"), 0}, /* overlong forms */
	    {STR_INIT("\xc1\xbf"), 0},
	    {STR_INIT("\xe0\x80\xaf"), 0},
	    {STR_INIT("\xe0\x9f\xbf"), 0},
	    {STR_INIT("\xf0\x80\x80\xaf"), 0},
	    {STR_INIT("\xf0\x8f\xbf\xbf"), 0},
	    {STR_INIT("\xed\xa0\x80"), 0}, /* surrogates */
	    {STR_INIT("\xed\xbf\xbf"), 0},
	    {STR_INIT("\xf4\x90\x80\x80"), 0}, /* above U+10FFFF */
	    {STR_INIT("\xf5\x80\x80\x80"), 0},
	    {STR_INIT("\xf8\x88\x80\x80\x80"), 0},
	    {STR_INIT("\xfe"), 0},
	    {STR_INIT("\xff"), 0},
	    {STR_INIT("ab\xc3"), 2}, /* cut off */
	    {STR_INIT("ab\xe2\x82"), 2},
	    {STR_INIT("ab\xf0\x9f\x98"), 2},
	    {STR_INIT("\xc3("), 0}, /* a tail that is none */
	    {STR_INIT("\xe2\x82("), 0},
	    {STR_INIT("\xe2(\xac"), 0},
	    {STR_INIT("\xc3\xa9\xc3\xa9\xff"), 4},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		tap_int(utf8_valid_length(cases[i].in), cases[i].valid,
		    "well-formed bytes of case %zu", i);
		tap_ok(utf8_is_valid(cases[i].in) ==
			(cases[i].valid == cases[i].in.n),
		    "case %zu as a whole", i);
	}
}

/* Each scalar value comes back from its bytes. */
static void
test_round_trip(void)
{
	static const uint32_t end = 0x110000, surrogates = 0xd800,
			      surrogates_end = 0xe000;
	uint32_t got;
	struct buf b;
	struct str s;
	int bad = 0;

	buf_init(&b, shown_max);
	for (uint32_t c = 0; c < end; c++) {
		if (c == surrogates)
			c = surrogates_end;
		buf_clear(&b);
		utf8_add(&b, c);
		s = buf_str(&b);
		if (!utf8_next(&s, &got) || got != c || s.n != 0)
			bad++;
	}
	tap_int(bad, 0, "each code point there and back");
	buf_fini(&b);
	s = STR("\xff");
	tap_ok(!utf8_next(&s, &got) && s.n == 1, "what is bad stays");
}

static void
test_first(void)
{
	static const struct {
		struct str in;
		size_t n;
		struct str want;
	} cases[] = {
	    {STR_INIT("abc"), 9, STR_INIT("abc")},
	    {STR_INIT("abc"), 3, STR_INIT("abc")},
	    {STR_INIT("abc"), 2, STR_INIT("ab")},
	    {STR_INIT("abc"), 0, STR_INIT("")},
	    {STR_INIT("a\xc3\xa9z"), 1, STR_INIT("a")},
	    {STR_INIT("a\xc3\xa9z"), 2, STR_INIT("a")},
	    {STR_INIT("a\xc3\xa9z"), 3, STR_INIT("a\xc3\xa9")},
	    {STR_INIT("\xf0\x9f\x98\x80"), 3, STR_INIT("")},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		tap_str(utf8_first(cases[i].in, cases[i].n), cases[i].want,
		    "first bytes of case %zu", i);
}

static void
test_print(void)
{
	static const struct {
		struct str in, want;
	} cases[] = {
	    {STR_INIT("plain \\ text"), STR_INIT("plain \\ text")},
	    {STR_INIT("caf\xc3\xa9"), STR_INIT("caf\xc3\xa9")},
	    {STR_INIT("a\nb\r\tc\0"), STR_INIT("a\\x0ab\\x0d\\x09c\\x00")},
	    {STR_INIT("\x1b[31m\x7f"), STR_INIT("\\x1b[31m\\x7f")},
	    {STR_INIT("\xc2\x85"), STR_INIT("\\xc2\\x85")},
	    {STR_INIT("\xc2\xa0"), STR_INIT("\xc2\xa0")},
	    {STR_INIT("\xe2\x80\xa8\xe2\x80\xa9"),
		STR_INIT("\\xe2\\x80\\xa8\\xe2\\x80\\xa9")},
	    {STR_INIT("\xe2\x80\xae\xe2\x81\xa6"),
		STR_INIT("\\xe2\\x80\\xae\\xe2\\x81\\xa6")},
	    {STR_INIT("\xff\xc3"), STR_INIT("\\xff\\xc3")},
	};
	struct buf out;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_init(&out, shown_max);
		utf8_print(&out, cases[i].in);
		tap_str(buf_str(&out), cases[i].want, "shown, case %zu", i);
		buf_fini(&out);
	}
}

static void
test_classes(void)
{
	tap_ok(code_point_is_control(0) && code_point_is_control(0x1f) &&
		!code_point_is_control(' '),
	    "C0");
	tap_ok(!code_point_is_control('~') && code_point_is_control(0x7f) &&
		code_point_is_control(0x9f) && !code_point_is_control(0xa0),
	    "DEL and C1");
	tap_ok(!code_point_is_control(0x2027) &&
		code_point_is_control(0x2028) &&
		code_point_is_control(0x2029) && !code_point_is_control(0x202a),
	    "line and paragraph separators");
	tap_ok(!code_point_is_bidi_control(0x2029) &&
		code_point_is_bidi_control(0x202a) &&
		code_point_is_bidi_control(0x202e) &&
		!code_point_is_bidi_control(0x202f),
	    "embeddings");
	tap_ok(!code_point_is_bidi_control(0x2065) &&
		code_point_is_bidi_control(0x2066) &&
		code_point_is_bidi_control(0x2069) &&
		!code_point_is_bidi_control(0x206a),
	    "isolates");
}

int
main(void)
{
	test_valid();
	test_round_trip();
	test_first();
	test_print();
	test_classes();
	return tap_done();
}
