/*
 * A capsule to try the publisher on.
 */
#include "fixture.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "catalogue/writer.h"
#include "tap.h"

enum { text_max = 1024 * 1024, present = 1795521600, depth_max = 16 };

static void
need(bool ok, const char *what)
{
	if (ok)
		return;
	perror(what);
	exit(1);
}

static const char *
inside(const struct fixture *f, const char *path)
{
	static char whole[fixture_path_max * 2];

	snprintf(whole, sizeof(whole), "%s/%s", f->folder, path);
	return whole;
}

static void
open_publisher(struct fixture *f)
{
	struct publish_options options = {
	    .root = STR("capsule"),
	    .root_fd = f->root_fd,
	    .catalogue = inside(f, "catalogue.db"),
	    .host = STR("example.org"),
	    .drafts = f->drafts,
	    .owners = f->owners,
	    .now = f->now,
	};
	struct diags diags;

	diags_init(&diags);
	f->publisher = publisher_open(&options, &diags);
	need(f->publisher != NULL, "the publisher opens");
	diags_fini(&diags);
}

void
fixture_init(struct fixture *f)
{
	const char *tmp = getenv("TMPDIR");

	*f = (struct fixture){.now = present};
	buf_init(&f->messages, text_max);
	buf_init(&f->body, text_max);
	snprintf(f->folder, sizeof(f->folder), "%.200s/capsuled-publish-XXXXXX",
	    tmp == NULL ? "/tmp" : tmp);
	need(mkdtemp(f->folder) != NULL, "a folder");
	need(mkdir(inside(f, "capsule"), S_IRWXU) == 0, "a capsule");
	f->root_fd = open(inside(f, "capsule"), O_RDONLY | O_DIRECTORY);
	need(f->root_fd >= 0, "its descriptor");
	open_publisher(f);
}

void
fixture_open(struct fixture *f, const char *path)
{
	publisher_close(&f->publisher);
	close(f->root_fd);
	f->root_fd = open(path, O_RDONLY | O_DIRECTORY);
	need(f->root_fd >= 0, path);
	open_publisher(f);
}

void
fixture_open_same(struct fixture *f, const struct fixture *other)
{
	char path[fixture_path_max * 2];

	snprintf(path, sizeof(path), "%s/capsule", other->folder);
	fixture_open(f, path);
}

