/*
 * The index pages that capsule.yaml asks for: which articles are on each, in
 * which order, under which headings.
 */
#include "publish/pages_chosen.h"

#include "publish/feed.h"
#include "publish/list.h"
#include "publish/words.h"
#include "text/fold.h"

enum { months_in_year = 12, year_digits = 4, month_digits = 2 };

struct group;

/* A page in a row, and where it belongs there. */
struct row {
	const struct page *page;
	bool is_last; /* it has no place of its own: behind those that have */
	int64_t number;
	struct str text;
	const struct group *group; /* once there are groups */
};

/* The rows of one index under way. */
struct choice {
	struct render *r;
	const struct site_index *index;
	struct arena *arena;
	struct vec rows; /* struct row */
	struct map groups; /* key -> struct group */
};

struct group {
	struct row place; /* among the groups */
	struct str title;
	struct str url;
};

static bool
has_term(const struct page *page, enum term_kind kind, struct str path)
{
	const struct page_terms *terms = term_kind_of(page, kind);
	struct str own;

	for (size_t i = 0; i < terms->n; i++) {
		own = terms->items[i].path;
		if (str_starts(own, path) &&
		    (own.n == path.n || own.p[path.n] == '/'))
			return true;
	}
	return false;
}

/* Whether one of the page's languages is lang, or lang with a region. */
static bool
has_language(const struct render *r, const struct page *page, struct str lang)
{
	struct str rest = page->lang, own;
	bool more = true;

	if (str_is_empty(rest))
		rest = r->site->language;
	while (more) {
		more = str_cut(&rest, ',', &own);
		if (str_eq_nocase(str_first(own, lang.n), lang) &&
		    (own.n == lang.n || own.p[lang.n] == '-'))
			return true;
	}
	return false;
}

static bool
has_value(const struct render *r, const struct page *page,
    enum index_choice choice, const struct index_value *value)
{
	switch (choice) {
	case INDEX_TAG:
		return has_term(page, TERM_TAG, value->text);
	case INDEX_CATEGORY:
		return has_term(page, TERM_CATEGORY, value->text);
	case INDEX_AUTHOR:
		return has_term(page, TERM_AUTHOR, value->text);
	case INDEX_SERIES:
		return has_term(page, TERM_SERIES, value->text);
	case INDEX_FOLDER:
		return str_starts(page->folder, value->text);
	case INDEX_YEAR:
		return page->has_date &&
		    date_civil(page->date).year == value->year;
	case INDEX_LANG:
		return has_language(r, page, value->text);
	case INDEX_CHOICE_COUNT:
		break;
	}
	return false;
}

static bool
has_any(const struct render *r, const struct page *page,
    enum index_choice choice, const struct vec *values)
{
	VEC_EACH (const struct index_value, value, values)
		if (has_value(r, page, choice, value))
			return true;
	return false;
}

static bool
is_chosen(const struct render *r, const struct page *page,
    const struct site_index *index)
{
	for (int i = 0; i < INDEX_CHOICE_COUNT; i++) {
		if (index->only[i].n > 0 &&
		    !has_any(r, page, (enum index_choice)i, &index->only[i]))
			return false;
		if (has_any(r, page, (enum index_choice)i, &index->never[i]))
			return false;
	}
	return true;
}

static int
compare_numbers(const struct row *a, const struct row *b)
{
	return (a->number > b->number) - (a->number < b->number);
}

static int
compare_rising(const void *a, const void *b)
{
	const struct row *left = a, *right = b;
	int order = compare_numbers(left, right);

	if (left->is_last != right->is_last)
		return left->is_last ? 1 : -1;
	return order != 0 ? order : str_cmp(left->text, right->text);
}

static int
compare_falling(const void *a, const void *b)
{
	const struct row *left = a, *right = b;

	if (left->is_last != right->is_last)
		return left->is_last ? 1 : -1;
	return compare_rising(b, a);
}

/* Where a page stands in the order of its index. Pages that are alike in it
 * keep the order that they have, the newest first. */
static struct row
place_of(const struct choice *c, const struct page *page)
{
	struct row row = {.page = page};

	switch (c->index->sort) {
	case SORT_DATE:
		row.number = page->date.seconds;
		break;
	case SORT_UPDATED:
		row.number = page->updated.seconds;
		break;
	case SORT_TITLE:
		row.text = fold_key(c->arena, page->title);
		break;
	case SORT_WEIGHT:
		row.number = page->weight;
		row.is_last = !page->has_weight;
		break;
	}
	return row;
}

