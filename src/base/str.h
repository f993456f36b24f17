#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * A borrowed view of bytes: n bytes at p, no NUL needed, none promised. It
 * must not outlive what it borrows from. The empty view may have any p.
 */
struct str {
	const char *p;
	size_t n;
};

/* A view of a string literal; STR_INIT is the same as an initialiser. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_INIT(literal)                       \
	{                                       \
		"" literal, sizeof(literal) - 1 \
	}

/* For printf: printf("%" STR_FMT "\n", STR_ARG(s)). */
#define STR_FMT ".*s"
#define STR_ARG(s) (int)(s).n, (s).p

/* A view of the NUL-terminated s; NULL gives the empty view. */
struct str str_from_c(const char *s);

/* A view of n bytes at p. */
static inline struct str
str_from(const char *p, size_t n)
{
	return (struct str){p, n};
}

static inline bool
str_is_empty(struct str s)
{
	return s.n == 0;
}

static inline bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Equal but for the case of ASCII letters. */
bool str_eq_nocase(struct str a, struct str b);

/* Order by bytes, the shorter first: < 0, 0, > 0 as memcmp(). */
int str_cmp(struct str a, struct str b);

/* The same, with the ASCII letters of either case equal. */
int str_cmp_nocase(struct str a, struct str b);

static inline bool
str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n &&
	    (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

static inline bool
str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n &&
	    (suffix.n == 0 ||
		memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

/* The index of the first c, of the last c, or of the first needle, in s; -1
 * when there is none. The empty needle is at 0. */
static inline ptrdiff_t
str_find_char(struct str s, char c)
{
	const char *at;

	at = s.n == 0 ? NULL : memchr(s.p, c, s.n);
	return at == NULL ? -1 : at - s.p;
}

ptrdiff_t str_find_last_char(struct str s, char c);
ptrdiff_t str_find_str(struct str s, struct str needle);

/* The part of s from index from on; beyond its end, the empty part there. */
static inline struct str
str_from_index(struct str s, size_t from)
{
	if (s.n == 0)
		return s;
	if (from > s.n)
		from = s.n;
	return (struct str){s.p + from, s.n - from};
}

/* The first n bytes of s, or all of it. */
static inline struct str
str_first(struct str s, size_t n)
{
	return (struct str){s.p, n < s.n ? n : s.n};
}

/* s without the spaces, tabs, CRs and LFs at both of its ends. */
struct str str_trim(struct str s);

/* Take the part of *rest before the first c, and move *rest behind that c.
 * False, with all of it in *part and *rest empty, when no c is left. */
bool str_cut(struct str *rest, char c, struct str *part);

/* Take one line from *rest, without its LF or CRLF. False at the end. */
bool str_next_line(struct str *rest, struct str *line);

/* All of s as a decimal number of at most max: digits only, no sign, no
 * space. False, with *out untouched, for anything else. */
bool str_to_u64(struct str s, uint64_t max, uint64_t *out);

/* ASCII only, whatever the locale. */
static inline bool
ascii_is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool
ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
ascii_is_alnum(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c);
}

static inline bool
ascii_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static inline char
ascii_to_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* 0 to 15, or -1 when c is no hexadecimal digit. */
int ascii_hex_value(char c);

/* A NUL-terminated copy of s, for the border to libc and the libraries; the
 * caller gives it back with mem_free(). A NUL inside s ends the copy there. */
char *str_to_c(struct str s);

/* A 64-bit hash of s, eight bytes at a time, the same on all machines. Not for
 * keys that a peer chooses. Chain with seed; start with STR_HASH_START. */
#define STR_HASH_START 0xcbf29ce484222325u
uint64_t str_hash(uint64_t seed, struct str s);

#endif
