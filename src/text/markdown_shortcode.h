#ifndef TEXT_MARKDOWN_SHORTCODE_H
#define TEXT_MARKDOWN_SHORTCODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "text/markdown_reader.h"

enum { markdown_arguments_max = 24 };

enum markdown_syntax {
	MARKDOWN_HUGO, /* {{< name >}} and {{% name %}} */
	MARKDOWN_LIQUID, /* {% name %}; Jekyll, Hexo, Eleventy, Zola */
	MARKDOWN_OUTPUT, /* {{ expression }} */
	MARKDOWN_COMPONENT, /* <Name /> of JSX */
};

struct markdown_argument {
	struct str key; /* empty for one by its place */
	struct str value;
	bool is_quoted;
};

/* A shortcode or another tag of a template engine, taken apart. */
struct markdown_shortcode {
	enum markdown_syntax syntax;
	struct str name; /* without folder and ending; of an include the
			    included file's */
	struct str written; /* the name as it is written */
	bool is_end;
	bool is_empty; /* closes itself */
	bool lacks_close; /* not parsed: it goes on to where none is read */
	size_t length; /* of the whole tag */
	struct str words; /* all arguments, as they are written */
	struct markdown_argument arguments[markdown_arguments_max];
	size_t count;
};

/* Take the tag that s starts with apart. False when it starts with none, or
 * the tag has no close within the first 16 KiB. */
bool markdown_shortcode_parse(struct str s, struct markdown_shortcode *code);

/* The value of the first argument with one of the keys, which are separated by
 * spaces; empty without one. */
struct str markdown_shortcode_get(
    const struct markdown_shortcode *code, const char *keys);

/* Argument i of those without a key; empty without it. */
struct str markdown_shortcode_get_place(
    const struct markdown_shortcode *code, size_t i);

/* The first of these two that there is: one of keys, or place 0. */
struct str markdown_shortcode_get_or_first(
    const struct markdown_shortcode *code, const char *keys);

/* Part i of the arguments between commas, without what is around it in quotes;
 * empty without it. */
struct str markdown_shortcode_get_part(
    const struct markdown_shortcode *code, size_t i);

/* Where the end tag of code, which starts at r's place, starts in the body, and
 * its length. False without one. */
bool markdown_shortcode_find_end(struct markdown_reader *r,
    const struct markdown_shortcode *code, struct markdown_tag_end *end);

#endif
