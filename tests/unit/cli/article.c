/*
 * cli/article: what an author types comes back out of the front matter.
 */
#include "cli/article.h"

#include "tap.h"
#include "text/yaml.h"

enum { out_max = 4096 };

/* What is typed, how it is written, and, when it differs, what it means. */
static const struct {
	const char *typed, *written, *meant;
} scalars[] = {
    {"Backend", "Backend", NULL},
    {"The backend engineer", "The backend engineer", NULL},
    {"Don't", "Don't", NULL},
    {"", "\"\"", NULL},
    {"null", "\"null\"", NULL},
    {"Yes", "\"Yes\"", NULL},
    {"off", "\"off\"", NULL},
    {"12", "\"12\"", NULL},
    {"a: b", "\"a: b\"", NULL},
    {"a #b", "\"a #b\"", NULL},
    {"- a", "\"- a\"", NULL},
    {"a, b", "\"a, b\"", NULL},
    {"[a]", "\"[a]\"", NULL},
    {"{{a}}", "\"{{a}}\"", NULL},
    {"*a", "\"*a\"", NULL},
    {"c#", "\"c#\"", NULL},
    {"\"quoted\"", "\"\\\"quoted\\\"\"", NULL},
    {"back\\slash", "\"back\\\\slash\"", NULL},
    {"caf\xc3\xa9", "caf\xc3\xa9", NULL},
    {"\xe2\x82\xac", "\"\xe2\x82\xac\"", NULL},
    {"  a  ", "a", "a"},
    {"a\nb: c", "\"a b: c\"", "a b: c"},
    {"a\x1b[1m", "\"a [1m\"", "a [1m"},
    {"a\xc2\x85z", "a z", "a z"},
    {"a\x7fz", "a z", "a z"},
};

static void
check_meaning(struct str written, struct str want, size_t i)
{
	struct yaml_input input = {.first_line = 1};
	const struct yaml_node *node = NULL;
	struct arena arena = {0};
	struct diags diags;

	diags_init(&diags);
	input.text =
	    arena_printf(&arena, "x: [%" STR_FMT "]\n", STR_ARG(written));
	node = yaml_parse(&arena, &input, &diags);
	node = node == NULL ? NULL : yaml_find(node, STR("x"));
	if (tap_ok(node != NULL && node->first != NULL &&
		    node->first->next == NULL,
		"case %zu is one scalar", i)) {
		tap_str(node->first->text, want, "case %zu means it", i);
		tap_ok(!yaml_is_null(node->first), "case %zu is no null", i);
	}
	diags_fini(&diags);
	arena_fini(&arena);
}

static void
test_scalars(void)
{
	struct str typed, want;
	struct buf out;

	for (size_t i = 0; i < sizeof(scalars) / sizeof(scalars[0]); i++) {
		typed = str_from_c(scalars[i].typed);
		want = scalars[i].meant == NULL ? typed
						: str_from_c(scalars[i].meant);
		buf_init(&out, out_max);
		article_add_scalar(typed, &out);
		tap_str(buf_str(&out), str_from_c(scalars[i].written),
		    "case %zu as YAML", i);
		check_meaning(buf_str(&out), want, i);
		buf_fini(&out);
	}
}

static void
test_source(void)
{
	struct vec tags = VEC_INIT(struct str);
	struct article article = {
	    .title = STR("How: a \"title\""),
	    .tags = &tags,
	    .date = {.seconds = 1700000000, .offset = 3600, .has_time = true},
	};
	struct buf out;

	*(struct str *)vec_add(&tags) = STR("Some tag");
	*(struct str *)vec_add(&tags) = STR("c#");
	buf_init(&out, out_max);
	article_add_source(&article, &out);
	tap_str(buf_str(&out),
	    STR("---\n"
		"title: \"How: a \\\"title\\\"\"\n"
		"date: 2023-11-14T23:13:20+01:00\n"
		"tags: [Some tag, \"c#\"]\n"
		"# summary: one or two sentences for lists and feeds\n"
		"# draft: true\n"
		"---\n"),
	    "a whole source");
	buf_fini(&out);
	vec_fini(&tags);
}

static void
test_names(void)
{
	static const struct {
		const char *title, *name;
	} cases[] = {
	    {"A first article", "a-first-article.gmi"},
	    {"../../etc/passwd", "etc-passwd.gmi"},
	    {"...", "article.gmi"},
	    {".hidden/\\x", "hidden-x.gmi"},
	    {"Index", "index-1.gmi"},
	    {"\xe6\x97\xa5\xe6\x9c\xac \xe8\xaa\x9e",
		"\xe6\x97\xa5\xe6\x9c\xac-\xe8\xaa\x9e.gmi"},
	    {"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xf0\x9f\x91\x8d",
		"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d.gmi"},
	    {"C# & C++", "c-c.gmi"},
	    {"\xc3\x9c"
	     "ber uns",
		"\xc3\xbc"
		"ber-uns.gmi"},
	};
	struct buf out;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_init(&out, out_max);
		article_add_file_name(
		    str_from_c(cases[i].title), STR(".gmi"), &out);
		tap_str(buf_str(&out), str_from_c(cases[i].name),
		    "the file of \"%s\"", cases[i].title);
		buf_fini(&out);
	}
}

int
main(void)
{
	test_scalars();
	test_source();
	test_names();
	return tap_done();
}
