/*
 * The indexes that are made from metadata alone: home, all articles, the
 * archive, terms and folders.
 */
#include "base/utf8.h"
#include "proto/url.h"
#include "publish/feed.h"
#include "publish/list.h"
#include "publish/words.h"

enum {
	home_articles_max = 20,
	long_page = 1000, /* entries on a page that nobody leafs through */
	month_digits = 2,
	year_digits = 4,
};

static struct str
word(const struct render *r, const char *key)
{
	return words_find(r->site->language, str_from_c(key));
}

static void
add_link(struct vec *links, struct str url, struct str title, size_t count)
{
	*(struct link *)vec_add(links) =
	    (struct link){.url = url, .title = title, .count = count};
}

/* The undated pages of the folder that bears the name of this list. */
static void
add_folder_pages(const struct render *r, struct list *list)
{
	const struct folder *folder = map_find(&r->graph->folders, list->path);

	if (folder == NULL)
		return;
	list->pages = folder->pages.items;
	list->page_count = folder->pages.n;
}

void
pages_put_lists(struct render *r)
{
	struct list list = {
	    .kind = ENTRY_INDEX,
	    .path = STR("/articles/"),
	    .feed_path = STR("/"),
	    .title = word(r, "articles"),
	    .template = STR("list.gmi"),
	    .articles = r->graph->articles.items,
	    .article_count = r->graph->articles.n,
	    .per_page = r->site->articles_per_page,
	};

	if (list.article_count == 0)
		return;
	add_folder_pages(r, &list);
	list_put(r, &list);
}

static struct str
month_path(struct arena *arena, const struct month *month)
{
	return arena_printf(arena, "/archive/%0*d/%0*d/", year_digits,
	    month->year, month_digits, month->month);
}

static void
put_year(struct render *r, struct arena *arena, const struct year *year)
{
	struct list list = {
	    .kind = ENTRY_INDEX,
	    .path =
		arena_printf(arena, "/archive/%0*d/", year_digits, year->year),
	    .title = arena_printf(arena, "%d", year->year),
	    .template = STR("list.gmi"),
	    .articles = year->articles.items,
	    .article_count = year->articles.n,
	    .per_page = long_page,
	};

	vec_init(&list.links, sizeof(struct link));
	VEC_EACH (struct month, month, &year->months)
		add_link(&list.links, month_path(arena, month),
		    render_month(r, arena, month->year, month->month),
		    month->articles.n);
	list_put(r, &list);
	vec_fini(&list.links);
	VEC_EACH (struct month, month, &year->months)
		list_put(r,
		    &(struct list){
			.path = month_path(arena, month),
			.title =
			    render_month(r, arena, month->year, month->month),
			.template = STR("list.gmi"),
			.articles = month->articles.items,
			.article_count = month->articles.n,
			.per_page = long_page,
		    });
}

void
pages_put_archive(struct render *r)
{
	struct list list = {
	    .kind = ENTRY_INDEX,
	    .path = STR("/archive/"),
	    .title = word(r, "archive"),
	    .template = STR("terms.gmi"),
	    .per_page = long_page,
	};

	if (r->graph->years.n == 0)
		return;
	vec_init(&list.links, sizeof(struct link));
	VEC_EACH (struct year, year, &r->graph->years) {
		add_link(&list.links,
		    arena_printf(
			&r->arena, "/archive/%0*d/", year_digits, year->year),
		    arena_printf(&r->arena, "%d", year->year),
		    year->articles.n);
		put_year(r, &r->arena, year);
	}
	list_put(r, &list);
	vec_fini(&list.links);
}

static void
add_term(struct arena *arena, const struct term *term, struct vec *links)
{
	const struct page *const *members = term->members.items;
	const struct page *newest = members[0];

	for (size_t i = 1; i < term->members.n; i++)
		if (members[i]->rank < newest->rank)
			newest = members[i];
	*(struct link *)vec_add(links) = (struct link){
	    .url = term->url,
	    .title = term->name,
	    .count = term->members.n,
	    .latest = render_date(arena, newest->date, date_add_day),
	};
}

