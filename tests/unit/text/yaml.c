/*
 * text/yaml: documents as trees, what authors are told, and limits.
 */
#include "text/yaml.h"

#include "tap.h"

struct parse_case {
	struct str in;
	struct str want; /* the tree, and the messages, a line each */
};

/* What a document means. */
static const struct parse_case good_cases[] = {
    {STR_INIT("title: x"), STR_INIT("{title=x}")},
    {STR_INIT("---"), STR_INIT("{}")},
    {STR_INIT("title: x\ndate: 2020-01-01\n"),
	STR_INIT("{title=x,date=2020-01-01}")},
    {STR_INIT("title: x\r\ndate: y\r\n"), STR_INIT("{title=x,date=y}")},
    {STR_INIT("title: x\rdate: y"), STR_INIT("{title=x,date=y}")},
    {STR_INIT("a: [b, 'c', \"d\"]\ne:\n  - f\n  - g: h\n"),
	STR_INIT("{a=[b,'c','d'],e=[f,{g=h}]}")},
    {STR_INIT("a: {b: c, d: [e]}"), STR_INIT("{a={b=c,d=[e]}}")},
    {STR_INIT("{a: b}"), STR_INIT("{a=b}")},
    {STR_INIT("- a\n- b\n"), STR_INIT("[a,b]")},
    {STR_INIT("b"), STR_INIT("b")},
    {STR_INIT("a:"), STR_INIT("{a=}")},
    {STR_INIT("a: ~\nb: null\nc: ''\n"), STR_INIT("{a=~,b=null,c=''}")},
    {STR_INIT("a: |\n  one\n  two\n\nb: >\n  three\n  four\n"),
	STR_INIT("{a='one\ntwo\n',b='three four\n'}")},
    {STR_INIT("a: one\n  two\n\n  three\n"), STR_INIT("{a=one two\nthree}")},
    {STR_INIT("a: \"\\t\\u00e4\\n\\r\""), STR_INIT("{a='\t\303\244\n\n'}")},
    {STR_INIT("a: \"x\\Ny\\Lz\\P\""), STR_INIT("{a='x\ny\nz\n'}")},
    {STR_INIT("a: x\342\200\250y"), STR_INIT("{a=x y}")},
    {STR_INIT("\357\273\277a: b"), STR_INIT("{a=b}")},
    {STR_INIT("a: !!str 2020"), STR_INIT("{a=2020}")},
    {STR_INIT("a: \"it's\"\nb: 'it''s'\n"), STR_INIT("{a='it's',b='it's'}")},
    {STR_INIT("a: http://x/y:z#w"), STR_INIT("{a=http://x/y:z#w}")},
    {STR_INIT("a: 10:30:00"), STR_INIT("{a=10:30:00}")},
    {STR_INIT("a: b # comment"), STR_INIT("{a=b}")},
    {STR_INIT("a: :b"), STR_INIT("{a=:b}")},
    {STR_INIT("a: x\n  - y\n"), STR_INIT("{a=x - y}")},
    {STR_INIT("---\na: b\n"), STR_INIT("{a=b}")},
    {STR_INIT("---\na: b\n---\n"), STR_INIT("{a=b}")},
    {STR_INIT("---\na: b\n...\n"), STR_INIT("{a=b}")},
    {STR_INIT("%YAML 1.1\n---\na: b\n"), STR_INIT("{a=b}")},
    {STR_INIT("# only a comment\n"), STR_INIT("{}")},
    {STR_INIT("a:\t b"), STR_INIT("{a=b}")},
    {STR_INIT("? a\n: b"), STR_INIT("{a=b}")},
    {STR_INIT("a: [b,\n\tc]"), STR_INIT("{a=[b,c]}")},
    {STR_INIT("/a-b: 1\n/a_b: 2\n"), STR_INIT("{/a-b=1,/a_b=2}")},
    {STR_INIT("a: {b}"), STR_INIT("{a={b=}}")},
    {STR_INIT("\303\244: \346\227\245\n"), STR_INIT("{\303\244=\346\227\245}")},
};

