/*
 * Searching a catalogue: first all pages that fit are ranked by their numbers
 * alone, then what is shown of the few best is read. Both are bounded in time.
 */
#include "catalogue/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "catalogue/sql.h"

const struct str search_state_key = STR_INIT("search");
const struct str search_state_complete = STR_INIT("complete");

enum {
	look_each_steps = 100, /* of SQLite's machine, between looks at time */
	expression_max = 64 * 1024,
	state_max = 64,
};

enum statement {
	RANK,
	RANK_BY_DATE,
	MOMENT,
	HIT,
	HIT_BRIEF,
	STATEMENT_COUNT,
};

/* How much a word weighs in the title, summary, tags, authors, terms and body.
 * A page that is not for all is left out when it is shown. */
#define WEIGHTS "bm25(search, 10.0, 2.0, 6.0, 3.0, 0.0, 1.0)"
#define HIT_COLUMNS "SELECT t.path, t.date, t.label, "
#define HIT_TABLES                                                     \
	" FROM search JOIN search_text t ON t.id = search.rowid"       \
	" JOIN entry e ON e.path = t.path WHERE search MATCH ?1"       \
	" AND search.rowid = ?2 AND e.kind = 'page' AND e.status = 20" \
	" AND e.access IS NULL"

static const char *const statement_texts[STATEMENT_COUNT] = {
    [RANK] = "SELECT rowid, " WEIGHTS " FROM search WHERE search MATCH ?1",
    [RANK_BY_DATE] =
	"SELECT search.rowid, t.moment FROM search JOIN search_text t"
	" ON t.id = search.rowid WHERE search MATCH ?1",
    [MOMENT] = "SELECT moment FROM search_text WHERE id = ?1",
    [HIT] =
	HIT_COLUMNS "snippet(search, 5, '', '', '\xe2\x80\xa6', ?3)" HIT_TABLES,
    [HIT_BRIEF] = HIT_COLUMNS "t.summary" HIT_TABLES,
};

/* A page that fits; the lesser one is the better. */
struct place {
	int64_t id;
	double score;
	int64_t moment;
};

struct search {
	sqlite3 *db;
	sqlite3_stmt *statements[STATEMENT_COUNT];
	struct buf expression; /* of what is being looked for */
	int64_t deadline_ms; /* monotonic */
	struct place best[search_best_max]; /* in order */
	size_t best_count;
	size_t total;
};

struct search *
search_open(sqlite3 *db)
{
	struct search *search = mem_alloc(sizeof(*search));

	search->db = db;
	buf_init(&search->expression, expression_max);
	for (int i = 0; i < STATEMENT_COUNT; i++) {
		search->statements[i] = sql_prepare(db, statement_texts[i]);
		if (search->statements[i] == NULL) {
			search_close(&search);
			return NULL;
		}
	}
	return search;
}

void
search_close(struct search **search)
{
	if (*search == NULL)
		return;
	for (int i = 0; i < STATEMENT_COUNT; i++)
		sqlite3_finalize((*search)->statements[i]);
	buf_fini(&(*search)->expression);
	mem_free(*search);
	*search = NULL;
}

static bool
is_over(const struct search *search)
{
	return clock_monotonic_ms() >= search->deadline_ms;
}

static int
on_progress(void *context)
{
	return is_over(context);
}

static bool
is_better(const struct place *a, const struct place *b)
{
	if (a->score < b->score || a->score > b->score)
		return a->score < b->score;
	if (a->moment != b->moment)
		return a->moment > b->moment;
	return a->id > b->id;
}

static int
compare_place(const void *a, const void *b)
{
	return is_better(a, b) ? -1 : is_better(b, a) ? 1 : 0;
}

/* Put a page among the best, if it is one of them. */
static void
consider(struct search *search, const struct place *place)
{
	size_t at = search->best_count;

	search->total++;
	while (at > 0 && is_better(place, &search->best[at - 1]))
		at--;
	if (at == search_best_max)
		return;
	if (search->best_count < search_best_max)
		search->best_count++;
	memmove(&search->best[at + 1], &search->best[at],
	    (search->best_count - at - 1) * sizeof(*place));
	search->best[at] = *place;
}

/* Whether there are words to rank by, or only tags and the like, which all
 * pages have in the same way. */
static bool
has_words(const struct search_query *query)
{
	for (size_t i = 0; i < query->count; i++)
		if (!query->terms[i].is_without &&
		    search_field_has_words(query->terms[i].field))
			return true;
	return false;
}

