/*
 * The marks within lines: shortcodes, notes, wiki links, comments, attributes.
 * Spans of code are left alone.
 */
#include "text/markdown_marks.h"

#include <limits.h>

#include "text/markdown_emphasis.h"
#include "text/markdown_exported.h"
#include "text/markdown_lines.h"
#include "text/markdown_meaning.h"
#include "text/markdown_notes.h"
#include "text/markdown_shortcode.h"

enum {
	tag_window = 8 * 1024, /* no close so far: none for tags before it */
	attributes_max = 200,
	mark_max = 1024,
	ticks_max = 16,
	block_id_min = 4, /* bytes with the sign */
	wiki_max = 400, /* bytes of a wiki link */
	wiki_parser_max = 96, /* what the parser reads of its target */
};

/* As much of the line as marks within it may take. */
static struct str
rest_of_line(struct markdown_reader *r)
{
	return str_first(markdown_reader_line(r), mark_max);
}

/* The character before r's place in its line, or a space. */
static char
char_before(const struct markdown_reader *r)
{
	return r->at > r->line_at ? r->body.p[r->at - 1] : ' ';
}

/* Where the paragraph of r's place ends, known from one look at it. */
static size_t
paragraph_end(struct markdown_reader *r)
{
	struct str rest = markdown_reader_rest(r), line;

	if (r->at < r->paragraph_end)
		return r->paragraph_end;
	str_next_line(&rest, &line);
	while (rest.n > 0) {
		struct str before = rest;

		str_next_line(&rest, &line);
		if (markdown_line_is_blank(line) ||
		    markdown_line_starts_block(line)) {
			rest = before;
			break;
		}
	}
	r->paragraph_end = r->body.n - rest.n;
	for (size_t i = 0; i < sizeof(r->has_no_ticks); i++)
		r->has_no_ticks[i] = false;
	return r->paragraph_end;
}

static size_t
count_ticks(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] == '`')
		n++;
	return n;
}

/* The length of the span of code that starts here, or 0. */
static size_t
code_length(struct markdown_reader *r)
{
	struct str s = str_first(r->body, paragraph_end(r));
	size_t ticks, i;

	s = str_from_index(s, r->at);
	ticks = count_ticks(s);
	if (ticks >= ticks_max || r->has_no_ticks[ticks])
		return 0;
	for (i = ticks; i < s.n;) {
		size_t n = count_ticks(str_from_index(s, i));

		if (n == ticks)
			return i + n;
		i += n == 0 ? 1 : n;
	}
	r->has_no_ticks[ticks] = true;
	return 0;
}

static void
read_code(struct markdown_reader *r)
{
	size_t n = code_length(r);

	if (n > 0)
		markdown_reader_copy_code(r, n);
	else
		markdown_reader_copy(r, count_ticks(markdown_reader_rest(r)));
}

/* Pass over what is between here and the next close. False without one. */
static bool
skip_to(struct markdown_reader *r, struct str close)
{
	ptrdiff_t end = markdown_reader_find(r, close);

	if (end < 0)
		return false;
	markdown_reader_skip(r, (size_t)end + close.n);
	return true;
}

/* Whether the inside of braces looks like attributes: .class #id key=value. */
static bool
is_attributes(struct str s)
{
	if (s.n == 0 || s.n > attributes_max)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) &&
		    str_find_char(STR(" .#=\"':_-%;,/()&\t"), s.p[i]) < 0 &&
		    (s.p[i] & '\x80') == 0)
			return false;
	return true;
}

/* Attributes of kramdown and Pandoc: "{: .class}" anywhere, "{.class}" behind a
 * span and at the end of a heading. */
static bool
skip_attributes(struct markdown_reader *r)
{
	struct str line = rest_of_line(r), inside, behind;
	ptrdiff_t end = str_find_char(str_first(line, attributes_max + 2), '}');
	bool at_end, is_heading;

	if (end < 2)
		return false;
	inside = str_from(line.p + 1, (size_t)end - 1);
	behind = str_from_index(line, (size_t)end + 1);
	at_end = markdown_line_is_blank(behind);
	is_heading = r->body.p[r->line_at] == '#' && at_end;
	if (!is_attributes(inside))
		return false;
	if (inside.p[0] == ':') {
		if (inside.n > 1 && inside.p[1] == ':')
			return false;
	} else if (str_find_char(STR(".#"), inside.p[0]) >= 0) {
		if (!is_heading &&
		    (!at_end || inside.n < 2 || !ascii_is_alpha(inside.p[1])) &&
		    str_find_char(STR(")]`*_\">"), char_before(r)) < 0)
			return false;
	} else if (char_before(r) != ')' || str_find_char(inside, '=') < 0) {
		return false;
	}
	if (markdown_reader_is_line_start(r) && at_end)
		markdown_reader_skip(r, line.n + 1);
	else
		markdown_reader_skip(r, (size_t)end + 1);
	return true;
}

