/*
 * The table of articles in the catalogue: for people with an SQLite client,
 * and for search.
 */
#include "publish/render.h"

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
		.date = render_date(&arena, page->date, date_add_rfc3339),
		.updated = page->has_updated
		    ? render_date(&arena, page->updated, date_add_rfc3339)
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

/* Whether no reader has had the article before, under none of its addresses. */
static bool
is_fresh(const struct render *r, const struct page *page)
{
	if (!outputs_is_first(r->outputs, page->url))
		return false;
	for (size_t i = 0; i < page->aliases.n; i++)
		if (!outputs_is_first(r->outputs, page->aliases.items[i].path))
			return false;
	return true;
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
		print_add_number(&print, articles->items[i]->words);
		print_add(&print, r->site->language);
		fingerprint = print_end(&print);
		if (outputs_claim_article(r->outputs, articles->items[i]->url,
			fingerprint) != CLAIM_WANTED)
			continue;
		put_row(r, articles->items[i], fingerprint);
		if (is_fresh(r, articles->items[i]))
			*(const struct page **)vec_add(&r->fresh) =
			    articles->items[i];
	}
}
