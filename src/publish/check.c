/*
 * What readers would stumble over: dead links, links without a label, pictures
 * in text without a description; and what an author may have meant otherwise.
 * Nothing is written.
 */
#include "base/mem.h"
#include "base/nearest.h"
#include "proto/mime.h"
#include "proto/url.h"
#include "publish/asked.h"
#include "publish/front_matter.h"
#include "publish/pages_chosen.h"
#include "publish/publisher.h"
#include "publish/render.h"
#include "publish/texts.h"
#include "text/gemtext.h"

enum {
	url_bytes_max = 4096,
	many_pages = 20, /* one in so many makes a key one of its own */
	slips_max = 1000, /* above it they are no slips */
};

/* A page being looked at. */
struct look {
	struct render *r;
	const struct page *page;
	struct str body;
	unsigned body_line; /* of its first byte */
	struct diag_place place; /* its line and column change */
	struct diag_place said; /* of the last dead link */
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
	static const struct str others[] = {
	    STR_INIT(".gmi"), STR_INIT(""), STR_INIT(".html")};
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
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		buf_truncate(&text, stem.n);
		buf_add(&text, others[i]);
		found = found || is_alive(r, buf_str(&text));
	}
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

/* Whether a reference stays within the capsule and leads to nothing; key is
 * where it leads. */
static bool
is_dead(const struct look *look, struct str url, struct buf *key)
{
	return add_internal_key(look, url, key) &&
	    !leads_somewhere(look->r, buf_str(key));
}

static void
say_dead(struct look *look, struct str key)
{
	if (look->said.line == look->place.line &&
	    look->said.column == look->place.column)
		return;
	look->said = look->place;
	diags_warning(look->r->diags, look->place, "dead-link",
	    "correct the address, or take the link out",
	    "nothing is at %" STR_FMT, STR_ARG(key));
}

static void
look_at_link(struct look *look, const struct gemtext_line *line)
{
	struct buf key;

	if (str_is_empty(str_trim(line->text)))
		diags_warning(look->r->diags, look->place, "label",
		    "write what is behind the link after its address",
		    "the link has no label");
	look->place.column = (unsigned)(line->url.p - line->raw.p) + 1;
	buf_init(&key, url_bytes_max);
	if (is_dead(look, line->url, &key))
		say_dead(look, buf_str(&key));
	buf_fini(&key);
}

/* A line of an author's index page that asks for a list that is none. */
static void
look_at_mark(struct look *look, const struct gemtext_line *line)
{
	struct nearest nearest;
	struct str name;

	if (!page_is_own_index(look->page) || !asked_is_mark(line, &name) ||
	    asked_find(name) != ASKED_COUNT)
		return;
	nearest = nearest_to(name);
	for (int i = 0; i < ASKED_COUNT; i++)
		nearest_try(&nearest, asked_name((enum asked)i));
	if (str_is_empty(nearest.best))
		nearest.best = asked_name(ASKED_LIST);
	diags_warning(look->r->diags, look->place, "unknown-list",
	    "correct the name; the line stays as it is",
	    "there is no list called %" STR_FMT ", such as %" STR_FMT,
	    STR_ARG(name), STR_ARG(nearest.best));
}

