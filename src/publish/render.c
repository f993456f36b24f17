/*
 * What all kinds of pages share: the values that templates see everywhere, and
 * the way of a rendered page into the catalogue.
 */
#include "publish/render.h"

#include "base/date.h"
#include "proto/url.h"
#include "publish/backlinks.h"
#include "publish/feed.h"
#include "publish/pages_chosen.h"
#include "publish/words.h"

enum {
	render_version = 15, /* counts changes of the code that shows things */
	status_success = 20,
	date_max = 64,
};

static struct value *
site_value(const struct render *r, struct arena *arena)
{
	const struct site *site = r->site;
	struct value *map = value_map(arena);

	value_put_text(arena, map, STR("title"), site->title);
	value_put_text(arena, map, STR("subtitle"), site->subtitle);
	value_put_text(arena, map, STR("url"), site->url);
	value_put_text(arena, map, STR("host"), site->host);
	value_put_text(arena, map, STR("language"), site->language);
	value_put_text(arena, map, STR("license"), site->license);
	if (site->has_author) {
		const struct site_author *author =
		    vec_get(&site->authors, site->author);

		value_put_text(arena, map, STR("author"), author->name);
		value_put_text(arena, map, STR("author_email"), author->email);
		value_put_text(arena, map, STR("author_url"), author->url);
	}
	return map;
}

static void
add_link(
    struct arena *arena, struct value *list, struct str url, struct str title)
{
	struct value *map = value_map(arena);

	value_put_text(arena, map, STR("url"), url);
	value_put_text(arena, map, STR("title"), title);
	value_add(arena, list, map);
}

/* Add the link to a list of the program's own making, unless an entry of
 * `indexes:` stands in its place. */
static void
add_index(const struct render *r, struct arena *arena, struct value *list,
    const struct link *link)
{
	VEC_EACH (const struct chosen, chosen, &r->chosen)
		if (str_eq(chosen->index->path, link->url))
			return;
	add_link(arena, list, link->url, link->title);
}

/* The lists of everything that this capsule has, those that its author asked
 * for first. */
static struct value *
indexes_value(const struct render *r, struct arena *arena)
{
	static const struct {
		enum term_kind kind;
		struct str word;
	} terms[] = {
	    {TERM_TAG, STR_INIT("tags")},
	    {TERM_CATEGORY, STR_INIT("categories")},
	    {TERM_AUTHOR, STR_INIT("authors")},
	    {TERM_SERIES, STR_INIT("series")},
	};
	struct value *list = value_list(arena);
	struct str tag = r->site->language;

	VEC_EACH (const struct chosen, chosen, &r->chosen)
		if (!str_eq(chosen->index->path, STR("/")))
			add_link(arena, list, chosen->index->path,
			    chosen->index->title);
	if (r->graph->articles.n > 0) {
		add_index(r, arena, list,
		    &(struct link){
			.url = STR("/articles/"),
			.title = words_find(tag, STR("all_articles")),
		    });
		add_index(r, arena, list,
		    &(struct link){
			.url = STR("/archive/"),
			.title = words_find(tag, STR("archive")),
		    });
	}
	for (size_t i = 0; i < sizeof(terms) / sizeof(*terms); i++)
		if (r->graph->terms[terms[i].kind].n > 0)
			add_index(r, arena, list,
			    &(struct link){
				.url = term_kind_folder(terms[i].kind),
				.title = words_find(tag, terms[i].word),
			    });
	if (r->graph->articles.n + r->graph->pages.n > 0)
		add_index(r, arena, list,
		    &(struct link){
			.url = STR("/search"),
			.title = words_find(tag, STR("search")),
		    });
	return list;
}

static void
base_print(struct render *r)
{
	struct print print;

	print_start(&print);
	print_add_number(&print, render_version);
	print_add_fingerprint(&print, r->site->print);
	print_add_fingerprint(&print, templates_print(r->templates));
	for (int kind = 0; kind < TERM_KIND_COUNT; kind++)
		print_add_number(&print, r->graph->terms[kind].n > 0);
	print_add_number(&print, r->graph->articles.n > 0);
	VEC_EACH (const struct chosen, chosen, &r->chosen)
		print_add(&print, chosen->index->path);
	print_add_number(&print, r->graph->pages.n > 0);
	r->base = print_end(&print);
}

/* Which of the articles that share a first alias has it in its id. */
static void
take_first_aliases(struct render *r)
{
	const struct page_list *all = &r->graph->all;
	struct page *page;

	for (size_t i = 0; i < all->n; i++) {
		page = (struct page *)(uintptr_t)all->items[i];
		if (page->rank != SIZE_MAX && page->aliases.n > 0 &&
		    map_find(&r->first_aliases, page->aliases.items[0].path) ==
			NULL)
			map_put(&r->first_aliases, page->aliases.items[0].path,
			    page);
	}
}