static int
on_item(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

void
fixture_fini(struct fixture *f)
{
	reader_close(&f->reader);
	publisher_close(&f->publisher);
	close(f->root_fd);
	nftw(f->folder, on_item, depth_max, FTW_DEPTH | FTW_PHYS);
	buf_fini(&f->messages);
	buf_fini(&f->body);
}

void
fixture_restart(struct fixture *f)
{
	reader_close(&f->reader);
	publisher_close(&f->publisher);
	open_publisher(f);
}

static void
make_folder_of(struct fixture *f, const char *path)
{
	char whole[fixture_path_max], *slash;

	snprintf(whole, sizeof(whole), "capsule/%s", path);
	slash = strrchr(whole, '/');
	*slash = '\0';
	need(file_make_dirs(inside(f, whole), S_IRWXU) == 0, path);
}

void
fixture_write(struct fixture *f, const char *path, const char *text)
{
	make_folder_of(f, path);
	need(file_replace(
		 f->root_fd, path, S_IRUSR | S_IWUSR, str_from_c(text)) == 0,
	    path);
	publisher_mark(f->publisher, str_from_c(path));
}

void
fixture_remove(struct fixture *f, const char *path)
{
	need(unlinkat(f->root_fd, path, 0) == 0 ||
		unlinkat(f->root_fd, path, AT_REMOVEDIR) == 0,
	    path);
	publisher_mark(f->publisher, str_from_c(path));
}

void
fixture_rename(struct fixture *f, const char *path, const char *other)
{
	make_folder_of(f, other);
	need(renameat(f->root_fd, path, f->root_fd, other) == 0, path);
	publisher_mark(f->publisher, str_from_c(path));
	publisher_mark(f->publisher, str_from_c(other));
}

bool
fixture_file_is_there(const struct fixture *f, const char *path)
{
	return faccessat(f->root_fd, path, F_OK, 0) == 0;
}

void
fixture_publish(struct fixture *f)
{
	struct diags diags;
	int status;

	diags_init(&diags);
	status = publisher_publish(f->publisher, f->now, &diags, &f->result);
	buf_clear(&f->messages);
	VEC_EACH (struct diag, diag, &diags.list) {
		buf_add(&f->messages,
		    str_from_c(diag_severity_word(diag->severity)));
		buf_add(&f->messages, STR(" "));
		diag_print(diag, &f->messages);
		buf_add(&f->messages, STR("\n"));
	}
	need(status == 0, buf_c(&f->messages));
	diags_fini(&diags);
	if (f->reader != NULL)
		return;
	diags_init(&diags);
	f->reader = reader_open(inside(f, "catalogue.db"), READER_LIVE, &diags);
	need(f->reader != NULL, "the reader opens");
	diags_fini(&diags);
}

static int
find(struct fixture *f, const char *path, struct catalogue_entry *entry)
{
	enum reader_result result;

	result = reader_find(f->reader, str_from_c(path), entry);
	need(result != READER_FAILED, "the reader reads");
	return result == READER_FOUND ? entry->status : 0;
}

int
fixture_status(struct fixture *f, const char *path)
{
	struct catalogue_entry entry;

	return find(f, path, &entry);
}

struct str
fixture_body(struct fixture *f, const char *path)
{
	struct catalogue_entry entry;

	if (find(f, path, &entry) == 0)
		return (struct str){0};
	buf_clear(&f->body);
	buf_add(&f->body, entry.body);
	return buf_str(&f->body);
}

struct str
fixture_meta(struct fixture *f, const char *path)
{
	struct catalogue_entry entry;

	if (find(f, path, &entry) == 0)
		return (struct str){0};
	buf_clear(&f->body);
	buf_add(&f->body, entry.meta);
	return buf_str(&f->body);
}

bool
fixture_has(struct fixture *f, const char *path, const char *text)
{
	return str_find_str(fixture_body(f, path), str_from_c(text)) >= 0;
}

/* A walk over the entries of the catalogue. */
struct dump {
	struct fixture *f;
	struct vec paths; /* struct str, copied */
	struct arena arena;
	bool skips_gone;
};

static void
on_entry(void *context, const struct writer_entry *entry)
{
	struct dump *dump = context;

	if (dump->skips_gone && entry->kind == ENTRY_GONE)
		return;
	*(struct str *)vec_add(&dump->paths) =
	    arena_str(&dump->arena, entry->path);
}

static void
dump_entries(struct fixture *f, bool skips_gone, struct buf *out)
{
	struct dump dump = {.f = f, .skips_gone = skips_gone};
	struct catalogue_entry entry;

	vec_init(&dump.paths, sizeof(struct str));
	writer_each_built_entry(inside(f, "catalogue.db"), on_entry, &dump);
	VEC_EACH (struct str, path, &dump.paths) {
		find(f, path->p, &entry);
		buf_addf(out, "==== %" STR_FMT "\n%d%s%" STR_FMT "\n",
		    STR_ARG(*path), entry.status,
		    str_is_empty(entry.meta) ? "" : " ", STR_ARG(entry.meta));
		if (!str_is_empty(entry.access))
			buf_addf(out, "access %" STR_FMT "\n",
			    STR_ARG(entry.access));
		if (!str_is_empty(entry.file))
			buf_addf(out, "file %" STR_FMT ", %lld bytes\n",
			    STR_ARG(entry.file), (long long)entry.size);
		buf_add(out, entry.body);
	}
	vec_fini(&dump.paths);
	arena_fini(&dump.arena);
}

void
fixture_dump(struct fixture *f, struct buf *out)
{
	dump_entries(f, false, out);
}

void
fixture_dump_kept(struct fixture *f, struct buf *out)
{
	dump_entries(f, true, out);
}
