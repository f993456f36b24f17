/*
 * publish: full disks, files in the middle of being written, links that lead
 * away, and other things that must not hurt what is served.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "fixture.h"
#include "tap.h"

enum {
	long_text = 3 * 1024 * 1024,
	file_limit = 256 * 1024,
	deep = 100,
	path_bytes = 1024,
	bomb_count = 4,
	bombs_ms_max = 2000,
};

static const char article[] =
    "---\ntitle: One\ndate: 2026-11-01\n---\nText of one.\n";

static void
limit_files(rlim_t bytes)
{
	struct rlimit limit;

	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = bytes;
	tap_int(setrlimit(RLIMIT_FSIZE, &limit), 0, "the limit is set");
}

/* Publish with files that cannot grow. */
static int
publish_full(struct fixture *f, struct diags *diags)
{
	int status;

	limit_files(file_limit);
	status = publisher_publish(f->publisher, f->now, diags, NULL);
	limit_files(RLIM_INFINITY);
	return status;
}

static void
test_full_disk(void)
{
	char *text = mem_alloc(long_text + 1);
	struct diags diags;
	struct fixture f;

	signal(SIGXFSZ, SIG_IGN);
	fixture_init(&f);
	fixture_write(&f, "one.gmi", article);
	fixture_publish(&f);
	memset(text, 'x', long_text);
	fixture_write(&f, "big.gmi", text);
	fixture_write(
	    &f, "one.gmi", "---\ntitle: Changed\ndate: 2026-11-02\n---\n");
	diags_init(&diags);
	tap_int(publish_full(&f, &diags), -1, "the disk is full");
	tap_ok(diags.errors > 0, "which is told");
	diags_fini(&diags);
	tap_ok(fixture_has(&f, "/one.gmi", "Text of one."), "the old stays");
	tap_ok(fixture_has(&f, "/", "One"), "everywhere");
	tap_int(fixture_status(&f, "/big.gmi"), 0, "nothing new");
	fixture_publish(&f);
	tap_ok(fixture_has(&f, "/", "Changed"), "room again: all is published");
	tap_ok(!fixture_has(&f, "/one.gmi", "Text of one."), "the change too");
	tap_int(fixture_status(&f, "/big.gmi"), 20, "and the new page");
	fixture_restart(&f);
	fixture_publish(&f);
	tap_int((long long)f.result.entries_written, 0, "and is on the disk");
	fixture_fini(&f);
	mem_free(text);
}

/* A page is read when nobody has it open for writing any more. */
static void
test_half_written(void)
{
	static const char first[] = "---\ntitle: Ha";
	static const char second[] = "lf\ndate: 2026-11-01\n---\nNew.\n";
	struct fixture f;
	int fd;

	fixture_init(&f);
	fixture_write(&f, "one.gmi", article);
	fixture_publish(&f);
	fd = openat(f.root_fd, "one.gmi", O_WRONLY | O_TRUNC);
	tap_int(write(fd, first, sizeof(first) - 1), sizeof(first) - 1,
	    "half a file");
	publisher_mark(f.publisher, STR("one.gmi"));
	fixture_publish(&f);
	tap_str(buf_str(&f.messages), STR(""), "no alarm");
	tap_ok(fixture_has(&f, "/one.gmi", "Text of one."), "the old stays");
	tap_int(publisher_next_moment(f.publisher), f.now + 1,
	    "it is looked at again soon");
	tap_int(write(fd, second, sizeof(second) - 1), sizeof(second) - 1,
	    "the other half");
	close(fd);
	f.now++;
	fixture_publish(&f);
	tap_ok(fixture_has(&f, "/one.gmi", "New."), "then the new is there");
	tap_ok(fixture_has(&f, "/", "Half"), "with its title");
	tap_int(publisher_next_moment(f.publisher), 0, "nothing to wait for");
	fixture_fini(&f);
}

