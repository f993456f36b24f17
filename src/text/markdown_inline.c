/*
 * The text of one block of Markdown: runs of text, links, images and code
 * become plain text and a list of links. How both are written on a page is for
 * text/markdown_page.
 */
#include "text/markdown_inline.h"

#include "base/utf8.h"
#include "text/markdown_bare.h"
#include "text/markdown_target.h"

enum {
	url_max = 4096, /* longer ones are no links; bounds what copies cost */
	late_alt_max = 60, /* longer texts of images would tear a sentence */
	script_max = 24,
	utf8_length_max = 4,
};

void
markdown_inline_init(struct markdown_inline *in, size_t text_max)
{
	*in = (struct markdown_inline){.spans = VEC_INIT(struct markdown_span)};
	markdown_run_init(&in->run, text_max);
	markdown_run_init(&in->alt, text_max);
	markdown_links_init(&in->links);
	buf_init(&in->link_url, url_max);
	buf_init(&in->image_url, url_max);
	buf_init(&in->late_alt, late_alt_max);
}

void
markdown_inline_fini(struct markdown_inline *in)
{
	buf_fini(&in->late_alt);
	buf_fini(&in->image_url);
	buf_fini(&in->link_url);
	markdown_links_fini(&in->links);
	markdown_run_fini(&in->alt);
	markdown_run_fini(&in->run);
	vec_fini(&in->spans);
}

void
markdown_inline_clear(struct markdown_inline *in)
{
	markdown_run_clear(&in->run);
	markdown_links_clear(&in->links);
	vec_clear(&in->spans);
	buf_clear(&in->late_alt);
	in->late_space = false;
	in->link_start = 0;
	in->link_image = STR("");
	in->line_start = 0;
	in->code_start = 0;
	in->script_start = 0;
}

/* The text of an image within a line, which waited for more of that line. */
static void
add_late_alt(struct markdown_inline *in)
{
	bool space = in->late_space;

	in->late_space = false;
	markdown_run_add(&in->run, buf_str(&in->late_alt));
	if (space)
		markdown_run_add(&in->run, STR(" "));
	buf_clear(&in->late_alt);
}

static void
drop_late_alt(struct markdown_inline *in)
{
	buf_clear(&in->late_alt);
	in->late_space = false;
}

void
markdown_inline_add(struct markdown_inline *in, struct str text)
{
	ptrdiff_t line_end;

	if (in->image_depth > 0) {
		markdown_run_add(&in->alt, text);
		return;
	}
	if (in->late_alt.n > 0 && text.n > 0) {
		if (text.p[0] == '\n')
			drop_late_alt(in);
		else if (str_trim(text).n > 0)
			add_late_alt(in);
		else
			in->late_space = true;
	}
	markdown_run_add(&in->run, text);
	line_end = str_find_last_char(text, '\n');
	if (line_end >= 0 &&
	    str_trim(str_from_index(text, (size_t)line_end)).n == 0)
		in->line_start = in->run.text.n;
}

void
markdown_inline_add_break(struct markdown_inline *in)
{
	if (in->image_depth > 0) {
		markdown_run_add(&in->alt, STR(" "));
		return;
	}
	drop_late_alt(in);
	markdown_run_break(&in->run);
	in->line_start = in->run.text.n;
}

static struct str
text_from(const struct markdown_inline *in, size_t start)
{
	return str_trim(str_from_index(buf_str(&in->run.text), start));
}

static void
add_span(struct markdown_inline *in, size_t start, struct str url)
{
	struct markdown_span *span = vec_add(&in->spans);

	*span = (struct markdown_span){start, in->run.text.n, url};
}

void
markdown_inline_open_code(struct markdown_inline *in)
{
	if (in->image_depth > 0 || in->in_code)
		return;
	markdown_inline_add(in, STR("`"));
	in->code_start = in->run.text.n;
	in->in_code = true;
}

void
markdown_inline_close_code(struct markdown_inline *in)
{
	struct str code;
	struct buf copy;

	if (in->image_depth > 0 || !in->in_code)
		return;
	in->in_code = false;
	code = str_from_index(buf_str(&in->run.text), in->code_start);
	if (code.n > 0 && str_find_char(code, '`') < 0) {
		markdown_inline_add(in, STR("`"));
		add_span(in, in->code_start, STR(""));
		return;
	}
	if (in->run.text.n < in->code_start || in->code_start == 0)
		return;
	buf_init(&copy, code.n);
	buf_add(&copy, code);
	markdown_run_replace(&in->run, in->code_start - 1, buf_str(&copy));
	buf_fini(&copy);
	add_span(in, in->code_start - 1, STR(""));
}

void
markdown_inline_open_link(struct markdown_inline *in, struct str url)
{
	markdown_inline_close_link(in);
	buf_clear(&in->link_url);
	buf_add(&in->link_url, url);
	if (in->late_alt.n > 0)
		add_late_alt(in);
	in->in_link = true;
	in->link_start = in->run.text.n;
	in->link_image = STR("");
}

