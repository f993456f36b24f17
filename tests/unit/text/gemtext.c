/*
 * text/gemtext: what a line is, and lines that stay what they were meant to be.
 */
#include "text/gemtext.h"

#include "tap.h"

enum { out_max = 64 * 1024 };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void
test_lines(void)
{
	static const struct {
		struct str raw;
		enum gemtext_type type;
		struct str text;
		int level;
		struct str url;
	} cases[] = {
	    {STR_INIT(""), GEMTEXT_TEXT, STR_INIT(""), 0, STR_INIT("")},
	    {STR_INIT(" a "), GEMTEXT_TEXT, STR_INIT(" a "), 0, STR_INIT("")},
	    {STR_INIT("=> /a"), GEMTEXT_LINK, STR_INIT(""), 0, STR_INIT("/a")},
	    {STR_INIT("=>/a"), GEMTEXT_LINK, STR_INIT(""), 0, STR_INIT("/a")},
	    {STR_INIT("=>\t/a \tb c\t"), GEMTEXT_LINK, STR_INIT("b c"), 0,
		STR_INIT("/a")},
	    {STR_INIT("=>"), GEMTEXT_TEXT, STR_INIT("=>"), 0, STR_INIT("")},
	    {STR_INIT("=> \t"), GEMTEXT_TEXT, STR_INIT("=> \t"), 0,
		STR_INIT("")},
	    {STR_INIT(" => /a"), GEMTEXT_TEXT, STR_INIT(" => /a"), 0,
		STR_INIT("")},
	    {STR_INIT("= > /a"), GEMTEXT_TEXT, STR_INIT("= > /a"), 0,
		STR_INIT("")},
	    {STR_INIT("# a"), GEMTEXT_HEADING, STR_INIT("a"), 1, STR_INIT("")},
	    {STR_INIT("##a "), GEMTEXT_HEADING, STR_INIT("a"), 2, STR_INIT("")},
	    {STR_INIT("### a"), GEMTEXT_HEADING, STR_INIT("a"), 3,
		STR_INIT("")},
	    {STR_INIT("#### a"), GEMTEXT_HEADING, STR_INIT("# a"), 3,
		STR_INIT("")},
	    {STR_INIT("#"), GEMTEXT_HEADING, STR_INIT(""), 1, STR_INIT("")},
	    {STR_INIT("* a"), GEMTEXT_ITEM, STR_INIT("a"), 0, STR_INIT("")},
	    {STR_INIT("*a"), GEMTEXT_TEXT, STR_INIT("*a"), 0, STR_INIT("")},
	    {STR_INIT("*"), GEMTEXT_TEXT, STR_INIT("*"), 0, STR_INIT("")},
	    {STR_INIT("*\ta"), GEMTEXT_TEXT, STR_INIT("*\ta"), 0, STR_INIT("")},
	    {STR_INIT(">a"), GEMTEXT_QUOTE, STR_INIT("a"), 0, STR_INIT("")},
	    {STR_INIT("> a"), GEMTEXT_QUOTE, STR_INIT("a"), 0, STR_INIT("")},
	    {STR_INIT("```"), GEMTEXT_TOGGLE, STR_INIT(""), 0, STR_INIT("")},
	    {STR_INIT("``` c "), GEMTEXT_TOGGLE, STR_INIT("c"), 0,
		STR_INIT("")},
	    {STR_INIT("````"), GEMTEXT_TOGGLE, STR_INIT("`"), 0, STR_INIT("")},
	    {STR_INIT(" ```"), GEMTEXT_TEXT, STR_INIT(" ```"), 0, STR_INIT("")},
	    {STR_INIT("``"), GEMTEXT_TEXT, STR_INIT("``"), 0, STR_INIT("")},
	};
	struct gemtext_line line;
	struct gemtext g;

	for (size_t i = 0; i < COUNT(cases); i++) {
		gemtext_init(&g, cases[i].raw);
		tap_ok(gemtext_next(&g, &line) == (cases[i].raw.n > 0),
		    "\"%" STR_FMT "\" is a line", STR_ARG(cases[i].raw));
		tap_int(line.type, cases[i].type, "its type");
		if (cases[i].raw.n > 0)
			tap_str(line.text, cases[i].text, "its text");
		tap_int(line.level, cases[i].level, "its level");
		if (cases[i].raw.n > 0)
			tap_str(line.url, cases[i].url, "its URL");
	}
}

