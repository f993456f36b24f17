/*
 * publish/meta: a page or an error, never both; and whatever an author writes,
 * nothing of it can break a line, a link or a reply.
 */
#include "fuzz.h"

#include <assert.h>

#include "base/utf8.h"
#include "publish/meta.h"

static void
check_line(struct str text)
{
	uint32_t code_point;

	while (utf8_next(&text, &code_point))
		assert(!code_point_is_control(code_point));
	assert(text.n == 0);
}

/* A path that may stand in a link and in the META of a redirect. */
static void
check_path(struct str path)
{
	assert(path.n > 0 && path.p[0] == '/');
	for (size_t i = 0; i < path.n; i++)
		assert(path.p[i] > ' ' && path.p[i] <= '~');
}

static void
check_terms(const struct page_terms *terms, bool are_paths)
{
	for (size_t i = 0; i < terms->n; i++) {
		check_line(terms->items[i].name);
		if (are_paths)
			check_path(terms->items[i].path);
		else
			check_line(terms->items[i].path);
	}
}

static void
check_page(const struct page *page)
{
	check_line(page->title);
	assert(page->title.n > 0);
	check_line(page->summary);
	check_line(page->lang);
	assert(str_find_char(page->lang, '"') < 0);
	check_line(page->image);
	check_line(page->image_alt);
	check_line(page->id);
	check_line(page->template);
	check_line(page->redirect);
	check_line(page->access);
	check_path(page->url);
	check_path(page->folder);
	check_terms(&page->tags, false);
	check_terms(&page->categories, false);
	check_terms(&page->authors, false);
	check_terms(&page->contacts, false);
	check_terms(&page->series, false);
	check_terms(&page->aliases, true);
	assert(page->contacts.n == 0 || page->contacts.n == page->authors.n);
	assert(page->series.n <= 1);
	assert(page->mark_count <= page_words_max);
}

static void
check_body(const struct page *page, const struct meta_input *input)
{
	struct buf body;

	buf_init(&body, meta_source_max);
	assert(meta_add_body(page, input, &body) == 0);
	assert(body.n == 0 || str_ends(buf_str(&body), STR("\n")));
	assert(str_find_char(buf_str(&body), '\r') < 0);
	buf_fini(&body);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct str paths[] = {STR_INIT("a.gmi"),
	    STR_INIT("b/2026-01-02-c.ja.gmi"), STR_INIT("d/e/index.gmi"),
	    STR_INIT("2020/05/06/f.gmi")};
	struct site_input site_input = {.text = STR("timezone: UTC\n")};
	struct meta_input input = {.file = STR("f"), .sidecar_file = STR("s")};
	struct arena arena = {0};
	struct diags diags;
	struct page *page;
	struct site *site;

	if (size == 0)
		return 0;
	input.path = paths[data[0] % (sizeof(paths) / sizeof(*paths))];
	input.name = name_parse(input.path);
	input.text = str_from((const char *)data + 1, size - 1);
	diags_init(&diags);
	site = site_parse(&site_input, &diags);
	input.site = site;
	page = meta_parse(&input, &diags);
	assert((page == NULL) == (diags.errors > 0));
	if (page != NULL) {
		check_page(page);
		check_body(page, &input);
		assert(meta_params(&input, &arena) != NULL);
	}
	page_free(&page);
	site_free(&site);
	arena_fini(&arena);
	diags_fini(&diags);
	return 0;
}
