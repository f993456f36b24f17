/*
 * Templates filled with data, step by step on a stack of its own: no template
 * and no data make it recurse. Parsing is template_parse.c's.
 */
#include "text/template.h"

#include <string.h>

#include "text/gemtext.h"
#include "text/template_op.h"
#include "text/xml.h"

/* A section that is open, with the value that names are looked up in, or a
 * partial that is being filled, with what goes on behind it. */
struct frame {
	const struct template *caller; /* of a partial; NULL for a section */
	uint32_t op; /* of the section, or the caller's next */
	const struct value *value;
	const struct value_item *item; /* of a list */
	size_t indent_from;
	size_t indent_n;
};

/* Where in a line of gemtext the output stands. */
enum line_state {
	LINE_START,
	LINE_EQUALS, /* behind "=" */
	LINE_ARROW, /* behind "=>" and blanks */
	LINE_TARGET, /* in the URL behind it */
	LINE_TEXT,
};

struct render {
	enum template_escape escape; /* of the outermost template */
	const struct template *template;
	uint32_t op;
	const struct value *data;
	const struct template_library *library;
	struct buf *out;
	size_t line_seen; /* bytes of out that line is told by */
	enum line_state line;
	struct buf indent; /* of all open partials, from indent_from on of the
			      innermost that stand each in the next */
	size_t indent_from;
	size_t steps;
	size_t partials;
	size_t depth;
	struct frame frames[template_frames_max];
};

static enum line_state
line_step(enum line_state state, char c)
{
	bool blank = c == ' ' || c == '\t';

	if (c == '\n')
		return LINE_START;
	switch (state) {
	case LINE_START:
		return c == '=' ? LINE_EQUALS : LINE_TEXT;
	case LINE_EQUALS:
		return c == '>' ? LINE_ARROW : LINE_TEXT;
	case LINE_ARROW:
		return blank ? LINE_ARROW : LINE_TARGET;
	case LINE_TARGET:
		return blank ? LINE_TEXT : LINE_TARGET;
	case LINE_TEXT:
		break;
	}
	return LINE_TEXT;
}

/* Look at what was added since the last time. */
static enum line_state
line_state_now(struct render *r)
{
	struct str added = str_from_index(buf_str(r->out), r->line_seen);
	ptrdiff_t end = str_find_last_char(added, '\n');

	if (end >= 0) {
		r->line = LINE_START;
		added = str_from_index(added, (size_t)end + 1);
	}
	for (size_t i = 0; i < added.n && r->line != LINE_TEXT; i++)
		r->line = line_step(r->line, added.p[i]);
	r->line_seen = r->out->n;
	return r->line;
}

static void
add_gemtext(struct render *r, struct str text)
{
	switch (line_state_now(r)) {
	case LINE_START:
		gemtext_add_start(r->out, text);
		break;
	case LINE_ARROW:
	case LINE_TARGET:
		gemtext_add_url(r->out, str_trim(text));
		break;
	case LINE_EQUALS:
	case LINE_TEXT:
		gemtext_add_line_part(r->out, text);
		break;
	}
}

static void
add_value(struct render *r, const struct value *value)
{
	struct str text;

	if (value == NULL)
		return;
	text = value_get_text(value);
	switch (r->escape) {
	case TEMPLATE_GEMTEXT:
		add_gemtext(r, text);
		break;
	case TEMPLATE_XML:
	case TEMPLATE_HTML:
		xml_add_text(r->out, text);
		break;
	case TEMPLATE_NONE:
		buf_add(r->out, text);
		break;
	}
}

/* The value of the innermost context that has the name. */
static const struct value *
find_in_contexts(struct render *r, struct str name)
{
	const struct value *found;

	r->steps += r->depth;
	for (size_t i = r->depth; i > 0; i--) {
		if (r->frames[i - 1].value == NULL)
			continue;
		found = value_find(r->frames[i - 1].value, name);
		if (found != NULL)
			return found;
	}
	return value_find(r->data, name);
}

/* The innermost context: "." */
static const struct value *
context_now(const struct render *r)
{
	for (size_t i = r->depth; i > 0; i--)
		if (r->frames[i - 1].value != NULL)
			return r->frames[i - 1].value;
	return r->data;
}

/* Only the first part of a dotted name is looked for in all contexts. Mustache
 * specification, interpolation. */
static const struct value *
find(struct render *r, struct str name)
{
	const struct value *value;
	struct str part;
	bool more;

	if (str_eq(name, STR(".")))
		return context_now(r);
	more = str_cut(&name, '.', &part);
	value = find_in_contexts(r, part);
	while (more && value != NULL) {
		more = str_cut(&name, '.', &part);
		value = value_find(value, part);
	}
	return value;
}

