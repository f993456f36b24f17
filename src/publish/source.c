/*
 * The files of the tree, as they are known from one publish to the next. Which
 * of them is new, changed or gone; not what is in them.
 */
#include "publish/source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/mem.h"
#include "base/utf8.h"

enum { path_bytes_max = 4000 };

/* A folder that was met, kept for watching. */
struct folder_mark {
	uint32_t walk;
	char path[];
};

void
sources_init(struct sources *s, int root_fd, struct str root)
{
	*s = (struct sources){.root_fd = root_fd, .root = root};
	vec_init(&s->dirty, sizeof(struct source *));
	vec_init(&s->gone, sizeof(char *));
}

static void
source_free(struct source *source)
{
	page_free(&source->page);
	defaults_free(&source->defaults);
	asset_fini(&source->asset);
	mem_free(source);
}

void
sources_fini(struct sources *s)
{
	MAP_EACH(entry, &s->files)
	source_free(entry->value);
	MAP_EACH(entry, &s->folders)
	mem_free(entry->value);
	map_fini(&s->files);
	map_fini(&s->folders);
	vec_fini(&s->dirty);
	sources_clear_gone(s);
	vec_fini(&s->gone);
}

struct source *
sources_find(const struct sources *s, struct str path)
{
	return map_find(&s->files, path);
}

struct source *
sources_find_sidecar(const struct sources *s, const struct source *source)
{
	static const struct str endings[] = {
	    STR_INIT(".yaml"), STR_INIT(".yml")};
	struct source *sidecar = NULL;
	struct buf path;

	for (size_t i = 0; i < 2 && sidecar == NULL; i++) {
		buf_init(&path, SIZE_MAX);
		buf_add(&path, source->path);
		buf_add(&path, endings[i]);
		sidecar = sources_find(s, buf_str(&path));
		buf_fini(&path);
	}
	return sidecar != NULL && sidecar->name.kind == NAME_SIDECAR ? sidecar
								     : NULL;
}

void
sources_mark_dirty(struct sources *s, struct source *source)
{
	if (source->is_dirty)
		return;
	source->is_dirty = true;
	*(struct source **)vec_add(&s->dirty) = source;
}

/* What a change of a sidecar changes: the file that it describes. */
static void
mark_described(struct sources *s, const struct source *sidecar)
{
	struct source *page =
	    sources_find(s, name_sidecar_target(sidecar->path));

	if (page == NULL)
		return;
	sources_mark_dirty(s, page);
}

static bool
is_beneath(struct str path, struct str folder)
{
	return str_is_empty(folder) ||
	    (path.n > folder.n && path.p[folder.n] == '/' &&
		str_starts(path, folder));
}

void
sources_mark_below(struct sources *s, struct str folder)
{
	MAP_EACH(entry, &s->files)
	{
		struct source *source = entry->value;

		if (source->name.kind == NAME_PAGE &&
		    is_beneath(source->path, folder))
			sources_mark_dirty(s, source);
	}
}

static struct str
folder_above(struct str folder)
{
	ptrdiff_t slash = str_find_last_char(folder, '/');

	return str_first(folder, slash < 0 ? 0 : (size_t)slash);
}

/* The defaults of folder alone, or NULL. */
static const struct source *
defaults_in(const struct sources *s, struct str folder)
{
	const struct source *source;
	struct buf path;

	buf_init(&path, SIZE_MAX);
	buf_add(&path, folder);
	if (!str_is_empty(folder))
		buf_add_char(&path, '/');
	buf_add(&path, STR(NAME_DEFAULTS_FILE));
	source = sources_find(s, buf_str(&path));
	buf_fini(&path);
	return source;
}

size_t
sources_find_defaults(const struct sources *s, struct str folder,
    struct meta_defaults *out, size_t max)
{
	const struct source *source;
	size_t n = 0;

	if (s->defaults_count == 0)
		return 0;
	for (bool has_more = true; has_more && n < max;) {
		source = defaults_in(s, folder);
		if (source != NULL && source->defaults != NULL)
			out[n++] = defaults_get(source->defaults);
		has_more = !str_is_empty(folder);
		folder = folder_above(folder);
	}
	return n;
}

