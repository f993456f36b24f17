/*
 * Lists of articles in pages, whatever they are lists of.
 */
#include "publish/list.h"

#include "publish/feed.h"
#include "publish/pages_asked.h"
#include "publish/words.h"
#include "text/gemtext.h"

/* Indexes from first up to, not including, end. */
struct range {
	size_t first;
	size_t end;
};

/* One page of a list: number counts from 1. */
struct part {
	const struct list *list;
	size_t number;
	size_t count;
	struct range articles;
	const struct page *owner; /* the author's page at the list's path that
				     asks for it, or has no text; or NULL */
	const struct page *bare; /* the owner when it has no text */
};

static struct str
part_path(struct arena *arena, const struct list *list, size_t number)
{
	if (number == 1)
		return list->path;
	return arena_printf(
	    arena, "%" STR_FMT "page/%zu/", STR_ARG(list->path), number);
}

static void
print_links(struct print *print, const struct vec *links)
{
	print_add_number(print, links->n);
	VEC_EACH (struct link, link, links) {
		print_add(print, link->url);
		print_add(print, link->title);
		print_add_number(print, link->count);
		print_add(print, link->latest);
	}
}

/* The groups that have articles in the part: each from its own first article,
 * or the part's, up to that of the next one. */
static bool
group_range(const struct part *part, size_t index, struct range *range)
{
	const struct vec *groups = &part->list->groups;
	const struct list_group *group = vec_get(groups, index), *next;

	*range = (struct range){group->first, part->list->article_count};
	if (index + 1 < groups->n) {
		next = vec_get(groups, index + 1);
		range->end = next->first;
	}
	if (range->first < part->articles.first)
		range->first = part->articles.first;
	if (range->end > part->articles.end)
		range->end = part->articles.end;
	return range->first < range->end;
}

static void
print_groups(struct print *print, const struct part *part)
{
	const struct list_group *group;
	struct range range;

	for (size_t i = 0; i < part->list->groups.n; i++) {
		if (!group_range(part, i, &range))
			continue;
		group = vec_get(&part->list->groups, i);
		print_add(print, group->title);
		print_add(print, group->url);
		print_add_number(print, range.first);
	}
}

static void
print_owner(struct render *r, struct print *print, const struct part *part)
{
	if (part->owner == NULL)
		return;
	render_print_card(r, print, part->owner);
	if (part->number > 1)
		return;
	print_add_fingerprint(print, part->owner->text);
	print_add_fingerprint(print, links_print(&r->links, part->owner));
	print_add(print, part->owner->access);
	pages_print_asked(r, part->owner, print);
}

static struct fingerprint
part_print(struct render *r, const struct part *part)
{
	const struct list *list = part->list;
	struct print print;

	render_print_start(r, &print);
	print_add(&print, list->path);
	print_add(&print, list->title);
	print_add(&print, list->subtitle);
	print_add(&print, list->intro);
	print_add(&print, list->template);
	print_add_number(&print, part->number);
	print_add_number(&print, part->count);
	print_add_number(&print, list->article_count);
	print_add(&print, list->feed_path);
	for (size_t i = part->articles.first; i < part->articles.end; i++)
		render_print_card(r, &print, list->articles[i]);
	print_groups(&print, part);
	print_owner(r, &print, part);
	if (part->number == 1)
		print_links(&print, &list->links);
	if (part->number == part->count) {
		for (size_t i = 0; i < list->page_count; i++)
			render_print_card(r, &print, list->pages[i]);
		print_links(&print, &list->files);
	}
	return print_end(&print);
}

static struct value *
pager_value(
    const struct render *r, struct arena *arena, const struct part *part)
{
	bool is_dated = !part->list->is_undated;
	struct value *pager, *link;

	if (part->count < 2)
		return NULL;
	pager = value_map(arena);
	value_put(arena, pager, STR("number"),
	    value_number(arena, (int64_t)part->number));
	value_put(arena, pager, STR("count"),
	    value_number(arena, (int64_t)part->count));
	if (part->number > 1) {
		link = value_map(arena);
		value_put_text(arena, link, STR("url"),
		    part_path(arena, part->list, part->number - 1));
		value_put_text(arena, link, STR("title"),
		    words_find(r->site->language,
			is_dated ? STR("newer") : STR("previous")));
		value_put(arena, pager, STR("newer"), link);
	}
	if (part->number < part->count) {
		link = value_map(arena);
		value_put_text(arena, link, STR("url"),
		    part_path(arena, part->list, part->number + 1));
		value_put_text(arena, link, STR("title"),
		    words_find(r->site->language,
			is_dated ? STR("older") : STR("next")));
		value_put(arena, pager, STR("older"), link);
	}
	return pager;
}

/* The built-in lists show little of an article; what else there is of it is
 * made only for templates that may ask. */
static struct value *
cards_value(const struct render *r, struct arena *arena,
    const struct page *const *pages, struct range range)
{
	struct value *list = value_list(arena);

	for (size_t i = range.first; i < range.end; i++)
		value_add(arena, list,
		    templates_are_own(r->templates)
			? render_card(r, arena, pages[i])
			: render_brief_card(r, arena, pages[i]));
	return list;
}