/* What it means, and what is odd about it. */
static const struct parse_case odd_cases[] = {
    {STR_INIT("a: 1\nb: 2\na: 3\n"),
	STR_INIT("{b=2,a=3}\nf:3:1: the key \"a\" stands on line 1 too; the "
		 "last one counts: take one of them out")},
    {STR_INIT("date created: 1\nDate-Created: 2\n"),
	STR_INIT("{Date-Created=2}\nf:2:1: the key \"Date-Created\" stands "
		 "on line 1 too; the last one counts: take one of them out")},
    {STR_INIT("/a: 1\n/a: 2\n"),
	STR_INIT("{/a=2}\nf:2:1: the key \"/a\" stands on line 1 too; the "
		 "last one counts: take one of them out")},
    {STR_INIT("a: !foo bar"),
	STR_INIT("{a=bar}\nf:1:4: \"!foo\" is a tag to YAML and is left "
		 "out: quote the value")},
    {STR_INIT("a: !important"),
	STR_INIT("{a=}\nf:1:4: \"!important\" is a tag to YAML and is left "
		 "out: quote the value")},
    {STR_INIT("a: \"a\\0b\""),
	STR_INIT("{a='a\tb'}\nf:1:4: the value holds a character that cannot "
		 "be seen (U+0000): take the escape out")},
    {STR_INIT("a: \"a\\eb\""),
	STR_INIT("{a='a\tb'}\nf:1:4: the value holds a character that cannot "
		 "be seen (U+001B): take the escape out")},
    {STR_INIT("a: \"\\x9f\""),
	STR_INIT("{a='\t'}\nf:1:4: the value holds a character that cannot "
		 "be seen (U+009F): take the escape out")},
    {STR_INIT("a: {b: 1, b: 2}"),
	STR_INIT("{a={b=2}}\nf:1:11: the key \"b\" stands on line 1 too; "
		 "the last one counts: take one of them out")},
};

