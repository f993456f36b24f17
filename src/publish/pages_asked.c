/*
 * Authors' own index pages that ask for lists in their text.
 */
#include "publish/pages_asked.h"

#include "publish/asked.h"
#include "publish/list.h"
#include "publish/texts.h"

enum { newest_max = 20, year_digits = 4 };

const struct page *
pages_asking_at(const struct render *r, struct str path)
{
	const struct page *page = map_find(&r->graph->by_url, path);

	return page != NULL && page_is_asking(page) ? page : NULL;
}

static void
add_terms(const struct render *r, enum term_kind kind, struct vec *links)
{
	const struct terms *terms = &r->graph->terms[kind];

	for (size_t i = 0; i < terms->n; i++)
		*(struct link *)vec_add(links) = (struct link){
		    .url = terms->sorted[i]->url,
		    .title = terms->sorted[i]->name,
		    .count = terms->sorted[i]->members.n,
		};
}

static void
add_years(const struct render *r, struct arena *arena, struct vec *links)
{
	VEC_EACH (const struct year, year, &r->graph->years)
		*(struct link *)vec_add(links) = (struct link){
		    .url = arena_printf(
			arena, "/archive/%0*d/", year_digits, year->year),
		    .title = arena_printf(arena, "%d", year->year),
		    .count = year->articles.n,
		};
}

/* Add the links of a list that is made of links with counts. */
static void
add_links(const struct render *r, struct arena *arena, enum asked asked,
    struct vec *links)
{
	switch (asked) {
	case ASKED_ARCHIVE:
		add_years(r, arena, links);
		break;
	case ASKED_TAGS:
		add_terms(r, TERM_TAG, links);
		break;
	case ASKED_CATEGORIES:
		add_terms(r, TERM_CATEGORY, links);
		break;
	case ASKED_AUTHORS:
		add_terms(r, TERM_AUTHOR, links);
		break;
	case ASKED_SERIES:
		add_terms(r, TERM_SERIES, links);
		break;
	case ASKED_LIST:
	case ASKED_ARTICLES:
	case ASKED_INDEXES:
	case ASKED_NAVIGATION:
	case ASKED_FEEDS:
	case ASKED_COUNT:
		break;
	}
}

static size_t
newest_count(const struct render *r)
{
	return r->graph->articles.n < newest_max ? r->graph->articles.n
						 : newest_max;
}

static void
print_one(const struct render *r, enum asked asked, struct print *print)
{
	struct vec links = VEC_INIT(struct link);
	struct arena arena = {0};

	if (asked == ASKED_ARTICLES)
		for (size_t i = 0; i < newest_count(r); i++)
			print_add_fingerprint(
			    print, r->graph->articles.items[i]->card);
	add_links(r, &arena, asked, &links);
	VEC_EACH (struct link, link, &links) {
		print_add(print, link->url);
		print_add(print, link->title);
		print_add_number(print, link->count);
	}
	vec_fini(&links);
	arena_fini(&arena);
}

void
pages_print_asked(
    const struct render *r, const struct page *page, struct print *print)
{
	print_add_number(print, page->asks);
	for (int i = 0; i < ASKED_COUNT; i++)
		if ((page->asks >> i & 1) != 0)
			print_one(r, (enum asked)i, print);
}

/* The data of a list; own is that of the list at the page's path. */
static const struct value *
asked_data(const struct render *r, struct arena *arena, enum asked asked,
    const struct value *own)
{
	struct value *data = render_data(r, arena), *articles;
	struct vec links = VEC_INIT(struct link);

	if (asked == ASKED_LIST)
		return own;
	if (asked == ASKED_ARTICLES) {
		articles = value_list(arena);
		for (size_t i = 0; i < newest_count(r); i++)
			value_add(arena, articles,
			    render_card(r, arena, r->graph->articles.items[i]));
		value_put(arena, data, STR("articles"), articles);
	}
	add_links(r, arena, asked, &links);
	value_put(arena, data, STR("links"),
	    links.n > 0 ? render_links(r, arena, &links)
			: value_find(data, asked_name(asked)));
	vec_fini(&links);
	return data;
}

/* The page being written. */
struct asking {
	struct render *r;
	struct arena *arena;
	struct str folder; /* of its source */
	const struct value *data;
	struct buf *out;
};

/* Put a list in the place of its mark. -1 when it is too large. */
static int
add_list(const struct asking *a, enum asked asked)
{
	struct template_want want = {a->folder, asked_template(asked)};
	struct buf list;
	int result;

	buf_init(&list, template_output_max);
	result = templates_render(a->r->templates, want,
	    asked_data(a->r, a->arena, asked, a->data), &list);
	buf_add(a->out, str_trim(buf_str(&list)));
	if (list.n > 0)
		buf_add_char(a->out, '\n');
	buf_fini(&list);
	return a->out->full ? -1 : result;
}

static int
add_text(const struct asking *a, struct str text)
{
	struct gemtext_line line;
	struct gemtext g;
	struct str name;
	int result = 0;

	gemtext_init(&g, text);
	while (result == 0 && gemtext_next(&g, &line)) {
		if (asked_is_mark(&line, &name) &&
		    asked_find(name) != ASKED_COUNT) {
			result = add_list(a, asked_find(name));
			continue;
		}
		buf_add(a->out, line.raw);
		buf_add_char(a->out, '\n');
	}
	return a->out->full ? -1 : result;
}

void
pages_put_asking(struct render *r, const struct page *page,
    struct render_page *job, struct value *data)
{
	struct arena arena = {0};
	struct asking asking = {.r = r, .arena = &arena, .data = data};
	struct texts texts;
	struct buf content, out;

	buf_init(&content, template_output_max);
	buf_init(&out, template_output_max);
	asking.out = &out;
	if (!texts_init(&texts, r, page) ||
	    meta_add_body(page, &texts.input, &content) < 0) {
		outputs_fail(r->outputs, job->path);
	} else {
		asking.folder = texts.input.name.folder;
		if (add_text(&asking, buf_str(&content)) < 0)
			render_fail(r, job->path);
		else
			render_put_text(r, job, buf_str(&out));
	}
	texts_fini(&texts);
	buf_fini(&content);
	buf_fini(&out);
	arena_fini(&arena);
}

/* Asking pages at whose paths nothing is listed. */
void
pages_put_left(struct render *r)
{
	const struct page_list *all = &r->graph->all;
	struct list list = {
	    .kind = ENTRY_INDEX, .template = STR("folder.gmi"), .per_page = 1};

	for (size_t i = 0; i < all->n; i++) {
		list.path = all->items[i]->url;
		list.title = all->items[i]->title;
		if (page_is_asking(all->items[i]) &&
		    outputs_find(r->outputs, list.path) == NULL)
			list_put(r, &list);
	}
}
