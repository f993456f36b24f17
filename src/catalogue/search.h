#ifndef CATALOGUE_SEARCH_H
#define CATALOGUE_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"
#include "catalogue/reader.h"
#include "catalogue/search_expression.h"

/* The fact of the catalogue that says whether all pages can be found. */
extern const struct str search_state_key;
extern const struct str search_state_complete;

enum {
	search_time_ms = 50, /* that looking may take: capsule.md, Indexes */
	search_best_max = 200, /* pages that are told of, however many fit */
};

struct search_want {
	const struct search_query *query; /* with a term that is not without */
	size_t first; /* of the best pages, which hits to tell, from 0 */
	size_t count;
	int excerpt_words; /* 1 to 64 */
	int64_t time_ms; /* search_time_ms, but in tests */
};

/* A page that was found. */
struct search_hit {
	struct str path;
	struct str date; /* the day, or empty */
	struct str label; /* its title */
	struct str excerpt; /* with line ends and fold_split in it */
};

/* What was found. A zeroed one is empty; search_found_fini() follows. */
struct search_found {
	struct arena arena;
	struct vec hits; /* struct search_hit */
	size_t total; /* pages that fit */
	bool is_wide; /* only longer words than the asked ones were found */
	bool is_complete; /* all that was published was looked at */
};

void search_found_fini(struct search_found *found);

enum search_outcome {
	SEARCH_DONE,
	SEARCH_SLOW, /* it took too long, and was given up */
	SEARCH_FAILED,
};

/* Find the pages that the query asks for: the best first, of equals the newest.
 * Pages that are not for all are never told of. Nothing is kept open, so that
 * the writer's log can be emptied. */
enum search_outcome search_run(struct reader *reader,
    const struct search_want *want, struct search_found *found);

#endif
