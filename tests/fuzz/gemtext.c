/*
 * text/gemtext and text/fold: whatever a text holds, one line of it stays one
 * line of its type, and a body ends where it ends.
 */
#include "fuzz.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "text/fold.h"
#include "text/gemtext.h"
#include "text/json.h"
#include "text/xml.h"

enum { room = 1 << 20 };

/* What was written is one line, of the type, and can be read by anyone. */
static void
check_line(const struct buf *out, enum gemtext_type type)
{
	struct gemtext_line line;
	struct gemtext g;

	assert(!out->full && utf8_is_valid(buf_str(out)));
	gemtext_init(&g, buf_str(out));
	assert(gemtext_next(&g, &line) && line.type == type);
	assert(line.raw.n + 1 == out->n && out->p[line.raw.n] == '\n');
	assert(!gemtext_next(&g, &line));
}

static void
check_lines(struct str in)
{
	struct str url = str_first(in, in.n / 2);
	struct str label = str_from_index(in, in.n / 2);
	struct buf out;

	buf_init(&out, room);
	gemtext_add_text(&out, in);
	check_line(&out, GEMTEXT_TEXT);
	buf_clear(&out);
	gemtext_add_link(&out, url, label);
	check_line(&out, str_trim(url).n > 0 ? GEMTEXT_LINK : GEMTEXT_TEXT);
	buf_clear(&out);
	gemtext_add_excerpt(&out, in);
	assert(str_find_char(buf_str(&out), '\n') < 0);
	buf_fini(&out);
}

static void
check_body(struct str in)
{
	struct gemtext_line line;
	struct gemtext g;
	struct str title;
	struct buf once, twice;

	buf_init(&once, room);
	buf_init(&twice, room);
	gemtext_add_body(&once, in);
	if (!str_starts(buf_str(&once), STR("\xef\xbb\xbf"))) {
		gemtext_add_body(&twice, buf_str(&once));
		assert(str_eq(buf_str(&once), buf_str(&twice)));
	}
	gemtext_init(&g, buf_str(&once));
	while (gemtext_next(&g, &line))
		assert(str_find_char(line.raw, '\r') < 0);
	assert(!g.preformatted);
	buf_clear(&twice);
	if (gemtext_take_title(in, &title, &twice))
		assert(title.n > 0 && twice.n + title.n < in.n);
	else
		assert(twice.n == 0);
	assert(gemtext_count_words(in) <= in.n);
	buf_fini(&twice);
	buf_fini(&once);
}

static void
check_path(struct str path)
{
	struct str segment;
	bool more = path.n > 0;

	while (more) {
		more = str_cut(&path, '/', &segment);
		assert(segment.n > 0 && !str_eq(segment, STR("..")) &&
		    !str_eq(segment, STR(".")) &&
		    !str_eq(segment, STR("page")));
		for (size_t i = 0; i < segment.n; i++)
			assert(segment.p[i] > ' ' && segment.p[i] <= '~');
	}
}

static void
check_fold(struct str in)
{
	struct arena arena = {0};
	struct str key, slug;
	struct buf out;

	key = fold_key(&arena, in);
	assert(str_eq(fold_key(&arena, key), key));
	check_path(fold_term_path(&arena, in));
	slug = fold_slug(&arena, in);
	assert(slug.n <= fold_slug_max && !str_starts(slug, STR("-")) &&
	    !str_ends(slug, STR("-")) && utf8_is_valid(slug));
	fold_nfc(&arena, in);
	buf_init(&out, room);
	for (size_t count = 0; count < 4; count++) {
		buf_clear(&out);
		fold_add_cut(&out, in, count);
		assert(count == 0 || out.n >= in.n ||
		    str_ends(buf_str(&out), STR("\xe2\x80\xa6")));
	}
	assert(fold_width(in) <= in.n * 2);
	buf_fini(&out);
	arena_fini(&arena);
}

static void
check_escapes(struct str in)
{
	struct buf out;

	buf_init(&out, room);
	xml_add_text(&out, in);
	assert(utf8_is_valid(buf_str(&out)));
	assert(str_find_char(buf_str(&out), '<') < 0);
	assert(str_find_char(buf_str(&out), '"') < 0);
	buf_clear(&out);
	json_add_string(&out, in);
	assert(utf8_is_valid(buf_str(&out)) && out.n >= 2);
	for (size_t i = 0; i < out.n; i++)
		assert((unsigned char)out.p[i] >= ' ');
	buf_fini(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = {(const char *)data, size};

	if (size * sizeof("\\u0000") > room)
		return 0;
	check_lines(in);
	check_body(in);
	check_fold(in);
	check_escapes(in);
	return 0;
}