/* The terms right below another one: tags a/b below a. */
static void
add_narrower(struct arena *arena, const struct terms *terms, size_t above,
    struct vec *links)
{
	struct str path = terms->sorted[above]->path, other;

	for (size_t i = above + 1; i < terms->n; i++) {
		other = terms->sorted[i]->path;
		if (!str_starts(other, path))
			break;
		if (other.p[path.n] == '/' &&
		    str_find_char(str_from_index(other, path.n + 1), '/') < 0)
			add_term(arena, terms->sorted[i], links);
	}
}

/* Which terms have pages, and what these are called. */
struct term_row {
	enum term_kind kind;
	const char *title; /* a word: of the page of all */
	const char *noun; /* a word: of the page of one */
};

/* Where an author can be reached: the page about them, their mail. */
static void
add_contact(struct render *r, const struct site_author *author,
    struct arena *arena, struct list *list)
{
	list->subtitle = author->about;
	if (!str_is_empty(author->url))
		add_link(&list->links, author->url, word(r, "about_author"), 0);
	if (!str_is_empty(author->email))
		add_link(&list->links,
		    arena_printf(
			arena, "mailto:%" STR_FMT, STR_ARG(author->email)),
		    author->email, 0);
}

static void
put_term_feed(struct render *r, struct arena *arena, enum term_kind kind,
    const struct list *list)
{
	const struct site_author named = {.name = list->title};
	const struct site_author *author = NULL;

	if (kind == TERM_AUTHOR)
		author = site_find_author(r->site, list->title);
	if (kind == TERM_AUTHOR && author == NULL)
		author = &named;
	if (kind != TERM_AUTHOR && r->site->has_author)
		author = vec_get(&r->site->authors, r->site->author);
	feed_put(r,
	    &(struct feed){
		.path = list->path,
		.title = arena_printf(arena, "%" STR_FMT " · %" STR_FMT,
		    STR_ARG(list->title), STR_ARG(r->site->title)),
		.subtitle = list->subtitle,
		.author = author,
		.articles = list->articles,
		.count = list->article_count,
		.is_unordered = kind == TERM_SERIES,
	    });
}

static void
put_term(struct render *r, const struct term_row *row, size_t index)
{
	const struct terms *terms = &r->graph->terms[row->kind];
	const struct term *term = terms->sorted[index];
	const struct site_author *author = NULL;
	struct arena arena = {0};
	struct list list = {
	    .kind = ENTRY_INDEX,
	    .path = term->url,
	    .title = arena_printf(&arena, "%" STR_FMT ": %" STR_FMT,
		STR_ARG(word(r, row->noun)), STR_ARG(term->name)),
	    .template = STR("list.gmi"),
	    .articles = term->members.items,
	    .article_count = term->members.n,
	    .per_page = r->site->articles_per_page,
	    .feed_path = term->url,
	};

	vec_init(&list.links, sizeof(struct link));
	if (row->kind == TERM_TAG || row->kind == TERM_CATEGORY)
		add_narrower(&arena, terms, index, &list.links);
	list.are_terms = list.links.n > 0;
	if (row->kind == TERM_AUTHOR) {
		list.title = term->name;
		author = site_find_author(r->site, term->name);
	}
	if (author != NULL)
		add_contact(r, author, &arena, &list);
	list_put(r, &list);
	put_term_feed(r, &arena, row->kind, &list);
	vec_fini(&list.links);
	arena_fini(&arena);
}

void
pages_put_terms(struct render *r)
{
	static const struct term_row rows[] = {
	    {TERM_TAG, "tags", "tag"},
	    {TERM_CATEGORY, "categories", "category"},
	    {TERM_AUTHOR, "authors", "author"},
	    {TERM_SERIES, "series", "series"},
	};
	const struct terms *terms;
	struct list list;

	for (size_t row = 0; row < sizeof(rows) / sizeof(*rows); row++) {
		terms = &r->graph->terms[rows[row].kind];
		list = (struct list){
		    .kind = ENTRY_INDEX,
		    .path = term_kind_folder(rows[row].kind),
		    .title = word(r, rows[row].title),
		    .template = STR("terms.gmi"),
		    .per_page = long_page,
		    .are_terms = true,
		};
		vec_init(&list.links, sizeof(struct link));
		for (size_t i = 0; i < terms->n; i++) {
			add_term(&r->arena, terms->sorted[i], &list.links);
			put_term(r, &rows[row], i);
		}
		if (terms->n > 0)
			list_put(r, &list);
		vec_fini(&list.links);
	}
}

