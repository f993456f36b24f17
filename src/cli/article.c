/*
 * The beginning of an article. Where it goes is cmd_new's.
 */
#include "cli/article.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/yaml.h"

enum { ascii_end = 0x80 };

/* s on one line: controls become spaces, and its ends are trimmed. */
static struct str
one_line(struct arena *arena, struct str s)
{
	struct str rest = s, line;
	struct buf out;
	uint32_t c;

	buf_init(&out, s.n);
	while (utf8_next(&rest, &c))
		if (code_point_is_control(c))
			buf_add_char(&out, ' ');
		else
			utf8_add(&out, c);
	line = str_trim(arena_str(arena, buf_str(&out)));
	buf_fini(&out);
	return line;
}

/* Whether s can stand without quotes: nothing in it is YAML's, and as a whole
 * it is no word of its own. */
static bool
is_plain(struct str s)
{
	bool is_true;

	if (s.n == 0 || !ascii_is_alpha(s.p[0]) || yaml_to_bool(s, &is_true) ||
	    str_eq_nocase(s, STR("null")))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ascii_end &&
		    !ascii_is_alnum(s.p[i]) &&
		    strchr(" -_.'()!", s.p[i]) == NULL)
			return false;
	return utf8_is_valid(s);
}

void
article_add_scalar(struct str s, struct buf *out)
{
	struct arena arena = {0};
	struct str line = one_line(&arena, s);

	if (is_plain(line)) {
		buf_add(out, line);
		arena_fini(&arena);
		return;
	}
	buf_add_char(out, '"');
	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] == '"' || line.p[i] == '\\')
			buf_add_char(out, '\\');
		buf_add_char(out, line.p[i]);
	}
	buf_add_char(out, '"');
	arena_fini(&arena);
}

void
article_add_source(const struct article *article, struct buf *out)
{
	size_t i = 0;

	buf_add(out, STR("---\ntitle: "));
	article_add_scalar(article->title, out);
	buf_add(out, STR("\ndate: "));
	date_add_rfc3339(out, article->date);
	buf_add(out, STR("\ntags: ["));
	VEC_EACH (struct str, tag, article->tags) {
		buf_add(out, i++ == 0 ? STR("") : STR(", "));
		article_add_scalar(*tag, out);
	}
	buf_add(out,
	    STR("]\n"
		"# summary: one or two sentences for lists and feeds\n"
		"# draft: true\n"
		"---\n"));
}

void
article_add_file_name(struct str title, struct str ending, struct buf *out)
{
	struct arena arena = {0};
	struct str slug = fold_slug(&arena, title);

	buf_add(out, str_is_empty(slug) ? STR("article") : slug);
	if (str_eq(slug, STR("index")))
		buf_add(out, STR("-1"));
	buf_add(out, ending);
	arena_fini(&arena);
}
