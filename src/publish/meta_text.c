/*
 * What a page says of itself in words: title, summary, picture; and
 * what is counted in its text.
 */
#include "publish/meta_field.h"

#include "base/utf8.h"
#include "proto/url.h"
#include "publish/asked.h"
#include "publish/links.h"
#include "text/fold.h"
#include "text/gemtext.h"
#include "text/markdown_plain.h"

enum {
	title_graphemes_max = 300,
	summary_graphemes_max = 200,
	summary_max = 64 * 1024,
	template_name_max = 100,
	mark_bytes_min = 4,
	targets_max = 64 * 1024,
	ascii_end = 0x80,
	hash_shift = 32,
};

static struct str
cut_line(const struct meta *meta, struct str text, size_t graphemes)
{
	struct str result;
	struct buf line, cut;

	buf_init(&line, summary_max);
	buf_init(&cut, summary_max);
	gemtext_add_line_part(&line, utf8_first(text, summary_max));
	fold_add_cut(&cut, buf_str(&line), graphemes);
	result = arena_str(meta->arena, buf_str(&cut));
	buf_fini(&line);
	buf_fini(&cut);
	return result;
}

/* The name of the file, or of the folder that an index stands for, as words. */
static struct str
title_from_name(const struct meta *meta)
{
	const struct name *name = &meta->input->name;
	struct str whole = name->stem, words, title;
	struct buf out;

	if (name->is_index) {
		whole = str_from_index(name->folder,
		    (size_t)(str_find_last_char(name->folder, '/') + 1));
		if (str_is_empty(whole))
			return meta->input->site->title;
	}
	words = meta_name_without_date(whole, meta->input->site->zone);
	if (str_is_empty(words))
		return cut_line(meta, whole, title_graphemes_max);
	buf_init(&out, SIZE_MAX);
	for (size_t i = 0; i < words.n; i++)
		buf_add_char(&out,
		    words.p[i] == '-' || words.p[i] == '_' ? ' ' : words.p[i]);
	title = fold_nfc(meta->arena, buf_str(&out));
	buf_fini(&out);
	return cut_line(meta, title, title_graphemes_max);
}

/* A line of metadata. Beside a text in Markdown it is often HTML or Markdown,
 * too, which plain then makes plain text. */
static struct str
given_line(const struct meta *meta, const struct meta_value *value,
    void (*plain)(struct buf *out, struct str line), size_t graphemes)
{
	struct str line = meta_line(meta, value), result;
	struct buf text;

	if (meta->input->name.format->to_gemtext == NULL)
		return cut_line(meta, line, graphemes);
	buf_init(&text, summary_max);
	plain(&text, utf8_first(line, summary_max));
	result = cut_line(meta, buf_str(&text), graphemes);
	buf_fini(&text);
	return result;
}

/* Whether the title stands in the text as its first heading, and what the
 * text is without it. */
static void
take_title(struct meta *meta, struct str *body, struct buf *without)
{
	struct page *page = &meta->page;
	struct meta_value value;
	struct str heading;
	bool has_heading = gemtext_take_title(*body, &heading, without);

	if (meta_find_own(meta, FIELD_TITLE, &value))
		page->title = given_line(
		    meta, &value, markdown_add_title, title_graphemes_max);
	if (has_heading)
		heading = cut_line(meta, heading, title_graphemes_max);
	if (has_heading &&
	    (str_is_empty(page->title) || str_eq(page->title, heading))) {
		page->title = heading;
		page->has_title_line = !str_is_empty(heading);
	}
	if (page->has_title_line)
		*body = buf_str(without);
	if (str_is_empty(page->title) && meta_find(meta, FIELD_TITLE, &value))
		page->title = cut_line(
		    meta, meta_line(meta, &value), title_graphemes_max);
	if (str_is_empty(page->title))
		page->title = title_from_name(meta);
}

static void
add_text_lines(struct buf *out, struct str gemtext)
{
	struct gemtext_line line;
	struct gemtext g;

	gemtext_init(&g, gemtext);
	while (gemtext_next(&g, &line) && !out->full) {
		if (line.type != GEMTEXT_TEXT)
			continue;
		buf_add(out, line.text);
		buf_add_char(out, '\n');
	}
}

