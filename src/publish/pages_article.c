/*
 * The pages that authors write: articles, other pages, and their own indexes.
 */
#include "publish/cover.h"
#include "publish/language.h"
#include "publish/render.h"
#include "publish/texts.h"
#include "publish/words.h"

enum {
	status_success = 20,
	status_redirect = 31,
	facts_max = 1024,
	url_max = 4096,
};

static const struct str article_template = STR_INIT("article.gmi");
static const struct str page_template = STR_INIT("page.gmi");

static void
add_card(struct print *print, const struct page *page)
{
	if (page == NULL)
		print_add_number(print, 0);
	else
		print_add_fingerprint(print, page->card);
}

struct fingerprint
page_print(struct render *r, const struct page *page)
{
	struct print print;
	struct buf image;

	buf_init(&image, url_max);
	cover_add_url(page, r->sources, &image);
	render_print_start(r, &print);
	print_add(&print, buf_str(&image));
	buf_fini(&image);
	print_add_fingerprint(&print, page->text);
	print_add_fingerprint(&print, links_print(&r->links, page));
	render_print_card(r, &print, page);
	print_add(&print, page->access);
	add_card(&print, page->newer);
	add_card(&print, page->older);
	add_card(&print, page->series_previous);
	add_card(&print, page->series_next);
	print_add_number(&print, page->series_position);
	print_add_number(&print, page->series_count);
	print_add_number(&print, page->rank == SIZE_MAX);
	print_add_number(&print, page->related_count);
	for (size_t i = 0; i < page->related_count; i++)
		add_card(&print, page->related[i]);
	print_add_number(&print, page->family_count);
	for (size_t i = 0; i < page->family_count; i++)
		add_card(&print, page->family[i]);
	for (size_t i = 0; i < page->backlink_count; i++)
		add_card(&print, page->backlinks[i]);
	return print_end(&print);
}

/* A neighbour's card, or NULL, which a map passes over. */
static struct value *
neighbour(const struct render *r, struct arena *arena, const struct page *page)
{
	return page == NULL ? NULL : render_brief_card(r, arena, page);
}

static struct value *
series_value(
    const struct render *r, struct arena *arena, const struct page *page)
{
	struct value *map;

	if (page->series_count < 2)
		return NULL;
	map = value_map(arena);
	value_put_text(arena, map, STR("name"), page->series.items[0].name);
	value_put_text(arena, map, STR("url"),
	    arena_printf(arena, "%" STR_FMT "%" STR_FMT "/",
		STR_ARG(term_kind_folder(TERM_SERIES)),
		STR_ARG(page->series.items[0].path)));
	value_put(arena, map, STR("position"),
	    value_number(arena, (int64_t)page->series_position));
	value_put(arena, map, STR("count"),
	    value_number(arena, (int64_t)page->series_count));
	value_put(arena, map, STR("prev"),
	    neighbour(r, arena, page->series_previous));
	value_put(
	    arena, map, STR("next"), neighbour(r, arena, page->series_next));
	return map;
}

/* A row of articles, and whether there are any, at the key and has_ before
 * it. */
static void
put_list(const struct render *r, struct arena *arena, struct value *map,
    struct str key, const struct page_list *list)
{
	struct value *value = value_list(arena);

	for (size_t i = 0; i < list->n; i++)
		value_add(
		    arena, value, render_brief_card(r, arena, list->items[i]));
	value_put(arena, map, key, value);
	value_put(arena, map,
	    arena_printf(arena, "has_%" STR_FMT, STR_ARG(key)),
	    value_bool(arena, list->n > 0));
}

/* The pages that say the same in other languages, each with its language's
 * own name. */
static void
put_translations(const struct render *r, struct arena *arena, struct value *map,
    const struct page *page)
{
	struct value *list = value_list(arena), *item;
	const struct page *other;
	struct str lang;

	for (size_t i = 0; i < page->family_count; i++) {
		other = page->family[i];
		if (str_eq_nocase(other->lang, page->lang))
			continue;
		lang =
		    str_is_empty(other->lang) ? r->site->language : other->lang;
		item = render_brief_card(r, arena, other);
		value_put_text(
		    arena, item, STR("language"), language_name(arena, lang));
		value_add(arena, list, item);
	}
	value_put(arena, map, STR("translations"), list);
	value_put(arena, map, STR("has_translations"),
	    value_bool(arena, value_get_count(list) > 0));
}