static void
choose_among(struct choice *c, const struct page_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (is_chosen(c->r, list->items[i], c->index) &&
		    !(list->items[i]->is_index && !list->items[i]->has_date))
			*(struct row *)vec_add(&c->rows) =
			    place_of(c, list->items[i]);
}

/* The articles of an index, in its order, in r's arena. */
static struct page_list
choose(struct render *r, const struct site_index *index)
{
	struct arena arena = {0};
	struct choice c = {.r = r, .index = index, .arena = &arena};
	struct page_list list = {0};

	vec_init(&c.rows, sizeof(struct row));
	choose_among(&c, &r->graph->articles);
	if (index->only[INDEX_FOLDER].n > 0 &&
	    (index->sort == SORT_TITLE || index->sort == SORT_WEIGHT))
		choose_among(&c, &r->graph->pages);
	vec_sort(
	    &c.rows, index->is_descending ? compare_falling : compare_rising);
	list.n = c.rows.n;
	if (index->limit > 0 && list.n > index->limit)
		list.n = index->limit;
	list.items = arena_alloc(&r->arena, (list.n + 1) * sizeof(void *));
	for (size_t i = 0; i < list.n; i++)
		list.items[i] = ((struct row *)vec_get(&c.rows, i))->page;
	vec_fini(&c.rows);
	arena_fini(&arena);
	return list;
}

struct vec
pages_choose(struct render *r)
{
	struct vec all = VEC_INIT(struct chosen);
	struct chosen chosen;

	VEC_EACH (const struct site_index, index, &r->site->indexes) {
		chosen = (struct chosen){index, choose(r, index)};
		if (chosen.rows.n > 0)
			*(struct chosen *)vec_add(&all) = chosen;
	}
	return all;
}

bool
pages_are_chosen(const struct render *r, const struct site_index *index)
{
	VEC_EACH (const struct chosen, chosen, &r->chosen)
		if (chosen->index == index)
			return true;
	return false;
}

static struct group *
group_of(struct choice *c, struct str key)
{
	struct group *group = map_find(&c->groups, key);

	if (group != NULL)
		return group;
	group = arena_alloc(c->arena, sizeof(*group));
	map_put(&c->groups, arena_str(c->arena, key), group);
	return group;
}

/* Those that no other group takes. */
static struct group *
other_group(struct choice *c)
{
	struct group *group = group_of(c, STR(""));

	group->place.is_last = true;
	group->title = words_find(c->r->site->language, STR("other"));
	return group;
}

static struct group *
time_group(struct choice *c, const struct page *page)
{
	struct civil civil = date_civil(page->date);
	bool by_month = c->index->group == GROUP_MONTH;
	int month = by_month ? civil.month : 0;
	struct group *group;

	if (!page->has_date)
		return other_group(c);
	group = group_of(c, arena_printf(c->arena, "%d/%d", civil.year, month));
	group->place.number = civil.year * (months_in_year + 1) + month;
	if (by_month) {
		group->title = render_month(c->r, c->arena, civil.year, month);
		group->url = arena_printf(c->arena, "/archive/%0*d/%0*d/",
		    year_digits, civil.year, month_digits, month);
	} else {
		group->title = arena_printf(c->arena, "%d", civil.year);
		group->url = arena_printf(
		    c->arena, "/archive/%0*d/", year_digits, civil.year);
	}
	return group;
}

static void
add_to_group(
    struct choice *c, const struct page *page, const struct group *group)
{
	struct row row = group->place;

	row.page = page;
	row.group = group;
	*(struct row *)vec_add(&c->rows) = row;
}

static bool
is_asked_for(const struct vec *only, struct str path)
{
	if (only->n == 0)
		return true;
	VEC_EACH (const struct index_value, value, only)
		if (str_starts(path, value->text) &&
		    (path.n == value->text.n || path.p[value->text.n] == '/'))
			return true;
	return false;
}

/* Put a page under each of its terms; when the index selects by such terms,
 * under those that it selects. */
static void
add_to_terms(struct choice *c, const struct page *page, enum term_kind kind,
    const struct vec *only)
{
	const struct page_terms *terms = term_kind_of(page, kind);
	const struct term *term;
	size_t before = c->rows.n;
	struct group *group;

	for (size_t i = 0; i < terms->n; i++) {
		term = map_find(
		    &c->r->graph->terms[kind].by_path, terms->items[i].path);
		if (term == NULL || !is_asked_for(only, term->path))
			continue;
		group = group_of(c, term->path);
		group->title = term->name;
		group->url = term->url;
		group->place.text = fold_key(c->arena, term->name);
		add_to_group(c, page, group);
	}
	if (c->rows.n == before)
		add_to_group(c, page, other_group(c));
}

