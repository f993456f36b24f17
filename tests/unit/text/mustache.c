/*
 * text/template: the Mustache specification's core, a case for each rule. The
 * data are YAML. The one deviation is how {{x}} is escaped: by the kind of
 * file, which the names of these templates choose.
 */
#include "text/template.h"

#include "tap.h"
#include "text/yaml.h"

enum {
	output_max = 4096,
	partials_max = 2,
	depth_max = 8,
};

struct named {
	const char *name;
	const char *text;
};

struct rule {
	const char *name;
	const char *file; /* of the template: its ending is the escape */
	const char *data;
	const char *template;
	const char *want;
	struct named partials[partials_max];
};

static const struct rule rules[] = {
    /* Interpolation */
    {"text without tags stays", "t.txt", "{}", "Hello, you {and} all.\n",
	"Hello, you {and} all.\n", {{NULL, NULL}}},
    {"a value takes the place of its tag", "t.txt", "{who: world}",
	"Hello, {{who}}!\n", "Hello, world!\n", {{NULL, NULL}}},
    {"what came in is not read again", "t.txt", "{x: '{{y}}: 1', y: 2}",
	"{{x}}: It is {{y}}", "{{y}}: 1: It is 2", {{NULL, NULL}}},
    {"two braces escape", "t.html", "{x: '& \" < >'}", "<p>{{x}}</p>",
	"<p>&amp; &quot; &lt; &gt;</p>", {{NULL, NULL}}},
    {"three braces do not", "t.html", "{x: '& \" < >'}", "<p>{{{x}}}</p>",
	"<p>& \" < ></p>", {{NULL, NULL}}},
    {"an ampersand does not", "t.html", "{x: '& \" < >'}", "<p>{{&x}}</p>",
	"<p>& \" < ></p>", {{NULL, NULL}}},
    {"a whole number", "t.txt", "{n: 85}", "{{n}} {{{n}}} {{&n}}", "85 85 85",
	{{NULL, NULL}}},
    {"a fraction", "t.txt", "{n: 1.21}", "{{n}} {{{n}}} {{&n}}",
	"1.21 1.21 1.21", {{NULL, NULL}}},
    {"nothing is empty", "t.txt", "{x: ~}", "({{x}})({{{x}}})({{&x}})",
	"()()()", {{NULL, NULL}}},
    {"a name that is missing is empty", "t.txt", "{}",
	"({{x}})({{{x}}})({{&x}})", "()()()", {{NULL, NULL}}},
    {"dots walk into maps", "t.txt", "{a: {b: {c: Jo}}}",
	"{{a.b.c}}|{{#a}}{{#b}}{{c}}{{/b}}{{/a}}", "Jo|Jo", {{NULL, NULL}}},
    {"dots without escaping", "t.html", "{a: {b: '<'}}", "{{{a.b}}}{{&a.b}}",
	"<<", {{NULL, NULL}}},
    {"dots to any depth", "t.txt", "{a: {b: {c: {d: {e: Ph}}}}}",
	"{{a.b.c.d.e}}", "Ph", {{NULL, NULL}}},
    {"a broken chain is empty", "t.txt", "{a: {}}", "({{a.b.c}})", "()",
	{{NULL, NULL}}},
    {"a chain breaks for good at its first gap", "t.txt",
	"{a: {b: {}}, c: {name: Jim}}", "({{a.b.c.name}})", "()",
	{{NULL, NULL}}},
    {"only the first name looks outward", "t.txt",
	"{a: {b: {c: in}}, b: {c: out}}", "{{#a}}{{b.c}}{{/a}}", "in",
	{{NULL, NULL}}},
    {"what the first name found is not left again", "t.txt",
	"{a: {b: {}}, b: {c: out}}", "({{#a}}{{b.c}}{{/a}})", "()",
	{{NULL, NULL}}},
    {"a key with a dot is no chain", "t.txt", "{a.b: c}", "({{a.b}})", "()",
	{{NULL, NULL}}},
    {"nor hides one", "t.txt", "{a.b: c, a: {b: d}}", "({{a.b}})", "(d)",
	{{NULL, NULL}}},
    {"a dot is the context itself", "t.txt", "[1, 2]", "({{#.}}{{.}}{{/.}})",
	"(12)", {{NULL, NULL}}},
    {"escaped", "t.html", "['<']", "{{#.}}{{.}}{{/.}}", "&lt;", {{NULL, NULL}}},
    {"or not", "t.html", "['<']", "{{#.}}{{{.}}}{{&.}}{{/.}}", "<<",
	{{NULL, NULL}}},
    {"blanks around a tag stay", "t.txt", "{x: '---'}",
	"| {{x}} | {{{x}}} | {{&x}} |", "| --- | --- | --- |", {{NULL, NULL}}},
    {"a value is never alone on its line", "t.txt", "{x: '---'}",
	"  {{x}}\n  {{{x}}}\n  {{&x}}\n", "  ---\n  ---\n  ---\n",
	{{NULL, NULL}}},
    {"blanks inside a tag do not matter", "t.txt", "{x: '---'}",
	"|{{ x }}|{{{ x }}}|{{& x }}|{{\tx\t}}|", "|---|---|---|---|",
	{{NULL, NULL}}},
    /* Sections */
    {"a true value shows the section", "t.txt", "{b: true}",
	"'{{#b}}This.{{/b}}'", "'This.'", {{NULL, NULL}}},
    {"a false one hides it", "t.txt", "{b: false}", "'{{#b}}This.{{/b}}'", "''",
	{{NULL, NULL}}},
    {"nothing hides it", "t.txt", "{b: ~}", "'{{#b}}This.{{/b}}'", "''",
	{{NULL, NULL}}},
    {"what is missing hides it", "t.txt", "{}", "'{{#b}}This.{{/b}}'", "''",
	{{NULL, NULL}}},
    {"a map becomes the context", "t.txt", "{c: {name: Joe}}",
	"'{{#c}}Hi {{name}}.{{/c}}'", "'Hi Joe.'", {{NULL, NULL}}},
    {"outer contexts are seen from inner ones", "t.txt",
	"{a: foo, b: wrong, s: {b: bar}, c: {d: baz}}",
	"{{#s}}{{a}}, {{b}}, {{c.d}}{{/s}}", "foo, bar, baz", {{NULL, NULL}}},
    {"a text is a context of its own", "t.txt", "{foo: bar}",
	"{{#foo}}{{.}} is {{foo}}{{/foo}}", "bar is bar", {{NULL, NULL}}},
    {"a list that is no context hides no names", "t.txt",
	"{l: [{n: a}, {n: b}], t: x}",
	"{{#l}}{{n}}{{t}}.{{#l}}{{n}}{{/l}};{{/l}}", "ax.ab;bx.ab;",
	{{NULL, NULL}}},
    {"contexts stack up", "t.txt",
	"{a: {one: 1}, b: {two: 2}, c: {three: 3, d: {four: 4}}}",
	"{{#a}}{{#b}}{{#c}}{{one}}{{two}}{{three}}{{#d}}{{three}}{{two}}{{one}}"
	"{{four}}{{/d}}{{/c}}{{/b}}{{/a}}",
	"1233214", {{NULL, NULL}}},
    {"a list repeats the section", "t.txt", "{l: [{n: 1}, {n: 2}, {n: 3}]}",
	"'{{#l}}{{n}}{{/l}}'", "'123'", {{NULL, NULL}}},
    {"an empty list hides it", "t.txt", "{l: []}", "'{{#l}}Yes{{/l}}'", "''",
	{{NULL, NULL}}},
    {"the same section twice", "t.txt", "{b: true, two: second}",
	"{{#b}}\n* first\n{{/b}}\n* {{two}}\n{{#b}}\n* third\n{{/b}}\n",
	"* first\n* second\n* third\n", {{NULL, NULL}}},
    {"the same section inside itself", "t.txt", "{b: true}",
	"| A {{#b}}B {{#b}}C{{/b}} D{{/b}} E |", "| A B C D E |",
	{{NULL, NULL}}},
    {"inside itself, hidden", "t.txt", "{b: false}",
	"| A {{#b}}B {{#b}}C{{/b}} D{{/b}} E |", "| A  E |", {{NULL, NULL}}},
    {"a missing name in a section", "t.txt", "{}", "[{{#m}}found {{m}}{{/m}}]",
	"[]", {{NULL, NULL}}},
    {"a list of texts", "t.txt", "{l: [a, b, c]}", "'{{#l}}({{.}}){{/l}}'",
	"'(a)(b)(c)'", {{NULL, NULL}}},
    {"a list of numbers", "t.txt", "{l: [1, 2.5]}", "'{{#l}}({{.}}){{/l}}'",
	"'(1)(2.5)'", {{NULL, NULL}}},
    {"a list of lists", "t.txt", "{l: [[1, 2], [a, b]]}",
	"'{{#l}}({{#.}}{{.}}{{/.}}){{/l}}'", "'(12)(ab)'", {{NULL, NULL}}},
    {"dots to a true value", "t.txt", "{a: {b: {c: true}}}",
	"'{{#a.b.c}}Here{{/a.b.c}}'", "'Here'", {{NULL, NULL}}},
    {"dots to a false one", "t.txt", "{a: {b: {c: false}}}",
	"'{{#a.b.c}}Here{{/a.b.c}}'", "''", {{NULL, NULL}}},
    {"dots to nothing", "t.txt", "{a: {}}", "'{{#a.b.c}}Here{{/a.b.c}}'", "''",
	{{NULL, NULL}}},
    {"blanks around sections stay", "t.txt", "{b: true}",
	" | {{#b}}\t|\t{{/b}} | \n", " | \t|\t | \n", {{NULL, NULL}}},
    {"so do blanks inside", "t.txt", "{b: true}",
	" | {{#b}} {{! c }}\n {{/b}} | \n", " |  \n  | \n", {{NULL, NULL}}},
    {"two on a line are not alone", "t.txt", "{b: true}",
	" {{#b}}YES{{/b}}\n {{#b}}GOOD{{/b}}\n", " YES\n GOOD\n",
	{{NULL, NULL}}},
    {"alone on a line, the line goes", "t.txt", "{b: true}",
	"| This Is\n{{#b}}\n|\n{{/b}}\n| A Line\n", "| This Is\n|\n| A Line\n",
	{{NULL, NULL}}},
    {"with blanks too", "t.txt", "{b: true}",
	"| This Is\n  {{#b}}\n|\n  {{/b}}\n| A Line\n",
	"| This Is\n|\n| A Line\n", {{NULL, NULL}}},
    {"with CRLF too", "t.txt", "{b: true}", "|\r\n{{#b}}\r\n{{/b}}\r\n|",
	"|\r\n|", {{NULL, NULL}}},
    {"on the first line", "t.txt", "{b: true}", "  {{#b}}\n#{{/b}}\n/", "#\n/",
	{{NULL, NULL}}},
    {"on the last line, without an end", "t.txt", "{b: true}",
	"#{{#b}}\n/\n  {{/b}}", "#\n/\n", {{NULL, NULL}}},
    {"blanks inside the tags do not matter", "t.txt", "{b: true}",
	"|{{# b }}={{/ b }}|", "|=|", {{NULL, NULL}}},
    /* Inverted sections */
    {"a false value shows it", "t.txt", "{b: false}", "'{{^b}}This.{{/b}}'",
	"'This.'", {{NULL, NULL}}},
    {"a true one hides it", "t.txt", "{b: true}", "'{{^b}}This.{{/b}}'", "''",
	{{NULL, NULL}}},
    {"nothing shows it", "t.txt", "{b: ~}", "'{{^b}}This.{{/b}}'", "'This.'",
	{{NULL, NULL}}},
    {"what is missing shows it", "t.txt", "{}", "'{{^b}}This.{{/b}}'",
	"'This.'", {{NULL, NULL}}},
    {"a map hides it", "t.txt", "{c: {n: Joe}}", "'{{^c}}This.{{/c}}'", "''",
	{{NULL, NULL}}},
    {"a list hides it", "t.txt", "{l: [{n: 1}]}", "'{{^l}}This.{{/l}}'", "''",
	{{NULL, NULL}}},
    {"an empty list shows it", "t.txt", "{l: []}", "'{{^l}}This.{{/l}}'",
	"'This.'", {{NULL, NULL}}},
    {"the same twice", "t.txt", "{b: false, two: second}",
	"{{^b}}\n* first\n{{/b}}\n* {{two}}\n{{^b}}\n* third\n{{/b}}\n",
	"* first\n* second\n* third\n", {{NULL, NULL}}},
    {"inside itself", "t.txt", "{b: false}",
	"| A {{^b}}B {{^b}}C{{/b}} D{{/b}} E |", "| A B C D E |",
	{{NULL, NULL}}},
    {"inside itself, hidden", "t.txt", "{b: true}",
	"| A {{^b}}B {{^b}}C{{/b}} D{{/b}} E |", "| A  E |", {{NULL, NULL}}},
    {"a missing name in one", "t.txt", "{}", "[{{^m}}no {{m}}.{{/m}}]",
	"[no .]", {{NULL, NULL}}},
    {"the context stays", "t.txt", "{a: {x: 1}, l: []}",
	"{{#a}}{{^l}}{{x}}{{/l}}{{/a}}", "1", {{NULL, NULL}}},
    {"dots to a true value", "t.txt", "{a: {b: {c: true}}}",
	"'{{^a.b.c}}Not{{/a.b.c}}'", "''", {{NULL, NULL}}},
    {"dots to a false one", "t.txt", "{a: {b: {c: false}}}",
	"'{{^a.b.c}}Not{{/a.b.c}}'", "'Not'", {{NULL, NULL}}},
    {"dots to nothing", "t.txt", "{a: {}}", "'{{^a.b.c}}Not{{/a.b.c}}'",
	"'Not'", {{NULL, NULL}}},
    {"blanks around stay", "t.txt", "{b: false}", " | {{^b}}\t|\t{{/b}} | \n",
	" | \t|\t | \n", {{NULL, NULL}}},
    {"two on a line are not alone", "t.txt", "{b: false}",
	" {{^b}}NO{{/b}}\n {{^b}}WAY{{/b}}\n", " NO\n WAY\n", {{NULL, NULL}}},
    {"alone on a line, the line goes", "t.txt", "{b: false}",
	"| This Is\n{{^b}}\n|\n{{/b}}\n| A Line\n", "| This Is\n|\n| A Line\n",
	{{NULL, NULL}}},
    {"with blanks too", "t.txt", "{b: false}",
	"| This Is\n  {{^b}}\n|\n  {{/b}}\n| A Line\n",
	"| This Is\n|\n| A Line\n", {{NULL, NULL}}},
    {"with CRLF too", "t.txt", "{b: false}", "|\r\n{{^b}}\r\n{{/b}}\r\n|",
	"|\r\n|", {{NULL, NULL}}},
    {"on the first line", "t.txt", "{b: false}", "  {{^b}}\n^{{/b}}\n/", "^\n/",
	{{NULL, NULL}}},
    {"on the last line, without an end", "t.txt", "{b: false}",
	"^{{^b}}\n/\n  {{/b}}", "^\n/\n", {{NULL, NULL}}},
    {"blanks inside the tags do not matter", "t.txt", "{b: false}",
	"|{{^ b }}={{/ b }}|", "|=|", {{NULL, NULL}}},
    /* Partials */
    {"a partial takes the place of its tag", "t.txt", "{}", "'{{>text}}'",
	"'from partial'", {{"text", "from partial"}}},
    {"one that is missing is empty", "t.txt", "{}", "'{{>text}}'", "''",
	{{NULL, NULL}}},
    {"it sees the context", "t.txt", "{text: content}", "'{{>p}}'",
	"'*content*'", {{"p", "*{{text}}*"}}},
    {"also the inner one", "t.txt", "{text: a, l: [{text: b}]}",
	"{{#l}}{{>p}}{{/l}}", "b", {{"p", "{{text}}"}}},
    {"it may hold itself", "t.txt",
	"{content: X, nodes: [{content: Z, nodes: []}]}", "{{>node}}", "X<Z<>>",
	{{"node", "{{content}}<{{#nodes}}{{>node}}{{/nodes}}>"}}},
    {"it may hold others", "t.txt", "{a: hello, b: world}", "{{>outer}}",
	"*hello world!*",
	{{"outer", "*{{a}} {{>inner}}*"}, {"inner", "{{b}}!"}}},
    {"blanks around its tag stay", "t.txt", "{}", "| {{>p}} |", "| \t|\t |",
	{{"p", "\t|\t"}}},
    {"in a line it is not indented", "t.txt", "{x: '|'}", "  {{x}}  {{> p}}\n",
	"  |  >\n>\n", {{"p", ">\n>"}}},
    {"alone with CRLF, the line end goes", "t.txt", "{}", "|\r\n{{>p}}\r\n|",
	"|\r\n>|", {{"p", ">"}}},
    {"alone on the first line", "t.txt", "{}", "  {{>p}}\n>", "  >\n  >>",
	{{"p", ">\n>"}}},
    {"alone on the last line", "t.txt", "{}", ">\n  {{>p}}", ">\n  >\n  >",
	{{"p", ">\n>"}}},
    {"alone, each of its lines is indented", "t.txt", "{x: \"<\\n->\"}",
	"\\\n {{>p}}\n/\n", "\\\n |\n <\n->\n |\n/\n",
	{{"p", "|\n{{{x}}}\n|\n"}}},
    {"indents add up", "t.txt", "{}", " {{>a}}\n", " a\n   b\n   b\n",
	{{"a", "a\n  {{>b}}\n"}, {"b", "b\nb\n"}}},
    {"blanks inside the tag do not matter", "t.txt", "{b: true}", "|{{> p }}|",
	"|[]|", {{"p", "[]"}}},
    /* Comments */
    {"a comment goes", "t.txt", "{}", "12345{{! Comment Block! }}67890",
	"1234567890", {{NULL, NULL}}},
    {"of many lines", "t.txt", "{}",
	"12345{{!\n  This is a\n  multi-line comment...\n}}67890\n",
	"1234567890\n", {{NULL, NULL}}},
    {"alone on a line, the line goes", "t.txt", "{}",
	"Begin.\n{{! Comment Block! }}\nEnd.\n", "Begin.\nEnd.\n",
	{{NULL, NULL}}},
    {"with blanks too", "t.txt", "{}", "Begin.\n  {{! Indented }}\nEnd.\n",
	"Begin.\nEnd.\n", {{NULL, NULL}}},
    {"with CRLF too", "t.txt", "{}", "|\r\n{{! Standalone }}\r\n|", "|\r\n|",
	{{NULL, NULL}}},
    {"on the first line", "t.txt", "{}", "  {{! I'm alone }}\n!", "!",
	{{NULL, NULL}}},
    {"on the last line", "t.txt", "{}", "!\n  {{! I'm alone }}", "!\n",
	{{NULL, NULL}}},
    {"of many lines, alone", "t.txt", "{}",
	"Begin.\n{{!\nSomething's going on here...\n}}\nEnd.\n",
	"Begin.\nEnd.\n", {{NULL, NULL}}},
    {"of many lines, with blanks", "t.txt", "{}",
	"Begin.\n  {{!\n    Something's going on here...\n  }}\nEnd.\n",
	"Begin.\nEnd.\n", {{NULL, NULL}}},
    {"in a line, the blanks stay", "t.txt", "{}", "  12 {{! 34 }}\n", "  12 \n",
	{{NULL, NULL}}},
    {"the text around it stays", "t.txt", "{}",
	"12345 {{! Comment Block! }} 67890", "12345  67890", {{NULL, NULL}}},
    {"a name in it is none", "t.txt", "{'! comment': 1, comment: 2}",
	"c: >{{! comment }}<", "c: ><", {{NULL, NULL}}},
    /* Delimiters */
    {"a pair of others", "t.txt", "{text: Hey!}", "{{=<% %>=}}(<%text%>)",
	"(Hey!)", {{NULL, NULL}}},
    {"of one sign each", "t.txt", "{text: It worked!}", "({{=[ ]=}}[text])",
	"(It worked!)", {{NULL, NULL}}},
    {"inside a section they hold to its end and on", "t.txt",
	"{s: true, d: data}",
	"[\n{{#s}}\n  {{d}}\n  |d|\n{{/s}}\n\n{{= | | =}}\n|#s|\n  {{d}}\n  "
	"|d|\n|/s|\n]\n",
	"[\n  data\n  |d|\n\n  {{d}}\n  data\n]\n", {{NULL, NULL}}},
    {"inside an inverted section too", "t.txt", "{s: false, d: data}",
	"[\n{{^s}}\n  {{d}}\n  |d|\n{{/s}}\n\n{{= | | =}}\n|^s|\n  {{d}}\n  "
	"|d|\n|/s|\n]\n",
	"[\n  data\n  |d|\n\n  {{d}}\n  data\n]\n", {{NULL, NULL}}},
    {"a section may be closed by others", "t.txt", "{s: true}",
	"{{#s}}a{{=| |=}}b|/s|", "ab", {{NULL, NULL}}},
    {"partials do not take them over", "t.txt", "{value: aye}",
	"[ {{>p}} ]\n{{= | | =}}\n[ |>p| ]\n", "[ .aye. ]\n[ .aye. ]\n",
	{{"p", ".{{value}}."}}},
    {"nor give them back", "t.txt", "{value: aye}",
	"[ {{>p}} ]\n[ .{{value}}.  .|value|. ]\n",
	"[ .aye.  .aye. ]\n[ .aye.  .|value|. ]\n",
	{{"p", ".{{value}}. {{= | | =}} .|value|."}}},
    {"blanks around stay", "t.txt", "{}", "| {{=@ @=}} |", "|  |",
	{{NULL, NULL}}},
    {"in a line, the blanks stay", "t.txt", "{}", " | {{=@ @=}}\n", " | \n",
	{{NULL, NULL}}},
    {"alone on a line, the line goes", "t.txt", "{}",
	"Begin.\n{{=@ @=}}\nEnd.\n", "Begin.\nEnd.\n", {{NULL, NULL}}},
    {"with blanks too", "t.txt", "{}", "Begin.\n  {{=@ @=}}\nEnd.\n",
	"Begin.\nEnd.\n", {{NULL, NULL}}},
    {"with CRLF too", "t.txt", "{}", "|\r\n{{= @ @ =}}\r\n|", "|\r\n|",
	{{NULL, NULL}}},
    {"on the first line", "t.txt", "{}", "  {{=@ @=}}\n=", "=", {{NULL, NULL}}},
    {"on the last line", "t.txt", "{}", "=\n  {{=@ @=}}", "=\n",
	{{NULL, NULL}}},
    {"blanks inside the tag do not matter", "t.txt", "{}", "|{{= @   @ =}}|",
	"||", {{NULL, NULL}}},
    {"three braces are only for the first pair's", "t.html", "{x: '<'}",
	"{{=<< >>=}}<<&x>><<{x}>>", "<<", {{NULL, NULL}}},
};

