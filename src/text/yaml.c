/*
 * YAML documents as trees of raw text, within limits. The only file that knows
 * of libyaml, and only of its events: what a scalar means is its reader's to
 * say, and aliases do not exist.
 */
#include "text/yaml.h"

#include <assert.h>
#include <string.h>
#include <yaml.h>

#include "base/utf8.h"
#include "text/yaml_explain.h"

enum {
	byte_order_mark = 0xfeff,
	next_line = 0x85,
	not_character_first = 0xfffe,
	not_character_last = 0xffff,
};

#define SYNTAX "yaml-syntax"
#define HINT_QUOTE "quote the value"

static const struct str mark_bytes = STR_INIT("\xef\xbb\xbf");

/* A place in the text. libyaml counts characters, people lines and bytes. */
struct cursor {
	size_t index; /* characters before it, without a BOM */
	size_t at;
	size_t line_start;
	unsigned line;
};

/* A list or map that is not complete; of a map perhaps a key that waits for
 * its value. */
struct frame {
	struct yaml_node *node;
	struct yaml_node *last;
	struct yaml_node *key;
};

struct parse {
	const struct yaml_input *in;
	struct arena *arena;
	struct diags *diags;
	size_t text_start; /* behind a BOM */
	struct cursor cursor;
	struct frame stack[yaml_depth_max];
	size_t depth;
	struct yaml_node *top;
	unsigned events;
};

static void
cursor_reset(struct parse *p)
{
	p->cursor =
	    (struct cursor){.at = p->text_start, .line = p->in->first_line};
}

/* Move over one character; CRLF are two of one line end. */
static void
cursor_step(struct cursor *c, struct str text)
{
	struct str rest = str_from_index(text, c->at);
	uint32_t code_point = 0;

	if (!utf8_next(&rest, &code_point))
		rest = str_from_index(rest, 1);
	c->at = text.n - rest.n;
	c->index++;
	if (code_point == '\r' && str_starts(rest, STR("\n")))
		return;
	if (code_point == '\n' || code_point == '\r') {
		c->line++;
		c->line_start = c->at;
	}
}

/* Nearly all marks come in order, so this is linear on the whole. */
static const struct cursor *
cursor_seek(struct parse *p, size_t index)
{
	if (index < p->cursor.index)
		cursor_reset(p);
	while (p->cursor.index < index && p->cursor.at < p->in->text.n)
		cursor_step(&p->cursor, p->in->text);
	return &p->cursor;
}

static struct diag_place
cursor_place(const struct parse *p, const struct cursor *c)
{
	return (struct diag_place){
	    p->in->file, c->line, (unsigned)(c->at - c->line_start + 1)};
}

static struct diag_place
place_of_mark(struct parse *p, yaml_mark_t mark)
{
	return cursor_place(p, cursor_seek(p, mark.index));
}

/* The place of a byte, which need not be part of a character. */
static struct diag_place
place_of_byte(struct parse *p, size_t at)
{
	cursor_reset(p);
	while (p->cursor.at < at)
		cursor_step(&p->cursor, p->in->text);
	return cursor_place(p, &p->cursor);
}

/* What YAML 1.1 takes for a line end beside CR and LF, and nobody else. */
static bool
is_odd_line_end(uint32_t code_point)
{
	return code_point == next_line ||
	    (code_point > UINT8_MAX && code_point_is_control(code_point));
}

/* Whether YAML can hold the code point as it is. YAML 1.1, 5.1. */
static bool
is_yaml_character(uint32_t c)
{
	if (c == '\t' || c == '\n' || c == '\r' || is_odd_line_end(c))
		return true;
	return !code_point_is_control(c) && c != byte_order_mark &&
	    (c < not_character_first || c > not_character_last);
}

static bool
is_utf16(struct str text)
{
	return str_starts(text, STR("\xff\xfe")) ||
	    str_starts(text, STR("\xfe\xff"));
}

static size_t
size_max(const struct yaml_input *in)
{
	return in->size_max == 0 ? yaml_size_max : in->size_max;
}

