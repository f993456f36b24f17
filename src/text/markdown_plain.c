/*
 * Lines of metadata that were written as Markdown or HTML, as plain text. What
 * may stand at the start of a line is no concern of this file.
 */
#include "text/markdown_plain.h"

#include "base/diag.h"
#include "text/markdown.h"
#include "text/markdown_entity.h"
#include "text/markdown_tag.h"

enum { line_max = 64 * 1024, tags_max = 32, name_max = 32 };

/* Whether nothing can be in the element of that name. */
static bool
is_void(struct str name)
{
	return str_eq_nocase(name, STR("br")) ||
	    str_eq_nocase(name, STR("wbr")) || str_eq_nocase(name, STR("img"));
}

/* Whether s has an end tag of that name. */
static bool
has_end(struct str s, struct str name)
{
	struct buf end;
	bool found;

	buf_init(&end, name_max + 2);
	buf_add(&end, STR("</"));
	buf_add(&end, name);
	found = !end.full && str_find_str(s, buf_str(&end)) >= 0;
	buf_fini(&end);
	return found;
}

/* The elements of a title that are open. */
struct open_tags {
	struct str names[tags_max];
	size_t count;
	unsigned seen;
};

/* Whether the tag is one of an element, not a word in angle brackets; what
 * follows it is in rest. */
static bool
is_element(
    struct open_tags *open, const struct markdown_tag *tag, struct str rest)
{
	if (is_void(tag->name))
		return true;
	if (tag->is_end) {
		for (size_t i = open->count; i > 0; i--)
			if (str_eq(open->names[i - 1], tag->name)) {
				open->count = i - 1;
				return true;
			}
		return false;
	}
	if (++open->seen > tags_max || !has_end(rest, tag->name))
		return false;
	open->names[open->count++] = tag->name;
	return true;
}

/* The length of the span of code that s starts with, or 0. */
static size_t
code_length(struct str s)
{
	ptrdiff_t end;

	if (!str_starts(s, STR("`")))
		return 0;
	end = str_find_char(str_from_index(s, 1), '`');
	return end < 0 ? 0 : (size_t)end + 2;
}

void
markdown_add_title(struct buf *out, struct str line)
{
	struct open_tags open = {.count = 0};
	bool has_code = true;

	while (line.n > 0) {
		struct str before = line;
		struct markdown_tag tag;
		size_t n = line.p[0] == '`' && has_code ? code_length(line) : 0;

		has_code = has_code && (n > 0 || line.p[0] != '`');
		if (n == 0 && open.seen < tags_max &&
		    markdown_tag_parse(&line, &tag)) {
			if (is_element(&open, &tag, line)) {
				if (str_eq_nocase(tag.name, STR("br")))
					buf_add_char(out, ' ');
				continue;
			}
			n = before.n - line.n;
		} else if (n == 0 && before.p[0] == '<') {
			open.seen++;
		}
		if (n == 0 && (n = markdown_entity_length(before)) > 0) {
			markdown_add_entity(out, str_first(before, n));
		} else {
			n = n > 0 ? n : 1;
			buf_add(out, str_first(before, n));
		}
		line = str_from_index(before, n);
	}
}

void
markdown_add_summary(struct buf *out, struct str line)
{
	/* A word at its start keeps "1. " and the like from being blocks. */
	static const struct str word = STR_INIT("x ");
	struct markdown_options options = {
	    .links = MARKDOWN_LINKS_OFF, .first_line = 1};
	struct str rest, first = {"", 0};
	struct buf body, text;
	struct diags diags;

	buf_init(&body, line_max);
	buf_init(&text, line_max * markdown_growth_max);
	diags_init(&diags);
	buf_add(&body, word);
	buf_add(&body, str_first(line, line_max - word.n));
	if (markdown_render(&options, buf_str(&body), &text, &diags) == 0) {
		rest = str_from_index(buf_str(&text), word.n);
		while (first.n == 0 && str_next_line(&rest, &first))
			continue;
		buf_add(out, first);
	}
	diags_fini(&diags);
	buf_fini(&text);
	buf_fini(&body);
}
