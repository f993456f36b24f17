/*
 * URLs that stand in a text as they are.
 */
#include "text/markdown_bare.h"

#include "base/utf8.h"
#include "text/markdown_run.h"

static const struct str mark = STR_INIT("://");

static bool
is_scheme(struct str s)
{
	static const struct str schemes[] = {STR_INIT("http"),
	    STR_INIT("https"), STR_INIT("gemini"), STR_INIT("gopher"),
	    STR_INIT("spartan"), STR_INIT("titan"), STR_INIT("finger"),
	    STR_INIT("nex"), STR_INIT("ftp"), STR_INIT("ftps"),
	    STR_INIT("sftp"), STR_INIT("git"), STR_INIT("irc"),
	    STR_INIT("ircs")};

	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (str_eq_nocase(s, schemes[i]))
			return true;
	return false;
}

/* Where the scheme that ends at index end starts; end when there is none. */
static size_t
scheme_start(struct str text, size_t from, size_t end)
{
	size_t start = end;

	while (start > from && ascii_is_alnum(text.p[start - 1]))
		start--;
	if (!is_scheme(str_from(text.p + start, end - start)))
		return end;
	return start;
}

/* The number of bytes of s that may belong to a URL. */
static size_t
url_length(struct str s)
{
	struct str rest = s;
	uint32_t c;

	while (rest.n > 0) {
		struct str before = rest;

		if (!utf8_next(&rest, &c) || c <= ' ' ||
		    markdown_run_is_spaceless(c) || code_point_is_control(c) ||
		    (c < '\x7f' &&
			str_find_char(STR("<>\"`|{}^\\"), (char)c) >= 0))
			return s.n - before.n;
	}
	return s.n;
}

/* How many more of open than of close are in s; below 0 the other way. */
static ptrdiff_t
count_open(struct str s, char open, char close)
{
	ptrdiff_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == open ? 1 : s.p[i] == close ? -1 : 0;
	return n;
}

/* url without what ends the sentence around it. */
static struct str
trim_end(struct str url)
{
	ptrdiff_t round = count_open(url, '(', ')');
	ptrdiff_t square = count_open(url, '[', ']');

	while (url.n > 0) {
		char last = url.p[url.n - 1];

		if (last == ')' && round < 0)
			round++;
		else if (last == ']' && square < 0)
			square++;
		else if (str_find_char(STR(".,;:!?'*_~"), last) < 0)
			break;
		url.n--;
	}
	for (size_t i = 0; i < url.n; i++) {
		static const struct str quotes[] = {STR_INIT("\xe2\x80\x9d"),
		    STR_INIT("\xe2\x80\x99"), STR_INIT("\xc2\xbb"),
		    STR_INIT("\xe2\x80\x9c")};

		if ((url.p[i] & '\x80') == 0)
			continue;
		for (size_t k = 0; k < sizeof(quotes) / sizeof(quotes[0]); k++)
			if (str_starts(str_from_index(url, i), quotes[k]))
				return str_first(url, i);
	}
	return url;
}

bool
markdown_find_bare_url(struct str text, size_t from, struct str *url)
{
	size_t at = from;

	while (at < text.n) {
		ptrdiff_t found = str_find_str(str_from_index(text, at), mark);
		size_t start, end;

		if (found < 0)
			return false;
		end = at + (size_t)found;
		start = scheme_start(text, from, end);
		at = end + mark.n;
		if (start == end || at >= text.n)
			continue;
		*url = str_from_index(text, start);
		*url = trim_end(str_first(
		    *url, at - start + url_length(str_from_index(text, at))));
		if (url->n > at - start &&
		    (ascii_is_alnum(text.p[at]) || text.p[at] == '[' ||
			text.p[at] < 0))
			return true;
	}
	return false;
}
