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
	TEMPLATE_GEMTEXT, /* on one line that cannot become another type */
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
	template_output_max = 64 * 1024 * 1024,
};

/* Parse Mustache text into a template that lives in arena and borrows text.
 * The escape follows the ending of name: .gmi, .xml, .html, others none. NULL
 * with errors in diags, at name:line:col. Mustache specification, core:
 * interpolation, sections, inverted, partials, comments, delimiters; dotted
 * names, standalone lines, partial indentation. */
struct template *template_parse(
    struct arena *arena, struct str name, struct str text, struct diags *diags);

/* Add template filled with data to out. Partials that do not exist are empty.
 * -1 when partials nest deeper than template_depth_max or out is full. */
int template_render(const struct template *template, const struct value *data,
    const struct template_library *library, struct buf *out);

/* Tell each partial named in template, for a check of a library. */
void template_each_partial(const struct template *template,
    void (*tell)(void *context, struct str name), void *context);

#endif
