#ifndef TEXT_MARKDOWN_H
#define TEXT_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"

/* Where the link lines of a text stand: after each block, at its end, at its
 * end with numbered marks in the text, or nowhere. */
enum markdown_links {
	MARKDOWN_LINKS_AFTER,
	MARKDOWN_LINKS_END,
	MARKDOWN_LINKS_FOOTNOTE,
	MARKDOWN_LINKS_OFF,
};

/* What a target was written as, and so how it is to be looked up. */
enum markdown_target {
	MARKDOWN_TARGET_LINK, /* a URL reference, "other.md#part" too */
	MARKDOWN_TARGET_IMAGE, /* the same, of an image or another medium */
	MARKDOWN_TARGET_REF, /* Hugo's ref, relref; Jekyll's link; Zola's
				"@/x.md", which comes as "/x.md" */
	MARKDOWN_TARGET_POST, /* Jekyll's post_url: 2026-11-24-name */
	MARKDOWN_TARGET_WIKI, /* [[name]] or [[folder/name]], without #part */
	MARKDOWN_TARGET_EMBED, /* ![[name]]: an image, or another page */
};

struct markdown_options {
	enum markdown_links links;
	struct str file; /* for messages */
	unsigned first_line; /* the line of the body's first byte, from 1 */
	struct str image_word; /* marks images; empty: "image" */
	bool check; /* warn also of what only `check` wants to hear of: an
		       image without a text */

	/* Add the URL that a target means to out, as it is to stand in a link
	 * line; percent-encoding is done later. False, with nothing added:
	 * there is no such thing; the text then stays without a link, with a
	 * warning. NULL: links and images are as written, the rest is not
	 * resolved. */
	bool (*resolve)(void *context, enum markdown_target kind,
	    struct str target, struct buf *out);
	void *context;

	/* Told of each target that becomes a URL: the line where it is, or
	 * where its block begins, as it was written, and the URL. NULL: nobody
	 * asks. */
	void (*on_link)(
	    void *context, unsigned line, struct str target, struct str url);
	void *link_context;
};

/* The body is rendered to at most this many times its size, and this much
 * more. capsule.md, Gemtext out. */
enum {
	markdown_growth_max = 8,
	markdown_growth_extra = 64 * 1024,
};

/* Render a Markdown body (CommonMark with tables, strikethrough, task lists,
 * footnotes, wiki links, callouts, and the shortcodes of Hugo, Jekyll, Zola,
 * Eleventy, Hexo, MkDocs, Docusaurus and Obsidian) as gemtext, added to out,
 * which always ends with a line end and never inside of preformatted text.
 * Ill-formed UTF-8 becomes U+FFFD. Time is linear in the size of body. Unknown
 * shortcodes ("unknown-shortcode") and targets that cannot be resolved
 * ("unresolved-link") are warnings in diags. -1 with an error in diags, and
 * nothing added, when the result were too large. capsule.md, Gemtext out. */
int markdown_render(const struct markdown_options *options, struct str body,
    struct buf *out, struct diags *diags);

/* The same for HTML without Markdown around it: a whole element or a row of
 * them, as a parser of HTML writes them. */
int markdown_render_html(const struct markdown_options *options,
    struct str html, struct buf *out, struct diags *diags);

#endif
