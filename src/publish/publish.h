#ifndef PUBLISH_PUBLISH_H
#define PUBLISH_PUBLISH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"

/*
 * The publisher: reads a folder of sources and keeps a catalogue in step with
 * it. It watches nothing and has no clock of its own: the caller says what may
 * have changed and what time it is. One publish is one transaction; the same
 * sources, options, moment and remembered history give the same bytes.
 *
 *	publisher_open -> mark_all -> publish -> mark ... -> publish -> close
 */
struct publisher;

struct publish_options {
	struct str root; /* the folder as the user wrote it, for messages */
	int root_fd; /* open on it; everything is read beneath it; borrowed */
	const char *catalogue; /* path of the SQLite file to write */
	struct str host; /* for absolute links when capsule.yaml has no url */
	struct str language; /* in place of the capsule's own, or empty */
	bool drafts; /* drafts are shown */
	bool owners; /* some readers are owners: drafts are under /drafts/ */
	bool built; /* for build: assets as chunks, no sources, one file */
	int64_t now; /* wall seconds at the start */
};

struct publish_result {
	bool changed; /* something in the catalogue is not as it was */
	size_t articles; /* that are public now */
	size_t pages; /* entries that are public now, assets left out */
	size_t entries_written; /* by this publish */
	bool announces; /* announcements_key has something to tell */
	size_t errors;
	size_t warnings;
	int64_t duration_ms;
};

/* Open the catalogue, or create it; one of another schema or of other options
 * is emptied by the first publish. Texts of o are copied. NULL with an error
 * in diags. The caller closes it. */
struct publisher *publisher_open(
    const struct publish_options *o, struct diags *diags);
void publisher_close(struct publisher **publisher);

/* Whether an earlier publish with the same schema and options is there, so
 * that readers can be served before the first publish of this run. */
bool publisher_can_serve(const struct publisher *publisher);

/* Say what may have changed: everything, or the file or folder at path,
 * relative to the root, which may also have appeared or gone. Cheap; the
 * next publish looks. */
void publisher_mark_all(struct publisher *publisher);
void publisher_mark(struct publisher *publisher, struct str path);

/* Whether the last publish found a file or folder at path that it could not
 * read, so that a change of its mode is worth a mark. */
bool publisher_is_unread(
    const struct publisher *publisher, struct str path, bool is_folder);

/* Read what was marked, and bring the catalogue up to date for the moment now
 * (wall seconds) in one transaction. An article that cannot be used is left
 * out, or stays as it last was, with an error in diags, once for each state of
 * its file. -1 when the catalogue could not be written: it is as before, the
 * reason is in diags, and the marks stay. result may be NULL. */
int publisher_publish(struct publisher *publisher, int64_t now,
    struct diags *diags, struct publish_result *result);

/* The wall second at which a scheduled article appears or one expires, after
 * the last publish; 0 when there is none. */
int64_t publisher_next_moment(const struct publisher *publisher);

/* Whether something that was published cannot be found by searching yet; and
 * the next bit of work on that, of some milliseconds, in a transaction of its
 * own. -1 with an error in diags when it failed and is to be tried later. */
bool publisher_must_index(const struct publisher *publisher);
int publisher_index(struct publisher *publisher, struct diags *diags);

/* Tell each folder beneath the root that is worth watching, the root itself as
 * "", parents first, as of the last publish. */
void publisher_each_folder(const struct publisher *publisher,
    void (*tell)(void *context, struct str path), void *context);

/* What an export has done. */
struct export_counts {
	size_t files; /* that are in the folder now */
	size_t written; /* of these, because they were not as they should be */
	size_t removed;
};

/* Where a build goes; each may be NULL, but not all. */
struct build_targets {
	const char *catalogue; /* a file */
	const char *gemtext; /* a folder for any host of gemtext files */
	const char *html; /* a folder for any web server */
};

struct build_result {
	struct publish_result publish;
	struct export_counts gemtext;
	struct export_counts html;
};

/* One publish of o's folder to the targets: into a file, written beside its
 * target, with the tombstones of the file that it replaces, synced and renamed
 * over it; and into folders, which are an export already, empty, or not there.
 * -1 with an error in diags and the file untouched, also when capsule.yaml has
 * errors, which concern every page. o->catalogue and o->built are not used.
 * decisions.md, 3, 4, 6. */
int publish_build(const struct publish_options *o,
    const struct build_targets *targets, struct diags *diags,
    struct build_result *result);

/* Open what the web mirror needs, while there are rights for it: the catalogue
 * once more, and the folder, which may be new; is_own tells whether it is empty
 * or a mirror. A descriptor for publisher_mirror_start(), -1 with an error in
 * diags. */
int publisher_mirror_open(struct publisher *publisher, const char *folder,
    bool *is_own, struct diags *diags);

/* Begin to bring the web mirror in folder, which fd may be open on, in step
 * with the last publish; one that is not done is begun anew. -1 with an error
 * in diags. The next publish ends it, and so does closing. */
int publisher_mirror_start(struct publisher *publisher, const char *folder,
    int fd, struct diags *diags);

/* Go on with it until the monotonic clock is at until_ms: 1 when there is more
 * to do, 0 when there is not, with what was done in counts, -1 with an error
 * in diags. */
int publisher_mirror_step(struct publisher *publisher, int64_t until_ms,
    struct diags *diags, struct export_counts *counts);

/* Everything that a publish says, and what readers would stumble over: dead
 * internal links, missing alt texts and labels. Nothing is written outside of
 * memory. -1 only when the folder cannot be read at all. */
int publish_check(const struct publish_options *o, struct diags *diags);

#endif
