/*
 * Folders under inotify: one instance for all trees, as the system allows few.
 */
#include "os/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"

enum {
	read_size = 64 * 1024,
	reads_max = 16, /* in one go, so that a storm starves nobody */
	events_wanted = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM |
	    IN_DELETE | IN_CREATE | IN_ATTRIB | IN_ONLYDIR | IN_DONT_FOLLOW |
	    IN_EXCL_UNLINK,
	events_gone = IN_DELETE | IN_MOVED_FROM,
};

/* A folder that is watched. Its keys in the maps are views of its own bytes:
 * the number of the watch, and "ROOT:PATH". */
struct folder {
	int number;
	size_t root;
	char *key;
	struct str path; /* in key */
};

struct watch {
	int fd;
	struct vec roots; /* int: descriptors */
	struct map by_number;
	struct map by_path;
	char *bytes; /* read_size of them */
};

struct watch *
watch_new(void)
{
	struct watch *w;
	int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);

	if (fd < 0)
		return NULL;
	w = mem_alloc(sizeof(*w));
	*w = (struct watch){.fd = fd, .roots = VEC_INIT(int)};
	w->bytes = mem_alloc(read_size);
	return w;
}

static struct str
number_key(const struct folder *folder)
{
	return str_from((const char *)&folder->number, sizeof(int));
}

static void
folder_free(struct folder *folder)
{
	mem_free(folder->key);
	mem_free(folder);
}

void
watch_free(struct watch **watch)
{
	struct watch *w = *watch;

	if (w == NULL)
		return;
	MAP_EACH(entry, &w->by_number)
	folder_free(entry->value);
	map_fini(&w->by_number);
	map_fini(&w->by_path);
	vec_fini(&w->roots);
	mem_free(w->bytes);
	close(w->fd);
	mem_free(w);
	*watch = NULL;
}

int
watch_fd(const struct watch *w)
{
	return w->fd;
}

size_t
watch_count(const struct watch *w)
{
	return map_count(&w->by_number);
}

size_t
watch_add_root(struct watch *w, int root_fd)
{
	*(int *)vec_add(&w->roots) = root_fd;
	return w->roots.n - 1;
}

static int
root_fd_get(const struct watch *w, size_t root)
{
	return *(int *)vec_get(&w->roots, root);
}

/* Forget a folder without touching the system's watch. */
static void
folder_forget(struct watch *w, struct folder *folder)
{
	struct str key = str_from_c(folder->key);

	map_remove(&w->by_number, number_key(folder));
	if (map_find(&w->by_path, key) == folder)
		map_remove(&w->by_path, key);
	folder_free(folder);
}

static void
folder_remember(struct watch *w, struct folder *folder)
{
	struct folder *old;

	old = map_find(&w->by_number, number_key(folder));
	if (old != NULL)
		folder_forget(w, old);
	map_put(&w->by_number, number_key(folder), folder);
	map_put(&w->by_path, str_from_c(folder->key), folder);
}

static struct folder *
folder_new(size_t root, struct str path)
{
	struct folder *folder = mem_alloc(sizeof(*folder));
	struct buf key;
	size_t size, head;

	buf_init(&key, SIZE_MAX / 2);
	buf_addf(&key, "%zu:", root);
	head = key.n;
	buf_add(&key, path);
	buf_add_char(&key, '\0');
	folder->root = root;
	folder->key = buf_take(&key, &size);
	folder->path = str_from(folder->key + head, path.n);
	return folder;
}

/* The system takes a path, not a descriptor: parents of the root may be closed
 * to this user, so it is entered by its descriptor first. */
static int
system_add(const struct watch *w, const struct folder *folder)
{
	if (fchdir(root_fd_get(w, folder->root)) < 0)
		return -1;
	return inotify_add_watch(
	    w->fd, folder->path.n == 0 ? "." : folder->path.p, events_wanted);
}

