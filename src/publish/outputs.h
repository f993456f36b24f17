#ifndef PUBLISH_OUTPUTS_H
#define PUBLISH_OUTPUTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/map.h"
#include "base/str.h"
#include "catalogue/writer.h"

/*
 * The entries of the catalogue as they are, and what the current publish makes
 * of them: who comes first has a path, what would look the same is not made
 * again, and what nobody claims becomes a tombstone.
 */
struct outputs {
	struct writer *writer; /* borrowed */
	struct map stored; /* path -> struct stored */
	struct map articles; /* path -> struct stored: the table of articles */
	uint32_t turn; /* counts publishes; an entry of this turn is claimed */
	size_t written;
	size_t pages; /* claimed in this turn, assets and the like left out */
};

struct stored {
	struct fingerprint print;
	enum entry_kind kind;
	int status;
	uint32_t turn;
	uint32_t first_turn; /* in which readers first had it; 0: before all */
	bool is_inherited; /* from the file that this one replaces */
	char path[];
};

/* Read what is stored. -1 when the catalogue cannot be read. */
int outputs_open(struct outputs *o, struct writer *writer);
void outputs_fini(struct outputs *o);

/* Take over the history of the built catalogue at path, if there is one: what
 * was public there and is not any more becomes a tombstone. */
void outputs_inherit(struct outputs *o, const char *path);

/* Begin a publish: nothing is claimed. */
void outputs_begin(struct outputs *o);

enum claim {
	CLAIM_TAKEN, /* another has the path */
	CLAIM_KEPT, /* what is stored still holds: nothing to do */
	CLAIM_WANTED, /* outputs_put() must follow */
};

/* Claim a path for what has this fingerprint. */
enum claim outputs_claim(struct outputs *o, struct str path,
    enum entry_kind kind, struct fingerprint print);

/* Write the entry of a path that was claimed. Its id, 0 on failure. */
int64_t outputs_put(struct outputs *o, const struct writer_entry *entry);

/* Say that what was claimed could not be made: what is stored stays, and is
 * tried again at the next publish. */
void outputs_fail(struct outputs *o, struct str path);

/* What was claimed at path in this turn, or NULL. */
const struct stored *outputs_find(const struct outputs *o, struct str path);

/* Whether readers have something at path since this turn, and had nothing
 * there before, nor will a tombstone have told of it. */
bool outputs_is_first(const struct outputs *o, struct str path);

/* End a publish: paths that were public and that nobody claimed answer 52, or
 * 51 where is_hidden says that they may come back. decisions.md, 6. */
void outputs_bury(struct outputs *o,
    bool (*is_hidden)(void *context, struct str path), void *context);

/* Claim the row of an article in the table of articles; when it is wanted,
 * outputs_put_article() must follow. At the end the rows that were not claimed
 * are taken away. */
enum claim outputs_claim_article(
    struct outputs *o, struct str path, struct fingerprint print);
void outputs_put_article(
    struct outputs *o, const struct writer_article *article);
void outputs_drop_articles(struct outputs *o);

#endif
