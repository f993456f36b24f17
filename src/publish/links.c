/*
 * From the targets that authors write to the URLs that readers ask for. What a
 * link line looks like is decided elsewhere.
 */
#include "publish/links.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "proto/url.h"
#include "publish/link_bits.h"
#include "publish/name.h"
#include "publish/print.h"
#include "text/fold.h"

enum {
	path_max = 4096,
	leads_max = 1000, /* of one page: who has more is a list of links */
	dated_prefix = 12, /* "/2026/11/24/" */
	dated_path_max = 1024,
	suffixes_max = 4, /* folders by which a name may be told from others */
};

static const struct str page_endings[] = {STR_INIT(".gmi"), STR_INIT(".gemini"),
    STR_INIT(".md"), STR_INIT(".markdown")};
static const struct str index_names[] = {
    STR_INIT("/index"), STR_INIT("/_index")};

enum { ending_count = sizeof(page_endings) / sizeof(*page_endings) };

static void
note_source(struct links *links, struct source *source)
{
	links->changed |= link_bits_note(source,
	    source->page != NULL &&
		map_find(&links->graph->by_url, source->page->url) != NULL);
	/* Sums, as the order of a map is not that of another run. */
	links->print.high += source->address.high;
	links->print.low += source->address.low;
}

void
links_init(
    struct links *links, struct sources *sources, const struct graph *graph)
{
	struct source *source;

	*links = (struct links){
	    .sources = sources,
	    .graph = graph,
	    .before = sources->links_print,
	    .changed = sources->gone_bits,
	};
	MAP_EACH(entry, &sources->files)
	{
		source = entry->value;
		if (source->name.kind == NAME_PAGE ||
		    source->name.kind == NAME_ASSET)
			note_source(links, source);
	}
	sources->links_print = links->print;
	sources->gone_bits = 0;
}

void
links_fini(struct links *links)
{
	map_fini(&links->names);
	arena_fini(&links->arena);
}

/* Whether readers get something for the source. */
static bool
is_served(const struct links *links, const struct source *source)
{
	if (source->name.kind == NAME_ASSET)
		return true;
	return source->page != NULL &&
	    map_find(&links->graph->by_url, source->page->url) != NULL;
}

static void
add_url(const struct source *source, struct buf *out)
{
	if (source->page != NULL)
		buf_add(out, source->page->url);
	else
		name_add_url(out, &source->name);
}

/* Add path as it is seen from folder, without dot segments. False when it
 * leads above the root. */
static bool
add_joined(struct buf *out, struct str folder, struct str path)
{
	bool has_more = true;
	struct str segment;
	ptrdiff_t slash;

	if (!str_starts(path, STR("/")))
		buf_add(out, folder);
	while (has_more) {
		has_more = str_cut(&path, '/', &segment);
		if (str_is_empty(segment) || str_eq(segment, STR(".")))
			continue;
		if (str_eq(segment, STR(".."))) {
			if (out->n == 0)
				return false;
			slash = str_find_last_char(buf_str(out), '/');
			buf_truncate(out, slash < 0 ? 0 : (size_t)slash);
			continue;
		}
		if (out->n > 0)
			buf_add_char(out, '/');
		buf_add(out, segment);
	}
	return out->n > 0 && !out->full;
}

/* The page or asset at a path, or NULL. */
static const struct source *
find_exact(const struct links *links, struct str path)
{
	const struct source *source = sources_find(links->sources, path);

	if (source == NULL ||
	    (source->name.kind != NAME_PAGE && source->name.kind != NAME_ASSET))
		return NULL;
	return source;
}

/* The page whose path without its ending is in path, which is the same again
 * afterwards; or NULL. */
static const struct source *
find_stem(const struct links *links, struct buf *path)
{
	const struct source *source = NULL;
	size_t n = path->n;

	for (size_t i = 0; i < ending_count && source == NULL; i++) {
		buf_add(path, page_endings[i]);
		source = find_exact(links, buf_str(path));
		buf_truncate(path, n);
	}
	return source;
}

/* The source that a path means: itself, a page with another ending or with
 * none, or the index of a folder. Changes path. */
static const struct source *
find_near(const struct links *links, struct buf *path)
{
	const struct source *source = find_exact(links, buf_str(path));
	const struct format *format = format_find(buf_str(path));
	size_t n;

	if (source != NULL)
		return source;
	if (format != NULL)
		buf_truncate(path, path->n - format->ending.n);
	source = find_stem(links, path);
	n = path->n;
	for (size_t i = 0; i < 2 && source == NULL; i++) {
		buf_add(path, index_names[i]);
		source = find_stem(links, path);
		buf_truncate(path, n);
	}
	return source;
}

