/*
 * conf/pattern: which paths a pattern is for, and what its stars stand for.
 */
#include "conf/pattern.h"

#include <stdio.h>

#include "tap.h"

enum { long_size = 3000 };

/* What each piece is, with '|' between; NULL when the path is another one. */
static const struct {
	struct str pattern, path;
	const char *pieces;
} cases[] = {
    {STR_INIT("/a"), STR_INIT("/a"), ""},
    {STR_INIT("/a"), STR_INIT("/a/"), NULL},
    {STR_INIT("/a"), STR_INIT("/ab"), NULL},
    {STR_INIT("/"), STR_INIT("/"), ""},
    {STR_INIT("/"), STR_INIT("/any/thing"), "any/thing"},
    {STR_INIT("/old/"), STR_INIT("/old/a/b"), "a/b"},
    {STR_INIT("/old/"), STR_INIT("/old/"), ""},
    {STR_INIT("/old/"), STR_INIT("/old"), NULL},
    {STR_INIT("/old/"), STR_INIT("/older/"), NULL},
    {STR_INIT("/*.html"), STR_INIT("/a.html"), "a"},
    {STR_INIT("/*.html"), STR_INIT("/b/a.html"), NULL},
    {STR_INIT("/*.html"), STR_INIT("/.html"), ""},
    {STR_INIT("/**.html"), STR_INIT("/b/a.html"), "b/a"},
    {STR_INIT("**.html"), STR_INIT("/b/a.html"), "/b/a"},
    {STR_INIT("/*/*"), STR_INIT("/a/b"), "a|b"},
    {STR_INIT("/*/*"), STR_INIT("/a/b/c"), NULL},
    {STR_INIT("/*/**"), STR_INIT("/a/b/c"), "a|b/c"},
    {STR_INIT("/~*/**"), STR_INIT("/~alice/x.gmi"), "alice|x.gmi"},
    {STR_INIT("/~*/"), STR_INIT("/~alice/"), "alice"},
    {STR_INIT("/*-*"), STR_INIT("/a-b-c"), "a|b-c"},
    {STR_INIT("/**a**"), STR_INIT("/bab/a"), "b|b/a"},
    {STR_INIT("/****x"), STR_INIT("/a/b/x"), "a/b/"},
    {STR_INIT("/*a*a*"), STR_INIT("/banana"), "b|n|na"},
    {STR_INIT("/caf\xc3\xa9/*"), STR_INIT("/caf%C3%A9/x"), "x"},
    {STR_INIT("/caf%c3%a9"), STR_INIT("/caf%C3%A9"), ""},
    {STR_INIT("/a b"), STR_INIT("/a%20b"), ""},
};

static void
test_cases(void)
{
	struct arena arena = {0};
	struct pattern_pieces pieces;
	struct pattern pattern;
	struct buf out;
	bool matches;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		if (!tap_ok(pattern_parse(&arena, cases[i].pattern, &pattern),
			"%" STR_FMT " is a pattern", STR_ARG(cases[i].pattern)))
			continue;
		matches = pattern_match(&pattern, cases[i].path, &pieces);
		tap_ok(matches == (cases[i].pieces != NULL),
		    "%" STR_FMT " and %" STR_FMT, STR_ARG(cases[i].pattern),
		    STR_ARG(cases[i].path));
		if (!matches || cases[i].pieces == NULL)
			continue;
		buf_init(&out, SIZE_MAX);
		for (size_t n = 0; n < pieces.n; n++)
			buf_addf(&out, "%s%" STR_FMT, n == 0 ? "" : "|",
			    STR_ARG(pieces.items[n]));
		tap_str(
		    buf_str(&out), str_from_c(cases[i].pieces), "its pieces");
		buf_fini(&out);
	}
	arena_fini(&arena);
}

static void
test_none(void)
{
	static const struct str bad[] = {STR_INIT(""), STR_INIT("a"),
	    STR_INIT("old/*"), STR_INIT("/*/*/*/*/*/*/*/*/*/*")};
	struct arena arena = {0};
	struct pattern pattern;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		tap_ok(!pattern_parse(&arena, bad[i], &pattern),
		    "\"%" STR_FMT "\" is no pattern", STR_ARG(bad[i]));
	arena_fini(&arena);
}

/* Nine stars over a long path that is nearly theirs end at once. */
static void
test_long(void)
{
	struct arena arena = {0};
	struct pattern_pieces pieces;
	struct pattern pattern;
	struct buf path;

	buf_init(&path, SIZE_MAX);
	buf_add_char(&path, '/');
	for (int i = 0; i < long_size; i++)
		buf_add_char(&path, 'a');
	pattern_parse(&arena, STR("/**a**a**a**a**a**a**a**a**b"), &pattern);
	tap_ok(!pattern_match(&pattern, buf_str(&path), &pieces),
	    "a long path that is not meant");
	buf_add(&path, STR("b"));
	tap_ok(pattern_match(&pattern, buf_str(&path), &pieces),
	    "a long path that is meant");
	tap_int((long long)pieces.n, pattern_pieces_max, "has all its pieces");
	buf_fini(&path);
	arena_fini(&arena);
}

static void
test_fill(void)
{
	struct pattern_pieces pieces = {
	    .items = {STR_INIT("a"), STR_INIT("b/c")}, .n = 2};
	struct buf out;

	buf_init(&out, SIZE_MAX);
	pattern_fill(&out, STR("/new/{2}-{1}{1}{3}{x}{}{1"), &pieces);
	tap_str(buf_str(&out), STR("/new/b/c-aa{x}{}{1"), "pieces are put in");
	tap_int((long long)pattern_piece_last(STR("/{2}/{1}/{x}")), 2,
	    "the greatest number");
	tap_int((long long)pattern_piece_last(STR("/{}")), 0, "no number");
	buf_fini(&out);
}

int
main(void)
{
	test_cases();
	test_none();
	test_long();
	test_fill();
	return tap_done();
}
