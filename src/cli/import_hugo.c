/*
 * Trees of Hugo, and of Zola, which are much the same.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "cli/import.h"

static const struct str content_folder = STR_INIT("content/");
static const struct str static_folder = STR_INIT("static/");

static void
configure(struct import *import)
{
	static const char *const names[] = {"hugo.toml", "hugo.yaml",
	    "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml",
	    "config.json", "zola.toml", "config/_default/hugo.toml",
	    "config/_default/hugo.yaml", "config/_default/config.toml",
	    "config/_default/config.yaml", NULL};
	struct stat st;

	import_read_config(import, names);
	import_take_base(import, import_get(import->config, STR("baseURL")));
	import_take_base(import, import_get(import->config, STR("base_url")));
	if (fstatat(import->folder, "content", &st, 0) == 0 &&
	    S_ISDIR(st.st_mode))
		import->root = content_folder;
}

static bool
takes(const struct import *import, struct str path)
{
	if (import->root.n == 0)
		return true;
	return str_eq(path, STR("content")) || str_eq(path, STR("static")) ||
	    str_starts(path, content_folder) || str_starts(path, static_folder);
}

/* The language of "name.fr", when the site has it. */
static struct str
take_language(const struct import *import, struct str *stem)
{
	ptrdiff_t dot = str_find_last_char(import_name(*stem), '.');
	struct str language;

	if (dot <= 0)
		return STR("");
	language = str_from_index(import_name(*stem), (size_t)dot + 1);
	if (yaml_find(yaml_find(import->config, STR("languages")), language) ==
	    NULL)
		return STR("");
	stem->n -= language.n + 1;
	return language;
}

/* The pattern for a section's permalinks, or empty. */
static struct str
pattern_of(const struct import *import, struct str path)
{
	const struct yaml_node *map =
	    yaml_find(import->config, STR("permalinks"));
	const struct yaml_node *pages = yaml_find(map, STR("page"));
	struct str section;

	str_cut(&path, '/', &section);
	if (pages != NULL && pages->kind == YAML_MAP)
		map = pages;
	return import_get(map, section);
}

/* The URL of a page in a language: below the language's name, but for the
 * first one. */
static struct str
with_language(struct import *import, struct str language, struct str url)
{
	struct str first =
	    import_get(import->config, STR("defaultContentLanguage"));

	if (language.n == 0 ||
	    str_eq(language, first.n == 0 ? STR("en") : first))
		return url;
	return arena_printf(&import->arena, "/%" STR_FMT "%" STR_FMT,
	    STR_ARG(language), STR_ARG(url));
}

/* The URL that follows from the path of the file. */
static struct str
url_of_path(struct import *import, struct import_page *page, struct str path)
{
	struct str stem = import_stem(path), name, folder, language, url;
	struct str slug = import_get(page->meta, STR("slug"));

	language = take_language(import, &stem);
	name = import_name(stem);
	folder = str_first(stem, stem.n - name.n);
	if (str_eq(name, STR("index")) || str_eq(name, STR("_index")))
		name = STR("");
	if (slug.n > 0 && name.n > 0)
		name = slug;
	if (slug.n > 0 && name.n == 0 && folder.n > 0) {
		folder = import_folder(str_first(folder, folder.n - 1));
		url = arena_printf(&import->arena,
		    "/%" STR_FMT "%s%" STR_FMT "/", STR_ARG(folder),
		    folder.n > 0 ? "/" : "", STR_ARG(slug));
	} else {
		url =
		    arena_printf(&import->arena, "/%" STR_FMT "%" STR_FMT "%s",
			STR_ARG(folder), STR_ARG(name), name.n > 0 ? "/" : "");
	}
	if (language.n == 0)
		return url;
	url = with_language(import, language, url);
	*(struct str *)vec_add(&page->aliases) = url;
	return url;
}

static struct str
with_slash(struct import *import, struct str path)
{
	return str_starts(path, STR("/"))
	    ? path
	    : arena_printf(&import->arena, "/%" STR_FMT, STR_ARG(path));
}

/* Whether an index without a text says nothing of its folder; that of the home
 * page does not, as capsule.yaml has the title of the site. */
static bool
is_silent(const struct import_page *page, struct str path)
{
	static const struct str keys[] = {STR_INIT("title"),
	    STR_INIT("linkTitle"), STR_INIT("description"),
	    STR_INIT("summary")};

	if (str_trim(page->text).n > 0)
		return false;
	if (import_folder(path).n == 0)
		return true;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (import_get(page->meta, keys[i]).n > 0)
			return false;
	return true;
}

static void
place(struct import *import, struct import_page *page)
{
	struct str path = str_from_index(page->source, import->root.n);
	struct str own = import_get(page->meta, STR("url")), pattern, url;
	struct str stem = import_stem(path);
	bool is_index = str_starts(import_name(path), STR("_index."));

	/* A page of HTML among the assets is none. */
	if ((str_starts(page->source, static_folder) && import->root.n > 0) ||
	    (is_index && is_silent(page, path)))
		return;
	page->target = page->kind == IMPORT_HTML
	    ? arena_printf(&import->arena, "%" STR_FMT ".gmi",
		  STR_ARG(import_stem(path)))
	    : path;
	if (own.n == 0)
		own = import_get(page->meta, STR("path"));
	if (own.n == 0)
		own = import_get(page->meta, STR("permalink"));
	page->url = url_of_path(import, page, path);
	pattern = pattern_of(import, path);
	url = pattern.n > 0 && !is_index
	    ? import_permalink(import, page, pattern)
	    : STR("");
	if (url.n > 0)
		url = with_language(import, take_language(import, &stem), url);
	if (url.n > 0 && own.n == 0) {
		*(struct str *)vec_add(&page->aliases) = url;
		page->url = url;
	}
	if (own.n > 0 && str_find_str(own, STR("://")) < 0)
		page->own_url = page->url = with_slash(import, own);
	import_take_aliases(import, page,
	    arena_printf(&import->arena, "/%" STR_FMT "%s",
		STR_ARG(import_folder(path)),
		import_folder(path).n > 0 ? "/" : ""));
}

static void
place_asset(struct import *import, struct import_asset *asset)
{
	struct str path = asset->source;

	if (str_starts(path, static_folder)) {
		asset->target = path;
		path = str_from_index(path, static_folder.n);
	} else {
		path = str_from_index(path, import->root.n);
		asset->target = path;
	}
	asset->url = with_slash(import, path);
}

const struct import_engine import_hugo = {
    .name = "hugo",
    .configure = configure,
    .takes = takes,
    .place = place,
    .place_asset = place_asset,
};
