/*
 * publish: every page of a small capsule, byte for byte. What is published is
 * compared with golden/expected.txt; with UPDATE_GOLDEN set, that file is
 * written instead.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "fixture.h"
#include "tap.h"

enum {
	dump_max = 1024 * 1024,
	path_max = 1024,
	shown_max = 3000,
	golden_mode = 0644
};

static const char expected_path[] = "tests/unit/publish/golden/expected.txt";

/* Compare page by page, so that a difference is short. */
static void
compare(struct str got, struct str want)
{
	static const struct str mark = STR_INIT("==== ");
	struct str page, other;
	ptrdiff_t end;

	while (got.n > 0 || want.n > 0) {
		end = str_find_str(str_from_index(got, 1), mark);
		page = str_first(got, end < 0 ? got.n : (size_t)end + 1);
		end = str_find_str(str_from_index(want, 1), mark);
		other = str_first(want, end < 0 ? want.n : (size_t)end + 1);
		got = str_from_index(got, page.n);
		want = str_from_index(want, other.n);
		if (!tap_ok(str_eq(page, other), "%" STR_FMT,
			(int)str_first(page, str_find_char(page, '\n') + 1).n -
			    1,
			page.p))
			printf("# got:\n%" STR_FMT "\n# want:\n%" STR_FMT "\n",
			    STR_ARG(str_first(page, shown_max)),
			    STR_ARG(str_first(other, shown_max)));
	}
}

static void
check(struct fixture *f, const char *path)
{
	struct buf got, want;

	buf_init(&got, dump_max);
	buf_init(&want, dump_max);
	fixture_dump(f, &got);
	buf_add(&got, STR("==== messages\n"));
	buf_add(&got, buf_str(&f->messages));
	if (getenv("UPDATE_GOLDEN") != NULL) {
		tap_int(
		    file_replace(AT_FDCWD, path, golden_mode, buf_str(&got)), 0,
		    "the golden file is written");
	} else {
		tap_read_file(expected_path, &want);
		compare(buf_str(&got), buf_str(&want));
	}
	buf_fini(&got);
	buf_fini(&want);
}

int
main(void)
{
	const char *top = getenv("TOP_SRCDIR");
	char path[path_max];
	struct fixture f;

	fixture_init(&f);
	snprintf(path, sizeof(path), "%s/tests/unit/publish/golden/capsule",
	    top == NULL ? "." : top);
	fixture_open(&f, path);
	fixture_publish(&f);
	snprintf(path, sizeof(path), "%s/%s", top == NULL ? "." : top,
	    expected_path);
	check(&f, path);
	fixture_fini(&f);
	return tap_done();
}