static size_t
events_max(const struct yaml_input *in)
{
	return in->events_max == 0 ? yaml_events_max : in->events_max;
}

/* The text for libyaml: without the BOM, and with a space for each line end
 * that only YAML 1.1 knows, so that characters keep their numbers. */
static struct str
text_to_parse(struct parse *p)
{
	struct str rest = str_from_index(p->in->text, p->text_start);
	struct buf spaced;
	uint32_t code_point;
	struct str copy;

	if (str_find_str(rest, STR("\xc2\x85")) < 0 &&
	    str_find_str(rest, STR("\xe2\x80")) < 0)
		return rest;
	buf_init(&spaced, size_max(p->in));
	while (utf8_next(&rest, &code_point))
		utf8_add(
		    &spaced, is_odd_line_end(code_point) ? ' ' : code_point);
	copy = arena_str(p->arena, buf_str(&spaced));
	buf_fini(&spaced);
	return copy;
}

/* Refuse what libyaml shall not see. */
static int
check_text(struct parse *p)
{
	struct str rest = str_from_index(p->in->text, p->text_start);
	uint32_t code_point;
	size_t at;

	if (p->in->text.n > size_max(p->in)) {
		diags_error(p->diags, place_of_byte(p, 0), "yaml-limit",
		    "shorten it", "the metadata is longer than %zu bytes",
		    size_max(p->in));
		return -1;
	}
	while (rest.n > 0) {
		at = p->in->text.n - rest.n;
		if (!utf8_next(&rest, &code_point)) {
			diags_error(p->diags, place_of_byte(p, at), "yaml-utf8",
			    "save the file as UTF-8",
			    is_utf16(p->in->text)
				? "the text is UTF-16, not UTF-8"
				: "the text is not UTF-8 from byte \\x%02x on",
			    (unsigned char)p->in->text.p[at]);
			return -1;
		}
		if (!is_yaml_character(code_point)) {
			diags_error(p->diags, place_of_byte(p, at),
			    "yaml-control", "take the character out",
			    "a character that cannot be seen (U+%04X)",
			    code_point);
			return -1;
		}
	}
	return 0;
}

static struct yaml_node *
node_new(struct parse *p, enum yaml_kind kind, yaml_mark_t start)
{
	struct diag_place place = place_of_mark(p, start);
	struct yaml_node *node;

	node = arena_alloc(p->arena, sizeof(*node));
	node->kind = kind;
	node->text = node->key = STR("");
	node->line = place.line;
	node->column = place.column;
	return node;
}

static bool
is_printable_ascii(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] < ' ' || text.p[i] > '~')
			return false;
	return true;
}

/* Copy a scalar's text, with every kind of line end as LF, and what an escape
 * brought in of other controls as tabs. */
static void
node_set_text(struct parse *p, struct yaml_node *node, struct str text)
{
	uint32_t code_point, control = '\t';
	struct buf clean;

	if (is_printable_ascii(text)) {
		node->text = arena_str(p->arena, text);
		return;
	}
	buf_init(&clean, size_max(p->in) * 2);
	while (utf8_next(&text, &code_point)) {
		if (code_point == '\r' || is_odd_line_end(code_point))
			code_point = '\n';
		if (code_point != '\n' && code_point != '\t' &&
		    code_point_is_control(code_point)) {
			control = code_point;
			code_point = '\t';
		}
		utf8_add(&clean, code_point);
	}
	node->text = arena_str(p->arena, buf_str(&clean));
	buf_fini(&clean);
	if (control != '\t')
		diags_warning(p->diags, yaml_place(node, p->in->file),
		    "yaml-control", "take the escape out",
		    "the value holds a character that cannot be seen (U+%04X)",
		    control);
}

static bool
is_duplicate(struct str a, struct str b)
{
	if (str_find_char(a, '/') >= 0)
		return str_eq(a, b);
	return yaml_key_eq(a, b);
}

/* Put node at the end of the map, in place of an earlier one of its key. Paths
 * are keys too; they are the same only byte by byte. */
