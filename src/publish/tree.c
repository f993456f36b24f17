/*
 * A folder that is kept in step with a set of files: which of them are ours,
 * and how one replaces another. What is in them is the caller's.
 */
#include "publish/tree.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "proto/url.h"
#include "publish/print.h"
#include "publish/tree_list.h"

enum {
	folder_mode = 0755,
	file_mode = 0644,
};

static const char temporary_name[] = ".capsuled-export.tmp";

struct tree {
	struct arena arena;
	char *path;
	int fd;
	int file; /* the one that is being written, or -1 */
	struct map files; /* name -> struct tree_entry */
	bool is_changed; /* the list is not as it was read */
	size_t removed;
	int folder_fd; /* the folder of the last file, or -1 */
	struct str folder;
};

static void
say(const struct tree *tree, struct diags *diags, const char *hint,
    const char *what)
{
	diags_error(diags, (struct diag_place){.file = str_from_c(tree->path)},
	    "export", hint, "%s", what);
}

void
tree_error(const struct tree *tree, struct str name, struct diags *diags)
{
	int error = errno;
	struct buf path;

	buf_init(&path, PATH_MAX);
	buf_addf(&path, "%s/%" STR_FMT, tree->path, STR_ARG(name));
	diags_error(diags, (struct diag_place){.file = buf_str(&path)},
	    "export", "see that the folder can be written and has room",
	    "cannot be written: %s", strerror(error));
	buf_fini(&path);
}

/* One part of a name as the disk has it. False when it can be none. */
static bool
decode_part(struct str part, char out[NAME_MAX + 1])
{
	struct str rest;
	uint32_t code_point;
	struct buf text;
	bool good;

	buf_init(&text, NAME_MAX);
	good = url_add_decoded(&text, part) && !text.full && text.n > 0 &&
	    !str_eq(buf_str(&text), STR(".")) &&
	    !str_eq(buf_str(&text), STR("..")) &&
	    str_find_char(buf_str(&text), '/') < 0;
	rest = buf_str(&text);
	while (good && rest.n > 0)
		good = utf8_next(&rest, &code_point) &&
		    !code_point_is_control(code_point);
	if (good) {
		memcpy(out, text.p, text.n);
		out[text.n] = '\0';
	}
	buf_fini(&text);
	return good;
}

bool
tree_name_is_safe(struct str name)
{
	char decoded[NAME_MAX + 1];
	struct str part;

	if (name.n == 0 || name.n >= PATH_MAX || str_ends(name, STR("/")))
		return false;
	if (str_starts(name, STR(".capsuled-export")))
		return false;
	while (str_cut(&name, '/', &part))
		if (!decode_part(part, decoded))
			return false;
	return decode_part(part, decoded);
}

/* Whether a new export may begin: nothing is there. */
static int
check_empty(struct tree *tree, struct diags *diags)
{
	bool empty;

	if (tree_folder_is_empty(tree->fd, temporary_name, &empty) < 0) {
		tree_error(tree, (struct str){0}, diags);
		return -1;
	}
	if (empty)
		return 0;
	say(tree, diags, "name a new or an empty folder",
	    "is not empty, and was not made by an export");
	return -1;
}

static void
on_listed(void *context, const struct tree_entry *listed)
{
	struct tree *tree = context;
	struct tree_entry *entry;

	if (!tree_name_is_safe(listed->name))
		return;
	entry = arena_alloc(&tree->arena, sizeof(*entry));
	*entry = *listed;
	entry->name = arena_str(&tree->arena, listed->name);
	entry->is_ours = true;
	map_put(&tree->files, entry->name, entry);
}

static int
read_list(struct tree *tree, struct diags *diags)
{
	switch (tree_list_read(tree->fd, on_listed, tree)) {
	case TREE_LIST_READ:
		return 0;
	case TREE_LIST_ABSENT:
		tree->is_changed = true;
		return check_empty(tree, diags);
	case TREE_LIST_BROKEN:
		say(tree, diags, "empty the folder",
		    "has a list of exported files that cannot be read");
		return -1;
	}
	return -1;
}