/* The articles of a part under their headings; NULL when there are none. */
static struct value *
groups_value(
    const struct render *r, struct arena *arena, const struct part *part)
{
	const struct list *list = part->list;
	const struct list_group *group;
	struct value *all, *map;
	struct range range;

	if (list->groups.n == 0)
		return NULL;
	all = value_list(arena);
	for (size_t i = 0; i < list->groups.n; i++) {
		if (!group_range(part, i, &range))
			continue;
		group = vec_get(&list->groups, i);
		map = value_map(arena);
		value_put(arena, map, STR("is_first"),
		    value_bool(arena, value_get_count(all) == 0));
		value_put_text(arena, map, STR("title"), group->title);
		value_put_text(arena, map, STR("name"), group->title);
		value_put_text(arena, map, STR("url"), group->url);
		value_put(arena, map, STR("articles"),
		    cards_value(r, arena, list->articles, range));
		value_add(arena, all, map);
	}
	return all;
}

static void
put_rows(const struct render *r, struct arena *arena, struct value *data,
    const struct part *part)
{
	const struct list *list = part->list;
	struct value *rows =
	    cards_value(r, arena, list->articles, part->articles);
	struct value *links;

	value_put(arena, data, STR("articles"), rows);
	value_put(arena, data, STR("has_articles"),
	    value_bool(arena, value_get_count(rows) > 0));
	value_put(arena, data, STR("groups"), groups_value(r, arena, part));
	value_put(arena, data, STR("has_groups"),
	    value_bool(arena, list->groups.n > 0));
	if (part->number == 1 && list->links.n > 0) {
		links = render_links(r, arena, &list->links);
		value_put(arena, data, STR("links"), links);
		if (list->are_terms)
			value_put(arena, data, STR("terms"), links);
		value_put(
		    arena, data, STR("has_links"), value_bool(arena, true));
	}
	if (part->number != part->count)
		return;
	if (list->page_count > 0) {
		value_put(arena, data, STR("pages"),
		    cards_value(r, arena, list->pages,
			(struct range){0, list->page_count}));
		value_put(
		    arena, data, STR("has_pages"), value_bool(arena, true));
	}
	if (list->files.n > 0) {
		value_put(arena, data, STR("files"),
		    render_links(r, arena, &list->files));
		value_put(
		    arena, data, STR("has_files"), value_bool(arena, true));
	}
}

/* The feeds of the page's own articles in place of the capsule's. */
static void
put_feeds(const struct render *r, struct arena *arena, struct value *data,
    struct str path)
{
	if (str_is_empty(path))
		return;
	value_put(arena, data, STR("feeds"), feed_links(r, arena, path));
	value_put(arena, data, STR("has_feeds"), value_bool(arena, true));
}

/* What the list is called and how it begins: an author's page at its path that
 * has no text says it. */
static void
put_heading(struct arena *arena, struct value *page, const struct part *part)
{
	const struct page *bare = part->bare;
	struct buf intro;

	value_put_text(arena, page, STR("title"),
	    bare != NULL ? bare->title : part->list->title);
	value_put_text(arena, page, STR("subtitle"), part->list->subtitle);
	if (part->number > 1)
		return;
	buf_init(&intro, SIZE_MAX);
	if (bare != NULL)
		gemtext_add_start(&intro, bare->summary);
	value_put_text(arena, page, STR("intro"),
	    intro.n > 0 ? arena_str(arena, buf_str(&intro))
			: part->list->intro);
	buf_fini(&intro);
}

static struct value *
part_data(const struct render *r, struct arena *arena, const struct part *part,
    struct str path)
{
	struct value *data = render_data(r, arena);
	struct value *page = value_map(arena);

	put_heading(arena, page, part);
	value_put_text(arena, page, STR("url"), path);
	value_put(arena, data, STR("page"), page);
	value_put(arena, data, STR("pager"), pager_value(r, arena, part));
	put_feeds(r, arena, data, part->list->feed_path);
	put_rows(r, arena, data, part);
	return data;
}

static void
put_part(struct render *r, const struct part *part)
{
	struct arena arena = {0};
	struct render_page job = {
	    .path = part_path(&arena, part->list, part->number),
	    .kind = part->list->kind,
	    .access = part->list->kind == ENTRY_DRAFT ? STR("owners") : STR(""),
	    .want = {.name = part->list->template},
	    .print = part_print(r, part),
	};
	struct value *data;

	if (part->owner != NULL && part->number == 1) {
		job.kind = ENTRY_PAGE;
		job.access = part->owner->access;
		job.meta = render_meta(r, &arena, part->owner->lang);
	}
	if (outputs_claim(r->outputs, job.path, job.kind, job.print) ==
	    CLAIM_WANTED) {
		data = part_data(r, &arena, part, job.path);
		if (part->owner != NULL && part->number == 1 &&
		    part->bare == NULL)
			pages_put_asking(r, part->owner, &job, data);
		else
			render_put(r, &job, data);
	}
	arena_fini(&arena);
}

void
list_put(struct render *r, const struct list *list)
{
	struct part part = {.list = list, .number = 1};

	if (list->kind != ENTRY_DRAFT)
		part.owner = pages_asking_at(r, list->path);
	if (part.owner != NULL && part.owner->asks == 0)
		part.bare = part.owner;
	part.count =
	    (list->article_count + list->per_page - 1) / list->per_page;
	if (part.count == 0)
		part.count = 1;
	for (; part.number <= part.count; part.number++) {
		part.articles.first = (part.number - 1) * list->per_page;
		part.articles.end = part.articles.first + list->per_page;
		if (part.articles.end > list->article_count)
			part.articles.end = list->article_count;
		put_part(r, &part);
	}
}
