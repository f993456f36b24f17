/*
 * text/markdown: whatever the text, the page is well-formed UTF-8 without
 * controls, ends outside of preformatted text, and stays under its cap.
 */
#include "fuzz.h"

#include <assert.h>

#include "base/utf8.h"
#include "text/gemtext.h"
#include "text/markdown.h"

enum { room = 1 << 24 };

/* Targets are what they are; every other name is unknown. */
static bool
on_resolve(void *context, enum markdown_target kind, struct str target,
    struct buf *out)
{
	(void)context;
	(void)kind;
	if (target.n % 2 == 1)
		return false;
	buf_add(out, target);
	return true;
}

static void
check_page(struct str page)
{
	struct gemtext g;
	struct gemtext_line line;
	uint32_t c;

	assert(utf8_is_valid(page));
	assert(page.n == 0 || str_ends(page, STR("\n")));
	gemtext_init(&g, page);
	while (gemtext_next(&g, &line)) {
		struct str rest = line.raw;

		while (utf8_next(&rest, &c))
			assert(c == '\t' || !code_point_is_control(c));
		assert(line.type != GEMTEXT_LINK || line.url.n > 0);
	}
	assert(!g.preformatted);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = {(const char *)data, size};
	struct markdown_options options = {.file = STR("a.md"),
	    .first_line = 1,
	    .check = true,
	    .resolve = on_resolve};
	struct buf out;
	struct diags diags;

	if (size == 0)
		return 0;
	options.links = (enum markdown_links)(data[0] % 4);
	buf_init(&out, room);
	diags_init(&diags);
	if (markdown_render(&options, str_from_index(in, 1), &out, &diags) == 0)
		check_page(buf_str(&out));
	else
		assert(out.n == 0 && diags.errors > 0);
	assert(out.n <= size * markdown_growth_max + markdown_growth_extra);
	diags_fini(&diags);
	buf_fini(&out);
	return 0;
}
