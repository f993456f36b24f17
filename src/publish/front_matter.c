/*
 * Where the metadata of a source ends and its text begins.
 */
#include "publish/front_matter.h"

#include <stdbool.h>

static const struct str byte_order_mark = STR_INIT("\xef\xbb\xbf");

/* Whether line is the fence and nothing else that can be seen. */
static bool
is_fence(struct str line, struct str fence)
{
	return str_starts(line, fence) &&
	    str_is_empty(str_trim(str_from_index(line, fence.n)));
}

static bool
is_closing(struct str line, enum front_matter_result kind)
{
	if (kind == FRONT_MATTER_TOML)
		return is_fence(line, STR("+++"));
	return is_fence(line, STR("---")) || is_fence(line, STR("..."));
}

/* Whether line could be the first one of metadata: a key, or a table of TOML.
 */
static bool
is_metadata(struct str line, enum front_matter_result kind)
{
	struct str text = str_trim(line);
	size_t n = 0;

	if (kind == FRONT_MATTER_TOML)
		return str_starts(text, STR("[")) ||
		    str_find_char(text, '=') > 0;
	while (n < text.n &&
	    (ascii_is_alnum(text.p[n]) ||
		str_find_char(STR("_-\"'."), text.p[n]) >= 0))
		n++;
	return n > 0 && n < text.n && text.p[n] == ':';
}

/* What an opening fence without a partner is: a mistake, or but the line that
 * Markdown draws for it. */
static enum front_matter_result
open_fence(struct str inner, enum front_matter_result kind)
{
	struct str line;

	return str_next_line(&inner, &line) && is_metadata(line, kind)
	    ? FRONT_MATTER_OPEN
	    : FRONT_MATTER_NONE;
}

enum front_matter_result
front_matter_split(struct str text, struct front_matter *out)
{
	struct str rest, line, start;
	enum front_matter_result kind = FRONT_MATTER_NONE;
	unsigned number = 1;

	if (str_starts(text, byte_order_mark))
		text = str_from_index(text, byte_order_mark.n);
	*out = (struct front_matter){.body = text, .line = 1, .body_line = 1};
	rest = text;
	if (!str_next_line(&rest, &line))
		return FRONT_MATTER_NONE;
	if (is_fence(line, STR("---")))
		kind = FRONT_MATTER_YAML;
	else if (is_fence(line, STR("+++")))
		kind = FRONT_MATTER_TOML;
	else
		return FRONT_MATTER_NONE;
	start = rest;
	out->line = 2;
	while (str_next_line(&rest, &line)) {
		number++;
		if (!is_closing(line, kind))
			continue;
		out->text = str_first(start, (size_t)(line.p - start.p));
		out->body = rest;
		out->body_line = number + 1;
		return kind;
	}
	out->line = 1;
	return open_fence(start, kind);
}