bool
sources_lack_defaults(const struct sources *s, struct str folder)
{
	const struct source *source;

	if (s->defaults_count == 0)
		return false;
	for (bool has_more = true; has_more;) {
		source = defaults_in(s, folder);
		if (source != NULL && source->defaults == NULL)
			return true;
		has_more = !str_is_empty(folder);
		folder = folder_above(folder);
	}
	return false;
}

static void
note_change(struct sources *s, const struct source *source)
{
	switch (source->name.kind) {
	case NAME_TEMPLATE:
		s->templates_changed = true;
		break;
	case NAME_SIDECAR:
		mark_described(s, source);
		break;
	case NAME_DEFAULTS:
		sources_mark_below(s, source->name.folder);
		break;
	case NAME_ASSET:
		s->assets_changed = true;
		break;
	case NAME_CONFIG:
		s->config_changed = true;
		break;
	case NAME_PAGE:
	case NAME_HIDDEN:
		break;
	}
}

static void
forget(struct sources *s, struct source *source)
{
	for (size_t i = 0; source->is_dirty && i < s->dirty.n; i++) {
		if (*(struct source **)vec_get(&s->dirty, i) != source)
			continue;
		vec_remove(&s->dirty, i);
		break;
	}
	map_remove(&s->files, source->path);
	s->defaults_count -= source->name.kind == NAME_DEFAULTS;
	s->gone_bits |= source->address_bits;
	note_change(s, source);
	*(char **)vec_add(&s->gone) = str_to_c(source->path);
	source_free(source);
}

void
sources_clear_gone(struct sources *s)
{
	VEC_EACH (char *, path, &s->gone)
		mem_free(*path);
	vec_clear(&s->gone);
}

/* Forget what the current walk has not met at or beneath path. */
static void
forget_unmet(struct sources *s, struct str path)
{
	struct vec list = VEC_INIT(struct source *);
	struct source *alone = sources_find(s, path);
	struct folder_mark *mark;

	/* A mere file: no need to look through all the others. */
	if (map_find(&s->folders, path) == NULL) {
		if (alone != NULL && alone->walk != s->walk)
			forget(s, alone);
		return;
	}
	MAP_EACH(entry, &s->files)
	{
		struct source *source = entry->value;

		if (source->walk != s->walk &&
		    (is_beneath(source->path, path) ||
			str_eq(source->path, path)))
			*(struct source **)vec_add(&list) = source;
	}
	VEC_EACH (struct source *, source, &list)
		forget(s, *source);
	vec_fini(&list);
	MAP_EACH(entry, &s->folders)
	{
		mark = entry->value;
		if (mark->walk == s->walk ||
		    (!is_beneath(entry->key, path) &&
			!str_eq(entry->key, path)))
			continue;
		map_remove(&s->folders, entry->key);
		mem_free(mark);
	}
}

/* What is beneath a folder that cannot be read stays as it is. */
static void
keep_beneath(struct sources *s, struct str path)
{
	struct folder_mark *mark;
	struct source *source;

	MAP_EACH(entry, &s->files)
	{
		source = entry->value;
		if (is_beneath(source->path, path))
			source->walk = s->walk;
	}
	MAP_EACH(entry, &s->folders)
	{
		mark = entry->value;
		if (is_beneath(entry->key, path) || str_eq(entry->key, path))
			mark->walk = s->walk;
	}
}

static void
note_folder(struct sources *s, struct str path)
{
	struct folder_mark *mark = map_find(&s->folders, path);

	if (mark == NULL) {
		mark = mem_alloc(sizeof(*mark) + path.n + 1);
		if (path.n > 0)
			memcpy(mark->path, path.p, path.n);
		map_put(&s->folders, str_from(mark->path, path.n), mark);
	}
	mark->walk = s->walk;
}

static struct source *
source_new(struct str path)
{
	struct source *source = mem_alloc(sizeof(*source) + path.n + 1);
	char *bytes = (char *)(source + 1);

	memcpy(bytes, path.p, path.n);
	source->path = str_from(bytes, path.n);
	source->name = name_parse(source->path);
	return source;
}

