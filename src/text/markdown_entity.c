/*
 * Character references in Markdown and HTML: names and numbers to characters.
 */
#include "text/markdown_entity.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum {
	name_max = 32,
	hexadecimal = 16,
	decimal = 10,
	code_point_max = 0x10ffff,
	surrogate_first = 0xd800,
	surrogate_last = 0xdfff,
	windows_first = 0x80,
	windows_last = 0x9f,
	replacement = 0xfffd,
};

struct entity {
	const char *name;
	uint32_t code_point;
};

static const struct entity entities[] = {
#define ENTITY(name, code_point) {name, code_point},
#include "text/markdown_entity.def"
#undef ENTITY
};

/* What numbers that are controls in Unicode mean in old pages: characters of
 * windows-1252. HTML, Numeric character reference end state. */
static const uint16_t windows[windows_last - windows_first + 1] = {0x20ac, 0,
    0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0, 0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178};

static int
compare_name(const void *key, const void *item)
{
	const struct str *name = key;
	const struct entity *entity = item;

	return str_cmp(*name, str_from_c(entity->name));
}

/* The character of "#38" or "#x26"; what no text can hold is U+FFFD. */
static uint32_t
number_to_code_point(struct str number)
{
	bool is_hex = number.p[1] == 'x' || number.p[1] == 'X';
	uint32_t c = 0;

	for (size_t i = is_hex ? 2 : 1; i < number.n; i++)
		if (c <= code_point_max)
			c = c * (is_hex ? hexadecimal : decimal) +
			    (uint32_t)ascii_hex_value(number.p[i]);
	if (c >= windows_first && c <= windows_last &&
	    windows[c - windows_first] != 0)
		return windows[c - windows_first];
	if (c == 0 || c > code_point_max ||
	    (c >= surrogate_first && c <= surrogate_last))
		return replacement;
	return c;
}

void
markdown_add_entity(struct buf *out, struct str entity)
{
	struct str name = str_from_index(str_first(entity, entity.n - 1), 1);
	const struct entity *found;

	if (name.p[0] == '#') {
		utf8_add(out, number_to_code_point(name));
		return;
	}
	found = bsearch(&name, entities, sizeof(entities) / sizeof(entities[0]),
	    sizeof(entities[0]), compare_name);
	if (found == NULL)
		buf_add(out, entity);
	else
		utf8_add(out, found->code_point);
}

size_t
markdown_entity_length(struct str s)
{
	size_t i = 1;
	bool is_number, is_hex;

	if (s.n < 2 || s.p[0] != '&')
		return 0;
	is_number = s.p[1] == '#';
	if (is_number)
		i++;
	is_hex = is_number && i < s.n && (s.p[i] == 'x' || s.p[i] == 'X');
	if (is_hex)
		i++;
	size_t first = i;
	while (i < s.n && i < name_max &&
	    (is_hex		? ascii_hex_value(s.p[i]) >= 0
		    : is_number ? ascii_is_digit(s.p[i])
				: ascii_is_alnum(s.p[i])))
		i++;
	return i > first && i < s.n && s.p[i] == ';' ? i + 1 : 0;
}

void
markdown_add_decoded(struct buf *out, struct str text)
{
	while (text.n > 0) {
		ptrdiff_t at = str_find_char(text, '&');
		size_t before = at < 0 ? text.n : (size_t)at;
		size_t length;

		buf_add(out, str_first(text, before));
		text = str_from_index(text, before);
		if (text.n == 0)
			return;
		length = markdown_entity_length(text);
		if (length > 0)
			markdown_add_entity(out, str_first(text, length));
		else
			buf_add_char(out, '&');
		text = str_from_index(text, length > 0 ? length : 1);
	}
}
