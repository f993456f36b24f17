/*
 * text/toml: what documents mean, and what authors are told of those that are
 * none. A tree is shown as {key=value,list=[...]}, strings in quotes.
 */
#include "text/toml.h"

#include "tap.h"

enum { shown_max = 1 << 20, nesting = 40 };

struct parse_case {
	struct str text, want;
};

static void
show_start(const struct yaml_node *node, struct buf *out)
{
	if (node->key.n > 0) {
		buf_add(out, node->key);
		buf_add_char(out, '=');
	}
	if (node->kind == YAML_LIST)
		buf_add_char(out, '[');
	if (node->kind == YAML_MAP)
		buf_add_char(out, '{');
	if (node->kind != YAML_SCALAR)
		return;
	if (!node->plain)
		buf_add_char(out, '\'');
	buf_add(out, node->text);
	if (!node->plain)
		buf_add_char(out, '\'');
}

/* Show a tree, on a stack of the nodes whose children are shown. */
static void
show(const struct yaml_node *top, struct buf *out)
{
	const struct yaml_node *stack[yaml_depth_max + 1] = {top};
	const struct yaml_node *next[yaml_depth_max + 1] = {top->first};
	size_t depth = 1;

	show_start(top, out);
	while (depth > 0) {
		const struct yaml_node *node = next[depth - 1];

		if (node == NULL) {
			depth--;
			buf_add_char(
			    out, stack[depth]->kind == YAML_LIST ? ']' : '}');
			continue;
		}
		if (node != stack[depth - 1]->first)
			buf_add_char(out, ',');
		next[depth - 1] = node->next;
		show_start(node, out);
		if (node->kind == YAML_SCALAR)
			continue;
		stack[depth] = node;
		next[depth++] = node->first;
	}
}

static void
check(struct str text, struct str want, const char *name, size_t i)
{
	struct yaml_input input = {
	    .file = STR("f"), .text = text, .first_line = 1};
	struct arena arena = {.used = 0};
	struct yaml_node *top;
	struct diags diags;
	struct buf got;

	diags_init(&diags);
	buf_init(&got, shown_max);
	top = toml_parse(&arena, &input, &diags);
	if (top != NULL)
		show(top, &got);
	VEC_EACH (struct diag, diag, &diags.list) {
		if (got.n > 0)
			buf_add_char(&got, '\n');
		diag_print(diag, &got);
	}
	tap_int((long long)diags.errors, top == NULL ? 1 : 0,
	    "%s case %zu has one error or none", name, i);
	tap_str(buf_str(&got), want, "%s case %zu", name, i);
	buf_fini(&got);
	diags_fini(&diags);
	arena_fini(&arena);
}

static const struct parse_case good_cases[] = {
    {STR_INIT(""), STR_INIT("{}")},
    {STR_INIT("# a comment\n\n"), STR_INIT("{}")},
    {STR_INIT("a = \"b\""), STR_INIT("{a='b'}")},
    {STR_INIT("a = 'b\\n' # c\nd=\"#\"\n"), STR_INIT("{a='b\\n',d='#'}")},
    {STR_INIT("a = \"\\t\\\"\\\\ \\u00e9 \\U0001F600\""),
	STR_INIT("{a='\t\"\\ \303\251 \360\237\230\200'}")},
    {STR_INIT("a = \"b\\u0007c\\b\""), STR_INIT("{a='b\tc\t'}")},
    {STR_INIT("a = \"\"\"\nb\n\"\"c\\\n   d\"\"\"\"\n"),
	STR_INIT("{a='b\n\"\"cd\"'}")},
    {STR_INIT("a = '''\r\nb\r\n'c'''"), STR_INIT("{a='b\n'c'}")},
    {STR_INIT("a = ''\nb = \"\"\nc = \"\"\"\"\"\""),
	STR_INIT("{a='',b='',c=''}")},
    {STR_INIT("a = true\nb = false\nc = 1_000\nd = -1.5e+3\ne = 0xff_f\n"
	      "f = +inf\ng = nan"),
	STR_INIT("{a=true,b=false,c=1000,d=-1.5e+3,e=0xfff,f=+inf,g=nan}")},
    {STR_INIT("a = 1979-05-27\nb = 1979-05-27T07:32:00-08:00\n"
	      "c = 1979-05-27 07:32:00Z\nd = 07:32:00.999\n"
	      "e = 1979-05-27 # day"),
	STR_INIT("{a=1979-05-27,b=1979-05-27T07:32:00-08:00,"
		 "c=1979-05-27 07:32:00Z,d=07:32:00.999,e=1979-05-27}")},
    {STR_INIT("a = [1, 'b', [true,], ]"), STR_INIT("{a=[1,'b',[true]]}")},
    {STR_INIT("a = [ # c\n  'b', # d\n  'c'\n  # e\n]\nf = []"),
	STR_INIT("{a=['b','c'],f=[]}")},
    {STR_INIT("a = {b = 1, c.d = 'e', f = {}}"),
	STR_INIT("{a={b=1,c={d='e'},f={}}}")},
    {STR_INIT("a.b.c = 1\na.b.d = 2\n\"x y\".'z' = 3"),
	STR_INIT("{a={b={c=1,d=2}},x y={z=3}}")},
    {STR_INIT("t = 1\n[extra]\na = 2\n[taxonomies]\ntags = ['x']\n"
	      "[extra.sub]\nb = 3\n"),
	STR_INIT("{t=1,extra={a=2,sub={b=3}},taxonomies={tags=['x']}}")},
    {STR_INIT("[[p]]\na = 1\n[[p]]\nb = 2\n[p.q]\nc = 3\n[[p.r]]\nd = 4"),
	STR_INIT("{p=[{a=1},{b=2,q={c=3},r=[{d=4}]}]}")},
    {STR_INIT("[ a . b ] # c\nd = 1"), STR_INIT("{a={b={d=1}}}")},
    {STR_INIT("[a]\nb = 1\n[c]\nd = 2\n[a]\ne = 3"),
	STR_INIT("{a={b=1,e=3},c={d=2}}")},
    {STR_INIT("\303\244 = '\346\227\245'\r\nb = 1\r\n"),
	STR_INIT("{\303\244='\346\227\245',b=1}")},
    {STR_INIT("\357\273\277a = 1"), STR_INIT("{a=1}")},
    {STR_INIT("a = {\n  b = 1,\n  c = 2,\n}\n"), STR_INIT("{a={b=1,c=2}}")},
    {STR_INIT("a = [{b = 1}, {c = 2}]"), STR_INIT("{a=[{b=1},{c=2}]}")},
    {STR_INIT("a = 1\nA = 2\n"),
	STR_INIT("{A=2}\nf:2:1: the key \"A\" stands on line 1 too; the last "
		 "one counts: take one of them out")},
};

