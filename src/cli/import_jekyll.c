/*
 * Trees of Jekyll, and of Eleventy sites that grew out of one.
 */
#include <string.h>

#include "base/buf.h"
#include "cli/import.h"

/* The pattern that the name of a style stands for, or the text itself. */
static struct str
pattern_of(struct str permalink)
{
	static const struct {
		struct str style;
		struct str pattern;
	} styles[] = {
	    {STR_INIT("date"),
		STR_INIT("/:categories/:year/:month/:day/:title.html")},
	    {STR_INIT("pretty"),
		STR_INIT("/:categories/:year/:month/:day/:title/")},
	    {STR_INIT("none"), STR_INIT("/:categories/:title.html")},
	    {STR_INIT("weekdate"), STR_INIT("")},
	    {STR_INIT("ordinal"), STR_INIT("")},
	};

	for (size_t i = 0; i < sizeof(styles) / sizeof(styles[0]); i++)
		if (str_eq(permalink, styles[i].style))
			return styles[i].pattern;
	return permalink;
}

static void
configure(struct import *import)
{
	static const char *const names[] = {
	    "_config.yml", "_config.yaml", "_config.toml", NULL};
	struct str base;

	import_read_config(import, names);
	import_take_base(import, import_get(import->config, STR("url")));
	base = import_get(import->config, STR("baseurl"));
	if (str_starts(base, STR("/")))
		import_take_base(import, base);
	import->permalink = import_get(import->config, STR("permalink"));
	if (import->permalink.n == 0)
		import->permalink = STR("date");
	import->permalink = pattern_of(import->permalink);
}

/* Whether the folder "_name" holds a collection. */
static bool
is_collection(const struct import *import, struct str name)
{
	const struct yaml_node *all =
	    yaml_find(import->config, STR("collections"));
	struct str plain = str_from_index(name, 1);

	if (str_eq(name, STR("_posts")) || str_eq(name, STR("_drafts")))
		return true;
	if (all == NULL || all->kind == YAML_SCALAR)
		return false;
	for (all = all->first; all != NULL; all = all->next)
		if (str_eq(all->key, plain) || str_eq(all->text, plain))
			return true;
	return false;
}

static bool
is_excluded(const struct import *import, struct str path)
{
	const struct yaml_node *all = yaml_find(import->config, STR("exclude"));
	struct str each;

	if (all == NULL || all->kind != YAML_LIST)
		return false;
	for (all = all->first; all != NULL; all = all->next) {
		each = all->text;
		if (str_find_char(each, '*') >= 0 &&
		    import_is_scoped(path, each))
			return true;
		if (str_ends(each, STR("/")))
			each.n--;
		if (each.n > 0 &&
		    (str_eq(path, each) ||
			(str_starts(path, each) && path.p[each.n] == '/')))
			return true;
	}
	return false;
}

static bool
takes(const struct import *import, struct str path)
{
	static const struct str none[] = {STR_INIT("node_modules"),
	    STR_INIT("vendor"), STR_INIT("Gemfile"), STR_INIT("Gemfile.lock"),
	    STR_INIT("Rakefile"), STR_INIT("Makefile"), STR_INIT("CNAME"),
	    STR_INIT("package.json"), STR_INIT("package-lock.json"),
	    STR_INIT("README.md"), STR_INIT("LICENSE"), STR_INIT("LICENSE.md"),
	    STR_INIT("LICENSE.txt"), STR_INIT("CONTRIBUTING.md"),
	    STR_INIT("CHANGELOG.md"), STR_INIT("CODE_OF_CONDUCT.md"),
	    STR_INIT("404.md"), STR_INIT("404.html"), STR_INIT("search.json"),
	    STR_INIT("Dockerfile")};
	struct str name = import_name(path);

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		if (str_eq(path, none[i]))
			return false;
	if (str_starts(name, STR("_")) && !is_collection(import, name))
		return false;
	return !is_excluded(import, path);
}

/* The path in the capsule: folders lose the underscore, but for drafts, and
 * files take our endings. */
static struct str
target_of(struct import *import, struct str path, const enum import_kind *kind)
{
	struct str rest = path, part, target;
	bool more = true;
	struct buf out;

	buf_init(&out, import_path_max);
	while (more) {
		more = str_cut(&rest, '/', &part);
		if (more && str_starts(part, STR("_")) &&
		    !str_eq(part, STR("_drafts")))
			part = str_from_index(part, 1);
		buf_add(&out, part);
		if (more)
			buf_add_char(&out, '/');
	}
	if (kind != NULL) {
		buf_truncate(&out, import_stem(buf_str(&out)).n);
		buf_add(
		    &out, *kind == IMPORT_MARKDOWN ? STR(".md") : STR(".gmi"));
	}
	target = arena_str(&import->arena, buf_str(&out));
	buf_fini(&out);
	return target;
}

/* Whether the page is made by a loop over all posts. */
static bool
is_list(const struct import_page *page)
{
	bool is_home = str_eq(import_stem(page->source), STR("index"));

	return str_find_str(page->text, STR("site.posts")) >= 0 ||
	    str_find_str(page->text, STR("paginator.posts")) >= 0 ||
	    str_find_str(page->text, STR("collections.")) >= 0 ||
	    (is_home && str_trim(page->text).n == 0);
}

/* A permalink of the page itself. */
static void
place_permalink(
    struct import *import, struct import_page *page, struct str permalink)
{
	struct str path;
	bool flag;

