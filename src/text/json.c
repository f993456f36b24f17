/*
 * Strings for JSON documents. Nothing here writes objects.
 */
#include "text/json.h"

#include "base/utf8.h"

/* Whether a string cannot hold the code point as it is. Beyond what RFC 8259
 * asks for, all that code_point_is_control() knows, so that a document never
 * has a line end inside a string, whoever reads it. */
static bool
needs_escape(uint32_t code_point)
{
	return code_point == '"' || code_point == '\\' ||
	    code_point_is_control(code_point);
}

static void
add_escape(struct buf *out, uint32_t code_point)
{
	switch (code_point) {
	case '"':
		buf_add(out, STR("\\\""));
		break;
	case '\\':
		buf_add(out, STR("\\\\"));
		break;
	case '\n':
		buf_add(out, STR("\\n"));
		break;
	case '\r':
		buf_add(out, STR("\\r"));
		break;
	case '\t':
		buf_add(out, STR("\\t"));
		break;
	default:
		buf_addf(out, "\\u%04x", code_point);
		break;
	}
}

void
json_add_string(struct buf *out, struct str s)
{
	struct str run = s, rest = s;
	uint32_t code_point;

	buf_add_char(out, '"');
	while (rest.n > 0) {
		s = rest;
		if (utf8_next(&rest, &code_point)) {
			if (!needs_escape(code_point))
				continue;
			buf_add(out, str_first(run, run.n - s.n));
			add_escape(out, code_point);
		} else {
			rest = str_from_index(rest, 1);
			buf_add(out, str_first(run, run.n - s.n));
			buf_add(out, STR("\xef\xbf\xbd"));
		}
		run = rest;
	}
	buf_add(out, run);
	buf_add_char(out, '"');
}
