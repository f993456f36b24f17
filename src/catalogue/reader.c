/*
 * Looking things up in a catalogue, for the serving half: one prepared SELECT
 * a request, whose row is copied so that no read transaction outlives the
 * call (an open one would keep the writer's log from ever being emptied).
 */
#include "catalogue/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "catalogue/schema.h"
#include "catalogue/search.h"
#include "catalogue/sql.h"

enum {
	mmap_max = 64 * 1024 * 1024,
	/* A body above this gives its memory back at the next call. */
	row_keep_max = 1024 * 1024,
	row_max = 1024 * 1024 * 1024,
	open_tries = 4,
	open_busy_ms = 5000, /* while another process mends the log */
	random_tries = 64,
};

enum statement {
	FIND,
	FIND_PAGE,
	ARTICLE_FACTS,
	READ_CHUNK,
	LAST_ID,
	FIND_ARTICLE,
	COUNT_ARTICLES,
	PICK_ARTICLE,
	FIND_META,
	STATEMENT_COUNT,
};

static const char *const statement_texts[STATEMENT_COUNT] = {
    [FIND] = "SELECT id, kind, status, size, meta, file, access, body"
	     " FROM entry WHERE path = ?1",
    /* A page that is a file comes before the folder of the same name, and
     * both before a path that leads to another page. */
    [FIND_PAGE] = "SELECT iif(kind = 'alias', meta, path) FROM entry"
		  " WHERE path IN (?1, ?2, ?3, ?4)"
		  " AND kind IN ('page', 'index', 'search', 'alias')"
		  " ORDER BY kind = 'alias', path = ?1 DESC,"
		  " path = ?2 DESC, path = ?3 DESC LIMIT 1",
    [ARTICLE_FACTS] = "SELECT title, date, updated, summary FROM article"
		      " WHERE path = ?1",
    [READ_CHUNK] = "SELECT bytes FROM chunk WHERE entry = ?1 AND number = ?2",
    [LAST_ID] = "SELECT max(id) FROM entry",
    [FIND_ARTICLE] = "SELECT path FROM entry WHERE id = ?1 AND status = 20"
		     " AND path IN (SELECT path FROM article)",
    [COUNT_ARTICLES] = "SELECT count(*) FROM article",
    [PICK_ARTICLE] = "SELECT path FROM article LIMIT 1 OFFSET ?1",
    [FIND_META] = "SELECT value FROM meta WHERE key = ?1",
};

struct reader {
	sqlite3 *db;
	sqlite3_stmt *statements[STATEMENT_COUNT];
	struct search *search;
	struct buf row; /* what the last entry's views borrow */
	int folder; /* the folder of the file, for reader_is_replaced() */
	char *path;
	const char *name; /* in path, behind the last slash */
	dev_t device;
	ino_t inode;
};

static void
reader_error(
    struct diags *diags, const char *path, const char *hint, const char *what)
{
	diags_error(diags, (struct diag_place){.file = str_from_c(path)},
	    "catalogue", hint, "%s", what);
}

/* Open a descriptor of the file's folder, so that the file can be looked at
 * again when paths no longer lead anywhere. */
static int
reader_open_folder(struct reader *reader)
{
	const char *slash = strrchr(reader->path, '/');
	char *folder;

	if (slash == NULL) {
		reader->name = reader->path;
		reader->folder = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
		return reader->folder;
	}
	reader->name = slash + 1;
	folder = str_to_c(
	    str_from(reader->path, (size_t)(slash - reader->path) + 1));
	reader->folder = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	mem_free(folder);
	return reader->folder;
}

/* The name by which SQLite opens a file that nobody changes: a URI, for its
 * parameter immutable. */
static char *
reader_uri(const char *path)
{
	struct buf uri;
	size_t size;

	buf_init(&uri, SIZE_MAX);
	buf_add(&uri, STR("file:"));
	for (const char *p = path; *p != '\0'; p++) {
		if (strchr("%?#", *p) != NULL)
			buf_addf(&uri, "%%%02X", (unsigned char)*p);
		else
			buf_add_char(&uri, *p);
	}
	buf_add(&uri, STR("?immutable=1"));
	buf_add_char(&uri, '\0');
	return buf_take(&uri, &size);
}

static int
reader_connect(struct reader *reader, enum reader_mode mode)
{
	int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
	char *uri;
	int result;

	if (mode == READER_LIVE) {
		result =
		    sqlite3_open_v2(reader->path, &reader->db, flags, NULL);
	} else {
		uri = reader_uri(reader->path);
		result = sqlite3_open_v2(
		    uri, &reader->db, flags | SQLITE_OPEN_URI, NULL);
		mem_free(uri);
	}
	return result == SQLITE_OK ? 0 : -1;
}

