/*
 * HTML alone as gemtext, in the way of the HTML inside of Markdown. Finding
 * the part of a document that is worth it is the caller's.
 */
#include "base/map.h"
#include "text/markdown.h"
#include "text/markdown_html.h"
#include "text/markdown_page.h"

enum { names_max = 10000 };

/* Note the name of each end tag: those elements are meant as such. */
static void
find_closed(struct str html, struct map *closed)
{
	ptrdiff_t at;
	size_t n;

	while ((at = str_find_str(html, STR("</"))) >= 0) {
		html = str_from_index(html, (size_t)at + 2);
		n = 0;
		while (n < html.n && ascii_is_alnum(html.p[n]))
			n++;
		if (n > 0 && map_count(closed) < names_max)
			map_put(closed, str_first(html, n), closed);
	}
}

int
markdown_render_html(const struct markdown_options *options, struct str html,
    struct buf *out, struct diags *diags)
{
	struct diag_place place = {options->file, options->first_line, 0};
	struct markdown_page page;
	struct markdown_html reader;
	struct map closed = {0};
	struct buf text;

	buf_init(&text, html.n * markdown_growth_max + markdown_growth_extra);
	find_closed(html, &closed);
	markdown_page_init(&page, options, &text, diags);
	markdown_html_init(&reader, &page, &closed);
	markdown_html_add(&reader, html);
	markdown_page_finish(&page);
	if (!text.full)
		buf_add(out, buf_str(&text));
	markdown_html_fini(&reader);
	markdown_page_fini(&page);
	map_fini(&closed);
	if (!text.full && !out->full) {
		buf_fini(&text);
		return 0;
	}
	buf_fini(&text);
	diags_error(diags, place, "too-large", "make the text shorter",
	    "the text grows beyond what a page may have");
	return -1;
}