/* The text lines before the line that says where the summary ends. */
static bool
add_marked_summary(const struct meta *meta, struct buf *out)
{
	struct str body = meta->parts.body;
	ptrdiff_t end = str_find_str(body, STR("<!--more-->"));
	struct buf gemtext;

	if (end < 0)
		end = str_find_str(body, STR("<!-- more -->"));
	if (end < 0)
		return false;
	body = str_first(body, (size_t)end);
	buf_init(&gemtext, meta_source_max);
	if (meta->input->name.format->to_gemtext != NULL) {
		meta_add_gemtext(
		    meta->input, body, meta->parts.body_line, &gemtext);
		body = buf_str(&gemtext);
	}
	add_text_lines(out, body);
	buf_fini(&gemtext);
	return out->n > 0;
}

static void
take_summary(struct meta *meta, struct str body)
{
	struct meta_value value;
	struct buf out;

	if (meta_find(meta, FIELD_SUMMARY, &value) &&
	    !meta_node_is_bool(value.node))
		meta->page.summary = given_line(
		    meta, &value, markdown_add_summary, summary_graphemes_max);
	if (!str_is_empty(meta->page.summary))
		return;
	buf_init(&out, summary_max);
	if (!add_marked_summary(meta, &out))
		gemtext_add_excerpt(&out, body);
	meta->page.summary =
	    cut_line(meta, buf_str(&out), summary_graphemes_max);
	buf_fini(&out);
}

/* Where an image is: an address stays, a name is beside the page. */
static struct str
image_reference(const struct meta *meta, struct str text)
{
	struct str result;
	struct buf out;

	if (str_is_empty(text) || str_find_str(text, STR("://")) > 0)
		return text;
	if (str_find_str(text, STR("{{")) >= 0)
		return (struct str){0};
	if (str_starts(text, STR("//")))
		return arena_printf(
		    meta->arena, "https:%" STR_FMT, STR_ARG(text));
	buf_init(&out, url_max);
	if (!str_starts(text, STR("/")))
		name_add_folder_url(&out, meta->input->name.folder);
	url_add_encoded_path(&out, text);
	result = arena_str(meta->arena, buf_str(&out));
	buf_fini(&out);
	return result;
}

static struct str
first_member(const struct meta *meta, const struct yaml_node *map,
    const struct str *keys, size_t count)
{
	struct str text = {0};

	for (size_t i = 0; i < count && str_is_empty(text); i++)
		text = meta_node_line(meta, yaml_find(map, keys[i]));
	return text;
}

static void
take_image(struct meta *meta)
{
	static const struct str places[] = {STR_INIT("url"), STR_INIT("src"),
	    STR_INIT("path"), STR_INIT("image"), STR_INIT("file")};
	static const struct str texts[] = {
	    STR_INIT("alt"), STR_INIT("caption"), STR_INIT("title")};
	const struct yaml_node *node;
	struct meta_value value;
	struct str text;

	if (!meta_find(meta, FIELD_IMAGE, &value))
		return;
	node = value.node;
	while (node->kind == YAML_LIST && node->first != NULL)
		node = node->first;
	if (meta_node_is_bool(node))
		return;
	if (node->kind == YAML_MAP) {
		text = first_member(
		    meta, node, places, sizeof(places) / sizeof(*places));
		meta->page.image_alt = first_member(
		    meta, node, texts, sizeof(texts) / sizeof(*texts));
	} else {
		text = meta_node_name(meta, node);
	}
	if (str_is_empty(meta->page.image_alt) &&
	    meta_find(meta, FIELD_IMAGE_ALT, &value))
		meta->page.image_alt = meta_line(meta, &value);
	meta->page.image = image_reference(meta, text);
	meta->page.image_is_beside = !str_is_empty(meta->page.image) &&
	    !str_starts(text, STR("/")) && str_find_str(text, STR("://")) < 0;
}

static void
take_id(struct meta *meta)
{
	struct meta_value value;
	struct str id;

	if (!meta_find(meta, FIELD_ID, &value))
		return;
	id = meta_line(meta, &value);
	/* Other programs have names here, which say nothing to a feed. */
	if (str_find_char(id, ':') > 0)
		meta->page.id = id;
}

static bool
is_template_name(struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (!ascii_is_alnum(name.p[i]) &&
		    str_find_char(STR("-_."), name.p[i]) < 0)
			return false;
	return name.n > 0 && name.n <= template_name_max && name.p[0] != '.';
}

