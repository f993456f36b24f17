/*
 * catalogue/reader and catalogue/writer: what one puts in, the other finds.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "catalogue/reader.h"
#include "catalogue/writer.h"
#include "tap.h"

enum {
	folder_max = 256,
	path_max = folder_max + 64,
	row_max = 4096,
	decimal = 10,
};

static char folder[folder_max];

static const char *
path_of(const char *name)
{
	static char paths[2][path_max];
	static int turn;

	turn = !turn;
	snprintf(paths[turn], path_max, "%.*s/%.*s", folder_max, folder,
	    path_max - folder_max - 2, name);
	return paths[turn];
}

static struct writer *
open_writer(const char *name, enum writer_mode mode)
{
	struct diags diags;
	struct writer *w;

	diags_init(&diags);
	w = writer_open(path_of(name), mode, &diags);
	tap_ok(w != NULL && diags.errors == 0, "%s opens for writing", name);
	diags_fini(&diags);
	if (w == NULL)
		exit(1);
	return w;
}

static struct reader *
open_reader(const char *name, enum reader_mode mode)
{
	struct diags diags;
	struct reader *r;

	diags_init(&diags);
	r = reader_open(path_of(name), mode, &diags);
	tap_ok(r != NULL && diags.errors == 0, "%s opens for reading", name);
	diags_fini(&diags);
	if (r == NULL)
		exit(1);
	return r;
}

static void
begin(struct writer *w)
{
	struct diags diags;

	diags_init(&diags);
	tap_int(writer_begin(w, &diags), 0, "begin");
	diags_fini(&diags);
}

static void
commit(struct writer *w)
{
	struct diags diags;

	diags_init(&diags);
	tap_int(writer_commit(w, &diags), 0, "commit");
	diags_fini(&diags);
}

static void
close_writer(struct writer **w)
{
	struct diags diags;

	diags_init(&diags);
	tap_int(writer_close(w, &diags), 0, "close");
	diags_fini(&diags);
}

static int64_t
put(struct writer *w, enum entry_kind kind, struct str path, struct str body)
{
	return writer_put_entry(w,
	    &(struct writer_entry){
		.path = path,
		.kind = kind,
		.status = 20,
		.meta = STR("text/gemini; lang=en"),
		.body = body,
		.fingerprint = {UINT64_MAX, path.n},
	    });
}

static void
test_entries(struct writer *w, struct reader *r)
{
	struct catalogue_entry e;

	begin(w);
	put(w, ENTRY_PAGE, STR("/a.gmi"), STR("one"));
	tap_int(reader_find(r, STR("/a.gmi"), &e), READER_ABSENT,
	    "nothing is seen before the commit");
	writer_put_entry(w,
	    &(struct writer_entry){.path = STR("/b.png"),
		.kind = ENTRY_ASSET,
		.status = 20,
		.meta = STR("image/png"),
		.file = STR("b.png"),
		.size = 7,
		.access = STR("owners")});
	commit(w);
	tap_int(reader_find(r, STR("/a.gmi"), &e), READER_FOUND, "found");
	tap_ok(e.kind == ENTRY_PAGE && e.status == 20, "kind and status");
	tap_str(e.meta, STR("text/gemini; lang=en"), "meta");
	tap_str(e.body, STR("one"), "body");
	tap_str(e.file, STR(""), "no file");
	tap_str(e.access, STR(""), "no access rule");
	tap_int(reader_find(r, STR("/b.png"), &e), READER_FOUND, "an asset");
	tap_str(e.file, STR("b.png"), "its file");
	tap_str(e.access, STR("owners"), "its access");
	tap_ok(e.kind == ENTRY_ASSET && e.size == 7, "its size");
	tap_int(reader_find(r, STR("/A.gmi"), &e), READER_ABSENT,
	    "paths keep their case");
}

static void
test_change(struct writer *w, struct reader *r)
{
	struct catalogue_entry e;
	int64_t id;

	tap_int(reader_find(r, STR("/a.gmi"), &e), READER_FOUND, "before");
	id = e.id;
	begin(w);
	tap_int(put(w, ENTRY_PAGE, STR("/a.gmi"), STR("two")), id,
	    "an entry keeps its id");
	writer_rollback(w);
	reader_find(r, STR("/a.gmi"), &e);
	tap_str(e.body, STR("one"), "rolled back");
	begin(w);
	put(w, ENTRY_PAGE, STR("/a.gmi"), STR("two"));
	writer_remove_entry(w, STR("/b.png"));
	commit(w);
	reader_find(r, STR("/a.gmi"), &e);
	tap_str(e.body, STR("two"), "changed");
	tap_int(reader_find(r, STR("/b.png"), &e), READER_ABSENT, "removed");
}

static void
put_alias(struct writer *w, struct str path, struct str target)
{
	writer_put_entry(w,
	    &(struct writer_entry){
		.path = path,
		.kind = ENTRY_ALIAS,
		.status = 31,
		.meta = target,
	    });
}

static void
put_pages(struct writer *w)
{
	begin(w);
	put(w, ENTRY_PAGE, STR("/x.gmi"), STR(""));
	put(w, ENTRY_PAGE, STR("/web.html"), STR(""));
	put(w, ENTRY_PAGE, STR("/bare"), STR(""));
	put(w, ENTRY_PAGE, STR("/x.ja.gmi"), STR(""));
	put(w, ENTRY_INDEX, STR("/y/"), STR(""));
	put(w, ENTRY_INDEX, STR("/"), STR(""));
	put(w, ENTRY_PAGE, STR("/both.gmi"), STR(""));
	put(w, ENTRY_INDEX, STR("/both/"), STR(""));
	put(w, ENTRY_ASSET, STR("/b.gmi"), STR(""));
	put(w, ENTRY_GONE, STR("/gone.gmi"), STR(""));
	put_alias(w, STR("/old/"), STR("/x.gmi"));
	put_alias(w, STR("/older.html"), STR("/y/"));
	put_alias(w, STR("/both"), STR("/y/"));
	commit(w);
}

static void
test_pages(struct writer *w, struct reader *r)
{
	static const struct {
		struct str key;
		struct str target; /* empty: none */
	} cases[] = {
	    {STR_INIT("/x"), STR_INIT("/x.gmi")},
	    {STR_INIT("/x/"), STR_INIT("/x.gmi")},
	    {STR_INIT("/x.md"), STR_INIT("/x.gmi")},
	    {STR_INIT("/x.html"), STR_INIT("/x.gmi")},
	    {STR_INIT("/x.gmi"), STR_INIT("")},
	    {STR_INIT("/x.gmi/"), STR_INIT("/x.gmi")},
	    {STR_INIT("/x.md/"), STR_INIT("/x.gmi")},
	    {STR_INIT("/web"), STR_INIT("/web.html")},
	    {STR_INIT("/web/"), STR_INIT("/web.html")},
	    {STR_INIT("/web.md"), STR_INIT("/web.html")},
	    {STR_INIT("/bare/"), STR_INIT("/bare")},
	    {STR_INIT("/bare.html"), STR_INIT("/bare")},
	    {STR_INIT("/x.txt"), STR_INIT("")},
	    {STR_INIT("/y"), STR_INIT("/y/")},
	    {STR_INIT("/y.html"), STR_INIT("/y/")},
	    {STR_INIT("/y/index.gmi"), STR_INIT("/y/")},
	    {STR_INIT("/y/index.html"), STR_INIT("/y/")},
	    {STR_INIT("/index.gmi"), STR_INIT("/")},
	    {STR_INIT("/index.md"), STR_INIT("/")},
	    {STR_INIT("/both"), STR_INIT("/both.gmi")},
	    {STR_INIT("/b"), STR_INIT("")},
	    {STR_INIT("/gone"), STR_INIT("")},
	    {STR_INIT("/x.ja.md"), STR_INIT("/x.ja.gmi")},
	    {STR_INIT("/old"), STR_INIT("/x.gmi")},
	    {STR_INIT("/old.html"), STR_INIT("/x.gmi")},
	    {STR_INIT("/older"), STR_INIT("/y/")},
	    {STR_INIT("/older/"), STR_INIT("/y/")},
	    {STR_INIT("/both.htm"), STR_INIT("/both.gmi")},
	    {STR_INIT("/"), STR_INIT("")},
	    {STR_INIT("//"), STR_INIT("")},
	    {STR_INIT("/.gmi"), STR_INIT("")},
	    {STR_INIT(""), STR_INIT("")},
	};
	enum reader_result result;
	struct buf target;

	put_pages(w);
	buf_init(&target, row_max);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		buf_clear(&target);
		result = reader_find_page(r, cases[i].key, &target);
		tap_ok(result ==
			(cases[i].target.n > 0 ? READER_FOUND : READER_ABSENT),
		    "result for %s", cases[i].key.p);
		tap_str(buf_str(&target), cases[i].target, "page for %s",
		    cases[i].key.p);
	}
	buf_fini(&target);
}

