/*
 * Feeds of a row of articles: which articles, what is told of them, and Atom
 * by its template. JSON is written elsewhere.
 */
#include "publish/feed.h"

#include <string.h>

#include "publish/texts.h"
#include "publish/words.h"
#include "text/gemtext.h"

enum { status_success = 20 };

static const struct str atom_name = STR_INIT("atom.xml");
static const struct str json_name = STR_INIT("feed.json");

static struct str
path_of(struct arena *arena, const struct feed *feed, struct str name)
{
	return arena_printf(
	    arena, "%" STR_FMT "%" STR_FMT, STR_ARG(feed->path), STR_ARG(name));
}

/* The newest articles of the feed, as many as feeds have. */
static void
choose_articles(const struct render *r, struct arena *arena,
    const struct feed *feed, struct feed_view *view)
{
	struct vec sorted = VEC_INIT(const struct page *);
	const struct page **chosen;

	view->count = feed->count < r->site->feed_entries
	    ? feed->count
	    : r->site->feed_entries;
	view->articles = feed->articles;
	if (!feed->is_unordered)
		return;
	for (size_t i = 0; i < feed->count; i++)
		*(const struct page **)vec_add(&sorted) = feed->articles[i];
	vec_sort(&sorted, page_compare_newest);
	chosen = arena_alloc(arena, (view->count + 1) * sizeof(*chosen));
	memcpy(chosen, sorted.items, view->count * sizeof(*chosen));
	view->articles = chosen;
	vec_fini(&sorted);
}

static struct fingerprint
view_print(struct render *r, const struct feed_view *view)
{
	struct print print;

	render_print_start(r, &print);
	print_add(&print, view->feed->path);
	print_add(&print, view->feed->title);
	for (size_t i = 0; i < view->count; i++) {
		print_add_fingerprint(&print, view->articles[i]->card);
		print_add_number(
		    &print, render_has_alias_id(r, view->articles[i]));
		if (!r->site->feed_is_full)
			continue;
		print_add_fingerprint(&print, view->articles[i]->text);
		print_add_fingerprint(
		    &print, links_print(&r->links, view->articles[i]));
	}
	return print_end(&print);
}

/* A text from its first line on that is not empty. */
static struct str
without_blank_lines(const struct buf *content)
{
	struct str text = buf_str(content);

	while (str_starts(text, STR("\n")))
		text = str_from_index(text, 1);
	return text;
}

/* The text of an article; empty when it cannot be had now. */
static struct str
content_of(struct render *r, struct arena *arena, const struct page *page)
{
	struct str text = {0};
	struct texts texts;
	struct buf content;

	buf_init(&content, template_output_max);
	if (texts_init(&texts, r, page) &&
	    meta_add_body(page, &texts.input, &content) == 0)
		text = arena_str(arena, without_blank_lines(&content));
	texts_fini(&texts);
	buf_fini(&content);
	return text;
}

/* What is told of the articles beyond their cards. */
static void
fill_view(struct render *r, struct arena *arena, struct feed_view *view)
{
	const struct page *page;

	if (r->site->feed_is_full)
		view->contents =
		    arena_alloc(arena, view->count * sizeof(*view->contents));
	for (size_t i = 0; i < view->count; i++) {
		page = view->articles[i];
		if (i == 0 || page->date.seconds > view->updated.seconds)
			view->updated = page->date;
		if (page->updated.seconds > view->updated.seconds)
			view->updated = page->updated;
		if (view->contents != NULL)
			view->contents[i] = content_of(r, arena, page);
	}
}

/* Put how to reach an author into map, in the form that feeds ask for: an
 * address with an @, and a URI without spaces. RFC 4287, 3.2. */
static void
put_contact(const struct render *r, struct arena *arena, struct value *map,
    struct page_term contact)
{
	struct str email = contact.name, url = contact.path;
	struct buf encoded;

	if (str_find_char(email, '@') > 0 && str_find_char(email, ' ') < 0)
		value_put_text(arena, map, STR("email"), email);
	if (str_starts(url, STR("/")))
		url = render_absolute(r, arena, url);
	buf_init(&encoded, SIZE_MAX);
	gemtext_add_url(&encoded, url);
	value_put_text(
	    arena, map, STR("uri"), arena_str(arena, buf_str(&encoded)));
	buf_fini(&encoded);
}

static struct value *
authors_value(
    const struct render *r, struct arena *arena, const struct page *page)
{
	struct value *list = value_list(arena), *map;

	for (size_t i = 0; i < page->authors.n; i++) {
		map = value_map(arena);
		value_put_text(
		    arena, map, STR("name"), page->authors.items[i].name);
		value_add(arena, list, map);
		if (i < page->contacts.n)
			put_contact(r, arena, map, page->contacts.items[i]);
	}
	return list;
}

