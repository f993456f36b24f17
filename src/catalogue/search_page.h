#ifndef CATALOGUE_SEARCH_PAGE_H
#define CATALOGUE_SEARCH_PAGE_H

#include "base/buf.h"
#include "base/str.h"

/*
 * What the publisher leaves for those who answer searches, as the body of the
 * entry of the search page: the words that they say, in the capsule's
 * language, and what stands before and behind the results.
 */
enum search_word {
#define SEARCH_WORD(name, key) SEARCH_WORD_##name,
#include "catalogue/search_word.def"
#undef SEARCH_WORD
	SEARCH_WORD_COUNT,
};

struct search_page {
	struct str words[SEARCH_WORD_COUNT]; /* without line ends */
	struct str before;
	struct str behind;
};

/* What a rendered frame has in place of the results. */
extern const struct str search_page_mark;

/* The key of a word among those of pages. */
struct str search_page_key(enum search_word word);

/* Add the body of an entry. frame has search_page_mark once; without it the
 * results follow at its end. */
void search_page_add(
    struct buf *out, const struct str words[], struct str frame);

/* Read the body of an entry, which page borrows. What is not there is empty. */
void search_page_parse(struct str body, struct search_page *page);

#endif
