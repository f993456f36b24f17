/*
 * Running text: white space made single, and no space where a line of Chinese
 * or Japanese goes on in the next one.
 */
#include "text/markdown_run.h"

#include <string.h>

#include "base/utf8.h"
#include "text/fold.h"

enum {
	no_break_space = 0xa0,
	soft_hyphen = 0xad,
	byte_order_mark = 0xfeff,
	cjk_punctuation_first = 0x3000,
	cjk_punctuation_last = 0x303f,
	fullwidth_first = 0xff00,
	fullwidth_last = 0xffef,
	utf8_length_max = 4,
	utf8_mark = 0xc0,
	utf8_follows = 0x80,
	replacement = 0xfffd,
};

void
markdown_run_init(struct markdown_run *run, size_t max)
{
	*run = (struct markdown_run){.owed = MARKDOWN_OWED_NOTHING};
	buf_init(&run->text, max);
}

void
markdown_run_fini(struct markdown_run *run)
{
	buf_fini(&run->text);
}

void
markdown_run_clear(struct markdown_run *run)
{
	buf_clear(&run->text);
	run->owed = MARKDOWN_OWED_NOTHING;
}

bool
markdown_run_is_spaceless(uint32_t code_point)
{
	return fold_is_spaceless(code_point) ||
	    (code_point >= cjk_punctuation_first &&
		code_point <= cjk_punctuation_last) ||
	    (code_point >= fullwidth_first && code_point <= fullwidth_last);
}

/* The last code point of the run; 0 when it is empty. */
static uint32_t
last_code_point(struct str text)
{
	uint32_t code_point = 0;
	struct str tail;
	size_t n = 1;

	while (n < text.n && n < utf8_length_max &&
	    ((unsigned char)text.p[text.n - n] & utf8_mark) == utf8_follows)
		n++;
	tail = str_from_index(text, text.n < n ? 0 : text.n - n);
	utf8_next(&tail, &code_point);
	return code_point;
}

/* Write the space that is owed before the code point next. */
static void
pay(struct markdown_run *run, uint32_t next)
{
	enum markdown_owed owed = run->owed;

	run->owed = MARKDOWN_OWED_NOTHING;
	if (markdown_run_is_at_start(run))
		return;
	switch (owed) {
	case MARKDOWN_OWED_NOTHING:
		break;
	case MARKDOWN_OWED_NO_BREAK_SPACE:
		utf8_add(&run->text, no_break_space);
		break;
	case MARKDOWN_OWED_SOFT_BREAK:
		if (markdown_run_is_spaceless(next) &&
		    markdown_run_is_spaceless(
			last_code_point(buf_str(&run->text))))
			break;
		buf_add_char(&run->text, ' ');
		break;
	case MARKDOWN_OWED_SPACE:
		buf_add_char(&run->text, ' ');
		break;
	}
}

static void
owe(struct markdown_run *run, enum markdown_owed owed)
{
	if (owed == MARKDOWN_OWED_NO_BREAK_SPACE &&
	    run->owed != MARKDOWN_OWED_NOTHING)
		owed = MARKDOWN_OWED_SPACE;
	if (owed > run->owed)
		run->owed = owed;
}

static void
add_code_point(struct markdown_run *run, uint32_t c)
{
	if (c == no_break_space) {
		owe(run, MARKDOWN_OWED_NO_BREAK_SPACE);
	} else if (c == '\n') {
		owe(run, MARKDOWN_OWED_SOFT_BREAK);
	} else if (c == ' ' || code_point_is_control(c)) {
		owe(run, MARKDOWN_OWED_SPACE);
	} else if (c != soft_hyphen && c != byte_order_mark) {
		if (run->owed != MARKDOWN_OWED_NOTHING)
			pay(run, c);
		utf8_add(&run->text, c);
	}
}

/* The number of bytes at the start of s that need no look: printable ASCII. */
static size_t
plain_length(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] > ' ' && s.p[n] < '\x7f')
		n++;
	return n;
}

void
markdown_run_add(struct markdown_run *run, struct str text)
{
	while (text.n > 0) {
		uint32_t code_point = replacement;
		size_t plain = plain_length(text);

		if (plain > 0) {
			if (run->owed != MARKDOWN_OWED_NOTHING)
				pay(run, (unsigned char)text.p[0]);
			buf_add(&run->text, str_first(text, plain));
			text = str_from_index(text, plain);
			continue;
		}
		if (!utf8_next(&text, &code_point))
			text = str_from_index(text, 1);
		add_code_point(run, code_point);
	}
}

void
markdown_run_break(struct markdown_run *run)
{
	run->owed = MARKDOWN_OWED_NOTHING;
	if (run->text.n > 0 && !str_ends(buf_str(&run->text), STR("\n\n")))
		buf_add_char(&run->text, '\n');
}

void
markdown_run_replace(struct markdown_run *run, size_t n, struct str s)
{
	buf_truncate(&run->text, n);
	buf_add(&run->text, s);
}

bool
markdown_run_is_at_start(const struct markdown_run *run)
{
	return run->text.n == 0 || run->text.p[run->text.n - 1] == '\n';
}
