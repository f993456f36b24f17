/*
 * What is left in texts that were exported from WordPress and other programs
 * that keep HTML: their tags in square brackets, and tags with broken quotes.
 */
#include "text/markdown_exported.h"

#include "text/markdown_shortcode.h"
#include "text/markdown_tag.h"

enum {
	reach_max = 2048,
	sign_max = 256, /* up to the first attribute in braces */
};

static bool
is_one_of(struct str name, const struct str *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(name, names[i]))
			return true;
	return false;
}

/* A tag in square brackets. */
struct bracket {
	struct str name;
	struct str inside; /* behind the name */
	size_t length;
	bool is_end;
};

static bool
parse_bracket(struct str s, struct bracket *b)
{
	ptrdiff_t end = str_find_char(s, ']');
	size_t n = 0;

	if (end < 2)
		return false;
	b->length = (size_t)end + 1;
	/* A link, or the definition of one; "[caption ...][![" is none. */
	if (s.n > b->length && str_find_char(STR("([:"), s.p[b->length]) >= 0 &&
	    !str_starts(s, STR("[caption ")))
		return false;
	s = str_from(s.p + 1, (size_t)end - 1);
	b->is_end = str_starts(s, STR("/"));
	s = str_from_index(s, b->is_end ? 1 : 0);
	while (n < s.n && s.p[n] >= 'a' && s.p[n] <= 'z')
		n++;
	b->name = str_first(s, n);
	b->inside = str_trim(str_from_index(s, n));
	return n > 0 && (n == s.n || str_find_char(STR(" ="), s.p[n]) >= 0);
}

/* Whether the name has an end tag in the text, as "[code]" has when it is no
 * word in brackets. */
static bool
is_closed(struct markdown_reader *r, struct str name)
{
	if (str_eq(name, STR("caption")))
		return markdown_reader_find(r, STR("[/caption]")) >= 0;
	if (str_eq(name, STR("embed")))
		return markdown_reader_find(r, STR("[/embed]")) >= 0;
	if (str_eq(name, STR("code")))
		return markdown_reader_find(r, STR("[/code]")) >= 0;
	return str_eq(name, STR("sourcecode")) &&
	    markdown_reader_find(r, STR("[/sourcecode]")) >= 0;
}

/* Write "[code language="c"]...[/code]" as a block of code. */
static void
read_code(struct markdown_reader *r, const struct bracket *b)
{
	struct str close = str_eq(b->name, STR("code")) ? STR("[/code]")
							: STR("[/sourcecode]");
	struct markdown_tag tag = {.attributes = b->inside};
	struct str language;
	size_t end;

	if (!markdown_tag_find(&tag, STR("language"), &language))
		markdown_tag_find(&tag, STR("lang"), &language);
	markdown_reader_skip(r, b->length);
	end = (size_t)str_find_str(markdown_reader_rest(r), close);
	markdown_reader_break(r);
	markdown_reader_add(r, STR("~~~~~~~~ "));
	markdown_reader_add(r, language);
	markdown_reader_add(r, STR("\n"));
	markdown_reader_copy_code(r, end);
	markdown_reader_add(r, STR("\n~~~~~~~~\n"));
	markdown_reader_skip(r, close.n);
}

bool
markdown_exported_read_bracket(struct markdown_reader *r)
{
	static const struct str pairs[] = {STR_INIT("caption"),
	    STR_INIT("embed"), STR_INIT("code"), STR_INIT("sourcecode")};
	static const struct str singles[] = {STR_INIT("gallery"),
	    STR_INIT("audio"), STR_INIT("video"), STR_INIT("youtube"),
	    STR_INIT("vimeo"), STR_INIT("playlist")};
	struct bracket b;
	struct str rest = str_first(markdown_reader_rest(r), reach_max);

	if (!parse_bracket(rest, &b))
		return false;
	if (is_one_of(b.name, pairs, sizeof(pairs) / sizeof(pairs[0]))) {
		if (!b.is_end && !is_closed(r, b.name))
			return false;
		if (!b.is_end && str_ends(b.name, STR("code"))) {
			read_code(r, &b);
			return true;
		}
	} else if (!is_one_of(
		       b.name, singles, sizeof(singles) / sizeof(singles[0])) ||
	    (b.inside.n == 0 && !b.is_end)) {
		return false;
	}
	if (!b.is_end && str_find_str(b.inside, STR("://")) >= 0 &&
	    str_find_char(b.inside, '"') < 0)
		markdown_reader_add(r,
		    str_from_index(
			b.inside, str_starts(b.inside, STR("=")) ? 1 : 0));
	markdown_reader_skip(r, b.length);
	return true;
}

