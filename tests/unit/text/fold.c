/*
 * text/fold: normal forms, keys and paths of terms, cuts and widths.
 */
#include "text/fold.h"

#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct fold_case {
	struct str in;
	struct str want;
};

static void
test_folds(const struct fold_case *cases, size_t count,
    struct str (*fold)(struct arena *, struct str), const char *name)
{
	struct arena arena = {0};

	for (size_t i = 0; i < count; i++)
		tap_str(fold(&arena, cases[i].in), cases[i].want, "%s %zu",
		    name, i);
	arena_fini(&arena);
}

static void
test_terms(void)
{
	static const struct fold_case nfc[] = {
	    {STR_INIT("abc"), STR_INIT("abc")},
	    {STR_INIT("a\xcc\x88"), STR_INIT("\xc3\xa4")},
	    {STR_INIT("\xc3\xa4"), STR_INIT("\xc3\xa4")},
	    {STR_INIT("\xef\xac\x81"), STR_INIT("\xef\xac\x81")},
	    {STR_INIT("a\xff\xcc\x88"), STR_INIT("a\xff\xcc\x88")},
	    {STR_INIT(""), STR_INIT("")},
	};
	static const struct fold_case keys[] = {
	    {STR_INIT("Web Design"), STR_INIT("web-design")},
	    {STR_INIT("web_design"), STR_INIT("web-design")},
	    {STR_INIT("WEB--design "), STR_INIT("web-design")},
	    {STR_INIT("web \t-_ design"), STR_INIT("web-design")},
	    {STR_INIT("stra\xc3\x9f"
		      "e"),
		STR_INIT("strasse")},
	    {STR_INIT("\xc3\x84rger"), STR_INIT("\xc3\xa4rger")},
	    {STR_INIT("A\xcc\x88rger"), STR_INIT("\xc3\xa4rger")},
	    {STR_INIT("\xef\xbc\xa1\xef\xbc\xa2"), STR_INIT("ab")},
	    {STR_INIT("a\xc2\xa0"
		      "b"),
		STR_INIT("a-b")},
	    {STR_INIT("a\xe3\x80\x80"
		      "b"),
		STR_INIT("a-b")},
	    {STR_INIT("a\xe2\x80\xa8\x01"
		      "b"),
		STR_INIT("a-b")},
	    {STR_INIT("C#"), STR_INIT("c#")},
	    {STR_INIT("-"), STR_INIT("")},
	    {STR_INIT(" / "), STR_INIT("")},
	    {STR_INIT("A / b"), STR_INIT("a/b")},
	    {STR_INIT("/a//b/"), STR_INIT("a/b")},
	    {STR_INIT("a-/-b"), STR_INIT("a/b")},
	    {STR_INIT("\xff"
		      "A B"),
		STR_INIT("\xff"
			 "A-B")},
	};
	static const struct fold_case paths[] = {
	    {STR_INIT("C#"), STR_INIT("c%23")},
	    {STR_INIT("C++"), STR_INIT("c++")},
	    {STR_INIT("a/b"), STR_INIT("a/b")},
	    {STR_INIT("a b/c d"), STR_INIT("a-b/c-d")},
	    {STR_INIT("page"), STR_INIT("page-")},
	    {STR_INIT("Page/atom.xml/FEED.json"),
		STR_INIT("page-/atom.xml-/feed.json-")},
	    {STR_INIT("../x/."), STR_INIT("..-/x/.-")},
	    {STR_INIT("pages"), STR_INIT("pages")},
	    {STR_INIT("\xc3\x84?&%"), STR_INIT("%C3%A4%3F&%25")},
	    {STR_INIT("a:b@c;d"), STR_INIT("a:b@c;d")},
	    {STR_INIT("\xe6\x97\xa5"), STR_INIT("%E6%97%A5")},
	    {STR_INIT("a\xff"), STR_INIT("a%FF")},
	    {STR_INIT(" "), STR_INIT("")},
	};

	test_folds(nfc, COUNT(nfc), fold_nfc, "NFC");
	test_folds(keys, COUNT(keys), fold_key, "key");
	test_folds(paths, COUNT(paths), fold_term_path, "path");
}

