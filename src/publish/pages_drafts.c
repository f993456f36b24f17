/*
 * What is not for readers yet, for owners: drafts and scheduled pages under
 * /drafts/, and the list of them. decisions.md, 12.
 */
#include "publish/list.h"
#include "publish/words.h"

static const struct str drafts_path = STR_INIT("/drafts/");

/* A copy of page that says where its owner finds it. The record's texts stay
 * those of page. */
static const struct page *
draft_of(struct render *r, const struct page *page)
{
	struct page *draft = arena_alloc(&r->arena, sizeof(*draft));

	*draft = *page;
	draft->url = arena_printf(&r->arena, "%" STR_FMT "%" STR_FMT,
	    STR_ARG(drafts_path), STR_ARG(str_from_index(page->url, 1)));
	return draft;
}

static void
put_draft(struct render *r, const struct page *page)
{
	struct render_page job = {
	    .path = page->url,
	    .kind = ENTRY_DRAFT,
	    .access = STR("owners"),
	    .print = page_print(r, page),
	};

	if (outputs_claim(r->outputs, job.path, job.kind, job.print) ==
	    CLAIM_WANTED)
		page_put(r, page, &job);
}

void
pages_put_drafts(struct render *r)
{
	const struct page_list *waiting = &r->graph->waiting;
	struct list list = {
	    .kind = ENTRY_DRAFT,
	    .path = drafts_path,
	    .title = words_find(r->site->language, STR("drafts")),
	    .template = STR("list.gmi"),
	    .per_page = r->site->articles_per_page,
	};
	const struct page **dated, **pages, *draft;

	if (!r->owners)
		return;
	dated = arena_alloc(&r->arena, (waiting->n + 1) * sizeof(*dated));
	pages = arena_alloc(&r->arena, (waiting->n + 1) * sizeof(*pages));
	for (size_t i = 0; i < waiting->n; i++) {
		draft = draft_of(r, waiting->items[i]);
		if (draft->has_date)
			dated[list.article_count++] = draft;
		else
			pages[list.page_count++] = draft;
	}
	list.articles = dated;
	list.pages = pages;
	list_put(r, &list);
	for (size_t i = 0; i < list.article_count; i++)
		put_draft(r, dated[i]);
	for (size_t i = 0; i < list.page_count; i++)
		put_draft(r, pages[i]);
}
