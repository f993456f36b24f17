/*
 * The capsule that an import makes. A file that cannot be written is told and
 * left out.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "cli/folder.h"
#include "cli/import.h"
#include "text/gemtext.h"
#include "text/markdown.h"

/* What on_target() needs. */
struct rendering {
	struct import *import;
	const struct import_page *page;
};

static bool
on_target(void *context, enum markdown_target kind, struct str target,
    struct buf *out)
{
	struct rendering *rendering = context;

	(void)kind;
	import_add_link(rendering->import, rendering->page, target, out);
	return true;
}

static void
add_text(const struct import_page *page, const char *key, struct str text,
    struct buf *out)
{
	if (text.n == 0 || yaml_find(page->meta, str_from_c(key)) != NULL)
		return;
	buf_addf(out, "%s: ", key);
	import_add_scalar(text, out);
	buf_add_char(out, '\n');
}

static void
add_terms(const struct import_page *page, const char *key,
    const struct vec *terms, struct buf *out)
{
	size_t n = 0;

	if (terms->n == 0 || yaml_find(page->meta, str_from_c(key)) != NULL)
		return;
	buf_addf(out, "%s: [", key);
	VEC_EACH (struct str, term, terms) {
		buf_add(out, n++ == 0 ? STR("") : STR(", "));
		import_add_scalar(*term, out);
	}
	buf_add(out, STR("]\n"));
}

static void
add_date(struct import *import, const struct import_page *page, const char *key,
    struct str text, struct buf *out)
{
	struct date date;

	if (text.n == 0)
		return;
	if (date_parse(text, NULL, &date) == DATE_OK)
		add_text(page, key, text, out);
	else
		diags_warning(&import->diags,
		    (struct diag_place){page->file, 1, 1}, "date",
		    "write it into the imported page by hand",
		    "the %s is no date that can be read: %" STR_FMT, key,
		    STR_ARG(text));
}

/* Add the facts of a document, between the fences that the keys of its front
 * matter, if it has one, stand between as well. */
static void
add_html_front(struct import *import, const struct import_page *page,
    struct str keys, struct buf *out)
{
	const struct html *html = page->html;

	buf_add(out, STR("---\n"));
	add_text(page, "title", html->title, out);
	add_date(import, page, "date", html->date, out);
	if (!str_eq(html->updated, html->date))
		add_date(import, page, "updated", html->updated, out);
	add_text(page, "summary", html->summary, out);
	add_terms(page, "tags", &html->tags, out);
	if (html->category.n > 0)
		add_text(page, "categories", html->category, out);
	add_terms(page, "authors", &html->authors, out);
	if (!str_eq_nocase(html->lang, import->language))
		add_text(page, "lang", html->lang, out);
	buf_add(out, str_from_index(keys, STR("---\n").n));
}

/* Whether the page will be the own index of its folder, which shows no title
 * of itself. */
static bool
is_bare(const struct import_page *page)
{
	return str_eq(import_name(page->target), STR("index.gmi")) &&
	    page->html->date.n == 0 &&
	    yaml_find(page->meta, STR("date")) == NULL;
}

int
import_read_html(struct import *import, struct import_page *page)
{
	struct str text = page->text;
	struct buf plain;
	int result;

	buf_init(&plain, html_size_max);
	page->html = arena_alloc(&import->arena, sizeof(*page->html));
	if (import->engine->add_line != NULL) {
		import->engine->add_line(import, page, text, &plain);
		text = buf_str(&plain);
	}
	result = html_read(page->html, &import->arena, text);
	buf_fini(&plain);
	if (result < 0)
		diags_error(&import->diags,
		    (struct diag_place){page->file, page->line, 1}, "html",
		    "see whether it has an article, a main part or a body",
		    "no text is found in it");
	return result;
}

/* Add content with the scheme and host of the old site taken off the links
 * that have them; such links are not asked about. */
