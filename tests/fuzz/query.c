/*
 * serve/query and catalogue/search: whatever a person writes becomes terms
 * within their bounds, and an expression that SQLite takes.
 */
#include "fuzz.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/utf8.h"
#include "catalogue/search.h"
#include "catalogue/search_index.h"
#include "serve/query.h"
#include "text/fold.h"

enum { in_max = 1024, path_max = 256, excerpt_words = 8, time_ms = 60 * 1000 };

/* A catalogue with one page, whose file has no name any more. */
static struct reader *
open_catalogue(void)
{
	char path[path_max];
	const char *folder = getenv("TMPDIR");
	struct search_index *index;
	struct reader *reader;
	struct writer *writer;
	struct diags diags;
	int fd;

	diags_init(&diags);
	snprintf(path, sizeof(path), "%s/query.XXXXXX",
	    folder == NULL ? "/tmp" : folder);
	fd = mkstemp(path);
	assert(fd >= 0);
	close(fd);
	writer = writer_open(path, WRITER_BUILT, &diags);
	assert(writer != NULL && writer_begin(writer, &diags) == 0);
	index = search_index_open(writer);
	assert(index != NULL);
	search_index_put(index,
	    &(struct search_text){.path = STR("/a"),
		.title = STR("a title"),
		.body = STR("some words and others")});
	search_index_close(&index);
	assert(writer_commit(writer, &diags) == 0);
	assert(writer_close(&writer, &diags) == 0);
	reader = reader_open(path, READER_BUILT, &diags);
	assert(reader != NULL);
	unlink(path);
	diags_fini(&diags);
	return reader;
}

static void
check_terms(const struct search_query *query)
{
	const struct search_term *term;

	assert(query->count <= search_terms_max);
	for (size_t i = 0; i < query->count; i++) {
		term = &query->terms[i];
		assert(term->field < SEARCH_FIELD_COUNT && term->text.n > 0);
		if (search_field_has_words(term->field))
			assert(fold_has_word(term->text));
		assert(utf8_is_valid(term->text));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct reader *reader;
	struct str in = {(const char *)data, size};
	struct search_query query;
	struct search_want want = {.query = &query,
	    .count = 1,
	    .excerpt_words = excerpt_words,
	    .time_ms = time_ms};
	struct search_found found = {.total = 0};
	struct arena arena = {0};

	if (size > in_max)
		return 0;
	if (reader == NULL)
		reader = open_catalogue();
	query_parse(&arena, in, &query);
	check_terms(&query);
	if (query_wants_something(&query)) {
		assert(search_run(reader, &want, &found) == SEARCH_DONE);
		search_found_fini(&found);
	}
	arena_fini(&arena);
	return 0;
}