/* A list or map whose members are still to be added. */
struct level {
	const struct yaml_node *next;
	struct value *value;
};

static struct value *
make_value(struct arena *arena, const struct yaml_node *node)
{
	bool is_true;

	switch (node->kind) {
	case YAML_LIST:
		return value_list(arena);
	case YAML_MAP:
		return value_map(arena);
	case YAML_SCALAR:
		break;
	}
	if (yaml_is_null(node))
		return NULL;
	if (node->plain && yaml_to_bool(node->text, &is_true))
		return value_bool(arena, is_true);
	return value_text(arena, node->text);
}

/* The data of a rule. */
static struct value *
make_data(struct arena *arena, const char *yaml, struct diags *diags)
{
	struct yaml_input input = {
	    .file = STR("data"), .text = str_from_c(yaml), .first_line = 1};
	const struct yaml_node *node = yaml_parse(arena, &input, diags);
	struct value *top = make_value(arena, node), *value;
	struct level levels[depth_max] = {{node->first, top}};
	size_t depth = 1;

	while (depth > 0) {
		struct level *level = &levels[depth - 1];

		node = level->next;
		if (node == NULL) {
			depth--;
			continue;
		}
		level->next = node->next;
		value = make_value(arena, node);
		if (value_get_kind(level->value) == VALUE_LIST)
			value_add(arena, level->value, value);
		else
			value_put(arena, level->value, node->key, value);
		if (node->first != NULL)
			levels[depth++] = (struct level){node->first, value};
	}
	return top;
}

