/*
 * The addresses of a page: its own, older ones, and one that it leads to; and
 * who may have it.
 */
#include "publish/meta_field.h"

#include "base/utf8.h"
#include "proto/url.h"
#include "publish/language.h"
#include "text/fold.h"

enum { path_max = 1000, fingerprint_digits = 64, fingerprints_max = 1000 };

static const struct str http = STR_INIT("http");

/* Whether a path, as it is written, has segments that lead somewhere else. */
static bool
has_bad_segment(struct str path)
{
	struct str rest = str_from_index(path, 1), segment;
	bool has_more = true;

	while (has_more) {
		has_more = str_cut(&rest, '/', &segment);
		if ((has_more && str_is_empty(segment)) ||
		    str_eq(segment, STR(".")) || str_eq(segment, STR("..")))
			return true;
	}
	return false;
}

static bool
has_control(struct str s)
{
	uint32_t c;

	while (utf8_next(&s, &c))
		if (code_point_is_control(c))
			return true;
	return s.n > 0;
}

/* Whether a value has a control inside; at its end a line's end is none. */
static bool
node_has_control(const struct yaml_node *node)
{
	return node->kind == YAML_SCALAR && has_control(str_trim(node->text));
}

/* The key of the catalogue for a path as an author writes it, with or without
 * escapes; empty when it is none. */
static struct str
path_key(const struct meta *meta, struct str path)
{
	struct str plain = path, key = {0};
	struct buf decoded, out;

	buf_init(&decoded, path_max);
	buf_init(&out, url_max);
	if (str_find_char(path, '%') >= 0 &&
	    str_find_str(path, STR("%2f")) < 0 &&
	    str_find_str(path, STR("%2F")) < 0 &&
	    url_add_decoded(&decoded, path))
		plain = buf_str(&decoded);
	if (str_starts(plain, STR("/")) && plain.n <= path_max &&
	    utf8_is_valid(plain) && !has_control(plain) &&
	    !has_bad_segment(plain)) {
		url_add_encoded_path(&out, fold_nfc(meta->arena, plain));
		if (!out.full)
			key = arena_str(meta->arena, buf_str(&out));
	}
	buf_fini(&decoded);
	buf_fini(&out);
	return key;
}

/* path from the top of the capsule, whether it says so or not. */
static struct str
with_root(const struct meta *meta, struct str path)
{
	return str_starts(path, STR("/"))
	    ? path
	    : arena_printf(meta->arena, "/%" STR_FMT, STR_ARG(path));
}

/* path with the folder of the page before it, unless it has a root. */
static struct str
with_folder(const struct meta *meta, struct str path)
{
	struct str whole;
	struct buf out;

	if (str_starts(path, STR("/")))
		return path;
	buf_init(&out, url_max);
	name_add_folder_url(&out, meta->input->name.folder);
	buf_add(&out, path);
	whole = arena_str(meta->arena, buf_str(&out));
	buf_fini(&out);
	return whole;
}

/* The last segment of an address in place of the file's own name. */
static struct str
slug_path(const struct meta *meta, struct str slug)
{
	const struct name *name = &meta->input->name;
	struct str folder = name->folder, stem = slug;
	const struct format *format = format_find(slug);
	struct str whole;
	struct buf out;
	ptrdiff_t slash;

	if (format != NULL)
		stem = str_first(slug, slug.n - format->ending.n);
	else if (str_ends(slug, STR(".html")))
		stem = str_first(slug, slug.n - STR(".html").n);
	buf_init(&out, url_max);
	if (name->is_index) {
		slash = str_find_last_char(folder, '/');
		folder = str_first(folder, slash < 0 ? 0 : (size_t)slash);
	}
	name_add_folder_url(&out, folder);
	buf_add(&out, stem);
	buf_add(&out, name->is_index ? STR("/") : STR(".gmi"));
	whole = arena_str(meta->arena, buf_str(&out));
	buf_fini(&out);
	return whole;
}