/* Connect to the file at path and remember which file that is: the one that
 * is there both before and behind the opening. */
static int
reader_connect_known(struct reader *reader, enum reader_mode mode)
{
	struct stat before, behind;

	for (int i = 0; i < open_tries; i++) {
		if (fstatat(reader->folder, reader->name, &before, 0) < 0)
			return -1;
		if (reader_connect(reader, mode) < 0)
			return -1;
		if (fstatat(reader->folder, reader->name, &behind, 0) < 0)
			return -1;
		reader->device = before.st_dev;
		reader->inode = before.st_ino;
		if (before.st_dev == behind.st_dev &&
		    before.st_ino == behind.st_ino)
			return 0;
		sqlite3_close(reader->db);
		reader->db = NULL;
	}
	errno = EAGAIN;
	return -1;
}

static int
reader_set_up(struct reader *reader, enum reader_mode mode)
{
	char pragma[sizeof("PRAGMA mmap_size=") + 20];
	uint32_t seed;

	sqlite3_busy_timeout(reader->db, open_busy_ms);
	sqlite3_snprintf(sizeof(pragma), pragma, "PRAGMA mmap_size=%d",
	    mode == READER_LIVE ? mmap_max : 0);
	if (sql_exec(reader->db, pragma) < 0 ||
	    sql_exec(reader->db, "PRAGMA temp_store=MEMORY") < 0 ||
	    sql_exec(reader->db, "PRAGMA trusted_schema=OFF") < 0 ||
	    sql_exec(reader->db, "PRAGMA query_only=ON") < 0)
		return -1;
	/* SQLite's own random numbers come from a file: open it now. */
	sqlite3_randomness(sizeof(seed), &seed);
	return 0;
}

/* Whether the file is a catalogue that this program can read. The first look
 * at it also opens the files beside it. */
static bool
reader_is_readable(struct reader *reader, struct diags *diags)
{
	if (sql_exec(reader->db, "SELECT 1 FROM entry LIMIT 1") == 0 &&
	    sql_pragma(reader->db, "PRAGMA application_id") ==
		schema_application_id) {
		if (sql_pragma(reader->db, "PRAGMA user_version") ==
		    schema_version)
			return true;
		reader_error(diags, reader->path,
		    "build it anew with this version of capsuled",
		    "the catalogue was written by another version of capsuled");
		return false;
	}
	reader_error(diags, reader->path,
	    "give a file that `capsuled build` has written",
	    "this file is not a catalogue");
	return false;
}

static int
reader_prepare(struct reader *reader)
{
	for (int i = 0; i < STATEMENT_COUNT; i++) {
		reader->statements[i] =
		    sql_prepare(reader->db, statement_texts[i]);
		if (reader->statements[i] == NULL)
			return -1;
	}
	reader->search = search_open(reader->db);
	return reader->search == NULL ? -1 : 0;
}

struct reader *
reader_open(const char *path, enum reader_mode mode, struct diags *diags)
{
	struct reader *reader = mem_alloc(sizeof(*reader));

	reader->folder = -1;
	reader->path = mem_dup(path);
	buf_init(&reader->row, row_max);
	if (reader_open_folder(reader) < 0 ||
	    reader_connect_known(reader, mode) < 0) {
		reader_error(diags, path,
		    "see that the file is there and can be read",
		    reader->db != NULL ? sqlite3_errmsg(reader->db)
				       : strerror(errno));
		reader_close(&reader);
		return NULL;
	}
	if (reader_set_up(reader, mode) < 0 ||
	    !reader_is_readable(reader, diags)) {
		reader_close(&reader);
		return NULL;
	}
	if (reader_prepare(reader) < 0) {
		sql_error(diags, path, sqlite3_errmsg(reader->db));
		reader_close(&reader);
		return NULL;
	}
	/* From now on nobody waits: requests have no time for it. */
	sqlite3_busy_timeout(reader->db, 0);
	return reader;
}

void
reader_close(struct reader **reader)
{
	struct reader *r = *reader;

	if (r == NULL)
		return;
	for (int i = 0; i < STATEMENT_COUNT; i++)
		sqlite3_finalize(r->statements[i]);
	search_close(&r->search);
	sqlite3_close(r->db);
	if (r->folder >= 0)
		close(r->folder);
	buf_fini(&r->row);
	mem_free(r->path);
	mem_free(r);
	*reader = NULL;
}

/* What a step says, in the reader's own words. The statement is at its row
 * only when it was found. */
