/*
 * The tags of HTML, taken apart. What they mean is for text/markdown_html.
 */
#include "text/markdown_tag.h"

static size_t
name_length(struct str s)
{
	size_t n = 0;

	while (n < s.n &&
	    (ascii_is_alnum(s.p[n]) ||
		(n > 0 && str_find_char(STR("-_.:"), s.p[n]) >= 0)))
		n++;
	return n;
}

bool
markdown_tag_parse(struct str *s, struct markdown_tag *tag)
{
	struct str rest = str_from_index(*s, 1);
	size_t i = 0;
	char quote = 0;

	*tag = (struct markdown_tag){.is_end = str_starts(rest, STR("/"))};
	if (s->n == 0 || s->p[0] != '<')
		return false;
	rest = str_from_index(rest, tag->is_end ? 1 : 0);
	if (rest.n == 0 || !ascii_is_alpha(rest.p[0]))
		return false;
	tag->name = str_first(rest, name_length(rest));
	rest = str_from_index(rest, tag->name.n);
	for (; i < rest.n && (quote != 0 || rest.p[i] != '>'); i++) {
		if (quote != 0)
			quote = rest.p[i] == quote ? '\0' : quote;
		else if ((rest.p[i] == '"' || rest.p[i] == '\'') && i > 0 &&
		    (rest.p[i - 1] == '=' || ascii_is_space(rest.p[i - 1])))
			quote = rest.p[i];
	}
	if (i == rest.n)
		return false;
	tag->attributes = str_trim(str_first(rest, i));
	tag->is_empty = str_ends(tag->attributes, STR("/"));
	*s = str_from_index(rest, i + 1);
	return true;
}

/* Take one attribute from *rest. */
static bool
next_attribute(struct str *rest, struct str *name, struct str *value)
{
	struct str s = *rest;
	size_t n = 0;

	while (s.n > 0 && (ascii_is_space(s.p[0]) || s.p[0] == '/'))
		s = str_from_index(s, 1);
	while (n < s.n && !ascii_is_space(s.p[n]) && (s.p[n] != '=' || n == 0))
		n++;
	*name = str_first(s, n);
	*value = STR("");
	s = str_from_index(s, n);
	*rest = str_trim(s);
	if (!str_starts(*rest, STR("=")))
		return name->n > 0;
	s = str_trim(str_from_index(*rest, 1));
	n = 0;
	if (s.n > 0 && (s.p[0] == '"' || s.p[0] == '\'')) {
		ptrdiff_t end = str_find_char(str_from_index(s, 1), s.p[0]);

		n = end < 0 ? s.n - 1 : (size_t)end;
		*value = str_first(str_from_index(s, 1), n);
		*rest = str_from_index(s, n + 2);
		return true;
	}
	while (n < s.n && !ascii_is_space(s.p[n]))
		n++;
	*value = str_first(s, n);
	*rest = str_from_index(s, n);
	return true;
}

bool
markdown_tag_find(
    const struct markdown_tag *tag, struct str name, struct str *value)
{
	struct str rest = tag->attributes, key;

	while (next_attribute(&rest, &key, value))
		if (str_eq_nocase(key, name))
			return true;
	*value = STR("");
	return false;
}

bool
markdown_tag_has(
    const struct markdown_tag *tag, struct str name, struct str want)
{
	struct str value;

	return markdown_tag_find(tag, name, &value) &&
	    str_eq_nocase(value, want);
}
