/*
 * The record of one page, in one block of memory: there may be very many.
 */
#include "publish/page.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"

static const size_t text_fields[] = {
    offsetof(struct page, source),
    offsetof(struct page, url),
    offsetof(struct page, folder),
    offsetof(struct page, title),
    offsetof(struct page, summary),
    offsetof(struct page, lang),
    offsetof(struct page, image),
    offsetof(struct page, image_alt),
    offsetof(struct page, id),
    offsetof(struct page, template),
    offsetof(struct page, redirect),
    offsetof(struct page, translation),
    offsetof(struct page, access),
    offsetof(struct page, targets),
};

static const size_t term_fields[] = {
    offsetof(struct page, tags),
    offsetof(struct page, categories),
    offsetof(struct page, authors),
    offsetof(struct page, contacts),
    offsetof(struct page, series),
    offsetof(struct page, aliases),
    offsetof(struct page, names),
};

enum {
	text_field_count = sizeof(text_fields) / sizeof(*text_fields),
	words_per_minute = 200,
	term_field_count = sizeof(term_fields) / sizeof(*term_fields),
};

/* The place of a field. The copy is written through it, the draft only read. */
static void *
field_of(const struct page *page, size_t offset)
{
	return (char *)(uintptr_t)page + offset;
}

/* The block being filled: terms first, which want alignment, texts behind. */
struct packer {
	struct page_term *terms;
	char *bytes;
};

static size_t
terms_bytes(const struct page_terms *terms)
{
	size_t n = 0;

	for (size_t i = 0; i < terms->n; i++)
		n += terms->items[i].name.n + terms->items[i].path.n;
	return n;
}

static void
pack_text(struct packer *packer, struct str *text)
{
	if (text->n > 0)
		memcpy(packer->bytes, text->p, text->n);
	text->p = packer->bytes;
	packer->bytes += text->n;
}

static void
pack_terms(struct packer *packer, struct page_terms *terms)
{
	struct page_term *items = packer->terms;

	for (size_t i = 0; i < terms->n; i++) {
		items[i] = terms->items[i];
		pack_text(packer, &items[i].name);
		pack_text(packer, &items[i].path);
	}
	packer->terms += terms->n;
	terms->items = items;
}

struct page *
page_pack(const struct page *draft)
{
	size_t bytes = 0, terms = 0;
	const struct page_terms *list;
	struct packer packer;
	struct page *page;

	for (int i = 0; i < text_field_count; i++)
		bytes += ((struct str *)field_of(draft, text_fields[i]))->n;
	for (int i = 0; i < term_field_count; i++) {
		list = field_of(draft, term_fields[i]);
		terms += list->n;
		bytes += terms_bytes(list);
	}
	page =
	    mem_alloc(sizeof(*page) + terms * sizeof(struct page_term) + bytes);
	*page = *draft;
	packer.terms = (struct page_term *)(void *)(page + 1);
	packer.bytes = (char *)(packer.terms + terms);
	for (int i = 0; i < text_field_count; i++)
		pack_text(&packer, field_of(page, text_fields[i]));
	for (int i = 0; i < term_field_count; i++)
		pack_terms(&packer, field_of(page, term_fields[i]));
	return page;
}

void
page_free(struct page **page)
{
	if (*page != NULL)
		mem_free((*page)->leads.marks);
	mem_free(*page);
	*page = NULL;
}

bool
page_is_own_index(const struct page *page)
{
	return page->is_index &&
	    (!page->has_date || str_eq(page->url, STR("/")));
}

bool
page_is_asking(const struct page *page)
{
	return page_is_own_index(page) && str_is_empty(page->redirect) &&
	    (page->is_bare || page->asks != 0);
}

size_t
page_minutes(const struct page *page)
{
	return page->words == 0
	    ? 1
	    : (page->words + words_per_minute - 1) / words_per_minute;
}

bool
page_is_public(const struct page *page, int64_t now, bool drafts)
{
	if (page->is_draft && !drafts)
		return false;
	return page->publish <= now && now < page->expire;
}

bool
page_is_listed(const struct page *page, int64_t now, bool drafts)
{
	return page_is_public(page, now, drafts) &&
	    str_is_empty(page->access) && str_is_empty(page->redirect);
}