/* The types of the lines of text, a letter each. */
static void
test_walk(struct str text, const char *want)
{
	static const char letters[] = {
	    [GEMTEXT_TEXT] = 't',
	    [GEMTEXT_LINK] = 'l',
	    [GEMTEXT_TOGGLE] = '`',
	    [GEMTEXT_PREFORMATTED] = 'p',
	    [GEMTEXT_HEADING] = 'h',
	    [GEMTEXT_ITEM] = 'i',
	    [GEMTEXT_QUOTE] = 'q',
	};
	struct gemtext_line line;
	struct gemtext g;
	struct buf types;
	unsigned number = 0;

	buf_init(&types, out_max);
	gemtext_init(&g, text);
	while (gemtext_next(&g, &line)) {
		buf_add_char(&types, letters[line.type]);
		if (line.number != ++number)
			buf_add(&types, STR(" wrong number "));
	}
	tap_str(buf_str(&types), str_from_c(want), "types of lines");
	buf_fini(&types);
}

static void
test_walks(void)
{
	test_walk(STR(""), "");
	test_walk(STR("\n"), "t");
	test_walk(STR("a"), "t");
	test_walk(STR("# a\n\n=> b\n* c\n> d\n"), "htliq");
	test_walk(STR("# a\r\n\r\n=> b\r\n"), "htl");
	test_walk(STR("# a\r\r=> b\r"), "htl");
	test_walk(STR("a\r\n\rb\n\r"), "tttt");
	test_walk(STR("```x\n# a\n=> b\n```y\n# c"), "`pp`h");
	test_walk(STR("```\n# a\n ```\n"), "`pp");
	test_walk(STR("\xef\xbb\xbf# a"), "h");
}

struct text_case {
	struct str in;
	struct str want;
};

static void
test_adders(const struct text_case *cases, size_t count,
    void (*add)(struct buf *, struct str), const char *name)
{
	struct buf out;

	for (size_t i = 0; i < count; i++) {
		buf_init(&out, out_max);
		add(&out, cases[i].in);
		tap_str(buf_str(&out), cases[i].want, "%s %zu", name, i);
		buf_fini(&out);
	}
}

static void
test_one_line(void)
{
	static const struct text_case cases[] = {
	    {STR_INIT(""), STR_INIT("")},
	    {STR_INIT(" a  b "), STR_INIT("a b")},
	    {STR_INIT("a\r\nb\tc\x01\x7f"
		      "d"),
		STR_INIT("a b c d")},
	    {STR_INIT("a\0b"), STR_INIT("a b")},
	    {STR_INIT("a\xc2\x85"
		      "b\xe2\x80\xa8"
		      "c\xe2\x80\xa9"
		      "d\xc2\x9f"),
		STR_INIT("a b c d")},
	    {STR_INIT("\xef\xbb\xbf"
		      "a\xef\xbb\xbf"
		      "b"),
		STR_INIT("ab")},
	    {STR_INIT("a\xe2\x80\xae"
		      "b\xe2\x81\xa6"
		      "c"),
		STR_INIT("abc")},
	    {STR_INIT("a\xff"
		      "b\xc3"),
		STR_INIT("a\xef\xbf\xbd"
			 "b\xef\xbf\xbd")},
	    {STR_INIT("\xe6\x97\xa5 \xe6\x9c\xac"),
		STR_INIT("\xe6\x97\xa5 \xe6\x9c\xac")},
	    {STR_INIT("\n\n"), STR_INIT("")},
	    {STR_INIT("# a"), STR_INIT("# a")},
	};
	static const struct text_case starts[] = {
	    {STR_INIT("a"), STR_INIT("a\n")},
	    {STR_INIT(""), STR_INIT("\n")},
	    {STR_INIT("=> a"), STR_INIT(" => a\n")},
	    {STR_INIT("=>"), STR_INIT(" =>\n")},
	    {STR_INIT("="), STR_INIT(" =\n")},
	    {STR_INIT("=a"), STR_INIT("=a\n")},
	    {STR_INIT("#a"), STR_INIT(" #a\n")},
	    {STR_INIT("* a"), STR_INIT(" * a\n")},
	    {STR_INIT("*a"), STR_INIT("*a\n")},
	    {STR_INIT(">"), STR_INIT(" >\n")},
	    {STR_INIT("```"), STR_INIT(" ```\n")},
	    {STR_INIT("``a"), STR_INIT("``a\n")},
	    {STR_INIT("\n\n# a"), STR_INIT(" # a\n")},
	    {STR_INIT("\xef\xbb\xbf# a"), STR_INIT(" # a\n")},
	    {STR_INIT("a\n# b"), STR_INIT("a # b\n")},
	};

	test_adders(cases, COUNT(cases), gemtext_add_line_part, "one line");
	test_adders(starts, COUNT(starts), gemtext_add_text, "text line");
}