/* The source that a path means as seen from folder, or NULL. */
static const struct source *
find_path(const struct links *links, struct str folder, struct str path)
{
	const struct source *source = NULL;
	struct buf whole;

	buf_init(&whole, path_max);
	if (add_joined(&whole, folder, path))
		source = find_near(links, &whole);
	buf_fini(&whole);
	return source;
}

/* The source that a path means beside the page, at the root, or, as others
 * serve a page as a folder, beneath it. */
static const struct source *
find_around(
    const struct links *links, const struct source *from, struct str path)
{
	const struct source *source = find_path(links, from->name.folder, path);
	struct buf folder;

	if (source != NULL || str_starts(path, STR("/")))
		return source;
	buf_init(&folder, path_max);
	buf_add(&folder, from->name.folder);
	if (folder.n > 0)
		buf_add_char(&folder, '/');
	buf_add(&folder, from->name.stem);
	source = find_path(links, buf_str(&folder), path);
	buf_fini(&folder);
	return source;
}

static bool
is_before(const struct source *a, const struct source *b)
{
	if (a->path.n != b->path.n)
		return a->path.n < b->path.n;
	return str_cmp(a->path, b->path) < 0;
}

/* Let name mean source, unless one with a shorter path has it. */
static void
add_name(struct links *links, struct str name, struct source *source)
{
	struct str key = fold_key(&links->arena, name);
	struct source *other;

	if (str_is_empty(key))
		return;
	other = map_find(&links->names, key);
	if (other == NULL || is_before(source, other))
		map_put(&links->names, key, source);
}

/* Let the end of a path mean source, with and without the folders before. */
static void
add_path_names(struct links *links, struct str path, struct source *source)
{
	size_t at = path.n;

	for (int i = 0; i < suffixes_max && at > 0; i++) {
		ptrdiff_t slash = str_find_last_char(str_first(path, at), '/');

		add_name(
		    links, str_from_index(path, (size_t)(slash + 1)), source);
		at = slash < 0 ? 0 : (size_t)slash;
	}
}

static void
add_names(struct links *links, struct source *source)
{
	const struct name *name = &source->name;
	const struct page *page = source->page;

	if (page == NULL) {
		add_path_names(links, source->path, source);
		return;
	}
	add_path_names(links,
	    name->is_index ? name->folder
			   : str_first(source->path,
				 source->path.n - name->format->ending.n),
	    source);
	add_name(links, page->title, source);
	for (size_t i = 0; i < page->names.n; i++)
		add_name(links, page->names.items[i].name, source);
}

/* The source that is named so, or NULL. */
static const struct source *
find_name(struct links *links, struct str name)
{
	const struct format *format = format_find(name);
	const struct source *source;
	struct arena arena = {0};

	if (!links->has_names) {
		MAP_EACH(entry, &links->sources->files)
		{
			struct source *each = entry->value;

			if ((each->name.kind == NAME_PAGE ||
				each->name.kind == NAME_ASSET) &&
			    is_served(links, each))
				add_names(links, each);
		}
		links->has_names = true;
	}
	if (format != NULL)
		name = str_first(name, name.n - format->ending.n);
	source = map_find(&links->names, fold_key(&arena, name));
	arena_fini(&arena);
	return source;
}

/* The last part of a path. */
static struct str
last_segment(struct str path)
{
	return str_from_index(
	    path, (size_t)(str_find_last_char(path, '/') + 1));
}

/* Whether references relative to the file are the same relative to the URL. */
static bool
is_at_home(const struct page *page)
{
	ptrdiff_t slash = str_find_last_char(page->url, '/');

	return str_eq(str_first(page->url, (size_t)(slash + 1)), page->folder);
}

/* The article that Jekyll has at a path such as /2026/11/24/name/ from its
 * file 2026-11-24-name, or NULL. */
