#ifndef PUBLISH_SITE_INDEX_H
#define PUBLISH_SITE_INDEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"
#include "base/vec.h"

struct site_parse;
struct yaml_node;

enum index_choice {
#define CHOICE(id, key) INDEX_##id,
#include "publish/site_index.def"
#undef CHOICE
	INDEX_CHOICE_COUNT,
};

enum index_sort { SORT_DATE, SORT_UPDATED, SORT_TITLE, SORT_WEIGHT };

enum index_group {
	GROUP_NONE,
	GROUP_YEAR,
	GROUP_MONTH,
	GROUP_TAG,
	GROUP_CATEGORY,
	GROUP_AUTHOR,
};

/* One thing that is asked for: a term's path as in struct page_term, a
 * folder's URL, a language tag; or a year. */
struct index_value {
	struct str text;
	int year;
};

/*
 * An index page that an author asks for. An article is on it when for each
 * choice that has values in `only` it has one of them, and none of those in
 * `never`. capsule.md, Indexes.
 */
struct site_index {
	struct diag_place place; /* of its path; the file is not set */
	struct str path; /* a key of the catalogue, with slashes at both ends */
	struct str title;
	struct str intro; /* gemtext of any number of lines */
	struct str template; /* a name with its ending */
	struct vec only[INDEX_CHOICE_COUNT]; /* struct index_value */
	struct vec never[INDEX_CHOICE_COUNT];
	enum index_sort sort;
	bool is_descending;
	enum index_group group;
	size_t limit; /* 0: there is none */
	bool has_feed;
};

enum { site_indexes_max = 500, site_index_limit_max = 1000 };

/* Read the list node into the site's indexes, once its authors and language
 * are known. An entry with an error is told and left out. */
void site_take_indexes(
    const struct site_parse *parse, const struct yaml_node *node);

void site_index_fini(struct site_index *index);

#endif
