/*
 * Writing a catalogue, for the publishing half. What a failure means is told
 * once, at the end of the transaction: the calls between need no checks.
 */
#include "catalogue/writer.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/mem.h"
#include "catalogue/schema.h"
#include "catalogue/sql.h"

enum {
	busy_ms = 5000,
	wal_keep_max = 16 * 1024 * 1024,
	cache_kib = 16 * 1024,
	pragma_max = 64,
};

enum statement {
	PUT_ENTRY,
	REMOVE_ENTRY,
	EACH_ENTRY,
	PUT_CHUNK,
	PUT_ARTICLE,
	REMOVE_ARTICLE,
	EACH_ARTICLE,
	PUT_TERM,
	REMOVE_TERMS,
	PUT_SOURCE,
	REMOVE_SOURCE,
	FIND_SOURCE,
	EACH_SOURCE,
	PUT_META,
	FIND_META,
	STATEMENT_COUNT,
};

static const char *const statement_texts[STATEMENT_COUNT] = {
    [PUT_ENTRY] =
	"INSERT INTO entry (path, kind, status, meta, file, size, access,"
	" fingerprint, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
	" ON CONFLICT (path) DO UPDATE SET kind = ?2, status = ?3, meta = ?4,"
	" file = ?5, size = ?6, access = ?7, fingerprint = ?8, body = ?9"
	" RETURNING id",
    [REMOVE_ENTRY] = "DELETE FROM entry WHERE path = ?1",
    [EACH_ENTRY] = "SELECT path, kind, status, meta, file, size, access,"
		   " fingerprint FROM entry ORDER BY path",
    [PUT_CHUNK] = "INSERT OR REPLACE INTO chunk (entry, number, bytes)"
		  " VALUES (?1, ?2, ?3)",
    [PUT_ARTICLE] =
	"INSERT OR REPLACE INTO article (path, title, date, updated, summary,"
	" language, series, words, source, fingerprint)"
	" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [REMOVE_ARTICLE] = "DELETE FROM article WHERE path = ?1",
    [EACH_ARTICLE] = "SELECT path, fingerprint FROM article ORDER BY path",
    [PUT_TERM] = "INSERT INTO term (path, kind, number, name, key)"
		 " VALUES (?1, ?2, ?3, ?4, ?5)",
    [REMOVE_TERMS] = "DELETE FROM term WHERE path = ?1",
    [PUT_SOURCE] =
	"INSERT INTO source (path, device, inode, size, mtime_ns, ctime_ns,"
	" text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
	" ON CONFLICT (path) DO UPDATE SET device = ?2, inode = ?3, size = ?4,"
	" mtime_ns = ?5, ctime_ns = ?6, text = ?7",
    [REMOVE_SOURCE] = "DELETE FROM source WHERE path = ?1",
    [FIND_SOURCE] = "SELECT device, inode, size, mtime_ns, ctime_ns, text"
		    " FROM source WHERE path = ?1",
    [EACH_SOURCE] = "SELECT path FROM source ORDER BY path",
    [PUT_META] = "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
    [FIND_META] = "SELECT value FROM meta WHERE key = ?1",
};

struct writer {
	sqlite3 *db;
	sqlite3_stmt *statements[STATEMENT_COUNT];
	char *path;
	enum writer_mode mode;
	bool failed; /* since the last begin */
	char *reason; /* of the failure */
};

/* Keep the first failure of a transaction. SQLite may have rolled back by
 * itself then, so that nothing more must be written. */
void
writer_fail(struct writer *w)
{
	if (w->failed)
		return;
	w->failed = true;
	mem_free(w->reason);
	w->reason = mem_dup(sqlite3_errmsg(w->db));
}

sqlite3 *
writer_db(struct writer *w)
{
	return w->db;
}

bool
writer_has_failed(const struct writer *w)
{
	return w->failed;
}

static void
writer_run(struct writer *w, enum statement which)
{
	if (sql_run(w->statements[which]) < 0)
		writer_fail(w);
}

