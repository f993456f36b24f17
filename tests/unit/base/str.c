/*
 * base/str: views of bytes.
 */
#include "base/str.h"

#include "base/mem.h"
#include "tap.h"

static void
test_order(void)
{
	static const struct {
		struct str a, b;
		int order;
	} cases[] = {
	    {STR_INIT(""), STR_INIT(""), 0},
	    {STR_INIT("a"), STR_INIT(""), 1},
	    {STR_INIT("a"), STR_INIT("ab"), -1},
	    {STR_INIT("ab"), STR_INIT("b"), -1},
	    {STR_INIT("a\0b"), STR_INIT("a\0a"), 1},
	    {STR_INIT("\xff"), STR_INIT("a"), 1},
	};
	int order;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		order = str_cmp(cases[i].a, cases[i].b);
		tap_int((order > 0) - (order < 0), cases[i].order,
		    "order of case %zu", i);
	}
	tap_int(
	    str_cmp_nocase(STR("Apple"), STR("aPPLE")), 0, "case is no order");
	tap_ok(str_cmp_nocase(STR("apple"), STR("Zebra")) < 0, "a before Z");
	tap_ok(str_cmp_nocase(STR("B"), STR("a")) > 0, "B behind a");
	tap_ok(str_cmp_nocase(STR("ab"), STR("ABC")) < 0, "the shorter first");
	tap_ok(
	    str_cmp_nocase(STR("\xc3\xa9"), STR("z")) > 0, "bytes, unsigned");
}

static void
test_search(void)
{
	struct str s = STR("a/bc/d");

	tap_int(str_find_char(s, '/'), 1, "first char");
	tap_int(str_find_last_char(s, '/'), 4, "last char");
	tap_int(str_find_char(s, 'x'), -1, "no such char");
	tap_int(str_find_str(s, STR("bc")), 2, "string");
	tap_int(str_find_str(s, STR("")), 0, "empty string");
	tap_int(str_find_str(STR(""), STR("x")), -1, "string in nothing");
	tap_ok(str_starts(s, STR("a/")) && !str_starts(s, STR("b")), "starts");
	tap_ok(str_ends(s, STR("/d")) && !str_ends(s, STR("c")), "ends");
	tap_ok(!str_ends(STR("d"), STR("/d")), "ends with more than it has");
}

static void
test_cut(void)
{
	struct str rest = STR("a,,b"), part;

	tap_ok(str_cut(&rest, ',', &part), "first part is followed");
	tap_str(part, STR("a"), "first part");
	tap_ok(str_cut(&rest, ',', &part), "empty part is followed");
	tap_str(part, STR(""), "empty part");
	tap_ok(!str_cut(&rest, ',', &part), "last part");
	tap_str(part, STR("b"), "last part's text");
	rest = STR("x\r\ny\n\nz");
	for (int i = 0; i < 2; i++)
		str_next_line(&rest, &part);
	tap_str(part, STR("y"), "second line");
	str_next_line(&rest, &part);
	tap_str(part, STR(""), "empty line");
	tap_ok(str_next_line(&rest, &part), "line without an end");
	tap_str(part, STR("z"), "its text");
	tap_ok(!str_next_line(&rest, &part), "no more lines");
	tap_str(str_trim(STR(" \t a b\r\n")), STR("a b"), "trim");
	tap_str(str_trim(STR(" \n")), STR(""), "trim to nothing");
}

/* Whoever walks over text measures by the view's address. */
static void
test_from_index(void)
{
	struct str s = STR("abc");

	tap_str(str_from_index(s, 1), STR("bc"), "from the second byte");
	tap_str(str_from_index(s, 3), STR(""), "from the end");
	tap_ok(str_from_index(s, 3).p == s.p + 3, "the end has its address");
	tap_ok(str_from_index(s, 9).p == s.p + 3, "so has what is beyond");
	tap_str(str_from_index(STR(""), 1), STR(""), "of nothing");
}

static void
test_numbers(void)
{
	static const struct {
		struct str in;
		uint64_t max;
		bool ok;
		uint64_t value;
	} cases[] = {
	    {STR_INIT("0"), UINT64_MAX, true, 0},
	    {STR_INIT("007"), UINT64_MAX, true, 7},
	    {STR_INIT("18446744073709551615"), UINT64_MAX, true, UINT64_MAX},
	    {STR_INIT("18446744073709551616"), UINT64_MAX, false, 0},
	    {STR_INIT("65535"), UINT16_MAX, true, UINT16_MAX},
	    {STR_INIT("65536"), UINT16_MAX, false, 0},
	    {STR_INIT("5"), 4, false, 0},
	    {STR_INIT(""), UINT64_MAX, false, 0},
	    {STR_INIT("-1"), UINT64_MAX, false, 0},
	    {STR_INIT("+1"), UINT64_MAX, false, 0},
	    {STR_INIT(" 1"), UINT64_MAX, false, 0},
	    {STR_INIT("1 "), UINT64_MAX, false, 0},
	    {STR_INIT("0x1"), UINT64_MAX, false, 0},
	};
	uint64_t value;
	bool ok;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		value = 0;
		ok = str_to_u64(cases[i].in, cases[i].max, &value);
		tap_ok(ok == cases[i].ok && value == cases[i].value,
		    "number \"%" STR_FMT "\"", STR_ARG(cases[i].in));
	}
}

static void
test_hash(void)
{
	static const char zeros[] = "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
	static const char text[] = "x/posts/2026/an-article.md";
	bool all_differ = true;

	/* Bytes of a word that is not full are no zeros that are there. */
	for (size_t n = 1; n < sizeof(zeros); n++)
		all_differ = all_differ &&
		    str_hash(STR_HASH_START, str_from(zeros, n)) !=
			str_hash(STR_HASH_START, str_from(zeros, n - 1));
	tap_ok(all_differ, "hashes know lengths");
	tap_ok(str_hash(STR_HASH_START, STR("an article A")) !=
		str_hash(STR_HASH_START, STR("an article B")),
	    "hashes differ");
	tap_ok(str_hash(STR_HASH_START, str_from_c(text + 1)) ==
		str_hash(STR_HASH_START, STR("/posts/2026/an-article.md")),
	    "hashes do not depend on where the bytes are");
	tap_ok(str_hash(1, STR("a")) != str_hash(2, STR("a")),
	    "hashes depend on their seed");
}

int
main(void)
{
	char *copy;

	test_order();
	test_search();
	test_cut();
	test_from_index();
	test_numbers();
	tap_ok(str_eq_nocase(STR("AbZ"), STR("aBz")), "equal without case");
	tap_ok(!str_eq_nocase(STR("@"), STR("`")), "only letters have case");
	tap_int(ascii_hex_value('F'), 15, "hex digit");
	tap_int(ascii_hex_value('g'), -1, "no hex digit");
	copy = str_to_c(STR("ab"));
	tap_str(str_from_c(copy), STR("ab"), "NUL-terminated copy");
	mem_free(copy);
	test_hash();
	return tap_done();
}
