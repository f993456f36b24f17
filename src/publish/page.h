#ifndef PUBLISH_PAGE_H
#define PUBLISH_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/str.h"
#include "catalogue/writer.h"
#include "publish/name.h"

/* A tag, category, author or series as a page names it. path is the part of
 * its URL that tells it from others (fold_term_path()). */
struct page_term {
	struct str name;
	struct str path;
};

struct page_terms {
	struct page_term *items;
	size_t n;
};

/* Marks of the addresses that a page's links lead to (links_mark()), each
 * once. */
struct page_leads {
	uint64_t *marks; /* NULL: none */
	size_t n;
};

enum {
	page_words_max = 12,
	page_related_max = 6,
	page_backlinks_max = 20,
};

/*
 * What is known of a page but for its text: all that indexes, feeds and other
 * pages show. One block of memory, which page_pack() makes.
 */
struct page {
	struct str source; /* the path of its file beneath the root */
	struct str url; /* its path, a key of the catalogue */
	struct str folder; /* the path of the folder that it is in */
	struct str title;
	struct str summary;
	struct str lang; /* BCP 47, with commas between several; or empty */
	struct str image; /* a reference, or empty */
	struct str image_alt;
	bool image_is_beside; /* named as seen from the page's folder */
	struct str id; /* as given; empty: made from host, date and path */
	struct str template; /* a name with its ending, or empty */
	unsigned template_line; /* where that stands in source; 0: elsewhere */
	unsigned template_column;
	bool is_layout; /* template is another program's: it may be unknown */
	struct str redirect; /* a reference, or empty */
	struct str translation; /* a key that its translations share */
	struct str access; /* as in struct catalogue_entry */
	struct page_terms tags;
	struct page_terms categories;
	struct page_terms authors;
	struct page_terms contacts; /* one for each author, or none at all:
				       name is their email, path the reference
				       of a page about them; either may be
				       empty */
	struct page_terms series; /* at most one */
	struct page_terms aliases; /* path only: keys of the catalogue */
	struct page_terms names; /* name only: other ones, for wiki links */
	struct str targets; /* of its links within the capsule, each on a line
			       behind a digit, an enum markdown_target */

	bool has_date; /* an article, not a mere page */
	bool has_updated;
	bool has_weight;
	bool has_title_line; /* the title is the text's first heading */
	bool is_draft;
	bool is_index; /* it stands for its folder */
	bool is_bare; /* an index without any text */
	uint32_t asks; /* of an own index: the lists that its text asks for,
			  asked_find_all() */
	struct date date;
	struct date updated;
	int64_t publish; /* wall seconds; INT64_MIN: always */
	int64_t expire; /* wall seconds; INT64_MAX: never */
	int64_t weight;
	int64_t series_order; /* INT64_MAX: by date */
	size_t words; /* of its text */
	uint32_t marks[page_words_max]; /* hashes of words that tell its
					   subject, in order, no duplicates */
	size_t mark_count;
	struct fingerprint text; /* of all that its files say */
	struct fingerprint card; /* of what other pages show of it */
	struct fingerprint address; /* of where it is and what it is called */

	/* Where its links lead: links_print(), and for what state of the
	 * capsule that was found. */
	struct fingerprint links, links_at;
	struct page_leads leads;
	uint64_t link_bits; /* of its targets: publish/link_bits.h */

	/* What the graph says, anew for each publish. */
	size_t rank; /* among the public articles, from the newest; or
			SIZE_MAX */
	const struct page *related[page_related_max];
	size_t related_count;
	const struct page *series_previous, *series_next;
	size_t series_position, series_count; /* from 1; 0: in none */
	const struct page *newer, *older; /* in time, of those in its language
					   */
	const struct page *const *family; /* it and its translations, by
					     language */
	size_t family_count;
	const struct page **backlinks; /* the pages that link to it */
	size_t backlink_count;
};

/* A copy of draft with all its texts and lists in one block of its own. The
 * caller gives it back with page_free(). */
struct page *page_pack(const struct page *draft);
void page_free(struct page **page);

/* Minutes that it takes to read, at least 1. */
size_t page_minutes(const struct page *page);

/* Whether the page is for readers at the moment now; drafts says that drafts
 * are shown. A page with an access rule is, to those that it lets in. */
bool page_is_public(const struct page *page, int64_t now, bool drafts);

/* Whether it appears in lists, feeds and beside other pages: public, an open
 * page, no redirect. */
bool page_is_listed(const struct page *page, int64_t now, bool drafts);

/* Whether it is an author's own index page, which is served as it was written:
 * no header, no footer, its title where it is. capsule.md, Gemtext out. */
bool page_is_own_index(const struct page *page);

/* Whether it is an own index page that leaves a list to the program: it asks
 * for one, or has no text of its own. */
bool page_is_asking(const struct page *page);

#endif
