/*
 * Text made harmless for a terminal. Layout is the reader's own matter.
 */
#include "cli/terminal.h"

#include "base/utf8.h"

enum {
	code_point_size_max = 4,
	first_of_two = 0xc0,
	is_multibyte = 0x80,
};

void
terminal_init(struct terminal *terminal)
{
	buf_init(&terminal->rest, code_point_size_max);
}

void
terminal_fini(struct terminal *terminal)
{
	buf_fini(&terminal->rest);
}

/* Add text that holds whole code points only. */
static void
show_whole(struct str text, struct buf *out)
{
	size_t start = 0;

	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] != '\n' && text.p[i] != '\t' && text.p[i] != '\r')
			continue;
		utf8_print(out, str_from(text.p + start, i - start));
		if (text.p[i] != '\r')
			buf_add_char(out, text.p[i]);
		start = i + 1;
	}
	utf8_print(out, str_from_index(text, start));
}

/* How many bytes at the end of text may be the beginning of a code point that
 * goes on in the next piece. */
static size_t
unfinished(struct str text)
{
	unsigned char c;

	for (size_t back = 1; back < code_point_size_max && back <= text.n;
	     back++) {
		c = (unsigned char)text.p[text.n - back];
		if (c < is_multibyte)
			return 0;
		if (c >= first_of_two)
			return utf8_is_valid(
				   str_from_index(text, text.n - back))
			    ? 0
			    : back;
	}
	return 0;
}

void
terminal_show(struct terminal *terminal, struct str bytes, struct buf *out)
{
	struct str rest = buf_str(&terminal->rest);
	struct buf all;
	size_t whole;

	buf_init(&all, rest.n + bytes.n);
	buf_add(&all, rest);
	buf_add(&all, bytes);
	buf_clear(&terminal->rest);
	whole = all.n - unfinished(buf_str(&all));
	show_whole(str_first(buf_str(&all), whole), out);
	buf_add(&terminal->rest, str_from_index(buf_str(&all), whole));
	buf_fini(&all);
}

void
terminal_end(struct terminal *terminal, struct buf *out)
{
	show_whole(buf_str(&terminal->rest), out);
	buf_clear(&terminal->rest);
}