static int
writer_set_up(struct writer *w)
{
	int persist = 1;

	sqlite3_busy_timeout(w->db, busy_ms);
	/* The triggers write into the table of search, which SQLite before 3.44
	 * allows in trusted schemas only. */
	if (sql_exec(w->db, "PRAGMA temp_store=MEMORY") < 0 ||
	    sql_exec(w->db, "PRAGMA trusted_schema=ON") < 0)
		return -1;
	if (w->mode != WRITER_LIVE)
		return sql_exec(w->db,
		    "PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF");
	if (sql_exec(w->db, "PRAGMA journal_mode=WAL") < 0 ||
	    sql_exec(w->db, "PRAGMA synchronous=NORMAL") < 0)
		return -1;
	sqlite3_file_control(w->db, "main", SQLITE_FCNTL_PERSIST_WAL, &persist);
	sqlite3_limit(w->db, SQLITE_LIMIT_WORKER_THREADS, 0);
	return 0;
}

static int
pragma_number(sqlite3 *db, const char *name, int64_t number)
{
	char text[pragma_max];

	sqlite3_snprintf(
	    sizeof(text), text, "PRAGMA %s=%lld", name, (long long)number);
	return sql_exec(db, text);
}

static int
writer_make_tables(struct writer *w)
{
	if (sql_pragma(w->db, "PRAGMA application_id") ==
		schema_application_id &&
	    sql_pragma(w->db, "PRAGMA user_version") == schema_version)
		return 0;
	if (sql_exec(w->db, "BEGIN IMMEDIATE") < 0 ||
	    sql_exec(w->db, schema_drop) < 0 ||
	    sql_exec(w->db, schema_create) < 0 ||
	    pragma_number(w->db, "application_id", schema_application_id) < 0 ||
	    pragma_number(w->db, "user_version", schema_version) < 0)
		return -1;
	return sql_exec(w->db, "COMMIT");
}

static int
writer_prepare(struct writer *w)
{
	for (int i = 0; i < STATEMENT_COUNT; i++) {
		w->statements[i] = sql_prepare(w->db, statement_texts[i]);
		if (w->statements[i] == NULL)
			return -1;
	}
	return 0;
}

struct writer *
writer_open(const char *path, enum writer_mode mode, struct diags *diags)
{
	int flags =
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
	struct writer *w = mem_alloc(sizeof(*w));

	w->path = mem_dup(path);
	w->mode = mode;
	if (mode == WRITER_MEMORY)
		path = ":memory:";
	if (sqlite3_open_v2(path, &w->db, flags, NULL) != SQLITE_OK ||
	    writer_set_up(w) < 0 || writer_make_tables(w) < 0 ||
	    pragma_number(w->db, "cache_size", -cache_kib) < 0 ||
	    pragma_number(w->db, "journal_size_limit", wal_keep_max) < 0 ||
	    writer_prepare(w) < 0) {
		sql_error(diags, path, sqlite3_errmsg(w->db));
		w->mode = WRITER_LIVE;
		writer_close(&w, NULL);
		return NULL;
	}
	return w;
}

/* Write a copy without gaps. Plain VACUUM would hold all of it in memory for a
 * moment, where temporary tables are. */
static int
writer_pack(struct writer *w, const char *copy)
{
	sqlite3_stmt *s = sql_prepare(w->db, "VACUUM INTO ?1");
	int result = -1;

	unlink(copy);
	if (s != NULL) {
		sql_bind_text(s, 1, str_from_c(copy));
		result = sql_run(s);
	}
	sqlite3_finalize(s);
	return result;
}

/* Put a copy without gaps in the place of the file of a build, which is open
 * still but written no more. */
