/*
 * The header of a reply, written and read. Bodies pass elsewhere.
 */
#include "proto/reply.h"

#include "base/utf8.h"

enum {
	code_digits = 2,
	code_min = 10,
	code_end = 70,
	code_meta_optional = 40, /* from here on */
	decimal_base = 10,
	byte_order_mark = 0xfeff,
	success_class = 2,
	redirect_class = 3,
};

static const struct {
	enum status status;
	struct str meta;
} statuses[] = {
#define STATUS(name, code, meta) {STATUS_##name, STR_INIT(meta)},
#include "proto/status.def"
#undef STATUS
};

enum { status_count = sizeof(statuses) / sizeof(statuses[0]) };

struct str
status_meta(enum status status)
{
	for (size_t i = 0; i < status_count; i++)
		if (statuses[i].status == status)
			return statuses[i].meta;
	return STR("");
}

bool
status_exists(int code)
{
	for (size_t i = 0; i < status_count; i++)
		if ((int)statuses[i].status == code)
			return true;
	return false;
}

static void
drop_byte_order_marks(struct str *s)
{
	struct str rest = *s;
	uint32_t c;

	while (utf8_next(&rest, &c) && c == byte_order_mark)
		*s = rest;
}

/* Add meta so that it stays on one line, up to the cap of out. */
static void
add_clean(struct buf *out, struct str meta)
{
	struct str rest = meta;
	uint32_t c;

	while (meta.n > 0 && !out->full) {
		if (!utf8_next(&rest, &c)) {
			rest = str_from_index(meta, 1);
			c = ' ';
		}
		utf8_add(out, code_point_is_control(c) ? ' ' : c);
		meta = rest;
	}
}

void
reply_add_header(struct buf *out, enum status status, struct str meta)
{
	struct buf clean;

	buf_init(&clean, reply_meta_max);
	drop_byte_order_marks(&meta);
	add_clean(&clean, meta);
	if (str_is_empty(str_trim(buf_str(&clean)))) {
		buf_clear(&clean);
		buf_add(&clean, status_meta(status));
	}
	buf_addf(
	    out, "%d %" STR_FMT "\r\n", (int)status, STR_ARG(buf_str(&clean)));
	buf_fini(&clean);
}

static bool
is_printable(struct str s)
{
	uint32_t c;

	while (s.n > 0)
		if (!utf8_next(&s, &c) || code_point_is_control(c))
			return false;
	return true;
}

/* Whether meta may follow code. A media type and a reference hold something
 * and do not begin with a space. */
static bool
meta_fits(int code, struct str meta)
{
	int class = code / decimal_base;

	if (meta.n == 0 || meta.n > reply_meta_max || !is_printable(meta))
		return false;
	return (class != success_class && class != redirect_class) ||
	    meta.p[0] != ' ';
}

bool
reply_parse(struct str line, int *code, struct str *meta)
{
	uint64_t number;

	if (line.n < code_digits ||
	    !str_to_u64(str_first(line, code_digits), code_end - 1, &number) ||
	    number < code_min)
		return false;
	*code = (int)number;
	*meta = str_from_index(line, code_digits + 1);
	if (line.n == code_digits)
		return *code >= code_meta_optional;
	return line.p[code_digits] == ' ' && meta_fits(*code, *meta);
}
