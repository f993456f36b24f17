/*
 * The tags of template engines, taken apart: shortcodes of Hugo and Zola, tags
 * of Liquid and Nunjucks, components of JSX. What they mean is for
 * text/markdown_meaning.
 */
#include "text/markdown_shortcode.h"

#include <stdint.h>
#include <string.h>

enum {
	tag_max = 16 * 1024, /* bytes of a tag */
	braces_max = 64,
};

static bool
is_name_char(char c)
{
	return ascii_is_alnum(c) || str_find_char(STR("_-./:"), c) >= 0 ||
	    (c & '\x80') != 0;
}

static struct str
take_name(struct str *s)
{
	struct str name;
	size_t n = 0;

	while (n < s->n && is_name_char(s->p[n]))
		n++;
	while (n > 0 && (s->p[n - 1] == '/' || s->p[n - 1] == ':'))
		n--;
	name = str_first(*s, n);
	*s = str_from_index(*s, n);
	return name;
}

/* The name without folder and ending: "blog/figure.html" is "figure". */
static struct str
base_name(struct str name)
{
	ptrdiff_t at = str_find_last_char(name, '/');

	name = str_from_index(name, (size_t)(at + 1));
	at = str_find_char(name, '.');
	return at > 0 ? str_first(name, (size_t)at) : name;
}

static bool
is_gap(char c)
{
	return ascii_is_space(c) || c == ',' || c == '(' || c == ')' ||
	    c == ';';
}

/* The index of the quote that ends the text in quotes at the start of s: one
 * with a gap behind it; any, when there is none such. */
static size_t
find_quote_end(struct str s)
{
	size_t any = 0;

	for (size_t i = 1; i < s.n; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n) {
			i++;
			continue;
		}
		if (s.p[i] != s.p[0])
			continue;
		if (i + 1 == s.n || is_gap(s.p[i + 1]) ||
		    str_find_char(STR("|}/>"), s.p[i + 1]) >= 0)
			return i;
		any = any == 0 ? i : any;
	}
	return any == 0 ? s.n : any;
}

/* The length of the text in braces at the start of s. */
static size_t
braces_length(struct str s)
{
	unsigned depth = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '{')
			depth++;
		else if (s.p[i] == '}' && --depth == 0)
			return i + 1;
	}
	return s.n;
}

/* What is named in "require('./a.png').default" and "useBaseUrl('/a.png')". */
static bool
find_required(struct str s, struct str *name)
{
	ptrdiff_t open, end;

	if (!str_starts(s, STR("require(")) &&
	    !str_starts(s, STR("useBaseUrl(")))
		return false;
	open = str_find_char(s, '(');
	s = str_from_index(s, (size_t)open + 1);
	if (s.n < 2 || (s.p[0] != '"' && s.p[0] != '\''))
		return false;
	end = str_find_char(str_from_index(s, 1), s.p[0]);
	if (end < 0)
		return false;
	*name = str_from(s.p + 1, (size_t)end);
	return true;
}

/* Take a value: in quotes, in braces, or up to a gap. */
static struct str
take_value(struct str *s, bool *is_quoted)
{
	struct str value;
	size_t n = 0;

	*is_quoted = false;
	if (s->n > 2 && s->p[0] == '{') {
		n = braces_length(*s);
		value = str_trim(str_from(s->p + 1, n < 2 ? 0 : n - 2));
		*s = str_from_index(*s, n);
		if (find_required(value, &value)) {
			*is_quoted = true;
			return value;
		}
		if (value.n < 2 || str_find_char(STR("\"'`"), value.p[0]) < 0 ||
		    value.p[value.n - 1] != value.p[0])
			return value;
		*is_quoted = true;
		return str_from(value.p + 1, value.n - 2);
	}
	if (s->n > 0 && str_find_char(STR("\"'`"), s->p[0]) >= 0) {
		n = find_quote_end(*s);
		value = str_from_index(str_first(*s, n), 1);
		*s = str_from_index(*s, n + 1);
		*is_quoted = true;
		return value;
	}
	while (n < s->n && !is_gap(s->p[n]))
		n++;
	value = str_first(*s, n);
	*s = str_from_index(*s, n);
	return value;
}

