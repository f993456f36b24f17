/*
 * The search page as far as it is known before anybody asks, and what can be
 * found.
 */
#include "catalogue/search_page.h"
#include "publish/render.h"
#include "publish/words.h"

enum { status_success = 20, words_max = 64 * 1024 };

static const struct str search_path = STR_INIT("/search");

static void
add_entry(struct render *r, struct buf *out, struct str frame)
{
	struct str words[SEARCH_WORD_COUNT];

	for (int i = 0; i < SEARCH_WORD_COUNT; i++)
		words[i] = words_find(
		    r->site->language, search_page_key((enum search_word)i));
	search_page_add(out, words, frame);
}

static void
put_page(struct render *r, struct fingerprint print)
{
	struct template_want want = {.name = STR("search.gmi")};
	struct arena arena = {0};
	struct value *data = render_data(r, &arena), *page = value_map(&arena);
	struct buf frame, body;

	buf_init(&frame, template_output_max);
	buf_init(&body, template_output_max + words_max);
	value_put_text(&arena, page, STR("title"),
	    words_find(r->site->language, STR("search")));
	value_put_text(&arena, page, STR("url"), search_path);
	value_put(&arena, data, STR("page"), page);
	value_put_text(&arena, data, STR("results"), search_page_mark);
	if (templates_render(r->templates, want, data, &frame) < 0) {
		outputs_fail(r->outputs, search_path);
	} else {
		add_entry(r, &body, buf_str(&frame));
		outputs_put(r->outputs,
		    &(struct writer_entry){
			.path = search_path,
			.kind = ENTRY_SEARCH,
			.status = status_success,
			.meta = render_meta(r, &arena, STR("")),
			.body = buf_str(&body),
			.fingerprint = print,
		    });
	}
	buf_fini(&frame);
	buf_fini(&body);
	arena_fini(&arena);
}

static void
want_pages(struct render *r, const struct page_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		indexing_want(r->indexing, r->site, list->items[i]);
}

void
pages_put_search(struct render *r)
{
	struct fingerprint fingerprint;
	struct print print;

	/* The newest articles are the last to be looked at: of pages that fit
	 * as well, those that came later are taken first. */
	indexing_begin(r->indexing);
	want_pages(r, &r->graph->articles);
	want_pages(r, &r->graph->pages);
	indexing_end(r->indexing);
	if (r->graph->articles.n + r->graph->pages.n == 0)
		return;
	render_print_start(r, &print);
	print_add(&print, search_path);
	fingerprint = print_end(&print);
	if (outputs_claim(r->outputs, search_path, ENTRY_SEARCH, fingerprint) ==
	    CLAIM_WANTED)
		put_page(r, fingerprint);
}
