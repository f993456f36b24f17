/*
 * catalogue/search with serve/query before it: what people ask for finds what
 * they mean, in good order, and whatever they write breaks nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "catalogue/search.h"
#include "catalogue/search_index.h"
#include "catalogue/writer.h"
#include "serve/query.h"
#include "tap.h"
#include "text/fold.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum {
	path_max = 256,
	names_max = 64 * 1024,
	hits_max = 200,
	excerpt_words = 12,
	same_count = 50,
	many_terms = 500,
};

struct fixture {
	char path[path_max];
	struct writer *writer;
	struct search_index *index;
	struct reader *reader;
	struct arena arena;
	struct buf names; /* of what was found last, by path without "/" */
	struct search_found found;
};

/* A page: path, title, tags and authors on lines, body, day. */
struct doc {
	const char *path;
	const char *title;
	const char *tags;
	const char *authors;
	const char *body;
	int64_t moment;
};

static const struct doc docs[] = {
    {"/title", "Capsules", "", "", "Of something else.", 100},
    {"/body", "Other", "", "", "There are capsules in the text.", 100},
    {"/tagged", "Third", "Capsules\nWeb Design", "Jane Doe", "Text.", 100},
    {"/c", "Languages", "C", "Jan", "see", 1},
    {"/cpp", "Languages", "C++", "Jan", "see", 3},
    {"/csharp", "Languages", "C#", "Jan", "see", 2},
    {"/nested", "Deep", "lang/rust", "", "Nested words", 1},
    {"/phrase", "Order", "", "", "The quick brown fox jumps.", 1},
    {"/loose", "Order", "", "", "The fox was brown and quick.", 1},
    {"/cafe", "Caf\xc3\xa9", "", "", "R\xc3\xa9sum\xc3\xa9 na\xc3\xafve", 1},
    {"/street", "Wege", "", "",
	"Die Stra\xc3\x9f"
	"e und die Gasse",
	1},
    {"/street2", "Wege", "", "", "Die Strasse", 1},
    {"/ja", "\xe6\xa4\x9c\xe7\xb4\xa2", "", "",
	"\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe3\x81\xae"
	"\xe6\xa4\x9c\xe7\xb4\xa2\xe3\x80\x82Rust\xe5\x85\xa5\xe9\x96\x80",
	1},
    {"/ja2", "\xe6\x9c\xac", "", "",
	"\xe6\x9c\xac\xe6\x97\xa5\xe3\x81\xaf\xe6\x99\xb4\xe5\xa4\xa9", 1},
    {"/th", "x", "", "",
	"\xe0\xb8\xa0\xe0\xb8\xb2\xe0\xb8\xa9\xe0\xb8\xb2\xe0\xb9\x84\xe0"
	"\xb8\x97\xe0\xb8\xa2\xe0\xb8\x97\xe0\xb8\xb5\xe0\xb9\x88",
	1},
    {"/ko", "x", "", "",
	"\xec\x84\x9c\xeb\xb2\x84\xeb\x8a\x94 \xeb\xb9\xa0\xeb\xa5\xb4\xeb"
	"\x8b\xa4",
	1},
    {"/he", "x", "", "", "\xd7\xa9\xd6\xb8\xd7\x81\xd7\x9c\xd7\x95\xd7\x9d", 1},
    {"/hi", "x", "", "",
	"\xe0\xa4\xb9\xe0\xa4\xbf\xe0\xa4\xa8\xe0\xa5\x8d\xe0\xa4\xa6\xe0\xa5"
	"\x80",
	1},
    {"/ru", "x", "", "",
	"\xd1\x91\xd0\xbb\xd0\xba\xd0\xb0 \xd0\x9c\xd0\x98"
	"\xd0\xa0",
	1},
    {"/wide", "x", "", "", "\xef\xbc\xa7\xef\xbd\x85\xef\xbd\x8d", 1},
    {"/signs", "x", "", "", "don't foo_bar self-hosting AND OR NEAR(", 1},
};