static void
map_put(struct parse *p, struct yaml_node *map, struct yaml_node *node)
{
	struct yaml_node **link = &map->first;
	struct yaml_node *old;

	while ((old = *link) != NULL) {
		if (!is_duplicate(old->key, node->key)) {
			link = &old->next;
			continue;
		}
		diags_warning(p->diags, yaml_key_place(node, p->in->file),
		    "yaml-duplicate-key", "take one of them out",
		    "the key \"%" STR_FMT "\" stands on line %u too; the last "
		    "one counts",
		    STR_ARG(node->key), old->key_line);
		*link = old->next;
	}
	*link = node;
}

static int
map_take_key(struct parse *p, struct frame *map, struct yaml_node *node)
{
	struct diag_place place = yaml_place(node, p->in->file);

	if (node->kind != YAML_SCALAR) {
		diags_error(p->diags, place, "yaml-key",
		    "quote a value that starts with \"[\" or \"{\"",
		    "a list or a map cannot be a key");
		return -1;
	}
	if (node->plain && str_eq(node->text, STR("<<"))) {
		diags_error(p->diags, place, "yaml-alias", "write the keys out",
		    "\"<<\" is not supported");
		return -1;
	}
	map->key = node;
	return 0;
}

static int
attach(struct parse *p, struct yaml_node *node)
{
	struct frame *parent;

	if (p->depth == 0 && p->top == NULL) {
		p->top = node;
		return 0;
	}
	if (p->depth == 0) {
		if (yaml_is_null(node))
			return 0;
		diags_error(p->diags, yaml_place(node, p->in->file),
		    "yaml-documents", "take out the \"---\" before it",
		    "a second document begins here");
		return -1;
	}
	parent = &p->stack[p->depth - 1];
	if (parent->node->kind == YAML_MAP && parent->key == NULL)
		return map_take_key(p, parent, node);
	if (parent->node->kind == YAML_MAP) {
		node->key = parent->key->text;
		node->key_line = parent->key->line;
		node->key_column = parent->key->column;
		parent->key = NULL;
		map_put(p, parent->node, node);
		return 0;
	}
	if (parent->last == NULL)
		parent->node->first = node;
	else
		parent->last->next = node;
	parent->last = node;
	return 0;
}

/* Anchors are of no use without aliases, and are most often text. */
static int
check_marks(struct parse *p, const yaml_event_t *event,
    const yaml_char_t *anchor, const yaml_char_t *tag)
{
	static const char standard[] = "tag:yaml.org,2002:";

	if (anchor != NULL) {
		diags_error(p->diags, place_of_mark(p, event->start_mark),
		    "yaml-alias", HINT_QUOTE,
		    "a value cannot start with \"&\": anchors are not "
		    "supported");
		return -1;
	}
	if (tag != NULL &&
	    strncmp((const char *)tag, standard, sizeof(standard) - 1) != 0)
		diags_warning(p->diags, place_of_mark(p, event->start_mark),
		    "yaml-tag", HINT_QUOTE,
		    "\"%s\" is a tag to YAML and is left out",
		    (const char *)tag);
	return 0;
}

static int
on_scalar(struct parse *p, const yaml_event_t *event)
{
	struct yaml_node *node;

	if (check_marks(p, event, event->data.scalar.anchor,
		event->data.scalar.tag) < 0)
		return -1;
	node = node_new(p, YAML_SCALAR, event->start_mark);
	node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	node_set_text(p, node,
	    str_from((const char *)event->data.scalar.value,
		event->data.scalar.length));
	return attach(p, node);
}

static int
on_start(struct parse *p, const yaml_event_t *event, enum yaml_kind kind)
{
	struct yaml_node *node = node_new(p, kind, event->start_mark);

	if (p->depth == yaml_depth_max) {
		diags_error(p->diags, yaml_place(node, p->in->file),
		    "yaml-limit", "take a level out, or " HINT_QUOTE,
		    "lists and maps are nested deeper than %d", yaml_depth_max);
		return -1;
	}
	if (attach(p, node) < 0)
		return -1;
	p->stack[p->depth++] = (struct frame){.node = node};
	return 0;
}

