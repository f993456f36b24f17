/*
 * Writing the tables that search reads. The full-text index itself follows by
 * the triggers of the schema.
 */
#include "catalogue/search_index.h"

#include "base/mem.h"
#include "catalogue/search.h"
#include "catalogue/sql.h"

enum statement {
	PUT,
	REMOVE,
	PACK,
	EACH,
	STATEMENT_COUNT,
};

static const char *const statement_texts[STATEMENT_COUNT] = {
    [PUT] =
	"INSERT INTO search_text (path, date, moment, label, fingerprint,"
	" title, summary, tags, authors, terms, body)"
	" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
	" ON CONFLICT (path) DO UPDATE SET date = ?2, moment = ?3,"
	" label = ?4, fingerprint = ?5, title = ?6, summary = ?7, tags = ?8,"
	" authors = ?9, terms = ?10, body = ?11",
    [REMOVE] = "DELETE FROM search_text WHERE path = ?1",
    [PACK] = "INSERT INTO search (search) VALUES ('optimize')",
    [EACH] = "SELECT path, fingerprint FROM search_text",
};

struct search_index {
	struct writer *writer;
	sqlite3_stmt *statements[STATEMENT_COUNT];
};

struct search_index *
search_index_open(struct writer *writer)
{
	struct search_index *index = mem_alloc(sizeof(*index));

	index->writer = writer;
	for (int i = 0; i < STATEMENT_COUNT; i++) {
		index->statements[i] =
		    sql_prepare(writer_db(writer), statement_texts[i]);
		if (index->statements[i] == NULL) {
			search_index_close(&index);
			return NULL;
		}
	}
	return index;
}

void
search_index_close(struct search_index **index)
{
	if (*index == NULL)
		return;
	for (int i = 0; i < STATEMENT_COUNT; i++)
		sqlite3_finalize((*index)->statements[i]);
	mem_free(*index);
	*index = NULL;
}

/* Run a statement whose values are bound. */
static void
run(struct search_index *index, enum statement which)
{
	if (sql_run(index->statements[which]) < 0)
		writer_fail(index->writer);
}

void
search_index_put(struct search_index *index, const struct search_text *text)
{
	enum { PATH = 1, DATE, MOMENT, LABEL, PRINT, FIRST };
	const struct str columns[] = {text->title, text->summary, text->tags,
	    text->authors, text->terms, text->body};
	sqlite3_stmt *s = index->statements[PUT];

	if (writer_has_failed(index->writer))
		return;
	sql_bind_text(s, PATH, text->path);
	sql_bind_text(s, DATE, text->date);
	sqlite3_bind_int64(s, MOMENT, text->moment);
	sql_bind_text(s, LABEL, text->label);
	sql_bind_fingerprint(s, PRINT, &text->fingerprint);
	for (int i = 0; i < (int)(sizeof(columns) / sizeof(*columns)); i++)
		sql_bind_text(s, FIRST + i, columns[i]);
	run(index, PUT);
}

void
search_index_remove(struct search_index *index, struct str path)
{
	if (writer_has_failed(index->writer))
		return;
	sql_bind_text(index->statements[REMOVE], 1, path);
	run(index, REMOVE);
}

void
search_index_tell(struct search_index *index, bool is_complete)
{
	writer_put_meta(index->writer, search_state_key,
	    is_complete ? search_state_complete : STR("building"));
}

void
search_index_pack(struct search_index *index)
{
	if (!writer_has_failed(index->writer))
		run(index, PACK);
}

int
search_index_each(struct search_index *index,
    void (*tell)(void *context, struct str path, struct fingerprint print),
    void *context)
{
	sqlite3_stmt *s = index->statements[EACH];
	int result;

	while ((result = sqlite3_step(s)) == SQLITE_ROW)
		tell(context, sql_column(s, 0), sql_column_fingerprint(s, 1));
	sqlite3_reset(s);
	return result == SQLITE_DONE ? 0 : -1;
}
