#ifndef CATALOGUE_SEARCH_INDEX_H
#define CATALOGUE_SEARCH_INDEX_H

#include <stdint.h>

#include "base/str.h"
#include "catalogue/writer.h"

/*
 * The writing half of search: what can be found in a catalogue. Calls belong
 * between writer_begin() and writer_commit(), which tells of failures.
 */
struct search_index;

/* Open the index of a writer, which is borrowed. NULL when a table is not as it
 * should be. The caller closes it before the writer. */
struct search_index *search_index_open(struct writer *writer);
void search_index_close(struct search_index **index);

/* A page as search looks at it: all but the first three as fold_searchable()
 * gives them. */
struct search_text {
	struct str path;
	struct str date; /* the day, as it is shown; or empty */
	struct str label; /* the title, as it is shown */
	int64_t moment; /* seconds since 1970; INT64_MIN: not dated */
	struct str title;
	struct str summary;
	struct str tags;
	struct str authors;
	struct str terms; /* search_add_term() of each */
	struct str body;
	struct fingerprint fingerprint; /* of all that it was made from */
};

/* Put a page into the index in place of what was there, or take it out. */
void search_index_put(
    struct search_index *index, const struct search_text *text);
void search_index_remove(struct search_index *index, struct str path);

/* Say whether all that was published can be found. */
void search_index_tell(struct search_index *index, bool is_complete);

/* Make the index as small and quick as it can be, which takes a while. */
void search_index_pack(struct search_index *index);

/* Tell each page that is in the index; the views are void when tell returns.
 * -1 when reading fails. */
int search_index_each(struct search_index *index,
    void (*tell)(void *context, struct str path, struct fingerprint print),
    void *context);

#endif
