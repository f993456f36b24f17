/*
 * The publisher: from marks to one transaction.
 */
#include "publish/publish.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "catalogue/writer.h"
#include "publish/announcements.h"
#include "publish/export.h"
#include "publish/publisher.h"
#include "publish/render.h"

enum {
	marks_max = 1000, /* above it the whole tree is looked at */
	print_digits = 32,
	number_max = 24,
};

/* The name of the folder behind root, which may be "." or the like. */
static struct str
folder_name(struct arena *arena, struct str root)
{
	char real[PATH_MAX], *text = str_to_c(root);
	struct str path =
	    str_from_c(realpath(text, real) == NULL ? text : real);
	ptrdiff_t slash;

	while (path.n > 1 && str_ends(path, STR("/")))
		path = str_first(path, path.n - 1);
	slash = str_find_last_char(path, '/');
	path = arena_str(arena, str_from_index(path, (size_t)(slash + 1)));
	mem_free(text);
	return path;
}

/* What tells the options of one catalogue from those of another. */
static struct str
options_print(struct arena *arena, const struct publish_options *o)
{
	struct fingerprint fingerprint;
	struct print print;

	print_start(&print);
	print_add(&print, o->host);
	print_add(&print, o->language);
	print_add_number(&print, o->drafts);
	print_add_number(&print, o->owners);
	fingerprint = print_end(&print);
	return arena_printf(arena, "%016llx%016llx",
	    (unsigned long long)fingerprint.high,
	    (unsigned long long)fingerprint.low);
}

static bool
has_same_options(struct publisher *p)
{
	struct buf value;
	bool same;

	buf_init(&value, print_digits);
	same = writer_find_meta(p->writer, STR("options"), &value) ==
		READER_FOUND &&
	    str_eq(buf_str(&value), p->options_print);
	buf_fini(&value);
	return same;
}

/* What the catalogue has. */
static int
read_back(struct publisher *p)
{
	if (outputs_open(&p->outputs, p->writer) < 0)
		return -1;
	return indexing_open(&p->indexing, p->writer);
}

struct publisher *
publisher_open_mode(
    const struct publish_options *o, enum writer_mode mode, struct diags *diags)
{
	struct publisher *p = mem_alloc(sizeof(*p));

	p->options = *o;
	p->options.root = arena_str(&p->arena, o->root);
	p->options.host = arena_str(&p->arena, o->host);
	p->options.language = arena_str(&p->arena, o->language);
	p->folder = folder_name(&p->arena, o->root);
	p->options_print = options_print(&p->arena, o);
	vec_init(&p->marks, sizeof(char *));
	sources_init(&p->sources, o->root_fd, p->options.root);
	p->all_marked = true;
	p->writer = writer_open(o->catalogue, mode, diags);
	/* A live one says at once whether it can serve; its many entries are
	 * read by the first publish. */
	p->is_stale = mode == WRITER_LIVE;
	if (p->writer == NULL || (!p->is_stale && read_back(p) < 0)) {
		publisher_close(&p);
		return NULL;
	}
	p->can_serve = has_same_options(p);
	return p;
}

struct publisher *
publisher_open(const struct publish_options *o, struct diags *diags)
{
	return publisher_open_mode(
	    o, o->built ? WRITER_BUILT : WRITER_LIVE, diags);
}

static void
clear_marks(struct publisher *p)
{
	VEC_EACH (char *, mark, &p->marks)
		mem_free(*mark);
	vec_clear(&p->marks);
	p->all_marked = false;
}

int
publisher_close_catalogue(struct publisher *p, struct diags *diags)
{
	indexing_fini(&p->indexing);
	return writer_close(&p->writer, diags);
}

void
publisher_close(struct publisher **publisher)
{
	struct publisher *p = *publisher;

	if (p == NULL)
		return;
	export_free(&p->mirror);
	reader_close(&p->reader);
	clear_marks(p);
	vec_fini(&p->marks);
	sources_fini(&p->sources);
	outputs_fini(&p->outputs);
	site_free(&p->site);
	templates_free(&p->templates);
	publisher_close_catalogue(p, NULL);
	arena_fini(&p->arena);
	mem_free(p);
	*publisher = NULL;
}

