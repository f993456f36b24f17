/*
 * The body that is prepared for the Markdown parser, and what is written for
 * it. What the body's marks mean is for text/markdown_prepare.
 */
#include "text/markdown_reader.h"

#include "text/markdown_entity.h"

void
markdown_reader_init(struct markdown_reader *r,
    const struct markdown_options *options, struct markdown_source *source,
    struct diags *diags)
{
	*r = (struct markdown_reader){.options = options,
	    .diags = diags,
	    .source = source,
	    .is_at_start = true,
	    .notes = VEC_INIT(struct markdown_note),
	    .skipped = VEC_INIT(struct str),
	    .mentions = VEC_INIT(size_t)};
}

void
markdown_reader_fini(struct markdown_reader *r)
{
	vec_fini(&r->mentions);
	vec_fini(&r->skipped);
	map_fini(&r->note_index);
	vec_fini(&r->notes);
}

void
markdown_reader_start(struct markdown_reader *r, struct str text, unsigned line)
{
	r->body = text;
	r->at = 0;
	r->line_at = 0;
	r->line_end = 0;
	r->line = line;
	r->is_raw = false;
	r->end_count = 0;
	r->no_close_before = 0;
	r->paragraph_end = 0;
	r->missing_count = 0;
	r->mark_end = SIZE_MAX;
	r->stars_end = 0;
	r->drops_stars = false;
}

struct str
markdown_reader_rest(const struct markdown_reader *r)
{
	return str_from_index(r->body, r->at);
}

struct str
markdown_reader_line(struct markdown_reader *r)
{
	struct str line = markdown_reader_rest(r);

	if (r->line_end < r->at || r->line_end == 0) {
		ptrdiff_t end = str_find_char(line, '\n');

		r->line_end = end < 0 ? r->body.n : r->at + (size_t)end;
	}
	line = str_first(line, r->line_end - r->at);
	if (str_ends(line, STR("\r")))
		line.n--;
	return line;
}

void
markdown_reader_skip(struct markdown_reader *r, size_t n)
{
	for (; n > 0 && r->at < r->body.n; n--)
		if (r->body.p[r->at++] == '\n') {
			r->line++;
			r->line_at = r->at;
		}
}

ptrdiff_t
markdown_reader_find(struct markdown_reader *r, struct str close)
{
	ptrdiff_t at;

	for (size_t i = 0; i < r->missing_count; i++)
		if (str_eq(r->missing[i], close))
			return -1;
	at = str_find_str(markdown_reader_rest(r), close);
	if (at < 0 && r->missing_count < markdown_missing_max)
		r->missing[r->missing_count++] = close;
	return at;
}

/* Write what stands before each line of a box. */
static void
add_marks(struct markdown_reader *r)
{
	struct buf *out = &r->source->text;

	markdown_source_mark(r->source, r->line);
	r->is_at_start = false;
	if (r->box_count > 0)
		for (size_t i = 0; i < r->boxes[0].indent; i++)
			buf_add_char(out, ' ');
	for (size_t i = 0; i < r->box_count; i++)
		if (r->boxes[i].is_quoted)
			buf_add(out, STR("> "));
}

void
markdown_reader_add(struct markdown_reader *r, struct str text)
{
	while (text.n > 0) {
		ptrdiff_t end = str_find_char(text, '\n');
		size_t n = end < 0 ? text.n : (size_t)end + 1;

		if (r->is_at_start)
			add_marks(r);
		buf_add(&r->source->text, str_first(text, n));
		r->is_at_start = end >= 0;
		text = str_from_index(text, n);
	}
}

void
markdown_reader_copy(struct markdown_reader *r, size_t n)
{
	struct str rest = str_first(markdown_reader_rest(r), n);

	while (rest.n > 0) {
		ptrdiff_t end = str_find_char(rest, '\n');
		size_t length = end < 0 ? rest.n : (size_t)end + 1;

		markdown_reader_add(r, str_first(rest, length));
		markdown_reader_skip(r, length);
		rest = str_from_index(rest, length);
	}
}

/* The length of {% raw %} or {% endraw %} at the start of s, or 0. */
static size_t
raw_tag_length(struct str s)
{
	struct str inside;
	ptrdiff_t end;

	if (!str_starts(s, STR("{%")))
		return 0;
	end =
	    str_find_str(str_first(s, sizeof("{%-   endraw   -%}")), STR("%}"));
	if (end < 0)
		return 0;
	inside = str_from_index(str_first(s, (size_t)end), 2);
	if (str_starts(inside, STR("-")))
		inside = str_from_index(inside, 1);
	if (str_ends(inside, STR("-")))
		inside.n--;
	inside = str_trim(inside);
	if (!str_eq(inside, STR("raw")) && !str_eq(inside, STR("endraw")))
		return 0;
	return (size_t)end + 2;
}

