/*
 * text/template: Mustache's rules, the rules of gemtext, and limits.
 */
#include "text/template.h"

#include "tap.h"

enum { output_max = 4096 };

/* Eight loops of three rounds around inner. */
#define NESTED(inner)                                                     \
	"{{#list}}{{#list}}{{#list}}{{#list}}{{#list}}{{#list}}{{#list}}" \
	"{{#list}}" inner "{{/list}}{{/list}}{{/list}}{{/list}}{{/list}}" \
	"{{/list}}{{/list}}{{/list}}"

/* The templates that the cases name as partials. */
static const struct {
	struct str name;
	struct str text;
} partials[] = {
    {STR_INIT("word"), STR_INIT("*{{text}}*")},
    {STR_INIT("lines"), STR_INIT("a\n{{text}}\n\nb\n")},
    {STR_INIT("open"), STR_INIT(">\n>")},
    {STR_INIT("block"), STR_INIT("|\n{{{two}}}\n|\n")},
    {STR_INIT("outer"), STR_INIT("o\n  {{>lines}}\n")},
    {STR_INIT("inline"), STR_INIT("i {{>open}}\n")},
    {STR_INIT("loop"), STR_INIT("{{#list}}\n{{.}}\n{{/list}}\n")},
    {STR_INIT("loose"), STR_INIT("{{#list}}x\n{{/list}}y\n")},
    {STR_INIT("tree"),
	STR_INIT("<{{name}}{{#children}}{{>tree}}{{/children}}>")},
    {STR_INIT("self"), STR_INIT("{{>self}}")},
    {STR_INIT("twice"), STR_INIT("{{#a}}{{>twice}}{{>twice}}{{/a}}")},
    {STR_INIT("empty"), STR_INIT("")},
};

/* Parses what is asked for; the context is the arena. */
static const struct template *
find_partial(void *context, struct str name)
{
	struct template *found = NULL;
	struct diags diags;

	diags_init(&diags);
	for (size_t i = 0; i < sizeof(partials) / sizeof(partials[0]); i++)
		if (str_eq(partials[i].name, name))
			found = template_parse(
			    context, name, partials[i].text, &diags);
	diags_fini(&diags);
	return found;
}

static struct value *
text_value(struct arena *arena, const char *text)
{
	return value_text(arena, str_from_c(text));
}

/* A node of a tree with the given name and child, which may be NULL. */
static struct value *
tree_value(struct arena *arena, const char *name, struct value *child)
{
	struct value *node = value_map(arena), *list = value_list(arena);

	value_put(arena, node, STR("name"), text_value(arena, name));
	value_add(arena, list, child);
	value_put(arena, node, STR("children"), list);
	return node;
}

