/*
 * Finding the marks for lists in a text. What takes their place is for
 * pages_asked.
 */
#include "publish/asked.h"

static const struct {
	struct str name;
	struct str template;
} rows[ASKED_COUNT] = {
#define ASKED(id, name, template) \
	[ASKED_##id] = {STR_INIT(name), STR_INIT(template)},
#include "publish/asked.def"
#undef ASKED
};

struct str
asked_name(enum asked asked)
{
	return rows[asked].name;
}

struct str
asked_template(enum asked asked)
{
	return rows[asked].template;
}

bool
asked_is_mark(const struct gemtext_line *line, struct str *name)
{
	static const struct str open = STR_INIT("{{>"), close = STR_INIT("}}");
	struct str text = str_trim(line->raw);

	if (line->type != GEMTEXT_TEXT || !str_starts(text, open) ||
	    !str_ends(text, close) || text.n <= open.n + close.n)
		return false;
	text = str_from_index(str_first(text, text.n - close.n), open.n);
	*name = str_trim(text);
	for (size_t i = 0; i < name->n; i++)
		if (!ascii_is_alnum(name->p[i]) &&
		    str_find_char(STR("-_."), name->p[i]) < 0)
			return false;
	return name->n > 0;
}

enum asked
asked_find(struct str name)
{
	int i = 0;

	while (i < ASKED_COUNT && !str_eq(rows[i].name, name))
		i++;
	return (enum asked)i;
}

uint32_t
asked_find_all(struct str gemtext)
{
	struct gemtext_line line;
	struct gemtext g;
	struct str name;
	uint32_t found = 0;

	gemtext_init(&g, gemtext);
	while (gemtext_next(&g, &line))
		if (asked_is_mark(&line, &name) &&
		    asked_find(name) != ASKED_COUNT)
			found |= (uint32_t)1 << asked_find(name);
	return found;
}