static void
test_links(void)
{
	static const struct {
		struct str url;
		struct str label;
		struct str want;
	} cases[] = {
	    {STR_INIT("/a"), STR_INIT("b"), STR_INIT("=> /a b\n")},
	    {STR_INIT("/a"), STR_INIT(""), STR_INIT("=> /a\n")},
	    {STR_INIT("/a"), STR_INIT(" \n"), STR_INIT("=> /a\n")},
	    {STR_INIT(" /a\n"), STR_INIT("b\n=> c"),
		STR_INIT("=> /a b => c\n")},
	    {STR_INIT("/a b\n=> c"), STR_INIT("d"),
		STR_INIT("=> /a%20b%0A=%3E%20c d\n")},
	    {STR_INIT("/\xc3\xa4%20%zz%"), STR_INIT("\xc3\xa4"),
		STR_INIT("=> /%C3%A4%20%25zz%25 \xc3\xa4\n")},
	    {STR_INIT("/?a=b&c[1]#\"<>\\^`{|}"), STR_INIT(""),
		STR_INIT("=> /?a=b&c[1]#%22%3C%3E%5C%5E%60%7B%7C%7D\n")},
	    {STR_INIT("gemini://h/a:b"), STR_INIT(""),
		STR_INIT("=> gemini://h/a:b\n")},
	    {STR_INIT("mailto:a@b"), STR_INIT(""), STR_INIT("=> mailto:a@b\n")},
	    {STR_INIT("1:2.gmi"), STR_INIT(""), STR_INIT("=> ./1:2.gmi\n")},
	    {STR_INIT("a b:c"), STR_INIT(""), STR_INIT("=> ./a%20b:c\n")},
	    {STR_INIT(":c"), STR_INIT(""), STR_INIT("=> ./:c\n")},
	    {STR_INIT("a/b:c"), STR_INIT(""), STR_INIT("=> a/b:c\n")},
	    {STR_INIT("1?b:c"), STR_INIT(""), STR_INIT("=> 1?b:c\n")},
	    {STR_INIT("a\0:b"), STR_INIT(""), STR_INIT("=> ./a%00:b\n")},
	    {STR_INIT(" "), STR_INIT("# a"), STR_INIT(" # a\n")},
	};
	struct buf out;

	for (size_t i = 0; i < COUNT(cases); i++) {
		buf_init(&out, out_max);
		gemtext_add_link(&out, cases[i].url, cases[i].label);
		tap_str(buf_str(&out), cases[i].want, "link %zu", i);
		buf_fini(&out);
	}
}