static const struct parse_case bad_cases[] = {
    {STR_INIT("a = b"),
	STR_INIT("f:1:5: this is no number, date or boolean: quote the "
		 "value")},
    {STR_INIT("\ntitle = Foo: Bar\n"),
	STR_INIT("f:2:9: this is no number, date or boolean: quote the "
		 "value")},
    {STR_INIT("a ="),
	STR_INIT("f:1:4: there is no value here: write a value, or \"\"")},
    {STR_INIT("a: b"),
	STR_INIT("f:1:2: a colon, where TOML has \"=\": write key = value")},
    {STR_INIT("a"),
	STR_INIT("f:1:2: there is no \"=\" behind the key: write key = "
		 "value")},
    {STR_INIT("= 1"),
	STR_INIT("f:1:1: there is no key here: write key = value; quote a "
		 "key with other signs than letters, digits, - and _")},
    {STR_INIT("a = \"b\nc = 1"),
	STR_INIT("f:1:5: the quote that opens here is not closed: close it "
		 "on its line, or use three quotes for a text of several "
		 "lines")},
    {STR_INIT("a = '''b\n"),
	STR_INIT("f:1:5: the quote that opens here is not closed: close the "
		 "text with three quotes")},
    {STR_INIT("a = \"C:\\dir\""),
	STR_INIT("f:1:8: a backslash with nothing that it can stand before: "
		 "double the backslash, or put the text in single quotes")},
    {STR_INIT("a = \"\\ud800\""),
	STR_INIT("f:1:6: a backslash with nothing that it can stand before: "
		 "double the backslash, or put the text in single quotes")},
    {STR_INIT("a = [1, 2"),
	STR_INIT("f:1:10: an array is not closed: close it with \"]\"")},
    {STR_INIT("a = [1 2]"),
	STR_INIT("f:1:8: there is no comma before this value: put a comma "
		 "between the values")},
    {STR_INIT("a = [,]"),
	STR_INIT("f:1:6: there is no value here: write a value, or \"\"")},
    {STR_INIT("a = {b = 1"),
	STR_INIT("f:1:11: an inline table is not closed: close it with "
		 "\"}\"")},
    {STR_INIT("a = 'b' c"),
	STR_INIT("f:1:8: text behind the value: quote the whole value, or "
		 "begin a new line")},
    {STR_INIT("[a\nb = 1"),
	STR_INIT("f:1:1: the name of a table is not closed: close it with "
		 "\"]\"")},
    {STR_INIT("[[a]\nb = 1"),
	STR_INIT("f:1:1: the name of a table is not closed: close it with "
		 "\"]]\"")},
    {STR_INIT("a = 1\n[a]\nb = 2"),
	STR_INIT("f:2:2: this key has a value already, so it cannot be a "
		 "table: rename one of them")},
    {STR_INIT("a = 1\na.b = 2"),
	STR_INIT("f:2:1: this key has a value already, so it cannot be a "
		 "table: rename one of them")},
    {STR_INIT("a = 1\n[[a]]"),
	STR_INIT("f:2:3: this key has a value already, so it cannot be an "
		 "array: rename one of them")},
    {STR_INIT("a = 1\nb = \"\x01\""),
	STR_INIT("f:2:6: a character that cannot be seen: take the "
		 "character out")},
    {STR_INIT("a = 'x\xff'"),
	STR_INIT("f:1:7: the text is not UTF-8 from here on: save the file "
		 "as UTF-8")},
};

/* part, count times, behind "a = ". */
static void
check_repeated(const char *part, size_t count, struct str want)
{
	struct buf text;

	buf_init(&text, shown_max);
	buf_add(&text, STR("a = "));
	for (size_t i = 0; i < count; i++)
		buf_add(&text, str_from_c(part));
	check(buf_str(&text), want, part, count);
	buf_fini(&text);
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(good_cases) / sizeof(good_cases[0]); i++)
		check(good_cases[i].text, good_cases[i].want, "good", i);
	for (size_t i = 0; i < sizeof(bad_cases) / sizeof(bad_cases[0]); i++)
		check(bad_cases[i].text, bad_cases[i].want, "bad", i);
	check_repeated("[", nesting,
	    STR("f:1:20: tables and arrays are nested too deep: take a level "
		"out"));
	check_repeated("{b.c.d=", nesting,
	    STR("f:1:40: tables and arrays are nested too deep: take a level "
		"out"));
	return tap_done();
}