static void
test_links(void)
{
	struct fixture f;

	fixture_init(&f);
	fixture_write(&f, "one.gmi", article);
	fixture_write(&f, "folder/two.txt", "two");
	tap_ok(symlinkat("one.gmi", f.root_fd, "inside.gmi") == 0 &&
		symlinkat("/etc/passwd", f.root_fd, "outside.gmi") == 0 &&
		symlinkat("../catalogue.db", f.root_fd, "up.txt") == 0 &&
		symlinkat("folder", f.root_fd, "linked") == 0 &&
		symlinkat("loop.gmi", f.root_fd, "loop.gmi") == 0 &&
		mkfifoat(f.root_fd, "fifo.gmi", S_IRWXU) == 0,
	    "links and a FIFO");
	publisher_mark_all(f.publisher);
	fixture_publish(&f);
	tap_str(buf_str(&f.messages), STR(""), "nothing to say");
	tap_int(fixture_status(&f, "/inside.gmi"), 20, "a link inside");
	tap_int(fixture_status(&f, "/folder/two.txt"), 20, "a folder");
	tap_int(fixture_status(&f, "/outside.gmi"), 0, "a link outside");
	tap_int(fixture_status(&f, "/up.txt"), 0, "a link above");
	tap_int(fixture_status(&f, "/linked/two.txt"), 0, "a linked folder");
	tap_int(fixture_status(&f, "/loop.gmi"), 0, "a loop");
	tap_int(fixture_status(&f, "/fifo.gmi"), 0, "a FIFO");
	publisher_mark(f.publisher, STR("linked/two.txt"));
	publisher_mark(f.publisher, STR("../catalogue.db"));
	publisher_mark(f.publisher, STR("/etc/passwd"));
	fixture_publish(&f);
	tap_int(
	    fixture_status(&f, "/linked/two.txt"), 0, "not by its name either");
	tap_ok(!f.result.changed, "nothing came in");
	fixture_fini(&f);
}

/* What would take libyaml or a parser long is refused, the rest is served. */
static void
test_bombs(void)
{
	static const struct str starts[] = {STR_INIT("---\nx: "),
	    STR_INIT("---\nx: "), STR_INIT("---\n"), STR_INIT("---\n")};
	static const struct str pieces[] = {
	    STR_INIT("["), STR_INIT("{a: "), STR_INIT("- "), STR_INIT("? ")};
	struct buf text;
	struct fixture f;
	char name[path_bytes];

	fixture_init(&f);
	fixture_write(&f, "one.gmi", article);
	for (int i = 0; i < bomb_count; i++) {
		buf_init(&text, long_text);
		buf_add(&text, starts[i]);
		for (int n = 0; n < deep * deep; n++)
			buf_add(&text, pieces[i]);
		buf_add(&text, STR("\n---\n"));
		snprintf(name, sizeof(name), "bomb%d.gmi", i);
		fixture_write(&f, name, buf_c(&text));
		buf_fini(&text);
	}
	fixture_publish(&f);
	tap_int((long long)f.result.errors, bomb_count, "each is refused");
	tap_int(fixture_status(&f, "/one.gmi"), 20, "the other is served");
	tap_ok(f.result.duration_ms < bombs_ms_max, "at once");
	fixture_fini(&f);
}

/* A folder that is moved takes its pages along. */
static void
test_moved_folder(void)
{
	struct fixture f;

	fixture_init(&f);
	fixture_write(&f, "a/b/one.gmi", article);
	fixture_write(&f, "a/p.png", "png");
	fixture_publish(&f);
	tap_int(renameat(f.root_fd, "a", f.root_fd, "c"), 0, "moved");
	publisher_mark(f.publisher, STR("a"));
	publisher_mark(f.publisher, STR("c"));
	fixture_publish(&f);
	tap_int(fixture_status(&f, "/a/b/one.gmi"), 52, "gone from here");
	tap_int(fixture_status(&f, "/a/p.png"), 52, "with the picture");
	tap_int(fixture_status(&f, "/c/b/one.gmi"), 20, "now there");
	tap_int(fixture_status(&f, "/c/p.png"), 20, "with the picture");
	tap_ok(fixture_has(&f, "/", "=> /c/b/one.gmi "), "in lists too");
	fixture_fini(&f);
}

int
main(void)
{
	test_full_disk();
	test_half_written();
	test_links();
	test_bombs();
	test_moved_folder();
	return tap_done();
}