static const struct {
	const char *text;
	const char *found; /* in order; sorted where it starts with a space */
} searches[] = {
    {"capsules", "title tagged body"},
    {"CAPSULES", "title tagged body"},
    {"capsules text", "tagged body"},
    {"capsules -text", "title"},
    {"-text capsules", "title"},
    {"\"quick brown\"", "phrase"},
    {"\xe2\x80\x9cquick brown\xe2\x80\x9d", "phrase"},
    {"quick brown fox", " loose phrase"},
    {"quick -\"brown fox\"", "loose"},
    {"\"quick brown", "phrase"},
    {"tag:capsules", "tagged"},
    {"TAG:Capsules", "tagged"},
    {"tag:#capsules", "tagged"},
    {"tag:web-design", "tagged"},
    {"tag:\"Web  design\"", "tagged"},
    {"tag:web", ""},
    {"tag:c", "c"},
    {"tag:c++", "cpp"},
    {"tag:C#", "csharp"},
    {"tag:lang", "nested"},
    {"tag:lang/rust", "nested"},
    {"tag:rust", ""},
    {"rust nested", "nested"},
    {"author:jane", "tagged"},
    {"author:\"jane doe\"", "tagged"},
    {"author:jan", "cpp csharp c"},
    {"author:jan -tag:c", "cpp csharp"},
    {"title:capsules", "title"},
    {"lang:en quick", " loose phrase"},
    {"lang:EN-gb quick", " loose phrase"},
    {"lang:de quick", ""},
    {"cafe", "cafe"},
    {"resume NA\xc3\x8fVE", "cafe"},
    {"strasse", " street street2"},
    {"STRA\xe1\xba\x9e"
     "E",
	" street street2"},
    {"stra\xc3\x9f"
     "e",
	" street street2"},
    {"\xe6\xa4\x9c\xe7\xb4\xa2", "ja"},
    {"\xe6\x97\xa5\xe6\x9c\xac", "ja"},
    {"\xe6\x97\xa5\xe6\x9c\xac \xe6\xa4\x9c\xe7\xb4\xa2", "ja"},
    {"\xe6\x97\xa5\xe6\x9c\xac\xe3\x80\x80\xe6\xa4\x9c\xe7\xb4\xa2", "ja"},
    {"\xe6\x9c\xac\xe6\x97\xa5", "ja2"},
    {"rust\xe5\x85\xa5\xe9\x96\x80", "ja"},
    {"\xef\xbd\x92\xef\xbd\x95\xef\xbd\x93\xef\xbd\x94\xe5\x85\xa5", "ja"},
    {"\xe6\x97\xa5 -\xe6\xa4\x9c", "ja2"},
    {"\xe0\xb9\x84\xe0\xb8\x97\xe0\xb8\xa2", "th"},
    {"\xe0\xb8\x97\xe0\xb8\xb5\xe0\xb9\x88", "th"},
    {"\xe0\xb8\x97\xe0\xb8\xb2", ""},
    {"\xec\x84\x9c\xeb\xb2\x84", "ko"},
    {"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", "he"},
    {"\xe0\xa4\xb9\xe0\xa4\xbf\xe0\xa4\xa8\xe0\xa5\x8d\xe0\xa4\xa6\xe0\xa5"
     "\x80",
	"hi"},
    {"\xe0\xa4\xb9\xe0\xa4\xa8\xe0\xa4\xa6", ""},
    {"\xd0\xbc\xd0\xb8\xd1\x80", "ru"},
    {"gem", "wide"},
    {"don't", "signs"},
    {"self-hosting foo_bar", "signs"},
    {"AND OR", "signs"},
    {"AND NOT", ""},
    {"NEAR(", "signs"},
    {"caps*", "title tagged body"},
    {"capsul", "title tagged body"}, /* in the wider sense */
    {"ca*", ""},
    {"--quick brown", " loose phrase"},
    {"nothing-like-this", ""},
    {"tag:\"*\"", ""},
    {"body:quick", ""},
    {"{title}:quick", ""},
    {"quick* : brown", " loose phrase"},
    {"terms:tag63", ""},
    {"tag63", ""},
};

