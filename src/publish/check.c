/*
 * What readers would stumble over: dead links, links without a label, pictures
 * in text without a description. Nothing is written.
 */
#include "base/mem.h"
#include "proto/url.h"
#include "publish/front_matter.h"
#include "publish/pages_chosen.h"
#include "publish/publisher.h"
#include "publish/render.h"
#include "publish/texts.h"
#include "text/gemtext.h"

enum { url_bytes_max = 4096, status_gone = 52 };

/* A page being looked at. */
struct look {
	struct render *r;
	const struct page *page;
	struct diag_place place; /* its line changes */
};

/* Whether the catalogue has something to say at a key. */
static bool
is_alive(const struct render *r, struct str key)
{
	const struct stored *stored = outputs_find(r->outputs, key);

	return stored != NULL && stored->kind != ENTRY_GONE;
}

/* Whether a request for key leads to something: as it stands, or by way of the
 * redirects that every page has. */
static bool
leads_somewhere(const struct render *r, struct str key)
{
	static const struct str endings[] = {STR_INIT(".md"), STR_INIT(".html"),
	    STR_INIT(".gemini"), STR_INIT(".markdown"), STR_INIT(".gmi"),
	    STR_INIT("/")};
	struct str stem = key;
	struct buf text;
	bool found;

	if (is_alive(r, key))
		return true;
	if (str_eq(key, STR("/random")))
		return r->graph->articles.n > 0;
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		if (!str_ends(key, endings[i]))
			continue;
		stem = str_first(key, key.n - endings[i].n);
		break;
	}
	if (str_ends(stem, STR("/index")))
		stem = str_first(stem, stem.n - STR("/index").n);
	buf_init(&text, url_bytes_max);
	buf_add(&text, stem);
	buf_add_char(&text, '/');
	found = is_alive(r, buf_str(&text));
	buf_truncate(&text, stem.n);
	buf_add(&text, STR(".gmi"));
	found = found || is_alive(r, buf_str(&text));
	buf_fini(&text);
	return found;
}

/* The key of a link that stays within the capsule; false for others. */
static bool
add_internal_key(const struct look *look, struct str reference, struct buf *key)
{
	struct arena arena = {0};
	struct buf whole, host;
	struct url url;
	bool internal;

	buf_init(&whole, url_bytes_max);
	buf_init(&host, url_bytes_max);
	internal =
	    url_add_resolved(&whole,
		render_absolute(look->r, &arena, look->page->url), reference) &&
	    url_parse(buf_str(&whole), &url) &&
	    str_eq_nocase(url.scheme, STR("gemini")) &&
	    url_add_host(&host, url.host) &&
	    str_eq_nocase(buf_str(&host), look->r->site->host) &&
	    url_add_path_key(key, url.path) == URL_PATH_OK;
	buf_fini(&whole);
	buf_fini(&host);
	arena_fini(&arena);
	return internal;
}

static void
look_at_target(const struct look *look, struct str url)
{
	struct buf key;

	buf_init(&key, url_bytes_max);
	if (add_internal_key(look, url, &key) &&
	    !leads_somewhere(look->r, buf_str(&key)))
		diags_warning(look->r->diags, look->place, "dead-link",
		    "correct the address, or take the link out",
		    "nothing is at %" STR_FMT, STR_ARG(buf_str(&key)));
	buf_fini(&key);
}

static void
look_at_link(const struct look *look, const struct gemtext_line *line)
{
	if (str_is_empty(str_trim(line->text)))
		diags_warning(look->r->diags, look->place, "label",
		    "write what is behind the link after its address",
		    "the link has no label");
	look_at_target(look, line->url);
}

static void
look_at_text(struct look *look, struct str body, unsigned first_line)
{
	bool is_open = false;
	struct gemtext_line line;
	struct gemtext g;

	gemtext_init(&g, body);
	while (gemtext_next(&g, &line)) {
		look->place.line = first_line + line.number - 1;
		look->place.column = 1;
		if (line.type == GEMTEXT_LINK)
			look_at_link(look, &line);
		if (line.type != GEMTEXT_TOGGLE)
			continue;
		is_open = !is_open;
		if (is_open && str_is_empty(str_trim(line.text)))
			diags_warning(look->r->diags, look->place, "alt-text",
			    "write what it shows behind the three backticks",
			    "the preformatted block has no alt text");
	}
}

/* The same for a page in another format: its own messages have their lines,
 * dead links only its name. */
static void
look_at_rendered(struct look *look, struct meta_input *input)
{
	struct gemtext_line line;
	struct buf gemtext;
	struct gemtext g;

	buf_init(&gemtext, meta_source_max);
	input->text_diags = look->r->diags;
	input->check = true;
	if (meta_add_body(look->page, input, &gemtext) == 0) {
		gemtext_init(&g, buf_str(&gemtext));
		while (gemtext_next(&g, &line))
			if (line.type == GEMTEXT_LINK)
				look_at_target(look, line.url);
	}
	buf_fini(&gemtext);
}

static void
look_at_page(struct render *r, const struct page *page)
{
	struct look look = {.r = r, .page = page};
	struct front_matter parts;
	struct arena arena = {0};
	struct texts texts;

	if (texts_init(&texts, r, page)) {
		look.place.file =
		    sources_display(r->sources, &arena, page->source);
		texts.input.file = look.place.file;
		front_matter_split(texts.input.text, &parts);
		if (texts.input.name.format->to_gemtext == NULL)
			look_at_text(&look, parts.body, parts.body_line);
		else
			look_at_rendered(&look, &texts.input);
	}
	texts_fini(&texts);
	arena_fini(&arena);
}

/* Index pages that nobody can see, as nothing is on them. */
static void
look_at_indexes(struct render *r)
{
	struct arena arena = {0};
	struct diag_place place;

	VEC_EACH (const struct site_index, index, &r->site->indexes) {
		if (pages_are_chosen(r, index))
			continue;
		place = index->place;
		place.file =
		    sources_display(r->sources, &arena, STR("capsule.yaml"));
		diags_warning(r->diags, place, "empty-index",
		    "correct what it selects, or take it out",
		    "no article is chosen for %" STR_FMT, STR_ARG(index->path));
	}
	arena_fini(&arena);
}

static void
look_at_pages(struct render *r)
{
	look_at_indexes(r);
	for (size_t i = 0; i < r->graph->all.n; i++)
		look_at_page(r, r->graph->all.items[i]);
}

int
publish_check(const struct publish_options *o, struct diags *diags)
{
	struct publish_options options = *o;
	struct publisher *p;
	int status;

	options.built = false;
	options.catalogue = "";
	p = publisher_open_mode(&options, WRITER_MEMORY, diags);
	if (p == NULL)
		return -1;
	p->check = look_at_pages;
	status = publisher_publish(p, o->now, diags, NULL);
	publisher_close(&p);
	return status;
}
