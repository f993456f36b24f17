/*
 * Folders of HTML documents, as any program may have made them.
 */
#include "base/buf.h"
#include "cli/import.h"

static bool
takes(const struct import *import, struct str path)
{
	static const struct str none[] = {
	    STR_INIT("404.html"), STR_INIT("node_modules")};

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		if (str_eq(path, none[i]))
			return false;
	return import->only.n == 0 || str_eq(path, import->only);
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