static int
lock(const struct tree *tree, struct diags *diags)
{
	if (flock(tree->fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
		return 0;
	say(tree, diags, "wait for it, or name another folder",
	    "another process is exporting to this folder");
	return -1;
}

struct tree *
tree_open(const char *path, int fd, struct diags *diags)
{
	struct tree *tree = mem_alloc(sizeof(*tree));

	tree->path = mem_dup(path);
	tree->fd = fd;
	tree->file = tree->folder_fd = -1;
	for (size_t n = strlen(path); n > 1 && tree->path[n - 1] == '/'; n--)
		tree->path[n - 1] = '\0';
	if (lock(tree, diags) < 0 || read_list(tree, diags) < 0)
		tree_close(&tree);
	return tree;
}

static void
drop_file(struct tree *tree)
{
	if (tree->file < 0)
		return;
	close(tree->file);
	tree->file = -1;
	unlinkat(tree->fd, temporary_name, 0);
}

static void
leave_folder(struct tree *tree)
{
	if (tree->folder_fd >= 0)
		close(tree->folder_fd);
	tree->folder_fd = -1;
}

void
tree_close(struct tree **tree)
{
	struct tree *t = *tree;

	if (t == NULL)
		return;
	drop_file(t);
	leave_folder(t);
	if (t->fd >= 0)
		close(t->fd);
	map_fini(&t->files);
	arena_fini(&t->arena);
	mem_free(t->path);
	mem_free(t);
	*tree = NULL;
}

void
tree_want(struct tree *tree, struct str name)
{
	struct tree_entry *entry = map_find(&tree->files, name);

	assert(tree_name_is_safe(name));
	if (entry == NULL) {
		entry = arena_alloc(&tree->arena, sizeof(*entry));
		entry->name = name;
		map_put(&tree->files, name, entry);
		tree->is_changed = true;
	}
	entry->is_wanted = true;
}

/* The part of a name before its last slash, and the one behind it. */
static struct str
folder_of(struct str name, struct str *last)
{
	ptrdiff_t slash = str_find_last_char(name, '/');

	*last = str_from_index(name, (size_t)(slash + 1));
	return str_first(name, slash < 0 ? 0 : (size_t)slash);
}

/* Open the folder part beneath at, never through a link; made when make says
 * so. Closes at. */
static int
step_into(int at, struct str part, bool make)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	char name[NAME_MAX + 1];
	int fd = -1, error;

	if (!decode_part(part, name)) {
		errno = EINVAL;
	} else {
		fd = openat(at, name, flags);
		if (fd < 0 && errno == ENOENT && make &&
		    mkdirat(at, name, folder_mode) == 0 &&
		    fchmodat(at, name, folder_mode, 0) == 0)
			fd = openat(at, name, flags);
	}
	error = errno;
	close(at);
	errno = error;
	return fd;
}

/* Open the folder of that name beneath the tree's; it stays open until another
 * is asked for. -1 with errno. */
static int
enter_folder(struct tree *tree, struct str folder, bool make)
{
	struct str rest = folder, part;
	bool more = rest.n > 0;
	int fd;

	if (tree->folder_fd >= 0 && str_eq(folder, tree->folder))
		return tree->folder_fd;
	leave_folder(tree);
	fd = openat(tree->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	while (fd >= 0 && more) {
		more = str_cut(&rest, '/', &part);
		fd = step_into(fd, part, make);
	}
	tree->folder_fd = fd;
	tree->folder = folder;
	return fd;
}

/* Take the folder away, and those above it, as far as they are empty. */
static void
remove_folders(struct tree *tree, struct str folder)
{
	char name[NAME_MAX + 1];
	struct str last;
	int fd;

	while (folder.n > 0) {
		folder = folder_of(folder, &last);
		fd = enter_folder(tree, folder, false);
		if (fd < 0 || !decode_part(last, name) ||
		    unlinkat(fd, name, AT_REMOVEDIR) < 0)
			return;
	}
}

static int
remove_file(struct tree *tree, struct str name)
{
	char decoded[NAME_MAX + 1];
	struct str last, folder = folder_of(name, &last);
	int fd = enter_folder(tree, folder, false);

	if (fd < 0 || !decode_part(last, decoded) ||
	    unlinkat(fd, decoded, 0) < 0)
		return errno == ENOENT || errno == ENOTDIR || errno == ELOOP
		    ? 0
		    : -1;
	tree->removed++;
	remove_folders(tree, folder);
	return 0;
}

/* What is at name now: 1 with its state, 0 nothing, -1 with errno. */
static int
look_at(struct tree *tree, struct str name, struct stat *st)
{
	char decoded[NAME_MAX + 1];
	struct str last, folder = folder_of(name, &last);
	int fd = enter_folder(tree, folder, false);

	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	if (!decode_part(last, decoded))
		return -1;
	if (fstatat(fd, decoded, st, AT_SYMLINK_NOFOLLOW) == 0)
		return 1;
	return errno == ENOENT ? 0 : -1;
}

/* Write the list where it is not as it was last written or read. */
static int
save_list(struct tree *tree, struct diags *diags)
{
	leave_folder(tree);
	if (tree->is_changed && tree_list_write(tree->fd, &tree->files) < 0) {
		tree_error(tree, STR(tree_list_name), diags);
		return -1;
	}
	tree->is_changed = false;
	return 0;
}

int
tree_begin(struct tree *tree, struct diags *diags)
{
	struct tree_entry *file;
	struct stat st;

	MAP_EACH(entry, &tree->files)
	{
		file = entry->value;
		if (file->is_wanted)
			continue;
		if (remove_file(tree, file->name) < 0) {
			tree_error(tree, file->name, diags);
			return -1;
		}
		tree->is_changed = true;
	}
	/* The list must never claim a file that somebody else has put there. */
	MAP_EACH(entry, &tree->files)
	{
		file = entry->value;
		if (file->is_wanted && !file->is_ours &&
		    look_at(tree, file->name, &st) != 0)
			file->is_wanted = false;
	}
	return save_list(tree, diags);
}

/* Whether the bytes of a file of ours that is there are those of the list. */
static bool
is_whole(struct tree *tree, const struct tree_entry *file)
{
	struct stat st;

	return file->is_ours && !fingerprint_is_zero(file->hash) &&
	    look_at(tree, file->name, &st) == 1 && S_ISREG(st.st_mode) &&
	    st.st_size == file->size;
}

bool
tree_keeps(struct tree *tree, struct str name, struct fingerprint print)
{
	const struct tree_entry *file = map_find(&tree->files, name);

	return file != NULL && fingerprint_eq(file->print, print) &&
	    is_whole(tree, file);
}

int
tree_create(struct tree *tree)
{
	drop_file(tree);
	unlinkat(tree->fd, temporary_name, 0);
	tree->file = openat(tree->fd, temporary_name,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, file_mode);
	if (tree->file >= 0)
		fchmod(tree->file, file_mode);
	return tree->file;
}

static int
move_file(struct tree *tree, struct str name)
{
	char decoded[NAME_MAX + 1];
	struct str last, folder = folder_of(name, &last);
	int fd = enter_folder(tree, folder, true);

	if (fd < 0 || !decode_part(last, decoded))
		return -1;
	if (close(tree->file) < 0) {
		tree->file = -1;
		return -1;
	}
	tree->file = -1;
	return renameat(tree->fd, temporary_name, fd, decoded);
}

enum tree_put
tree_put(struct tree *tree, const struct tree_file *file)
{
	struct tree_entry *entry = map_find(&tree->files, file->name);
	struct stat st;
	int found;

	assert(entry != NULL);
	if (!entry->is_wanted) {
		drop_file(tree);
		return TREE_FOREIGN;
	}
	if (fingerprint_eq(entry->hash, file->hash) &&
	    entry->size == file->size && is_whole(tree, entry)) {
		drop_file(tree);
		tree->is_changed = tree->is_changed ||
		    !fingerprint_eq(entry->print, file->print);
		entry->print = file->print;
		return TREE_SAME;
	}
	found = look_at(tree, file->name, &st);
	if ((found < 0 && (errno == ENOTDIR || errno == ELOOP)) ||
	    (found > 0 && (!entry->is_ours || !S_ISREG(st.st_mode)))) {
		drop_file(tree);
		entry->is_wanted = false;
		tree->is_changed = true;
		return TREE_FOREIGN;
	}
	if (found < 0 || move_file(tree, file->name) < 0)
		return TREE_FAILED;
	entry->print = file->print;
	entry->hash = file->hash;
	entry->size = file->size;
	entry->is_ours = true;
	tree->is_changed = true;
	return TREE_WRITTEN;
}

enum tree_put
tree_put_bytes(struct tree *tree, struct str name, struct fingerprint print,
    struct str bytes)
{
	const struct tree_entry *entry = map_find(&tree->files, name);
	struct tree_file file = {
	    .name = name,
	    .print = print,
	    .size = (int64_t)bytes.n,
	};
	struct print hash;

	print_start(&hash);
	print_add(&hash, bytes);
	file.hash = print_end(&hash);
	/* Most files are the same: no need to write them to find out. */
	if (entry != NULL && fingerprint_eq(entry->hash, file.hash) &&
	    entry->size == file.size && is_whole(tree, entry))
		return tree_put(tree, &file);
	if (tree_create(tree) < 0 || file_write_all(tree->file, bytes) < 0)
		return TREE_FAILED;
	return tree_put(tree, &file);
}

int
tree_end(struct tree *tree, struct diags *diags)
{
	return save_list(tree, diags);
}

size_t
tree_get_removed(const struct tree *tree)
{
	return tree->removed;
}

struct str
tree_get_path(const struct tree *tree)
{
	return str_from_c(tree->path);
}
