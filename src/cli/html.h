#ifndef CLI_HTML_H
#define CLI_HTML_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

/*
 * What an HTML document says of an article: its facts, and its text as tidy
 * HTML. All of it lives in the arena that it was read into, as UTF-8.
 */
struct html {
	struct str title;
	struct str date;
	struct str updated;
	struct str summary;
	struct str category;
	struct str lang;
	struct str canonical;
	struct vec tags; /* struct str, each once */
	struct vec authors; /* struct str, each once */
	struct str content; /* the article without its title, and the lists
			       of related ones */
};

enum { html_size_max = 16 * 1024 * 1024 };

/* Read a document, or a part of one, in the encoding that it declares; UTF-8
 * where it is that, else windows-1252 where it declares none. The text is that
 * of its article, its main part or its body, without what surrounds an article
 * on a web page: navigation, headers, footers, asides, forms, scripts. -1 when
 * it is no HTML at all, or has no text. html_fini() is due in any case. */
int html_read(struct html *html, struct arena *arena, struct str text);
void html_fini(struct html *html);

#endif