/* What authors are told. */
static const struct parse_case bad_cases[] = {
    {STR_INIT("title: Foo: Bar"),
	STR_INIT("f:1:11: a second \": \" on one line: quote the value, as "
		 "in title: \"One: two\"")},
    {STR_INIT("a: : b"),
	STR_INIT("f:1:4: a second \": \" on one line: quote the value, as "
		 "in title: \"One: two\"")},
    {STR_INIT("a: 1\n  b: 2"),
	STR_INIT("f:2:3: this line is indented deeper than the key above "
		 "it: indent lines that belong together by the same spaces, "
		 "or quote a value of several lines")},
    {STR_INIT("a:\n  b: 1\n   c: 2"),
	STR_INIT("f:3:4: this line is indented deeper than the key above "
		 "it: indent lines that belong together by the same spaces, "
		 "or quote a value of several lines")},
    {STR_INIT("a: 1\ntitle:Foo\ndate: x"),
	STR_INIT("f:2:1: there is no space behind the colon: write \"key: "
		 "value\", with a space")},
    {STR_INIT("title:Foo\ndate: x"),
	STR_INIT("f:1:1: there is no space behind the colon: write \"key: "
		 "value\", with a space")},
    {STR_INIT("a: 1\ntitle Foo\ndate: x"),
	STR_INIT("f:2:1: this line is no \"key: value\": write \"key: "
		 "value\", or indent the lines of a long value")},
    {STR_INIT("a: 1\n\n# c\ntitle:Foo\n\ndate: x"),
	STR_INIT("f:4:1: there is no space behind the colon: write \"key: "
		 "value\", with a space")},
    {STR_INIT("a: x\nb"),
	STR_INIT("f:2:1: this line is no \"key: value\": write \"key: "
		 "value\", or indent the lines of a long value")},
    {STR_INIT("a: \"foo\nb: c"),
	STR_INIT("f:1:4: the quote that opens here is not closed: quote the "
		 "whole value; a quote inside '\342\200\246' is doubled, "
		 "one inside \"\342\200\246\" is written \\\"")},
    {STR_INIT("a: 'foo\nb: c"),
	STR_INIT("f:1:4: the quote that opens here is not closed: quote the "
		 "whole value; a quote inside '\342\200\246' is doubled, "
		 "one inside \"\342\200\246\" is written \\\"")},
    {STR_INIT("a: \"foo\n---\n"),
	STR_INIT("f:1:4: the quote that opens here is not closed: quote the "
		 "whole value; a quote inside '\342\200\246' is doubled, "
		 "one inside \"\342\200\246\" is written \\\"")},
    {STR_INIT("a:\n - b: \"x\n - c: y\n"),
	STR_INIT("f:2:7: the quote that opens here is not closed: quote the "
		 "whole value; a quote inside '\342\200\246' is doubled, "
		 "one inside \"\342\200\246\" is written \\\"")},
    {STR_INIT("title: \"Foo\" and \"Bar\"\ndate: x"),
	STR_INIT("f:1:14: text behind the closing quote: quote the whole "
		 "value; a quote inside '\342\200\246' is doubled, one "
		 "inside \"\342\200\246\" is written \\\"")},
    {STR_INIT("a: 'it's'"),
	STR_INIT("f:1:8: text behind the closing quote: quote the whole "
		 "value; a quote inside '\342\200\246' is doubled, one "
		 "inside \"\342\200\246\" is written \\\"")},
    {STR_INIT("a: [x] y"),
	STR_INIT("f:1:8: text behind the closing bracket: quote the whole "
		 "value")},
    {STR_INIT("tags: [a, b]]"),
	STR_INIT("f:1:13: text behind the closing bracket: quote the whole "
		 "value")},
    {STR_INIT("a: [x, y\nb: c"),
	STR_INIT("f:1:4: the \"[\" that opens here is not closed: close it "
		 "with \"]\", or quote the value")},
    {STR_INIT("a: {x: y\nb: c"),
	STR_INIT("f:1:4: the \"{\" that opens here is not closed: close it "
		 "with \"}\", or quote the value")},
    {STR_INIT("a: [x, y"),
	STR_INIT("f:1:4: the \"[\" that opens here is not closed: close it "
		 "with \"]\", or quote the value")},
    {STR_INIT("a: [a, b: c: d]"),
	STR_INIT("f:1:12: a comma or the closing bracket is expected here: "
		 "quote items that hold \": \" or quotes")},
    {STR_INIT("a: @foo"),
	STR_INIT("f:1:4: a value cannot start with \"@\": quote the value")},
    {STR_INIT("a: `foo`"),
	STR_INIT("f:1:4: a value cannot start with \"`\": quote the value")},
    {STR_INIT("a: %foo"),
	STR_INIT("f:1:4: a value cannot start with \"%\": quote the value")},
    {STR_INIT("a: ]"),
	STR_INIT("f:1:4: a value cannot start with \"]\": quote the value")},
    {STR_INIT("a: }"),
	STR_INIT("f:1:4: a value cannot start with \"}\": quote the value")},
    {STR_INIT("a: ,x"),
	STR_INIT("f:1:4: a value cannot start with \",\": quote the value")},
    {STR_INIT("a: &foo bar"),
	STR_INIT("f:1:4: a value cannot start with \"&\": anchors are not "
		 "supported: quote the value")},
    {STR_INIT("a: &"),
	STR_INIT("f:1:4: a value cannot start with \"&\": quote the value")},
    {STR_INIT("a: &x [b]"),
	STR_INIT("f:1:4: a value cannot start with \"&\": anchors are not "
		 "supported: quote the value")},
    {STR_INIT("a: *foo"),
	STR_INIT("f:1:4: a value cannot start with \"*\": aliases are not "
		 "supported: quote the value")},
    {STR_INIT("a: *foo* bar"),
	STR_INIT("f:1:4: a value cannot start with \"*\": quote the value")},
    {STR_INIT("a: **foo**"),
	STR_INIT("f:1:4: a value cannot start with \"*\": quote the value")},
    {STR_INIT("a: !x!y z"),
	STR_INIT("f:1:4: a value cannot start with \"!\": quote the value")},
    {STR_INIT("a: !<foo"),
	STR_INIT("f:1:4: a value cannot start with \"!\": quote the value")},
    {STR_INIT("a: |foo"),
	STR_INIT("f:1:4: text behind the \"|\" or \">\" that starts a "
		 "block: quote the value, or put the block on the next "
		 "line, indented")},
    {STR_INIT("a: > foo"),
	STR_INIT("f:1:4: text behind the \"|\" or \">\" that starts a "
		 "block: quote the value, or put the block on the next "
		 "line, indented")},
    {STR_INIT("a: |0\n x"),
	STR_INIT("f:1:4: text behind the \"|\" or \">\" that starts a "
		 "block: quote the value, or put the block on the next "
		 "line, indented")},
    {STR_INIT("a: - b"),
	STR_INIT("f:1:4: a value cannot start with \"- \", and a list not "
		 "on the line of its key: quote the value, or put the list "
		 "on the next line")},
    {STR_INIT("a:\n- b\nc"),
	STR_INIT("f:3:1: this line is no \"key: value\": write \"key: "
		 "value\", or indent the lines of a long value")},
    {STR_INIT("a: ? b"),
	STR_INIT("f:1:4: a value cannot start with \"? \": quote the value")},
    {STR_INIT("a:\n\t- b"),
	STR_INIT("f:2:1: a tab where spaces are expected: indent with spaces")},
    {STR_INIT("\ta: b"),
	STR_INIT("f:1:1: a tab where spaces are expected: indent with spaces")},
    {STR_INIT("a: b\n\tc: d"),
	STR_INIT("f:2:1: a tab where spaces are expected: indent with spaces")},
    {STR_INIT("a: |\n\tfoo"),
	STR_INIT("f:2:1: a tab where spaces are expected: indent with spaces")},
    {STR_INIT("a: \"\\q\""),
	STR_INIT("f:1:4: an unknown escape in this value: write \\\\ for a "
		 "backslash, or use single quotes")},
    {STR_INIT("a: \"C:\\Users\""),
	STR_INIT("f:1:4: an unknown escape in this value: write \\\\ for a "
		 "backslash, or use single quotes")},
    {STR_INIT("a: \"\\ud83d\\ude00\""),
	STR_INIT("f:1:4: an escape in this value stands for no character: "
		 "write the character itself")},
    {STR_INIT("- a\nb: c"),
	STR_INIT("f:2:1: this line is neither a list item nor indented like "
		 "the one above: indent lines that belong together by the "
		 "same spaces")},
    {STR_INIT("a:\n   b: 1\n  c: 2"),
	STR_INIT("f:3:3: the indentation fits no line above: indent lines "
		 "that belong together by the same spaces")},
    {STR_INIT("a:\n  - b\n - c"),
	STR_INIT("f:3:2: a list item where a key is expected: indent lines "
		 "that belong together by the same spaces")},
    {STR_INIT("a:\n  - x: 1\n   y: 2\n"),
	STR_INIT("f:3:4: this line is neither a list item nor indented like "
		 "the one above: indent lines that belong together by the "
		 "same spaces")},
    {STR_INIT("a: b\n- c"),
	STR_INIT("f:2:1: a list item where a key is expected: indent lines "
		 "that belong together by the same spaces")},
    {STR_INIT("a: b\n: c"),
	STR_INIT("f:2:1: a colon without a key: write \"key: value\"")},
    {STR_INIT("[a]: b"),
	STR_INIT("f:1:1: a list or a map cannot be a key: quote a value "
		 "that starts with \"[\" or \"{\"")},
    {STR_INIT("a: {{ x }}"),
	STR_INIT("f:1:5: a list or a map cannot be a key: quote a value "
		 "that starts with \"[\" or \"{\"")},
    {STR_INIT("a: {% x %}"),
	STR_INIT("f:1:5: a value cannot start with \"%\": quote the value")},
    {STR_INIT("a: b\n---\nc: d"),
	STR_INIT("f:3:1: a second document begins here: take out the "
		 "\"---\" before it")},
    {STR_INIT("a: b\n...\nc: d"),
	STR_INIT("f:3:1: text behind the end of the document: write one "
		 "document of \"key: value\" lines")},
    {STR_INIT("%FOO\na: b"),
	STR_INIT("f:1:1: a line cannot start with \"%\": quote it")},
    {STR_INIT("<<: {a: b}"),
	STR_INIT("f:1:1: \"<<\" is not supported: write the keys out")},
    {STR_INIT("a: b\nc: \377\n"),
	STR_INIT("f:2:4: the text is not UTF-8 from byte \\xff on: save the "
		 "file as UTF-8")},
    {STR_INIT("\303\244: \303\244\300\n"),
	STR_INIT("f:1:7: the text is not UTF-8 from byte \\xc0 on: save the "
		 "file as UTF-8")},
    {STR_INIT("\357\273\277a: \377"),
	STR_INIT("f:1:7: the text is not UTF-8 from byte \\xff on: save the "
		 "file as UTF-8")},
    {STR_INIT("\377\376a\000:\000"),
	STR_INIT("f:1:1: the text is UTF-16, not UTF-8: save the file as "
		 "UTF-8")},
    {STR_INIT("\376\377\000a"),
	STR_INIT("f:1:1: the text is UTF-16, not UTF-8: save the file as "
		 "UTF-8")},
    {STR_INIT("a: b\001"),
	STR_INIT("f:1:5: a character that cannot be seen (U+0001): take the "
		 "character out")},
    {STR_INIT("a: \177"),
	STR_INIT("f:1:4: a character that cannot be seen (U+007F): take the "
		 "character out")},
    {STR_INIT("a: x\302\237"),
	STR_INIT("f:1:5: a character that cannot be seen (U+009F): take the "
		 "character out")},
    {STR_INIT("a: x\357\273\277"),
	STR_INIT("f:1:5: a character that cannot be seen (U+FEFF): take the "
		 "character out")},
    {STR_INIT("a: x\357\277\276"),
	STR_INIT("f:1:5: a character that cannot be seen (U+FFFE): take the "
		 "character out")},
    {STR_INIT("\303\244: \303\244: x"),
	STR_INIT("f:1:7: a second \": \" on one line: quote the value, as "
		 "in title: \"One: two\"")},
    {STR_INIT("\r\n\r\n\303\244: \303\244: x\r\n"),
	STR_INIT("f:3:7: a second \": \" on one line: quote the value, as "
		 "in title: \"One: two\"")},
};

