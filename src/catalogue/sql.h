#ifndef CATALOGUE_SQL_H
#define CATALOGUE_SQL_H

#include <sqlite3.h>

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"
#include "catalogue/reader.h"
#include "catalogue/writer.h"

/* For the folder's own use: a little less to write around SQLite's calls. */

/* Prepare a statement that is kept for the life of db. NULL when it fails. */
sqlite3_stmt *sql_prepare(sqlite3 *db, const char *text);

/* Bind the views; SQLite borrows them until the statement is bound anew, so
 * they must live until it has run. The empty view is an empty value, not
 * NULL; sql_bind_optional() binds it as NULL. Parameters count from 1. */
void sql_bind_text(sqlite3_stmt *statement, int number, struct str s);
void sql_bind_optional(sqlite3_stmt *statement, int number, struct str s);
void sql_bind_blob(sqlite3_stmt *statement, int number, struct str s);

/* Run a statement that gives no rows, and make it ready for the next time. -1
 * when it fails. */
int sql_run(sqlite3_stmt *statement);

/* Run statements without parameters. -1 when one fails. */
int sql_exec(sqlite3 *db, const char *text);

/* The bytes of a column, counting from 0; void at the next step. */
struct str sql_column(sqlite3_stmt *statement, int number);

/* The number that a PRAGMA gives; 0 when it fails. */
int64_t sql_pragma(sqlite3 *db, const char *text);

/* Add an error on the file path with what SQLite gives as the reason. */
void sql_error(struct diags *diags, const char *path, const char *reason);

/* The connection of a writer, whether a call has failed since its transaction
 * began, and the note that one has. */
sqlite3 *writer_db(struct writer *writer);
bool writer_has_failed(const struct writer *writer);
void writer_fail(struct writer *writer);

/* A reader's way to search on its connection (catalogue/search.c). NULL when a
 * table is not as it should be. */
struct search *search_open(sqlite3 *db);
void search_close(struct search **search);
struct search *reader_search(struct reader *reader);

/* Bind a fingerprint as 16 bytes, the highest first, on every machine; and
 * what a column holds. A value of another size is the fingerprint of nothing.
 */
void sql_bind_fingerprint(
    sqlite3_stmt *statement, int number, const struct fingerprint *print);
struct fingerprint sql_column_fingerprint(sqlite3_stmt *statement, int number);

/* The kind of a word, and the word of a kind (entry.def). */
bool entry_kind_parse(struct str word, enum entry_kind *kind);
struct str entry_kind_word(enum entry_kind kind);

#endif