static enum reader_result
reader_step(sqlite3_stmt *statement)
{
	switch (sqlite3_step(statement)) {
	case SQLITE_ROW:
		return READER_FOUND;
	case SQLITE_DONE:
		return READER_ABSENT;
	default:
		return READER_FAILED;
	}
}

/* Copy the text columns from first on into the row's buffer, and set views to
 * them. False when they do not fit. */
static bool
reader_keep(struct reader *reader, sqlite3_stmt *statement, int first,
    struct str *const views[], size_t count)
{
	size_t start = 0;

	for (size_t i = 0; i < count; i++) {
		*views[i] = sql_column(statement, first + (int)i);
		buf_add(&reader->row, *views[i]);
	}
	for (size_t i = 0; i < count; i++) {
		views[i]->p = reader->row.n == 0 ? "" : reader->row.p + start;
		start += views[i]->n;
	}
	return !reader->row.full;
}

static void
reader_forget_row(struct reader *reader)
{
	if (reader->row.size > row_keep_max) {
		buf_fini(&reader->row);
		buf_init(&reader->row, row_max);
	}
	buf_clear(&reader->row);
}

static bool
reader_take_entry(struct reader *reader, sqlite3_stmt *statement,
    struct catalogue_entry *entry)
{
	enum { ID, KIND, STATUS, SIZE, META };
	struct str *const views[] = {
	    &entry->meta, &entry->file, &entry->access, &entry->body};

	*entry = (struct catalogue_entry){
	    .id = sqlite3_column_int64(statement, ID),
	    .status = sqlite3_column_int(statement, STATUS),
	    .size = sqlite3_column_int64(statement, SIZE),
	};
	return entry_kind_parse(sql_column(statement, KIND), &entry->kind) &&
	    reader_keep(
		reader, statement, META, views, sizeof(views) / sizeof(*views));
}

enum reader_result
reader_find(
    struct reader *reader, struct str key, struct catalogue_entry *entry)
{
	sqlite3_stmt *statement = reader->statements[FIND];
	enum reader_result result;

	reader_forget_row(reader);
	sql_bind_text(statement, 1, key);
	result = reader_step(statement);
	if (result == READER_FOUND &&
	    !reader_take_entry(reader, statement, entry))
		result = READER_FAILED;
	sqlite3_reset(statement);
	return result;
}

enum reader_result
reader_find_article(
    struct reader *reader, struct str key, struct catalogue_article *article)
{
	struct str *const views[] = {&article->title, &article->date,
	    &article->updated, &article->summary};
	sqlite3_stmt *statement = reader->statements[ARTICLE_FACTS];
	enum reader_result result;

	reader_forget_row(reader);
	sql_bind_text(statement, 1, key);
	result = reader_step(statement);
	if (result == READER_FOUND &&
	    !reader_keep(
		reader, statement, 0, views, sizeof(views) / sizeof(*views)))
		result = READER_FAILED;
	sqlite3_reset(statement);
	return result;
}

/* Cut one of the endings that a page's source or its copy on the web may have
 * off *path. */
static void
cut_ending(struct str *path)
{
	static const struct str endings[] = {STR_INIT(".gmi"),
	    STR_INIT(".gemini"), STR_INIT(".md"), STR_INIT(".markdown"),
	    STR_INIT(".html"), STR_INIT(".htm")};

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		if (!str_ends(*path, endings[i]))
			continue;
		path->n -= endings[i].n;
		return;
	}
}

/* What a page's path may add to the name that key has without an ending, the
 * likelier one first. */
static const struct str page_endings[] = {
    STR_INIT(".gmi"), STR_INIT("/"), STR_INIT(""), STR_INIT(".html")};

enum {
	candidate_count = sizeof(page_endings) / sizeof(*page_endings),
	candidate_ending_max = 5,
};

/* The name that key has without its ending; that of its folder, with a slash,
 * for an index. False when it has none. */
static bool
page_stem(struct str key, struct str *stem)
{
	static const struct str index = STR_INIT("/index");

	*stem = key;
	if (str_ends(key, STR("/")))
		*stem = str_first(key, key.n - 1);
	cut_ending(stem);
	if (str_ends(*stem, index)) {
		*stem = str_first(*stem, stem->n - index.n + 1);
		return true;
	}
	return !str_is_empty(*stem) && !str_ends(*stem, STR("/"));
}

/* Find the likeliest path that stem stands for. Text must stay until the
 * statement is reset. */