static void
add_to_groups(struct choice *c, const struct page *page)
{
	const struct vec *only = c->index->only;

	switch (c->index->group) {
	case GROUP_NONE:
		break;
	case GROUP_YEAR:
	case GROUP_MONTH:
		add_to_group(c, page, time_group(c, page));
		break;
	case GROUP_TAG:
		add_to_terms(c, page, TERM_TAG, &only[INDEX_TAG]);
		break;
	case GROUP_CATEGORY:
		add_to_terms(c, page, TERM_CATEGORY, &only[INDEX_CATEGORY]);
		break;
	case GROUP_AUTHOR:
		add_to_terms(c, page, TERM_AUTHOR, &only[INDEX_AUTHOR]);
		break;
	}
}

/* Years and months go down, as articles do, unless the oldest come first. */
static bool
groups_fall(const struct site_index *index)
{
	if (index->group != GROUP_YEAR && index->group != GROUP_MONTH)
		return false;
	return index->is_descending ||
	    (index->sort != SORT_DATE && index->sort != SORT_UPDATED);
}

/* Put the rows of an index under headings. */
static void
put_groups(struct choice *c, const struct chosen *chosen, struct list *list)
{
	const struct page **items;
	const struct group *group = NULL;
	struct row *row;

	for (size_t i = 0; i < chosen->rows.n; i++)
		add_to_groups(c, chosen->rows.items[i]);
	vec_sort(
	    &c->rows, groups_fall(c->index) ? compare_falling : compare_rising);
	items = arena_alloc(c->arena, (c->rows.n + 1) * sizeof(void *));
	for (size_t i = 0; i < c->rows.n; i++) {
		row = vec_get(&c->rows, i);
		items[i] = row->page;
		if (group == row->group)
			continue;
		group = row->group;
		*(struct list_group *)vec_add(&list->groups) =
		    (struct list_group){group->title, group->url, i};
	}
	list->articles = items;
	list->article_count = c->rows.n;
}

static bool
is_newest_first(const struct site_index *index)
{
	return index->is_descending &&
	    (index->sort == SORT_DATE || index->sort == SORT_UPDATED) &&
	    (index->group == GROUP_NONE || index->group == GROUP_YEAR ||
		index->group == GROUP_MONTH);
}

/* The feeds of an index: of its articles, as other pages have no date. */
static void
put_feed(struct render *r, const struct chosen *chosen)
{
	const struct site_index *index = chosen->index;
	struct arena arena = {0};
	const struct page **items =
	    arena_alloc(&arena, (chosen->rows.n + 1) * sizeof(void *));
	struct feed feed = {
	    .path = index->path,
	    .title = arena_printf(&arena, "%" STR_FMT " · %" STR_FMT,
		STR_ARG(index->title), STR_ARG(r->site->title)),
	    .articles = items,
	    .is_unordered = true,
	};

	for (size_t i = 0; i < chosen->rows.n; i++)
		if (chosen->rows.items[i]->has_date)
			items[feed.count++] = chosen->rows.items[i];
	feed_put(r, &feed);
	arena_fini(&arena);
}

/* Whether there are feeds at its path: of its own, or of all articles. */
static bool
has_feed(const struct site_index *index)
{
	return index->has_feed || str_eq(index->path, STR("/"));
}

static void
put_chosen(struct render *r, const struct chosen *chosen)
{
	const struct site_index *index = chosen->index;
	struct arena arena = {0};
	struct choice c = {.r = r, .index = index, .arena = &arena};
	struct list list = {
	    .kind = ENTRY_INDEX,
	    .path = index->path,
	    .title = index->title,
	    .intro = index->intro,
	    .template = index->template,
	    .feed_path = has_feed(index) ? index->path : STR(""),
	    .articles = chosen->rows.items,
	    .article_count = chosen->rows.n,
	    .per_page = r->site->articles_per_page,
	    .is_undated = !is_newest_first(index),
	    .groups = VEC_INIT(struct list_group),
	};

	vec_init(&c.rows, sizeof(struct row));
	if (index->group != GROUP_NONE)
		put_groups(&c, chosen, &list);
	if (index->limit > 0)
		list.per_page = list.article_count;
	if (templates_find(r->templates,
		(struct template_want){.name = list.template}) == NULL)
		list.template = STR("list.gmi");
	list_put(r, &list);
	if (index->has_feed)
		put_feed(r, chosen);
	vec_fini(&list.groups);
	vec_fini(&c.rows);
	map_fini(&c.groups);
	arena_fini(&arena);
}

void
pages_put_chosen(struct render *r)
{
	VEC_EACH (const struct chosen, chosen, &r->chosen)
		put_chosen(r, chosen);
}