static int
on_event(struct parse *p, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_DOCUMENT_START_EVENT:
	case YAML_DOCUMENT_END_EVENT:
		return 0;
	case YAML_ALIAS_EVENT:
		diags_error(p->diags, place_of_mark(p, event->start_mark),
		    "yaml-alias", HINT_QUOTE,
		    "a value cannot start with \"*\": aliases are not "
		    "supported");
		return -1;
	case YAML_SCALAR_EVENT:
		return on_scalar(p, event);
	case YAML_SEQUENCE_START_EVENT:
		if (check_marks(p, event, event->data.sequence_start.anchor,
			event->data.sequence_start.tag) < 0)
			return -1;
		return on_start(p, event, YAML_LIST);
	case YAML_MAPPING_START_EVENT:
		if (check_marks(p, event, event->data.mapping_start.anchor,
			event->data.mapping_start.tag) < 0)
			return -1;
		return on_start(p, event, YAML_MAP);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		p->depth--;
		return 0;
	}
	return 0;
}

static void
tell_fault(struct parse *p, const yaml_parser_t *parser)
{
	struct yaml_fault fault = {
	    .text = p->in->text,
	    .problem = parser->problem == NULL ? "" : parser->problem,
	    .context = parser->context == NULL ? "" : parser->context,
	};
	struct yaml_reason reason;

	assert(parser->error != YAML_MEMORY_ERROR);
	fault.context_at = cursor_seek(p, parser->context_mark.index)->at;
	fault.problem_at = cursor_seek(p, parser->problem_mark.index)->at;
	reason = yaml_explain(&fault);
	if (reason.what == NULL)
		diags_error(p->diags, place_of_byte(p, reason.at), SYNTAX,
		    "quote values with characters that mean something to YAML",
		    "not well-formed YAML (%s)", fault.problem);
	else
		diags_error(p->diags, place_of_byte(p, reason.at), SYNTAX,
		    reason.hint, "%s", reason.what);
}

static int
parse_events(struct parse *p, yaml_parser_t *parser)
{
	yaml_event_type_t type;
	yaml_event_t event;
	int result;

	do {
		if (!yaml_parser_parse(parser, &event)) {
			tell_fault(p, parser);
			return -1;
		}
		type = event.type;
		result = on_event(p, &event);
		if (result == 0 && ++p->events > events_max(p->in)) {
			diags_error(p->diags,
			    place_of_mark(p, event.start_mark), "yaml-limit",
			    "shorten it",
			    "the metadata has more than %zu values and marks",
			    events_max(p->in));
			result = -1;
		}
		yaml_event_delete(&event);
	} while (result == 0 && type != YAML_STREAM_END_EVENT);
	return result;
}

struct yaml_node *
yaml_parse(
    struct arena *arena, const struct yaml_input *input, struct diags *diags)
{
	struct parse p = {.in = input, .arena = arena, .diags = diags};
	yaml_parser_t parser;
	struct str text;
	int result;

	if (str_starts(input->text, mark_bytes))
		p.text_start = mark_bytes.n;
	cursor_reset(&p);
	if (check_text(&p) < 0)
		return NULL;
	cursor_reset(&p);
	text = text_to_parse(&p);
	result = yaml_parser_initialize(&parser);
	assert(result == 1);
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	if (text.n == 0) /* libyaml wants an address even for nothing */
		text = STR("");
	yaml_parser_set_input_string(
	    &parser, (const unsigned char *)text.p, text.n);
	result = parse_events(&p, &parser);
	yaml_parser_delete(&parser);
	if (result < 0)
		return NULL;
	if (p.top == NULL || (yaml_is_null(p.top) && p.top->text.n == 0)) {
		p.top = arena_alloc(arena, sizeof(*p.top));
		*p.top = (struct yaml_node){.kind = YAML_MAP,
		    .text = STR(""),
		    .key = STR(""),
		    .line = input->first_line,
		    .column = 1};
	}
	return p.top;
}
