/*
 * From changed files to the records of site, templates and pages. What cannot
 * be used is told, and what was good before stays.
 */
#include <errno.h>
#include <string.h>

#include "base/beneath.h"
#include "base/mem.h"
#include "publish/meta.h"
#include "publish/publisher.h"
#include "text/gemtext.h"
#include "text/yaml.h"

enum text_result {
	TEXT_KEPT, /* as the catalogue has it */
	TEXT_NEW, /* read from the file */
	TEXT_NONE, /* not to be had now; told where it is an error */
};

static struct diag_place
place_of(const struct publisher *p, struct arena *arena, struct str path)
{
	return (struct diag_place){
	    .file = sources_display(&p->sources, arena, path)};
}

/* Read the file of a source. */
static enum text_result
read_file(struct publisher *p, struct source *source, struct buf *out,
    struct diags *found)
{
	char *path = str_to_c(source->path);
	struct arena arena = {0};
	enum text_result result = TEXT_NONE;

	source->is_waiting = false;
	source->is_unreadable = false;
	switch (
	    file_read_settled(p->sources.root_fd, path, out, &source->stamp)) {
	case FILE_READ:
		result = TEXT_NEW;
		break;
	case FILE_BUSY:
		source->is_waiting = true;
		p->is_waiting = true;
		break;
	case FILE_FAILED:
		source->is_unreadable = true;
		if (errno != ENOENT)
			diags_error(found, place_of(p, &arena, source->path),
			    "unreadable",
			    errno == EFBIG ? "split it into several files"
					   : "see that the file can be read",
			    "cannot be read: %s", strerror(errno));
		break;
	}
	arena_fini(&arena);
	mem_free(path);
	return result;
}

/* The text of a source: from the catalogue when its file has not changed. */
static enum text_result
read_text(struct publisher *p, struct source *source, struct buf *out,
    struct diags *found)
{
	struct file_stamp stamp;

	if (writer_find_source(p->writer, source->path, &stamp, out) ==
		READER_FOUND &&
	    file_stamp_eq(stamp, source->stamp))
		return TEXT_KEPT;
	buf_clear(out);
	return read_file(p, source, out, found);
}

static struct site *
parse_site(struct publisher *p, struct str text, struct diags *found)
{
	struct arena arena = {0};
	struct site *site;

	site = site_parse(
	    &(struct site_input){
		.file =
		    sources_display(&p->sources, &arena, STR("capsule.yaml")),
		.text = text,
		.folder = p->folder,
		.host = p->options.host,
		.language = p->options.language,
	    },
	    found);
	arena_fini(&arena);
	return site;
}

/* Prefer what was good before to a file with errors. */
static struct site *
older_site(struct publisher *p, struct source *source, struct site *broken)
{
	struct diags silent;
	struct site *site;
	struct buf text;

	if (p->site != NULL) {
		site_free(&broken);
		return p->site;
	}
	buf_init(&text, meta_source_max);
	if (writer_find_source(p->writer, source->path, NULL, &text) !=
	    READER_FOUND) {
		buf_fini(&text);
		return broken;
	}
	site_free(&broken);
	diags_init(&silent);
	site = parse_site(p, buf_str(&text), &silent);
	diags_fini(&silent);
	buf_fini(&text);
	return site;
}

static void
read_site(struct publisher *p, struct diags *diags)
{
	struct source *source = sources_find(&p->sources, STR("capsule.yaml"));
	enum text_result result = TEXT_NONE;
	struct site *site;
	struct diags found;
	struct buf text;

	diags_init(&found);
	buf_init(&text, meta_source_max);
	if (source != NULL)
		result = read_text(p, source, &text, &found);
	site = parse_site(p, buf_str(&text), &found);
	p->is_site_broken = found.errors > 0;
	if (source != NULL && (found.errors > 0 || source->is_waiting))
		site = older_site(p, source, site);
	else if (result == TEXT_NEW)
		writer_put_source(
		    p->writer, source->path, source->stamp, buf_str(&text));
	if (source != NULL && !source->is_waiting)
		source_tell(source, SOURCE_FILE, &found, diags);
	if (site != p->site)
		site_free(&p->site);
	p->site = site;
	buf_fini(&text);
	diags_fini(&found);
}