/* Add the tree: maps as {key=value}, lists as [item], scalars as they are, in
 * quotes where they are not plain. */
static void
add_tree(struct buf *out, const struct yaml_node *node)
{
	const char *mark = node->plain ? "" : "'";

	if (node->kind == YAML_SCALAR) {
		buf_addf(
		    out, "%s%" STR_FMT "%s", mark, STR_ARG(node->text), mark);
		return;
	}
	buf_add_char(out, node->kind == YAML_LIST ? '[' : '{');
	for (struct yaml_node *child = node->first; child != NULL;
	     child = child->next) {
		if (child != node->first)
			buf_add_char(out, ',');
		if (node->kind == YAML_MAP)
			buf_addf(out, "%" STR_FMT "=", STR_ARG(child->key));
		add_tree(out, child);
	}
	buf_add_char(out, node->kind == YAML_LIST ? ']' : '}');
}

static void
test_parse(const struct parse_case *cases, size_t count, const char *name)
{
	enum { out_max = 4096 };
	struct yaml_input input = {.file = STR("f"), .first_line = 1};
	struct arena arena = {0};
	struct yaml_node *top;
	struct diags diags;
	struct buf out;

	for (size_t i = 0; i < count; i++) {
		diags_init(&diags);
		buf_init(&out, out_max);
		input.text = cases[i].in;
		top = yaml_parse(&arena, &input, &diags);
		tap_ok((top == NULL) == (diags.errors == 1),
		    "%s %zu has one error or none", name, i);
		if (top != NULL)
			add_tree(&out, top);
		VEC_EACH (struct diag, diag, &diags.list) {
			if (out.n > 0)
				buf_add_char(&out, '\n');
			diag_print(diag, &out);
		}
		tap_str(buf_str(&out), cases[i].want, "%s %zu", name, i);
		buf_fini(&out);
		diags_fini(&diags);
	}
	arena_fini(&arena);
}