static int
writer_complete(struct writer *w, struct diags *diags)
{
	struct arena arena = {0};
	const char *copy = arena_printf(&arena, "%s-packed", w->path).p;
	const char *reason = NULL;
	int result = 0;

	if (writer_pack(w, copy) < 0)
		reason = sqlite3_errmsg(w->db);
	else if (rename(copy, w->path) < 0)
		reason = strerror(errno);
	if (reason != NULL) {
		unlink(copy);
		result = -1;
		if (diags != NULL)
			sql_error(diags, w->path, reason);
	}
	arena_fini(&arena);
	return result;
}

int
writer_close(struct writer **writer, struct diags *diags)
{
	struct writer *w = *writer;
	int result = 0;

	if (w == NULL)
		return 0;
	for (int i = 0; i < STATEMENT_COUNT; i++)
		sqlite3_finalize(w->statements[i]);
	if (w->mode == WRITER_BUILT)
		result = writer_complete(w, diags);
	sqlite3_close(w->db);
	mem_free(w->reason);
	mem_free(w->path);
	mem_free(w);
	*writer = NULL;
	return result;
}

int
writer_begin(struct writer *w, struct diags *diags)
{
	w->failed = false;
	if (sql_exec(w->db, "BEGIN IMMEDIATE") == 0)
		return 0;
	sql_error(diags, w->path, sqlite3_errmsg(w->db));
	return -1;
}

void
writer_rollback(struct writer *w)
{
	if (!sqlite3_get_autocommit(w->db))
		sql_exec(w->db, "ROLLBACK");
}

int
writer_commit(struct writer *w, struct diags *diags)
{
	if (!w->failed && sql_exec(w->db, "COMMIT") < 0)
		writer_fail(w);
	if (!w->failed)
		return 0;
	sql_error(diags, w->path, w->reason);
	writer_rollback(w);
	return -1;
}

int64_t
writer_put_entry(struct writer *w, const struct writer_entry *entry)
{
	enum { PATH = 1, KIND, STATUS, META, FILE_, SIZE, ACCESS, PRINT, BODY };
	sqlite3_stmt *s = w->statements[PUT_ENTRY];
	int64_t id = 0;

	if (w->failed)
		return 0;
	sql_bind_text(s, PATH, entry->path);
	sql_bind_text(s, KIND, entry_kind_word(entry->kind));
	sqlite3_bind_int(s, STATUS, entry->status);
	sql_bind_text(s, META, entry->meta);
	sql_bind_optional(s, FILE_, entry->file);
	sqlite3_bind_int64(s, SIZE, entry->size);
	sql_bind_optional(s, ACCESS, entry->access);
	sql_bind_fingerprint(s, PRINT, &entry->fingerprint);
	sql_bind_blob(s, BODY, entry->body);
	if (sqlite3_step(s) == SQLITE_ROW)
		id = sqlite3_column_int64(s, 0);
	if (id == 0 || sqlite3_step(s) != SQLITE_DONE)
		writer_fail(w);
	sqlite3_reset(s);
	return id;
}

/* Run a statement on one path. */
static void
writer_run_path(struct writer *w, enum statement which, struct str path)
{
	if (w->failed)
		return;
	sql_bind_text(w->statements[which], 1, path);
	writer_run(w, which);
}

void
writer_remove_entry(struct writer *w, struct str path)
{
	writer_run_path(w, REMOVE_ENTRY, path);
}

/* Tell each row of EACH_ENTRY. */
static int
each_entry(sqlite3_stmt *s,
    void (*tell)(void *context, const struct writer_entry *entry),
    void *context)
{
	enum { PATH, KIND, STATUS, META, FILE_, SIZE, ACCESS, PRINT };
	struct writer_entry entry;
	int result;

	while ((result = sqlite3_step(s)) == SQLITE_ROW) {
		entry = (struct writer_entry){
		    .path = sql_column(s, PATH),
		    .status = sqlite3_column_int(s, STATUS),
		    .meta = sql_column(s, META),
		    .file = sql_column(s, FILE_),
		    .size = sqlite3_column_int64(s, SIZE),
		    .access = sql_column(s, ACCESS),
		    .fingerprint = sql_column_fingerprint(s, PRINT),
		};
		if (entry_kind_parse(sql_column(s, KIND), &entry.kind))
			tell(context, &entry);
	}
	sqlite3_reset(s);
	return result == SQLITE_DONE ? 0 : -1;
}