/* The name of a folder as words. */
static struct str
folder_title(struct arena *arena, const struct folder *folder)
{
	struct str url = str_first(folder->url, folder->url.n - 1), title;
	struct buf name;

	if (folder->index != NULL)
		return folder->index->title;
	buf_init(&name, SIZE_MAX);
	url_add_decoded(&name,
	    str_from_index(url, (size_t)str_find_last_char(url, '/') + 1));
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '-' || name.p[i] == '_')
			name.p[i] = ' ';
	if (name.n > 0 && name.p[0] >= 'a' && name.p[0] <= 'z')
		name.p[0] = (char)(name.p[0] - 'a' + 'A');
	title = arena_str(arena, buf_str(&name));
	buf_fini(&name);
	return title;
}

static size_t
folder_count(const struct folder *folder)
{
	return folder->articles.n + folder->pages.n;
}

static void
add_folders(struct arena *arena, const struct folder *folder, struct vec *links)
{
	VEC_EACH (struct folder *, sub, &folder->folders)
		/* A folder with a dated page of its own is an article. */
		if ((*sub)->index == NULL || !(*sub)->index->has_date)
			*(struct link *)vec_add(links) = (struct link){
			    .url = (*sub)->url,
			    .title = folder_title(arena, *sub),
			    .count = folder_count(*sub),
			    .counts_pages = true,
			};
}

static void
add_files(struct arena *arena, const struct folder *folder, struct vec *links)
{
	struct buf url;

	VEC_EACH (const struct source *, file, &folder->files) {
		buf_init(&url, SIZE_MAX);
		name_add_url(&url, &(*file)->name);
		add_link(links, arena_str(arena, buf_str(&url)),
		    str_from_c((*file)->asset.title), 0);
		buf_fini(&url);
	}
}

/* What stands at the top of a capsule that has no articles. */
static void
add_top(struct render *r, struct list *list)
{
	const struct folder *top = map_find(&r->graph->folders, STR("/"));

	if (top == NULL)
		return;
	list->pages = top->pages.items;
	list->page_count = top->pages.n;
	add_folders(&r->arena, top, &list->links);
}

void
pages_put_home(struct render *r)
{
	const struct page_list *articles = &r->graph->articles;
	struct list list = {
	    .kind = ENTRY_INDEX,
	    .path = STR("/"),
	    .title = r->site->title,
	    .subtitle = r->site->subtitle,
	    .template = STR("home.gmi"),
	    .articles = articles->items,
	    .article_count = articles->n,
	    .per_page = home_articles_max,
	};

	if (list.article_count > home_articles_max)
		list.article_count = home_articles_max;
	vec_init(&list.links, sizeof(struct link));
	if (list.article_count == 0)
		add_top(r, &list);
	list_put(r, &list);
	vec_fini(&list.links);
}

static void
put_folder(struct render *r, const struct folder *folder)
{
	struct arena arena = {0};
	struct list list = {
	    .kind = ENTRY_INDEX,
	    .path = folder->url,
	    .title = folder_title(&arena, folder),
	    .template = STR("folder.gmi"),
	    .articles = folder->articles.items,
	    .article_count = folder->articles.n,
	    .per_page = long_page,
	    .pages = folder->pages.items,
	    .page_count = folder->pages.n,
	};

	vec_init(&list.links, sizeof(struct link));
	vec_init(&list.files, sizeof(struct link));
	add_folders(&arena, folder, &list.links);
	add_files(&arena, folder, &list.files);
	list_put(r, &list);
	vec_fini(&list.links);
	vec_fini(&list.files);
	arena_fini(&arena);
}

void
pages_put_folders(struct render *r)
{
	const struct folder *folder;

	MAP_EACH(entry, &r->graph->folders)
	{
		folder = entry->value;
		if (!str_eq(folder->url, STR("/")) &&
		    (folder->index == NULL || page_is_asking(folder->index)))
			put_folder(r, folder);
	}
}
