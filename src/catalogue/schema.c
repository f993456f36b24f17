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
    " text BLOB NOT NULL);"
    /* What search finds: the words of each listed page without markup, as
     * fold_searchable() gives them; terms holds a word for each tag and the
     * like (search_add_term()), label is the title as it is shown, date the
     * day and moment the second since 1970. */
    "CREATE TABLE search_text (id INTEGER PRIMARY KEY,"
    " path TEXT NOT NULL UNIQUE, date TEXT NOT NULL, moment INTEGER NOT NULL,"
    " label TEXT NOT NULL, fingerprint BLOB NOT NULL, title TEXT NOT NULL,"
    " summary TEXT NOT NULL, tags TEXT NOT NULL, authors TEXT NOT NULL, terms "
    "TEXT NOT NULL,"
    " body TEXT NOT NULL);"
    "CREATE VIRTUAL TABLE search USING fts5(title, summary, tags, authors,"
    " terms, body, content='search_text', content_rowid='id', tokenize=\""
    "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'\");"
    "CREATE TRIGGER search_inserted AFTER INSERT ON search_text BEGIN"
    " INSERT INTO search (rowid, title, summary, tags, authors, terms, body)"
    " VALUES (new.id, new.title, new.summary, new.tags, new.authors,"
    " new.terms, new.body); END;"
    "CREATE TRIGGER search_deleted AFTER DELETE ON search_text BEGIN"
    " INSERT INTO search (search, rowid, title, summary, tags, authors, terms,"
    " body) VALUES ('delete', old.id, old.title, old.summary, old.tags,"
    " old.authors, old.terms, old.body); END;"
    "CREATE TRIGGER search_updated AFTER UPDATE ON search_text BEGIN"
    " INSERT INTO search (search, rowid, title, summary, tags, authors, terms,"
    " body) VALUES ('delete', old.id, old.title, old.summary, old.tags,"
    " old.authors, old.terms, old.body);"
    " INSERT INTO search (rowid, title, summary, tags, authors, terms, body)"
    " VALUES (new.id, new.title, new.summary, new.tags, new.authors,"
    " new.terms, new.body); END;";

const char schema_drop[] = "DROP TABLE IF EXISTS meta;"
			   "DROP TABLE IF EXISTS entry;"
			   "DROP TABLE IF EXISTS chunk;"
			   "DROP TABLE IF EXISTS article;"
			   "DROP TABLE IF EXISTS term;"
			   "DROP TABLE IF EXISTS source;"
			   "DROP TABLE IF EXISTS search;"
			   "DROP TABLE IF EXISTS search_text;";