/* What must be harmless, whatever it finds. */
static const char *const hostile[] = {
    "\"",
    "\"\"",
    "\"\"\"\"",
    "*",
    "* *",
    "\"*\"",
    "a*b*c*",
    "NEAR(a b)",
    "NEAR(\"a\" \"b\", 10)",
    "a NEAR/2 b",
    "AND",
    "OR OR",
    "NOT a",
    "a AND",
    "(a OR b",
    "a) OR (b",
    "{title body}: a",
    "- title : a",
    "title : ^a",
    "^capsules",
    "a + b",
    "\"a\" + \"b\"",
    "'; DROP TABLE search; --",
    "a\\",
    "a' OR '1'='1",
    "tag:",
    "tag:\"",
    "tag:'x",
    "tag:\xc3\xa9\" OR 1",
    "tag:a/b/../..//",
    "author:*",
    "-",
    "--",
    "- -",
    "-\"",
    "-tag:",
    ":",
    ":::",
    "a:b:c",
    "rank:x",
    "search:x",
    "rowid:1",
    "\xe2\x80\x8b\xe2\x80\x8b",
    "\xef\xbb\xbf",
    "\xcc\x81\xcc\x81",
    "\xf0\x9f\x98\x80",
    "\xee\x80\x80\xee\x80\x81",
    "\xe0\xb8\xb5",
    "\x1f\x1e\x01",
    "a\037b",
    "\xef\xb7\xba",
    "fts5",
    "%00 %s %n",
};

static struct str
folded(struct arena *arena, const char *text)
{
	return fold_searchable(arena, str_from_c(text));
}

static struct str
terms_of(struct arena *arena, const char *tags)
{
	struct str rest = str_from_c(tags), tag, key, terms;
	struct buf out;
	bool more = true;

	buf_init(&out, names_max);
	search_add_term(&out, SEARCH_LANG, STR("en"));
	search_add_term(&out, SEARCH_LANG, STR("en-gb"));
	while (more) {
		more = str_cut(&rest, '\n', &tag);
		key = fold_term_path(arena, tag);
		for (size_t i = 0; i < key.n; i++)
			if (key.p[i] == '/')
				search_add_term(
				    &out, SEARCH_TAG, str_first(key, i));
		search_add_term(&out, SEARCH_TAG, key);
	}
	terms = arena_str(arena, buf_str(&out));
	buf_fini(&out);
	return terms;
}

static void
put_entry(struct fixture *f, const char *path, const char *access, int status)
{
	if (writer_put_entry(f->writer,
		&(struct writer_entry){.path = str_from_c(path),
		    .kind = ENTRY_PAGE,
		    .status = status,
		    .access = str_from_c(access)}) == 0)
		abort();
}

static void
put(struct fixture *f, const struct doc *doc)
{
	search_index_put(f->index,
	    &(struct search_text){
		.path = str_from_c(doc->path),
		.date = STR("2024-01-01"),
		.label = str_from_c(doc->title),
		.moment = doc->moment,
		.title = folded(&f->arena, doc->title),
		.tags = folded(&f->arena, doc->tags),
		.authors = folded(&f->arena, doc->authors),
		.terms = terms_of(&f->arena, doc->tags),
		.body = folded(&f->arena, doc->body),
	    });
	put_entry(f, doc->path, "", 20);
}

static void
begin(struct fixture *f)
{
	struct diags diags;

	diags_init(&diags);
	if (writer_begin(f->writer, &diags) < 0)
		abort();
	diags_fini(&diags);
}

static void
commit(struct fixture *f)
{
	struct diags diags;

	diags_init(&diags);
	tap_int(writer_commit(f->writer, &diags), 0, "commit");
	diags_fini(&diags);
}

static void
fixture_init(struct fixture *f)
{
	const char *folder = getenv("TMPDIR");
	struct diags diags;

	*f = (struct fixture){.reader = NULL};
	snprintf(f->path, sizeof(f->path), "%s/search.XXXXXX",
	    folder == NULL ? "/tmp" : folder);
	if (mkdtemp(f->path) == NULL)
		abort();
	strncat(f->path, "/c.db", sizeof(f->path) - strlen(f->path) - 1);
	diags_init(&diags);
	f->writer = writer_open(f->path, WRITER_LIVE, &diags);
	if (f->writer == NULL)
		abort();
	f->index = search_index_open(f->writer);
	f->reader = reader_open(f->path, READER_LIVE, &diags);
	if (f->index == NULL || f->reader == NULL)
		abort();
	buf_init(&f->names, names_max);
	diags_fini(&diags);
}