static void
test_bodies(void)
{
	static const struct text_case cases[] = {
	    {STR_INIT(""), STR_INIT("")},
	    {STR_INIT("a"), STR_INIT("a\n")},
	    {STR_INIT("\xef\xbb\xbf"
		      "a\r\nb\rc\n\n"),
		STR_INIT("a\nb\nc\n\n")},
	    {STR_INIT("```\na"), STR_INIT("```\na\n```\n")},
	    {STR_INIT("```\na\n```"), STR_INIT("```\na\n```\n")},
	    {STR_INIT(" a \t\n"), STR_INIT(" a \t\n")},
	    {STR_INIT("a\0b\0\nc"),
		STR_INIT("a\xef\xbf\xbd"
			 "b\xef\xbf\xbd\nc\n")},
	};
	static const struct text_case excerpts[] = {
	    {STR_INIT(""), STR_INIT("")},
	    {STR_INIT("# a\n\n \n  b c  \nd"), STR_INIT("b c")},
	    {STR_INIT("```\na\n```\n=> b\n> c\nd"), STR_INIT("d")},
	    {STR_INIT("# a\n> b\n* c\n"), STR_INIT("b")},
	    {STR_INIT("* \n* c\n> d\n"), STR_INIT("c")},
	    {STR_INIT("# a\n=> b c\n"), STR_INIT("")},
	};

	test_adders(cases, COUNT(cases), gemtext_add_body, "body");
	test_adders(excerpts, COUNT(excerpts), gemtext_add_excerpt, "excerpt");
}

static void
test_titles(void)
{
	static const struct {
		struct str body;
		struct str title; /* empty: none */
		struct str without;
	} cases[] = {
	    {STR_INIT("# a\n\nb\n"), STR_INIT("a"), STR_INIT("b\n")},
	    {STR_INIT("\xef\xbb\xbf\n# a\r\n\r\n\r\nb"), STR_INIT("a"),
		STR_INIT("b")},
	    {STR_INIT("# a"), STR_INIT("a"), STR_INIT("")},
	    {STR_INIT("x\n\n# a\n\nb\n"), STR_INIT("a"),
		STR_INIT("x\n\n\nb\n")},
	    {STR_INIT("## x\n# a\nb"), STR_INIT("a"), STR_INIT("## x\nb")},
	    {STR_INIT("```\n# x\n```\n# a\n"), STR_INIT("a"),
		STR_INIT("```\n# x\n```\n")},
	    {STR_INIT("#\n# a\nb"), STR_INIT("a"), STR_INIT("#\nb")},
	    {STR_INIT("# a\n# b\n"), STR_INIT("a"), STR_INIT("# b\n")},
	    {STR_INIT("a\n## b\n```\n# c\n"), STR_INIT(""), STR_INIT("")},
	    {STR_INIT(""), STR_INIT(""), STR_INIT("")},
	};
	struct str title;
	struct buf out;

	for (size_t i = 0; i < COUNT(cases); i++) {
		buf_init(&out, out_max);
		title = STR("");
		tap_ok(gemtext_take_title(cases[i].body, &title, &out) ==
			(cases[i].title.n > 0),
		    "body %zu has a title or none", i);
		tap_str(title, cases[i].title, "title of body %zu", i);
		tap_str(buf_str(&out), cases[i].without, "rest of body %zu", i);
		buf_fini(&out);
	}
}

static void
test_words(void)
{
	static const struct {
		struct str body;
		size_t words;
	} cases[] = {
	    {STR_INIT(""), 0},
	    {STR_INIT("one two\n\tthree\n"), 3},
	    {STR_INIT("# one\n* two\n> three\n=> /four five six\n"), 5},
	    {STR_INIT("=> /url\n"), 0},
	    {STR_INIT("```alt\none two\n```\nthree"), 1},
	    {STR_INIT("na\xc3\xafve caf\xc3\xa9"), 2},
	    {STR_INIT("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe3\x80\x82"), 3},
	    {STR_INIT("\xe6\x97\xa5\xe6\x9c\xac abc\xe8\xaa\x9e"), 4},
	    {STR_INIT("a\xc2\xa0"
		      "b"),
		2},
	    {STR_INIT("\xff \xff"), 2},
	    {STR_INIT("a\x7f"
		      "b\x01"
		      "c na\xc3\xafve"
		      "d\xe8\xaa\x9e"
		      "e f"),
		7},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		tap_int((long long)gemtext_count_words(cases[i].body),
		    (long long)cases[i].words, "words of body %zu", i);
}

int
main(void)
{
	test_lines();
	test_walks();
	test_one_line();
	test_links();
	test_bodies();
	test_titles();
	test_words();
	return tap_done();
}