static struct str
indent_now(const struct render *r)
{
	return str_from_index(buf_str(&r->indent), r->indent_from);
}

/* Add literal text, with the indent before each line but empty ones. */
static void
add_text(struct render *r, const struct template_op *op)
{
	struct str indent = indent_now(r), rest = op->text, line;
	bool starts_line = op->starts_line, more = true;

	if (indent.n == 0) {
		buf_add(r->out, op->text);
		return;
	}
	while (more && rest.n > 0) {
		more = str_cut(&rest, '\n', &line);
		if (starts_line && line.n > 0)
			buf_add(r->out, indent);
		buf_add(r->out, line);
		if (more)
			buf_add_char(r->out, '\n');
		starts_line = true;
	}
}

static int
push(struct render *r, struct frame frame)
{
	if (r->depth == template_frames_max)
		return -1;
	r->frames[r->depth++] = frame;
	return 0;
}

static int
open_section(struct render *r, const struct template_op *op)
{
	struct frame frame = {.op = r->op - 1};

	frame.value = find(r, op->text);
	if (!value_is_true(frame.value)) {
		r->op = op->other + 1;
		return 0;
	}
	if (value_get_kind(frame.value) == VALUE_LIST) {
		frame.item = value_first(frame.value);
		frame.value = value_of(frame.item);
	}
	return push(r, frame);
}

/* Again with the next item of a list, or go on. */
static void
close_section(struct render *r, const struct template_op *op)
{
	struct frame *frame;

	if (r->template->ops[op->other].kind == TEMPLATE_OP_INVERTED)
		return;
	frame = &r->frames[r->depth - 1];
	if (frame->item != NULL)
		frame->item = value_next(frame->item);
	if (frame->item == NULL) {
		r->depth--;
		return;
	}
	frame->value = value_of(frame->item);
	r->op = frame->op + 1;
}

static int
open_partial(struct render *r, const struct template_op *op)
{
	struct frame frame = {.caller = r->template,
	    .op = r->op,
	    .indent_from = r->indent_from,
	    .indent_n = r->indent.n};
	const struct template *partial = NULL;

	if (r->library != NULL)
		partial = r->library->find(r->library->context, op->text);
	if (partial == NULL)
		return 0;
	if (r->partials == template_depth_max || push(r, frame) < 0)
		return -1;
	r->partials++;
	if (op->alone)
		buf_add(&r->indent, op->indent);
	else
		r->indent_from = r->indent.n;
	r->template = partial;
	r->op = 0;
	return 0;
}

static void
close_partial(struct render *r)
{
	const struct frame *frame = &r->frames[--r->depth];

	r->template = frame->caller;
	r->op = frame->op;
	r->indent_from = frame->indent_from;
	buf_truncate(&r->indent, frame->indent_n);
	r->partials--;
}

static int
run_op(struct render *r, const struct template_op *op)
{
	const struct value *value;

	if (op->starts_line && op->kind != TEMPLATE_OP_TEXT)
		buf_add(r->out, indent_now(r));
	switch (op->kind) {
	case TEMPLATE_OP_TEXT:
		add_text(r, op);
		return 0;
	case TEMPLATE_OP_VALUE:
		add_value(r, find(r, op->text));
		return 0;
	case TEMPLATE_OP_RAW:
		value = find(r, op->text);
		if (value != NULL)
			buf_add(r->out, value_get_text(value));
		return 0;
	case TEMPLATE_OP_SECTION:
		return open_section(r, op);
	case TEMPLATE_OP_INVERTED:
		if (value_is_true(find(r, op->text)))
			r->op = op->other + 1;
		return 0;
	case TEMPLATE_OP_END:
		close_section(r, op);
		return 0;
	case TEMPLATE_OP_PARTIAL:
		return open_partial(r, op);
	}
	return 0;
}

static int
run(struct render *r)
{
	for (;;) {
		if (r->out->full || r->indent.full ||
		    ++r->steps > template_steps_max)
			return -1;
		if (r->op < r->template->count) {
			if (run_op(r, &r->template->ops[r->op++]) < 0)
				return -1;
			continue;
		}
		if (r->depth == 0)
			return 0;
		close_partial(r);
	}
}

int
template_render(const struct template *template, const struct value *data,
    const struct template_library *library, struct buf *out)
{
	struct render r = {
	    .escape = template->escape,
	    .template = template,
	    .data = data,
	    .library = library,
	    .out = out,
	};
	int result;

	buf_init(&r.indent, template_size_max);
	result = run(&r);
	buf_fini(&r.indent);
	return result;
}