/* Of pages with the same rank the newest is the better one. */
static void
order_equals(struct search *search)
{
	sqlite3_stmt *s = search->statements[MOMENT];

	for (size_t i = 0; i < search->best_count; i++) {
		sqlite3_bind_int64(s, 1, search->best[i].id);
		if (sqlite3_step(s) == SQLITE_ROW)
			search->best[i].moment = sqlite3_column_int64(s, 0);
		sqlite3_reset(s);
	}
	qsort(search->best, search->best_count, sizeof(*search->best),
	    compare_place);
}

/* Rank all pages that fit. */
static enum search_outcome
rank(struct search *search, bool by_words)
{
	sqlite3_stmt *s = search->statements[by_words ? RANK : RANK_BY_DATE];
	struct place place = {0};
	int result;

	search->best_count = search->total = 0;
	sql_bind_text(s, 1, buf_str(&search->expression));
	while ((result = sqlite3_step(s)) == SQLITE_ROW && !is_over(search)) {
		place.id = sqlite3_column_int64(s, 0);
		if (by_words)
			place.score = sqlite3_column_double(s, 1);
		else
			place.moment = sqlite3_column_int64(s, 1);
		consider(search, &place);
	}
	sqlite3_reset(s);
	if (result == SQLITE_ROW || result == SQLITE_INTERRUPT ||
	    is_over(search))
		return SEARCH_SLOW;
	if (result != SQLITE_DONE)
		return SEARCH_FAILED;
	if (by_words)
		order_equals(search);
	return SEARCH_DONE;
}

static bool
may_widen(const struct search_query *query)
{
	for (size_t i = 0; i < query->count; i++)
		if (query->terms[i].may_widen && !query->terms[i].is_without)
			return true;
	return false;
}

/* Rank what fits exactly, or else what fits in a wider sense. */
static enum search_outcome
rank_query(
    struct search *search, const struct search_query *query, bool *is_wide)
{
	bool by_words = has_words(query);
	enum search_outcome outcome;

	*is_wide = false;
	buf_clear(&search->expression);
	search_add_expression(&search->expression, query, false);
	outcome = rank(search, by_words);
	if (outcome != SEARCH_DONE || search->total > 0 || !may_widen(query))
		return outcome;
	*is_wide = true;
	buf_clear(&search->expression);
	search_add_expression(&search->expression, query, true);
	return rank(search, by_words);
}

/* Read what is shown of one page; without its excerpt when time is up. */
static void
read_hit(struct search *search, int64_t id, int excerpt_words,
    struct search_found *found)
{
	enum { PATH, DATE, LABEL, EXCERPT };
	enum { ID_PARAMETER = 2, WORDS_PARAMETER };
	enum statement which = is_over(search) ? HIT_BRIEF : HIT;
	sqlite3_stmt *s = search->statements[which];

	sql_bind_text(s, 1, buf_str(&search->expression));
	sqlite3_bind_int64(s, ID_PARAMETER, id);
	if (which == HIT)
		sqlite3_bind_int(s, WORDS_PARAMETER, excerpt_words);
	if (sqlite3_step(s) == SQLITE_ROW)
		*(struct search_hit *)vec_add(
		    &found->hits) = (struct search_hit){
		    .path = arena_str(&found->arena, sql_column(s, PATH)),
		    .date = arena_str(&found->arena, sql_column(s, DATE)),
		    .label = arena_str(&found->arena, sql_column(s, LABEL)),
		    .excerpt = arena_str(&found->arena, sql_column(s, EXCERPT)),
		};
	sqlite3_reset(s);
}

static bool
is_complete(struct reader *reader)
{
	struct buf state;
	bool complete;

	buf_init(&state, state_max);
	complete = reader_find_meta(reader, search_state_key, &state) ==
		READER_FOUND &&
	    str_eq(buf_str(&state), search_state_complete);
	buf_fini(&state);
	return complete;
}

enum search_outcome
search_run(struct reader *reader, const struct search_want *want,
    struct search_found *found)
{
	struct search *search = reader_search(reader);
	enum search_outcome outcome;

	vec_init(&found->hits, sizeof(struct search_hit));
	found->is_complete = is_complete(reader);
	search->deadline_ms = clock_monotonic_ms() + want->time_ms;
	sqlite3_progress_handler(
	    search->db, look_each_steps, on_progress, search);
	outcome = rank_query(search, want->query, &found->is_wide);
	sqlite3_progress_handler(search->db, 0, NULL, NULL);
	if (outcome != SEARCH_DONE)
		return outcome;
	found->total = search->total;
	for (size_t i = want->first;
	     i < search->best_count && i < want->first + want->count; i++)
		read_hit(
		    search, search->best[i].id, want->excerpt_words, found);
	return SEARCH_DONE;
}

void
search_found_fini(struct search_found *found)
{
	vec_fini(&found->hits);
	arena_fini(&found->arena);
}
