/*
 * HTML inside of Markdown: what its elements mean on a page of gemtext. It is
 * no HTML parser: what is not closed is closed by what comes next.
 */
#include "text/markdown_html.h"

#include <stdlib.h>

#include "text/markdown_entity.h"
#include "text/markdown_tag.h"
#include "text/markdown_target.h"
#include "text/markdown_write.h"

enum {
	name_max = 32,
	value_max = 64 * 1024,
	number_max = 999999999,
	failures_max = 64, /* tags without an end, each looked for once */
};

void
markdown_html_init(struct markdown_html *h, struct markdown_page *page,
    const struct map *closed)
{
	*h = (struct markdown_html){.page = page, .closed = closed};
	buf_init(&h->skipped, name_max);
	buf_init(&h->value, value_max);
}

void
markdown_html_fini(struct markdown_html *h)
{
	buf_fini(&h->value);
	buf_fini(&h->skipped);
}

bool
markdown_html_is_skipping(const struct markdown_html *h)
{
	return h->skipped.n > 0 || h->in_media;
}

void
markdown_html_end_block(struct markdown_html *h)
{
	buf_clear(&h->skipped);
	h->in_media = false;
}

/* The decoded value of an attribute, in h->value; empty without it. */
static struct str
get_value(
    struct markdown_html *h, const struct markdown_tag *tag, struct str name)
{
	struct str raw;

	markdown_tag_find(tag, name, &raw);
	buf_clear(&h->value);
	markdown_add_decoded(&h->value, raw);
	return str_trim(buf_str(&h->value));
}

/* The language of a block of code, as its classes say. */
static struct str
get_language(struct markdown_html *h, const struct markdown_tag *tag)
{
	static const struct str prefixes[] = {STR_INIT("language-"),
	    STR_INIT("lang-"), STR_INIT("highlight-source-"),
	    STR_INIT("brush: ")};
	struct str class = get_value(h, tag, STR("class")), language;

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		ptrdiff_t at = str_find_str(class, prefixes[i]);

		if (at < 0)
			continue;
		class = str_from_index(class, (size_t)at + prefixes[i].n);
		str_cut(&class, ' ', &language);
		return language;
	}
	return get_value(h, tag, STR("lang"));
}

static void
add_frame(struct markdown_html *h, const struct markdown_tag *tag,
    struct str attribute)
{
	struct markdown_page *page = h->page;
	struct str target = get_value(h, tag, attribute);
	struct markdown_reference reference = {
	    MARKDOWN_TARGET_IMAGE, target, page->line};

	if (target.n == 0)
		return;
	markdown_resolve(page->options, &reference, &page->url, page->diags);
	if (page->url.n == 0)
		return;
	markdown_inline_add_link(
	    &page->in, buf_str(&page->url), get_value(h, tag, STR("title")));
	h->has_source = true;
}

/* Whether a picture is there to count readers. */
static bool
is_pixel(const struct markdown_tag *tag)
{
	return markdown_tag_has(tag, STR("width"), STR("1")) &&
	    markdown_tag_has(tag, STR("height"), STR("1"));
}

static void
add_image(struct markdown_html *h, const struct markdown_tag *tag)
{
	static const struct str lazy[] = {
	    STR_INIT("data-src"), STR_INIT("data-original")};
	struct markdown_page *page = h->page;
	struct str target, class, raw;

	if (is_pixel(tag))
		return;
	markdown_tag_find(tag, STR("class"), &class);
	if (str_find_str(class, STR("emoji")) >= 0) {
		markdown_page_add(page, get_value(h, tag, STR("alt")));
		return;
	}
	target = get_value(h, tag, STR("src"));
	for (size_t i = 0; i < sizeof(lazy) / sizeof(lazy[0]); i++)
		if (markdown_tag_find(tag, lazy[i], &raw) && raw.n > 0)
			target = get_value(h, tag, lazy[i]);
	markdown_page_open_image(page, MARKDOWN_TARGET_IMAGE, target);
	page->is_decoration = markdown_tag_find(tag, STR("alt"), &raw);
	markdown_inline_add(&page->in, get_value(h, tag, STR("alt")));
	markdown_page_close_image(page, get_value(h, tag, STR("title")));
}

