/*
 * From paths of a capsule to names of files.
 */
#include "publish/export_plan.h"

#include "publish/print.h"
#include "publish/tree.h"

enum {
	status_success = 20,
	status_moved = 31,
};

void
export_plan_init(struct export_plan *plan, enum export_kind kind)
{
	*plan = (struct export_plan){.kind = kind};
	vec_init(&plan->items, sizeof(struct export_item));
}

void
export_plan_fini(struct export_plan *plan)
{
	vec_fini(&plan->items);
	map_fini(&plan->by_path);
	arena_fini(&plan->arena);
}

/* The language that the parameters of a media type tell; of several the
 * first. */
static struct str
language_of(struct str parameters)
{
	static const struct str key = STR_INIT("lang=");
	struct str language;
	ptrdiff_t at = str_find_str(parameters, key);
	size_t n = 0;

	if (at < 0)
		return (struct str){0};
	language = str_from_index(parameters, (size_t)at + key.n);
	if (str_starts(language, STR("\"")))
		language = str_from_index(language, 1);
	while (n < language.n &&
	    (ascii_is_alnum(language.p[n]) || language.p[n] == '-'))
		n++;
	return str_first(language, n);
}

/* What a type may come as. Text that a capsule holds as an asset is a page for
 * the web, which does not know gemtext. */
static enum export_as
kind_of_entry(const struct export_plan *plan, const struct writer_entry *entry,
    struct str type)
{
	bool is_gemtext = str_eq_nocase(type, STR("text/gemini"));

	if (!str_is_empty(entry->access) || entry->kind == ENTRY_SEARCH)
		return EXPORT_NOT;
	if (entry->status == status_moved &&
	    (entry->kind == ENTRY_ALIAS || entry->kind == ENTRY_PAGE))
		return EXPORT_MOVED;
	if (entry->status != status_success)
		return EXPORT_NOT;
	if (is_gemtext &&
	    (entry->kind != ENTRY_ASSET || plan->kind == EXPORT_HTML))
		return EXPORT_PAGE;
	return entry->kind == ENTRY_FEED ? EXPORT_FEED : EXPORT_COPY;
}

void
export_plan_add(struct export_plan *plan, const struct writer_entry *entry)
{
	struct str meta = arena_str(&plan->arena, entry->meta);
	struct str rest = meta, type;
	struct export_item *item = vec_add(&plan->items);

	str_cut(&rest, ';', &type);
	item->path = arena_str(&plan->arena, entry->path);
	item->file = arena_str(&plan->arena, entry->file);
	item->status = entry->status;
	item->is_generated = entry->kind == ENTRY_INDEX;
	item->print = entry->fingerprint;
	item->as = kind_of_entry(plan, entry, str_trim(type));
	if (item->as == EXPORT_MOVED) {
		item->target = meta;
	} else {
		item->type = str_trim(type);
		item->language = language_of(rest);
	}
}

static bool
is_page(const struct export_item *item)
{
	return item->as == EXPORT_PAGE || item->as == EXPORT_MOVED;
}

/* Whether the path of a page is itself that of a file or folder. */
static bool
is_plain(const struct export_plan *plan, struct str path)
{
	if (str_ends(path, STR("/")) || str_ends(path, STR(".gmi")))
		return true;
	return plan->kind == EXPORT_HTML &&
	    (str_ends(path, STR(".html")) || str_ends(path, STR(".htm")));
}

/* The name that an item wants. A page whose path has no ending that tells its
 * type is a folder with an index, to which hosts lead from the path. */
static struct str
wanted_name(struct export_plan *plan, const struct export_item *item)
{
	bool html = plan->kind == EXPORT_HTML;
	const char *index = html ? "index.html" : "index.gmi";
	struct str name = str_from_index(item->path, 1);

	if (!is_page(item))
		return name;
	if (str_is_empty(name) || str_ends(name, STR("/")))
		return arena_printf(
		    &plan->arena, "%" STR_FMT "%s", STR_ARG(name), index);
	if (!is_plain(plan, name))
		return arena_printf(
		    &plan->arena, "%" STR_FMT "/%s", STR_ARG(name), index);
	if (!html || !str_ends(name, STR(".gmi")))
		return name;
	return arena_printf(&plan->arena, "%" STR_FMT ".html",
	    STR_ARG(str_first(name, name.n - STR(".gmi").n)));
}

