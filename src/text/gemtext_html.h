#ifndef TEXT_GEMTEXT_HTML_H
#define TEXT_GEMTEXT_HTML_H

#include "base/buf.h"
#include "base/str.h"

/* What becomes of a link line. */
enum gemtext_html_link {
	GEMTEXT_HTML_LINK, /* an address to follow */
	GEMTEXT_HTML_IMAGE, /* an image to show in its place */
	GEMTEXT_HTML_TEXT, /* its label and its address, to read only */
	GEMTEXT_HTML_NOTHING, /* the line is left out */
};

struct gemtext_html {
	/* Add the address that url means to href; it is escaped later. Nothing
	 * else makes an address, so what is safe to follow is decided here. */
	enum gemtext_html_link (*resolve)(
	    void *context, struct str url, struct buf *href);
	void *context;
	struct str image_word; /* the label of an image without another */
	struct str title; /* the heading of a text that does not start its
			     headings with one of level 1 */
};

/* Add text as HTML, for inside of an element that holds blocks: one h1, other
 * headings below it without a gap; lines without a blank one between them one
 * paragraph; lists, nested by "– " behind the mark; numbered lines in sequence
 * an ordered list; quotes; runs of links a list of class "links"; preformatted
 * text in pre, with its alt text as caption. A date at the start of a line or
 * of a label becomes a time element. Each block finds its own direction of
 * writing. All that the text says is escaped. Linear in the size of text. */
void gemtext_add_html(
    const struct gemtext_html *options, struct str text, struct buf *out);

#endif