/* A tag of a template engine, or of JSX. */
static bool
read_tag(struct markdown_reader *r)
{
	struct str rest = markdown_reader_rest(r), tag;
	struct markdown_shortcode code;

	if (r->at < r->no_close_before)
		return false;
	if (!markdown_shortcode_parse(rest, &code)) {
		if (code.lacks_close)
			r->no_close_before = r->at + tag_window;
		return false;
	}
	tag = str_first(rest, code.length);
	if (r->is_raw && !(code.is_end && str_eq(code.name, STR("raw"))))
		return false;
	if (code.syntax == MARKDOWN_OUTPUT && str_find_char(tag, '\n') >= 0)
		return false;
	markdown_shortcode_render(r, &code);
	return true;
}

static bool
read_brace(struct markdown_reader *r)
{
	struct str rest = markdown_reader_rest(r);
	ptrdiff_t end;

	if (str_starts(rest, STR("{{</*")) || str_starts(rest, STR("{{%/*"))) {
		end = str_find_str(str_first(rest, tag_window), STR("*/"));
		if (end < 0)
			return false;
		markdown_reader_copy_code(r, (size_t)end + sizeof("*/>}}") - 1);
		return true;
	}
	if (str_starts(rest, STR("{{/*")) || str_starts(rest, STR("{/*")))
		return skip_to(r, rest.p[1] == '{' ? STR("}}") : STR("*/}"));
	if (str_starts(rest, STR("{# ")) && !r->is_raw)
		return skip_to(r, STR("#}"));
	if (str_starts(rest, STR("{{")) || str_starts(rest, STR("{%")))
		return read_tag(r);
	return skip_attributes(r);
}

/* Whether an element of that name starts at r's place. */
static bool
is_element(const struct markdown_reader *r, struct str name)
{
	struct str rest = str_from_index(markdown_reader_rest(r), 1);

	return str_eq_nocase(str_first(rest, name.n), name) &&
	    rest.n > name.n &&
	    (rest.p[name.n] == '>' || ascii_is_space(rest.p[name.n]));
}

/* Pass over an element whose text is for no reader. */
static bool
skip_element(struct markdown_reader *r)
{
	if (is_element(r, STR("script")))
		return skip_to(r, STR("</script>")) ||
		    skip_to(r, STR("</SCRIPT>"));
	if (is_element(r, STR("style")))
		return skip_to(r, STR("</style>")) ||
		    skip_to(r, STR("</STYLE>"));
	if (is_element(r, STR("template")))
		return skip_to(r, STR("</template>"));
	return false;
}

/* Copy a preformatted element; its blank lines are filled, as they would end
 * the HTML. */
static bool
copy_preformatted(struct markdown_reader *r)
{
	struct str line;
	ptrdiff_t end;
	size_t stop;

	if (!is_element(r, STR("pre")))
		return false;
	end = markdown_reader_find(r, STR("</pre"));
	if (end < 0)
		return false;
	stop = r->at + (size_t)end;
	while (r->at < stop) {
		line = str_first(markdown_reader_line(r), stop - r->at);
		if (markdown_line_is_blank(line) && r->at == r->line_at)
			markdown_reader_add(r, STR("<!-- -->"));
		markdown_reader_copy_code(
		    r, r->at + line.n < stop ? line.n + 1 : stop - r->at);
	}
	return true;
}

/* Whether the tag here, "<div markdown="1">", says that it holds Markdown. */
static bool
skip_markdown_tag(struct markdown_reader *r)
{
	struct str line = rest_of_line(r);
	ptrdiff_t end = str_find_char(line, '>');

	if (end < 0 || !markdown_reader_is_line_start(r) ||
	    str_find_str(str_first(line, (size_t)end), STR(" markdown")) < 0)
		return false;
	markdown_reader_break(r);
	markdown_reader_skip(r, (size_t)end + 1);
	return true;
}

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* Whether the name at the start of s is written like a component's: not all in
 * capitals, as old pages have their elements. */