int
writer_each_entry(struct writer *w,
    void (*tell)(void *context, const struct writer_entry *entry),
    void *context)
{
	return each_entry(w->statements[EACH_ENTRY], tell, context);
}

void
writer_each_built_entry(const char *path,
    void (*tell)(void *context, const struct writer_entry *entry),
    void *context)
{
	sqlite3_stmt *statement = NULL;
	sqlite3 *db = NULL;

	if (sqlite3_open_v2(path, &db,
		SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX,
		NULL) == SQLITE_OK &&
	    sql_pragma(db, "PRAGMA application_id") == schema_application_id &&
	    sql_pragma(db, "PRAGMA user_version") == schema_version)
		statement = sql_prepare(db, statement_texts[EACH_ENTRY]);
	if (statement != NULL)
		each_entry(statement, tell, context);
	sqlite3_finalize(statement);
	sqlite3_close(db);
}

void
writer_put_chunk(struct writer *w, int64_t id, int64_t number, struct str bytes)
{
	enum { ENTRY_ID = 1, NUMBER, BYTES };
	sqlite3_stmt *s = w->statements[PUT_CHUNK];

	if (w->failed)
		return;
	sqlite3_bind_int64(s, ENTRY_ID, id);
	sqlite3_bind_int64(s, NUMBER, number);
	sql_bind_blob(s, BYTES, bytes);
	writer_run(w, PUT_CHUNK);
}

static void
writer_put_term(struct writer *w, struct str path, int64_t number,
    const struct writer_term *term)
{
	enum { PATH = 1, KIND, NUMBER, NAME, KEY };
	sqlite3_stmt *s = w->statements[PUT_TERM];

	if (w->failed)
		return;
	sql_bind_text(s, PATH, path);
	sql_bind_text(s, KIND, term->kind);
	sqlite3_bind_int64(s, NUMBER, number);
	sql_bind_text(s, NAME, term->name);
	sql_bind_text(s, KEY, term->key);
	writer_run(w, PUT_TERM);
}

void
writer_put_article(struct writer *w, const struct writer_article *a)
{
	enum {
		PATH = 1,
		TITLE,
		DATE,
		UPDATED,
		SUMMARY,
		LANGUAGE,
		SERIES,
		WORDS,
		SOURCE,
		PRINT
	};
	sqlite3_stmt *s = w->statements[PUT_ARTICLE];

	if (w->failed)
		return;
	sql_bind_text(s, PATH, a->path);
	sql_bind_text(s, TITLE, a->title);
	sql_bind_text(s, DATE, a->date);
	sql_bind_optional(s, UPDATED, a->updated);
	sql_bind_optional(s, SUMMARY, a->summary);
	sql_bind_optional(s, LANGUAGE, a->language);
	sql_bind_optional(s, SERIES, a->series);
	sqlite3_bind_int64(s, WORDS, a->words);
	sql_bind_text(s, SOURCE, a->source);
	sql_bind_fingerprint(s, PRINT, &a->fingerprint);
	writer_run(w, PUT_ARTICLE);
	writer_run_path(w, REMOVE_TERMS, a->path);
	for (size_t i = 0; i < a->term_count; i++)
		writer_put_term(w, a->path, (int64_t)i + 1, &a->terms[i]);
}

void
writer_remove_article(struct writer *w, struct str path)
{
	writer_run_path(w, REMOVE_ARTICLE, path);
	writer_run_path(w, REMOVE_TERMS, path);
}

