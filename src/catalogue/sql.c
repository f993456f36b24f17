/*
 * Small helpers around SQLite that the reader and the writer share.
 */
#include "catalogue/sql.h"

enum {
	fingerprint_size = 16,
	fingerprint_half = fingerprint_size / 2,
	byte_bits = 8,
	top_byte = 56,
};

static const struct str kind_words[] = {
#define ENTRY(name, word) [ENTRY_##name] = STR_INIT(word),
#include "catalogue/entry.def"
#undef ENTRY
};

sqlite3_stmt *
sql_prepare(sqlite3 *db, const char *text)
{
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v3(db, text, -1, SQLITE_PREPARE_PERSISTENT,
		&statement, NULL) != SQLITE_OK)
		return NULL;
	return statement;
}

/* An empty view may have no pointer, which SQLite would take for NULL. */
static const char *
bytes_of(struct str s)
{
	return s.n == 0 ? "" : s.p;
}

void
sql_bind_text(sqlite3_stmt *statement, int number, struct str s)
{
	sqlite3_bind_text64(
	    statement, number, bytes_of(s), s.n, SQLITE_STATIC, SQLITE_UTF8);
}

void
sql_bind_optional(sqlite3_stmt *statement, int number, struct str s)
{
	if (str_is_empty(s))
		sqlite3_bind_null(statement, number);
	else
		sql_bind_text(statement, number, s);
}

void
sql_bind_blob(sqlite3_stmt *statement, int number, struct str s)
{
	sqlite3_bind_blob64(statement, number, bytes_of(s), s.n, SQLITE_STATIC);
}

int
sql_run(sqlite3_stmt *statement)
{
	int result = sqlite3_step(statement);

	sqlite3_reset(statement);
	return result == SQLITE_DONE ? 0 : -1;
}

int
sql_exec(sqlite3 *db, const char *text)
{
	return sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK ? 0 : -1;
}

struct str
sql_column(sqlite3_stmt *statement, int number)
{
	const char *p = sqlite3_column_blob(statement, number);

	return str_from(p, (size_t)sqlite3_column_bytes(statement, number));
}

void
sql_bind_fingerprint(
    sqlite3_stmt *statement, int number, const struct fingerprint *print)
{
	unsigned char bytes[fingerprint_size];

	for (int i = 0; i < fingerprint_half; i++) {
		bytes[i] =
		    (unsigned char)(print->high >> (top_byte - i * byte_bits));
		bytes[fingerprint_half + i] =
		    (unsigned char)(print->low >> (top_byte - i * byte_bits));
	}
	sqlite3_bind_blob(
	    statement, number, bytes, sizeof(bytes), SQLITE_TRANSIENT);
}

struct fingerprint
sql_column_fingerprint(sqlite3_stmt *statement, int number)
{
	struct str bytes = sql_column(statement, number);
	struct fingerprint print = {0};

	for (int i = 0; bytes.n == fingerprint_size && i < fingerprint_half;
	     i++) {
		print.high =
		    print.high << byte_bits | (unsigned char)bytes.p[i];
		print.low = print.low << byte_bits |
		    (unsigned char)bytes.p[fingerprint_half + i];
	}
	return print;
}

int64_t
sql_pragma(sqlite3 *db, const char *text)
{
	sqlite3_stmt *statement = NULL;
	int64_t value = 0;

	if (sqlite3_prepare_v2(db, text, -1, &statement, NULL) == SQLITE_OK &&
	    sqlite3_step(statement) == SQLITE_ROW)
		value = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return value;
}

void
sql_error(struct diags *diags, const char *path, const char *reason)
{
	diags_error(diags, (struct diag_place){.file = str_from_c(path)},
	    "catalogue",
	    "see that the file and its folder can be written and the disk has "
	    "room",
	    "the catalogue fails: %s", reason);
}

bool
entry_kind_parse(struct str word, enum entry_kind *kind)
{
	for (size_t i = 0; i < sizeof(kind_words) / sizeof(*kind_words); i++) {
		if (!str_eq(word, kind_words[i]))
			continue;
		*kind = (enum entry_kind)i;
		return true;
	}
	return false;
}

struct str
entry_kind_word(enum entry_kind kind)
{
	return kind_words[kind];
}