static enum reader_result
step_find_page(sqlite3_stmt *statement, struct str stem, struct buf *text)
{
	size_t start[candidate_count + 1];
	struct str all;

	for (int i = 0; i < candidate_count; i++) {
		start[i] = text->n;
		buf_add(text, stem);
		buf_add(text, page_endings[i]);
	}
	start[candidate_count] = text->n;
	all = buf_str(text);
	for (int i = 0; i < candidate_count; i++)
		sql_bind_text(statement, i + 1,
		    str_first(str_from_index(all, start[i]),
			start[i + 1] - start[i]));
	return reader_step(statement);
}

enum reader_result
reader_find_page(struct reader *reader, struct str key, struct buf *target)
{
	sqlite3_stmt *statement = reader->statements[FIND_PAGE];
	enum reader_result result;
	struct str stem;
	struct buf text;

	if (!page_stem(key, &stem))
		return READER_ABSENT;
	buf_init(&text, candidate_count * (stem.n + candidate_ending_max));
	if (str_ends(stem, STR("/"))) {
		for (int i = 0; i < candidate_count; i++)
			sql_bind_text(statement, i + 1, stem);
		result = reader_step(statement);
	} else {
		result = step_find_page(statement, stem, &text);
	}
	if (result == READER_FOUND && str_eq(sql_column(statement, 0), key))
		result = READER_ABSENT;
	if (result == READER_FOUND)
		buf_add(target, sql_column(statement, 0));
	sqlite3_reset(statement);
	buf_fini(&text);
	return result;
}

/* Run a statement for its one number. */
static enum reader_result
reader_number(struct reader *reader, enum statement which, int64_t *number)
{
	sqlite3_stmt *statement = reader->statements[which];
	enum reader_result result = reader_step(statement);

	*number = 0;
	if (result == READER_FOUND)
		*number = sqlite3_column_int64(statement, 0);
	sqlite3_reset(statement);
	return result;
}

/* Run a statement about a number and add the one text that it gives. */
static enum reader_result
reader_text(struct reader *reader, enum statement which, int64_t argument,
    struct buf *out)
{
	sqlite3_stmt *statement = reader->statements[which];
	enum reader_result result;

	sqlite3_bind_int64(statement, 1, argument);
	result = reader_step(statement);
	if (result == READER_FOUND)
		buf_add(out, sql_column(statement, 0));
	sqlite3_reset(statement);
	return result;
}

/* A number from 0 up to, not including, end. What the modulus favours is far
 * below what anybody could tell. */
static int64_t
random_below(int64_t end)
{
	uint64_t number;

	sqlite3_randomness(sizeof(number), &number);
	return (int64_t)(number % (uint64_t)end);
}

/* Entries are drawn until one is an article, which takes a few looks whatever
 * the size; where articles are rare among them, their table is walked. */
enum reader_result
reader_find_random(struct reader *reader, struct buf *target)
{
	enum reader_result result;
	int64_t last, count;

	result = reader_number(reader, LAST_ID, &last);
	if (result != READER_FOUND || last == 0)
		return result == READER_FAILED ? result : READER_ABSENT;
	for (int i = 0; i < random_tries; i++) {
		result = reader_text(
		    reader, FIND_ARTICLE, 1 + random_below(last), target);
		if (result != READER_ABSENT)
			return result;
	}
	result = reader_number(reader, COUNT_ARTICLES, &count);
	if (result != READER_FOUND || count == 0)
		return result == READER_FAILED ? result : READER_ABSENT;
	return reader_text(reader, PICK_ARTICLE, random_below(count), target);
}

enum reader_result
reader_read_chunk(
    struct reader *reader, int64_t id, int64_t index, struct buf *out)
{
	sqlite3_stmt *statement = reader->statements[READ_CHUNK];
	enum reader_result result;

	sqlite3_bind_int64(statement, 1, id);
	sqlite3_bind_int64(statement, 2, index);
	result = reader_step(statement);
	if (result == READER_FOUND)
		buf_add(out, sql_column(statement, 0));
	sqlite3_reset(statement);
	return result;
}

enum reader_result
reader_find_meta(struct reader *reader, struct str key, struct buf *out)
{
	sqlite3_stmt *statement = reader->statements[FIND_META];
	enum reader_result result;

	sql_bind_text(statement, 1, key);
	result = reader_step(statement);
	if (result == READER_FOUND)
		buf_add(out, sql_column(statement, 0));
	if (out->full)
		result = READER_FAILED;
	sqlite3_reset(statement);
	return result;
}

struct search *
reader_search(struct reader *reader)
{
	return reader->search;
}

bool
reader_is_replaced(const struct reader *reader)
{
	struct stat st;

	return fstatat(reader->folder, reader->name, &st, 0) == 0 &&
	    (st.st_dev != reader->device || st.st_ino != reader->inode);
}