int
writer_each_article(struct writer *w,
    void (*tell)(void *context, struct str path, struct fingerprint print),
    void *context)
{
	sqlite3_stmt *s = w->statements[EACH_ARTICLE];
	int result;

	while ((result = sqlite3_step(s)) == SQLITE_ROW)
		tell(context, sql_column(s, 0), sql_column_fingerprint(s, 1));
	sqlite3_reset(s);
	return result == SQLITE_DONE ? 0 : -1;
}

void
writer_put_source(
    struct writer *w, struct str path, struct file_stamp stamp, struct str text)
{
	enum { PATH = 1, DEVICE, INODE, SIZE, MTIME, CTIME, TEXT };
	sqlite3_stmt *s = w->statements[PUT_SOURCE];

	if (w->failed)
		return;
	sql_bind_text(s, PATH, path);
	sqlite3_bind_int64(s, DEVICE, (int64_t)stamp.device);
	sqlite3_bind_int64(s, INODE, (int64_t)stamp.inode);
	sqlite3_bind_int64(s, SIZE, stamp.size);
	sqlite3_bind_int64(s, MTIME, stamp.mtime_ns);
	sqlite3_bind_int64(s, CTIME, stamp.ctime_ns);
	sql_bind_blob(s, TEXT, text);
	writer_run(w, PUT_SOURCE);
}

void
writer_remove_source(struct writer *w, struct str path)
{
	writer_run_path(w, REMOVE_SOURCE, path);
}

/* What a lookup of one row says, with its column number added to out. The
 * statement stays at its row. */
static enum reader_result
writer_find(struct writer *w, enum statement which, int column, struct buf *out)
{
	sqlite3_stmt *s = w->statements[which];
	int result = sqlite3_step(s);

	if (result == SQLITE_DONE)
		return READER_ABSENT;
	if (result != SQLITE_ROW)
		return READER_FAILED;
	buf_add(out, sql_column(s, column));
	return out->full ? READER_FAILED : READER_FOUND;
}

enum reader_result
writer_find_source(struct writer *w, struct str path, struct file_stamp *stamp,
    struct buf *out)
{
	enum { DEVICE, INODE, SIZE, MTIME, CTIME, TEXT };
	sqlite3_stmt *s = w->statements[FIND_SOURCE];
	enum reader_result result;

	sql_bind_text(s, 1, path);
	result = writer_find(w, FIND_SOURCE, TEXT, out);
	if (result == READER_FOUND && stamp != NULL)
		*stamp = (struct file_stamp){
		    .device = (uint64_t)sqlite3_column_int64(s, DEVICE),
		    .inode = (uint64_t)sqlite3_column_int64(s, INODE),
		    .size = sqlite3_column_int64(s, SIZE),
		    .mtime_ns = sqlite3_column_int64(s, MTIME),
		    .ctime_ns = sqlite3_column_int64(s, CTIME),
		};
	sqlite3_reset(s);
	return result;
}

void
writer_drop_sources(struct writer *w)
{
	if (!w->failed && sql_exec(w->db, "DELETE FROM source") < 0)
		writer_fail(w);
}

int
writer_each_source(struct writer *w,
    void (*tell)(void *context, struct str path), void *context)
{
	sqlite3_stmt *s = w->statements[EACH_SOURCE];
	int result;

	while ((result = sqlite3_step(s)) == SQLITE_ROW)
		tell(context, sql_column(s, 0));
	sqlite3_reset(s);
	return result == SQLITE_DONE ? 0 : -1;
}

void
writer_put_meta(struct writer *w, struct str key, struct str value)
{
	sqlite3_stmt *s = w->statements[PUT_META];

	if (w->failed)
		return;
	sql_bind_text(s, 1, key);
	sql_bind_text(s, 2, value);
	writer_run(w, PUT_META);
}

enum reader_result
writer_find_meta(struct writer *w, struct str key, struct buf *out)
{
	sqlite3_stmt *s = w->statements[FIND_META];
	enum reader_result result;

	sql_bind_text(s, 1, key);
	result = writer_find(w, FIND_META, 0, out);
	sqlite3_reset(s);
	return result;
}
