/*
 * publish: a capsule as one file, and what a check says.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "fixture.h"
#include "tap.h"

enum {
	file_max = 16 * 1024 * 1024,
	asset_size = catalogue_chunk_size + 5,
	path_max = 1024,
};

static char target[path_max];

static struct publish_options
options_of(const struct fixture *f)
{
	return (struct publish_options){
	    .root = STR("capsule"),
	    .root_fd = f->root_fd,
	    .host = STR("example.org"),
	    .now = f->now,
	};
}

static int
build(const struct fixture *f, struct publish_result *result)
{
	struct publish_options options = options_of(f);
	struct build_targets targets = {.catalogue = target};
	struct build_result all = {.publish = {.changed = false}};
	struct diags diags;
	int status;

	diags_init(&diags);
	status = publish_build(&options, &targets, &diags, &all);
	*result = all.publish;
	diags_fini(&diags);
	return status;
}

static void
read_target(struct buf *out)
{
	buf_init(out, file_max);
	tap_int(file_read(AT_FDCWD, target, out, NULL), 0, "the file is there");
}

static struct reader *
open_target(void)
{
	struct diags diags;
	struct reader *reader;

	diags_init(&diags);
	reader = reader_open(target, READER_BUILT, &diags);
	tap_ok(reader != NULL, "the file opens");
	diags_fini(&diags);
	return reader;
}

static void
check_status(struct reader *reader, struct str path, int want)
{
	struct catalogue_entry entry;
	int got = 0;

	if (reader_find(reader, path, &entry) == READER_FOUND)
		got = entry.status;
	tap_int(got, want, "status of %s", path.p);
}

static void
check_asset(struct reader *reader)
{
	struct catalogue_entry entry;
	struct buf bytes;

	buf_init(&bytes, 2 * catalogue_chunk_size);
	tap_int(reader_find(reader, STR("/big.bin"), &entry), READER_FOUND,
	    "the asset is there");
	tap_str(entry.file, STR(""), "without a file");
	tap_int(entry.size, asset_size, "with its size");
	reader_read_chunk(reader, entry.id, 0, &bytes);
	tap_int((long long)bytes.n, catalogue_chunk_size, "its first chunk");
	reader_read_chunk(reader, entry.id, 1, &bytes);
	tap_int((long long)bytes.n, asset_size, "and its second");
	tap_int(reader_read_chunk(reader, entry.id, 2, &bytes), READER_ABSENT,
	    "and no third");
	buf_fini(&bytes);
}

static void
write_capsule(struct fixture *f)
{
	char *big = mem_alloc(asset_size + 1);

	memset(big, 'x', asset_size);
	fixture_write(f, "big.bin", big);
	mem_free(big);
	fixture_write(f, "a.gmi", "---\ndate: 2026-01-01\n---\nA\n");
	fixture_write(f, "b.gmi", "---\ndate: 2026-01-02\n---\nB\n");
	fixture_write(f, "c.gmi", "---\ndraft: true\n---\nC\n");
}

static void
test_build(struct fixture *f)
{
	struct publish_result result;
	struct buf first, second;
	struct reader *reader;
	struct stat st;

	write_capsule(f);
	tap_int(build(f, &result), 0, "built");
	tap_int((long long)result.articles, 2, "two articles");
	read_target(&first);
	tap_int(stat(target, &st), 0, "stat");
	tap_ok((st.st_mode & S_IROTH) != 0, "others may read it");
	reader = open_target();
	check_status(reader, STR("/a.gmi"), 20);
	check_status(reader, STR("/c.gmi"), 0);
	check_asset(reader);
	reader_close(&reader);
	f->now++;
	tap_int(build(f, &result), 0, "built again, a second later");
	read_target(&second);
	tap_ok(
	    str_eq(buf_str(&first), buf_str(&second)), "the same bytes again");
	tap_ok(str_find_str(buf_str(&first), STR("draft: true")) < 0,
	    "no source is in it");
	buf_fini(&first);
	buf_fini(&second);
}

static void
test_history(struct fixture *f)
{
	struct publish_result result;
	struct reader *reader;

	fixture_remove(f, "a.gmi");
	fixture_write(f, "b.gmi", "---\ndate: 2026-01-02\ndraft: on\n---\n");
	for (int i = 0; i < 2; i++) {
		tap_int(build(f, &result), 0, "built without two pages");
		reader = open_target();
		check_status(reader, STR("/a.gmi"), 52);
		check_status(reader, STR("/b.gmi"), 51);
		check_status(reader, STR("/c.gmi"), 0);
		reader_close(&reader);
	}
	fixture_write(f, "a.gmi", "Back\n");
	tap_int(build(f, &result), 0, "built with one back");
	reader = open_target();
	check_status(reader, STR("/a.gmi"), 20);
	reader_close(&reader);
}

static void
test_refusal(struct fixture *f)
{
	struct buf before, after;
	struct publish_result result;

	read_target(&before);
	fixture_write(f, "capsule.yaml", "title: [");
	tap_int(build(f, &result), -1, "a broken capsule.yaml");
	read_target(&after);
	tap_ok(str_eq(buf_str(&before), buf_str(&after)),
	    "leaves the file as it was");
	fixture_remove(f, "capsule.yaml");
	buf_fini(&before);
	buf_fini(&after);
}

static void
test_check(struct fixture *f)
{
	struct publish_options options = options_of(f);
	struct diags diags;
	struct buf said;

	fixture_write(f, "a.gmi",
	    "---\ntitle: A\n---\n"
	    "=> b Here\n=> /d/ There\n=> d/e.gmi\n=> /nowhere.gmi No\n"
	    "=> gemini://example.org/nowhere No\n"
	    "=> gemini://other.example/x Elsewhere\n=> #part Part\n"
	    "```\ncode\n```\n``` with a name\n```\n=> ?q Ask\n");
	fixture_write(f, "b.gmi", "=> a.md?x#y A\n=> /big.bin Big\n");
	fixture_write(f, "d/e.gmi", "=> . D\n=> ../a A\n=> c.gmi Draft\n");
	diags_init(&diags);
	buf_init(&said, file_max);
	tap_int(publish_check(&options, &diags), 0, "checked");
	VEC_EACH (struct diag, diag, &diags.list) {
		diag_print(diag, &said);
		buf_add_char(&said, '\n');
	}
	tap_str(buf_str(&said),
	    STR("capsule/a.gmi:6:1: the link has no label: write what is "
		"behind the link after its address\n"
		"capsule/a.gmi:7:4: nothing is at /nowhere.gmi: correct the "
		"address, or take the link out\n"
		"capsule/a.gmi:8:4: nothing is at /nowhere: correct the "
		"address, or take the link out\n"
		"capsule/a.gmi:11:1: the preformatted block has no alt text: "
		"write what it shows behind the three backticks\n"
		"capsule/d/e.gmi:3:4: nothing is at /d/c.gmi: correct the "
		"address, or take the link out\n"),
	    "what readers would stumble over");
	tap_int((long long)diags.errors, 0, "all of it warnings");
	buf_fini(&said);
	diags_fini(&diags);
}

int
main(void)
{
	struct fixture f;

	fixture_init(&f);
	snprintf(target, sizeof(target), "%s/file.catalogue", f.folder);
	test_build(&f);
	test_history(&f);
	test_refusal(&f);
	test_check(&f);
	fixture_fini(&f);
	return tap_done();
}