	/* Eleventy's false is for pages without a page. */
	if (str_find_char(permalink, '{') >= 0 ||
	    str_find_str(permalink, STR("://")) >= 0 ||
	    yaml_to_bool(permalink, &flag))
		return;
	if (str_find_char(permalink, ':') >= 0) {
		path = import_permalink(import, page, permalink);
		if (path.n == 0)
			return;
		page->url = path;
		*(struct str *)vec_add(&page->aliases) = path;
		return;
	}
	path = str_starts(permalink, STR("/"))
	    ? permalink
	    : arena_printf(&import->arena, "/%" STR_FMT, STR_ARG(permalink));
	page->url = path;
	page->own_url = !str_ends(path, STR(".html"))
	    ? path
	    : arena_printf(&import->arena, "%" STR_FMT ".gmi",
		  STR_ARG(import_stem(path)));
}

/* The pattern for the pages of a folder of posts or of a collection; empty for
 * others. */
static struct str
pattern_for(const struct import *import, struct str path)
{
	const struct yaml_node *all =
	    yaml_find(import->config, STR("collections"));
	struct str folder;

	if (import_is_in(path, STR("_posts/")))
		return import->permalink;
	if (!str_cut(&path, '/', &folder) || !str_starts(folder, STR("_")))
		return STR("");
	return pattern_of(import_get(
	    yaml_find(all, str_from_index(folder, 1)), STR("permalink")));
}

static void
place(struct import *import, struct import_page *page)
{
	struct str permalink, pattern = pattern_for(import, page->source);

	import_take_defaults(import, page);
	permalink = pattern_of(import_get(page->meta, STR("permalink")));

	if (is_list(page)) {
		diags_warning(&import->diags,
		    (struct diag_place){page->file, page->line, 1}, "template",
		    "capsuled builds lists and home pages itself",
		    "is a list of posts made by Liquid, and is left out");
		import->left_out++;
		return;
	}
	page->target = target_of(import, page->source, &page->kind);
	page->is_draft = import_is_in(page->source, STR("_drafts/"));
	page->url = arena_printf(&import->arena, "/%" STR_FMT ".html",
	    STR_ARG(import_stem(page->source)));
	if (permalink.n > 0) {
		place_permalink(import, page, permalink);
	} else if (pattern.n > 0) {
		page->url = import_permalink(import, page, pattern);
		if (page->url.n > 0)
			*(struct str *)vec_add(&page->aliases) = page->url;
	}
	import_take_aliases(import, page, STR("/"));
}

static void
place_asset(struct import *import, struct import_asset *asset)
{
	asset->target = target_of(import, asset->source, NULL);
	asset->url =
	    arena_printf(&import->arena, "/%" STR_FMT, STR_ARG(asset->target));
}

/* The post that a post_url names: by its file name, with its folders or
 * without. */
static const struct str *
find_post(const struct import *import, struct str name)
{
	VEC_EACH (struct import_page, page, &import->pages) {
		struct str stem = import_stem(page->source);

		if (import_is_in(page->source, STR("_posts/")) &&
		    str_ends(stem, name) &&
		    (stem.n == name.n || stem.p[stem.n - name.n - 1] == '/'))
			return &page->target;
	}
	return NULL;
}

/* Add what a tag of Liquid means in a link. False when it means nothing that
 * is known here. */
static bool
add_liquid(const struct import *import, struct str tag, struct buf *out)
{
	struct str inner = str_trim(str_from(tag.p + 2, tag.n - 4)), word;
	const struct str *found = NULL;
	ptrdiff_t quote, end;

	if (tag.p[1] == '{') {
		if (str_starts(inner, STR("site.baseurl")) ||
		    str_starts(inner, STR("site.url")) ||
		    str_starts(inner, STR("site.github.url")))
			return true;
		quote =
		    str_find_char(STR("\"'"), inner.n > 0 ? inner.p[0] : 'x');
		end = quote < 0
		    ? -1
		    : str_find_char(str_from_index(inner, 1), inner.p[0]);
		if (end < 0 ||
		    (str_find_str(inner, STR("_url")) < 0 &&
			str_find_str(inner, STR("site.")) < 0 &&
			str_find_str(inner, STR("| url")) < 0))
			return false;
		word = str_from(inner.p + 1, (size_t)end);
		buf_add(out, str_starts(word, STR("/")) ? STR("") : STR("/"));
		buf_add(out, word);
		return true;
	}
	str_cut(&inner, ' ', &word);
	inner = str_trim(inner);
	if (str_eq(word, STR("post_url")))
		found = find_post(import, inner);
	else if (str_eq(word, STR("link")))
		found = map_find(&import->by_source,
		    str_starts(inner, STR("/")) ? str_from_index(inner, 1)
						: inner);
	if (found == NULL)
		return false;
	buf_add_char(out, '/');
	buf_add(out, *found);
	return true;
}

/* Liquid that makes links, as those links. */
static void
add_line(const struct import *import, const struct import_page *page,
    struct str line, struct buf *out)
{
	struct str tag;
	ptrdiff_t end;

	(void)page;
	while (line.n > 0) {
		bool is_tag = str_starts(line, STR("{%"));

		if (is_tag || str_starts(line, STR("{{"))) {
			end =
			    str_find_str(line, is_tag ? STR("%}") : STR("}}"));
			tag = str_first(line, end < 2 ? 0 : (size_t)end + 2);
			if (tag.n >= 4 && add_liquid(import, tag, out)) {
				line = str_from_index(line, tag.n);
				continue;
			}
		}
		buf_add_char(out, line.p[0]);
		line = str_from_index(line, 1);
	}
}

const struct import_engine import_jekyll = {
    .name = "jekyll",
    .configure = configure,
    .takes = takes,
    .place = place,
    .place_asset = place_asset,
    .add_line = add_line,
};