/* A wiki link or embed that the preparation has read. */
static void
on_wiki(struct markdown_html *h, const struct markdown_tag *tag)
{
	struct markdown_page *page = h->page;
	struct str raw;
	bool is_embed = markdown_tag_find(tag, STR("embed"), &raw);
	struct str target = get_value(h, tag, STR("target"));

	markdown_tag_find(tag, STR("label"), &raw);
	if (is_embed && markdown_is_image_name(target)) {
		markdown_page_open_image(page, MARKDOWN_TARGET_EMBED, target);
		page->is_decoration = true;
		if (!markdown_tag_has(tag, STR("target"), raw))
			markdown_inline_add(
			    &page->in, get_value(h, tag, STR("label")));
		markdown_page_close_image(page, STR(""));
		return;
	}
	markdown_page_open_link(page,
	    is_embed ? MARKDOWN_TARGET_EMBED : MARKDOWN_TARGET_WIKI, target);
	markdown_inline_add(&page->in, get_value(h, tag, STR("label")));
	markdown_inline_close_link(&page->in);
}

static void
on_anchor(struct markdown_html *h, const struct markdown_tag *tag)
{
	struct markdown_page *page = h->page;

	markdown_page_open_link(
	    page, MARKDOWN_TARGET_LINK, get_value(h, tag, STR("href")));
	if (page->in.link_url.n > 0)
		markdown_inline_add_link(&page->in, buf_str(&page->in.link_url),
		    get_value(h, tag, STR("label")));
	page->in.in_link = false;
}

static unsigned
get_number(
    struct markdown_html *h, const struct markdown_tag *tag, struct str name)
{
	uint64_t number = 0;

	str_to_u64(get_value(h, tag, name), number_max, &number);
	return (unsigned)number;
}

static void
on_progress(struct markdown_html *h, const struct markdown_tag *tag)
{
	struct str value;

	if (!markdown_tag_find(tag, STR("value"), &value) || tag->is_end)
		return;
	markdown_page_add(h->page, get_value(h, tag, STR("value")));
	if (!markdown_tag_find(tag, STR("max"), &value))
		return;
	markdown_page_add(h->page, STR("/"));
	markdown_page_add(h->page, get_value(h, tag, STR("max")));
}

/* What an element means: called for its start and for its end tag. */
typedef void on_tag(struct markdown_html *h, const struct markdown_tag *tag);

static void
open_or_close(struct markdown_html *h, const struct markdown_tag *tag,
    struct markdown_container c)
{
	c.by = MARKDOWN_BY_TAG;
	if (tag->is_end)
		markdown_page_close(h->page, c.kind, c.by);
	else
		markdown_page_open(h->page, &c);
}

static void
on_none(struct markdown_html *h, const struct markdown_tag *tag)
{
	(void)h;
	(void)tag;
}

static void
on_block(struct markdown_html *h, const struct markdown_tag *tag)
{
	(void)tag;
	markdown_page_flush(h->page);
}

static void
on_break(struct markdown_html *h, const struct markdown_tag *tag)
{
	(void)tag;
	if (h->page->in_code)
		markdown_page_add(h->page, STR("\n"));
	else
		markdown_inline_add_break(&h->page->in);
}

static void
on_caption(struct markdown_html *h, const struct markdown_tag *tag)
{
	(void)tag;
	markdown_page_close_cell(h->page);
}

static void
on_cell(struct markdown_html *h, const struct markdown_tag *tag)
{
	bool is_head = h->in_head || ascii_to_lower(tag->name.p[1]) == 'h';

	if (tag->is_end)
		markdown_page_close_cell(h->page);
	else
		markdown_page_open_cell(h->page, is_head, MARKDOWN_LEFT);
}

static void
on_code(struct markdown_html *h, const struct markdown_tag *tag)
{
	struct markdown_page *page = h->page;

	if (page->in_code && !tag->is_end && page->code_alt.n == 0)
		buf_add(&page->code_alt, get_language(h, tag));
	if (page->in_code)
		return;
	if (tag->is_end)
		markdown_inline_close_code(&page->in);
	else
		markdown_inline_open_code(&page->in);
}

static void
on_term(struct markdown_html *h, const struct markdown_tag *tag)
{
	if (tag->is_end)
		markdown_page_flush(h->page);
	else
		markdown_page_close(h->page, MARKDOWN_LIST, MARKDOWN_BY_TAG);
}

static void
on_definitions(struct markdown_html *h, const struct markdown_tag *tag)
{
	if (tag->is_end)
		markdown_page_close(h->page, MARKDOWN_LIST, MARKDOWN_BY_TAG);
	else
		markdown_page_flush(h->page);
}