void
render_init(struct render *r)
{
	links_init(&r->links, r->sources, r->graph);
	backlinks_add(&r->arena, r->graph, &r->links);
	take_first_aliases(r);
	r->site_value = site_value(r, &r->arena);
	render_speak(r, r->site->language);
	r->navigation = value_list(&r->arena);
	VEC_EACH (struct site_link, link, &r->site->navigation)
		add_link(&r->arena, r->navigation, link->path, link->title);
	vec_init(&r->fresh, sizeof(const struct page *));
	r->chosen = pages_choose(r);
	r->indexes = indexes_value(r, &r->arena);
	r->feeds = value_list(&r->arena);
	if (r->graph->articles.n > 0)
		r->feeds = feed_links(r, &r->arena, STR("/"));
	base_print(r);
}

void
render_fini(struct render *r)
{
	links_fini(&r->links);
	map_fini(&r->first_aliases);
	map_fini(&r->vocabularies);
	vec_fini(&r->chosen);
	vec_fini(&r->fresh);
	arena_fini(&r->arena);
}

void
render_speak(struct render *r, struct str lang)
{
	struct str main;

	str_cut(&lang, ',', &main);
	r->tag = words_are_known(main) ? main : r->site->language;
	r->words = map_find(&r->vocabularies, r->tag);
	if (r->words != NULL)
		return;
	r->words = words_value(&r->arena, r->tag);
	map_put(&r->vocabularies, arena_str(&r->arena, r->tag), r->words);
}

struct value *
render_data(const struct render *r, struct arena *arena)
{
	struct value *data = value_map(arena);

	value_put(arena, data, STR("site"), r->site_value);
	value_put(arena, data, STR("label"), r->words);
	value_put(arena, data, STR("navigation"), r->navigation);
	value_put(arena, data, STR("indexes"), r->indexes);
	value_put(arena, data, STR("feeds"), r->feeds);
	return data;
}

void
render_print_start(const struct render *r, struct print *print)
{
	print_start(print);
	print_add_fingerprint(print, r->base);
}

void
render_fail(struct render *r, struct str path)
{
	diags_error(r->diags, (struct diag_place){.file = path}, "page",
	    "make its template or its text smaller",
	    "the page is too large and stays as it was");
	outputs_fail(r->outputs, path);
}

void
render_put_text(
    struct render *r, const struct render_page *page, struct str body)
{
	struct arena arena = {0};

	outputs_put(r->outputs,
	    &(struct writer_entry){
		.path = page->path,
		.kind = page->kind,
		.status = status_success,
		.meta = str_is_empty(page->meta)
		    ? render_meta(r, &arena, page->meta)
		    : page->meta,
		.body = body,
		.access = page->access,
		.fingerprint = page->print,
	    });
	arena_fini(&arena);
}

void
render_put(
    struct render *r, const struct render_page *page, const struct value *data)
{
	struct buf out;

	buf_init(&out, template_output_max);
	if (templates_render(r->templates, page->want, data, &out) < 0)
		render_fail(r, page->path);
	else
		render_put_text(r, page, buf_str(&out));
	buf_fini(&out);
}

struct str
render_meta(const struct render *r, struct arena *arena, struct str lang)
{
	if (str_is_empty(lang))
		lang = r->site->language;
	return arena_printf(arena,
	    str_find_char(lang, ',') < 0 ? "text/gemini; lang=%" STR_FMT
					 : "text/gemini; lang=\"%" STR_FMT "\"",
	    STR_ARG(lang));
}

struct str
render_absolute(const struct render *r, struct arena *arena, struct str path)
{
	return arena_printf(arena, "%" STR_FMT "%" STR_FMT,
	    STR_ARG(r->site->url), STR_ARG(str_from_index(path, 1)));
}

static struct str
count_text(const struct render *r, struct arena *arena, const struct link *link)
{
	struct words_counted counted = {
	    link->count, STR("article_one"), STR("article_many")};

	if (link->counts_pages) {
		counted.one = STR("page_one");
		counted.many = STR("page_many");
	}
	return words_count(arena, r->tag, &counted);
}

struct str
render_date(struct arena *arena, struct date date,
    void (*add)(struct buf *out, struct date date))
{
	struct str text;
	struct buf out;

	buf_init(&out, date_max);
	add(&out, date);
	text = arena_str(arena, buf_str(&out));
	buf_fini(&out);
	return text;
}

/* The terms of a page as {name, url}; those without a page of their own, as a
 * page in no list has them, are left out. */
