/*
 * The tables of a catalogue. They are read by people too, with any SQLite
 * client, so they say things in words: a kind is "page", a date is RFC 3339.
 */
#include "catalogue/schema.h"

/* The bodies stand last in their rows, so that reading the other columns never
 * walks their overflow pages. */
const char schema_create[] =
    /* Facts about the whole: the options, the moment of the publish. */
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)"
    " WITHOUT ROWID;"
    /* What a request gets. */
    "CREATE TABLE entry (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE,"
    " kind TEXT NOT NULL, status INTEGER NOT NULL, meta TEXT NOT NULL,"
    " file TEXT, size INTEGER, access TEXT, fingerprint BLOB NOT NULL,"
    " body BLOB);"
    /* The bytes of an asset in a built catalogue. */
    "CREATE TABLE chunk (entry INTEGER NOT NULL, number INTEGER NOT NULL,"
    " bytes BLOB NOT NULL, PRIMARY KEY (entry, number)) WITHOUT ROWID;"
    /* The public articles, for people and for search. */
    "CREATE TABLE article (path TEXT PRIMARY KEY, title TEXT NOT NULL,"
    " date TEXT NOT NULL, updated TEXT, summary TEXT, language TEXT,"
    " series TEXT, words INTEGER, source TEXT NOT NULL,"
    " fingerprint BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX article_by_date ON article (date);"
    "CREATE TABLE term (path TEXT NOT NULL, kind TEXT NOT NULL,"
    " number INTEGER NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL,"
    " PRIMARY KEY (path, kind, number)) WITHOUT ROWID;"
    "CREATE INDEX term_by_key ON term (kind, key);"
    /* The last good text of each source of a page, and its file's state. */
    "CREATE TABLE source (path TEXT PRIMARY KEY, device INTEGER NOT NULL,"
    " inode INTEGER NOT NULL, size INTEGER NOT NULL,"
    " mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL,"
    " text BLOB NOT NULL);";

const char schema_drop[] = "DROP TABLE IF EXISTS meta;"
			   "DROP TABLE IF EXISTS entry;"
			   "DROP TABLE IF EXISTS chunk;"
			   "DROP TABLE IF EXISTS article;"
			   "DROP TABLE IF EXISTS term;"
			   "DROP TABLE IF EXISTS source;";