/* The length of a key with its '=' or ':' at the start of s; 0 for none. */
static size_t
key_length(struct str s, size_t *sign)
{
	size_t n = 0;

	while (n < s.n &&
	    (ascii_is_alnum(s.p[n]) ||
		(n > 0 && str_find_char(STR("_-.:"), s.p[n]) >= 0)))
		n++;
	*sign = n;
	while (*sign < s.n && s.p[*sign] == ' ')
		++*sign;
	if (*sign == s.n || s.p[*sign] != '=') {
		ptrdiff_t colon = str_find_char(str_first(s, n), ':');

		n = colon < 0 ? n : (size_t)colon;
	}
	*sign = n;
	while (*sign < s.n && s.p[*sign] == ' ')
		++*sign;
	if (n == 0 || *sign == s.n)
		return 0;
	if (s.p[*sign] == '=')
		return n;
	if (s.p[*sign] == ':' && *sign + 1 < s.n && s.p[*sign + 1] != '/')
		return n;
	return 0;
}

static void
take_arguments(struct markdown_shortcode *code, struct str s)
{
	while (code->count < markdown_arguments_max) {
		struct markdown_argument *a = &code->arguments[code->count];
		size_t sign, key;

		while (s.n > 0 && is_gap(s.p[0]))
			s = str_from_index(s, 1);
		if (s.n == 0 || s.p[0] == '|')
			return;
		key = key_length(s, &sign);
		*a = (struct markdown_argument){.key = str_first(s, key)};
		if (key > 0) {
			s = str_from_index(s, sign + 1);
			while (s.n > 0 && ascii_is_space(s.p[0]))
				s = str_from_index(s, 1);
		}
		a->value = take_value(&s, &a->is_quoted);
		code->count++;
	}
}

/* Read the inside of a tag of the {{ }} and {% %} kinds. */
static void
parse_inside(struct markdown_shortcode *code, struct str inside)
{
	inside = str_trim(inside);
	if (str_starts(inside, STR("-")))
		inside = str_trim(str_from_index(inside, 1));
	if (str_ends(inside, STR("-")))
		inside = str_trim(str_first(inside, inside.n - 1));
	if (str_starts(inside, STR("/"))) {
		code->is_end = true;
		inside = str_trim(str_from_index(inside, 1));
	}
	if (code->syntax == MARKDOWN_HUGO && str_ends(inside, STR("/"))) {
		code->is_empty = true;
		inside.n--;
	}
	code->written = take_name(&inside);
	code->name = code->written;
	code->words = str_trim(inside);
	take_arguments(code, inside);
	if (code->syntax == MARKDOWN_LIQUID &&
	    str_starts(code->name, STR("end"))) {
		code->is_end = true;
		code->name = str_from_index(code->name, sizeof("end") - 1);
	}
	if ((str_starts(code->name, STR("include")) ||
		str_eq(code->name, STR("render")) ||
		str_eq(code->name, STR("partial"))) &&
	    code->count > 0 && code->arguments[0].key.n == 0) {
		code->name = code->arguments[0].value;
		memmove(code->arguments, code->arguments + 1,
		    --code->count * sizeof(code->arguments[0]));
	}
	code->name = base_name(code->name);
}

static bool
parse_braces(struct str s, struct markdown_shortcode *code)
{
	static const struct {
		struct str open, close;
		enum markdown_syntax syntax;
	} kinds[] = {{STR_INIT("{{<"), STR_INIT(">}}"), MARKDOWN_HUGO},
	    {STR_INIT("{{%"), STR_INIT("%}}"), MARKDOWN_HUGO},
	    {STR_INIT("{{"), STR_INIT("}}"), MARKDOWN_OUTPUT},
	    {STR_INIT("{%"), STR_INIT("%}"), MARKDOWN_LIQUID}};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct str inside;
		ptrdiff_t end;

		if (!str_starts(s, kinds[i].open))
			continue;
		inside = str_from_index(str_first(s, tag_max), kinds[i].open.n);
		end = str_find_str(inside, kinds[i].close);
		code->lacks_close = end < 0;
		if (end < 0)
			continue;
		code->syntax = kinds[i].syntax;
		code->length = kinds[i].open.n + (size_t)end + kinds[i].close.n;
		parse_inside(code, str_first(inside, (size_t)end));
		return true;
	}
	return false;
}

/* The index of the '>' that ends a component; s.n without one. */
static size_t
find_component_end(struct str s)
{
	unsigned depth = 0;
	char quote = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (quote != 0)
			quote = c == quote ? '\0' : quote;
		else if (str_find_char(STR("\"'`"), c) >= 0)
			quote = c;
		else if (c == '{' && depth < braces_max)
			depth++;
		else if (c == '}' && depth > 0)
			depth--;
		else if (c == '>' && depth == 0)
			return i;
	}
	return s.n;
}

