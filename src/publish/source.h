#ifndef PUBLISH_SOURCE_H
#define PUBLISH_SOURCE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"
#include "publish/asset.h"
#include "publish/defaults.h"
#include "publish/name.h"
#include "publish/page.h"

/* One file of the tree that is for something. */
struct source {
	struct str path; /* beneath the root; behind this struct */
	struct name name; /* borrows path */
	struct file_stamp stamp; /* of the file as it was last looked at */
	struct page *page; /* of a page: its last good state, or NULL */
	struct asset asset; /* what is known of one */
	struct defaults *defaults; /* of a _defaults.yaml: its last good
				      state, or NULL */
	bool is_dirty; /* its file is not what was last read */
	bool is_waiting; /* somebody was writing it when it was to be read */
	bool is_unreadable; /* as of the last time that it was to be read */
	bool is_held; /* its text is in the catalogue */
	struct fingerprint address; /* of what it was known by in the last
				       publish */
	uint64_t address_bits; /* of the same: publish/link_bits.h */
	uint32_t walk; /* the last walk that met it */
	uint64_t told[2]; /* what was last said of it: of the file itself, and
			     of its place among the others; 0: nothing */
};

enum source_topic { SOURCE_FILE, SOURCE_PLACE };

/* All of them, and the folders that they are in. */
struct sources {
	int root_fd; /* borrowed */
	struct str root; /* for messages; borrowed */
	struct map files; /* path -> struct source */
	struct map folders; /* path -> struct folder_mark; the root is "" */
	struct vec dirty; /* struct source *, each once */
	struct vec gone; /* char *: paths of files that are no more */
	struct fingerprint links_print; /* of all addresses, as of the last
					   publish */
	uint64_t gone_bits; /* of sources that went since then */
	bool config_changed; /* these three: since the caller cleared them */
	bool templates_changed;
	bool assets_changed;
	dev_t own_device; /* with the next: a file in the tree that is no */
	ino_t own_inode; /* source, as a build replaces it; 0: none */
	uint32_t walk;
	size_t defaults_count; /* how many files are for defaults */
};

void sources_init(struct sources *s, int root_fd, struct str root);
void sources_fini(struct sources *s);

/* Look at the whole tree, or at the file or folder at path; what is new or
 * changed becomes dirty, what is gone is forgotten. -1 with an error in diags
 * when the root cannot be read: nothing is forgotten then. */
int sources_look_at_all(struct sources *s, struct diags *diags);
int sources_look_at(struct sources *s, struct str path, struct diags *diags);

/* The file at path, or NULL. */
struct source *sources_find(const struct sources *s, struct str path);

/* The sidecar of a page or asset, or NULL. */
struct source *sources_find_sidecar(
    const struct sources *s, const struct source *source);

/* The defaults for the pages of a folder, from the nearest on, at most max.
 * They are borrowed until sources are read again. Their number. */
size_t sources_find_defaults(const struct sources *s, struct str folder,
    struct meta_defaults *out, size_t max);

/* Whether defaults that the pages of a folder have could never be read. */
bool sources_lack_defaults(const struct sources *s, struct str folder);

/* Mark the pages in a folder, and in those below it, as ones to be read again.
 * The top is "". */
void sources_mark_below(struct sources *s, struct str folder);

/* Whether there is a file or folder at path that could not be read. */
bool sources_is_unread(
    const struct sources *s, struct str path, bool is_folder);

/* Forget which files are gone. */
void sources_clear_gone(struct sources *s);

/* Mark a file as one to be read again. */
void sources_mark_dirty(struct sources *s, struct source *source);

/* Pass found on to diags, unless the same was said of the source on this topic
 * before. */
void source_tell(struct source *source, enum source_topic topic,
    const struct diags *found, struct diags *diags);

/* "root/path" for messages, in arena. */
struct str sources_display(
    const struct sources *s, struct arena *arena, struct str path);

#endif