static void
look_at_text(struct look *look)
{
	bool is_open = false;
	struct gemtext_line line;
	struct gemtext g;

	gemtext_init(&g, look->body);
	while (gemtext_next(&g, &line)) {
		look->place.line = look->body_line + line.number - 1;
		look->place.column = 1;
		look_at_mark(look, &line);
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

/* Move place over text, which starts there. */
static void
move_place(struct diag_place *place, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		place->column++;
		if (text.p[i] != '\n')
			continue;
		place->line++;
		place->column = 1;
	}
}

static unsigned
lines_between(unsigned a, unsigned b)
{
	return a < b ? b - a : a - b;
}

/* Find the place of a target in the text: the one that is nearest to the line
 * that is known, which may be that of a block. Without any it is that line. */
static void
find_place(struct look *look, struct str target, unsigned line)
{
	struct diag_place place = {look->place.file, look->body_line, 1};
	struct str rest = look->body;
	ptrdiff_t at;

	look->place.line = line;
	look->place.column = 1;
	if (str_is_empty(target))
		return;
	for (bool is_first = true; (at = str_find_str(rest, target)) >= 0;
	     is_first = false) {
		move_place(&place, str_first(rest, (size_t)at));
		if (!is_first &&
		    lines_between(place.line, line) >=
			lines_between(look->place.line, line))
			break;
		look->place = place;
		move_place(&place, target);
		rest = str_from_index(rest, (size_t)at + target.n);
	}
}

static void
on_link(void *context, unsigned line, struct str target, struct str url)
{
	struct look *look = context;
	struct buf encoded, key;

	buf_init(&encoded, url_bytes_max);
	buf_init(&key, url_bytes_max);
	gemtext_add_url(&encoded, url);
	if (is_dead(look, buf_str(&encoded), &key)) {
		find_place(look, target, line);
		say_dead(look, buf_str(&key));
	}
	buf_fini(&encoded);
	buf_fini(&key);
}

/* The same for a page in another format, whose own messages have their lines.
 */
static void
look_at_rendered(struct look *look, struct meta_input *input)
{
	struct gemtext_line line;
	struct buf gemtext;
	struct gemtext g;
	struct str name;

	buf_init(&gemtext, meta_source_max);
	input->text_diags = look->r->diags;
	input->check = true;
	input->on_link = on_link;
	input->link_context = look;
	meta_add_body(look->page, input, &gemtext);
	gemtext_init(&g, buf_str(&gemtext));
	while (gemtext_next(&g, &line))
		if (asked_is_mark(&line, &name)) {
			find_place(look, str_trim(line.raw), look->body_line);
			look_at_mark(look, &line);
		}
	buf_fini(&gemtext);
}

/* A key that may be a slip, of all pages. */
struct slip {
	struct str key; /* all texts in the arena of the slips */
	struct str meant;
	struct diag_place place;
};

struct slips {
	struct arena arena;
	struct vec list; /* struct slip */
};

static void
on_near_key(void *context, struct diag_place place, struct meta_near near)
{
	struct slips *slips = context;
	struct slip *slip = vec_add(&slips->list);

	place.file = arena_str(&slips->arena, place.file);
	*slip = (struct slip){
	    .key = arena_str(&slips->arena, near.key),
	    .meant = arena_str(&slips->arena, near.meant),
	    .place = place,
	};
}

/* How many of the slips are of one key. */
static size_t
count_slips(const struct slips *slips, struct str key)
{
	size_t n = 0;

	VEC_EACH (struct slip, slip, &slips->list)
		n += str_eq(slip->key, key);
	return n;
}

static void
look_at_page(struct render *r, const struct page *page, struct slips *slips)
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
		look.body = parts.body;
		look.body_line = parts.body_line;
		if (texts.input.name.format->to_gemtext == NULL)
			look_at_text(&look);
		else
			look_at_rendered(&look, &texts.input);
		meta_each_near_key(&texts.input, on_near_key, slips);
	}
	texts_fini(&texts);
	arena_fini(&arena);
}

/* A key that many pages have is meant as it is. */
static void
tell_slips(const struct render *r, const struct slips *slips)
{
	size_t max = 2 + r->graph->all.n / many_pages;

	if (slips->list.n > slips_max)
		return;
	VEC_EACH (struct slip, slip, &slips->list)
		if (count_slips(slips, slip->key) <= max)
			diags_warning(r->diags, slip->place, "unknown-key",
			    "correct it, if so",
			    "no field is called %" STR_FMT "; is %" STR_FMT
			    " meant?",
			    STR_ARG(slip->key), STR_ARG(slip->meant));
}

static bool
is_media(struct str file)
{
	return !str_eq(mime_find(file), STR("application/octet-stream"));
}

/* Metadata of a file that is not there. A name such as data.yaml may be for
 * anything. */
static void
look_at_sidecar(struct render *r, const struct source *source)
{
	struct str target = name_sidecar_target(source->path);
	struct str file = name_sidecar_target(source->name.file);
	struct arena arena = {0};

	if (sources_find(r->sources, target) == NULL &&
	    (format_find(file) != NULL || is_media(file)))
		diags_warning(r->diags,
		    (struct diag_place){.file = sources_display(
					    r->sources, &arena, source->path)},
		    "sidecar", "add that file, or take this one out",
		    "there is no %" STR_FMT " that it could be about",
		    STR_ARG(file));
	arena_fini(&arena);
}

static int
compare_source(const void *a, const void *b)
{
	const struct source *const *left = a, *const *right = b;

	return str_cmp((*left)->path, (*right)->path);
}

static void
look_at_sidecars(struct render *r)
{
	struct vec list = VEC_INIT(struct source *);

	MAP_EACH(entry, &r->sources->files)
	{
		struct source *source = entry->value;

		if (source->name.kind == NAME_SIDECAR)
			*(struct source **)vec_add(&list) = source;
	}
	vec_sort(&list, compare_source);
	VEC_EACH (struct source *, source, &list)
		look_at_sidecar(r, *source);
	vec_fini(&list);
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
	struct slips slips = {.list = VEC_INIT(struct slip)};

	look_at_indexes(r);
	for (size_t i = 0; i < r->graph->all.n; i++)
		look_at_page(r, r->graph->all.items[i], &slips);
	tell_slips(r, &slips);
	look_at_sidecars(r);
	vec_fini(&slips.list);
	arena_fini(&slips.arena);
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