static void
put_texts(struct arena *a, struct value *data)
{
	static const struct {
		struct str key;
		const char *text;
	} texts[] = {
	    {STR_INIT("text"), "T"},
	    {STR_INIT("sign"), "<&>\"'"},
	    {STR_INIT("two"), "1\n2"},
	    {STR_INIT("none"), ""},
	    {STR_INIT("link"), "=> gemini://evil/ x"},
	    {STR_INIT("equals"), "="},
	    {STR_INIT("star"), "*"},
	    {STR_INIT("item"), "* x"},
	    {STR_INIT("heading"), "# x"},
	    {STR_INIT("quote"), ">x"},
	    {STR_INIT("fence"), "```x"},
	    {STR_INIT("tick"), "`"},
	    {STR_INIT("lines"), " a\r\n=> b\n\n c\x01 "},
	    {STR_INIT("spaced"), "a b\tc"},
	    {STR_INIT("control"), "<\x01>\n\"q\""},
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		value_put(a, data, texts[i].key, text_value(a, texts[i].text));
}

static struct value *
make_data(struct arena *a)
{
	struct value *data = value_map(a), *list = value_list(a);
	struct value *maps = value_list(a), *map, *inner;

	put_texts(a, data);
	value_put(a, data, STR("number"), value_number(a, -42));
	value_put(a, data, STR("yes"), value_bool(a, true));
	value_put(a, data, STR("no"), value_bool(a, false));
	value_put(a, data, STR("nothing"), value_list(a));
	for (const char *s = "123"; *s != '\0'; s++)
		value_add(a, list, value_text(a, str_from(s, 1)));
	value_put(a, data, STR("list"), list);
	for (int i = 1; i <= 2; i++) {
		map = value_map(a);
		value_put(a, map, STR("n"), value_number(a, i));
		value_put(a, map, STR("list"), list);
		value_add(a, maps, map);
	}
	value_put(a, data, STR("maps"), maps);
	map = value_map(a);
	inner = value_map(a);
	value_put(a, inner, STR("c"), text_value(a, "deep"));
	value_put(a, map, STR("b"), inner);
	value_put(a, map, STR("text"), text_value(a, "inner"));
	value_put(a, data, STR("a"), map);
	value_put(a, data, STR("tree"),
	    tree_value(a, "1", tree_value(a, "2", tree_value(a, "3", NULL))));
	return data;
}

struct render_case {
	const char *name; /* of the template: its ending is the escape */
	struct str text;
	struct str want;
};

/* What the Mustache specification asks for. */
static const struct render_case mustache_cases[] = {
    /* interpolation */
    {"t.txt", STR_INIT("plain { } text"), STR_INIT("plain { } text")},
    {"t.txt", STR_INIT("<{{text}}>"), STR_INIT("<T>")},
    {"t.txt", STR_INIT("<{{ text }}|{{{ text }}}|{{& text }}>"),
	STR_INIT("<T|T|T>")},
    {"t.html", STR_INIT("{{sign}}"), STR_INIT("&lt;&amp;&gt;&quot;&#39;")},
    {"t.html", STR_INIT("{{{sign}}}{{&sign}}"), STR_INIT("<&>\"'<&>\"'")},
    {"t.txt", STR_INIT("<{{number}}>"), STR_INIT("<-42>")},
    {"t.txt", STR_INIT("<{{missing}}{{{missing}}}{{&missing}}>"),
	STR_INIT("<>")},
    {"t.txt", STR_INIT("<{{maps}}{{a}}>"), STR_INIT("<>")},
    {"t.txt", STR_INIT("{{a.b.c}}, {{{a.b.c}}}, {{&a.b.c}}"),
	STR_INIT("deep, deep, deep")},
    {"t.txt", STR_INIT("<{{a.x.c}}{{x.b.c}}{{a.b.c.d}}>"), STR_INIT("<>")},
    {"t.txt", STR_INIT("{{#a}}{{b.c}} {{text}} {{number}}{{/a}}"),
	STR_INIT("deep inner -42")},
    {"t.txt", STR_INIT("{{#a.b}}{{a.b.c}}{{c}}{{/a.b}}"), STR_INIT("deepdeep")},
    {"t.txt", STR_INIT("  {{text}}\n"), STR_INIT("  T\n")},
    {"t.txt", STR_INIT("  {{{text}}}\n  {{&text}}\n"), STR_INIT("  T\n  T\n")},
    /* sections */
    {"t.txt", STR_INIT("<{{#yes}}on{{/yes}}{{#no}}off{{/no}}>"),
	STR_INIT("<on>")},
    {"t.txt", STR_INIT("<{{#missing}}x{{/missing}}{{#none}}x{{/none}}>"),
	STR_INIT("<>")},
    {"t.txt", STR_INIT("{{#a}}{{b.c}}{{/a}}"), STR_INIT("deep")},
    {"t.txt", STR_INIT("{{#maps}}{{n}},{{/maps}}"), STR_INIT("1,2,")},
    {"t.txt", STR_INIT("<{{#nothing}}x{{/nothing}}>"), STR_INIT("<>")},
    {"t.txt", STR_INIT("{{#list}}({{.}}){{/list}}"), STR_INIT("(1)(2)(3)")},
    {"t.txt", STR_INIT("{{#maps}}{{n}}:{{#list}}{{.}}{{n}} {{/list}}{{/maps}}"),
	STR_INIT("1:11 21 31 2:12 22 32 ")},
    {"t.txt", STR_INIT("{{#text}}[{{.}}]{{/text}}"), STR_INIT("[T]")},
    {"t.txt", STR_INIT("{{#yes}}a{{#yes}}b{{/yes}}c{{/yes}}"), STR_INIT("abc")},
    {"t.txt", STR_INIT("{{#no}}a{{#yes}}b{{/yes}}c{{/no}}d"), STR_INIT("d")},
    {"t.txt", STR_INIT("{{#a.b.c}}in{{/a.b.c}}{{#a.x}}out{{/a.x}}"),
	STR_INIT("in")},
    {"t.txt", STR_INIT("| {{#yes}}\t|\t{{/yes}} |\n"), STR_INIT("| \t|\t |\n")},
    {"t.txt", STR_INIT(" {{#yes}}A{{/yes}}\n {{#yes}}B{{/yes}}\n"),
	STR_INIT(" A\n B\n")},
    {"t.txt", STR_INIT("| one\n{{#yes}}\n|\n{{/yes}}\n| two\n"),
	STR_INIT("| one\n|\n| two\n")},
    {"t.txt", STR_INIT("| one\n  {{#yes}}  \n|\n\t{{/yes}}\n| two\n"),
	STR_INIT("| one\n|\n| two\n")},
    {"t.txt", STR_INIT("|\r\n{{#yes}}\r\n{{/yes}}\r\n|"), STR_INIT("|\r\n|")},
    {"t.txt", STR_INIT("  {{#yes}}\n#{{/yes}}\n/"), STR_INIT("#\n/")},
    {"t.txt", STR_INIT("#{{#yes}}\n/\n  {{/yes}}"), STR_INIT("#\n/\n")},
    {"t.txt", STR_INIT("|{{# yes }}={{/ yes }}|"), STR_INIT("|=|")},
    /* inverted */
    {"t.txt", STR_INIT("<{{^no}}a{{/no}}{{^yes}}b{{/yes}}>"), STR_INIT("<a>")},
    {"t.txt",
	STR_INIT("{{^missing}}a{{/missing}}{{^nothing}}b{{/nothing}}"
		 "{{^none}}c{{/none}}{{^list}}d{{/list}}{{^a}}e{{/a}}"),
	STR_INIT("abc")},
    {"t.txt", STR_INIT("{{^no}}1{{^no}}2{{/no}}3{{/no}}"), STR_INIT("123")},
    {"t.txt", STR_INIT("{{^a.b.c}}out{{/a.b.c}}{{^a.x}}in{{/a.x}}"),
	STR_INIT("in")},
    {"t.txt", STR_INIT("|\n  {{^no}}\n-\n  {{/no}}\n|\n"),
	STR_INIT("|\n-\n|\n")},
    {"t.txt", STR_INIT("{{#list}}{{^no}}{{.}}{{/no}}{{/list}}"),
	STR_INIT("123")},
    /* comments */
    {"t.txt", STR_INIT("a{{! no }}b{{!\nmany\nlines\n}}c"), STR_INIT("abc")},
    {"t.txt", STR_INIT("a\n  {{! alone }}\nb\n"), STR_INIT("a\nb\n")},
    {"t.txt", STR_INIT("a\n{{!\nalone\n}}  \nb\n"), STR_INIT("a\nb\n")},
    {"t.txt", STR_INIT("a\r\n{{! alone }}\r\nb"), STR_INIT("a\r\nb")},
    {"t.txt", STR_INIT("  12 {{! 34 }}\n"), STR_INIT("  12 \n")},
    {"t.txt", STR_INIT("{{! only }}"), STR_INIT("")},
    {"t.txt", STR_INIT("  {{! only }}"), STR_INIT("")},
    /* delimiters */
    {"t.txt", STR_INIT("{{=<% %>=}}(<%text%>)"), STR_INIT("(T)")},
    {"t.txt", STR_INIT("({{=[ ]=}}[text])"), STR_INIT("(T)")},
    {"t.txt", STR_INIT("{{= | | =}}|text|{{text}}"), STR_INIT("T{{text}}")},
    {"t.txt", STR_INIT("{{=| |=}}|#yes|[|={{ }}=|]{{text}}{{/yes}}"),
	STR_INIT("[]T")},
    {"t.html", STR_INIT("{{=<% %>=}}<%{sign}%><%&sign%>"),
	STR_INIT("<&>\"'<&>\"'")},
    {"t.txt", STR_INIT("a\n  {{=@ @=}}  \n@text@"), STR_INIT("a\nT")},
    {"t.txt", STR_INIT("{{=@ @=}}@>word@ @text@"), STR_INIT("*T* T")},
    /* partials */
    {"t.txt", STR_INIT("<{{>word}}|{{> word }}>"), STR_INIT("<*T*|*T*>")},
    {"t.txt", STR_INIT("<{{>missing}}{{>empty}}>"), STR_INIT("<>")},
    {"t.txt", STR_INIT("{{#a}}{{>word}}{{/a}}"), STR_INIT("*inner*")},
    {"t.txt", STR_INIT("{{#tree}}{{>tree}}{{/tree}}"), STR_INIT("<1<2<3>>>")},
    {"t.txt", STR_INIT("  {{>lines}}|"), STR_INIT("  a\nT\n\nb\n|")},
    {"t.txt", STR_INIT("x\n  {{>lines}}\nz"),
	STR_INIT("x\n  a\n  T\n\n  b\nz")},
    {"t.txt", STR_INIT("|\r\n{{>open}}\r\n|"), STR_INIT("|\r\n>\n>|")},
    {"t.txt", STR_INIT("  {{>open}}\n>"), STR_INIT("  >\n  >>")},
    {"t.txt", STR_INIT("!\n  {{>open}}"), STR_INIT("!\n  >\n  >")},
    {"t.txt", STR_INIT("\\\n {{>block}}\n/\n"),
	STR_INIT("\\\n |\n 1\n2\n |\n/\n")},
    {"t.txt", STR_INIT("> {{>open}}\n"), STR_INIT("> >\n>\n")},
    {"t.txt", STR_INIT(" {{>outer}}\n"), STR_INIT(" o\n   a\n   T\n\n   b\n")},
    {"t.txt", STR_INIT("  {{>inline}}\n"), STR_INIT("  i >\n>\n")},
    {"t.txt", STR_INIT("  {{>loop}}\n"), STR_INIT("  1\n  2\n  3\n")},
    {"t.txt", STR_INIT("  {{>loose}}\n"), STR_INIT("  x\n  x\n  x\n  y\n")},
    /* at the edges */
    {"t.txt", STR_INIT(""), STR_INIT("")},
    {"t.txt", STR_INIT("}} {{text}} }}"), STR_INIT("}} T }}")},
    {"t.txt", STR_INIT("\xef\xbb\xbf{{#yes}}\nx\n{{/yes}}\n"), STR_INIT("x\n")},
    {"t.txt", STR_INIT("{{{text}}}}"), STR_INIT("T}")},
    {"t.txt", STR_INIT("{{text}}\n\n\n{{text}}"), STR_INIT("T\n\n\nT")},
    {"t.txt", STR_INIT("{{yes}} {{no}}"), STR_INIT("true false")},
    {"t.xml", STR_INIT("<a b=\"{{control}}\"/>"),
	STR_INIT("<a b=\"&lt;&gt;\n&quot;q&quot;\"/>")},
};

/* What keeps gemtext what it is. */
static const struct render_case gemtext_cases[] = {
    {"t.gmi", STR_INIT("# {{text}}\n"), STR_INIT("# T\n")},
    {"t.gmi", STR_INIT("# {{lines}}\n"), STR_INIT("# a => b c\n")},
    {"t.gmi", STR_INIT("{{link}}"), STR_INIT(" => gemini://evil/ x")},
    {"t.gmi", STR_INIT("{{heading}}\n{{item}}\n{{quote}}\n{{fence}}\n"),
	STR_INIT(" # x\n * x\n >x\n ```x\n")},
    {"t.gmi", STR_INIT("{{equals}}> x"), STR_INIT(" => x")},
    {"t.gmi", STR_INIT("{{star}} {{text}}"), STR_INIT(" * T")},
    {"t.gmi", STR_INIT("{{tick}}{{tick}}{{tick}}"), STR_INIT(" ```")},
    {"t.gmi", STR_INIT("{{none}}{{heading}}"), STR_INIT(" # x")},
    {"t.gmi", STR_INIT("{{text}}{{heading}}"), STR_INIT("T# x")},
    {"t.gmi", STR_INIT("{{#no}}x{{/no}}{{#yes}}{{quote}}{{/yes}}"),
	STR_INIT(" >x")},
    {"t.gmi", STR_INIT("{{! c }}{{heading}}"), STR_INIT(" # x")},
    {"t.gmi", STR_INIT("=> {{spaced}} {{spaced}}\n"),
	STR_INIT("=> a%20b%09c a b c\n")},
    {"t.gmi", STR_INIT("=>{{spaced}} {{spaced}}"),
	STR_INIT("=>a%20b%09c a b c")},
    {"t.gmi", STR_INIT("=> /x/{{spaced}}/ {{spaced}}"),
	STR_INIT("=> /x/a%20b%09c/ a b c")},
    {"t.gmi", STR_INIT("=> {{text}}{{spaced}} {{two}}"),
	STR_INIT("=> Ta%20b%09c 1 2")},
    {"t.gmi", STR_INIT("a\n=> {{lines}} x"),
	STR_INIT("a\n=> a%0D%0A=%3E%20b%0A%0A%20c%01 x")},
    {"t.gmi", STR_INIT("  => {{spaced}}"), STR_INIT("  => a b c")},
    {"t.gmi", STR_INIT("{{{two}}}\n{{&link}}"),
	STR_INIT("1\n2\n=> gemini://evil/ x")},
    {"t.gmi", STR_INIT("{{{two}}}{{heading}}"), STR_INIT("1\n2# x")},
    {"t.gmi", STR_INIT("{{sign}}"), STR_INIT("<&>\"'")},
    {"t.gmi", STR_INIT("{{>lines}}{{>word}}"), STR_INIT("a\nT\n\nb\n*T*")},
};

static void
test_render(const struct render_case *c, size_t number)
{
	struct template_library library = {.find = find_partial};
	struct arena arena = {0};
	struct template *template;
	struct diags diags;
	struct buf out;

	diags_init(&diags);
	buf_init(&out, output_max);
	library.context = &arena;
	template = template_parse(&arena, str_from_c(c->name), c->text, &diags);
	if (tap_ok(template != NULL, "case %zu is a template", number)) {
		tap_int(template_render(
			    template, make_data(&arena), &library, &out),
		    0, "case %zu renders", number);
		tap_str(buf_str(&out), c->want, "case %zu's text", number);
	}
	buf_fini(&out);
	diags_fini(&diags);
	arena_fini(&arena);
}

/* Errors, as an author sees them. */
static void
test_errors(void)
{
	static const struct {
		struct str text;
		struct str want;
	} cases[] = {
	    {STR_INIT("a\n {{x"),
		STR_INIT("t:2:2: the tag that opens here is not closed: add "
			 "the closing delimiter, \"}}\" if no other is set")},
	    {STR_INIT("{{{x}}"),
		STR_INIT("t:1:1: the tag that opens here is not closed: add "
			 "the closing delimiter, \"}}\" if no other is set")},
	    {STR_INIT("a\n# {{x}\n{{y}}"),
		STR_INIT("t:2:3: the tag that opens here holds more than a "
			 "name: write {{name}}, with a brace more for "
			 "{{{name}}}")},
	    {STR_INIT("a {{  }}"),
		STR_INIT("t:1:3: this tag has no name: write a name between "
			 "the delimiters")},
	    {STR_INIT("{{#a}}\n{{#b}}\n{{/b}}\n"),
		STR_INIT("t:1:4: section \"a\" is not closed: add {{/name}} "
			 "where it ends")},
	    {STR_INIT("{{#a}}\n  {{/b}}"),
		STR_INIT("t:2:3: \"b\" is closed here, but \"a\" of line 1 is "
			 "open: close the section that was opened last "
			 "first")},
	    {STR_INIT("\n{{/b}}"),
		STR_INIT("t:2:1: \"b\" is closed here, but no section is "
			 "open: take it out, or open the section with "
			 "{{#name}}")},
	    {STR_INIT("{{=<% =}}"),
		STR_INIT("t:1:1: these are no delimiters: write two of them "
			 "without \"=\", as in {{=<% %>=}}")},
	    {STR_INIT("{{=a b c=}}"),
		STR_INIT("t:1:1: these are no delimiters: write two of them "
			 "without \"=\", as in {{=<% %>=}}")},
	    {STR_INIT("{{<parent}}"),
		STR_INIT("t:1:1: blocks and parents are not supported: use "
			 "partials, {{>name}}")},
	    {STR_INIT("a\nb\xff"),
		STR_INIT("t:2:2: the text is not UTF-8 from byte \\xff on: "
			 "save the file as UTF-8")},
	};
	struct arena arena = {0};
	struct diags diags;
	struct buf out;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		diags_init(&diags);
		buf_init(&out, output_max);
		tap_ok(template_parse(
			   &arena, STR("t"), cases[i].text, &diags) == NULL,
		    "error %zu is none", i);
		if (diags.list.n > 0)
			diag_print(vec_get(&diags.list, 0), &out);
		tap_str(buf_str(&out), cases[i].want, "error %zu", i);
		buf_fini(&out);
		diags_fini(&diags);
	}
	arena_fini(&arena);
}