/* A template being read: what is said of it waits until all are there. */
struct reading_template {
	struct source *source;
	struct diags found;
};

static struct str
template_path(const struct source *source)
{
	return str_from_index(source->path, STR("templates/").n);
}

/* What was good before is better than what cannot be used now. */
static void
add_older_template(struct publisher *p, struct templates *templates,
    const struct source *source)
{
	struct diags silent;
	struct buf text;

	diags_init(&silent);
	buf_init(&text, template_size_max);
	if (writer_find_source(p->writer, source->path, NULL, &text) ==
	    READER_FOUND)
		templates_add(templates, template_path(source), buf_str(&text),
		    source->path, &silent);
	buf_fini(&text);
	diags_fini(&silent);
}

static void
add_template(struct publisher *p, struct templates *templates,
    struct reading_template *reading)
{
	struct source *source = reading->source;
	struct arena arena = {0};
	enum text_result result;
	struct buf text;

	buf_init(&text, template_size_max);
	result = read_text(p, source, &text, &reading->found);
	if (result == TEXT_NONE ||
	    templates_add(templates, template_path(source), buf_str(&text),
		sources_display(&p->sources, &arena, source->path),
		&reading->found) < 0)
		add_older_template(p, templates, source);
	else if (result == TEXT_NEW)
		writer_put_source(
		    p->writer, source->path, source->stamp, buf_str(&text));
	buf_fini(&text);
	arena_fini(&arena);
}

/* Say what is wrong with a template, alone and among the others. */
static void
tell_template(const struct templates *templates,
    struct reading_template *reading, struct diags *diags)
{
	struct source *source = reading->source;

	if (reading->found.errors == 0)
		templates_check(
		    templates, template_path(source), &reading->found);
	if (!source->is_waiting)
		source_tell(source, SOURCE_FILE, &reading->found, diags);
	diags_fini(&reading->found);
}

static int
compare_template(const void *a, const void *b)
{
	const struct reading_template *left = a, *right = b;

	return str_cmp(left->source->path, right->source->path);
}

static void
read_templates(struct publisher *p, struct diags *diags)
{
	struct templates *templates = templates_new();
	struct vec files = VEC_INIT(struct reading_template);
	struct reading_template *reading;

	MAP_EACH(entry, &p->sources.files)
	{
		const struct source *source = entry->value;

		if (source->name.kind != NAME_TEMPLATE)
			continue;
		reading = vec_add(&files);
		reading->source = entry->value;
		diags_init(&reading->found);
	}
	vec_sort(&files, compare_template);
	VEC_EACH (struct reading_template, file, &files)
		add_template(p, templates, file);
	VEC_EACH (struct reading_template, file, &files)
		tell_template(templates, file, diags);
	vec_fini(&files);
	templates_free(&p->templates);
	p->templates = templates;
}

/* Templates that `indexes:` names and that are not there. */
static void
tell_indexes(struct publisher *p, struct diags *diags)
{
	struct arena arena = {0};
	struct diag_place place;

	VEC_EACH (const struct site_index, index, &p->site->indexes) {
		if (templates_find(p->templates,
			(struct template_want){.name = index->template}) !=
		    NULL)
			continue;
		place = index->place;
		place.file =
		    sources_display(&p->sources, &arena, STR("capsule.yaml"));
		diags_warning(diags, place, "template",
		    "add it to templates/, or take the line out",
		    "there is no template %" STR_FMT, STR_ARG(index->template));
	}
	arena_fini(&arena);
}

/* A page being read. */
struct reading {
	struct publisher *p;
	struct source *source;
	struct source *sidecar; /* or NULL */
	struct arena arena;
	struct buf text;
	struct buf sidecar_text;
	struct meta_defaults defaults[meta_defaults_max];
	struct meta_input input;
};

static void
reading_init(
    struct reading *reading, struct publisher *p, struct source *source)
{
	*reading = (struct reading){
	    .p = p,
	    .source = source,
	    .sidecar = sources_find_sidecar(&p->sources, source),
	};
	buf_init(&reading->text, meta_source_max);
	buf_init(&reading->sidecar_text, meta_source_max);
	reading->input = (struct meta_input){
	    .site = p->site,
	    .path = source->path,
	    .name = source->name,
	    .file = sources_display(&p->sources, &reading->arena, source->path),
	};
	reading->input.defaults = reading->defaults;
	reading->input.defaults_count = sources_find_defaults(&p->sources,
	    source->name.folder, reading->defaults, meta_defaults_max);
	if (reading->sidecar != NULL)
		reading->input.sidecar_file = sources_display(
		    &p->sources, &reading->arena, reading->sidecar->path);
}

