/*
 * text/template: any text is a template or has one error, any template ends,
 * and no value that a template puts into gemtext becomes more than one line of
 * the type that the template gave it.
 */
#include "fuzz.h"

#include <assert.h>

#include "base/utf8.h"
#include "text/gemtext.h"
#include "text/template.h"

enum { room = 1 << 20 };

static const struct template *
on_partial(void *context, struct str name)
{
	(void)name;
	return context;
}

static struct value *
make_data(struct arena *arena, struct str a, struct str b)
{
	struct value *data = value_map(arena), *list = value_list(arena);

	value_put(arena, data, STR("a"), value_text(arena, a));
	value_put(arena, data, STR("b"), value_text(arena, b));
	value_add(arena, list, value_text(arena, a));
	value_add(arena, list, value_text(arena, b));
	value_put(arena, data, STR("l"), list);
	value_put(arena, data, STR("m"), data);
	return data;
}

/* in as a template, which includes itself where it names a partial. */
static void
check_template(struct str name, struct str in)
{
	struct template_library library = {.find = on_partial};
	struct arena arena = {0};
	struct template *template;
	struct diags diags;
	struct buf out;

	diags_init(&diags);
	buf_init(&out, room);
	template = template_parse(&arena, name, in, &diags);
	assert(diags.list.n == (template == NULL));
	if (template != NULL) {
		library.context = template;
		template_render(template,
		    make_data(&arena, STR("=> x"), STR("\n# y")), &library,
		    &out);
	}
	VEC_EACH (struct diag, diag, &diags.list)
		assert(diag->place.column <= in.n + 1);
	buf_fini(&out);
	diags_fini(&diags);
	arena_fini(&arena);
}

/* Values into text: all lines of what comes out are of one of two types. */
static void
check_values(struct str text, struct str in, enum gemtext_type type)
{
	struct gemtext_line line;
	struct arena arena = {0};
	struct diags diags;
	struct gemtext g;
	struct buf out;

	diags_init(&diags);
	buf_init(&out, room);
	template_render(template_parse(&arena, STR("t.gmi"), text, &diags),
	    make_data(
		&arena, str_first(in, in.n / 2), str_from_index(in, in.n / 2)),
	    NULL, &out);
	assert(!out.full && utf8_is_valid(buf_str(&out)));
	gemtext_init(&g, buf_str(&out));
	while (gemtext_next(&g, &line)) {
		assert(line.type == type || line.type == GEMTEXT_TEXT);
		assert(line.number <= 2);
	}
	buf_fini(&out);
	diags_fini(&diags);
	arena_fini(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = {(const char *)data, size};

	check_template(STR("t.gmi"), in);
	check_template(STR("t.xml"), in);
	check_values(STR("{{a}}{{b}}\n"), in, GEMTEXT_TEXT);
	check_values(STR("{{a}} {{b}}\n{{b}}{{a}}"), in, GEMTEXT_TEXT);
	check_values(STR("{{#l}}{{.}}{{/l}}x > y"), in, GEMTEXT_TEXT);
	check_values(STR("=> {{a}} {{b}}\n=>{{b}}{{a}}"), in, GEMTEXT_LINK);
	check_values(STR("=> /x/{{a}}/ {{b}}\n"), in, GEMTEXT_LINK);
	check_values(STR("# {{a}}{{b}}\n"), in, GEMTEXT_HEADING);
	check_values(STR("* {{a}}{{b}}\n"), in, GEMTEXT_ITEM);
	return 0;
}