/* The address as the name of the file makes it. */
static struct str
name_path(const struct meta *meta)
{
	struct str path;
	struct buf out;

	buf_init(&out, SIZE_MAX);
	name_add_url(&out, &meta->input->name);
	path = arena_str(meta->arena, buf_str(&out));
	buf_fini(&out);
	return path;
}

static struct str
folder_path(const struct meta *meta)
{
	struct str path;
	struct buf out;

	buf_init(&out, SIZE_MAX);
	name_add_folder_url(&out, meta->input->name.folder);
	path = arena_str(meta->arena, buf_str(&out));
	buf_fini(&out);
	return path;
}

/* Whether another program would fill something in. */
static bool
is_pattern(struct str text)
{
	return str_starts(text, STR(":")) ||
	    str_find_str(text, STR("/:")) >= 0 ||
	    str_find_str(text, STR("{{")) >= 0 ||
	    str_find_str(text, STR("{%")) >= 0;
}

/* The key that a field's text asks for; empty when that is none. */
static struct str
address_key(const struct meta *meta, struct str text)
{
	if (str_eq(text, STR(".")) || str_eq(text, STR("..")))
		return (struct str){0};
	if (str_find_char(text, '/') < 0)
		return path_key(meta, slug_path(meta, text));
	return path_key(meta, with_root(meta, text));
}

static struct str
take_address(const struct meta *meta)
{
	struct meta_value value;
	struct str text, key = {0};

	/* `permalink: false` is another program's way to say nothing. */
	if (!meta_find(meta, FIELD_URL, &value) ||
	    meta_node_is_bool(value.node))
		return name_path(meta);
	text = meta_line(meta, &value);
	if (str_is_empty(text))
		return name_path(meta);
	if (str_starts(text, http) && str_find_str(text, STR("://")) > 0) {
		meta_warn(meta, &value, "write a path such as /articles/x.gmi",
		    "is an address on the web and is ignored");
		return name_path(meta);
	}
	if (is_pattern(text)) {
		meta_warn(meta, &value, "write the path itself",
		    "is a pattern of another program and is ignored");
		return name_path(meta);
	}
	if (!node_has_control(meta_node_single(value.node)))
		key = address_key(meta, text);
	if (str_is_empty(key))
		meta_error(meta, &value,
		    "write a path such as /articles/x.gmi, without .. and //",
		    "is no path that a page can have");
	return key;
}

static bool
is_alias_path(struct str text)
{
	return str_find_char(text, '/') >= 0 || str_ends(text, STR(".html"));
}

static void
add_alias(struct page_terms *terms, struct str path)
{
	for (size_t i = 0; i < terms->n; i++)
		if (str_eq(terms->items[i].path, path))
			return;
	terms->items[terms->n++].path = path;
}

/* A path as the page's folder has it and, as some programs read one without a
 * slash at its front, as the top has it. False when it is none. */
static bool
add_alias_paths(
    const struct meta *meta, struct page_terms *terms, struct str text)
{
	struct str beside = path_key(meta, with_folder(meta, text));
	struct str top = path_key(meta, with_root(meta, text));

	if (str_is_empty(beside) || str_is_empty(top))
		return false;
	add_alias(terms, beside);
	add_alias(terms, top);
	return true;
}

