/*
 * Mustache templates from text to steps. What the names stand for is not known
 * here.
 */
#include "text/template.h"

#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "text/template_op.h"

#define CODE "template"

static const struct str mark_bytes = STR_INIT("\xef\xbb\xbf");

struct parse {
	struct arena *arena;
	struct diags *diags;
	struct str name;
	struct str text;
	struct str open; /* delimiters */
	struct str close;
	size_t first; /* the first byte, behind a BOM */
	size_t at; /* what is before is done */
	bool starts_line; /* the next step is the first of its line */
	struct vec ops;
	uint32_t sections[template_depth_max]; /* that are open */
	size_t depth;
};

/* A tag: from start to end, delimiters included. sigil is the character that
 * tells its kind, or NUL for interpolation. */
struct tag {
	char sigil;
	size_t start;
	size_t end;
	struct str name;
};

static struct diag_place
place_in(struct str name, struct str text, size_t at)
{
	struct diag_place place = {name, 1, 1};
	size_t line_start = 0;

	for (size_t i = 0; i < at; i++) {
		if (text.p[i] != '\n')
			continue;
		place.line++;
		line_start = i + 1;
	}
	place.column = (unsigned)(at - line_start + 1);
	return place;
}

static struct diag_place
place_of(const struct parse *p, size_t at)
{
	return place_in(p->name, p->text, at);
}