/* Who comes first; -1 for what has no name. */
static int
rank(const struct export_plan *plan, const struct export_item *item)
{
	enum { PLAIN_PAGE, PAGE, GENERATED, OTHER, PLAIN_MOVED, MOVED };
	bool plain = is_plain(plan, item->path);

	switch (item->as) {
	case EXPORT_NOT:
		break;
	case EXPORT_PAGE:
		if (item->is_generated)
			return GENERATED;
		return plain ? PLAIN_PAGE : PAGE;
	case EXPORT_FEED:
	case EXPORT_COPY:
		return OTHER;
	case EXPORT_MOVED:
		return plain ? PLAIN_MOVED : MOVED;
	}
	return -1;
}

enum { rank_count = 6 };

/* Which names and folders are in use, with anything but NULL as value. */
struct names {
	struct map files;
	struct map folders;
};

/* Whether the name is free: no file, no folder, and not in a file. */
static bool
is_free(const struct names *names, struct str name)
{
	if (map_find(&names->files, name) != NULL ||
	    map_find(&names->folders, name) != NULL)
		return false;
	for (size_t i = 1; i < name.n; i++)
		if (name.p[i] == '/' &&
		    map_find(&names->files, str_first(name, i)) != NULL)
			return false;
	return true;
}

static void
use(struct names *names, struct str name, void *by)
{
	map_put(&names->files, name, by);
	for (size_t i = 1; i < name.n; i++)
		if (name.p[i] == '/')
			map_put(&names->folders, str_first(name, i), by);
}

static void
settle(struct export_plan *plan, struct names *names, struct export_item *item,
    struct diags *diags)
{
	struct str name = wanted_name(plan, item);

	if (!tree_name_is_safe(name)) {
		diags_warning(diags, (struct diag_place){.file = item->path},
		    "export", "give it another name",
		    "cannot be the name of a file, and is left out of the "
		    "export");
	} else if (is_free(names, name)) {
		item->name = name;
		use(names, name, item);
	} else if (item->as == EXPORT_MOVED || item->is_generated) {
		/* Links to it lead to the one that has the name. */
		item->name = map_find(&names->files, name) == NULL
		    ? (struct str){0}
		    : name;
		item->as = EXPORT_NOT;
	} else {
		diags_warning(diags, (struct diag_place){.file = item->path},
		    "export", "give one of them another name",
		    "is left out of the export, where another has its name");
	}
}

/* Which paths there are and where they go decides what all links become. */
static void
add_up(struct export_plan *plan)
{
	struct print print;

	print_start(&print);
	VEC_EACH (const struct export_item, item, &plan->items) {
		print_add(&print, item->path);
		print_add(&print, item->name);
		print_add(&print, item->target);
		print_add(&print, item->type);
		print_add_number(&print, (uint64_t)item->status);
	}
	plan->print = print_end(&print);
}

void
export_plan_settle(struct export_plan *plan, struct diags *diags)
{
	struct names names = {0};

	if (plan->kind == EXPORT_HTML)
		use(&names, STR(export_style_name), plan);
	for (int i = 0; i < rank_count; i++)
		VEC_EACH (struct export_item, item, &plan->items)
			if (rank(plan, item) == i)
				settle(plan, &names, item, diags);
	VEC_EACH (struct export_item, item, &plan->items)
		map_put(&plan->by_path, item->path, item);
	add_up(plan);
	map_fini(&names.files);
	map_fini(&names.folders);
}

const struct export_item *
export_plan_find(const struct export_plan *plan, struct str path)
{
	return map_find(&plan->by_path, path);
}