static size_t
count_of(struct str s, struct str part)
{
	size_t count = 0;
	ptrdiff_t at;

	while ((at = str_find_str(s, part)) >= 0) {
		s = str_from_index(s, (size_t)at + part.n);
		count++;
	}
	return count;
}

/* The value of an attribute that a template engine may write, "{{ "x" | url
 * }}", and the number of quotes in its braces. */
static struct str
written_value(struct str value, size_t *quotes)
{
	struct markdown_shortcode code;

	*quotes = 0;
	if (!str_starts(value, STR("{{")) ||
	    !markdown_shortcode_parse(value, &code))
		return value;
	*quotes = count_of(str_first(value, code.length), STR("\""));
	return markdown_shortcode_get_place(&code, 0);
}

bool
markdown_exported_read_image(struct markdown_reader *r)
{
	static const struct str open = STR_INIT("alt=\"");
	struct str line = str_first(markdown_reader_line(r), reach_max);
	struct str text, src, alt;
	ptrdiff_t end = str_find_char(line, '>'), at;
	size_t quotes;

	if (!str_starts(line, STR("<img src=\"")) || end < 0)
		return false;
	text = str_first(line, (size_t)end + 1);
	at = str_find_str(text, open);
	src = str_from_index(text, sizeof("<img src=\"") - 1);
	src = written_value(src, &quotes);
	if (at < 0 ||
	    count_of(text, STR("\"")) ==
		2 * count_of(text, STR("=\"")) + quotes)
		return false;
	if (quotes == 0)
		src = str_first(src, (size_t)str_find_char(src, '"'));
	alt = str_from_index(text, (size_t)at + open.n);
	at = str_find_last_char(alt, '"');
	markdown_reader_add(r, STR("<img"));
	markdown_reader_add_attribute(r, STR("src"), src);
	markdown_reader_add_attribute(
	    r, STR("alt"), str_first(alt, at < 0 ? 0 : (size_t)at));
	markdown_reader_add(r, STR(">"));
	markdown_reader_skip(r, text.n);
	return true;
}

bool
markdown_exported_read_jsx(struct markdown_reader *r)
{
	static const struct str kept[] = {
	    STR_INIT("src"), STR_INIT("alt"), STR_INIT("href")};
	static const struct str sign = STR_INIT("={");
	struct str rest = markdown_reader_rest(r);
	struct markdown_shortcode code;

	if (rest.n < 2 || rest.p[1] < 'a' || rest.p[1] > 'z' ||
	    r->at < r->no_close_before ||
	    str_find_str(str_first(rest, sign_max), sign) < 0)
		return false;
	if (!markdown_shortcode_parse(str_first(rest, reach_max), &code)) {
		if (code.lacks_close)
			r->no_close_before = r->at + reach_max / 2;
		return false;
	}
	if (str_find_str(str_first(rest, code.length), sign) < 0)
		return false;
	markdown_reader_add(r, STR("<"));
	markdown_reader_add(r, code.written);
	for (size_t i = 0; i < code.count; i++)
		if (is_one_of(code.arguments[i].key, kept,
			sizeof(kept) / sizeof(kept[0])) &&
		    code.arguments[i].is_quoted)
			markdown_reader_add_attribute(
			    r, code.arguments[i].key, code.arguments[i].value);
	markdown_reader_add(r, code.is_empty ? STR(" />") : STR(">"));
	markdown_reader_skip(r, code.length);
	return true;
}
