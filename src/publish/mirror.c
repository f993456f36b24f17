/*
 * The pages of the web mirror. Where links lead is mirror_link's, what lines
 * become is gemtext_html's.
 */
#include "publish/mirror.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "publish/mirror_link.h"
#include "publish/print.h"
#include "publish/publisher.h"
#include "publish/words.h"
#include "text/fold.h"
#include "text/gemtext.h"
#include "text/gemtext_html.h"
#include "text/xml.h"

enum {
	/* Raise it when pages change though what they are made from does
	 * not. */
	mirror_version = 1,
	address_max = 16 * 1024,
	description_max = 300,
	title_max = 70, /* what search engines show of one */
	excerpt_max = 8 * 1024 * 1024,
	content_max = template_output_max,
};

static const struct str page_template = STR_INIT("mirror.html");

void
mirror_init(struct mirror *m)
{
	const struct site *site = m->publisher->site;
	struct print print;

	print_start(&print);
	print_add_number(&print, mirror_version);
	print_add_fingerprint(&print, site->print);
	print_add_fingerprint(&print, templates_print(m->publisher->templates));
	print_add_fingerprint(&print, m->plan->print);
	m->print = print_end(&print);
}

struct fingerprint
mirror_print(const struct mirror *m, const struct export_item *item)
{
	const struct stored *article =
	    map_find(&m->publisher->outputs.articles, item->path);
	struct print print;

	print_start(&print);
	print_add_fingerprint(&print, m->print);
	print_add_fingerprint(&print, item->print);
	if (article != NULL)
		print_add_fingerprint(&print, article->print);
	return print_end(&print);
}

/* The first heading of a text, when it is one of level 1; or nothing. */
static struct str
first_heading(struct str body)
{
	struct gemtext_line line;
	struct gemtext g;

	gemtext_init(&g, body);
	while (gemtext_next(&g, &line))
		if (line.type == GEMTEXT_HEADING && line.text.n > 0)
			return line.level == 1 ? line.text : (struct str){0};
	return (struct str){0};
}

/* Whether a language is written from right to left. */
static bool
is_right_to_left(struct str language)
{
	static const struct str tags[] = {STR_INIT("ar"), STR_INIT("he"),
	    STR_INIT("iw"), STR_INIT("fa"), STR_INIT("ur"), STR_INIT("yi"),
	    STR_INIT("ps"), STR_INIT("dv"), STR_INIT("ug"), STR_INIT("sd"),
	    STR_INIT("ckb"), STR_INIT("arc"), STR_INIT("syr")};
	struct str first;

	str_cut(&language, '-', &first);
	for (size_t i = 0; i < sizeof(tags) / sizeof(*tags); i++)
		if (str_eq_nocase(first, tags[i]))
			return true;
	return false;
}

/* The page that is being made. */
struct page_work {
	struct mirror_place place;
	struct arena *arena;
	struct value *data;
	struct value *page;
};

static void
put_relative(const struct page_work *work, struct value *map, struct str key,
    struct str name)
{
	struct buf href;

	buf_init(&href, address_max);
	mirror_add_relative(&href, work->place.item->name, name);
	value_put_text(
	    work->arena, map, key, arena_str(work->arena, buf_str(&href)));
	buf_fini(&href);
}

/* The address on the web of a file; a folder's is that of the folder. */
static struct str
web_address(const struct mirror *m, struct arena *arena, struct str name)
{
	static const struct str index = STR_INIT("index.html");

	if (str_is_empty(m->publisher->site->web_url))
		return (struct str){0};
	if (str_eq(name, index) ||
	    (str_ends(name, index) && name.p[name.n - index.n - 1] == '/'))
		name = str_first(name, name.n - index.n);
	return arena_printf(arena, "%" STR_FMT "%" STR_FMT,
	    STR_ARG(m->publisher->site->web_url), STR_ARG(name));
}

/* The address in the capsule. */
static struct str
capsule_address(const struct mirror *m, struct arena *arena, struct str path)
{
	return arena_printf(arena, "%" STR_FMT "%" STR_FMT,
	    STR_ARG(m->publisher->site->url), STR_ARG(str_from_index(path, 1)));
}

static void
add_navigation(struct page_work *work)
{
	const struct site *site = work->place.mirror->publisher->site;
	struct export_item root = {.path = STR("/")};
	struct mirror_place place = {work->place.mirror, &root};
	struct value *list = value_list(work->arena), *map;
	enum gemtext_html_link kind;
	struct buf href;

	root.name = work->place.item->name;
	VEC_EACH (const struct site_link, link, &site->navigation) {
		buf_init(&href, address_max);
		kind = mirror_resolve(&place, link->path, &href);
		if (kind == GEMTEXT_HTML_LINK || kind == GEMTEXT_HTML_IMAGE) {
			map = value_map(work->arena);
			value_put_text(work->arena, map, STR("url"),
			    arena_str(work->arena, buf_str(&href)));
			value_put_text(
			    work->arena, map, STR("title"), link->title);
			value_add(work->arena, list, map);
		}
		buf_fini(&href);
	}
	value_put(work->arena, work->data, STR("navigation"), list);
	value_put(work->arena, work->data, STR("has_navigation"),
	    value_bool(work->arena, value_get_count(list) > 0));
}

