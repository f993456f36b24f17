/*
 * Text for XML documents. Nothing here writes elements.
 */
#include "text/xml.h"

#include "base/utf8.h"

enum {
	not_character_first = 0xfffe, /* U+FFFE and U+FFFF */
	not_character_last = 0xffff,
};

/* What stands for a code point: itself when *escape stays empty and the
 * answer is true; nothing when the answer is false. XML 1.0, 2.2. */
static bool
character_to_xml(uint32_t code_point, struct str *escape)
{
	*escape = STR("");
	switch (code_point) {
	case '&':
		*escape = STR("&amp;");
		return true;
	case '<':
		*escape = STR("&lt;");
		return true;
	case '>':
		*escape = STR("&gt;");
		return true;
	case '"':
		*escape = STR("&quot;");
		return true;
	case '\'':
		*escape = STR("&#39;");
		return true;
	case '\t':
	case '\n':
	case '\r':
		return true;
	}
	return code_point >= ' ' &&
	    (code_point < not_character_first ||
		code_point > not_character_last);
}

void
xml_add_text(struct buf *out, struct str s)
{
	struct str run = s, rest = s, escape;
	uint32_t code_point;
	bool keep;

	while (rest.n > 0) {
		s = rest;
		if (utf8_next(&rest, &code_point)) {
			keep = character_to_xml(code_point, &escape);
			if (keep && escape.n == 0)
				continue;
		} else {
			escape = STR("\xef\xbf\xbd");
			rest = str_from_index(rest, 1);
		}
		buf_add(out, str_first(run, run.n - s.n));
		buf_add(out, escape);
		run = rest;
	}
	buf_add(out, run);
}