bool
publisher_can_serve(const struct publisher *p)
{
	return p->can_serve;
}

void
publisher_mark_all(struct publisher *p)
{
	p->all_marked = true;
}

void
publisher_mark(struct publisher *p, struct str path)
{
	while (str_ends(path, STR("/")))
		path = str_first(path, path.n - 1);
	if (str_is_empty(path) || p->marks.n >= marks_max)
		p->all_marked = true;
	if (!p->all_marked)
		*(char **)vec_add(&p->marks) = str_to_c(path);
}

/* Look at what is marked. -1 when the root cannot be read. */
static int
look_at_marks(struct publisher *p, struct diags *diags)
{
	if (p->all_marked) {
		if (sources_look_at_all(&p->sources, diags) < 0)
			return -1;
	} else {
		VEC_EACH (char *, mark, &p->marks)
			if (sources_look_at(
				&p->sources, str_from_c(*mark), diags) < 0)
				return -1;
	}
	return 0;
}

/* Files that were being written are tried again. */
static void
mark_waiting(struct publisher *p)
{
	struct source *source;

	if (!p->is_waiting)
		return;
	MAP_EACH(entry, &p->sources.files)
	{
		source = entry->value;
		if (!source->is_waiting)
			continue;
		sources_mark_dirty(&p->sources, source);
		if (source->name.kind == NAME_CONFIG)
			p->sources.config_changed = true;
		if (source->name.kind == NAME_TEMPLATE)
			p->sources.templates_changed = true;
		if (source->name.kind == NAME_DEFAULTS)
			sources_mark_below(&p->sources, source->name.folder);
	}
}

/* After a failed commit the memory is ahead of the catalogue: read all anew. */
static int
catch_up(struct publisher *p, struct diags *diags)
{
	if (!p->is_stale)
		return 0;
	outputs_fini(&p->outputs);
	indexing_fini(&p->indexing);
	if (read_back(p) < 0) {
		diags_error(diags,
		    (struct diag_place){
			.file = str_from_c(p->options.catalogue)},
		    "catalogue", "see the lines before this one",
		    "the catalogue cannot be read");
		return -1;
	}
	MAP_EACH(entry, &p->sources.files)
	sources_mark_dirty(&p->sources, entry->value);
	p->sources.config_changed = true;
	p->is_stale = false;
	return 0;
}

static bool
has_work(const struct publisher *p, int64_t now)
{
	return !p->has_published || p->sources.dirty.n > 0 ||
	    p->sources.gone.n > 0 || p->sources.config_changed ||
	    p->sources.templates_changed || p->sources.assets_changed ||
	    (p->next_moment != 0 && p->next_moment <= now);
}

/* Whether the file of a page is still there. One that was renamed is known
 * under both names for a moment, as removals count later. */
static bool
is_there(const struct publisher *p, const struct page *page)
{
	char *path = str_to_c(page->source);
	bool there = faccessat(p->sources.root_fd, path, F_OK, 0) == 0;

	mem_free(path);
	return there;
}

/* Tell what is wrong with a page beside the others. */
static void
tell_place(struct publisher *p, const struct graph *graph,
    struct source *source, struct diags *diags)
{
	const struct page *page = source->page, *winner;
	struct arena arena = {0};
	struct diag_place place;
	struct diags found;