static void
fixture_fini(struct fixture *f)
{
	static const char *const endings[] = {"", "-wal", "-shm"};
	char path[path_max + 8];

	search_found_fini(&f->found);
	reader_close(&f->reader);
	search_index_close(&f->index);
	writer_close(&f->writer, NULL);
	for (size_t i = 0; i < COUNT(endings); i++) {
		snprintf(path, sizeof(path), "%s%s", f->path, endings[i]);
		unlink(path);
	}
	*strrchr(f->path, '/') = '\0';
	rmdir(f->path);
	buf_fini(&f->names);
	arena_fini(&f->arena);
}

static int
compare_name(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* The names of what was found, in a row. */
static struct str
names_of(struct fixture *f, bool sorted)
{
	struct vec names = VEC_INIT(struct str);

	VEC_EACH (struct search_hit, hit, &f->found.hits)
		*(struct str *)vec_add(&names) = str_from_index(hit->path, 1);
	if (sorted)
		vec_sort(&names, compare_name);
	buf_clear(&f->names);
	VEC_EACH (struct str, name, &names) {
		if (sorted || f->names.n > 0)
			buf_add_char(&f->names, ' ');
		buf_add(&f->names, *name);
	}
	vec_fini(&names);
	return buf_str(&f->names);
}

/* Search for text; an outcome of SEARCH_DONE also when it asks for nothing. */
static enum search_outcome
search(struct fixture *f, struct str text, int64_t time_ms)
{
	struct search_query query;
	struct search_want want = {
	    .query = &query,
	    .count = hits_max,
	    .excerpt_words = excerpt_words,
	    .time_ms = time_ms,
	};

	search_found_fini(&f->found);
	f->found = (struct search_found){.total = 0};
	query_parse(&f->arena, text, &query);
	if (!query_wants_something(&query))
		return SEARCH_DONE;
	return search_run(f->reader, &want, &f->found);
}

enum { long_ms = 60 * 1000 };

static void
test_searches(struct fixture *f)
{
	struct str want;

	begin(f);
	for (size_t i = 0; i < COUNT(docs); i++)
		put(f, &docs[i]);
	commit(f);
	for (size_t i = 0; i < COUNT(searches); i++) {
		want = str_from_c(searches[i].found);
		tap_int(search(f, str_from_c(searches[i].text), long_ms),
		    SEARCH_DONE, "search %s", searches[i].text);
		tap_str(names_of(f, str_starts(want, STR(" "))), want,
		    "%s finds", searches[i].text);
	}
}

static void
test_hostile(struct fixture *f)
{
	struct buf text;
	int all = 0;

	for (size_t i = 0; i < COUNT(hostile); i++)
		if (!tap_int(search(f, str_from_c(hostile[i]), long_ms),
			SEARCH_DONE, "hostile %zu", i))
			printf("# %s\n", hostile[i]);
	buf_init(&text, names_max);
	for (int i = 0; i < many_terms; i++)
		buf_addf(&text, "%s%c ", i % 2 ? "-" : "", 'a' + i % 26);
	tap_int(search(f, buf_str(&text), long_ms), SEARCH_DONE, "many terms");
	buf_clear(&text);
	for (int i = 0; i < many_terms; i++)
		buf_add(&text, STR("ss\xc3\x9f\xc4\xb1"));
	tap_int(search(f, buf_str(&text), long_ms), SEARCH_DONE,
	    "many spellings of one word");
	for (int c = 1; c < 256; c++) {
		char bytes[] = {(char)c, 'a', (char)c, '"', (char)c, '\0'};

		all += search(f, str_from_c(bytes), long_ms) == SEARCH_DONE;
	}
	tap_int(all, 255, "any byte");
	buf_fini(&text);
}

static void
test_excerpts(struct fixture *f)
{
	struct search_hit *hit;
	struct buf text;

	buf_init(&text, names_max);
	search(f, STR("\xe6\xa4\x9c\xe7\xb4\xa2"), long_ms);
	hit = vec_get(&f->found.hits, 0);
	fold_add_rejoined(&text, hit->excerpt);
	tap_str(buf_str(&text),
	    STR("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe3\x81\xae\xe6\xa4\x9c"
		"\xe7\xb4\xa2\xe3\x80\x82Rust\xe5\x85\xa5\xe9\x96\x80"),
	    "an excerpt is put together again");
	tap_str(
	    hit->label, STR("\xe6\xa4\x9c\xe7\xb4\xa2"), "a label is whole");
	search(f, STR("brown"), long_ms);
	hit = vec_get(&f->found.hits, 0);
	tap_ok(str_find_str(hit->excerpt, STR("brown")) >= 0,
	    "an excerpt shows the word");
	tap_str(hit->date, STR("2024-01-01"), "the day");
	search(f, STR("title:capsules"), long_ms);
	hit = vec_get(&f->found.hits, 0);
	tap_str(hit->excerpt, STR("Of something else."),
	    "the text starts the excerpt of a page found by its title");
	buf_fini(&text);
}

static void
test_changes(struct fixture *f)
{
	struct doc doc = {"/body", "Other", "", "", "Now of gardens.", 1};

	begin(f);
	put(f, &doc);
	search_index_remove(f->index, STR("/tagged"));
	commit(f);
	search(f, STR("capsules"), long_ms);
	tap_str(names_of(f, false), STR("title"), "changed and taken out");
	search(f, STR("gardens"), long_ms);
	tap_str(names_of(f, false), STR("body"), "found by its new text");
	tap_ok(!f->found.is_complete, "nobody said that it is complete");
	begin(f);
	put_entry(f, "/body", "owners", 20);
	put_entry(f, "/title", "", 52);
	search_index_tell(f->index, true);
	commit(f);
	search(f, STR("gardens"), long_ms);
	tap_str(names_of(f, false), STR(""), "not for all: not told");
	tap_ok(f->found.is_complete, "complete");
	search(f, STR("capsules"), long_ms);
	tap_str(names_of(f, false), STR(""), "gone: not told");
}

/* Pages that fit as well as each other: the newest first, in pages of a few. */
static void
test_equals(struct fixture *f)
{
	struct search_query query;
	struct search_want want = {.query = &query,
	    .first = 10,
	    .count = 3,
	    .excerpt_words = excerpt_words,
	    .time_ms = long_ms};
	char path[32];

	begin(f);
	for (int i = 0; i < same_count; i++) {
		snprintf(path, sizeof(path), "/same%d", i);
		put(f,
		    &(struct doc){path, "Same", "same", "", "Equal words.",
			i * 7 % same_count});
	}
	commit(f);
	search_found_fini(&f->found);
	f->found = (struct search_found){.total = 0};
	query_parse(&f->arena, STR("equal"), &query);
	search_run(f->reader, &want, &f->found);
	/* moment 39 is of i * 7 % 50 == 39: 27, then 38: 34, 37: 41. */
	tap_str(names_of(f, false), STR("same27 same34 same41"),
	    "the newest of equals first");
	tap_int((long long)f->found.total, same_count, "all are counted");
	search(f, STR("tag:same"), long_ms);
	tap_ok(str_starts(names_of(f, false), STR("same7 same14 same21")),
	    "of a tag the newest first");
	tap_int(search(f, STR("equal"), 0), SEARCH_SLOW, "time is up");
	tap_int(search(f, STR("equal"), long_ms), SEARCH_DONE,
	    "the next one is not hurt by it");
}

/* A search that is over holds nothing that keeps the log from being emptied. */
static void
test_log(struct fixture *f)
{
	struct diags diags;
	int rounds = 200;
	char command[path_max * 2];

	diags_init(&diags);
	for (int i = 0; i < rounds; i++) {
		begin(f);
		put(f, &docs[i % (int)COUNT(docs)]);
		if (writer_commit(f->writer, &diags) < 0)
			abort();
		search(f, STR("capsules"), long_ms);
	}
	snprintf(command, sizeof(command),
	    "test $(wc -c < '%s-wal') -lt 8000000", f->path);
	tap_int(system(command), 0, "the log does not grow on");
	diags_fini(&diags);
}

int
main(void)
{
	struct fixture f;

	fixture_init(&f);
	test_searches(&f);
	test_hostile(&f);
	test_excerpts(&f);
	test_changes(&f);
	test_equals(&f);
	test_log(&f);
	fixture_fini(&f);
	return tap_done();
}
