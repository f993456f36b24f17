/*
 * Media types by file name. Contents are never looked at.
 */
#include "proto/mime.h"

static const struct {
	struct str ending, type;
} types[] = {
#define MIME(ending, type) {STR_INIT(ending), STR_INIT(type)},
#include "proto/mime.def"
#undef MIME
};

enum { type_count = sizeof(types) / sizeof(types[0]) };

struct str
mime_find(struct str name)
{
	ptrdiff_t dot = str_find_last_char(name, '.');
	struct str ending;

	ending = str_from_index(name, dot < 0 ? name.n : (size_t)dot + 1);
	for (size_t i = 0; i < type_count; i++)
		if (str_eq_nocase(ending, types[i].ending))
			return types[i].type;
	return STR("application/octet-stream");
}

bool
mime_is_text(struct str type)
{
	static const struct str text = STR_INIT("text/");

	return str_eq_nocase(str_first(type, text.n), text);
}