/* Let the entries from first on be articles: each of them is found, and
 * nothing else. */
static void
check_random(struct writer *w, struct reader *r, int first, int count)
{
	enum { rounds = 300, found_max = 8 };
	int seen[found_max] = {0}, wrong = 0, number;
	struct buf target;
	char path[path_max];

	begin(w);
	for (int i = first; i < first + count; i++) {
		snprintf(path, sizeof(path), "/%d", i);
		writer_put_article(w,
		    &(struct writer_article){.path = str_from_c(path),
			.title = STR("A"),
			.date = STR("2026-01-01T12:00:00Z"),
			.source = STR("a.gmi")});
	}
	commit(w);
	buf_init(&target, row_max);
	for (int i = 0; i < rounds; i++) {
		buf_clear(&target);
		reader_find_random(r, &target);
		buf_add_char(&target, '\0');
		number = (int)strtol(target.p + 1, NULL, decimal) - first;
		if (number < 0 || number >= count)
			wrong++;
		else
			seen[number]++;
	}
	tap_int(wrong, 0, "nothing but articles");
	for (int i = 0; i < count; i++)
		tap_ok(seen[i] > 0, "article %d of %d is found", i, count);
	buf_fini(&target);
}

static void
test_random(void)
{
	enum { few = 5, entries = 3000 };
	struct writer *w = open_writer("random.db", WRITER_LIVE);
	struct reader *r;
	struct buf target;
	char path[path_max];

	begin(w);
	for (int i = 0; i < entries; i++) {
		snprintf(path, sizeof(path), "/%d", i);
		put(w, ENTRY_PAGE, str_from_c(path), STR(""));
	}
	commit(w);
	r = open_reader("random.db", READER_LIVE);
	buf_init(&target, row_max);
	tap_int(reader_find_random(r, &target), READER_ABSENT,
	    "no article at random");
	tap_int((int)target.n, 0, "nothing is added");
	buf_fini(&target);
	check_random(w, r, entries - few, few);
	reader_close(&r);
	close_writer(&w);
}