static void
add_without_host(
    const struct import *import, struct str content, struct buf *out)
{
	static const struct str starts[] = {
	    STR_INIT("=\"https://"), STR_INIT("=\"http://")};
	struct str rest;

	while (content.n > 0) {
		for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++) {
			rest = str_from_index(content, starts[i].n);
			if (import->host.n == 0 ||
			    !str_starts(content, starts[i]) ||
			    !str_starts(rest, import->host))
				continue;
			rest = str_from_index(rest, import->host.n);
			if (!str_starts(rest, STR("/")))
				continue;
			buf_add(out, STR("=\""));
			content = rest;
		}
		buf_add_char(out, content.p[0]);
		content = str_from_index(content, 1);
	}
}

static int
add_html(struct import *import, struct import_page *page, struct buf *out)
{
	struct rendering rendering = {import, page};
	struct markdown_options options = {
	    .file = page->file,
	    .first_line = page->line,
	    .resolve = on_target,
	    .context = &rendering,
	};
	struct buf keys, content;
	int result;

	if (page->html == NULL && import_read_html(import, page) < 0)
		return -1;
	buf_init(&keys, import_file_max);
	import_add_front(import, page, &keys);
	add_html_front(import, page, buf_str(&keys), out);
	buf_fini(&keys);
	if (is_bare(page) && page->html->title.n > 0) {
		buf_add(out, STR("\n# "));
		gemtext_add_line_part(out, page->html->title);
		buf_add(out, STR("\n"));
	}
	buf_add_char(out, '\n');
	buf_init(&content, html_size_max);
	add_without_host(import, page->html->content, &content);
	result = markdown_render_html(
	    &options, buf_str(&content), out, &import->diags);
	buf_fini(&content);
	return result;
}

static void
say_failed(struct import *import, struct str file)
{
	diags_error(&import->diags, (struct diag_place){.file = file}, "write",
	    errno == EEXIST ? "rename one of the two files that become it"
			    : "see that there is room and permission",
	    "cannot be written: %s", strerror(errno));
	import->left_out++;
}

static void
say_unreadable(struct import *import, struct str file)
{
	diags_error(&import->diags, (struct diag_place){.file = file},
	    "unreadable",
	    errno == EXDEV ? "copy the file to where the link is"
			   : "see that the file can be read",
	    "cannot be read: %s",
	    errno == EXDEV ? "it is a link to outside of the folder"
			   : strerror(errno));
	import->left_out++;
}

static void
write_page(struct import *import, struct import_page *page)
{
	struct buf out;
	int result = 0;

	buf_init(&out, import_file_max * 2);
	if (page->kind == IMPORT_HTML) {
		result = add_html(import, page, &out);
	} else {
		import_add_front(import, page, &out);
		if (page->kind == IMPORT_MARKDOWN)
			import_add_markdown(import, page, &out);
		else
			buf_add(&out, page->text);
	}
	if (result < 0 || out.full)
		import->left_out++;
	else if (folder_write(import->target, page->target, buf_str(&out)) < 0)
		say_failed(import, page->file);
	else
		import->pages_written++;
	buf_fini(&out);
}

static void
write_asset(struct import *import, const struct import_asset *asset)
{
	char *path = str_to_c(asset->source);
	int fd = file_open_beneath(import->folder, path, 0);
	struct str file = arena_printf(&import->arena, "%" STR_FMT "/%" STR_FMT,
	    STR_ARG(import->source), STR_ARG(asset->source));

	if (fd < 0)
		say_unreadable(import, file);
	else if (folder_copy(import->target, asset->target, fd) < 0)
		say_failed(import, file);
	else
		import->assets_written++;
	if (fd >= 0)
		close(fd);
	mem_free(path);
}

int
import_write(struct import *import)
{
	struct buf config;
	int result = 0;

	buf_init(&config, import_file_max);
	import_add_capsule(import, &config);
	if (config.n > 0)
		result = folder_write(
		    import->target, STR("capsule.yaml"), buf_str(&config));
	buf_fini(&config);
	if (result < 0)
		return -1;
	VEC_EACH (struct import_page, page, &import->pages)
		write_page(import, page);
	VEC_EACH (struct import_asset, asset, &import->assets)
		write_asset(import, asset);
	return 0;
}
