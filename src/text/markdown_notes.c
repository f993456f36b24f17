/*
 * Footnotes: taken out of the text, and put at its end in the order in which
 * they are mentioned.
 */
#include "text/markdown_notes.h"

#include "text/markdown_lines.h"

enum {
	label_max = 200,
	inline_max = 1024,
	depth_max = 16,
	indent_min = 2, /* of the lines behind a blank one */
};

/* The length of "[^label]" at the start of s, or 0. */
static size_t
mention_length(struct str s, struct str *label)
{
	size_t n = 2;

	if (!str_starts(s, STR("[^")))
		return 0;
	while (
	    n < s.n && n < label_max && str_find_char(STR("]\n["), s.p[n]) < 0)
		n++;
	*label = str_from(s.p + 2, n - 2);
	return n > 2 && n < s.n && s.p[n] == ']' ? n + 1 : 0;
}

/* The length of "[^label]:" with its indent at the start of a line, or 0. */
static size_t
definition_length(struct str line, struct str *label)
{
	size_t indent = 0, n;

	while (indent < line.n && line.p[indent] == ' ')
		indent++;
	n = mention_length(str_from_index(line, indent), label);
	if (n == 0 || indent > 3 || indent + n >= line.n ||
	    line.p[indent + n] != ':')
		return 0;
	return indent + n + 1;
}

/* Whether a definition goes on with line: it is not blank behind text, or it is
 * indented, or blank. */
static bool
goes_on(struct str line, bool behind_blank)
{
	struct str label;

	if (markdown_line_is_blank(line))
		return true;
	if (definition_length(line, &label) > 0)
		return false;
	if (markdown_line_indent(line) >= indent_min)
		return true;
	return !behind_blank && !markdown_line_starts_block(line);
}

/* The length of the lines that belong to a definition, from its first one. */
static size_t
definition_size(struct str s)
{
	struct str rest = s, line = {"", 0};
	size_t size;
	bool behind_blank = false;

	str_next_line(&rest, &line);
	size = s.n - rest.n;
	while (str_next_line(&rest, &line) && goes_on(line, behind_blank)) {
		behind_blank = markdown_line_is_blank(line);
		if (!behind_blank)
			size = s.n - rest.n;
	}
	return size;
}

static void
add_note(struct markdown_reader *r, const struct markdown_note *note)
{
	if (map_find(&r->note_index, note->label) != NULL)
		return;
	*(struct markdown_note *)vec_add(&r->notes) = *note;
	map_put(&r->note_index, note->label, (void *)(uintptr_t)r->notes.n);
}

void
markdown_notes_collect(struct markdown_reader *r)
{
	struct markdown_fence fence = {.length = 0};
	struct str rest = r->body, line;
	unsigned number = r->line;

	for (;; number++) {
		struct str before = rest, label;
		size_t start, size;

		if (!str_next_line(&rest, &line))
			return;
		if (markdown_fence_read(&fence, line))
			continue;
		start = definition_length(line, &label);
		if (start == 0)
			continue;
		size = definition_size(before);
		add_note(r,
		    &(struct markdown_note){.label = label,
			.line = number,
			.text = str_from(before.p + start, size - start)});
		*(struct str *)vec_add(&r->skipped) = str_first(before, size);
		rest = str_from_index(before, size);
		for (size_t i = 0; i + 1 < size; i++)
			number += before.p[i] == '\n';
	}
}

bool
markdown_notes_skip(struct markdown_reader *r)
{
	struct str *next;

	if (r->next_skipped == r->skipped.n)
		return false;
	next = vec_get(&r->skipped, r->next_skipped);
	if (next->p != r->body.p + r->at)
		return false;
	markdown_reader_skip(r, next->n);
	r->next_skipped++;
	return true;
}

static void
mention(struct markdown_reader *r, size_t index)
{
	struct markdown_note *note = vec_get(&r->notes, index);
	struct buf tag;

	if (note->id == 0) {
		*(size_t *)vec_add(&r->mentions) = index;
		note->id = (unsigned)r->mentions.n;
	}
	buf_init(&tag, label_max);
	buf_addf(&tag, "<x-note id=\"%u\">", note->id);
	markdown_reader_add(r, buf_str(&tag));
	buf_fini(&tag);
}

/* The length of "^[text]" at the start of s, or 0. */
static size_t
inline_length(struct str s)
{
	size_t depth = 0;

	for (size_t i = 1; i < s.n && i < inline_max; i++) {
		if (s.p[i] == '\n' && i + 1 < s.n && s.p[i + 1] == '\n')
			return 0;
		if (s.p[i] == '[' && ++depth > depth_max)
			return 0;
		if (s.p[i] == ']' && --depth == 0)
			return i + 1;
	}
	return 0;
}

bool
markdown_notes_read_mention(struct markdown_reader *r)
{
	struct str rest = markdown_reader_rest(r), label;
	size_t n;

	if (str_starts(rest, STR("^["))) {
		n = inline_length(rest);
		if (n == 0)
			return false;
		label = str_first(rest, n);
		add_note(r,
		    &(struct markdown_note){.label = label,
			.line = r->line,
			.text = str_from(label.p + 2, n - 2 - 1)});
	} else {
		n = mention_length(rest, &label);
		if (n == 0 || map_find(&r->note_index, label) == NULL)
			return false;
	}
	mention(r, (uintptr_t)map_find(&r->note_index, label) - 1);
	markdown_reader_skip(r, n);
	return true;
}

/* Notes that are not mentioned follow those that are. */
static void
mention_rest(struct markdown_reader *r)
{
	for (size_t i = 0; i < r->notes.n; i++) {
		struct markdown_note *note = vec_get(&r->notes, i);

		if (note->id > 0)
			continue;
		*(size_t *)vec_add(&r->mentions) = i;
		note->id = (unsigned)r->mentions.n;
		return;
	}
}

bool
markdown_notes_start(struct markdown_reader *r, size_t next)
{
	struct markdown_note note;
	struct buf tag;

	if (next == r->mentions.n)
		mention_rest(r);
	if (next == r->mentions.n)
		return false;
	note = *(struct markdown_note *)vec_get(
	    &r->notes, *(size_t *)vec_get(&r->mentions, next));
	markdown_reader_break(r);
	buf_init(&tag, label_max);
	buf_addf(&tag, "<x-note-text id=\"%u\">\n\n", note.id);
	markdown_reader_add(r, buf_str(&tag));
	buf_fini(&tag);
	markdown_reader_start(r, note.text, note.line);
	return true;
}

void
markdown_notes_end(struct markdown_reader *r)
{
	markdown_reader_break(r);
	markdown_reader_add(r, STR("</x-note-text>\n\n"));
}
