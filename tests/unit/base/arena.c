/*
 * base/arena: memory with one common end.
 */
#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "tap.h"

/* Pieces of all sizes: aligned, zeroed, and none in another. */
static void
test_pieces(void)
{
	enum { pieces = 2000, size_step = 37, size_end = 5000 };
	struct arena a = {0};
	unsigned char *p[pieces];
	size_t sizes[pieces];
	int unaligned = 0, unclean = 0, overwritten = 0;

	for (int i = 0; i < pieces; i++) {
		sizes[i] = (size_t)(i * size_step % size_end);
		p[i] = arena_alloc(&a, sizes[i]);
		if ((uintptr_t)p[i] % _Alignof(max_align_t) != 0)
			unaligned++;
		for (size_t j = 0; j < sizes[i]; j++)
			if (p[i][j] != 0)
				unclean++;
		memset(p[i], i & UINT8_MAX, sizes[i]);
	}
	for (int i = 0; i < pieces; i++)
		for (size_t j = 0; j < sizes[i]; j++)
			if (p[i][j] != (i & UINT8_MAX))
				overwritten++;
	tap_int(unaligned, 0, "all aligned");
	tap_int(unclean, 0, "all zeroed");
	tap_int(overwritten, 0, "none in another");
	tap_ok(arena_total(&a) >= (size_t)pieces, "counted");
	arena_fini(&a);
}

static void
test_strings(void)
{
	struct arena a = {0};
	char text[] = "text";
	struct str s, t;

	s = arena_str(&a, str_from_c(text));
	text[0] = 'n';
	tap_str(s, STR("text"), "a copy of its own");
	tap_int(s.p[s.n], '\0', "with a NUL behind");
	t = arena_str(&a, STR(""));
	tap_ok(t.n == 0 && t.p[0] == '\0', "the empty string too");
	t = arena_printf(&a, "%s=%d", "answer", 42);
	tap_str(t, STR("answer=42"), "formatted");
	tap_int(t.p[t.n], '\0', "with a NUL behind");
	tap_str(s, STR("text"), "the first is as it was");
	arena_fini(&a);
	tap_int(arena_total(&a), 0, "all given back");
	tap_str(arena_str(&a, STR("again")), STR("again"), "used again");
	arena_fini(&a);
	arena_fini(&a);
	tap_ok(a.chunk == NULL, "given back twice");
}

static void
test_large(void)
{
	enum { large = 1 << 20 };
	struct arena a = {0};
	char *p, *q;

	p = arena_alloc(&a, 1);
	q = arena_alloc(&a, large);
	*p = 'p';
	memset(q, 'q', large);
	tap_int(*p, 'p', "a large piece stands apart");
	p = arena_alloc(&a, 1);
	*p = 'r';
	tap_ok(q[0] == 'q' && q[large - 1] == 'q', "and stays whole");
	arena_fini(&a);
}

int
main(void)
{
	test_pieces();
	test_strings();
	test_large();
	return tap_done();
}
