#ifndef TESTS_UNIT_PUBLISH_FIXTURE_H
#define TESTS_UNIT_PUBLISH_FIXTURE_H

#include "base/buf.h"
#include "base/str.h"
#include "catalogue/reader.h"
#include "publish/publish.h"

enum { fixture_path_max = 512 };

/*
 * A capsule in a folder of its own, a publisher and a reader on it. A check
 * that the fixture itself needs ends the process when it fails.
 */
struct fixture {
	char folder[fixture_path_max]; /* has capsule/ and catalogue.db */
	int root_fd;
	int64_t now; /* of the next publish */
	bool drafts;
	bool owners; /* from the next restart on */
	struct publisher *publisher;
	struct publish_result result; /* of the last publish */
	struct buf messages; /* of the last publish, a line each */
	struct reader *reader;
	struct buf body; /* of the last lookup */
};

/* Make an empty capsule, with 2026-11-24 12:00 UTC as its present. */
void fixture_init(struct fixture *f);

/* Stop, and remove the folder. */
void fixture_fini(struct fixture *f);

/* Take the folder at path as the capsule, which is only read. */
void fixture_open(struct fixture *f, const char *path);

/* Take the capsule of another fixture, which is only read. */
void fixture_open_same(struct fixture *f, const struct fixture *other);

/* Put a file into the capsule as an editor does, by a rename, or take it away;
 * the next publish is told. */
void fixture_write(struct fixture *f, const char *path, const char *text);
void fixture_remove(struct fixture *f, const char *path);

/* Give a file another name, in place of what has that name. */
void fixture_rename(struct fixture *f, const char *path, const char *other);
bool fixture_file_is_there(const struct fixture *f, const char *path);

/* Publish what fixture_write() and fixture_remove() have told of. */
void fixture_publish(struct fixture *f);

/* Another publisher on the same catalogue, which has published nothing yet. */
void fixture_restart(struct fixture *f);

/* The status at a path, 0 for none; and its body, void at the next call. */
int fixture_status(struct fixture *f, const char *path);
struct str fixture_body(struct fixture *f, const char *path);
struct str fixture_meta(struct fixture *f, const char *path);

/* Whether the page at path has this text in it. */
bool fixture_has(struct fixture *f, const char *path, const char *text);

/* Add every entry, as a person would read it, in the order of the paths. */
void fixture_dump(struct fixture *f, struct buf *out);

/* The same without tombstones: what does not depend on what was before. */
void fixture_dump_kept(struct fixture *f, struct buf *out);

#endif