static bool
is_component_name(struct str s)
{
	bool has_lower = false;

	if (s.n == 0 || !is_upper(s.p[0]))
		return false;
	for (size_t i = 0; i < s.n && ascii_is_alnum(s.p[i]); i++)
		has_lower = has_lower || !is_upper(s.p[i]);
	return has_lower;
}

/* Components of JSX; a name in angle brackets that is no tag stays. */
static bool
read_component(struct markdown_reader *r)
{
	struct str rest = markdown_reader_rest(r), name;
	bool is_end = str_starts(rest, STR("</"));
	size_t n = 0;

	name = str_from_index(rest, is_end ? 2 : 1);
	if (!is_component_name(name) ||
	    (!is_end && ascii_is_alnum(char_before(r))))
		return false;
	while (n < name.n && ascii_is_alnum(name.p[n]))
		n++;
	name = str_first(name, n);
	if (!is_end && rest.n > n + 1 && rest.p[n + 1] == '>' &&
	    map_find(&r->source->closed, name) == NULL)
		return false;
	return read_tag(r);
}

/* A comment; those of Hexo's tabs, "<!-- tab Title@icon -->", say a title. */
static bool
read_comment(struct markdown_reader *r)
{
	static const struct str tab = STR_INIT("<!-- tab ");
	struct str title = rest_of_line(r), icon;
	ptrdiff_t end = str_find_str(title, STR("-->"));

	if (end < 0 || !str_starts(title, tab))
		return skip_to(r, STR("-->"));
	title = str_from_index(str_first(title, (size_t)end), tab.n);
	icon = title;
	str_cut(&icon, '@', &title);
	markdown_reader_break(r);
	markdown_reader_add(r, str_trim(title));
	markdown_reader_break(r);
	markdown_reader_skip(r, (size_t)end + sizeof("-->") - 1);
	return true;
}

static bool
read_angle(struct markdown_reader *r)
{
	struct str rest = markdown_reader_rest(r);

	if (str_starts(rest, STR("<!--")))
		return read_comment(r);
	return skip_element(r) || copy_preformatted(r) ||
	    markdown_exported_read_image(r) || markdown_exported_read_jsx(r) ||
	    skip_markdown_tag(r) || read_component(r);
}

/* The label of a wiki link without one: "page > part". */
static void
add_wiki_label(struct markdown_reader *r, struct str name, struct str part)
{
	struct buf label;

	buf_init(&label, wiki_max * 2);
	buf_add(&label, name);
	if (name.n > 0 && part.n > 0)
		buf_add(&label, STR(" > "));
	if (str_starts(part, STR("^")))
		part = STR("");
	buf_add(&label, part);
	markdown_reader_add_attribute(r, STR("label"), buf_str(&label));
	buf_fini(&label);
}

/* Whether the parser cannot read the wiki link itself. */
static bool
needs_help(const struct markdown_reader *r, struct str inside)
{
	struct str line =
	    markdown_line_text(str_from_index(r->body, r->line_at));

	return str_find_char(inside, '#') >= 0 || inside.n > wiki_parser_max ||
	    (str_find_char(inside, '|') >= 0 && str_starts(line, STR("|")));
}

/* "[[name#part|label]]" and, as an embed, "![[...]]". */
static bool
read_wiki(struct markdown_reader *r, bool is_embed)
{
	struct str line = str_first(rest_of_line(r), wiki_max), inside;
	struct str name, part = {"", 0};
	size_t open = is_embed ? sizeof("![[") - 1 : sizeof("[[") - 1;
	ptrdiff_t end = str_find_str(line, STR("]]"));
	bool has_label;

	if (end <= (ptrdiff_t)open)
		return false;
	inside = str_from(line.p + open, (size_t)end - open);
	if (str_find_char(inside, '[') >= 0 ||
	    (!is_embed && !needs_help(r, inside)))
		return false;
	has_label = str_cut(&inside, '|', &name);
	if (has_label && str_ends(name, STR("\\")))
		name.n--;
	if (str_find_char(name, '#') >= 0) {
		part = name;
		str_cut(&part, '#', &name);
	}
	markdown_reader_add(r, STR("<x-wiki"));
	if (is_embed)
		markdown_reader_add_attribute(r, STR("embed"), STR("1"));
	markdown_reader_add_attribute(r, STR("target"), name);
	if (has_label &&
	    !(is_embed && ascii_is_digit(inside.n > 0 ? inside.p[0] : ' ')))
		markdown_reader_add_attribute(r, STR("label"), inside);
	else
		add_wiki_label(r, name, part);
	markdown_reader_add(r, STR(">"));
	markdown_reader_skip(r, (size_t)end + 2);
	return true;
}

