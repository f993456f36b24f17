/*
 * Folders of HTML documents, as any program may have made them.
 */
#include <fcntl.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "cli/import.h"

/* Whether the file is what a document beside it was made of. */
static bool
is_twin(const struct import *import, struct str path)
{
	struct stat st;
	struct buf name;
	bool is_there = false;

	if (!str_ends(path, STR(".md")) && !str_ends(path, STR(".gmi")))
		return false;
	buf_init(&name, import_path_max);
	buf_add(&name, import_stem(path));
	buf_add(&name, STR(".html"));
	if (buf_c(&name) != NULL)
		is_there = fstatat(import->folder, name.p, &st, 0) == 0;
	buf_fini(&name);
	return is_there;
}

static bool
takes(const struct import *import, struct str path)
{
	static const struct str none[] = {
	    STR_INIT("404.html"), STR_INIT("node_modules")};

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		if (str_eq(path, none[i]))
			return false;
	return import->only.n > 0 ? str_eq(path, import->only)
				  : !is_twin(import, path);
}

/* The path of a canonical URL, when it is another than the file's own. */
static void
take_canonical(struct import *import, struct import_page *page)
{
	struct str link = page->html->canonical;
	ptrdiff_t at = str_find_str(link, STR("://"));

	if (at >= 0) {
		link = str_from_index(link, (size_t)at + 3);
		at = str_find_char(link, '/');
		link = at < 0 ? STR("/") : str_from_index(link, (size_t)at);
	}
	if (!str_starts(link, STR("/")) ||
	    str_eq(import_key(&import->arena, link),
		import_key(&import->arena, page->url)) ||
	    import_key(&import->arena, link).n == 0)
		return;
	*(struct str *)vec_add(&page->aliases) = link;
}

static void
take_host(struct import *import, struct str link)
{
	if (import->host.n == 0 && str_find_str(link, STR("://")) >= 0) {
		import_take_base(import, link);
		import->base = STR("");
	}
}

static void
place(struct import *import, struct import_page *page)
{
	page->target = arena_printf(&import->arena, "%" STR_FMT "%s",
	    STR_ARG(import_stem(page->source)),
	    page->kind == IMPORT_MARKDOWN ? ".md" : ".gmi");
	page->url =
	    arena_printf(&import->arena, "/%" STR_FMT, STR_ARG(page->source));
	if (page->html != NULL) {
		take_host(import, page->html->canonical);
		if (import->language.n == 0)
			import->language = page->html->lang;
		if (str_eq(import_stem(page->source), STR("index")))
			import->title = page->html->title;
		take_canonical(import, page);
	}
	import_take_aliases(import, page, STR("/"));
}

static void
place_asset(struct import *import, struct import_asset *asset)
{
	asset->target = asset->source;
	asset->url =
	    arena_printf(&import->arena, "/%" STR_FMT, STR_ARG(asset->source));
}

const struct import_engine import_html = {
    .name = "html",
    .takes = takes,
    .place = place,
    .place_asset = place_asset,
};
