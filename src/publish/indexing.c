/*
 * From pages to what search finds of them.
 */
#include "publish/indexing.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "catalogue/search_expression.h"
#include "publish/graph.h"
#include "publish/meta.h"
#include "publish/print.h"
#include "text/fold.h"
#include "text/gemtext.h"

enum {
	index_version = 2, /* counts changes of what is put into the index */
	step_pages_max = 64,
	step_bytes_max = 192 * 1024,
	removal_bytes = 4 * 1024, /* what taking a page out counts for */
	body_max = 256 * 1024, /* of a page's text, what can be found */
	day_max = 16,
};

/* A page that is in the index, or is to be. */
struct indexed {
	struct fingerprint print; /* of what is there; zero: not there */
	uint32_t turn; /* the last one that wanted it */
	char path[];
};

/* Something to be done. */
struct indexing_job {
	struct indexed *page;
	struct str source; /* the path of its file; empty: take it out */
	struct fingerprint print;
};

/* Where the text of one page is gathered. */
struct gathering {
	struct arena arena;
	struct buf text; /* scratch */
	const struct page *page;
	const struct site *site;
};

static struct indexed *
indexed_add(struct indexing *x, struct str path)
{
	struct indexed *page = map_find(&x->pages, path);

	if (page != NULL)
		return page;
	page = mem_alloc(sizeof(*page) + path.n + 1);
	memcpy(page->path, path.p, path.n);
	map_put(&x->pages, str_from(page->path, path.n), page);
	return page;
}

static void
on_indexed(void *context, struct str path, struct fingerprint print)
{
	if (!str_is_empty(path))
		indexed_add(context, path)->print = print;
}

int
indexing_open(struct indexing *x, struct writer *writer)
{
	*x = (struct indexing){.writer = writer};
	vec_init(&x->pending, sizeof(struct indexing_job));
	x->index = search_index_open(writer);
	if (x->index == NULL)
		return -1;
	return search_index_each(x->index, on_indexed, x);
}

void
indexing_fini(struct indexing *x)
{
	MAP_EACH(entry, &x->pages)
	mem_free(entry->value);
	map_fini(&x->pages);
	vec_fini(&x->pending);
	arena_fini(&x->arena);
	search_index_close(&x->index);
}

void
indexing_begin(struct indexing *x)
{
	vec_clear(&x->pending);
	arena_fini(&x->arena);
	x->done = 0;
	x->turn++;
}

/* Of all that is found of a page, and how. */
static struct fingerprint
indexing_print(const struct site *site, const struct page *page)
{
	struct print print;

	print_start(&print);
	print_add_number(&print, index_version);
	print_add_fingerprint(&print, page->text);
	print_add_fingerprint(&print, page->card);
	print_add(&print, site->language);
	print_add_number(&print, site->markdown_links);
	return print_end(&print);
}

void
indexing_want(
    struct indexing *x, const struct site *site, const struct page *page)
{
	struct fingerprint print = indexing_print(site, page);
	struct indexed *indexed = indexed_add(x, page->url);

	indexed->turn = x->turn;
	if (fingerprint_eq(indexed->print, print))
		return;
	*(struct indexing_job *)vec_add(&x->pending) = (struct indexing_job){
	    .page = indexed,
	    .source = arena_str(&x->arena, page->source),
	    .print = print,
	};
}

bool
indexing_is_due(const struct indexing *x)
{
	return x->done < x->pending.n;
}

void
indexing_end(struct indexing *x)
{
	struct indexed *page;

	MAP_EACH(entry, &x->pages)
	{
		page = entry->value;
		if (page->turn != x->turn)
			*(struct indexing_job *)vec_add(&x->pending) =
			    (struct indexing_job){.page = page};
	}
	search_index_tell(x->index, !indexing_is_due(x));
}

/* What was gathered, as search looks at it. */
static struct str
gathered(struct gathering *g)
{
	struct str s = fold_searchable(&g->arena, buf_str(&g->text));

	buf_clear(&g->text);
	return s;
}

static void
add_names(struct gathering *g, const struct page_terms *terms)
{
	for (size_t i = 0; i < terms->n; i++) {
		buf_add(&g->text, terms->items[i].name);
		buf_add_char(&g->text, '\n');
	}
}

/* Add a term and, of one like a/b, those above it. */
static void
add_nested_term(struct gathering *g, enum search_field field, struct str key)
{
	for (size_t i = 0; i < key.n; i++)
		if (key.p[i] == '/')
			search_add_term(&g->text, field, str_first(key, i));
	search_add_term(&g->text, field, key);
}

static void
add_terms(struct gathering *g, enum search_field field,
    const struct page_terms *terms)
{
	for (size_t i = 0; i < terms->n; i++)
		add_nested_term(g, field, terms->items[i].path);
}

/* Add each language of the page, and of one like pt-BR the plain one. */
static void
add_languages(struct gathering *g)
{
	struct str rest = g->page->lang, tag, key, main;
	bool more = true;

	if (str_is_empty(rest))
		rest = g->site->language;
	while (more) {
		more = str_cut(&rest, ',', &tag);
		tag = str_trim(tag);
		key = fold_term_path(&g->arena, tag);
		search_add_term(&g->text, SEARCH_LANG, key);
		if (str_cut(&tag, '-', &main))
			search_add_term(&g->text, SEARCH_LANG,
			    fold_term_path(&g->arena, main));
	}
}

static struct str
gather_terms(struct gathering *g)
{
	struct str terms;

	add_terms(g, SEARCH_TAG, &g->page->tags);
	add_terms(g, SEARCH_CATEGORY, &g->page->categories);
	add_terms(g, SEARCH_SERIES, &g->page->series);
	add_languages(g);
	terms = arena_str(&g->arena, buf_str(&g->text));
	buf_clear(&g->text);
	return terms;
}