static void
on_frame(struct markdown_html *h, const struct markdown_tag *tag)
{
	struct str value;

	if (tag->is_end)
		return;
	if (markdown_tag_find(tag, STR("src"), &value) && value.n > 0)
		add_frame(h, tag, STR("src"));
	else if (markdown_tag_find(tag, STR("data-src"), &value))
		add_frame(h, tag, STR("data-src"));
	else
		add_frame(h, tag, STR("data"));
}

static void
on_head(struct markdown_html *h, const struct markdown_tag *tag)
{
	h->in_head = !tag->is_end;
}

static void
on_heading(struct markdown_html *h, const struct markdown_tag *tag)
{
	if (tag->is_end)
		markdown_page_close_heading(h->page);
	else
		markdown_page_open_heading(h->page, tag->name.p[1] - '0');
}

static void
on_image(struct markdown_html *h, const struct markdown_tag *tag)
{
	if (!tag->is_end)
		add_image(h, tag);
}

static void
on_input(struct markdown_html *h, const struct markdown_tag *tag)
{
	struct str value;

	if (!markdown_tag_has(tag, STR("type"), STR("checkbox")))
		return;
	if (markdown_tag_find(tag, STR("checked"), &value))
		markdown_page_add(h->page, STR("\xe2\x98\x91 "));
	else
		markdown_page_add(h->page, STR("\xe2\x98\x90 "));
}

static void
on_item(struct markdown_html *h, const struct markdown_tag *tag)
{
	open_or_close(
	    h, tag, (struct markdown_container){.kind = MARKDOWN_ITEM});
}

static void
on_link(struct markdown_html *h, const struct markdown_tag *tag)
{
	struct str value;

	if (tag->is_end)
		markdown_inline_close_link(&h->page->in);
	else if (markdown_tag_find(tag, STR("href"), &value))
		markdown_page_open_link(h->page, MARKDOWN_TARGET_LINK,
		    get_value(h, tag, STR("href")));
}

static void
on_list(struct markdown_html *h, const struct markdown_tag *tag)
{
	struct str value;
	struct markdown_container c = {
	    .kind = MARKDOWN_LIST, .delimiter = '.', .number = 1};

	c.is_ordered = ascii_to_lower(tag->name.p[0]) == 'o';
	if (markdown_tag_find(tag, STR("start"), &value))
		c.number = get_number(h, tag, STR("start"));
	open_or_close(h, tag, c);
}

static void
on_media(struct markdown_html *h, const struct markdown_tag *tag)
{
	h->in_media = !tag->is_end;
	h->has_source = false;
	if (!tag->is_end)
		add_frame(h, tag, STR("src"));
}

static void
on_source(struct markdown_html *h, const struct markdown_tag *tag)
{
	if (h->in_media && !h->has_source)
		add_frame(h, tag, STR("src"));
}

static void
on_pre(struct markdown_html *h, const struct markdown_tag *tag)
{
	if (tag->is_end)
		markdown_page_close_code(h->page);
	else
		markdown_page_open_code(h->page, get_language(h, tag));
}

static void
on_quotation(struct markdown_html *h, const struct markdown_tag *tag)
{
	markdown_page_add(
	    h->page, tag->is_end ? STR("\xe2\x80\x9d") : STR("\xe2\x80\x9c"));
}

static void
on_quote(struct markdown_html *h, const struct markdown_tag *tag)
{
	open_or_close(
	    h, tag, (struct markdown_container){.kind = MARKDOWN_QUOTE});
}

static void
on_row(struct markdown_html *h, const struct markdown_tag *tag)
{
	(void)tag;
	markdown_page_add_row(h->page);
}

static void
on_ruby_text(struct markdown_html *h, const struct markdown_tag *tag)
{
	markdown_page_add(h->page, tag->is_end ? STR(")") : STR("("));
}

static void
on_rule(struct markdown_html *h, const struct markdown_tag *tag)
{
	(void)tag;
	markdown_page_add_rule(h->page);
}

static void
on_script(struct markdown_html *h, const struct markdown_tag *tag)
{
	bool is_raised = str_eq_nocase(tag->name, STR("sup"));

	if (tag->is_end)
		markdown_inline_close_script(&h->page->in,
		    is_raised ? MARKDOWN_SUPERSCRIPT : MARKDOWN_SUBSCRIPT);
	else
		markdown_inline_open_script(&h->page->in);
}