static void
tell_entry(void *context, const struct writer_entry *entry)
{
	struct buf *out = context;

	buf_addf(out, "%" STR_FMT " %d %d\n", STR_ARG(entry->path),
	    entry->status,
	    entry->fingerprint.high == UINT64_MAX &&
		entry->fingerprint.low == entry->path.n);
}

static void
tell_article(void *context, struct str path, struct fingerprint print)
{
	buf_addf(context, "%" STR_FMT " %d\n", STR_ARG(path), (int)print.low);
}

static void
tell_path(void *context, struct str path)
{
	buf_addf(context, "%" STR_FMT "\n", STR_ARG(path));
}

static void
test_lists(void)
{
	struct writer *w = open_writer("lists.db", WRITER_LIVE);
	const struct writer_term terms[] = {
	    {STR("tag"), STR("C#"), STR("c#")},
	    {STR("author"), STR("A"), STR("a")},
	};
	struct buf out;

	buf_init(&out, row_max);
	begin(w);
	put(w, ENTRY_PAGE, STR("/z"), STR("body"));
	put(w, ENTRY_PAGE, STR("/a"), STR("body"));
	for (int i = 0; i < 2; i++)
		writer_put_article(w,
		    &(struct writer_article){.path = STR("/a"),
			.title = STR("A"),
			.date = STR("2026-01-01T12:00:00Z"),
			.source = STR("a.gmi"),
			.fingerprint = {0, 5},
			.terms = terms,
			.term_count = 2});
	commit(w);
	tap_int(writer_each_entry(w, tell_entry, &out), 0, "each entry");
	tap_str(buf_str(&out), STR("/a 20 1\n/z 20 1\n"), "entries in order");
	buf_clear(&out);
	writer_each_article(w, tell_article, &out);
	tap_str(buf_str(&out), STR("/a 5\n"), "articles");
	begin(w);
	writer_remove_article(w, STR("/a"));
	commit(w);
	buf_clear(&out);
	writer_each_article(w, tell_article, &out);
	tap_str(buf_str(&out), STR(""), "no articles");
	close_writer(&w);
	buf_fini(&out);
}

static void
test_sources(void)
{
	struct writer *w = open_writer("sources.db", WRITER_LIVE);
	struct file_stamp stamp = {1, 2, 3, -4, 5}, got;
	struct buf out;

	buf_init(&out, row_max);
	begin(w);
	writer_put_source(w, STR("b"), stamp, STR("text\0more"));
	writer_put_source(w, STR("a"), stamp, STR(""));
	writer_put_meta(w, STR("key"), STR("value"));
	commit(w);
	close_writer(&w);
	w = open_writer("sources.db", WRITER_LIVE);
	tap_int(writer_find_source(w, STR("b"), &got, &out), READER_FOUND,
	    "a source is kept");
	tap_ok(file_stamp_eq(stamp, got), "with its stamp");
	tap_str(buf_str(&out), STR("text\0more"), "and its text");
	tap_int(writer_find_source(w, STR("c"), &got, &out), READER_ABSENT,
	    "another is not");
	buf_clear(&out);
	writer_each_source(w, tell_path, &out);
	tap_str(buf_str(&out), STR("a\nb\n"), "each source");
	begin(w);
	writer_remove_source(w, STR("a"));
	commit(w);
	buf_clear(&out);
	writer_each_source(w, tell_path, &out);
	tap_str(buf_str(&out), STR("b\n"), "one source less");
	buf_clear(&out);
	tap_int(writer_find_meta(w, STR("key"), &out), READER_FOUND, "meta");
	tap_str(buf_str(&out), STR("value"), "its value");
	close_writer(&w);
	buf_fini(&out);
}

