/*
 * base/buf: bytes that grow up to a cap.
 */
#include "base/buf.h"

#include <string.h>

#include "base/mem.h"
#include "tap.h"

enum { cap = 200 };

static void
test_add(void)
{
	struct buf b;

	buf_init(&b, cap);
	tap_str(buf_str(&b), STR(""), "new and empty");
	buf_add(&b, STR(""));
	tap_ok(!b.full && b.n == 0, "nothing added");
	buf_add(&b, STR("ab\0c"));
	buf_add_char(&b, 'd');
	buf_addf(&b, "%d-%s", 42, "x");
	tap_str(buf_str(&b), STR("ab\0cd42-x"), "added in order");
	tap_str(str_from_c(buf_c(&b)), STR("ab"), "as a C string, to its NUL");
	tap_int(b.n, 9, "the NUL behind is not counted");
	buf_drop_front(&b, 0);
	buf_drop_front(&b, 3);
	tap_str(buf_str(&b), STR("cd42-x"), "front dropped");
	buf_truncate(&b, 2);
	tap_str(buf_str(&b), STR("cd"), "end dropped");
	buf_drop_front(&b, 2);
	tap_str(buf_str(&b), STR(""), "all dropped");
	buf_add(&b, STR("again"));
	buf_clear(&b);
	tap_ok(b.n == 0 && b.size > 0, "cleared, memory kept");
	buf_fini(&b);
	tap_ok(b.p == NULL && b.max == 0, "given back");
}

/* Bytes are there as they were, however often the memory moves. */
static void
test_growth(void)
{
	enum { many = 100000 };
	struct buf b;
	int bad = 0;

	buf_init(&b, many);
	for (int i = 0; i < many; i++)
		buf_add_char(&b, (char)(i % 251));
	tap_ok(!b.full && b.n == many && b.size == many, "up to the cap");
	for (int i = 0; i < many; i++)
		if (b.p[i] != (char)(i % 251))
			bad++;
	tap_int(bad, 0, "bytes are kept");
	tap_ok(buf_c(&b) == NULL, "no room for a NUL");
	buf_fini(&b);
}

static void
test_cap(void)
{
	struct buf b;

	buf_init(&b, 4);
	buf_add(&b, STR("abcde"));
	tap_ok(b.full && b.n == 0, "too much is not added at all");
	buf_clear(&b);
	tap_ok(!b.full, "cleared, no longer full");
	buf_add(&b, STR("abcd"));
	tap_ok(!b.full && b.n == 4, "just the cap fits");
	buf_add_char(&b, 'e');
	tap_ok(b.full && b.n == 4, "one more does not");
	buf_clear(&b);
	buf_addf(&b, "%s", "abcde");
	tap_ok(b.full && b.n == 0, "nor what is formatted");
	buf_clear(&b);
	buf_add(&b, STR("ab"));
	tap_int(buf_reserve(&b, SIZE_MAX), -1, "no room for all memory");
	tap_int(buf_reserve(&b, 2), 0, "room for two");
	buf_fini(&b);
	buf_add_char(&b, 'x');
	tap_ok(b.full && b.n == 0, "finished: holds nothing");
	b = (struct buf){0};
	buf_add_char(&b, 'x');
	tap_ok(b.full, "zeroed: holds nothing");
	buf_fini(&b);
}

static void
test_take(void)
{
	struct buf b;
	size_t size;
	char *p;

	buf_init(&b, cap);
	buf_add(&b, STR("taken"));
	p = buf_take(&b, &size);
	tap_str(str_from(p, size), STR("taken"), "bytes taken");
	tap_ok(b.n == 0 && b.p == NULL && b.max == cap, "buffer empty");
	buf_add(&b, STR("new"));
	tap_str(str_from(p, size), STR("taken"), "they are not its own now");
	mem_free(p);
	buf_fini(&b);
	buf_init(&b, cap);
	p = buf_take(&b, &size);
	tap_int(size, 0, "nothing taken");
	mem_free(p);
}

int
main(void)
{
	test_add();
	test_growth();
	test_cap();
	test_take();
	return tap_done();
}