/* A feed of the folder that a path names, for the head of a page. */
static void
add_feed(struct page_work *work, struct value *list, struct str folder,
    const char *file)
{
	struct arena *arena = work->arena;
	struct str path =
	    arena_printf(arena, "%" STR_FMT "%s", STR_ARG(folder), file);
	const struct export_item *item =
	    export_plan_find(work->place.mirror->plan, path);
	struct value *map;

	if (item == NULL || item->as != EXPORT_FEED || str_is_empty(item->name))
		return;
	map = value_map(arena);
	put_relative(work, map, STR("url"), item->name);
	value_put_text(arena, map, STR("type"), item->type);
	value_add(arena, list, map);
}

static void
add_feeds(struct page_work *work)
{
	static const char *const files[] = {"atom.xml", "feed.json"};
	struct value *list = value_list(work->arena);
	struct str path = work->place.item->path;
	bool is_folder = path.n > 1 && str_ends(path, STR("/"));

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		if (is_folder)
			add_feed(work, list, path, files[i]);
		add_feed(work, list, STR("/"), files[i]);
	}
	value_put(work->arena, work->data, STR("feeds"), list);
}

static void
add_site(struct page_work *work)
{
	const struct mirror *m = work->place.mirror;
	const struct site *site = m->publisher->site;
	struct value *map = value_map(work->arena);
	const struct export_item *home = export_plan_find(m->plan, STR("/"));

	value_put_text(work->arena, map, STR("title"), site->title);
	value_put_text(work->arena, map, STR("subtitle"), site->subtitle);
	value_put_text(work->arena, map, STR("license"), site->license);
	value_put_text(work->arena, map, STR("url"), site->url);
	value_put_text(work->arena, map, STR("web_url"), site->web_url);
	if (home != NULL && !str_is_empty(home->name))
		put_relative(work, map, STR("home"), home->name);
	put_relative(work, map, STR("style"), STR(export_style_name));
	value_put(work->arena, work->data, STR("site"), map);
	add_navigation(work);
	add_feeds(work);
}

static struct page_work
start_page(
    const struct mirror *m, const struct export_item *item, struct arena *arena)
{
	struct page_work work = {
	    .place = {m, item},
	    .arena = arena,
	    .data = value_map(arena),
	    .page = value_map(arena),
	};
	struct str language = str_is_empty(item->language)
	    ? m->publisher->site->language
	    : item->language;

	value_put_text(arena, work.page, STR("language"), language);
	if (is_right_to_left(language))
		value_put_text(arena, work.page, STR("direction"), STR("rtl"));
	value_put_text(arena, work.page, STR("capsule_url"),
	    capsule_address(m, arena, item->path));
	value_put(arena, work.data, STR("page"), work.page);
	add_site(&work);
	return work;
}

/* What the head of an article has beside that of a page. */
static struct str
put_article(struct page_work *work, struct str *summary)
{
	const struct mirror *m = work->place.mirror;
	struct arena *arena = work->arena;
	struct catalogue_article article;

	if (reader_find_article(m->reader, work->place.item->path, &article) !=
	    READER_FOUND)
		return (struct str){0};
	value_put(
	    arena, work->page, STR("is_article"), value_bool(arena, true));
	value_put_text(
	    arena, work->page, STR("date_iso"), arena_str(arena, article.date));
	value_put_text(arena, work->page, STR("updated_iso"),
	    arena_str(arena, article.updated));
	*summary = arena_str(arena, article.summary);
	return arena_str(arena, article.title);
}

static void
put_description(struct page_work *work, struct str summary, struct str body)
{
	struct buf text;

	buf_init(&text, excerpt_max);
	if (str_is_empty(summary))
		gemtext_add_excerpt(&text, body);
	else
		buf_add(&text, summary);
	value_put_text(work->arena, work->page, STR("description"),
	    arena_str(
		work->arena, utf8_first(buf_str(&text), description_max)));
	buf_fini(&text);
}

/* How many characters of UTF-16, in which browsers count, s is long. */
static size_t
title_length(struct str s)
{
	size_t n = 0;
	uint32_t code_point;

	while (utf8_next(&s, &code_point))
		n += code_point > UINT16_MAX ? 2 : 1;
	return n;
}

/* The title in a browser's bar: with that of the capsule where both fit, and
 * cut where it is long. */
static struct str
bar_title(struct arena *arena, struct str title, struct str site)
{
	struct str both =
	    arena_printf(arena, "%" STR_FMT " \xe2\x80\x93 %" STR_FMT,
		STR_ARG(title), STR_ARG(site));
	struct buf cut;

	if (str_is_empty(title))
		title = site;
	else if (!str_eq(title, site) && title_length(both) <= title_max)
		title = both;
	for (size_t count = title_max; title_length(title) > title_max;
	     count--) {
		buf_init(&cut, title.n + 1 + STR("\xe2\x80\xa6").n);
		fold_add_cut(&cut, title, count);
		title = arena_str(arena, buf_str(&cut));
		buf_fini(&cut);
	}
	return title;
}

