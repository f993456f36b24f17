#ifndef CATALOGUE_SQL_H
#define CATALOGUE_SQL_H

#include <sqlite3.h>

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"
#include "catalogue/reader.h"

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

/* The kind of a word, and the word of a kind (entry.def). */
bool entry_kind_parse(struct str word, enum entry_kind *kind);
struct str entry_kind_word(enum entry_kind kind);

#endif