/* Whether a template is one of another program, such as Zola's page.html. */
static bool
is_foreign_template(const struct yaml_node *node)
{
	static const struct str endings[] = {STR_INIT(".html"),
	    STR_INIT(".htm"), STR_INIT(".njk"), STR_INIT(".liquid"),
	    STR_INIT(".hbs"), STR_INIT(".j2"), STR_INIT(".jinja"),
	    STR_INIT(".tera"), STR_INIT(".ejs"), STR_INIT(".pug"),
	    STR_INIT(".haml"), STR_INIT(".erb"), STR_INIT(".php")};
	struct str name =
	    node->kind == YAML_SCALAR ? str_trim(node->text) : STR("");

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		if (str_ends(name, endings[i]))
			return true;
	return false;
}

static void
take_template(struct meta *meta)
{
	struct page *page = &meta->page;
	struct meta_value value;
	struct str name;

	page->is_layout = !meta_find(meta, FIELD_TEMPLATE, &value) ||
	    is_foreign_template(value.node);
	if (page->is_layout &&
	    (!meta_find(meta, FIELD_LAYOUT, &value) ||
		value.node->kind != YAML_SCALAR))
		return;
	if (meta_node_is_bool(value.node))
		return;
	if (value.layer == META_FRONT) {
		page->template_line = value.node->line;
		page->template_column = value.node->column;
	}
	name = meta_line(meta, &value);
	if (is_template_name(name))
		page->template = str_ends(name, STR(".gmi"))
		    ? name
		    : arena_printf(
			  meta->arena, "%" STR_FMT ".gmi", STR_ARG(name));
	else if (!page->is_layout)
		meta_warn(meta, &value, "write the name of a template",
		    "is no name of a template and is ignored");
}

/* A boolean as other programs take it, too. */
static bool
read_flag(const struct meta_value *value, bool *is_set)
{
	struct str text = value->node->kind == YAML_SCALAR
	    ? str_trim(value->node->text)
	    : STR("");

	if (str_eq(text, STR("0")) || str_eq_nocase(text, STR("n"))) {
		*is_set = false;
		return true;
	}
	if (str_eq(text, STR("1")) || str_eq_nocase(text, STR("y"))) {
		*is_set = true;
		return true;
	}
	return yaml_to_bool(text, is_set);
}

/* What one layer says of drafts; false when that is nothing. */
static bool
take_draft_in(struct meta *meta, size_t layer, bool *is_draft)
{
	struct meta_value value;
	bool is_set = false, has_said = false;

	*is_draft = false;
	if (meta_find_in(meta, layer, FIELD_DRAFT, &value)) {
		has_said = true;
		if (!read_flag(&value, is_draft))
			meta_error(meta, &value, "write true or false",
			    "is neither true nor false");
	}
	if (meta_find_in(meta, layer, FIELD_PUBLISHED, &value) &&
	    read_flag(&value, &is_set)) {
		has_said = true;
		*is_draft |= !is_set;
	}
	if (!meta_find_in(meta, layer, FIELD_PUBLISH_FLAG, &value))
		return has_said;
	if (read_flag(&value, &is_set)) {
		has_said = true;
		*is_draft |= !is_set;
	} else {
		meta_warn(meta, &value,
		    "write true or false, or publishDate for a moment",
		    "is neither true nor false and is ignored");
	}
	return has_said;
}

static void
take_draft(struct meta *meta)
{
	bool has_said = false, is_draft = false;

	for (size_t i = 0; i < meta->layer_count && !has_said; i++)
		if (meta->layers[i].map != NULL)
			has_said = take_draft_in(meta, i, &is_draft);
	meta->page.is_draft = is_draft || meta->input->name.is_draft;
}

/* Add the hash of a word, or of two signs of a script without spaces, to the
 * page's marks. */
static void
add_mark(struct page *page, struct str word)
{
	uint64_t hash = str_hash(STR_HASH_START, word);
	uint32_t mark = (uint32_t)(hash ^ hash >> hash_shift);

	if (page->mark_count == page_words_max)
		return;
	for (size_t i = 0; i < page->mark_count; i++)
		if (page->marks[i] == mark)
			return;
	page->marks[page->mark_count++] = mark;
}

/* The bytes of text from one index to another, as a mark where they are long
 * enough for a word. */
static void
add_word(struct page *page, struct str text, size_t from, size_t to)
{
	if (to >= from + mark_bytes_min)
		add_mark(
		    page, str_first(str_from_index(text, from), to - from));
}