/* Take note of a regular file. */
static void
note_file(struct sources *s, struct str path, struct file_stamp stamp)
{
	struct source *source = sources_find(s, path);

	if (source == NULL) {
		source = source_new(path);
		if (source->name.kind == NAME_HIDDEN) {
			source_free(source);
			return;
		}
		map_put(&s->files, source->path, source);
		s->defaults_count += source->name.kind == NAME_DEFAULTS;
	} else if (file_stamp_eq(source->stamp, stamp) && !source->is_waiting) {
		source->walk = s->walk;
		return;
	}
	source->walk = s->walk;
	source->stamp = stamp;
	sources_mark_dirty(s, source);
	note_change(s, source);
}

/* Take note of a file that somebody says has changed. It is read again though
 * its stamp is the same: clocks are coarser than two quick saves. */
static void
note_named_file(struct sources *s, struct str path, struct file_stamp stamp)
{
	struct source *source = sources_find(s, path);

	if (source != NULL)
		source->stamp = (struct file_stamp){0};
	note_file(s, path, stamp);
	source = sources_find(s, path);
	if (source != NULL)
		source->stamp.inode = 0;
}

/* The state of the file at path beneath root_fd: a regular one, or a link to
 * one that does not lead outside. False for anything else. */
static bool
stat_file(const struct sources *s, const char *path, struct stat *st)
{
	int fd;
	bool ok;

	if (!S_ISLNK(st->st_mode))
		return S_ISREG(st->st_mode);
	fd = file_open_beneath(s->root_fd, path, 0);
	if (fd < 0)
		return false;
	ok = fstat(fd, st) == 0 && S_ISREG(st->st_mode);
	close(fd);
	return ok;
}

static void
say_unreadable(const struct sources *s, struct str path, struct diags *diags)
{
	struct arena arena = {0};
	int error = errno;

	diags_warning(diags,
	    (struct diag_place){.file = sources_display(s, &arena, path)},
	    "unreadable", "give the server the right to read it",
	    "cannot be read: %s", strerror(error));
	arena_fini(&arena);
}

/* A walk under way: folders that are still to be read. */
struct walk {
	struct sources *sources;
	struct vec folders; /* char * */
	struct diags *diags;
};