static const struct source *
find_dated(struct links *links, struct str path)
{
	static const struct str html = STR_INIT(".html");
	const struct source *source;
	struct buf name;

	if (str_ends(path, html))
		path = str_first(path, path.n - html.n);
	while (str_ends(path, STR("/")))
		path = str_first(path, path.n - 1);
	if (path.n <= dated_prefix || path.p[0] != '/' ||
	    path.n > dated_path_max || !ascii_is_digit(path.p[1]))
		return NULL;
	path = str_from_index(path, 1);
	buf_init(&name, path_max);
	for (size_t i = 0; i < path.n; i++)
		buf_add_char(&name, path.p[i] == '/' ? '-' : path.p[i]);
	source = find_name(links, buf_str(&name));
	buf_fini(&name);
	return source;
}

/* The page that readers get by way of a path, which is seen from the page's
 * own URL, whatever stands for its ending; or NULL. */
static const struct page *
find_served(const struct links *links, const struct page *from, struct str path)
{
	static const struct str html = STR_INIT(".html");
	static const struct str endings[] = {
	    STR_INIT(""), STR_INIT("/"), STR_INIT(".gmi")};
	ptrdiff_t slash = str_find_last_char(from->url, '/');
	struct str folder = str_first(from->url, (size_t)slash);
	const struct page *page = NULL;
	struct buf key, whole;
	size_t n;

	buf_init(&key, path_max);
	buf_init(&whole, path_max);
	url_add_encoded_path(&key, path);
	if (str_ends(buf_str(&key), html))
		buf_truncate(&key, key.n - html.n);
	if (add_joined(&whole, str_from_index(folder, 1), buf_str(&key))) {
		buf_clear(&key);
		buf_add_char(&key, '/');
		buf_add(&key, buf_str(&whole));
		n = key.n;
		for (size_t i = 0; i < 3 && page == NULL; i++) {
			buf_add(&key, endings[i]);
			page = map_find(&links->graph->by_url, buf_str(&key));
			buf_truncate(&key, n);
		}
	}
	buf_fini(&key);
	buf_fini(&whole);
	return page;
}

/* A link as in HTML. What is not known stays as it is, but for the name of a
 * source, which no reader can ask for. */
static bool
add_link(struct links *links, const struct link_target *target, struct str path,
    struct buf *out)
{
	const struct source *from =
	    sources_find(links->sources, target->page->source);
	const struct source *source = find_around(links, from, path);
	const struct page *page = NULL;
	bool is_source =
	    str_ends(path, STR(".md")) || str_ends(path, STR(".markdown"));
	bool is_at_root = false;

	if (source == NULL)
		page = find_served(links, target->page, path);
	if (source == NULL && page == NULL)
		source = find_dated(links, path);
	/* Engines have pictures and files from the root without a slash. */
	if (source == NULL && page == NULL) {
		source = find_exact(links, path);
		if (source != NULL && source->page != NULL)
			source = NULL;
		is_at_root = source != NULL ||
		    (target->kind == MARKDOWN_TARGET_IMAGE &&
			str_starts(path, STR("assets/")));
	}
	if (source != NULL ? !is_served(links, source)
			   : page == NULL && is_source)
		return false;
	if (page != NULL) {
		buf_add(out, page->url);
	} else if (source == NULL ||
	    (source->page == NULL && !is_at_root && is_at_home(target->page))) {
		buf_addf(out, "%s%" STR_FMT, is_at_root ? "/" : "",
		    STR_ARG(target->text));
	} else {
		add_url(source, out);
	}
	return true;
}

/* A name, in one of the ways in which other programs have them. */
static bool
add_named(struct links *links, const struct link_target *target,
    struct str path, struct buf *out)
{
	const struct source *from =
	    sources_find(links->sources, target->page->source);
	const struct source *source = NULL;

	switch (target->kind) {
	case MARKDOWN_TARGET_LINK:
	case MARKDOWN_TARGET_IMAGE:
		break;
	case MARKDOWN_TARGET_REF:
		source = find_around(links, from, path);
		if (source == NULL)
			source = find_path(links, STR(""), path);
		if (source == NULL)
			source = find_name(links, path);
		break;
	case MARKDOWN_TARGET_POST:
		source = find_name(links, path);
		if (source == NULL)
			source = find_name(links, last_segment(path));
		break;
	case MARKDOWN_TARGET_WIKI:
	case MARKDOWN_TARGET_EMBED:
		source = find_name(links, path);
		if (source == NULL)
			source = find_around(links, from, path);
		break;
	}
	if (source == NULL || !is_served(links, source))
		return false;
	add_url(source, out);
	return true;
}