/* label without the comma of its sentence, "[Windows,](...) or". */
static struct str
without_comma(struct str label)
{
	struct str rest = label;

	while (rest.n > 0 && str_find_char(STR(",; "), rest.p[rest.n - 1]) >= 0)
		rest.n--;
	return rest.n > 0 ? rest : label;
}

/* The label of the link that is open; empty where it would only say the URL
 * once more. */
static struct str
link_label(const struct markdown_inline *in)
{
	struct str label = text_from(in, in->link_start);

	if (label.n == 0)
		label = in->link_image;
	if (str_eq(label, buf_str(&in->link_url)))
		return STR("");
	return without_comma(label);
}

static void
add_link_at(struct markdown_inline *in, struct markdown_link link)
{
	link.start = in->run.text.n;
	markdown_links_add(&in->links, &link);
}

/* Drop the sign by which people get the address of a heading. */
static void
drop_anchor(struct markdown_inline *in)
{
	static const struct str signs[] = {STR_INIT("\xc2\xb6"),
	    STR_INIT("\xc2\xa7"), STR_INIT("#"), STR_INIT("\xf0\x9f\x94\x97")};
	struct str text = text_from(in, in->link_start);

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (str_eq(text, signs[i])) {
			markdown_run_replace(&in->run, in->link_start, STR(""));
			return;
		}
}

void
markdown_inline_close_link(struct markdown_inline *in)
{
	struct str url = buf_str(&in->link_url), text;
	struct markdown_link link = {.url = url};
	size_t start;

	if (!in->in_link)
		return;
	in->in_link = false;
	if (url.n == 0) {
		drop_anchor(in);
		return;
	}
	link.label = link_label(in);
	text = text_from(in, in->link_start);
	start =
	    text.n == 0 ? in->run.text.n : (size_t)(text.p - in->run.text.p);
	link.start = start;
	url = markdown_links_add_named(&in->links, &link)->url;
	if (text.n > 0)
		add_span(in, start, url);
}

void
markdown_inline_add_link(
    struct markdown_inline *in, struct str url, struct str label)
{
	if (url.n > 0 && url.n <= url_max)
		add_link_at(
		    in, (struct markdown_link){.url = url, .label = label});
	else
		markdown_inline_add(in, label);
}

void
markdown_inline_open_image(struct markdown_inline *in, struct str url)
{
	if (in->image_depth++ > 0)
		return;
	buf_clear(&in->image_url);
	buf_add(&in->image_url, url);
	markdown_run_clear(&in->alt);
}

/* text without the size that Obsidian has at its end, "A cat|100x150". */
static struct str
without_size(struct str text)
{
	ptrdiff_t bar = str_find_last_char(text, '|');

	if (bar < 0 || (size_t)bar + 1 == text.n)
		return text;
	if (!ascii_is_digit(text.p[bar + 1]))
		return text;
	for (size_t i = (size_t)bar + 1; i < text.n; i++)
		if (!ascii_is_digit(text.p[i]) && text.p[i] != 'x')
			return text;
	return str_trim(str_first(text, (size_t)bar));
}

void
markdown_inline_close_image(struct markdown_inline *in, struct str fallback)
{
	struct markdown_link link = {.is_image = true};
	struct markdown_link *added;

	if (in->image_depth == 0 || --in->image_depth > 0)
		return;
	link.url = buf_str(&in->image_url);
	link.label = without_size(str_trim(buf_str(&in->alt.text)));
	if (markdown_is_file_name(link.label, link.url))
		link.label = fallback;
	link.is_image = !markdown_is_no_image(link.url);
	if (link.url.n == 0) {
		markdown_inline_add(in, link.label);
		return;
	}
	drop_late_alt(in);
	if (in->run.text.n > in->line_start)
		buf_add(&in->late_alt, link.label);
	if (link.label.n == 0 && link.is_image)
		link.label = fallback;
	link.start = in->run.text.n;
	added = markdown_links_add(&in->links, &link);
	in->link_image = added->label;
}

void
markdown_inline_open_script(struct markdown_inline *in)
{
	in->script_start = in->run.text.n;
}

/* Add the raised or lowered form of c; false when Unicode has none. */
static bool
add_script(struct buf *out, char c, enum markdown_script script)
{
	static const char *const raised[] = {"\xe2\x81\xb0", "\xc2\xb9",
	    "\xc2\xb2", "\xc2\xb3", "\xe2\x81\xb4", "\xe2\x81\xb5",
	    "\xe2\x81\xb6", "\xe2\x81\xb7", "\xe2\x81\xb8", "\xe2\x81\xb9",
	    "\xe2\x81\xba", "\xe2\x81\xbb"};
	static const char *const lowered[] = {"\xe2\x82\x80", "\xe2\x82\x81",
	    "\xe2\x82\x82", "\xe2\x82\x83", "\xe2\x82\x84", "\xe2\x82\x85",
	    "\xe2\x82\x86", "\xe2\x82\x87", "\xe2\x82\x88", "\xe2\x82\x89",
	    "\xe2\x82\x8a", "\xe2\x82\x8b"};
	ptrdiff_t at = str_find_char(STR("0123456789+-"), c);

	if (at < 0)
		return false;
	buf_add(out,
	    str_from_c(
		script == MARKDOWN_SUPERSCRIPT ? raised[at] : lowered[at]));
	return true;
}

