/*
 * What other programs read: feeds, the map of the capsule, the rules for
 * robots.
 */
#include "base/date.h"
#include "publish/render.h"
#include "publish/texts.h"
#include "publish/words.h"
#include "text/gemtext.h"

enum { status_success = 20, date_max = 64, sitemap_max = 64 * 1024 * 1024 };

/* A feed of a row of articles, the newest first. */
struct feed {
	struct str path;
	struct str title;
	struct str list_path; /* the page with the same articles */
	const struct page *const *articles;
	size_t count;
};

static struct fingerprint
feed_print(struct render *r, const struct feed *feed)
{
	struct print print;

	render_print_start(r, &print);
	print_add(&print, feed->path);
	print_add(&print, feed->title);
	for (size_t i = 0; i < feed->count; i++) {
		print_add_fingerprint(&print, feed->articles[i]->card);
		if (!r->site->feed_is_full)
			continue;
		print_add_fingerprint(&print, feed->articles[i]->text);
		print_add_fingerprint(
		    &print, links_print(&r->links, feed->articles[i]));
	}
	return print_end(&print);
}

static void
put_content(struct render *r, struct arena *arena, struct value *entry,
    const struct page *page)
{
	struct texts texts;
	struct buf content;

	buf_init(&content, template_output_max);
	if (texts_init(&texts, r, page) &&
	    meta_add_body(page, &texts.input, &content) == 0)
		value_put_text(arena, entry, STR("content"),
		    arena_str(arena, buf_str(&content)));
	texts_fini(&texts);
	buf_fini(&content);
}

static struct value *
authors_value(
    const struct render *r, struct arena *arena, const struct page *page)
{
	struct value *list = value_list(arena), *map;
	struct str url;

	for (size_t i = 0; i < page->authors.n; i++) {
		map = value_map(arena);
		value_put_text(
		    arena, map, STR("name"), page->authors.items[i].name);
		value_add(arena, list, map);
		if (i >= page->contacts.n)
			continue;
		value_put_text(
		    arena, map, STR("email"), page->contacts.items[i].name);
		url = page->contacts.items[i].path;
		if (str_starts(url, STR("/")))
			url = render_absolute(r, arena, url);
		value_put_text(arena, map, STR("uri"), url);
	}
	return list;
}

static struct value *
entry_value(struct render *r, struct arena *arena, const struct page *page)
{
	struct value *entry = render_card(r, arena, page);

	value_put_text(arena, entry, STR("id"), render_id(r, arena, page));
	value_put_text(arena, entry, STR("absolute_url"),
	    render_absolute(r, arena, page->url));
	value_put(
	    arena, entry, STR("feed_authors"), authors_value(r, arena, page));
	if (r->site->feed_is_full)
		put_content(r, arena, entry, page);
	return entry;
}

/* The newest change among the articles of a feed. */
static struct str
feed_updated(struct arena *arena, const struct feed *feed)
{
	struct date newest = {0};
	struct str text;
	struct buf out;

	for (size_t i = 0; i < feed->count; i++)
		if (i == 0 ||
		    feed->articles[i]->updated.seconds > newest.seconds)
			newest = feed->articles[i]->updated;
	buf_init(&out, date_max);
	date_add_rfc3339(&out, newest);
	text = arena_str(arena, buf_str(&out));
	buf_fini(&out);
	return text;
}

static void
put_feed(struct render *r, const struct feed *feed)
{
	struct arena arena = {0};
	struct render_page job = {
	    .path = feed->path,
	    .kind = ENTRY_FEED,
	    .meta = STR("application/atom+xml"),
	    .want = {.name = STR("atom.xml")},
	    .print = feed_print(r, feed),
	};
	struct value *data, *map, *entries;

	if (outputs_claim(r->outputs, job.path, job.kind, job.print) !=
	    CLAIM_WANTED)
		return;
	data = render_data(r, &arena);
	map = value_map(&arena);
	entries = value_list(&arena);
	value_put_text(&arena, map, STR("title"), feed->title);
	value_put_text(
	    &arena, map, STR("url"), render_absolute(r, &arena, feed->path));
	value_put_text(&arena, map, STR("list_url"),
	    render_absolute(r, &arena, feed->list_path));
	value_put_text(&arena, map, STR("updated"), feed_updated(&arena, feed));
	for (size_t i = 0; i < feed->count; i++)
		value_add(
		    &arena, entries, entry_value(r, &arena, feed->articles[i]));
	value_put(&arena, data, STR("feed"), map);
	value_put(&arena, data, STR("articles"), entries);
	render_put(r, &job, data);
	arena_fini(&arena);
}