/* Text made of count times part, with rest behind it, is parsed or not. */
static void
test_repeated(const char *part, size_t count, bool ok)
{
	struct arena arena = {0};
	struct diags diags;
	struct buf text;

	diags_init(&diags);
	buf_init(&text, SIZE_MAX);
	for (size_t i = 0; i < count; i++)
		buf_add(&text, str_from_c(part));
	tap_ok((template_parse(&arena, STR("t"), buf_str(&text), &diags) !=
		   NULL) == ok,
	    "%zu times \"%s\" is %s", count, part, ok ? "fine" : "refused");
	buf_fini(&text);
	diags_fini(&diags);
	arena_fini(&arena);
}

/* A template that must not be rendered to its end. */
static void
test_endless(const char *text, size_t max)
{
	struct template_library library = {.find = find_partial};
	struct arena arena = {0};
	struct template *template;
	struct diags diags;
	struct buf out;

	diags_init(&diags);
	buf_init(&out, max);
	library.context = &arena;
	template = template_parse(&arena, STR("t"), str_from_c(text), &diags);
	tap_int(template_render(template, make_data(&arena), &library, &out),
	    -1, "limits end \"%s\"", text);
	buf_fini(&out);
	diags_fini(&diags);
	arena_fini(&arena);
}

static void
test_limits(void)
{
	enum { many = 16 * 1024 };

	test_repeated("{{#a}}", template_depth_max + 1, false);
	test_repeated("{{#a}}", many, false);
	test_repeated("{{", many, false);
	test_repeated("{{{a}}", many, false);
	test_repeated("{{=", many, false);
	test_repeated("{{!}}", many, true);
	test_repeated("{{a}} ", many, true);
	test_repeated("{{={{ }}=}}", many, true);
	test_repeated("{{#a}}{{/a}}\n", many, true);
	test_repeated("a", template_size_max, true);
	test_repeated("a", template_size_max + 1, false);
	test_endless("{{>self}}", output_max);
	test_endless("{{>twice}}", output_max);
	test_endless("{{#list}}abc{{/list}}", 8);
	test_endless(NESTED(NESTED(NESTED("{{^no}}{{/no}}"))), output_max);
}