/* "%% a comment of Obsidian %%" */
static bool
read_percent(struct markdown_reader *r)
{
	struct str line = rest_of_line(r);
	ptrdiff_t end;

	if (!str_starts(line, STR("%%")) || r->is_raw)
		return false;
	if (ascii_is_alnum(char_before(r)))
		return false;
	end = str_find_str(str_from_index(line, 2), STR("%%"));
	if (end < 0)
		return false;
	markdown_reader_skip(r, (size_t)end + 2 + 2);
	return true;
}

/* "==marked text==": the text stays. */
static bool
read_equals(struct markdown_reader *r)
{
	struct str line = rest_of_line(r);
	ptrdiff_t end;

	if (r->at == r->mark_end && str_starts(line, STR("=="))) {
		markdown_reader_skip(r, 2);
		return true;
	}
	if (line.n < sizeof("==x==") - 1 || !str_starts(line, STR("==")) ||
	    line.p[2] == '=' || line.p[2] == ' ' || char_before(r) == '=' ||
	    ascii_is_alnum(char_before(r)))
		return false;
	end = str_find_str(str_from_index(line, 2), STR("=="));
	if (end <= 0 || line.p[end + 1] == ' ')
		return false;
	r->mark_end = r->at + 2 + (size_t)end;
	markdown_reader_skip(r, 2);
	return true;
}

/* " ^37066d" at the end of a line: the name that Obsidian gives a block. */
static bool
skip_block_id(struct markdown_reader *r)
{
	struct str line = rest_of_line(r), rest = str_trim(line);
	bool has_letter = false, has_other = false;

	if (rest.n < block_id_min || !ascii_is_space(char_before(r)))
		return false;
	for (size_t i = 1; i < rest.n; i++) {
		if (!ascii_is_alnum(rest.p[i]) && rest.p[i] != '-')
			return false;
		has_letter = has_letter || ascii_is_alpha(rest.p[i]);
		has_other = has_other || !ascii_is_alpha(rest.p[i]);
	}
	if (!has_letter || !has_other)
		return false;
	markdown_reader_skip(r, line.n);
	return true;
}

/* Read what starts with a sign that may be special. False when it is not. */
static bool
read_sign(struct markdown_reader *r)
{
	struct str rest = markdown_reader_rest(r);

	switch (rest.p[0]) {
	case '\\':
		if (rest.n < 2 || rest.p[1] == '\n')
			return false;
		markdown_reader_copy(r, 2);
		return true;
	case '`':
		read_code(r);
		return true;
	case '{':
		return read_brace(r);
	case '<':
		return read_angle(r);
	case '[':
		if (str_starts(rest, STR("[[")))
			return read_wiki(r, false);
		return markdown_notes_read_mention(r) ||
		    markdown_exported_read_bracket(r);
	case '!':
		return str_starts(rest, STR("![[")) && read_wiki(r, true);
	case '^':
		return markdown_notes_read_mention(r) || skip_block_id(r) ||
		    markdown_emphasis_read_script(r);
	case '~':
		return markdown_emphasis_read_script(r);
	case '*':
		return markdown_emphasis_read_stars(r);
	case ':':
		return markdown_emphasis_read_emoji(r);
	case '%':
		return read_percent(r);
	case '=':
		return read_equals(r);
	default:
		return false;
	}
}

/* The number of bytes at the start of s that are no sign and no line end. */
static size_t
plain_length(struct str s)
{
	static const bool is_sign[UCHAR_MAX + 1] = {['\n'] = true,
	    ['\\'] = true,
	    ['`'] = true,
	    ['{'] = true,
	    ['<'] = true,
	    ['['] = true,
	    ['!'] = true,
	    ['^'] = true,
	    ['~'] = true,
	    ['*'] = true,
	    [':'] = true,
	    ['%'] = true,
	    ['='] = true};
	size_t n = 0;

	while (n < s.n && !is_sign[(unsigned char)s.p[n]])
		n++;
	return n;
}

void
markdown_marks_read_line(struct markdown_reader *r)
{
	while (r->at < r->body.n) {
		struct str rest = markdown_reader_rest(r);
		size_t plain = plain_length(rest);

		markdown_reader_copy(r, plain);
		if (plain == rest.n)
			return;
		if (rest.p[plain] == '\n') {
			markdown_reader_copy(r, 1);
			return;
		}
		if (!read_sign(r))
			markdown_reader_copy(r, 1);
		if (r->at == r->line_at)
			return;
	}
}
