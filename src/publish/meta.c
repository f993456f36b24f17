/*
 * From the files of a page to its record. Which page a file is, and what
 * becomes of it, is decided elsewhere.
 */
#include "publish/meta.h"

#include "base/utf8.h"
#include "publish/meta_field.h"
#include "publish/print.h"
#include "publish/words.h"
#include "text/gemtext.h"

enum { param_depth_max = 4 };

static const struct str utf16_marks[] = {
    STR_INIT("\xff\xfe"), STR_INIT("\xfe\xff")};

/* Whether text looks like ASCII in units of two bytes. */
static bool
is_utf16(struct str text)
{
	for (size_t i = 0; i < 2; i++)
		if (str_starts(text, utf16_marks[i]))
			return true;
	return text.n >= 2 && (text.p[0] == '\0') != (text.p[1] == '\0');
}

/* The line and the column of a byte. */
static void
set_place(struct diag_place *place, struct str text, size_t at)
{
	size_t line_start = 0;

	for (size_t i = 0; i < at; i++) {
		if (text.p[i] != '\n')
			continue;
		place->line++;
		line_start = i + 1;
	}
	place->column = (unsigned)(at - line_start + 1);
}

static int
check_encoding(struct str text, struct str file, struct diags *diags)
{
	struct diag_place place = {file, 1, 1};
	size_t valid = utf8_valid_length(text);
	ptrdiff_t nul = str_find_char(text, '\0');

	if (is_utf16(text)) {
		diags_error(diags, place, "encoding", "save it as UTF-8",
		    "the file is in UTF-16");
		return -1;
	}
	if (valid == text.n && nul < 0)
		return 0;
	set_place(&place, text, valid == text.n ? (size_t)nul : valid);
	if (valid == text.n) {
		diags_warning(diags, place, "encoding", "take it out",
		    "here is a NUL byte, which no text has");
		return 0;
	}
	diags_error(diags, place, "encoding", "save the file as UTF-8",
	    "here is a byte that is not UTF-8");
	return -1;
}

static void
add_terms(struct print *print, const struct page_terms *terms)
{
	print_add_number(print, terms->n);
	for (size_t i = 0; i < terms->n; i++) {
		print_add(print, terms->items[i].name);
		print_add(print, terms->items[i].path);
	}
}

static void
take_prints(struct meta *meta)
{
	struct page *page = &meta->page;
	struct print print;

	print_start(&print);
	print_add(&print, page->source);
	print_add(&print, meta->input->text);
	print_add(&print, meta->input->sidecar);
	for (size_t i = 0; i < meta->input->defaults_count; i++) {
		print_add_number(&print, meta->input->defaults[i].print.high);
		print_add_number(&print, meta->input->defaults[i].print.low);
	}
	page->text = print_end(&print);
	print_start(&print);
	print_add(&print, page->source);
	print_add(&print, page->url);
	print_add(&print, page->title);
	add_terms(&print, &page->names);
	page->address = print_end(&print);
	print_start(&print);
	print_add(&print, page->source);
	print_add(&print, page->url);
	print_add(&print, page->title);
	print_add(&print, page->summary);
	print_add(&print, page->lang);
	print_add(&print, page->id);
	print_add_number(&print, (uint64_t)page->date.seconds);
	print_add_number(&print, (uint64_t)page->date.offset);
	print_add_number(&print, page->has_date);
	print_add_number(&print, (uint64_t)page->updated.seconds);
	print_add_number(&print, (uint64_t)page->updated.offset);
	print_add_number(&print, page->has_updated);
	print_add_number(&print, page_minutes(page));
	add_terms(&print, &page->tags);
	add_terms(&print, &page->categories);
	add_terms(&print, &page->authors);
	add_terms(&print, &page->contacts);
	add_terms(&print, &page->series);
	add_terms(&print, &page->aliases);
	page->card = print_end(&print);
}

struct page *
meta_parse(const struct meta_input *input, struct diags *diags)
{
	struct arena arena = {0};
	struct meta meta = {.input = input, .diags = diags, .arena = &arena};
	size_t errors = diags->errors;
	struct page *page = NULL;

	if (check_encoding(input->text, input->file, diags) < 0 ||
	    check_encoding(input->sidecar, input->sidecar_file, diags) < 0)
		return NULL;
	if (meta_open(&meta) == 0) {
		meta.page.source = input->path;
		meta.page.is_index = input->name.is_index;
		meta_take_dates(&meta);
		/* Hugo's _index.md is never an article, whatever its date. */
		if (str_starts(input->name.file, STR("_")))
			meta.page.has_date = false;
		meta_take_terms(&meta);
		meta_take_url(&meta);
		meta_take_text(&meta);
		take_prints(&meta);
	}
	if (diags->errors == errors)
		page = page_pack(&meta.page);
	arena_fini(&arena);
	return page;
}

/* Keys that cannot be meant for more than one page. */
static void
check_single_fields(const struct meta *meta)
{
	struct meta_value value;

	for (int field = 0; field < FIELD_COUNT; field++)
		if (meta_field_is_single((enum field)field) &&
		    meta_find_in(
			meta, META_DEFAULTS, (enum field)field, &value))
			meta_warn(meta, &value, "write it in the page itself",
			    "belongs to one page and is ignored here");
}