void
markdown_inline_close_script(
    struct markdown_inline *in, enum markdown_script script)
{
	struct str text = text_from(in, in->script_start);
	struct buf changed;
	bool all = true;

	if (text.n == 0 || text.n > script_max || in->image_depth > 0)
		return;
	buf_init(&changed, script_max * utf8_length_max);
	for (size_t i = 0; i < text.n && all; i++)
		all = add_script(&changed, text.p[i], script);
	if (all)
		markdown_run_replace(&in->run,
		    (size_t)(text.p - in->run.text.p), buf_str(&changed));
	buf_fini(&changed);
}

static int
compare_spans(const void *a, const void *b)
{
	const struct markdown_span *one = a, *other = b;

	return one->start < other->start ? -1 : one->start > other->start;
}

static int
compare_links(const void *a, const void *b)
{
	const struct markdown_link *one = a, *other = b;

	return one->start < other->start ? -1 : one->start > other->start;
}

/* Make the bare URLs of the text between start and end links. */
static void
link_bare_urls(struct markdown_inline *in, size_t start, size_t end)
{
	struct str text = str_first(buf_str(&in->run.text), end), url;

	while (markdown_find_bare_url(text, start, &url)) {
		size_t at = (size_t)(url.p - text.p);
		struct markdown_span *span;
		struct markdown_link link = {.url = url, .start = at};

		start = at + url.n;
		if (url.n > url_max)
			continue;
		span = vec_add(&in->spans);
		span->start = at;
		span->end = start;
		span->url = markdown_links_add(&in->links, &link)->url;
	}
}

/* Look for bare URLs between the spans, which are in the order of start. */
static void
link_gaps(struct markdown_inline *in)
{
	size_t count = in->spans.n, start = 0;

	vec_sort(&in->spans, compare_spans);
	for (size_t i = 0; i < count; i++) {
		struct markdown_span span =
		    *(struct markdown_span *)vec_get(&in->spans, i);

		if (span.start > start)
			link_bare_urls(in, start, span.start);
		if (span.end > start)
			start = span.end;
	}
	link_bare_urls(in, start, in->run.text.n);
	vec_sort(&in->spans, compare_spans);
}

void
markdown_inline_finish(struct markdown_inline *in)
{
	bool goes_on;

	markdown_inline_close_code(in);
	if (in->image_depth > 0) {
		in->image_depth = 1;
		markdown_inline_close_image(in, STR(""));
	}
	goes_on = in->in_link && text_from(in, in->link_start).n == 0 &&
	    in->link_image.n == 0;
	if (!goes_on)
		markdown_inline_close_link(in);
	while (in->run.text.n > 0 && in->run.text.p[in->run.text.n - 1] == '\n')
		buf_truncate(&in->run.text, in->run.text.n - 1);
	link_gaps(in);
	vec_sort(&in->links.list, compare_links);
}

struct str
markdown_inline_get_text(const struct markdown_inline *in)
{
	return buf_str(&in->run.text);
}

/* Whether text has only signs that stand between links. */
static bool
is_separator(struct str text)
{
	static const struct str signs[] = {STR_INIT("\xc2\xb7"),
	    STR_INIT("\xe2\x80\xa2"), STR_INIT("\xe2\x80\x93"),
	    STR_INIT("\xe2\x80\x94"), STR_INIT("\xe3\x80\x81"),
	    STR_INIT("\xe3\x80\x82"), STR_INIT("\xc2\xa0")};

	while (text.n > 0) {
		size_t n = 0;

		if (str_find_char(STR(" \n|,;.:/()[]-*&"), text.p[0]) >= 0)
			n = 1;
		for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
			if (str_starts(text, signs[i]))
				n = signs[i].n;
		if (n == 0)
			return false;
		text = str_from_index(text, n);
	}
	return true;
}

bool
markdown_inline_is_only_links(const struct markdown_inline *in)
{
	struct str text = buf_str(&in->run.text);
	size_t start = 0;

	if (in->links.list.n == 0)
		return false;
	VEC_EACH (struct markdown_span, span, &in->spans) {
		if (span->url.n == 0)
			continue;
		if (span->start > start &&
		    !is_separator(
			str_from(text.p + start, span->start - start)))
			return false;
		if (span->end > start)
			start = span->end;
	}
	return is_separator(str_from_index(text, start));
}