/* The picture, which stands above the text unless that shows it. */
static void
put_image(const struct render *r, struct arena *arena, struct value *map,
    const struct page *page)
{
	const struct value *content = value_find(map, STR("content"));
	struct str text = content == NULL ? STR("") : value_get_text(content);
	struct buf url;

	buf_init(&url, url_max);
	cover_add_url(page, r->sources, &url);
	value_put_text(
	    arena, map, STR("image"), arena_str(arena, buf_str(&url)));
	value_put(arena, map, STR("has_cover"),
	    value_bool(arena,
		url.n > 0 && !cover_is_in_text(page, buf_str(&url), text)));
	buf_fini(&url);
	value_put_text(arena, map, STR("image_label"),
	    str_is_empty(page->image_alt) ? words_find(r->tag, STR("image"))
					  : page->image_alt);
}

/* The whole of a page for its own template. */
static struct value *
article_value(const struct render *r, struct arena *arena,
    const struct page *page, struct str content)
{
	struct value *map = render_card(r, arena, page);
	const struct page_list related = {
	    (const struct page **)(uintptr_t)page->related,
	    page->related_count};
	const struct page_list backlinks = {
	    page->backlinks, page->backlink_count};

	/* The template ends the last line. */
	/* The template leaves a line between the header and the text. */
	while (str_starts(content, STR("\n")))
		content = str_from_index(content, 1);
	if (str_ends(content, STR("\n")))
		content.n--;
	value_put_text(arena, map, STR("content"), content);
	value_put(arena, map, STR("words"),
	    value_number(arena, (int64_t)page->words));
	put_image(r, arena, map, page);
	value_put(arena, map, STR("series"), series_value(r, arena, page));
	value_put(arena, map, STR("next"), neighbour(r, arena, page->newer));
	value_put(arena, map, STR("prev"), neighbour(r, arena, page->older));
	put_translations(r, arena, map, page);
	put_list(r, arena, map, STR("related"), &related);
	put_list(r, arena, map, STR("backlinks"), &backlinks);
	return map;
}

