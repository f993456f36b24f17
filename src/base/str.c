/*
 * Views of bytes: compare, search, cut. Nothing here allocates but
 * str_to_c(), and nothing knows of encodings.
 */
#include "base/str.h"

#include <endian.h>
#include <string.h>

#include "base/mem.h"

enum {
	decimal_base = 10,
	hex_letter_value = 10,
};

struct str
str_from_c(const char *s)
{
	return (struct str){s, s == NULL ? 0 : strlen(s)};
}

bool
str_eq_nocase(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (ascii_to_lower(a.p[i]) != ascii_to_lower(b.p[i]))
			return false;
	return true;
}

int
str_cmp(struct str a, struct str b)
{
	size_t n;
	int order;

	n = a.n < b.n ? a.n : b.n;
	order = n == 0 ? 0 : memcmp(a.p, b.p, n);
	if (order != 0)
		return order;
	return (a.n > b.n) - (a.n < b.n);
}

int
str_cmp_nocase(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;

	for (size_t i = 0; i < n; i++) {
		unsigned char left = (unsigned char)ascii_to_lower(a.p[i]);
		unsigned char right = (unsigned char)ascii_to_lower(b.p[i]);

		if (left != right)
			return left < right ? -1 : 1;
	}
	if (a.n == b.n)
		return 0;
	return a.n < b.n ? -1 : 1;
}

ptrdiff_t
str_find_last_char(struct str s, char c)
{
	for (size_t i = s.n; i > 0; i--)
		if (s.p[i - 1] == c)
			return (ptrdiff_t)(i - 1);
	return -1;
}

ptrdiff_t
str_find_str(struct str s, struct str needle)
{
	const char *at;

	if (needle.n == 0)
		return 0;
	at = s.n == 0 ? NULL : memmem(s.p, s.n, needle.p, needle.n);
	return at == NULL ? -1 : at - s.p;
}

struct str
str_trim(struct str s)
{
	while (s.n > 0 && ascii_is_space(s.p[0]))
		s = str_from_index(s, 1);
	while (s.n > 0 && ascii_is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool
str_cut(struct str *rest, char c, struct str *part)
{
	ptrdiff_t at;

	at = str_find_char(*rest, c);
	if (at < 0) {
		*part = *rest;
		*rest = (struct str){"", 0};
		return false;
	}
	*part = str_first(*rest, (size_t)at);
	*rest = str_from_index(*rest, (size_t)at + 1);
	return true;
}

bool
str_next_line(struct str *rest, struct str *line)
{
	if (str_is_empty(*rest))
		return false;
	str_cut(rest, '\n', line);
	if (line->n > 0 && line->p[line->n - 1] == '\r')
		line->n--;
	return true;
}

bool
str_to_u64(struct str s, uint64_t max, uint64_t *out)
{
	uint64_t value = 0, digit;

	if (str_is_empty(s))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (!ascii_is_digit(s.p[i]))
			return false;
		digit = (uint64_t)(s.p[i] - '0');
		if (digit > max || value > (max - digit) / decimal_base)
			return false;
		value = value * decimal_base + digit;
	}
	*out = value;
	return true;
}

int
ascii_hex_value(char c)
{
	if (ascii_is_digit(c))
		return c - '0';
	c = ascii_to_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + hex_letter_value : -1;
}

char *
str_to_c(struct str s)
{
	char *copy;

	copy = mem_alloc(s.n + 1);
	if (s.n > 0)
		memcpy(copy, s.p, s.n);
	return copy;
}

/* Bytes as a number, the first the lowest, whatever the machine. n is at most
 * the size of the number. */
static uint64_t
number_of(const char *p, size_t n)
{
	uint64_t number = 0;

	memcpy(&number, p, n);
	return le64toh(number);
}

static uint64_t
hash_mix(uint64_t hash, uint64_t number)
{
	static const uint64_t mixer = 0xff51afd7ed558ccdu;
	static const unsigned half = 32;

	hash = (hash ^ number) * mixer;
	return hash ^ hash >> half;
}

uint64_t
str_hash(uint64_t seed, struct str s)
{
	const size_t step = sizeof(uint64_t);
	uint64_t hash = seed;
	const char *p = s.p;
	size_t n = s.n;

	for (; n >= step; n -= step, p += step)
		hash = hash_mix(hash, number_of(p, step));
	if (n > 0)
		hash = hash_mix(hash, number_of(p, n));
	return hash_mix(hash, s.n);
}