static void
test_slugs(void)
{
	static const struct fold_case cases[] = {
	    {STR_INIT("Hello, World!"), STR_INIT("hello-world")},
	    {STR_INIT("Don't panic"), STR_INIT("dont-panic")},
	    {STR_INIT("Don\xe2\x80\x99t"), STR_INIT("dont")},
	    {STR_INIT("C++ in 24 hours"), STR_INIT("c-in-24-hours")},
	    {STR_INIT("../../etc"), STR_INIT("etc")},
	    {STR_INIT("\xc3\x84rger \xe6\x97\xa5\xe6\x9c\xac"),
		STR_INIT("\xc3\xa4rger-\xe6\x97\xa5\xe6\x9c\xac")},
	    {STR_INIT("???"), STR_INIT("")},
	    {STR_INIT(""), STR_INIT("")},
	    {STR_INIT("a\xff"
		      "b"),
		STR_INIT("a-b")},
	};
	struct arena arena = {0};
	struct str slug;
	struct buf title;

	test_folds(cases, COUNT(cases), fold_slug, "slug");
	buf_init(&title, SIZE_MAX);
	for (int i = 0; i < 50; i++)
		buf_add(&title, STR("words "));
	slug = fold_slug(&arena, buf_str(&title));
	tap_ok(slug.n <= fold_slug_max && str_ends(slug, STR("-words")),
	    "a long slug ends with a word");
	buf_clear(&title);
	for (int i = 0; i < 50; i++)
		buf_add(&title, STR("\xe6\x97\xa5"));
	slug = fold_slug(&arena, buf_str(&title));
	tap_int((long long)slug.n, fold_slug_max / 3 * 3,
	    "a long word is cut between characters");
	buf_fini(&title);
	arena_fini(&arena);
}

static void
test_cuts(void)
{
	static const struct {
		struct str in;
		size_t count;
		struct str want;
	} cases[] = {
	    {STR_INIT("one two"), 7, STR_INIT("one two")},
	    {STR_INIT("one two"), 6, STR_INIT("one\xe2\x80\xa6")},
	    {STR_INIT("one two"), 4, STR_INIT("one\xe2\x80\xa6")},
	    {STR_INIT("one two"), 3, STR_INIT("on\xe2\x80\xa6")},
	    {STR_INIT("one two three"), 8, STR_INIT("one two\xe2\x80\xa6")},
	    {STR_INIT("one two three"), 12, STR_INIT("one two\xe2\x80\xa6")},
	    {STR_INIT("one two"), 1, STR_INIT("\xe2\x80\xa6")},
	    {STR_INIT("one two"), 0, STR_INIT("")},
	    {STR_INIT(""), 5, STR_INIT("")},
	    {STR_INIT("ae\xcc\x81i o"), 5, STR_INIT("ae\xcc\x81i o")},
	    {STR_INIT("ae\xcc\x81io"), 3, STR_INIT("ae\xcc\x81\xe2\x80\xa6")},
	    {STR_INIT("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe3\x81\xa7"), 3,
		STR_INIT("\xe6\x97\xa5\xe6\x9c\xac\xe2\x80\xa6")},
	    /* a family and two flags: three graphemes */
	    {STR_INIT("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"
		      "\xf0\x9f\x87\xb5\xf0\x9f\x87\xb9"
		      "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa"),
		2,
		STR_INIT("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"
			 "\xe2\x80\xa6")},
	    {STR_INIT("\xff\xff\xff"), 2, STR_INIT("\xff\xe2\x80\xa6")},
	};
	struct buf out;

	for (size_t i = 0; i < COUNT(cases); i++) {
		buf_init(&out, 256);
		fold_add_cut(&out, cases[i].in, cases[i].count);
		tap_str(buf_str(&out), cases[i].want, "cut %zu", i);
		buf_fini(&out);
	}
}

static void
test_widths(void)
{
	static const struct {
		struct str in;
		size_t width;
	} cases[] = {
	    {STR_INIT(""), 0},
	    {STR_INIT("abc"), 3},
	    {STR_INIT("e\xcc\x81"), 1},
	    {STR_INIT("\xe6\x97\xa5\xe6\x9c\xac"), 4},
	    {STR_INIT("\xef\xbd\xb1"), 1}, /* half width katakana */
	    {STR_INIT("\xf0\x9f\x98\x80"), 2},
	    {STR_INIT("\xe2\x9d\xa4\xef\xb8\x8f"), 2}, /* as emoji */
	    {STR_INIT("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"), 2},
	    {STR_INIT("\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd"), 2}, /* skin */
	    {STR_INIT("\xf0\x9f\x87\xb5\xf0\x9f\x87\xb9"), 2}, /* flag */
	    {STR_INIT("\x01\x7f"), 0},
	    {STR_INIT("\xff"), 1},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		tap_int((long long)fold_width(cases[i].in),
		    (long long)cases[i].width, "width %zu", i);
}

static void
test_scripts(void)
{
	static const uint32_t spaceless[] = {0x4e00, 0x3042, 0x30ab, 0x0e01,
	    0x0e81, 0x1780, 0x1000, 0x20000, 0x3005};
	static const uint32_t others[] = {
	    'a', ' ', 0xe4, 0x430, 0x5d0, 0xac00, 0x3002, 0x1f600, 0x10ffff};

	for (size_t i = 0; i < COUNT(spaceless); i++)
		tap_ok(fold_is_spaceless(spaceless[i]), "U+%04X needs none",
		    spaceless[i]);
	for (size_t i = 0; i < COUNT(others); i++)
		tap_ok(!fold_is_spaceless(others[i]), "U+%04X needs spaces",
		    others[i]);
}

int
main(void)
{
	test_terms();
	test_slugs();
	test_cuts();
	test_widths();
	test_scripts();
	return tap_done();
}