const struct yaml_node *
meta_parse_defaults(
    const struct meta_input *input, struct arena *arena, struct diags *diags)
{
	struct meta_defaults defaults = {.file = input->sidecar_file};
	struct meta_input plain = *input;
	struct meta meta = {.input = &plain, .diags = diags, .arena = arena};
	size_t errors = diags->errors;

	if (check_encoding(input->sidecar, input->sidecar_file, diags) < 0)
		return NULL;
	meta_open(&meta);
	defaults.map = meta.layers[META_SIDECAR].map;
	if (defaults.map == NULL)
		return diags->errors > errors
		    ? NULL
		    : yaml_parse(arena, &(struct yaml_input){0}, diags);
	plain.sidecar = STR("");
	plain.defaults = &defaults;
	plain.defaults_count = 1;
	plain.is_defaults = true;
	meta.layers[META_SIDECAR].map = NULL;
	meta_open(&meta);
	check_single_fields(&meta);
	meta_take_dates(&meta);
	meta_take_terms(&meta);
	meta_take_url(&meta);
	meta_take_text(&meta);
	return diags->errors > errors ? NULL : defaults.map;
}

int
meta_add_gemtext(const struct meta_input *input, struct str text, unsigned line,
    struct buf *out)
{
	struct str language = str_is_empty(input->language)
	    ? input->site->language
	    : input->language;
	const struct markdown_options options = {
	    .links = input->site->markdown_links,
	    .file = input->file,
	    .first_line = line,
	    .image_word = words_find(language, STR("image")),
	    .check = input->check,
	    .resolve = input->resolve,
	    .context = input->resolve_context,
	    .on_link = input->on_link,
	    .link_context = input->link_context,
	};
	struct diags silent;
	int result;

	diags_init(&silent);
	result = input->name.format->to_gemtext(&options, text, out,
	    input->text_diags == NULL ? &silent : input->text_diags);
	diags_fini(&silent);
	return result;
}

int
meta_add_body(
    const struct page *page, const struct meta_input *input, struct buf *out)
{
	struct front_matter parts;
	struct buf gemtext, without;
	struct str body, title;
	int result = 0;

	front_matter_split(input->text, &parts);
	body = parts.body;
	buf_init(&gemtext, meta_source_max);
	buf_init(&without, meta_source_max);
	if (input->name.format->to_gemtext != NULL) {
		result =
		    meta_add_gemtext(input, body, parts.body_line, &gemtext);
		body = buf_str(&gemtext);
	}
	if (page->has_title_line && !page_is_own_index(page) &&
	    gemtext_take_title(body, &title, &without))
		body = buf_str(&without);
	gemtext_add_body(out, body);
	buf_fini(&gemtext);
	buf_fini(&without);
	return out->full ? -1 : result;
}

/* A list or map that is being copied: what comes next in it. */
struct level {
	const struct yaml_node *next;
	struct value *value;
	bool is_list;
};

static struct value *
container(const struct yaml_node *node, struct arena *arena)
{
	return node->kind == YAML_LIST ? value_list(arena) : value_map(arena);
}

/* A node as a value for templates. What is deeper than anybody uses is left
 * out. */
static struct value *
param_value(const struct yaml_node *node, struct arena *arena)
{
	struct level levels[param_depth_max];
	const struct yaml_node *child;
	struct value *top, *value;
	int depth = 1;

	if (node->kind == YAML_SCALAR)
		return value_text(arena, arena_str(arena, node->text));
	top = container(node, arena);
	levels[0] = (struct level){node->first, top, node->kind == YAML_LIST};
	while (depth > 0) {
		struct level *level = &levels[depth - 1];

		child = level->next;
		if (child == NULL) {
			depth--;
			continue;
		}
		level->next = child->next;
		value = child->kind == YAML_SCALAR
		    ? value_text(arena, arena_str(arena, child->text))
		    : container(child, arena);
		if (level->is_list)
			value_add(arena, level->value, value);
		else
			value_put(arena, level->value,
			    arena_str(arena, child->key), value);
		if (child->kind != YAML_SCALAR && depth < param_depth_max)
			levels[depth++] = (struct level){
			    child->first, value, child->kind == YAML_LIST};
	}
	return top;
}

/* Put the members of map that no field knows. Those of a map `params`, which
 * is Hugo's place for them, are members as well. */
static void
put_params(
    struct value *params, const struct yaml_node *map, struct arena *arena)
{
	const struct yaml_node *inner = yaml_find(map, STR("params"));

	if (inner != NULL && inner->kind == YAML_MAP)
		for (const struct yaml_node *n = inner->first; n != NULL;
		     n = n->next)
			value_put(arena, params, arena_str(arena, n->key),
			    param_value(n, arena));
	for (const struct yaml_node *n = map->first; n != NULL; n = n->next)
		if (!meta_key_is_known(n->key))
			value_put(arena, params, arena_str(arena, n->key),
			    param_value(n, arena));
}

struct value *
meta_params(const struct meta_input *input, struct arena *arena)
{
	struct diags diags;
	struct meta meta = {.input = input, .diags = &diags, .arena = arena};
	struct value *params = value_map(arena);

	diags_init(&diags);
	meta_open(&meta);
	/* The front matter comes last, so that it wins. */
	for (size_t i = meta.layer_count; i-- > 0;)
		if (meta.layers[i].map != NULL)
			put_params(params, meta.layers[i].map, arena);
	diags_fini(&diags);
	return params;
}