enum watch_result
watch_add(struct watch *w, size_t root, struct str path)
{
	struct folder *folder = folder_new(root, path);
	struct folder *known = map_find(&w->by_path, str_from_c(folder->key));
	bool is_full;

	folder->number = system_add(w, folder);
	if (folder->number < 0) {
		is_full = errno == ENOSPC || errno == ENOMEM;
		folder_free(folder);
		return is_full ? WATCH_FULL : WATCH_ABSENT;
	}
	if (known != NULL && known->number == folder->number) {
		folder_free(folder);
		return WATCH_KNOWN;
	}
	folder_remember(w, folder);
	return WATCH_ADDED;
}

static bool
is_beneath(struct str path, struct str folder)
{
	return str_starts(path, folder) &&
	    (folder.n == 0 || path.n == folder.n || path.p[folder.n] == '/');
}

/* A folder that went elsewhere would be told under its old name: end the
 * watches on it and on all beneath it. */
static void
forget_beneath(struct watch *w, size_t root, struct str path)
{
	struct vec gone = VEC_INIT(struct folder *);
	struct folder *folder;

	MAP_EACH(entry, &w->by_number)
	{
		folder = entry->value;
		if (folder->root == root && is_beneath(folder->path, path))
			*(struct folder **)vec_add(&gone) = folder;
	}
	VEC_EACH (struct folder *, each, &gone) {
		inotify_rm_watch(w->fd, (*each)->number);
		folder_forget(w, *each);
	}
	vec_fini(&gone);
}

/* A file that was just made is not written yet, but a link is complete. */
static bool
is_link(int root_fd, const char *path)
{
	struct stat st;

	return fstatat(root_fd, path, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    (S_ISLNK(st.st_mode) || (S_ISREG(st.st_mode) && st.st_nlink > 1));
}

struct listener {
	void (*on_change)(void *context, const struct watch_event *event);
	void *context;
};

static void
tell(struct watch *w, const struct folder *folder,
    const struct inotify_event *event, const struct listener *listener)
{
	struct watch_event change = {
	    .root = folder->root,
	    .is_folder = (event->mask & IN_ISDIR) != 0,
	    .is_gone = (event->mask & events_gone) != 0,
	    .is_access = (event->mask & IN_ATTRIB) != 0,
	};
	struct buf path;
	const char *name;

	buf_init(&path, PATH_MAX);
	if (folder->path.n > 0)
		buf_addf(&path, "%" STR_FMT "/", STR_ARG(folder->path));
	buf_add(&path, str_from_c(event->name));
	name = buf_c(&path);
	change.path = buf_str(&path);
	if (change.is_folder && change.is_gone)
		forget_beneath(w, change.root, change.path);
	if (name != NULL && !path.full &&
	    ((event->mask & ~(unsigned)(IN_CREATE | IN_ISDIR)) != 0 ||
		change.is_folder || is_link(root_fd_get(w, change.root), name)))
		listener->on_change(listener->context, &change);
	buf_fini(&path);
}

/* True when the system says that it dropped events. */
static bool
event_take(struct watch *w, const struct inotify_event *event,
    const struct listener *listener)
{
	struct folder *folder;

	if ((event->mask & IN_Q_OVERFLOW) != 0)
		return true;
	folder = map_find(&w->by_number,
	    str_from((const char *)&event->wd, sizeof(event->wd)));
	if (folder == NULL)
		return false;
	if ((event->mask & IN_IGNORED) != 0)
		folder_forget(w, folder);
	else if (event->len > 0)
		tell(w, folder, event, listener);
	return false;
}

bool
watch_read(struct watch *w,
    void (*on_change)(void *context, const struct watch_event *event),
    void *context)
{
	struct listener listener = {on_change, context};
	const struct inotify_event *event;
	bool overflowed = false;
	ssize_t n;

	for (int reads = 0; reads < reads_max; reads++) {
		n = read(w->fd, w->bytes, read_size);
		if (n <= 0)
			break;
		for (ssize_t at = 0; at < n;
		     at += (ssize_t)(sizeof(*event) + event->len)) {
			event = (const void *)(w->bytes + at);
			if (event_take(w, event, &listener))
				overflowed = true;
		}
	}
	return overflowed;
}