/* Walk over folded text, in which words have no spaces but marks around. */
static void
add_marks(struct page *page, struct str text)
{
	size_t word = 0, start = 0, before = SIZE_MAX, end;
	struct str rest = text;
	uint32_t c;

	while (utf8_next(&rest, &c)) {
		end = text.n - rest.n;
		if (fold_is_spaceless(c)) {
			if (before != SIZE_MAX)
				add_word(page, text, before, end);
			before = start;
			word = end;
		} else {
			before = SIZE_MAX;
			if (c < ascii_end && !ascii_is_alnum((char)c)) {
				add_word(page, text, word, start);
				word = end;
			}
		}
		start = end;
	}
	add_word(page, text, word, start);
}

/* Links being listed while a page is rendered without the others. */
struct target_list {
	struct buf text;
	bool has_more; /* some could not be listed */
};

/* List a target, which may mean anything as long as nobody reads the page. */
static bool
on_target(void *context, enum markdown_target kind, struct str target,
    struct buf *out)
{
	struct target_list *list = context;
	char digit = (char)('0' + (int)kind);

	if (list->text.n + target.n + 2 > targets_max ||
	    str_find_char(target, '\n') >= 0 ||
	    str_find_char(target, '\r') >= 0) {
		list->has_more = true;
	} else {
		buf_add_char(&list->text, digit);
		buf_add(&list->text, target);
		buf_add_char(&list->text, '\n');
	}
	buf_add(out, target);
	return true;
}

/* The text of a page in another format as gemtext, and where it links to. */
static void
take_gemtext(struct meta *meta, struct buf *gemtext)
{
	struct meta_input input = *meta->input;
	struct target_list list = {.has_more = false};

	buf_init(&list.text, targets_max);
	input.resolve = on_target;
	input.resolve_context = &list;
	if (meta_add_gemtext(
		&input, meta->parts.body, meta->parts.body_line, gemtext) < 0)
		diags_error(meta->diags,
		    (struct diag_place){.file = meta->input->file}, "text",
		    "make the text simpler",
		    "the text cannot be turned into gemtext");
	meta->page.targets = list.has_more
	    ? STR(LINKS_ANY)
	    : arena_str(meta->arena, buf_str(&list.text));
	buf_fini(&list.text);
}

/* List the links of a page in gemtext that stay within the capsule, by their
 * whole paths. */
static void
take_links(struct meta *meta, struct str body)
{
	const struct site *site = meta->input->site;
	struct str base =
	    arena_printf(meta->arena, "gemini://%" STR_FMT "%" STR_FMT,
		STR_ARG(site->host), STR_ARG(meta->page.url));
	struct buf targets, whole;
	struct gemtext_line line;
	struct gemtext g;
	struct url url;

	buf_init(&targets, targets_max);
	buf_init(&whole, url_max);
	gemtext_init(&g, body);
	while (gemtext_next(&g, &line)) {
		buf_clear(&whole);
		if (line.type != GEMTEXT_LINK ||
		    !url_add_resolved(&whole, base, line.url) ||
		    !url_parse(buf_str(&whole), &url) ||
		    !str_eq_nocase(url.scheme, STR("gemini")) ||
		    !str_eq_nocase(url.host, site->host) ||
		    targets.n + url.path.n + 2 > targets_max)
			continue;
		buf_add_char(&targets, (char)('0' + MARKDOWN_TARGET_LINK));
		buf_add(&targets, url.path);
		buf_add_char(&targets, '\n');
	}
	meta->page.targets = arena_str(meta->arena, buf_str(&targets));
	buf_fini(&targets);
	buf_fini(&whole);
}

void
meta_take_text(struct meta *meta)
{
	struct page *page = &meta->page;
	struct str body = meta->parts.body;
	struct buf gemtext, without;

	buf_init(&gemtext, meta_source_max);
	buf_init(&without, meta_source_max);
	if (meta->input->name.format->to_gemtext != NULL) {
		take_gemtext(meta, &gemtext);
		body = buf_str(&gemtext);
	} else {
		take_links(meta, body);
	}
	page->is_bare = page->is_index && str_is_empty(str_trim(body));
	take_title(meta, &body, &without);
	take_summary(meta, body);
	meta_take_language(meta);
	take_image(meta);
	take_id(meta);
	take_template(meta);
	take_draft(meta);
	page->words = gemtext_count_words(body);
	if (page->is_index)
		page->asks = asked_find_all(body);
	add_marks(page, fold_key(meta->arena, page->title));
	add_marks(page, fold_key(meta->arena, page->summary));
	buf_fini(&gemtext);
	buf_fini(&without);
}