	diags_init(&found);
	place.file = sources_display(&p->sources, &arena, source->path);
	place.line = place.column = 1;
	winner = map_find(&graph->by_url, page->url);
	if (winner != NULL && winner != page &&
	    page_is_public(page, graph->now, graph->drafts) &&
	    is_there(p, page) && is_there(p, winner))
		diags_error(&found, place, "duplicate-url",
		    "give one of them another permalink or name",
		    "has the URL %" STR_FMT " that %" STR_FMT
		    " has already, and is left out",
		    STR_ARG(page->url),
		    STR_ARG(
			sources_display(&p->sources, &arena, winner->source)));
	place.line = page->template_line;
	place.column = page->template_column;
	if (!str_is_empty(page->template) && !page->is_layout &&
	    templates_find(p->templates,
		(struct template_want){source->name.folder, page->template}) ==
		NULL)
		diags_warning(&found, place, "template",
		    "add it to templates/, or take the line out",
		    "there is no template %" STR_FMT, STR_ARG(page->template));
	source_tell(source, SOURCE_PLACE, &found, diags);
	diags_fini(&found);
	arena_fini(&arena);
}

static void
tell_places(struct publisher *p, const struct graph *graph, struct diags *diags)
{
	struct vec pages = VEC_INIT(struct source *);
	struct source *source;
	const struct page *page;

	MAP_EACH(entry, &p->sources.files)
	{
		source = entry->value;
		page = source->page;
		if (page == NULL ||
		    (source->told[SOURCE_PLACE] == 0 &&
			str_is_empty(page->template) &&
			(map_find(&graph->by_url, page->url) == page ||
			    map_find(&graph->hidden, page->url) == page)))
			continue;
		*(struct source **)vec_add(&pages) = source;
	}
	VEC_EACH (struct source *, one, &pages)
		tell_place(p, graph, *one, diags);
	vec_fini(&pages);
}

static bool
is_hidden(void *context, struct str path)
{
	const struct graph *graph = context;

	return map_find(&graph->hidden, path) != NULL;
}

/* Each kind of page, in the order of who has a path first. decisions.md, 7. */
static void (*const kinds[])(struct render *r) = {
    pages_put_articles,
    pages_put_assets,
    pages_put_chosen,
    pages_put_home,
    pages_put_lists,
    pages_put_archive,
    pages_put_terms,
    pages_put_feeds,
    pages_put_sitemap,
    pages_put_robots,
    pages_put_search,
    pages_put_folders,
    pages_put_left,
    pages_put_aliases,
    pages_put_expired,
    pages_put_drafts,
    pages_put_rows,
};

static void
render_all(
    struct publisher *p, struct graph *graph, int64_t now, struct diags *diags)
{
	struct render r = {
	    .site = p->site,
	    .templates = p->templates,
	    .sources = &p->sources,
	    .graph = graph,
	    .outputs = &p->outputs,
	    .indexing = &p->indexing,
	    .writer = p->writer,
	    .diags = diags,
	    .built = p->options.built,
	    .drafts = p->options.drafts,
	    .owners = p->options.owners,
	};

	outputs_begin(&p->outputs);
	render_init(&r);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		kinds[i](&r);
	outputs_bury(&p->outputs, is_hidden, graph);
	outputs_drop_articles(&p->outputs);
	if (p->has_history && !p->options.built && !p->options.drafts)
		p->announces = announcements_add(&r, now);
	if (p->check != NULL)
		p->check(&r);
	render_fini(&r);
}

/* Sources that were deleted while nobody was looking. */
static void
on_stored_source(void *context, struct str path)
{
	struct publisher *p = context;

	if (sources_find(&p->sources, path) == NULL)
		*(char **)vec_add(&p->sources.gone) = str_to_c(path);
}

static void
put_facts(struct publisher *p, int64_t now)
{
	char number[number_max];

	snprintf(number, sizeof(number), "%lld", (long long)now);
	writer_put_meta(p->writer, STR("options"), p->options_print);
	writer_put_meta(p->writer, STR("title"), p->site->title);
	writer_put_meta(p->writer, STR("url"), p->site->url);
	writer_put_meta(p->writer, STR("language"), p->site->language);
	/* Two builds of the same sources are the same file. */
	if (!p->options.built)
		writer_put_meta(
		    p->writer, STR("published"), str_from_c(number));
}

/* Whether the catalogue holds what an earlier publish made, of this run or of
 * another. */