/* A document of head and count times part, which is refused for the code, or
 * is fine when code is NULL. */
static void
test_repeated(
    const char *head, const char *part, size_t count, const char *code)
{
	struct yaml_input input = {.file = STR("f"), .first_line = 1};
	struct arena arena = {0};
	struct yaml_node *top;
	struct diags diags;
	struct diag *first;
	struct buf text;

	diags_init(&diags);
	buf_init(&text, SIZE_MAX);
	buf_add(&text, str_from_c(head));
	for (size_t i = 0; i < count; i++)
		buf_add(&text, str_from_c(part));
	input.text = buf_str(&text);
	top = yaml_parse(&arena, &input, &diags);
	first = diags.list.n > 0 ? vec_get(&diags.list, 0) : NULL;
	tap_ok((top != NULL) == (code == NULL), "%zu times is %s", count,
	    code == NULL ? "fine" : "refused");
	tap_str(str_from_c(first == NULL ? NULL : first->code),
	    str_from_c(code), "why %zu times is refused", count);
	buf_fini(&text);
	diags_fini(&diags);
	arena_fini(&arena);
}

/* None of these takes longer than any other text of its size. */
static void
test_limits(void)
{
	enum { most = yaml_size_max };

	test_repeated("", "[", yaml_depth_max + 1, "yaml-limit");
	test_repeated("", "[", most, "yaml-limit");
	test_repeated("", "[\n", most / 2, "yaml-limit");
	test_repeated("", "- ", most / 2, "yaml-limit");
	test_repeated("", "[a, ", most / 4, "yaml-limit");
	test_repeated("", "{a: ", most / 4, "yaml-limit");
	test_repeated("", "{", most, "yaml-key");
	test_repeated("", "? ", most / 2, "yaml-key");
	test_repeated("", "[?", most / 2, "yaml-key");
	test_repeated("", "a: ", most / 4, "yaml-syntax");
	test_repeated("a: \"", "x", most / 2, "yaml-syntax");
	test_repeated("", "\"", most, "yaml-syntax");
	test_repeated("", "['", most / 2, "yaml-syntax");
	test_repeated("", "&a ", most / 4, "yaml-alias");
	test_repeated("", "*a ", most / 4, "yaml-alias");
	test_repeated("", "%a\n", most / 4, "yaml-syntax");
	test_repeated("", "a\n", most / 2, NULL);
	test_repeated("a: |\n", " b\n", most / 4, NULL);
	test_repeated("", "#", most, NULL);
	test_repeated("", "\n", most, NULL);
	test_repeated("", "\n", most + 1, "yaml-limit");
	test_repeated("k: ", "a ", yaml_events_max, NULL);
	test_repeated("", "- a\n", yaml_events_max - 6, NULL);
	test_repeated("", "- a\n", yaml_events_max - 5, "yaml-limit");
	test_repeated("k: [", "a,", most / 4, "yaml-limit");
}

