/*
 * What other programs read: the feeds of all articles, the map of the capsule,
 * the rules for robots.
 */
#include "base/date.h"
#include "publish/feed.h"
#include "publish/words.h"
#include "text/gemtext.h"

enum { status_success = 20, sitemap_max = 64 * 1024 * 1024 };

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