/* Older paths of the page; other names of it go to names. */
static struct page_terms
take_aliases(struct meta *meta, struct page_terms *names)
{
	struct page_terms terms = {0};
	const struct yaml_node *node;
	struct meta_value value, item;
	size_t count = 1;
	struct str text;

	if (!meta_find(meta, FIELD_ALIASES, &value) ||
	    value.node->kind == YAML_MAP)
		return terms;
	node = value.node->kind == YAML_LIST ? value.node->first : value.node;
	for (const struct yaml_node *n = node; n != NULL; n = n->next)
		count++;
	terms.items =
	    arena_alloc(meta->arena, 2 * count * sizeof(*terms.items));
	names->items = arena_alloc(meta->arena, count * sizeof(*names->items));
	item = value;
	while (node != NULL) {
		item.node = node;
		text = meta_node_line(meta, node);
		if (str_is_empty(text)) {
			;
		} else if (!is_alias_path(text)) {
			names->items[names->n++].name = text;
		} else if (node_has_control(node) ||
		    !add_alias_paths(meta, &terms, text)) {
			meta_warn(meta, &item,
			    "write paths such as /old/name.gmi",
			    "has an item that is no path");
		}
		node = value.node->kind == YAML_LIST ? node->next : NULL;
	}
	return terms;
}

static struct str
take_redirect(const struct meta *meta)
{
	struct meta_value value;
	struct str text;
	struct url url;

	if (!meta_find(meta, FIELD_REDIRECT, &value) ||
	    meta_node_is_bool(value.node))
		return (struct str){0};
	text = meta_line(meta, &value);
	if (str_find_str(text, STR("://")) > 0) {
		if (url_parse(text, &url))
			return text;
		text = (struct str){0};
	} else if (!str_is_empty(text)) {
		text = path_key(meta, with_folder(meta, text));
	}
	if (str_is_empty(text))
		meta_error(meta, &value,
		    "write a path, or an address with its scheme",
		    "is no place to lead to");
	return text;
}

/* 64 hexadecimal digits in upper case, from "SHA256:" and digits with colons
 * between them. False when text is none. decisions.md, 26. */
static bool
add_fingerprint(struct buf *out, struct str text)
{
	static const char digits[] = "0123456789ABCDEF";
	const struct str prefix = STR("SHA256:");
	size_t start = out->n;

	text = str_trim(text);
	if (str_eq_nocase(str_first(text, prefix.n), prefix))
		text = str_from_index(text, prefix.n);
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == ':')
			continue;
		if (ascii_hex_value(text.p[i]) < 0)
			return false;
		buf_add_char(out, digits[ascii_hex_value(text.p[i])]);
	}
	return out->n - start == fingerprint_digits;
}

/* Never opens a page by mistake: what is not understood is an error. */
static struct str
take_access(const struct meta *meta)
{
	static const char hint[] =
	    "write owners, or a list of SHA256:… fingerprints";
	const struct yaml_node *node;
	struct meta_value value;
	struct str access = {0};
	struct buf out;
	bool is_list;

	if (!meta_find(meta, FIELD_ACCESS, &value))
		return access;
	is_list = value.node->kind == YAML_LIST;
	node = is_list ? value.node->first : value.node;
	if (str_eq_nocase(meta_node_line(meta, node), STR("owners")) &&
	    (!is_list || node->next == NULL))
		return STR("owners");
	buf_init(&out, (fingerprint_digits + 1) * fingerprints_max);
	for (; node != NULL; node = is_list ? node->next : NULL) {
		if (out.n > 0)
			buf_add_char(&out, ' ');
		if (!add_fingerprint(&out, meta_node_line(meta, node))) {
			meta_error(meta, &value, hint,
			    "is neither owners nor fingerprints");
			break;
		}
	}
	if (out.full)
		meta_error(meta, &value, hint, "has too many fingerprints");
	access = arena_str(meta->arena, buf_str(&out));
	buf_fini(&out);
	return access;
}

void
meta_take_url(struct meta *meta)
{
	struct page *page = &meta->page;

	page->url = take_address(meta);
	page->folder = folder_path(meta);
	page->aliases = take_aliases(meta, &page->names);
	page->redirect = take_redirect(meta);
	page->access = take_access(meta);
}

struct str
meta_access(
    const struct meta_input *input, struct arena *arena, struct diags *diags)
{
	struct meta meta = {.input = input, .arena = arena, .diags = diags};

	return meta_open(&meta) < 0 ? (struct str){0} : take_access(&meta);
}
