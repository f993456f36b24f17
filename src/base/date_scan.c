/*
 * Small steps over the text of a date.
 */
#include "base/date_scan.h"

enum { word_min = 3 /* "Mar" */ };

bool
scan_take_char(struct str *rest, char c)
{
	if (rest->n == 0 || ascii_to_lower(rest->p[0]) != c)
		return false;
	*rest = str_from_index(*rest, 1);
	return true;
}

bool
scan_take_text(struct str *rest, struct str text)
{
	if (!str_eq_nocase(str_first(*rest, text.n), text))
		return false;
	*rest = str_from_index(*rest, text.n);
	return true;
}

bool
scan_take_spaces(struct str *rest)
{
	size_t before = rest->n;

	while (scan_take_char(rest, ' ') || scan_take_char(rest, '\t'))
		;
	return rest->n < before;
}

size_t
scan_count_digits(struct str s)
{
	size_t n = 0;

	while (n < s.n && ascii_is_digit(s.p[n]))
		n++;
	return n;
}

bool
scan_take_number(struct str *rest, size_t n, int *out)
{
	uint64_t value;

	if (!str_to_u64(str_first(*rest, n), INT32_MAX, &value) || rest->n < n)
		return false;
	*rest = str_from_index(*rest, n);
	*out = (int)value;
	return true;
}

bool
scan_take_digits(struct str *rest, size_t min, size_t max, int *out)
{
	size_t n = scan_count_digits(*rest);

	return n >= min && n <= max && scan_take_number(rest, n, out);
}

int
scan_take_word(struct str *rest, const char *const *words, int count)
{
	struct str word;
	size_t n = 0;

	while (n < rest->n && ascii_is_alpha(rest->p[n]))
		n++;
	word = str_first(*rest, n);
	if (n < word_min)
		return -1;
	for (int i = 0; i < count; i++) {
		if (!str_eq_nocase(str_first(str_from_c(words[i]), n), word))
			continue;
		*rest = str_from_index(*rest, n);
		scan_take_char(rest, '.');
		return i;
	}
	return -1;
}