/* What stands for a sign that hides a shortcode, at the start of s. */
static size_t
hidden_length(struct str s, struct str *instead)
{
	static const struct str hidden[][2] = {
	    {STR_INIT("{{</*"), STR_INIT("{{<")},
	    {STR_INIT("{{%/*"), STR_INIT("{{%")},
	    {STR_INIT("*/>}}"), STR_INIT(">}}")},
	    {STR_INIT("*/%}}"), STR_INIT("%}}")}};

	for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
		if (str_starts(s, hidden[i][0])) {
			*instead = hidden[i][1];
			return hidden[i][0].n;
		}
	*instead = STR("");
	return raw_tag_length(s);
}

void
markdown_reader_copy_code(struct markdown_reader *r, size_t n)
{
	size_t end = r->at + n;

	while (r->at < end) {
		struct str rest = str_first(r->body, end), instead;
		size_t plain = 0, hidden = 0;

		rest = str_from_index(rest, r->at);
		for (; plain < rest.n; plain++) {
			if (rest.p[plain] != '{' && rest.p[plain] != '*')
				continue;
			hidden = hidden_length(
			    str_from_index(rest, plain), &instead);
			if (hidden > 0)
				break;
		}
		markdown_reader_copy(r, plain);
		if (hidden == 0)
			continue;
		markdown_reader_add(r, instead);
		markdown_reader_skip(r, hidden);
	}
}

void
markdown_reader_add_value(struct markdown_reader *r, struct str text)
{
	text = str_trim(text);
	for (size_t i = 0; i < text.n; i++) {
		switch (text.p[i]) {
		case '&':
			markdown_reader_add(r,
			    markdown_entity_length(str_from_index(text, i)) > 0
				? STR("&")
				: STR("&amp;"));
			break;
		case '"':
			markdown_reader_add(r, STR("&quot;"));
			break;
		case '<':
			markdown_reader_add(r, STR("&lt;"));
			break;
		case '>':
			markdown_reader_add(r, STR("&gt;"));
			break;
		case '|':
			markdown_reader_add(r, STR("&#124;"));
			break;
		case '\n':
		case '\r':
			markdown_reader_add(r, STR(" "));
			break;
		default:
			markdown_reader_add(r, str_from(text.p + i, 1));
			break;
		}
	}
}

void
markdown_reader_break(struct markdown_reader *r)
{
	if (!r->is_at_start)
		markdown_reader_add(r, STR("\n"));
	if (r->source->text.n > 0)
		markdown_reader_add(r, STR("\n"));
}

bool
markdown_reader_is_line_start(const struct markdown_reader *r)
{
	return str_trim(str_from(r->body.p + r->line_at, r->at - r->line_at))
		   .n == 0;
}

struct diag_place
markdown_reader_place(const struct markdown_reader *r)
{
	return (struct diag_place){
	    r->options->file, r->line, (unsigned)(r->at - r->line_at) + 1};
}

void
markdown_reader_open_box(
    struct markdown_reader *r, const struct markdown_box *box, struct str title)
{
	if (r->box_count == markdown_boxes_max)
		return;
	markdown_reader_break(r);
	r->boxes[r->box_count++] = *box;
	if (title.n == 0)
		return;
	markdown_reader_add(r, title);
	markdown_reader_add(r, STR("  \n"));
}

void
markdown_reader_close_box(struct markdown_reader *r)
{
	struct str credit;

	if (r->box_count == 0)
		return;
	credit = r->boxes[r->box_count - 1].credit;
	if (credit.n > 0) {
		markdown_reader_break(r);
		markdown_reader_add(r, STR("\xe2\x80\x94 "));
		markdown_reader_add(r, credit);
	}
	if (!r->is_at_start)
		markdown_reader_add(r, STR("\n"));
	r->box_count--;
	markdown_reader_add(r, STR("\n"));
}

void
markdown_reader_add_url(struct markdown_reader *r, struct str url)
{
	for (size_t i = 0; i < url.n; i++) {
		struct buf one;

		buf_init(&one, sizeof("%00"));
		if (str_find_char(STR(" ()<>\"\\"), url.p[i]) >= 0)
			buf_addf(&one, "%%%02X", (unsigned char)url.p[i]);
		else
			buf_add_char(&one, url.p[i]);
		markdown_reader_add(r, buf_str(&one));
		buf_fini(&one);
	}
}

void
markdown_reader_add_attribute(
    struct markdown_reader *r, struct str name, struct str value)
{
	markdown_reader_add(r, STR(" "));
	markdown_reader_add(r, name);
	markdown_reader_add(r, STR("=\""));
	markdown_reader_add_value(r, value);
	markdown_reader_add(r, STR("\""));
}
