/*
 * The table of page formats.
 */
#include "publish/format.h"

#include <stddef.h>

static const struct format formats[] = {
    {.ending = STR_INIT(".gmi")},
    {.ending = STR_INIT(".gemini")},
    {.ending = STR_INIT(".md"), .to_gemtext = markdown_render},
    {.ending = STR_INIT(".markdown"), .to_gemtext = markdown_render},
};

const struct format *
format_find(struct str name)
{
	struct str end;

	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		if (name.n <= formats[i].ending.n)
			continue;
		end = str_from_index(name, name.n - formats[i].ending.n);
		if (str_eq_nocase(end, formats[i].ending))
			return &formats[i];
	}
	return NULL;
}
