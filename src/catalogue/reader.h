#ifndef CATALOGUE_READER_H
#define CATALOGUE_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"

enum entry_kind {
#define ENTRY(name, word) ENTRY_##name,
#include "catalogue/entry.def"
#undef ENTRY
};

/*
 * What the catalogue has at a path: the reply's status and meta, and the body
 * or where it is. The views are void at the next call on the reader.
 */
struct catalogue_entry {
	int64_t id;
	enum entry_kind kind;
	int status;
	struct str meta;
	struct str body; /* the whole body, unless it is an asset */
	struct str file; /* of an asset: its path beneath the root; empty when
			    the body is in chunks of this catalogue */
	int64_t size; /* of an asset, as it was when it was published */
	struct str access; /* empty, "owners", or fingerprints of 64 upper-case
			      hex digits with spaces between */
};

/* How the file is opened: a live catalogue (WAL, being written), or a built
 * one (immutable, no file beside it). decisions.md, 1 and 3. */
enum reader_mode { READER_LIVE, READER_BUILT };

struct reader;

/* Open the catalogue at path and read from it once, so that every file that
 * belongs to it is open afterwards. NULL with an error in diags: missing, no
 * catalogue, or another schema. The caller closes it. */
struct reader *reader_open(
    const char *path, enum reader_mode mode, struct diags *diags);
void reader_close(struct reader **reader);

enum reader_result { READER_FOUND, READER_ABSENT, READER_FAILED };

/* Find the entry at key (decisions.md, 9). */
enum reader_result reader_find(
    struct reader *reader, struct str key, struct catalogue_entry *entry);

/* Find the page that key stands for though nothing is there: for /x, /x.md,
 * /x.html, /x/ that of /x.gmi or /x/, for /x/index.* that of /x/; likewise one
 * that has such a path as an alias. Its own path is added to target. Assets are
 * never meant. capsule.md, The folder; decisions.md, 7. */
enum reader_result reader_find_page(
    struct reader *reader, struct str key, struct buf *target);

/* Add the path of an article, each as likely as any other, to target.
 * READER_ABSENT when there is none. */
enum reader_result reader_find_random(
    struct reader *reader, struct buf *target);

/* What the table of articles says; dates are RFC 3339 or empty. The views are
 * void at the next call on the reader. */
struct catalogue_article {
	struct str title;
	struct str date;
	struct str updated;
	struct str summary;
};

/* Find the article at key. */
enum reader_result reader_find_article(
    struct reader *reader, struct str key, struct catalogue_article *article);

enum { catalogue_chunk_size = 256 * 1024 };

/* Add chunk number index (from 0) of the asset id to out: catalogue_chunk_size
 * bytes, fewer in the last. READER_ABSENT behind the last one. */
enum reader_result reader_read_chunk(
    struct reader *reader, int64_t id, int64_t index, struct buf *out);

/* Add the fact at key (writer_put_meta()) to out. READER_FAILED also when it
 * does not fit. */
enum reader_result reader_find_meta(
    struct reader *reader, struct str key, struct buf *out);

/* Whether path now names another file than the one that is open (a new one was
 * renamed over it). */
bool reader_is_replaced(const struct reader *reader);

#endif