static void
test_built(void)
{
	struct writer *w = open_writer("built?#%.db", WRITER_BUILT);
	struct catalogue_entry e;
	struct reader *r;
	struct buf out;
	struct stat st;
	int64_t id;

	buf_init(&out, catalogue_chunk_size);
	begin(w);
	id = put(w, ENTRY_ASSET, STR("/big"), STR(""));
	writer_put_chunk(w, id, 0, STR("first"));
	writer_put_chunk(w, id, 1, STR("second"));
	commit(w);
	close_writer(&w);
	tap_int(stat(path_of("built?#%.db-wal"), &st), -1, "no log beside it");
	tap_int(chmod(path_of("built?#%.db"), S_IRUSR), 0, "made read-only");
	r = open_reader("built?#%.db", READER_BUILT);
	tap_int(reader_find(r, STR("/big"), &e), READER_FOUND, "asset");
	tap_int(e.id, id, "its id");
	tap_int(reader_read_chunk(r, id, 1, &out), READER_FOUND, "a chunk");
	tap_str(buf_str(&out), STR("second"), "its bytes");
	tap_int(reader_read_chunk(r, id, 2, &out), READER_ABSENT, "no more");
	tap_ok(!reader_is_replaced(r), "the file is the same");
	tap_int(rename(path_of("sources.db"), path_of("built?#%.db")), 0,
	    "another file takes its place");
	tap_ok(reader_is_replaced(r), "which the reader sees");
	tap_int(reader_find(r, STR("/big"), &e), READER_FOUND, "still read");
	reader_close(&r);
	buf_fini(&out);
}

static void
test_refusals(void)
{
	static const char *const names[] = {"missing.db", "text.db", "old.db"};
	struct writer *w = open_writer("old.db", WRITER_BUILT);
	const int version_offset = 63; /* last byte of user_version */
	struct diags diags;
	int fd;

	begin(w);
	put(w, ENTRY_PAGE, STR("/a"), STR("x"));
	commit(w);
	close_writer(&w);
	fd = open(path_of("old.db"), O_WRONLY);
	tap_int(pwrite(fd, "\x7f", 1, version_offset), 1, "another schema");
	close(fd);
	fd = open(path_of("text.db"), O_WRONLY | O_CREAT, S_IRUSR | S_IWUSR);
	tap_int(write(fd, "text", 4), 4, "no catalogue");
	close(fd);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		diags_init(&diags);
		tap_ok(reader_open(path_of(names[i]), READER_BUILT, &diags) ==
			    NULL &&
			diags.errors == 1,
		    "%s is refused with a reason", names[i]);
		diags_fini(&diags);
	}
	w = open_writer("old.db", WRITER_BUILT);
	diags_init(&diags);
	tap_int(writer_each_entry(w, tell_entry, NULL), 0,
	    "the writer makes an old file anew, empty");
	diags_fini(&diags);
	close_writer(&w);
}

/* The files beside a live catalogue stay when nobody has it open, so that a
 * reader without the right to make them can open it. */
static void
test_log_stays(void)
{
	struct stat st;

	tap_int(stat(path_of("live.db-wal"), &st), 0, "the log stays");
	tap_int(stat(path_of("live.db-shm"), &st), 0, "its index stays");
}

static void
remove_folder(void)
{
	DIR *dir = opendir(folder);
	struct dirent *item;

	while (dir != NULL && (item = readdir(dir)) != NULL)
		unlinkat(dirfd(dir), item->d_name, 0);
	if (dir != NULL)
		closedir(dir);
	rmdir(folder);
}

int
main(void)
{
	const char *tmp = getenv("TMPDIR");
	struct writer *w;
	struct reader *r;

	snprintf(folder, sizeof(folder), "%.200s/capsuled-catalogue-XXXXXX",
	    tmp == NULL ? "/tmp" : tmp);
	if (mkdtemp(folder) == NULL)
		return 1;
	w = open_writer("live.db", WRITER_LIVE);
	r = open_reader("live.db", READER_LIVE);
	test_entries(w, r);
	test_change(w, r);
	test_pages(w, r);
	reader_close(&r);
	close_writer(&w);
	test_log_stays();
	test_lists();
	test_random();
	test_sources();
	test_built();
	test_refusals();
	remove_folder();
	return tap_done();
}