static void
walk_item(struct walk *walk, int dir, struct str folder, const char *item)
{
	struct sources *s = walk->sources;
	struct stat st;
	struct buf path;
	const char *text;

	if (fstatat(dir, item, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return;
	buf_init(&path, path_bytes_max);
	buf_add(&path, folder);
	if (folder.n > 0)
		buf_add_char(&path, '/');
	buf_add(&path, str_from_c(item));
	text = buf_c(&path);
	if (text != NULL && !path.full && utf8_is_valid(buf_str(&path))) {
		if (!S_ISDIR(st.st_mode)) {
			if (stat_file(s, text, &st) &&
			    (st.st_ino != s->own_inode ||
				st.st_dev != s->own_device))
				note_file(
				    s, buf_str(&path), file_stamp_from(&st));
		} else if (name_is_entered(buf_str(&path))) {
			*(char **)vec_add(&walk->folders) =
			    str_to_c(buf_str(&path));
		}
	}
	buf_fini(&path);
}

/* Read one folder. -1 with errno when it cannot be. */
static int
walk_folder(struct walk *walk, struct str path)
{
	struct sources *s = walk->sources;
	char *text = str_to_c(path.n == 0 ? STR(".") : path);
	int fd = file_open_beneath(s->root_fd, text, O_DIRECTORY | O_NOFOLLOW);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *item;

	mem_free(text);
	if (dir == NULL) {
		if (fd >= 0)
			close(fd);
		return -1;
	}
	note_folder(s, path);
	while ((item = readdir(dir)) != NULL)
		if (strcmp(item->d_name, ".") != 0 &&
		    strcmp(item->d_name, "..") != 0)
			walk_item(walk, dirfd(dir), path, item->d_name);
	closedir(dir);
	return 0;
}

/* Read the folder at path and all beneath it. */
static int
walk_tree(struct sources *s, struct str path, struct diags *diags)
{
	struct walk walk = {.sources = s, .diags = diags};
	char *folder;
	int result;

	vec_init(&walk.folders, sizeof(char *));
	s->walk++;
	result = walk_folder(&walk, path);
	while (walk.folders.n > 0) {
		folder = *(char **)vec_get(&walk.folders, walk.folders.n - 1);
		vec_remove(&walk.folders, walk.folders.n - 1);
		if (walk_folder(&walk, str_from_c(folder)) < 0 &&
		    errno != ENOENT && errno != ENOTDIR && errno != ELOOP) {
			keep_beneath(s, str_from_c(folder));
			say_unreadable(s, str_from_c(folder), diags);
		}
		mem_free(folder);
	}
	vec_fini(&walk.folders);
	return result;
}

int
sources_look_at_all(struct sources *s, struct diags *diags)
{
	struct arena arena = {0};

	if (walk_tree(s, STR(""), diags) < 0) {
		diags_error(diags,
		    (struct diag_place){
			.file = sources_display(s, &arena, STR(""))},
		    "unreadable", "see that the folder is there and readable",
		    "the folder cannot be read: %s", strerror(errno));
		arena_fini(&arena);
		return -1;
	}
	forget_unmet(s, STR(""));
	return 0;
}

/* The first folder above path that no walk has met, else path itself. */
static struct str
first_unknown(const struct sources *s, struct str path)
{
	for (size_t i = 0; i < path.n; i++)
		if (path.p[i] == '/' &&
		    map_find(&s->folders, str_first(path, i)) == NULL)
			return str_first(path, i);
	return path;
}

static void
look_at_known(struct sources *s, struct str path, struct diags *diags)
{
	char *text = str_to_c(path);
	struct stat st;

	if (fstatat(s->root_fd, text, &st, AT_SYMLINK_NOFOLLOW) < 0) {
		s->walk++;
		if (errno == ENOENT || errno == ENOTDIR)
			forget_unmet(s, path);
	} else if (S_ISDIR(st.st_mode)) {
		if (name_is_entered(path) && walk_tree(s, path, diags) == 0)
			forget_unmet(s, path);
	} else {
		s->walk++;
		if (stat_file(s, text, &st))
			note_named_file(s, path, file_stamp_from(&st));
		forget_unmet(s, path);
	}
	mem_free(text);
}

int
sources_look_at(struct sources *s, struct str path, struct diags *diags)
{
	if (str_is_empty(path))
		return sources_look_at_all(s, diags);
	path = first_unknown(s, path);
	if (path.n < path_bytes_max && utf8_is_valid(path))
		look_at_known(s, path, diags);
	return 0;
}

bool
sources_is_unread(const struct sources *s, struct str path, bool is_folder)
{
	const struct source *source = sources_find(s, path);

	if (is_folder)
		return name_is_entered(path) &&
		    map_find(&s->folders, path) == NULL;
	return source != NULL && source->is_unreadable;
}

void
source_tell(struct source *source, enum source_topic topic,
    const struct diags *found, struct diags *diags)
{
	struct buf text;
	uint64_t hash = 0;

	buf_init(&text, SIZE_MAX);
	VEC_EACH (struct diag, diag, &found->list) {
		diag_print(diag, &text);
		buf_add_char(&text, '\n');
	}
	if (text.n > 0)
		hash = str_hash(STR_HASH_START, buf_str(&text)) | 1;
	if (hash != 0 && hash != source->told[topic])
		diags_add_all(diags, found);
	source->told[topic] = hash;
	buf_fini(&text);
}

struct str
sources_display(const struct sources *s, struct arena *arena, struct str path)
{
	struct str root = s->root;

	while (root.n > 1 && str_ends(root, STR("/")))
		root = str_first(root, root.n - 1);
	if (str_is_empty(path))
		return arena_str(arena, root);
	return arena_printf(arena, "%" STR_FMT "%s%" STR_FMT, STR_ARG(root),
	    str_ends(root, STR("/")) ? "" : "/", STR_ARG(path));
}