static bool
parse_component(struct str s, struct markdown_shortcode *code)
{
	struct str rest = str_from_index(str_first(s, tag_max), 1);
	size_t end;

	code->syntax = MARKDOWN_COMPONENT;
	code->is_end = str_starts(rest, STR("/"));
	rest = str_from_index(rest, code->is_end ? 1 : 0);
	if (rest.n == 0 || !ascii_is_alpha(rest.p[0]))
		return false;
	code->written = take_name(&rest);
	code->name = code->written;
	if (rest.n > 0 && rest.p[0] != '>' && rest.p[0] != '/' &&
	    !ascii_is_space(rest.p[0]))
		return false;
	end = find_component_end(rest);
	code->lacks_close = end == rest.n;
	if (code->lacks_close)
		return false;
	code->length = (size_t)(rest.p + end - s.p) + 1;
	rest = str_trim(str_first(rest, end));
	code->is_empty = str_ends(rest, STR("/"));
	if (code->is_empty)
		rest.n--;
	take_arguments(code, rest);
	return true;
}

bool
markdown_shortcode_parse(struct str s, struct markdown_shortcode *code)
{
	*code = (struct markdown_shortcode){.count = 0};
	if (str_starts(s, STR("{")))
		return parse_braces(s, code);
	if (str_starts(s, STR("<")))
		return parse_component(s, code);
	return false;
}

struct str
markdown_shortcode_get(const struct markdown_shortcode *code, const char *keys)
{
	struct str rest = str_from_c(keys), key;
	bool more = true;

	while (more) {
		more = str_cut(&rest, ' ', &key);
		for (size_t i = 0; i < code->count; i++)
			if (code->arguments[i].key.n > 0 &&
			    str_eq_nocase(code->arguments[i].key, key))
				return code->arguments[i].value;
	}
	return STR("");
}

struct str
markdown_shortcode_get_place(const struct markdown_shortcode *code, size_t i)
{
	for (size_t k = 0; k < code->count; k++)
		if (code->arguments[k].key.n == 0 && i-- == 0)
			return code->arguments[k].value;
	return STR("");
}

struct str
markdown_shortcode_get_or_first(
    const struct markdown_shortcode *code, const char *keys)
{
	struct str value = markdown_shortcode_get(code, keys);

	return value.n > 0 ? value : markdown_shortcode_get_place(code, 0);
}

struct str
markdown_shortcode_get_part(const struct markdown_shortcode *code, size_t i)
{
	struct str rest = code->words, part;
	bool has_more;

	do {
		has_more = str_cut(&rest, ',', &part);
	} while (i-- > 0 && has_more);
	part = i == SIZE_MAX ? str_trim(part) : STR("");
	if (part.n > 1 && (part.p[0] == '"' || part.p[0] == '\'') &&
	    part.p[part.n - 1] == part.p[0])
		part = str_from(part.p + 1, part.n - 2);
	return part;
}

/* Whether s, behind the sign that opens a tag, may be an end tag. */
static bool
may_be_end(struct str s)
{
	while (s.n > 0 && str_find_char(STR("<%- \t\n"), s.p[0]) >= 0)
		s = str_from_index(s, 1);
	return str_starts(s, STR("/")) || str_starts(s, STR("end"));
}

static void
search_end(const struct markdown_reader *r,
    const struct markdown_shortcode *code, struct markdown_tag_end *end)
{
	struct str open = STR("{%");
	ptrdiff_t found;

	if (code->syntax == MARKDOWN_HUGO)
		open = STR("{{");
	if (code->syntax == MARKDOWN_COMPONENT)
		open = STR("<");
	end->at = r->at + code->length;
	while ((found = str_find_str(str_from_index(r->body, end->at), open)) >=
	    0) {
		struct markdown_shortcode tag;
		struct str s;

		end->at += (size_t)found;
		s = str_from_index(r->body, end->at);
		if (may_be_end(str_from_index(s, open.n)) &&
		    markdown_shortcode_parse(s, &tag) && tag.is_end &&
		    tag.syntax == code->syntax &&
		    (str_eq(tag.name, code->name) || tag.name.n == 0)) {
			end->length = tag.length;
			return;
		}
		end->at += open.n;
	}
	end->at = r->body.n;
	end->length = 0;
}

bool
markdown_shortcode_find_end(struct markdown_reader *r,
    const struct markdown_shortcode *code, struct markdown_tag_end *end)
{
	struct markdown_tag_end *known = NULL;

	for (size_t i = 0; i < r->end_count && known == NULL; i++)
		if (str_eq(r->ends[i].name, code->name))
			known = &r->ends[i];
	if (known == NULL && r->end_count == markdown_ends_max)
		return false;
	if (known == NULL) {
		known = &r->ends[r->end_count++];
		*known = (struct markdown_tag_end){.name = code->name};
	}
	if (known->at < r->at + code->length)
		search_end(r, code, known);
	*end = *known;
	return end->length > 0;
}