static void
reading_fini(struct reading *reading)
{
	buf_fini(&reading->text);
	buf_fini(&reading->sidecar_text);
	arena_fini(&reading->arena);
}

static struct page *
parse_page(struct reading *reading, struct diags *found)
{
	reading->input.text = buf_str(&reading->text);
	reading->input.sidecar = buf_str(&reading->sidecar_text);
	return meta_parse(&reading->input, found);
}

/* The page as the catalogue last had it, for one whose file is broken. */
static struct page *
older_page(struct reading *reading)
{
	struct writer *writer = reading->p->writer;
	struct page *page = NULL;
	struct diags silent;

	diags_init(&silent);
	buf_clear(&reading->text);
	buf_clear(&reading->sidecar_text);
	if (reading->sidecar != NULL)
		writer_find_source(writer, reading->sidecar->path, NULL,
		    &reading->sidecar_text);
	if (writer_find_source(writer, reading->source->path, NULL,
		&reading->text) == READER_FOUND)
		page = parse_page(reading, &silent);
	diags_fini(&silent);
	return page;
}

/* Put what was read in the place of what was known. */
static void
take_page(struct reading *reading, struct page *page, bool has_new_text,
    bool has_new_sidecar)
{
	struct writer *writer = reading->p->writer;
	struct source *source = reading->source, *sidecar = reading->sidecar;

	page_free(&source->page);
	source->page = page;
	if (has_new_text)
		writer_put_source(writer, source->path, source->stamp,
		    buf_str(&reading->text));
	if (has_new_sidecar)
		writer_put_source(writer, sidecar->path, sidecar->stamp,
		    buf_str(&reading->sidecar_text));
}

static void
read_page(struct publisher *p, struct source *source, struct diags *diags)
{
	enum text_result text, sidecar = TEXT_KEPT;
	struct reading reading;
	struct page *page = NULL;
	struct diags found;

	diags_init(&found);
	reading_init(&reading, p, source);
	text = read_text(p, source, &reading.text, &found);
	if (reading.sidecar != NULL)
		sidecar = read_text(
		    p, reading.sidecar, &reading.sidecar_text, &found);
	if (text != TEXT_NONE && sidecar != TEXT_NONE)
		page = parse_page(&reading, &found);
	/* What is not known of a page may be that it is not for everybody. */
	if (sources_lack_defaults(&p->sources, source->name.folder))
		page_free(&page);
	if (page != NULL)
		take_page(
		    &reading, page, text == TEXT_NEW, sidecar == TEXT_NEW);
	else if (source->page == NULL)
		source->page = older_page(&reading);
	if (reading.sidecar != NULL && reading.sidecar->is_waiting)
		source->is_waiting = true;
	if (!source->is_waiting)
		source_tell(source, SOURCE_FILE, &found, diags);
	reading_fini(&reading);
	diags_fini(&found);
}

/* What an asset's sidecar says of it. One that cannot be read now leaves it as
 * it was. */
static void
read_asset(struct publisher *p, struct source *source, struct diags *diags)
{
	enum text_result text = TEXT_NEW;
	struct reading reading;
	struct diags found;

	diags_init(&found);
	reading_init(&reading, p, source);
	if (reading.sidecar != NULL)
		text = read_file(
		    p, reading.sidecar, &reading.sidecar_text, &found);
	reading.input.sidecar = buf_str(&reading.sidecar_text);
	reading.input.defaults_count = 0; /* they are for pages */
	source->is_waiting =
	    reading.sidecar != NULL && reading.sidecar->is_waiting;
	if (text == TEXT_NEW && !source->is_waiting)
		asset_read(&source->asset, &reading.input, &found);
	if (!source->is_waiting)
		source_tell(source, SOURCE_FILE, &found, diags);
	reading_fini(&reading);
	diags_fini(&found);
}

static int
compare_path(const void *a, const void *b)
{
	const struct source *const *left = a, *const *right = b;

	return str_cmp((*left)->path, (*right)->path);
}

