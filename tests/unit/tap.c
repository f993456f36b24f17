/*
 * The harness of the unit tests. It prints; it decides nothing.
 */
#include "tap.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/utf8.h"

enum {
	shown_max = 4096,
	file_max = 16 * 1024 * 1024,
};

static int checks, failures;

static void __attribute__((format(printf, 2, 0)))
tap_line(bool ok, const char *format, va_list args)
{
	checks++;
	if (!ok)
		failures++;
	printf("%sok %d - ", ok ? "" : "not ", checks);
	vprintf(format, args);
	putchar('\n');
}

static void
tap_show(const char *name, struct str s)
{
	struct buf shown;

	buf_init(&shown, shown_max);
	utf8_print(&shown, str_first(s, shown_max / sizeof("\\x00")));
	printf("# %s: \"%" STR_FMT "\"\n", name, STR_ARG(buf_str(&shown)));
	buf_fini(&shown);
}

bool
tap_ok(bool ok, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	tap_line(ok, format, args);
	va_end(args);
	return ok;
}

bool
tap_str(struct str got, struct str want, const char *format, ...)
{
	bool ok = str_eq(got, want);
	va_list args;

	va_start(args, format);
	tap_line(ok, format, args);
	va_end(args);
	if (!ok) {
		tap_show("got ", got);
		tap_show("want", want);
	}
	return ok;
}

bool
tap_int(long long got, long long want, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	tap_line(got == want, format, args);
	va_end(args);
	if (got != want)
		printf("# got %lld, want %lld\n", got, want);
	return got == want;
}

int
tap_done(void)
{
	printf("1..%d\n", checks);
	return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

void
tap_read_file(const char *path, struct buf *out)
{
	const char *top = getenv("TOP_SRCDIR");
	struct buf whole;

	buf_init(out, file_max);
	buf_init(&whole, file_max);
	buf_addf(&whole, "%s/%s", top == NULL ? "." : top, path);
	if (file_read(AT_FDCWD, buf_c(&whole), out, NULL) < 0) {
		perror(buf_c(&whole));
		exit(EXIT_FAILURE);
	}
	buf_fini(&whole);
}