static void
put_title(struct page_work *work, struct str title)
{
	struct str site = work->place.mirror->publisher->site->title;

	value_put_text(work->arena, work->page, STR("title"),
	    str_is_empty(title) ? site : title);
	value_put_text(work->arena, work->page, STR("bar_title"),
	    bar_title(work->arena, title, site));
}

static int
fill(const struct page_work *work, struct buf *out)
{
	struct template_want want = {.name = page_template};
	struct str path = work->place.item->path;
	ptrdiff_t slash = str_find_last_char(path, '/');

	if (slash > 1)
		want.folder = str_from(path.p + 1, (size_t)slash - 1);
	return templates_render(
	    work->place.mirror->publisher->templates, want, work->data, out);
}

int
mirror_add_page(const struct mirror *m, const struct export_item *item,
    struct str body, struct buf *out)
{
	struct arena arena = {0};
	struct page_work work = start_page(m, item, &arena);
	struct gemtext_html html = {
	    .resolve = mirror_resolve,
	    .context = &work.place,
	    .image_word =
		words_find(m->publisher->site->language, STR("image")),
	};
	struct str summary = {0}, title, heading = first_heading(body);
	struct buf content;
	int result;

	title = put_article(&work, &summary);
	if (!str_is_empty(heading))
		title = heading;
	html.title = str_is_empty(title) ? m->publisher->site->title : title;
	put_title(&work, title);
	put_description(&work, summary, body);
	value_put_text(&arena, work.page, STR("web_url"),
	    web_address(m, &arena, item->name));
	buf_init(&content, content_max);
	gemtext_add_html(&html, body, &content);
	value_put(&arena, work.page, STR("content"),
	    value_text(&arena, buf_str(&content)));
	result = content.full ? -1 : fill(&work, out);
	buf_fini(&content);
	arena_fini(&arena);
	return result;
}

struct str
mirror_title(const struct mirror *m, struct arena *arena, struct str path)
{
	const struct export_item *item = mirror_find(m, path);
	struct catalogue_article article;
	struct catalogue_entry entry;

	if (item != NULL &&
	    reader_find_article(m->reader, item->path, &article) ==
		READER_FOUND &&
	    !str_is_empty(article.title))
		return arena_str(arena, article.title);
	if (item != NULL && item->as == EXPORT_PAGE &&
	    reader_find(m->reader, item->path, &entry) == READER_FOUND &&
	    !str_is_empty(first_heading(entry.body)))
		return arena_str(arena, first_heading(entry.body));
	return path;
}

int
mirror_add_moved(
    const struct mirror *m, const struct export_item *item, struct buf *out)
{
	struct arena arena = {0};
	struct page_work work = start_page(m, item, &arena);
	const struct export_item *to = mirror_find(m, item->target);
	struct str title = mirror_title(m, &arena, item->target);
	struct buf content;
	int result;

	buf_init(&content, address_max);
	if (mirror_resolve(&work.place, item->target, &content) ==
	    GEMTEXT_HTML_LINK)
		value_put_text(&arena, work.page, STR("target"),
		    arena_str(&arena, buf_str(&content)));
	value_put_text(&arena, work.page, STR("web_url"),
	    web_address(m, &arena, to == NULL ? item->name : to->name));
	value_put_text(&arena, work.page, STR("heading"), title);
	put_title(&work, title);
	result = fill(&work, out);
	buf_fini(&content);
	arena_fini(&arena);
	return result;
}

/* Add an address within the capsule as that of the mirror; what the mirror
 * does not have keeps it. */
static void
add_feed_link(const struct mirror *m, struct str url, struct buf *out)
{
	const struct export_item *item = mirror_find(m, url);
	struct arena arena = {0};

	buf_add(out, item == NULL ? url : web_address(m, &arena, item->name));
	arena_fini(&arena);
}

/* Whether the value that comes behind text is that of an id. */
static bool
is_at_id(struct str text)
{
	return str_ends(text, STR("\"id\":\"")) ||
	    str_ends(text, STR("\"id\": \""));
}

void
mirror_add_feed(const struct mirror *m, struct str body, struct buf *out)
{
	const struct site *site = m->publisher->site;
	struct str part = body;
	bool is_moved = !str_is_empty(site->web_url);

	/* Ids are elements in Atom, and never between quotes. */
	while (is_moved && str_cut(&body, '"', &part)) {
		buf_add(out, part);
		buf_add_char(out, '"');
		if (!str_starts(body, site->url) || is_at_id(buf_str(out)))
			continue;
		str_cut(&body, '"', &part);
		add_feed_link(m, part, out);
		buf_add_char(out, '"');
	}
	buf_add(out, part);
}

void
mirror_add_style(const struct mirror *m, struct buf *out)
{
	struct arena arena = {0};

	templates_render(m->publisher->templates,
	    (struct template_want){.name = STR(export_style_name)},
	    value_map(&arena), out);
	arena_fini(&arena);
}
