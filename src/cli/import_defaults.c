/*
 * The `defaults:` of Jekyll's _config.yml: front matter for all pages in a
 * folder or of a type. It becomes front matter of each of these pages, as what
 * it says, such as a permalink, may depend on the page.
 */
#include <fnmatch.h>
#include <stdint.h>

#include "base/mem.h"
#include "cli/import.h"

/* Drafts are posts that wait, and "drafts" names them too. */
static bool
has_type(struct str path, struct str type)
{
	bool is_draft = import_is_in(path, STR("_drafts/"));
	struct str folder;

	if (type.n == 0)
		return true;
	if (is_draft || import_is_in(path, STR("_posts/")))
		return str_eq(type, STR("posts")) ||
		    (is_draft && str_eq(type, STR("drafts")));
	if (str_cut(&path, '/', &folder) && str_starts(folder, STR("_")))
		return str_eq(type, str_from_index(folder, 1));
	return str_eq(type, STR("pages"));
}

/* Whether a pattern with stars matches the path, or a folder above it. */
static bool
matches_glob(struct str path, struct str pattern)
{
	bool crosses = str_find_str(pattern, STR("**")) >= 0;
	char *pattern_c = str_to_c(pattern), *path_c = str_to_c(path);
	bool found = false;

	for (size_t i = path.n; i > 0 && !found; i--) {
		if (i < path.n && path.p[i] != '/')
			continue;
		path_c[i] = '\0';
		found =
		    fnmatch(pattern_c, path_c, crosses ? 0 : FNM_PATHNAME) == 0;
	}
	mem_free(path_c);
	mem_free(pattern_c);
	return found;
}

bool
import_is_scoped(struct str path, struct str scope)
{
	while (str_starts(scope, STR("/")))
		scope = str_from_index(scope, 1);
	if (str_ends(scope, STR("/")))
		scope.n--;
	if (str_find_char(scope, '*') >= 0)
		return matches_glob(path, scope);
	return str_starts(path, scope);
}

/* How closely a scope is drawn: the longer path counts, then a type. 0 when
 * it does not hold for the page. */
static size_t
closeness(const struct yaml_node *set, struct str path)
{
	const struct yaml_node *scope = yaml_find(set, STR("scope"));
	struct str where = import_get(scope, STR("path"));
	struct str type = import_get(scope, STR("type"));

	if (!has_type(path, type) || !import_is_scoped(path, where))
		return 0;
	return 1 + where.n * 2 + (type.n > 0 ? 1 : 0);
}

/* The set that holds for the page and is drawn most closely, below the bound;
 * of several the one that comes last and is not yet behind. */
static const struct yaml_node *
find_closest(const struct yaml_node *first, struct str path,
    const struct yaml_node *last, size_t *bound)
{
	const struct yaml_node *best = NULL;
	bool is_before = true;
	size_t best_closeness = 0;

	for (; first != NULL; first = first->next) {
		size_t near = closeness(first, path);

		is_before = is_before && first != last;
		if (near == 0 || near < best_closeness || near > *bound ||
		    (near == *bound && !is_before))
			continue;
		best = first;
		best_closeness = near;
	}
	*bound = best_closeness;
	return best;
}

static struct yaml_node *
copy_node(struct arena *arena, const struct yaml_node *node)
{
	struct yaml_node *copy = arena_alloc(arena, sizeof(*copy));

	*copy = *node;
	copy->next = NULL;
	return copy;
}

/* Add the members of from that map does not have. */
static void
add_missing(
    struct arena *arena, struct yaml_node *map, const struct yaml_node *from)
{
	struct yaml_node **end = &map->first;

	if (from == NULL || from->kind != YAML_MAP)
		return;
	for (from = from->first; from != NULL; from = from->next) {
		if (yaml_find(map, from->key) != NULL)
			continue;
		while (*end != NULL)
			end = &(*end)->next;
		*end = copy_node(arena, from);
	}
}

void
import_take_defaults(struct import *import, struct import_page *page)
{
	const struct yaml_node *all =
	    yaml_find(import->config, STR("defaults"));
	const struct yaml_node *set = NULL;
	struct yaml_node *map;
	size_t bound = SIZE_MAX;

	if (all == NULL || all->kind != YAML_LIST)
		return;
	map = arena_alloc(&import->arena, sizeof(*map));
	*map = (struct yaml_node){.kind = YAML_MAP};
	add_missing(&import->arena, map, page->meta);
	while (
	    (set = find_closest(all->first, page->source, set, &bound)) != NULL)
		add_missing(&import->arena, map, yaml_find(set, STR("values")));
	if (map->first != NULL)
		page->meta = map;
}