static struct value *
entry_value(struct render *r, struct arena *arena, const struct feed_view *view,
    size_t i)
{
	const struct page *page = view->articles[i];
	struct value *entry = render_card(r, arena, page);

	value_put_text(arena, entry, STR("id"), render_id(r, arena, page));
	value_put_text(arena, entry, STR("absolute_url"),
	    render_absolute(r, arena, page->url));
	value_put(
	    arena, entry, STR("feed_authors"), authors_value(r, arena, page));
	if (str_find_char(page->lang, ',') < 0 &&
	    !str_eq(page->lang, r->site->language))
		value_put_text(arena, entry, STR("xml_lang"), page->lang);
	if (view->contents != NULL)
		value_put_text(arena, entry, STR("content"), view->contents[i]);
	return entry;
}

static struct value *
author_value(
    const struct render *r, struct arena *arena, const struct feed *feed)
{
	struct value *map = value_map(arena);

	value_put_text(arena, map, STR("name"), r->site->title);
	if (feed->author == NULL)
		return map;
	value_put_text(arena, map, STR("name"), feed->author->name);
	put_contact(r, arena, map,
	    (struct page_term){
		.name = feed->author->email, .path = feed->author->url});
	return map;
}

static struct value *
feed_value(
    const struct render *r, struct arena *arena, const struct feed_view *view)
{
	const struct feed *feed = view->feed;
	struct value *map = value_map(arena);

	value_put_text(arena, map, STR("title"), feed->title);
	value_put_text(arena, map, STR("subtitle"), feed->subtitle);
	value_put_text(arena, map, STR("url"),
	    render_absolute(r, arena, path_of(arena, feed, atom_name)));
	value_put_text(arena, map, STR("json_url"),
	    render_absolute(r, arena, path_of(arena, feed, json_name)));
	value_put_text(
	    arena, map, STR("list_url"), render_absolute(r, arena, feed->path));
	value_put_text(arena, map, STR("updated"),
	    render_date(arena, view->updated, date_add_rfc3339));
	value_put(arena, map, STR("author"), author_value(r, arena, feed));
	return map;
}

static void
put_atom(
    struct render *r, const struct feed_view *view, struct render_page *job)
{
	struct arena arena = {0};
	struct value *data = render_data(r, &arena);
	struct value *entries = value_list(&arena);

	job->meta = STR("application/atom+xml");
	job->want.name = atom_name;
	for (size_t i = 0; i < view->count; i++)
		value_add(&arena, entries, entry_value(r, &arena, view, i));
	value_put(&arena, data, STR("feed"), feed_value(r, &arena, view));
	value_put(&arena, data, STR("articles"), entries);
	render_put(r, job, data);
	arena_fini(&arena);
}

static void
put_json(struct render *r, const struct feed_view *view,
    const struct render_page *job)
{
	struct buf out;

	buf_init(&out, template_output_max);
	feed_add_json(r, view, &out);
	if (out.full)
		render_fail(r, job->path);
	else
		outputs_put(r->outputs,
		    &(struct writer_entry){
			.path = job->path,
			.kind = job->kind,
			.status = status_success,
			.meta = STR("application/feed+json"),
			.body = buf_str(&out),
			.fingerprint = job->print,
		    });
	buf_fini(&out);
}

void
feed_put(struct render *r, const struct feed *feed)
{
	struct feed_view view = {.feed = feed};
	struct render_page atom = {.kind = ENTRY_FEED}, json;
	struct arena arena = {0};
	bool wants_atom, wants_json;

	if (feed->count == 0)
		return;
	choose_articles(r, &arena, feed, &view);
	atom.path = path_of(&arena, feed, atom_name);
	atom.print = view_print(r, &view);
	json = atom;
	json.path = path_of(&arena, feed, json_name);
	wants_atom = outputs_claim(r->outputs, atom.path, atom.kind,
			 atom.print) == CLAIM_WANTED;
	wants_json = outputs_claim(r->outputs, json.path, json.kind,
			 json.print) == CLAIM_WANTED;
	if (wants_atom || wants_json)
		fill_view(r, &arena, &view);
	if (wants_atom)
		put_atom(r, &view, &atom);
	if (wants_json)
		put_json(r, &view, &json);
	arena_fini(&arena);
}

struct value *
feed_links(const struct render *r, struct arena *arena, struct str path)
{
	struct feed feed = {.path = path};
	struct vec links = VEC_INIT(struct link);
	struct value *list;

	*(struct link *)vec_add(&links) = (struct link){
	    .url = path_of(arena, &feed, atom_name),
	    .title = words_find(r->site->language, STR("feed")),
	};
	*(struct link *)vec_add(&links) = (struct link){
	    .url = path_of(arena, &feed, json_name),
	    .title = words_find(r->site->language, STR("json_feed")),
	};
	list = render_links(r, arena, &links);
	vec_fini(&links);
	return list;
}
