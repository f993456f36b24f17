#ifndef TEXT_TEMPLATE_H
#define TEXT_TEMPLATE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "text/value.h"

struct template;

/* How {{x}} puts a value into the page; {{{x}}} and {{&x}} put a block as it
 * is. */
enum template_escape {
	TEMPLATE_GEMTEXT, /* on one line, which no value at its start makes
			     another type; behind "=>" as one word of a URL */
	TEMPLATE_XML,
	TEMPLATE_HTML,
	TEMPLATE_NONE,
};

/* Where partials come from: the template of that name, or NULL. */
struct template_library {
	const struct template *(*find)(void *context, struct str name);
	void *context;
};

enum {
	template_size_max = 256 * 1024,
	template_depth_max = 32,
	template_output_max = 64 * 1024 * 1024, /* for the caller's buffer */
	template_frames_max = 256,
	template_steps_max = 64 * 1024 * 1024,
};

/* Parse Mustache text into a template that lives in arena and borrows text and
 * name.
 * The escape follows the ending of name: .gmi, .xml, .html, others none. NULL
 * with an error in diags, at name:line:col: a tag or section that is not
 * closed, the wrong one closed, delimiters that are none, sections nested
 * deeper than template_depth_max, more than template_size_max bytes, text that
 * is not UTF-8. Mustache specification, core: interpolation, sections,
 * inverted, partials, comments, delimiters; dotted names, standalone lines,
 * partial indentation. */
struct template *template_parse(
    struct arena *arena, struct str name, struct str text, struct diags *diags);

/* Add template filled with data to out. What data does not have and partials
 * that do not exist are empty; library may be NULL. The escape is that of
 * template in its partials too. -1 when partials nest deeper than
 * template_depth_max, they and sections together deeper than
 * template_frames_max, when it takes more than template_steps_max tags and
 * looks into contexts, or out is full. */
int template_render(const struct template *template, const struct value *data,
    const struct template_library *library, struct buf *out);

/* Tell each partial named in template and where it is named, for a check of a
 * library. */
void template_each_partial(const struct template *template,
    void (*tell)(void *context, struct str name, struct diag_place place),
    void *context);

#endif
