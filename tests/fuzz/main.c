/*
 * The main of a fuzz target outside libFuzzer: it runs the target once on each
 * file of its corpus, in the order of their names, and says so as a test. A
 * target that finds a fault ends the process. The corpus of tests/fuzz/NAME is
 * the folder tests/fuzz/corpus/NAME of the sources.
 */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "tap.h"

enum { path_max = 4096 };

static int
is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* The bytes are copied to memory of just their size, so that a sanitizer sees
 * each read behind them. */
static void
run_file(const char *folder, const char *name)
{
	struct buf path, bytes;
	char *exact;

	buf_init(&path, path_max);
	buf_addf(&path, "%s/%s", folder, name);
	tap_read_file(buf_c(&path), &bytes);
	exact = mem_alloc(bytes.n);
	if (bytes.n > 0)
		memcpy(exact, bytes.p, bytes.n);
	tap_int(LLVMFuzzerTestOneInput((const uint8_t *)exact, bytes.n), 0,
	    "%s", name);
	mem_free(exact);
	buf_fini(&bytes);
	buf_fini(&path);
}

int
main(int argc, char **argv)
{
	const char *top = getenv("TOP_SRCDIR"), *slash;
	struct dirent **files = NULL;
	struct buf folder, whole;
	int count;

	(void)argc;
	slash = strrchr(argv[0], '/');
	buf_init(&folder, path_max);
	buf_init(&whole, path_max);
	buf_addf(&folder, "tests/fuzz/corpus/%s",
	    slash == NULL ? argv[0] : slash + 1);
	buf_addf(&whole, "%s/%s", top == NULL ? "." : top, buf_c(&folder));
	count = scandir(buf_c(&whole), &files, is_visible, alphasort);
	tap_ok(count > 0, "%s has files", buf_c(&folder));
	for (int i = 0; i < count; i++) {
		run_file(buf_c(&folder), files[i]->d_name);
		free(files[i]);
	}
	free(files);
	buf_fini(&whole);
	buf_fini(&folder);
	return tap_done();
}