static void
on_skip(struct markdown_html *h, const struct markdown_tag *tag)
{
	if (tag->is_end || tag->is_empty)
		return;
	buf_clear(&h->skipped);
	buf_add(&h->skipped, tag->name);
}

static void
on_table(struct markdown_html *h, const struct markdown_tag *tag)
{
	h->in_head = false;
	open_or_close(
	    h, tag, (struct markdown_container){.kind = MARKDOWN_TABLE});
}

static void
on_note(struct markdown_html *h, const struct markdown_tag *tag)
{
	markdown_page_add_note(h->page, get_number(h, tag, STR("id")));
}

static void
on_note_text(struct markdown_html *h, const struct markdown_tag *tag)
{
	if (!tag->is_end)
		markdown_page_open_note(h->page, get_number(h, tag, STR("id")));
	else
		markdown_page_close_note(h->page);
}

struct element {
	const char *name;
	on_tag *on_tag;
};

static const struct element elements[] = {
#define ELEMENT(name, role) {name, on_##role},
#include "text/markdown_element.def"
#undef ELEMENT
};

static int
compare_element(const void *key, const void *item)
{
	const struct str *name = key;
	const struct element *element = item;

	return str_cmp(*name, str_from_c(element->name));
}

/* What an element means; NULL for an unknown one. */
static on_tag *
find_role(struct str name)
{
	char lower[name_max];
	struct str key = {lower, name.n};
	const struct element *found;

	if (name.n > name_max)
		return NULL;
	for (size_t i = 0; i < name.n; i++)
		lower[i] = ascii_to_lower(name.p[i]);
	found = bsearch(&key, elements, sizeof(elements) / sizeof(elements[0]),
	    sizeof(elements[0]), compare_element);
	return found == NULL ? NULL : found->on_tag;
}

/* Whether an unknown tag is not meant as one: <T>, or <name> as a blank to be
 * filled in. */
static bool
is_text(const struct markdown_html *h, const struct markdown_tag *tag)
{
	return !tag->is_end && tag->attributes.n == 0 &&
	    str_find_char(tag->name, '-') < 0 &&
	    map_find(h->closed, tag->name) == NULL;
}

static void
add_tag(struct markdown_html *h, const struct markdown_tag *tag, struct str raw)
{
	on_tag *role = find_role(tag->name);

	if (h->skipped.n > 0) {
		if (tag->is_end &&
		    str_eq_nocase(tag->name, buf_str(&h->skipped)))
			buf_clear(&h->skipped);
	} else if (h->in_media) {
		if (role == on_media || role == on_source)
			role(h, tag);
	} else if (h->page->in_code) {
		if (role == on_pre || role == on_code || role == on_break)
			role(h, tag);
	} else if (role != NULL) {
		role(h, tag);
	} else if (is_text(h, tag)) {
		markdown_page_add(h->page, raw);
	}
}

/* Take what starts with "<!" or "<?" from *s. */
static bool
skip_declaration(struct str *s)
{
	bool is_comment = str_starts(*s, STR("<!--"));
	struct str end = is_comment ? STR("-->") : STR(">");
	ptrdiff_t at;

	if (!str_starts(*s, STR("<!")) && !str_starts(*s, STR("<?")))
		return false;
	at = str_find_str(str_from_index(*s, 2), end);
	*s = at < 0 ? STR("") : str_from_index(*s, (size_t)at + 2 + end.n);
	return true;
}

static void
add_text(struct markdown_html *h, struct str text)
{
	struct buf decoded;

	if (text.n == 0 || markdown_html_is_skipping(h))
		return;
	buf_init(&decoded, text.n * 2 + 2);
	markdown_add_decoded(&decoded, text);
	markdown_page_add(h->page, buf_str(&decoded));
	buf_fini(&decoded);
}

void
markdown_html_add(struct markdown_html *h, struct str html)
{
	struct markdown_tag tag;
	unsigned failures = 0;

	while (html.n > 0) {
		ptrdiff_t at = str_find_char(str_from_index(html, 1), '<');
		struct str raw = html;

		if (html.p[0] == '<' && skip_declaration(&html))
			continue;
		if (html.p[0] == '<' && failures < failures_max &&
		    markdown_tag_parse(&html, &tag)) {
			raw.n -= html.n;
			add_tag(h, &tag, raw);
			continue;
		}
		if (html.p[0] == '<')
			failures++;
		raw = str_first(html, at < 0 ? html.n : (size_t)at + 1);
		html = str_from_index(html, raw.n);
		add_text(h, raw);
	}
}
