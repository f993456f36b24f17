/*
 * The table of articles in the catalogue: for people with an SQLite client,
 * and for search.
 */
#include "publish/render.h"

static struct str
date_text(struct arena *arena, struct date date)
{
	enum { date_max = 64 };
	struct str text;
	struct buf out;

	buf_init(&out, date_max);
	date_add_rfc3339(&out, date);
	text = arena_str(arena, buf_str(&out));
	buf_fini(&out);
	return text;
}

static void
put_row(struct render *r, const struct page *page, struct fingerprint print)
{
	struct vec terms = VEC_INIT(struct writer_term);
	struct arena arena = {0};
	const struct page_terms *list;

	for (int kind = 0; kind < TERM_KIND_COUNT; kind++) {
		list = term_kind_of(page, (enum term_kind)kind);
		for (size_t i = 0; i < list->n; i++)
			*(struct writer_term *)vec_add(&terms) =
			    (struct writer_term){
				.kind = term_kind_word((enum term_kind)kind),
				.name = list->items[i].name,
				.key = list->items[i].path,
			    };
	}
	outputs_put_article(r->outputs,
	    &(struct writer_article){
		.path = page->url,
		.title = page->title,
		.date = date_text(&arena, page->date),
		.updated = page->has_updated ? date_text(&arena, page->updated)
					     : STR(""),
		.summary = page->summary,
		.language =
		    str_is_empty(page->lang) ? r->site->language : page->lang,
		.series =
		    page->series.n > 0 ? page->series.items[0].name : STR(""),
		.words = (int64_t)page->words,
		.source = page->source,
		.fingerprint = print,
		.terms = terms.items,
		.term_count = terms.n,
	    });
	vec_fini(&terms);
	arena_fini(&arena);
}

void
pages_put_rows(struct render *r)
{
	const struct page_list *articles = &r->graph->articles;
	struct fingerprint fingerprint;
	struct print print;

	for (size_t i = 0; i < articles->n; i++) {
		print_start(&print);
		print_add_fingerprint(&print, articles->items[i]->card);
		print_add(&print, r->site->language);
		fingerprint = print_end(&print);
		if (outputs_claim_article(r->outputs, articles->items[i]->url,
			fingerprint) == CLAIM_WANTED)
			put_row(r, articles->items[i], fingerprint);
	}
}