void
pages_put_feeds(struct render *r)
{
	struct feed feed = {
	    .path = STR("/atom.xml"),
	    .title = r->site->title,
	    .list_path = STR("/"),
	    .articles = r->graph->articles.items,
	    .count = r->graph->articles.n,
	};

	if (feed.count == 0)
		return;
	if (feed.count > r->site->feed_entries)
		feed.count = r->site->feed_entries;
	put_feed(r, &feed);
}

/* A link line for each page of a row. Made here and not by a template, as
 * there may be very many. */
static struct str
link_lines(struct arena *arena, const struct page_list *list)
{
	struct buf out, label;
	struct str text;

	buf_init(&out, sitemap_max);
	buf_init(&label, sitemap_max);
	for (size_t i = 0; i < list->n; i++) {
		buf_clear(&label);
		if (list->items[i]->has_date) {
			date_add_day(&label, list->items[i]->date);
			buf_add_char(&label, ' ');
		}
		buf_add(&label, list->items[i]->title);
		gemtext_add_link(&out, list->items[i]->url, buf_str(&label));
	}
	text = arena_str(arena, buf_str(&out));
	buf_fini(&out);
	buf_fini(&label);
	return text;
}

static struct fingerprint
sitemap_print(const struct render *r)
{
	const struct page_list *lists[] = {
	    &r->graph->articles, &r->graph->pages};
	struct print print;

	render_print_start(r, &print);
	for (size_t l = 0; l < 2; l++) {
		print_add_number(&print, lists[l]->n);
		for (size_t i = 0; i < lists[l]->n; i++)
			print_add_fingerprint(&print, lists[l]->items[i]->card);
	}
	return print_end(&print);
}

void
pages_put_sitemap(struct render *r)
{
	struct arena arena = {0};
	struct render_page job = {
	    .path = STR("/sitemap.gmi"),
	    .kind = ENTRY_INDEX,
	    .want = {.name = STR("sitemap.gmi")},
	    .print = sitemap_print(r),
	};
	struct value *data, *page;

	if (outputs_claim(r->outputs, job.path, job.kind, job.print) !=
	    CLAIM_WANTED)
		return;
	data = render_data(r, &arena);
	page = value_map(&arena);
	value_put_text(&arena, page, STR("title"),
	    words_find(r->site->language, STR("sitemap")));
	value_put(&arena, data, STR("page"), page);
	value_put_text(&arena, data, STR("article_lines"),
	    link_lines(&arena, &r->graph->articles));
	value_put_text(&arena, data, STR("page_lines"),
	    link_lines(&arena, &r->graph->pages));
	render_put(r, &job, data);
	arena_fini(&arena);
}

void
pages_put_robots(struct render *r)
{
	struct render_page job = {.path = STR("/robots.txt")};
	struct print print;
	struct buf out;

	render_print_start(r, &print);
	job.print = print_end(&print);
	if (outputs_claim(r->outputs, job.path, ENTRY_INDEX, job.print) !=
	    CLAIM_WANTED)
		return;
	buf_init(&out, sitemap_max);
	VEC_EACH (struct site_robot, robot, &r->site->robots) {
		buf_add(&out, STR("User-agent: "));
		gemtext_add_line_part(&out, robot->agent);
		buf_add(&out,
		    robot->is_allowed ? STR("\nDisallow:\n\n")
				      : STR("\nDisallow: /\n\n"));
	}
	buf_add(&out, STR("User-agent: *\nDisallow:\n"));
	outputs_put(r->outputs,
	    &(struct writer_entry){
		.path = job.path,
		.kind = ENTRY_INDEX,
		.status = status_success,
		.meta = STR("text/plain"),
		.body = buf_str(&out),
		.fingerprint = job.print,
	    });
	buf_fini(&out);
}
