#ifndef CATALOGUE_WRITER_H
#define CATALOGUE_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/str.h"
#include "catalogue/reader.h"

/*
 * The writing half of a catalogue. Everything between writer_begin() and
 * writer_commit() is seen by readers at once or, when anything fails or the
 * process ends, never. The first failure is kept: later calls do nothing, and
 * writer_commit() tells. Reading back works inside and outside of it.
 */
struct writer;

/* 128 bits that stand for all bytes that something was made from. */
struct fingerprint {
	uint64_t high;
	uint64_t low;
};

/* WRITER_LIVE: beside readers (WAL). WRITER_BUILT: a file of its own, to be
 * shipped; it has no other file beside it once it is closed. WRITER_MEMORY: for
 * a look only, path is not used. */
enum writer_mode { WRITER_LIVE, WRITER_BUILT, WRITER_MEMORY };

/* Open the catalogue at path, or make it; a file of another schema is emptied.
 * NULL with an error in diags. The caller closes it. */
struct writer *writer_open(
    const char *path, enum writer_mode mode, struct diags *diags);

/* Close; what was not committed is lost. A built file is packed first; -1 with
 * an error in diags, which may be NULL, when that fails. */
int writer_close(struct writer **writer, struct diags *diags);

/* Begin, end, or take back a transaction. -1 with an error in diags; after a
 * failed commit nothing has changed. */
int writer_begin(struct writer *writer, struct diags *diags);
int writer_commit(struct writer *writer, struct diags *diags);
void writer_rollback(struct writer *writer);

/* An entry without its id, as in struct catalogue_entry. */
struct writer_entry {
	struct str path;
	enum entry_kind kind;
	int status;
	struct str meta;
	struct str body;
	struct str file;
	int64_t size;
	struct str access;
	struct fingerprint fingerprint;
};

/* Put an entry at its path in place of what was there, or take it away. The
 * id of an entry that stays is kept; returned by the first, 0 when it fails. */
int64_t writer_put_entry(
    struct writer *writer, const struct writer_entry *entry);
void writer_remove_entry(struct writer *writer, struct str path);

/* Tell each entry that is there in the order of the paths: without body, and
 * views that are void when tell returns. -1 when reading fails. */
int writer_each_entry(struct writer *writer,
    void (*tell)(void *context, const struct writer_entry *entry),
    void *context);

/* The same for the built catalogue at path, which is only read; nothing is
 * told of a file that is none. */
void writer_each_built_entry(const char *path,
    void (*tell)(void *context, const struct writer_entry *entry),
    void *context);

/* Put chunk number of the asset id (reader_read_chunk()). */
void writer_put_chunk(
    struct writer *writer, int64_t id, int64_t number, struct str bytes);

/* One of an article's terms: kind is "tag", "category" or "author"; name as it
 * is shown, key as it is compared. */
struct writer_term {
	struct str kind;
	struct str name;
	struct str key;
};

/* What the table of articles says. Dates are RFC 3339 or empty. */
struct writer_article {
	struct str path;
	struct str title;
	struct str date;
	struct str updated;
	struct str summary;
	struct str language;
	struct str series;
	int64_t words;
	struct str source;
	struct fingerprint fingerprint;
	const struct writer_term *terms;
	size_t term_count;
};

void writer_put_article(
    struct writer *writer, const struct writer_article *article);
void writer_remove_article(struct writer *writer, struct str path);

/* Tell the path and the fingerprint of each article that is there. */
int writer_each_article(struct writer *writer,
    void (*tell)(void *context, struct str path, struct fingerprint print),
    void *context);

/* Keep text as the last good state of the source at path. */
void writer_put_source(struct writer *writer, struct str path,
    struct file_stamp stamp, struct str text);
void writer_remove_source(struct writer *writer, struct str path);

/* Add the kept text of the source at path to out, and tell its stamp, which
 * may be NULL. READER_FAILED also when it does not fit in out. */
enum reader_result writer_find_source(struct writer *writer, struct str path,
    struct file_stamp *stamp, struct buf *out);

/* Forget the text of all sources. */
void writer_drop_sources(struct writer *writer);

/* Tell the path of each kept source. */
int writer_each_source(struct writer *writer,
    void (*tell)(void *context, struct str path), void *context);

/* Facts by key; an absent one adds nothing. */
void writer_put_meta(struct writer *writer, struct str key, struct str value);
enum reader_result writer_find_meta(
    struct writer *writer, struct str key, struct buf *out);

#endif