static int
check_text(struct parse *p)
{
	size_t valid;

	if (p->text.n > template_size_max) {
		diags_error(p->diags, (struct diag_place){p->name, 0, 0}, CODE,
		    "split it into partials",
		    "the template is longer than %d bytes", template_size_max);
		return -1;
	}
	valid = utf8_valid_length(p->text);
	if (valid == p->text.n)
		return 0;
	diags_error(p->diags, place_of(p, valid), CODE,
	    "save the file as UTF-8",
	    "the text is not UTF-8 from byte \\x%02x on",
	    (unsigned char)p->text.p[valid]);
	return -1;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* A step at the place where the parser is. */
static struct template_op *
op_add(struct parse *p, enum template_op_kind kind, struct str text)
{
	struct template_op *op;

	op = vec_add(&p->ops);
	op->kind = kind;
	op->text = text;
	op->starts_line = p->starts_line;
	p->starts_line = false;
	return op;
}

static void
add_text(struct parse *p, size_t end)
{
	struct str text = str_from(p->text.p + p->at, end - p->at);

	p->at = end;
	if (text.n == 0)
		return;
	op_add(p, TEMPLATE_OP_TEXT, text);
	p->starts_line = text.p[text.n - 1] == '\n';
}

/* Take a tag's closing delimiter, after a character of its own for some
 * kinds: what is before it is *content. -1 when there is none. */
static int
take_close(struct parse *p, struct tag *tag, size_t from, struct str *content)
{
	struct str rest = str_from_index(p->text, from);
	struct str close = p->close;
	struct buf both;
	ptrdiff_t at;

	buf_init(&both, p->close.n + 1);
	if (tag->sigil == '{')
		buf_add_char(&both, '}');
	if (tag->sigil == '=')
		buf_add_char(&both, '=');
	buf_add(&both, close);
	at = str_find_str(rest, buf_str(&both));
	tag->end = from + (at < 0 ? 0 : (size_t)at) + both.n;
	buf_fini(&both);
	if (at < 0) {
		diags_error(p->diags, place_of(p, tag->start), CODE,
		    "add the closing delimiter, \"}}\" if no other is set",
		    "the tag that opens here is not closed");
		return -1;
	}
	*content = str_first(rest, (size_t)at);
	return 0;
}

/* No name has a brace or a line end: one that does ran into the next tag,
 * because its own is not closed as it should be. */
static bool
is_name(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (str_find_char(STR("{}\r\n"), text.p[i]) >= 0)
			return false;
	return true;
}

static int
take_tag(struct parse *p, struct tag *tag)
{
	static const struct str sigils = STR_INIT("#^/>!=&{");
	size_t from = tag->start + p->open.n;
	struct str content;

	while (from < p->text.n && is_blank(p->text.p[from]))
		from++;
	tag->sigil = '\0';
	if (from < p->text.n && str_find_char(sigils, p->text.p[from]) >= 0)
		tag->sigil = p->text.p[from++];
	if (take_close(p, tag, from, &content) < 0)
		return -1;
	tag->name = str_trim(content);
	if (tag->sigil == '!')
		return 0;
	if (tag->name.n == 0) {
		diags_error(p->diags, place_of(p, tag->start), CODE,
		    "write a name between the delimiters",
		    "this tag has no name");
		return -1;
	}
	if (tag->sigil != '=' && !is_name(tag->name)) {
		diags_error(p->diags, place_of(p, tag->start), CODE,
		    "write {{name}}, with a brace more for {{{name}}}",
		    "the tag that opens here holds more than a name");
		return -1;
	}
	if (tag->sigil == '\0' &&
	    str_find_char(STR("<$"), tag->name.p[0]) >= 0) {
		diags_error(p->diags, place_of(p, tag->start), CODE,
		    "use partials, {{>name}}",
		    "blocks and parents are not supported");
		return -1;
	}
	return 0;
}

/* Whether a tag stands on a line of its own; then *line is from where it
 * starts to its end, line end included. Mustache specification, sections. */
static bool
is_alone(const struct parse *p, const struct tag *tag, struct str *line)
{
	struct str text = p->text;
	size_t start = tag->start, end = tag->end;

	if (tag->sigil == '\0' || tag->sigil == '&' || tag->sigil == '{')
		return false;
	while (start > p->first && is_blank(text.p[start - 1]))
		start--;
	if (start > p->first && text.p[start - 1] != '\n')
		return false;
	while (end < text.n && is_blank(text.p[end]))
		end++;
	if (str_starts(str_from_index(text, end), STR("\r\n")))
		end += 2;
	else if (end < text.n && text.p[end] == '\n')
		end++;
	else if (end < text.n)
		return false;
	*line = str_from(text.p + start, end - start);
	return true;
}

static int
open_section(struct parse *p, const struct tag *tag)
{
	if (p->depth == template_depth_max) {
		diags_error(p->diags, place_of(p, tag->start), CODE,
		    "move the inner ones into a partial",
		    "sections are nested deeper than %d", template_depth_max);
		return -1;
	}
	p->sections[p->depth++] = (uint32_t)p->ops.n;
	op_add(p,
	    tag->sigil == '#' ? TEMPLATE_OP_SECTION : TEMPLATE_OP_INVERTED,
	    tag->name);
	return 0;
}

static size_t
byte_of(const struct parse *p, struct str part)
{
	return (size_t)(part.p - p->text.p);
}

static int
close_section(struct parse *p, const struct tag *tag)
{
	struct template_op *section, *end;

	if (p->depth == 0) {
		diags_error(p->diags, place_of(p, tag->start), CODE,
		    "take it out, or open the section with {{#name}}",
		    "\"%" STR_FMT "\" is closed here, but no section is open",
		    STR_ARG(tag->name));
		return -1;
	}
	section = vec_get(&p->ops, p->sections[p->depth - 1]);
	if (!str_eq(section->text, tag->name)) {
		diags_error(p->diags, place_of(p, tag->start), CODE,
		    "close the section that was opened last first",
		    "\"%" STR_FMT "\" is closed here, but \"%" STR_FMT
		    "\" of line %u is open",
		    STR_ARG(tag->name), STR_ARG(section->text),
		    place_of(p, byte_of(p, section->text)).line);
		return -1;
	}
	section->other = (uint32_t)p->ops.n;
	end = op_add(p, TEMPLATE_OP_END, tag->name);
	end->other = p->sections[--p->depth];
	return 0;
}

static bool
is_delimiter(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (ascii_is_space(s.p[i]) || s.p[i] == '=')
			return false;
	return s.n > 0;
}

static int
set_delimiters(struct parse *p, const struct tag *tag)
{
	struct str open = tag->name, close;
	size_t n = 0;

	while (n < open.n && !ascii_is_space(open.p[n]))
		n++;
	close = str_trim(str_from_index(open, n));
	open.n = n;
	if (!is_delimiter(open) || !is_delimiter(close)) {
		diags_error(p->diags, place_of(p, tag->start), CODE,
		    "write two of them without \"=\", as in {{=<% %>=}}",
		    "these are no delimiters");
		return -1;
	}
	p->open = open;
	p->close = close;
	return 0;
}

static int
add_tag(struct parse *p, const struct tag *tag, bool alone, struct str indent)
{
	struct template_op *op;

	switch (tag->sigil) {
	case '#':
	case '^':
		return open_section(p, tag);
	case '/':
		return close_section(p, tag);
	case '=':
		return set_delimiters(p, tag);
	case '!':
		return 0;
	case '>':
		op = op_add(p, TEMPLATE_OP_PARTIAL, tag->name);
		op->alone = alone;
		op->indent = indent;
		return 0;
	case '&':
	case '{':
		op_add(p, TEMPLATE_OP_RAW, tag->name);
		return 0;
	default:
		op_add(p, TEMPLATE_OP_VALUE, tag->name);
		return 0;
	}
}

/* Take one tag and the text before it. */
static int
take_part(struct parse *p, size_t start)
{
	struct tag tag = {.start = start};
	struct str line = {"", 0}, indent = {"", 0};
	bool alone;

	if (take_tag(p, &tag) < 0)
		return -1;
	alone = is_alone(p, &tag, &line);
	if (alone)
		indent = str_first(line, start - byte_of(p, line));
	add_text(p, start - indent.n);
	if (alone)
		p->starts_line = false;
	if (add_tag(p, &tag, alone, indent) < 0)
		return -1;
	p->at = tag.end;
	if (alone) {
		p->at = byte_of(p, line) + line.n;
		p->starts_line = true;
	}
	return 0;
}

static int
parse_all(struct parse *p)
{
	struct template_op *section;
	ptrdiff_t tag;

	for (;;) {
		tag = str_find_str(str_from_index(p->text, p->at), p->open);
		if (tag < 0)
			break;
		if (take_part(p, p->at + (size_t)tag) < 0)
			return -1;
	}
	add_text(p, p->text.n);
	if (p->depth == 0)
		return 0;
	section = vec_get(&p->ops, p->sections[p->depth - 1]);
	diags_error(p->diags, place_of(p, byte_of(p, section->text)), CODE,
	    "add {{/name}} where it ends",
	    "section \"%" STR_FMT "\" is not closed", STR_ARG(section->text));
	return -1;
}

static enum template_escape
escape_of(struct str name)
{
	if (str_ends(name, STR(".gmi")))
		return TEMPLATE_GEMTEXT;
	if (str_ends(name, STR(".xml")))
		return TEMPLATE_XML;
	if (str_ends(name, STR(".html")))
		return TEMPLATE_HTML;
	return TEMPLATE_NONE;
}

struct template *
template_parse(
    struct arena *arena, struct str name, struct str text, struct diags *diags)
{
	struct parse p = {.arena = arena,
	    .diags = diags,
	    .name = name,
	    .text = text,
	    .open = STR("{{"),
	    .close = STR("}}"),
	    .starts_line = true,
	    .ops = VEC_INIT(struct template_op)};
	struct template *template = NULL;
	struct template_op *ops;

	if (str_starts(text, mark_bytes))
		p.first = p.at = mark_bytes.n;
	if (check_text(&p) == 0 && parse_all(&p) == 0) {
		ops = arena_alloc(arena, p.ops.n * sizeof(*ops));
		if (p.ops.n > 0)
			memcpy(ops, p.ops.items, p.ops.n * sizeof(*ops));
		template = arena_alloc(arena, sizeof(*template));
		template->escape = escape_of(name);
		template->name = name;
		template->text = text;
		template->ops = ops;
		template->count = (uint32_t)p.ops.n;
	}
	vec_fini(&p.ops);
	return template;
}

void
template_each_partial(const struct template *template,
    void (*tell)(void *context, struct str name, struct diag_place place),
    void *context)
{
	const struct template_op *op;

	for (uint32_t i = 0; i < template->count; i++) {
		op = &template->ops[i];
		if (op->kind == TEMPLATE_OP_PARTIAL)
			tell(context, op->text,
			    place_in(template->name, template->text,
				(size_t)(op->text.p - template->text.p)));
	}
}
