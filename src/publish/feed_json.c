/*
 * JSON Feed 1.1.
 */
#include "publish/feed.h"
#include "text/json.h"

/* Put a comma before what comes next, unless it is the first. */
static void
add_comma(struct buf *out)
{
	char last = out->n > 0 ? out->p[out->n - 1] : '{';

	if (last != '{' && last != '[')
		buf_add_char(out, ',');
}

static void
add_key(struct buf *out, struct str key)
{
	add_comma(out);
	json_add_string(out, key);
	buf_add_char(out, ':');
}

/* A member; an empty text is left out. */
static void
add_text(struct buf *out, struct str key, struct str text)
{
	if (str_is_empty(text))
		return;
	add_key(out, key);
	json_add_string(out, text);
}

/* A person; url is left out where it is no address. */
static void
add_person(
    const struct render *r, struct buf *out, struct str name, struct str url)
{
	struct arena arena = {0};

	if (str_starts(url, STR("/")))
		url = render_absolute(r, &arena, url);
	add_comma(out);
	buf_add_char(out, '{');
	add_text(out, STR("name"), name);
	add_text(out, STR("url"), url);
	buf_add_char(out, '}');
	arena_fini(&arena);
}

static void
add_authors(const struct render *r, struct buf *out, const struct page *page)
{
	if (page->authors.n == 0)
		return;
	add_key(out, STR("authors"));
	buf_add_char(out, '[');
	for (size_t i = 0; i < page->authors.n; i++)
		add_person(r, out, page->authors.items[i].name,
		    i < page->contacts.n ? page->contacts.items[i].path
					 : STR(""));
	buf_add_char(out, ']');
}

static void
add_terms(struct buf *out, const struct page_terms *terms)
{
	for (size_t i = 0; i < terms->n; i++) {
		add_comma(out);
		json_add_string(out, terms->items[i].name);
	}
}

static void
add_tags(struct buf *out, const struct page *page)
{
	if (page->tags.n == 0 && page->categories.n == 0)
		return;
	add_key(out, STR("tags"));
	buf_add_char(out, '[');
	add_terms(out, &page->categories);
	add_terms(out, &page->tags);
	buf_add_char(out, ']');
}

/* One article. Each has a text: its own, or its summary, or its title. */
static void
add_item(const struct render *r, struct buf *out, const struct page *page,
    struct str content)
{
	struct arena arena = {0};

	if (str_is_empty(content))
		content =
		    str_is_empty(page->summary) ? page->title : page->summary;
	add_comma(out);
	buf_add(out, STR("\n{"));
	add_text(out, STR("id"), render_id(r, &arena, page));
	add_text(out, STR("url"), render_absolute(r, &arena, page->url));
	add_text(out, STR("title"), page->title);
	add_text(out, STR("summary"), page->summary);
	add_text(out, STR("content_text"), content);
	add_text(out, STR("date_published"),
	    render_date(&arena, page->date, date_add_rfc3339));
	if (page->has_updated)
		add_text(out, STR("date_modified"),
		    render_date(&arena, page->updated, date_add_rfc3339));
	if (str_find_char(page->lang, ',') < 0)
		add_text(out, STR("language"), page->lang);
	add_authors(r, out, page);
	add_tags(out, page);
	buf_add(out, STR("}"));
	arena_fini(&arena);
}

void
feed_add_json(
    const struct render *r, const struct feed_view *view, struct buf *out)
{
	const struct feed *feed = view->feed;
	struct arena arena = {0};
	struct str home = render_absolute(r, &arena, feed->path);

	buf_add_char(out, '{');
	add_text(out, STR("version"), STR("https://jsonfeed.org/version/1.1"));
	add_text(out, STR("title"), feed->title);
	add_text(out, STR("description"), feed->subtitle);
	add_text(out, STR("home_page_url"), home);
	add_text(out, STR("feed_url"),
	    arena_printf(&arena, "%" STR_FMT "feed.json", STR_ARG(home)));
	add_text(out, STR("language"), r->site->language);
	if (feed->author != NULL) {
		add_key(out, STR("authors"));
		buf_add_char(out, '[');
		add_person(r, out, feed->author->name, feed->author->url);
		buf_add_char(out, ']');
	}
	add_key(out, STR("items"));
	buf_add_char(out, '[');
	for (size_t i = 0; i < view->count; i++)
		add_item(r, out, view->articles[i],
		    view->contents == NULL ? STR("") : view->contents[i]);
	buf_add(out, STR("]}\n"));
	arena_fini(&arena);
}