/* The part of a target that names something. */
static struct str
path_of(struct str target)
{
	for (size_t i = 0; i < target.n; i++)
		if (target.p[i] == '#' || target.p[i] == '?')
			return str_first(target, i);
	return target;
}

bool
links_resolve(
    struct links *links, const struct link_target *target, struct buf *out)
{
	struct str path = path_of(target->text), plain = path;
	struct arena arena = {0};
	struct buf decoded;
	bool found = false;

	switch (target->kind) {
	case MARKDOWN_TARGET_LINK:
	case MARKDOWN_TARGET_IMAGE:
		buf_init(&decoded, path_max);
		if (url_add_decoded(&decoded, path) &&
		    utf8_is_valid(buf_str(&decoded)))
			plain = fold_nfc(&arena, buf_str(&decoded));
		buf_fini(&decoded);
		found = true;
		if (str_is_empty(plain))
			buf_add(out, target->text);
		else
			found = add_link(links, target, plain, out);
		break;
	case MARKDOWN_TARGET_REF:
	case MARKDOWN_TARGET_POST:
		found = add_named(links, target, path, out);
		break;
	case MARKDOWN_TARGET_WIKI:
	case MARKDOWN_TARGET_EMBED:
		/* A name may have any character. */
		found = add_named(links, target, target->text, out);
		break;
	}
	arena_fini(&arena);
	return found;
}

uint64_t
links_mark(struct str url)
{
	return str_hash(STR_HASH_START, url);
}

/* Add an address, whose fragment does not count, to leads unless it is there.
 */
static void
add_lead(struct vec *leads, struct str url)
{
	uint64_t mark = links_mark(path_of(url));

	if (!str_starts(url, STR("/")))
		return;
	VEC_EACH (uint64_t, other, leads)
		if (*other == mark)
			return;
	*(uint64_t *)vec_add(leads) = mark;
}

/* Whether what was found of the page's targets still holds. */
static bool
is_known(const struct links *links, const struct page *page)
{
	if (page->link_bits == 0) /* it was never asked for */
		return false;
	return fingerprint_eq(page->links_at, links->print) ||
	    (fingerprint_eq(page->links_at, links->before) &&
		(page->link_bits & links->changed) == 0);
}

/* Find out where the targets of own lead now, as seen from another folder:
 * owners have it there, while it is a draft. */
static void
look_up(struct links *links, struct page *own)
{
	struct page away = *own;
	struct link_target target = {.page = &away};
	struct vec leads = VEC_INIT(uint64_t);
	struct str rest = own->targets, line;
	struct print print;
	bool has_bits = own->link_bits != 0;
	struct buf url;

	away.folder = (struct str){0};
	print_start(&print);
	buf_init(&url, path_max);
	while (str_next_line(&rest, &line)) {
		target.kind = (enum markdown_target)(line.p[0] - '0');
		target.text = str_from_index(line, 1);
		buf_clear(&url);
		print_add_number(&print, links_resolve(links, &target, &url));
		print_add(&print, buf_str(&url));
		if (leads.n < leads_max)
			add_lead(&leads, buf_str(&url));
		if (!has_bits)
			own->link_bits |=
			    link_bits_target(target.kind, target.text);
	}
	buf_fini(&url);
	own->links = print_end(&print);
	mem_free(own->leads.marks);
	own->leads = (struct page_leads){.n = leads.n};
	if (leads.n > 0) /* no more memory than they need */
		own->leads.marks =
		    mem_grow(leads.items, leads.n, sizeof(*own->leads.marks));
}

/* The record that the page's source has: page may be a copy of it under
 * another address. NULL when its links are not listed. */
static struct page *
looked_up(struct links *links, const struct page *page)
{
	struct source *source;

	if (str_is_empty(page->targets) ||
	    str_eq(page->targets, STR(LINKS_ANY)))
		return NULL;
	source = sources_find(links->sources, page->source);
	if (!is_known(links, source->page))
		look_up(links, source->page);
	source->page->links_at = links->print;
	return source->page;
}

struct fingerprint
links_print(struct links *links, const struct page *page)
{
	const struct page *own = looked_up(links, page);

	if (own != NULL)
		return own->links;
	return str_is_empty(page->targets) ? (struct fingerprint){0}
					   : links->print;
}

const struct page_leads *
links_leads(struct links *links, const struct page *page)
{
	static const struct page_leads none = {0};
	const struct page *own = looked_up(links, page);

	return own == NULL ? &none : &own->leads;
}
