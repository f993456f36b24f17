/*
 * What the names of files and folders mean. Nothing here looks at a file.
 */
#include "publish/name.h"

#include "base/arena.h"
#include "proto/url.h"
#include "publish/language.h"
#include "text/fold.h"

static const struct str posts = STR_INIT("_posts");
static const struct str drafts = STR_INIT("_drafts");
static const struct str static_folder = STR_INIT("static");
static const struct str sidecar_endings[] = {
    STR_INIT(".yaml"), STR_INIT(".yml")};

static bool
is_editor_backup(struct str file)
{
	return str_ends(file, STR("~")) || str_ends(file, STR(".swp")) ||
	    (file.n > 2 && str_starts(file, STR("#")) &&
		str_ends(file, STR("#")));
}

/* Whether a folder's own name keeps it from being published. */
static bool
is_hidden_folder(struct str segment)
{
	if (str_eq(segment, STR(".well-known")) || str_eq(segment, posts) ||
	    str_eq(segment, drafts))
		return false;
	return str_is_empty(segment) || segment.p[0] == '.' ||
	    segment.p[0] == '_';
}

/* Look at the folders above a file. False when one of them hides it. */
static bool
take_folders(struct str folder, struct name *name)
{
	struct str rest = folder, segment;
	bool is_first = true, has_more = !str_is_empty(folder);

	while (has_more) {
		has_more = str_cut(&rest, '/', &segment);
		if (is_hidden_folder(segment))
			return false;
		if (is_first && str_eq(segment, static_folder))
			name->is_static = true;
		if (str_eq(segment, drafts))
			name->is_draft = true;
		is_first = false;
	}
	return !name->is_static ||
	    (!name->is_draft && str_find_str(folder, STR("/_posts")) < 0);
}

bool
name_is_entered(struct str path)
{
	struct name name = {0};

	return take_folders(path, &name);
}

static bool
is_sidecar(struct str file)
{
	for (size_t i = 0; i < 2; i++)
		if (str_ends(file, sidecar_endings[i]))
			return true;
	return false;
}

/* Hugo's name for a translation of the folder's own page, such as _index.fr,
 * which is index.fr to readers. */
static bool
is_index_translation(const struct name *name)
{
	static const struct str start = STR_INIT("_index.");

	return name->format != NULL && str_starts(name->stem, start) &&
	    language_is_named(str_from_index(name->stem, start.n));
}

static enum name_kind
kind_of(const struct name *name, struct str path)
{
	struct str file = name->file;
	bool is_folder_index = is_index_translation(name) ||
	    (str_eq(name->stem, STR("_index")) && name->format != NULL);

	if (is_editor_backup(file) || file.n == 0 || file.p[0] == '.')
		return NAME_HIDDEN;
	if (str_eq(file, STR(NAME_DEFAULTS_FILE)) && !name->is_static)
		return NAME_DEFAULTS;
	if (file.p[0] == '_' && (name->is_static || !is_folder_index))
		return NAME_HIDDEN;
	if (name->is_static)
		return NAME_ASSET;
	if (str_eq(path, STR("capsule.yaml")))
		return NAME_CONFIG;
	if (is_sidecar(file))
		return NAME_SIDECAR;
	return name->format != NULL ? NAME_PAGE : NAME_ASSET;
}

struct name
name_parse(struct str path)
{
	ptrdiff_t slash = str_find_last_char(path, '/');
	struct name name = {
	    .folder = str_first(path, slash < 0 ? 0 : (size_t)slash),
	    .file = str_from_index(path, (size_t)(slash + 1)),
	};

	if (!take_folders(name.folder, &name))
		return name;
	if (str_starts(path, STR("templates/"))) {
		name.kind = is_editor_backup(name.file) ||
			str_starts(name.file, STR("."))
		    ? NAME_HIDDEN
		    : NAME_TEMPLATE;
		return name;
	}
	name.format = format_find(name.file);
	name.stem = name.format == NULL
	    ? name.file
	    : str_first(name.file, name.file.n - name.format->ending.n);
	name.is_index = name.format != NULL &&
	    (str_eq(name.stem, STR("index")) ||
		str_eq(name.stem, STR("_index")));
	name.kind = kind_of(&name, path);
	if (name.kind != NAME_PAGE)
		name.is_index = false;
	else if (is_index_translation(&name))
		name.stem = str_from_index(name.stem, 1);
	return name;
}

/* Add a segment of a path as the catalogue's keys have it: NFC, encoded. */
static void
add_segment(struct buf *out, struct str segment)
{
	struct arena arena = {0};

	url_add_encoded_segment(out, fold_nfc(&arena, segment));
	arena_fini(&arena);
}

void
name_add_folder_url(struct buf *out, struct str folder)
{
	struct str rest = folder, segment;
	bool is_first = true, has_more = !str_is_empty(folder);

	buf_add_char(out, '/');
	while (has_more) {
		has_more = str_cut(&rest, '/', &segment);
		if (!str_eq(segment, posts) && !str_eq(segment, drafts) &&
		    !(is_first && str_eq(segment, static_folder))) {
			add_segment(out, segment);
			buf_add_char(out, '/');
		}
		is_first = false;
	}
}

void
name_add_url(struct buf *out, const struct name *name)
{
	name_add_folder_url(out, name->folder);
	if (name->is_index)
		return;
	if (name->kind != NAME_PAGE) {
		add_segment(out, name->file);
		return;
	}
	add_segment(out, name->stem);
	buf_add(out, STR(".gmi"));
}

struct str
name_sidecar_target(struct str path)
{
	return str_first(path, (size_t)str_find_last_char(path, '.'));
}