static bool
has_published(struct publisher *p)
{
	struct buf value;
	bool has;

	buf_init(&value, number_max);
	has = writer_find_meta(p->writer, STR("published"), &value) ==
	    READER_FOUND;
	buf_fini(&value);
	return has;
}

/* All that a built file has beyond a live one, and less. */
static void
complete(struct publisher *p)
{
	while (indexing_is_due(&p->indexing))
		indexing_step(&p->indexing, &p->sources, p->site);
	search_index_pack(p->indexing.index);
	writer_drop_sources(p->writer);
}

/* Read, render and commit. */
static int
publish(struct publisher *p, int64_t now, struct diags *diags,
    struct publish_result *result)
{
	struct graph *graph;

	if (writer_begin(p->writer, diags) < 0)
		return -1;
	p->has_history = has_published(p);
	p->announces = false;
	publisher_read(p, diags);
	graph = graph_new(&(struct graph_input){
	    .sources = &p->sources,
	    .language = p->site->language,
	    .now = now,
	    .drafts = p->options.drafts,
	});
	tell_places(p, graph, diags);
	render_all(p, graph, now, diags);
	put_facts(p, now);
	if (p->options.built)
		complete(p);
	result->articles = graph->articles.n;
	result->pages = p->outputs.pages;
	result->announces = p->announces;
	result->entries_written = p->outputs.written;
	p->next_moment = graph->next_moment;
	if (p->is_waiting && (p->next_moment == 0 || p->next_moment > now + 1))
		p->next_moment = now + 1;
	graph_free(&graph);
	return writer_commit(p->writer, diags);
}

/* What the next publish need not look at again. */
static void
settle(struct publisher *p)
{
	clear_marks(p);
	sources_clear_gone(&p->sources);
	p->sources.config_changed = false;
	p->sources.templates_changed = false;
	p->sources.assets_changed = false;
	p->has_published = true;
	p->can_serve = true;
}

int
publisher_publish(struct publisher *p, int64_t now, struct diags *diags,
    struct publish_result *result)
{
	size_t errors = diags->errors, warnings = diags->warnings;
	int64_t start = clock_monotonic_ms();
	struct publish_result own = {0};

	export_free(&p->mirror);
	if (catch_up(p, diags) < 0 || look_at_marks(p, diags) < 0)
		return -1;
	mark_waiting(p);
	if (!p->has_published)
		writer_each_source(p->writer, on_stored_source, p);
	if (has_work(p, now)) {
		if (publish(p, now, diags, &own) < 0) {
			p->is_stale = true;
			indexing_begin(&p->indexing);
			return -1;
		}
		own.changed = own.entries_written > 0;
	}
	settle(p);
	own.errors = diags->errors - errors;
	own.warnings = diags->warnings - warnings;
	own.duration_ms = clock_monotonic_ms() - start;
	if (result != NULL)
		*result = own;
	return 0;
}

bool
publisher_must_index(const struct publisher *p)
{
	return indexing_is_due(&p->indexing);
}

int
publisher_index(struct publisher *p, struct diags *diags)
{
	if (writer_begin(p->writer, diags) == 0) {
		indexing_step(&p->indexing, &p->sources, p->site);
		if (writer_commit(p->writer, diags) == 0)
			return 0;
	}
	p->is_stale = true;
	indexing_begin(&p->indexing);
	return -1;
}

bool
publisher_is_unread(const struct publisher *p, struct str path, bool is_folder)
{
	return sources_is_unread(&p->sources, path, is_folder);
}

int64_t
publisher_next_moment(const struct publisher *p)
{
	return p->next_moment;
}

static int
compare_str(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

void
publisher_each_folder(const struct publisher *p,
    void (*tell)(void *context, struct str path), void *context)
{
	struct vec folders = VEC_INIT(struct str);

	MAP_EACH(entry, &p->sources.folders)
	*(struct str *)vec_add(&folders) = entry->key;
	vec_sort(&folders, compare_str);
	VEC_EACH (struct str, folder, &folders)
		tell(context, *folder);
	vec_fini(&folders);
}