static void
on_partial(void *context, struct str name, struct diag_place place)
{
	buf_addf(context, "%" STR_FMT " %" STR_FMT ":%u:%u,", STR_ARG(name),
	    STR_ARG(place.file), place.line, place.column);
}

static void
test_each_partial(void)
{
	struct arena arena = {0};
	struct diags diags;
	struct buf names;

	diags_init(&diags);
	buf_init(&names, output_max);
	template_each_partial(
	    template_parse(&arena, STR("t"),
		STR("{{>a}}{{b}}{{#c}}{{> d }}{{/c}}\n{{>a}}\n"), &diags),
	    on_partial, &names);
	tap_str(buf_str(&names), STR("a t:1:4,d t:1:22,a t:2:4,"),
	    "all partials are told");
	buf_fini(&names);
	diags_fini(&diags);
	arena_fini(&arena);
}

int
main(void)
{
	size_t number = 0;

	for (size_t i = 0;
	     i < sizeof(mustache_cases) / sizeof(mustache_cases[0]); i++)
		test_render(&mustache_cases[i], number++);
	for (size_t i = 0; i < sizeof(gemtext_cases) / sizeof(gemtext_cases[0]);
	     i++)
		test_render(&gemtext_cases[i], number++);
	test_errors();
	test_limits();
	test_each_partial();
	return tap_done();
}