static void
test_places(void)
{
	struct yaml_input input = {.file = STR("f"),
	    .text = STR("\xc3\xa4: x\r\nb:\r\n  \"c\": 'd'\r\n"),
	    .first_line = 2};
	struct diag_place place;
	struct arena arena = {0};
	struct yaml_node *top, *node;
	struct diags diags;

	diags_init(&diags);
	top = yaml_parse(&arena, &input, &diags);
	node = yaml_find(top, STR("\xc3\xa4"));
	place = yaml_place(node, STR("f"));
	tap_int(place.line, 2, "line of a value");
	tap_int(place.column, 5, "column of a value in bytes");
	place = yaml_key_place(yaml_find(top, STR("B")), STR("f"));
	tap_int(place.line, 3, "line of a key");
	tap_int(place.column, 1, "column of a key");
	node = yaml_find(yaml_find(top, STR("b")), STR("c"));
	place = yaml_place(node, STR("f"));
	tap_int(place.line, 4, "line of a nested value");
	tap_int(place.column, 8, "column of a nested value");
	tap_ok(!node->plain, "a quoted value is not plain");
	tap_ok(yaml_find(top, STR("x")) == NULL, "no such key");
	tap_ok(yaml_find(node, STR("x")) == NULL, "no key in a scalar");
	tap_ok(yaml_find(NULL, STR("x")) == NULL, "no key in nothing");
	diags_fini(&diags);
	arena_fini(&arena);
}

