#ifndef OS_WATCH_H
#define OS_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/*
 * Notices what changes in the folders of one or more trees. A file counts when
 * its writer closed it or renamed it into place, never while it is written;
 * links to it count when they appear. Folders are watched one by one, as the
 * caller names them; symbolic links to folders are not followed. Adding a
 * folder changes the working folder of the process.
 */
struct watch;

struct watch_event {
	size_t root; /* which tree */
	struct str path; /* relative to its root; "" is the root itself */
	bool is_folder;
	bool is_gone; /* removed, or renamed to elsewhere */
	bool is_access; /* not written: its mode, owner or times are others */
};

enum watch_result {
	WATCH_ADDED,
	WATCH_KNOWN, /* was watched already */
	WATCH_ABSENT, /* no folder there, or none that may be read */
	WATCH_FULL, /* the system has no watches left */
};

/* A watch over nothing. NULL with errno when the system has none to give. */
struct watch *watch_new(void);
void watch_free(struct watch **watch);

/* The descriptor that is readable when something changed. */
int watch_fd(const struct watch *watch);

/* Know one more tree by a descriptor of its root, which is borrowed. Returns
 * its number, from 0. */
size_t watch_add_root(struct watch *watch, int root_fd);

/* Watch one folder, relative to its root; not those in it. */
enum watch_result watch_add(
    struct watch *watch, size_t root, struct str folder);

/* The number of folders that are watched. */
size_t watch_count(const struct watch *watch);

/* Tell what changed since the last call, never waiting; when much did, the
 * descriptor stays readable for the rest. A new folder is told
 * and not watched yet. True when some were lost, so that everything must be
 * looked at again. */
bool watch_read(struct watch *watch,
    void (*on_change)(void *context, const struct watch_event *event),
    void *context);

#endif
