/*
 * What other programs read: the feeds of all articles, the map of the capsule,
 * the rules for robots.
 */
#include "base/date.h"
#include "publish/feed.h"
#include "publish/words.h"
#include "text/gemtext.h"

enum {
	status_success = 20,
	sitemap_max = 64 * 1024 * 1024,
	part_pages = 10000, /* clients stop at 2 MiB; clients.md */
};

void
pages_put_feeds(struct render *r)
{
	struct feed feed = {
	    .path = STR("/"),
	    .title = r->site->title,
	    .subtitle = r->site->subtitle,
	    .articles = r->graph->articles.items,
	    .count = r->graph->articles.n,
	};

	if (r->site->has_author)
		feed.author = vec_get(&r->site->authors, r->site->author);
	feed_put(r, &feed);
}

/* A link from one page of the map to another. */
struct pager_way {
	struct str key;
	struct str word;
	size_t number;
	bool is_there;
};

/* One page of the map: the pages of the capsule from first on, up to and
 * without end; the articles come before all others. */
struct part {
	size_t number; /* from 1 */
	size_t count;
	size_t first;
	size_t end;
};

static const struct page *
page_at(const struct render *r, size_t i)
{
	const struct graph *graph = r->graph;

	return i < graph->articles.n
	    ? graph->articles.items[i]
	    : graph->pages.items[i - graph->articles.n];
}

/* A link line for each page from first up to end. Made here and not by a
 * template, as there may be very many. */
static struct str
link_lines(
    const struct render *r, struct arena *arena, size_t first, size_t end)
{
	const struct page *page;
	struct buf out, label;
	struct str text;

	buf_init(&out, sitemap_max);
	buf_init(&label, sitemap_max);
	for (size_t i = first; i < end; i++) {
		page = page_at(r, i);
		buf_clear(&label);
		if (page->has_date) {
			date_add_day(&label, page->date);
			buf_add_char(&label, ' ');
		}
		buf_add(&label, page->title);
		gemtext_add_link(&out, page->url, buf_str(&label));
	}
	text = arena_str(arena, buf_str(&out));
	buf_fini(&out);
	buf_fini(&label);
	return text;
}

static struct fingerprint
part_print(const struct render *r, const struct part *part)
{
	struct print print;

	render_print_start(r, &print);
	print_add_number(&print, part->number);
	print_add_number(&print, part->count);
	print_add_number(&print, r->graph->articles.n);
	for (size_t i = part->first; i < part->end; i++)
		print_add_fingerprint(&print, page_at(r, i)->card);
	return print_end(&print);
}

static struct str
part_path(struct arena *arena, size_t number)
{
	return number == 1 ? STR("/sitemap.gmi")
			   : arena_printf(arena, "/sitemap/page/%zu/", number);
}

/* Put a link to another part at key, unless there is no such part. */
static void
put_way(const struct render *r, struct arena *arena, struct value *pager,
    const struct pager_way *way)
{
	struct value *link;

	if (!way->is_there)
		return;
	link = value_map(arena);
	value_put_text(arena, link, STR("url"), part_path(arena, way->number));
	value_put_text(
	    arena, link, STR("title"), words_find(r->tag, way->word));
	value_put(arena, pager, way->key, link);
}

static struct value *
pager_value(
    const struct render *r, struct arena *arena, const struct part *part)
{
	struct value *pager;

	if (part->count < 2)
		return NULL;
	pager = value_map(arena);
	value_put(arena, pager, STR("number"),
	    value_number(arena, (int64_t)part->number));
	value_put(arena, pager, STR("count"),
	    value_number(arena, (int64_t)part->count));
	put_way(r, arena, pager,
	    &(struct pager_way){STR("newer"), STR("previous"), part->number - 1,
		part->number > 1});
	put_way(r, arena, pager,
	    &(struct pager_way){STR("older"), STR("next"), part->number + 1,
		part->number < part->count});
	return pager;
}

static void
put_part(struct render *r, const struct part *part)
{
	size_t border = r->graph->articles.n;
	struct arena arena = {0};
	struct render_page job = {
	    .path = part_path(&arena, part->number),
	    .kind = ENTRY_INDEX,
	    .want = {.name = STR("sitemap.gmi")},
	    .print = part_print(r, part),
	};
	struct value *data, *page;

	if (outputs_claim(r->outputs, job.path, job.kind, job.print) ==
	    CLAIM_WANTED) {
		if (border < part->first)
			border = part->first;
		if (border > part->end)
			border = part->end;
		data = render_data(r, &arena);
		page = value_map(&arena);
		value_put_text(&arena, page, STR("title"),
		    words_find(r->tag, STR("sitemap")));
		value_put(&arena, data, STR("page"), page);
		value_put(
		    &arena, data, STR("pager"), pager_value(r, &arena, part));
		value_put_text(&arena, data, STR("article_lines"),
		    link_lines(r, &arena, part->first, border));
		value_put_text(&arena, data, STR("page_lines"),
		    link_lines(r, &arena, border, part->end));
		render_put(r, &job, data);
	}
	arena_fini(&arena);
}

void
pages_put_sitemap(struct render *r)
{
	size_t total = r->graph->articles.n + r->graph->pages.n;
	struct part part = {.count = (total + part_pages - 1) / part_pages};

	if (part.count == 0)
		part.count = 1;
	for (part.number = 1; part.number <= part.count; part.number++) {
		part.end = part.first + part_pages;
		if (part.end > total)
			part.end = total;
		put_part(r, &part);
		part.first = part.end;
	}
}

/* What is true of robots that no line names, unless one is for all of them. */
static void
add_other_robots(const struct site *site, struct buf *out)
{
	VEC_EACH (struct site_robot, robot, &site->robots)
		if (str_eq(robot->agent, STR("*")))
			return;
	buf_add(out, STR("User-agent: *\nDisallow:\n"));
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
	add_other_robots(r->site, &out);
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