/* Add what a line says, on a line of its own. */
static void
add_line(struct gathering *g, const struct gemtext_line *line)
{
	switch (line->type) {
	case GEMTEXT_TOGGLE:
		return;
	case GEMTEXT_TEXT:
	case GEMTEXT_LINK:
	case GEMTEXT_HEADING:
	case GEMTEXT_ITEM:
	case GEMTEXT_QUOTE:
	case GEMTEXT_PREFORMATTED:
		break;
	}
	if (str_trim(line->text).n == 0)
		return;
	gemtext_add_line_part(&g->text, line->text);
	buf_add_char(&g->text, '\n');
}

/* The words of a body without its markup, without the addresses of its links,
 * and without the labels that only say again what stands above them. */
static struct str
gather_body(struct gathering *g, struct str content)
{
	struct str above = {0};
	struct gemtext_line line;
	struct gemtext gemtext;

	gemtext_init(&gemtext, utf8_first(content, body_max));
	while (gemtext_next(&gemtext, &line)) {
		if (line.type == GEMTEXT_LINK &&
		    str_find_str(above, line.text) >= 0)
			continue;
		if (line.type != GEMTEXT_LINK && line.text.n > 0)
			above = line.text;
		add_line(g, &line);
	}
	return gathered(g);
}

/* The summary, where it is more than the start of the text. */
static struct str
gather_summary(struct gathering *g, struct str body)
{
	static const struct str ellipsis = STR_INIT("\xe2\x80\xa6");
	struct str start, summary;

	buf_add(&g->text, g->page->summary);
	summary = start = gathered(g);
	if (str_ends(start, ellipsis))
		start.n -= ellipsis.n;
	return str_find_str(body, start) >= 0 ? STR("") : summary;
}

static struct str
gather_names(struct gathering *g, const struct page_terms *terms)
{
	add_names(g, terms);
	return gathered(g);
}

static void
put_text(struct indexing *x, struct gathering *g,
    const struct indexing_job *job, struct str content)
{
	const struct page *page = g->page;
	struct search_text text = {
	    .path = page->url,
	    .label = page->title,
	    .moment = page->has_date ? page->date.seconds : INT64_MIN,
	    .fingerprint = job->print,
	};
	struct buf day;

	buf_init(&day, day_max);
	if (page->has_date)
		date_add_day(&day, page->date);
	text.date = buf_str(&day);
	text.title = fold_searchable(&g->arena, page->title);
	add_names(g, &page->series);
	add_names(g, &page->categories);
	text.tags = gather_names(g, &page->tags);
	text.authors = gather_names(g, &page->authors);
	text.terms = gather_terms(g);
	text.body = gather_body(g, content);
	text.summary = gather_summary(g, text.body);
	search_index_put(x->index, &text);
	buf_fini(&day);
}

/* The text of a page as gemtext, as it was last read. -1 when it is not to be
 * had. */
static int
add_content(struct writer *writer, const struct sources *sources,
    const struct gathering *g, const struct source *source, struct buf *content)
{
	struct source *sidecar = sources_find_sidecar(sources, source);
	struct meta_input input = {
	    .site = g->site,
	    .path = source->path,
	    .file = source->path,
	    .name = source->name,
	    .sidecar_file = source->path,
	};
	struct buf page, beside;
	int result = -1;

	buf_init(&page, meta_source_max);
	buf_init(&beside, meta_source_max);
	if (writer_find_source(writer, source->path, NULL, &page) ==
		READER_FOUND &&
	    (sidecar == NULL ||
		writer_find_source(writer, sidecar->path, NULL, &beside) !=
		    READER_FAILED)) {
		input.text = buf_str(&page);
		input.sidecar = buf_str(&beside);
		result = meta_add_body(g->page, &input, content);
	}
	buf_fini(&page);
	buf_fini(&beside);
	return result;
}

/* Put one page into the index; how much there was to do. */
static size_t
index_page(struct indexing *x, const struct sources *sources,
    const struct site *site, const struct indexing_job *job)
{
	const struct source *source = sources_find(sources, job->source);
	struct gathering g = {.site = site};
	struct buf content;
	size_t bytes;

	if (source == NULL || source->page == NULL)
		return 0;
	g.page = source->page;
	buf_init(&content, meta_source_max);
	buf_init(&g.text, meta_source_max);
	if (add_content(x->writer, sources, &g, source, &content) < 0)
		buf_clear(&content);
	put_text(x, &g, job, buf_str(&content));
	bytes = content.n;
	buf_fini(&content);
	buf_fini(&g.text);
	arena_fini(&g.arena);
	return bytes;
}

static void
unindex_page(struct indexing *x, struct indexed *page)
{
	search_index_remove(x->index, str_from_c(page->path));
	map_remove(&x->pages, str_from_c(page->path));
	mem_free(page);
}

void
indexing_step(
    struct indexing *x, const struct sources *sources, const struct site *site)
{
	struct indexing_job *job;
	size_t bytes = 0;

	for (size_t i = 0;
	     i < step_pages_max && bytes < step_bytes_max && indexing_is_due(x);
	     i++) {
		job = vec_get(&x->pending, x->pending.n - 1 - x->done++);
		if (str_is_empty(job->source)) {
			unindex_page(x, job->page);
			bytes += removal_bytes;
			continue;
		}
		bytes += index_page(x, sources, site, job);
		job->page->print = job->print;
	}
	if (!indexing_is_due(x))
		search_index_tell(x->index, true);
}