/* Make what the capsule's author switched off be as if it were not there. */
static void
hide_parts(const struct render *r, struct arena *arena, struct value *article)
{
	static const struct {
		enum article_part part;
		struct str key;
	} keys[] = {
	    {ARTICLE_IMAGE, STR_INIT("image")},
	    {ARTICLE_IMAGE, STR_INIT("has_cover")},
	    {ARTICLE_DATE, STR_INIT("date")},
	    {ARTICLE_UPDATED, STR_INIT("updated")},
	    {ARTICLE_READING_TIME, STR_INIT("minutes")},
	    {ARTICLE_READING_TIME, STR_INIT("minutes_text")},
	    {ARTICLE_LANGUAGE, STR_INIT("lang")},
	    {ARTICLE_AUTHORS, STR_INIT("authors")},
	    {ARTICLE_TAGS, STR_INIT("tags")},
	    {ARTICLE_SERIES, STR_INIT("series")},
	    {ARTICLE_TRANSLATIONS, STR_INIT("translations")},
	    {ARTICLE_TRANSLATIONS, STR_INIT("has_translations")},
	    {ARTICLE_RELATED, STR_INIT("related")},
	    {ARTICLE_RELATED, STR_INIT("has_related")},
	    {ARTICLE_BACKLINKS, STR_INIT("backlinks")},
	    {ARTICLE_BACKLINKS, STR_INIT("has_backlinks")},
	    {ARTICLE_NEIGHBOURS, STR_INIT("next")},
	    {ARTICLE_NEIGHBOURS, STR_INIT("prev")},
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (r->site->hides[keys[i].part])
			value_put(arena, article, keys[i].key,
			    value_bool(arena, false));
}

/* Add one of the facts that stand on a line, when it is shown. */
static void
add_fact(struct buf *line, const struct value *article, struct str key,
    struct str before)
{
	const struct value *fact = value_find(article, key);

	if (!value_is_true(fact))
		return;
	if (line->n > 0)
		buf_add(line, before);
	buf_add(line, value_get_text(fact));
}

/* The line below the title: date, change, time to read, language. */
static void
put_facts(const struct render *r, struct arena *arena, struct value *article)
{
	const struct value *updated = value_find(article, STR("updated"));
	struct buf line;

	buf_init(&line, facts_max);
	add_fact(&line, article, STR("date"), STR(""));
	if (value_is_true(updated))
		buf_addf(&line, "%s%" STR_FMT " %" STR_FMT,
		    line.n > 0 ? ", " : "",
		    STR_ARG(words_find(r->tag, STR("updated"))),
		    STR_ARG(value_get_text(updated)));
	add_fact(&line, article, STR("minutes_text"), STR(" · "));
	add_fact(&line, article, STR("lang"), STR(" · "));
	value_put_text(
	    arena, article, STR("facts"), arena_str(arena, buf_str(&line)));
	buf_fini(&line);
}

/* Which template a page wants: its own choice where there is such a one. */
static struct template_want
template_of(
    const struct render *r, const struct texts *texts, const struct page *page)
{
	struct template_want want = {texts->input.name.folder, page->template};

	if (!str_is_empty(page->template) &&
	    (page->is_layout ? templates_has_own(r->templates, want)
			     : templates_find(r->templates, want) != NULL))
		return want;
	want.name = page->has_date ? article_template : page_template;
	return want;
}

void
page_put(struct render *r, const struct page *page, struct render_page *job)
{
	struct arena arena = {0};
	struct value *data, *article;
	struct texts texts;
	struct buf content;

	buf_init(&content, template_output_max);
	if (!texts_init(&texts, r, page) ||
	    meta_add_body(page, &texts.input, &content) < 0) {
		outputs_fail(r->outputs, job->path);
	} else if (job->meta = render_meta(r, &arena, page->lang),
	    page_is_own_index(page)) {
		render_put_text(r, job, buf_str(&content));
	} else {
		render_speak(r, page->lang);
		job->want = template_of(r, &texts, page);
		data = render_data(r, &arena);
		article = article_value(r, &arena, page, buf_str(&content));
		if (page->has_date)
			hide_parts(r, &arena, article);
		put_facts(r, &arena, article);
		value_put(&arena, data, STR("article"), article);
		value_put(&arena, data, STR("page"), article);
		value_put(&arena, data, STR("params"),
		    meta_params(&texts.input, &arena));
		render_put(r, job, data);
		render_speak(r, r->site->language);
	}
	texts_fini(&texts);
	buf_fini(&content);
	arena_fini(&arena);
}

static void
put_redirect(struct render *r, const struct page *page)
{
	struct fingerprint fingerprint;
	struct print print;

	print_start(&print);
	print_add(&print, page->redirect);
	print_add(&print, page->access);
	fingerprint = print_end(&print);
	if (outputs_claim(r->outputs, page->url, ENTRY_PAGE, fingerprint) !=
	    CLAIM_WANTED)
		return;
	outputs_put(r->outputs,
	    &(struct writer_entry){
		.path = page->url,
		.kind = ENTRY_PAGE,
		.status = status_redirect,
		.meta = page->redirect,
		.access = page->access,
		.fingerprint = fingerprint,
	    });
}

void
pages_put_articles(struct render *r)
{
	const struct page_list *all = &r->graph->all;
	const struct page *page;
	struct render_page job;

	for (size_t i = 0; i < all->n; i++) {
		page = all->items[i];
		if (!str_is_empty(page->redirect)) {
			put_redirect(r, page);
			continue;
		}
		if (page_is_asking(page))
			continue;
		job = (struct render_page){
		    .path = page->url,
		    .kind = ENTRY_PAGE,
		    .access = page->access,
		    .print = page_print(r, page),
		};
		if (outputs_claim(r->outputs, job.path, job.kind, job.print) ==
		    CLAIM_WANTED)
			page_put(r, page, &job);
	}
}