/* What find_partial() needs. */
struct library {
	const struct rule *rule;
	struct arena *arena;
	struct diags *diags;
};

static const struct template *
find_partial(void *context, struct str name)
{
	const struct library *library = context;
	const struct named *partial;

	for (size_t i = 0; i < partials_max; i++) {
		partial = &library->rule->partials[i];
		if (partial->name != NULL &&
		    str_eq(str_from_c(partial->name), name))
			return template_parse(library->arena, name,
			    str_from_c(partial->text), library->diags);
	}
	return NULL;
}

static void
test_rule(const struct rule *rule)
{
	struct arena arena = {0};
	struct diags diags;
	struct library library = {rule, &arena, &diags};
	struct template_library partials = {find_partial, &library};
	const struct template *template;
	struct buf out;

	diags_init(&diags);
	buf_init(&out, output_max);
	template = template_parse(
	    &arena, str_from_c(rule->file), str_from_c(rule->template), &diags);
	if (tap_ok(template != NULL, "%s: parses", rule->name)) {
		tap_int(
		    template_render(template,
			make_data(&arena, rule->data, &diags), &partials, &out),
		    0, "%s: renders", rule->name);
		tap_str(
		    buf_str(&out), str_from_c(rule->want), "%s", rule->name);
	}
	tap_int((long long)diags.list.n, 0, "%s: nothing to say", rule->name);
	buf_fini(&out);
	diags_fini(&diags);
	arena_fini(&arena);
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		test_rule(&rules[i]);
	return tap_done();
}