static void
test_words(void)
{
	static const struct {
		struct str text;
		int value; /* -1: no boolean */
	} cases[] = {
	    {STR_INIT("true"), 1},
	    {STR_INIT("Yes"), 1},
	    {STR_INIT("ON"), 1},
	    {STR_INIT("False"), 0},
	    {STR_INIT("no"), 0},
	    {STR_INIT("oFF"), 0},
	    {STR_INIT("Y"), 1},
	    {STR_INIT("n"), 0},
	    {STR_INIT(""), -1},
	    {STR_INIT("truex"), -1},
	    {STR_INIT("1"), -1},
	};
	bool value;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		value = cases[i].value == 0;
		tap_ok(yaml_to_bool(cases[i].text, &value) ==
			(cases[i].value >= 0),
		    "\"%" STR_FMT "\" is a boolean or not",
		    STR_ARG(cases[i].text));
		if (cases[i].value >= 0)
			tap_int(value, cases[i].value, "which of them");
	}
	tap_ok(yaml_key_eq(STR("Date-created"), STR("date_CREATED")),
	    "keys match without case, with any separator");
	tap_ok(yaml_key_eq(STR("a b"), STR("a-b")), "a space is one of them");
	tap_ok(!yaml_key_eq(STR("ab"), STR("a-b")), "but not nothing");
	tap_ok(!yaml_key_eq(STR("a"), STR("b")), "other keys do not match");
}

/* Nothing at all, without an address, is an empty map. */
static void
test_nothing(void)
{
	struct yaml_input input = {.first_line = 1};
	struct arena arena = {0};
	struct yaml_node *top;
	struct diags diags;

	diags_init(&diags);
	top = yaml_parse(&arena, &input, &diags);
	tap_ok(top != NULL && top->kind == YAML_MAP && top->first == NULL,
	    "no text is an empty map");
	diags_fini(&diags);
	arena_fini(&arena);
}

int
main(void)
{
	test_nothing();
	test_parse(good_cases, sizeof(good_cases) / sizeof(good_cases[0]),
	    "good case");
	test_parse(
	    odd_cases, sizeof(odd_cases) / sizeof(odd_cases[0]), "odd case");
	test_parse(
	    bad_cases, sizeof(bad_cases) / sizeof(bad_cases[0]), "bad case");
	test_limits();
	test_places();
	test_words();
	return tap_done();
}