static struct value *
terms_value(const struct render *r, struct arena *arena,
    const struct page *page, enum term_kind kind)
{
	const struct page_terms *terms = term_kind_of(page, kind);
	struct value *list = value_list(arena), *map;
	struct str folder = term_kind_folder(kind);

	for (size_t i = 0; i < terms->n; i++) {
		if (map_find(&r->graph->terms[kind].by_path,
			terms->items[i].path) == NULL)
			continue;
		map = value_map(arena);
		value_put_text(arena, map, STR("name"), terms->items[i].name);
		value_put_text(arena, map, STR("url"),
		    arena_printf(arena, "%" STR_FMT "%" STR_FMT "/",
			STR_ARG(folder), STR_ARG(terms->items[i].path)));
		value_add(arena, list, map);
	}
	return list;
}

static void
put_dates(struct arena *arena, struct value *map, const struct page *page)
{
	struct str day, updated;

	if (!page->has_date)
		return;
	day = render_date(arena, page->date, date_add_day);
	updated = render_date(arena, page->updated, date_add_day);
	value_put_text(arena, map, STR("date"), day);
	value_put_text(arena, map, STR("date_iso"),
	    render_date(arena, page->date, date_add_rfc3339));
	value_put_text(arena, map, STR("updated_iso"),
	    render_date(arena, page->updated, date_add_rfc3339));
	if (page->has_updated && !str_eq(day, updated))
		value_put_text(arena, map, STR("updated"), updated);
}

struct value *
render_brief_card(
    const struct render *r, struct arena *arena, const struct page *page)
{
	struct value *map = value_map(arena);
	size_t minutes = page_minutes(page);
	struct str tag = r->site->language;

	value_put_text(arena, map, STR("title"), page->title);
	value_put_text(arena, map, STR("url"), page->url);
	value_put_text(arena, map, STR("summary"), page->summary);
	value_put_text(arena, map, STR("lang"),
	    str_is_empty(page->lang) ? tag : page->lang);
	put_dates(arena, map, page);
	value_put(
	    arena, map, STR("minutes"), value_number(arena, (int64_t)minutes));
	value_put_text(arena, map, STR("minutes_text"),
	    words_count(arena, r->tag,
		&(struct words_counted){
		    minutes, STR("read_one"), STR("read_many")}));
	return map;
}

struct value *
render_card(
    const struct render *r, struct arena *arena, const struct page *page)
{
	struct value *map = render_brief_card(r, arena, page);

	value_put(
	    arena, map, STR("tags"), terms_value(r, arena, page, TERM_TAG));
	value_put(arena, map, STR("categories"),
	    terms_value(r, arena, page, TERM_CATEGORY));
	value_put(arena, map, STR("authors"),
	    terms_value(r, arena, page, TERM_AUTHOR));
	return map;
}

void
render_print_card(
    const struct render *r, struct print *print, const struct page *page)
{
	const struct page_terms *terms;

	print_add_fingerprint(print, page->card);
	if (page->rank != SIZE_MAX)
		return;
	for (int kind = 0; kind < TERM_KIND_COUNT; kind++) {
		terms = term_kind_of(page, (enum term_kind)kind);
		for (size_t i = 0; i < terms->n; i++)
			print_add_number(print,
			    map_find(&r->graph->terms[kind].by_path,
				terms->items[i].path) != NULL);
	}
}

bool
render_has_alias_id(const struct render *r, const struct page *page)
{
	const struct page *other;
	struct str first;

	if (page->aliases.n == 0 || !str_is_empty(page->id))
		return false;
	first = page->aliases.items[0].path;
	other = map_find(&r->graph->by_url, first);
	return map_find(&r->first_aliases, first) == page &&
	    (other == NULL || other == page || other->rank == SIZE_MAX);
}

struct str
render_id(const struct render *r, struct arena *arena, const struct page *page)
{
	struct str first = page->url, day;

	if (!str_is_empty(page->id))
		return page->id;
	day = render_date(arena, page->date, date_add_day);
	if (render_has_alias_id(r, page))
		first = page->aliases.items[0].path;
	return arena_printf(arena, "tag:%" STR_FMT ",%" STR_FMT ":%" STR_FMT,
	    STR_ARG(r->site->host), STR_ARG(day), STR_ARG(first));
}

struct str
render_month(const struct render *r, struct arena *arena, int year, int month)
{
	return words_month(arena, r->tag, (struct month_name){year, month});
}

struct value *
render_links(
    const struct render *r, struct arena *arena, const struct vec *links)
{
	struct value *list = value_list(arena), *map;

	VEC_EACH (struct link, link, links) {
		map = value_map(arena);
		value_put_text(arena, map, STR("url"), link->url);
		value_put_text(arena, map, STR("title"), link->title);
		value_put_text(arena, map, STR("name"), link->title);
		value_put_text(arena, map, STR("latest"), link->latest);
		if (link->count > 0) {
			value_put(arena, map, STR("count"),
			    value_number(arena, (int64_t)link->count));
			value_put_text(arena, map, STR("count_text"),
			    count_text(r, arena, link));
		}
		value_add(arena, list, map);
	}
	return list;
}