static struct defaults *
parse_defaults(struct publisher *p, const struct source *source,
    struct str text, struct diags *found)
{
	struct arena arena = {0};
	struct defaults *defaults;

	defaults = defaults_parse(
	    &(struct defaults_input){
		.site = p->site,
		.path = source->path,
		.file = sources_display(&p->sources, &arena, source->path),
		.text = text,
	    },
	    found);
	arena_fini(&arena);
	return defaults;
}

/* Defaults as the catalogue last had them, for a file that is broken. */
static struct defaults *
older_defaults(struct publisher *p, const struct source *source)
{
	struct defaults *defaults = NULL;
	struct diags silent;
	struct buf text;

	diags_init(&silent);
	buf_init(&text, meta_source_max);
	if (writer_find_source(p->writer, source->path, NULL, &text) ==
	    READER_FOUND)
		defaults = parse_defaults(p, source, buf_str(&text), &silent);
	buf_fini(&text);
	diags_fini(&silent);
	return defaults;
}

/* No version of the defaults was ever good. */
static void
tell_held(struct publisher *p, const struct source *source, struct diags *found)
{
	struct arena arena = {0};
	struct diag_place place = place_of(p, &arena, source->path);

	place.line = place.column = 1;
	diags_error(found, place, "defaults",
	    "correct what is told of this file",
	    "the pages of this folder are held back, as they may not be for "
	    "everybody");
	arena_fini(&arena);
}

static void
read_defaults(struct publisher *p, struct source *source, struct diags *diags)
{
	struct defaults *defaults = NULL;
	enum text_result result;
	struct diags found;
	struct buf text;

	diags_init(&found);
	buf_init(&text, meta_source_max);
	result = read_text(p, source, &text, &found);
	if (result != TEXT_NONE)
		defaults = parse_defaults(p, source, buf_str(&text), &found);
	if (defaults != NULL) {
		defaults_free(&source->defaults);
		source->defaults = defaults;
		if (result == TEXT_NEW)
			writer_put_source(p->writer, source->path,
			    source->stamp, buf_str(&text));
	} else if (source->defaults == NULL) {
		source->defaults = older_defaults(p, source);
	}
	if (source->defaults == NULL && found.errors > 0)
		tell_held(p, source, &found);
	if (!source->is_waiting)
		source_tell(source, SOURCE_FILE, &found, diags);
	buf_fini(&text);
	diags_fini(&found);
}

/* Those of the dirty files that pages need. */
static void
read_all_defaults(struct publisher *p, struct diags *diags)
{
	for (size_t i = 0; i < p->sources.dirty.n; i++) {
		struct source *source =
		    *(struct source **)vec_get(&p->sources.dirty, i);

		if (source->name.kind == NAME_DEFAULTS)
			read_defaults(p, source, diags);
	}
}

static void
read_pages(struct publisher *p, struct diags *diags)
{
	struct source *source;

	vec_sort(&p->sources.dirty, compare_path);
	read_all_defaults(p, diags);
	for (size_t i = 0; i < p->sources.dirty.n; i++) {
		source = *(struct source **)vec_get(&p->sources.dirty, i);
		source->is_dirty = false;
		if (source->name.kind == NAME_ASSET)
			read_asset(p, source, diags);
		if (source->name.kind == NAME_PAGE)
			read_page(p, source, diags);
	}
	vec_clear(&p->sources.dirty);
}

void
publisher_read(struct publisher *p, struct diags *diags)
{
	bool has_news = p->site == NULL || p->sources.config_changed ||
	    p->templates == NULL || p->sources.templates_changed;
	struct fingerprint before = {0};

	p->is_waiting = false;
	VEC_EACH (char *, path, &p->sources.gone)
		writer_remove_source(p->writer, str_from_c(*path));
	if (p->site != NULL)
		before = p->site->print;
	if (p->site == NULL || p->sources.config_changed) {
		read_site(p, diags);
		if (before.high != p->site->print.high ||
		    before.low != p->site->print.low)
			sources_mark_below(&p->sources, STR(""));
	}
	if (p->templates == NULL || p->sources.templates_changed)
		read_templates(p, diags);
	if (has_news)
		tell_indexes(p, diags);
	read_pages(p, diags);
}
