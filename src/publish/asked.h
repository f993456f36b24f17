#ifndef PUBLISH_ASKED_H
#define PUBLISH_ASKED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "text/gemtext.h"

/*
 * Lines of an author's own index page that stand for a list. Only a text line
 * counts that is nothing but the mark, never preformatted text.
 */
enum asked {
#define ASKED(id, name, template) ASKED_##id,
#include "publish/asked.def"
#undef ASKED
	ASKED_COUNT,
};

/* Whether line is such a mark; *name gets what is in it. */
bool asked_is_mark(const struct gemtext_line *line, struct str *name);

/* The list of that name; ASKED_COUNT when there is none. */
enum asked asked_find(struct str name);

/* The lists that gemtext asks for: bit i stands for list i. */
uint32_t asked_find_all(struct str gemtext);

/* The name of a list, and of the template that shows it. */
struct str asked_name(enum asked asked);
struct str asked_template(enum asked asked);

#endif
