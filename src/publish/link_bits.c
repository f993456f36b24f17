/*
 * Bits of names. Every way in which links.c finds a source compares the end of
 * a target with the end of one of the source's names, each without what such a
 * name may lack; so whatever it finds has the same word here. It may find less.
 */
#include "publish/link_bits.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "proto/url.h"
#include "publish/print.h"
#include "text/fold.h"

enum {
	bit_count = 64,
	decode_max = 3, /* an escaped escape is still one word */
	date_length = 11, /* "2026-11-24-" */
};

static const uint64_t all_bits = UINT64_MAX;

static const struct str endings[] = {STR_INIT(".gmi"), STR_INIT(".gemini"),
    STR_INIT(".md"), STR_INIT(".markdown"), STR_INIT(".html")};

/* s without the endings that a name may have or lack. */
static struct str
without_endings(struct str s)
{
	size_t before;

	do {
		before = s.n;
		for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
			if (str_ends(s, endings[i]))
				s = str_first(s, s.n - endings[i].n);
	} while (s.n < before);
	return s;
}

static bool
has_date(struct str s)
{
	static const char shape[] = "0000-00-00-";

	for (size_t i = 0; i < date_length; i++)
		if (i >= s.n ||
		    (shape[i] == '-' ? s.p[i] != '-' : !ascii_is_digit(s.p[i])))
			return false;
	return true;
}

static struct str
decoded(struct arena *arena, struct str s)
{
	struct buf out;

	for (int i = 0; i < decode_max; i++) {
		buf_init(&out, s.n + 1);
		if (url_add_decoded(&out, s))
			s = arena_str(arena, buf_str(&out));
		buf_fini(&out);
	}
	return s;
}

/* The last part of a name, in the form in which all that may be equal is. */
static struct str
word_of(struct arena *arena, struct str name)
{
	name = fold_key(arena, name);
	if (str_find_char(name, '%') >= 0)
		name = fold_key(arena, decoded(arena, name));
	while (str_ends(name, STR("/")))
		name = str_first(name, name.n - 1);
	name =
	    str_from_index(name, (size_t)(str_find_last_char(name, '/') + 1));
	name = without_endings(name);
	while (has_date(name))
		name = str_from_index(name, date_length);
	return name;
}

static uint64_t
bit_of(struct str word)
{
	return (uint64_t)1 << str_hash(STR_HASH_START, word) % bit_count;
}

static uint64_t
name_bit(struct str name)
{
	struct arena arena = {0};
	uint64_t bit = bit_of(word_of(&arena, name));

	arena_fini(&arena);
	return bit;
}

/* A target such as /2026/11/24/a/b.html, which may mean 2026-11-24-a-b. */
static uint64_t
dated_bit(struct arena *arena, struct str path)
{
	struct str name;

	if (path.n < 2 || path.p[0] != '/' || !ascii_is_digit(path.p[1]))
		return 0;
	name = arena_str(arena, str_from_index(path, 1));
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '/')
			((char *)(uintptr_t)name.p)[i] = '-';
	return bit_of(word_of(arena, name));
}

uint64_t
link_bits_target(enum markdown_target kind, struct str target)
{
	struct arena arena = {0};
	uint64_t bits = all_bits;
	struct str word;

	/* Only in these may '?' and '#' be parts of a name. */
	if (kind != MARKDOWN_TARGET_WIKI && kind != MARKDOWN_TARGET_EMBED)
		for (size_t i = 0; i < target.n; i++)
			if (target.p[i] == '#' || target.p[i] == '?')
				target = str_first(target, i);
	if (kind == MARKDOWN_TARGET_LINK || kind == MARKDOWN_TARGET_IMAGE)
		target = decoded(&arena, target);
	word = word_of(&arena, target);
	/* What leads to a folder by dots alone does not say its name. */
	if (!str_is_empty(word) && !str_eq(word, STR(".")) &&
	    !str_eq(word, STR("..")))
		bits = bit_of(word) | dated_bit(&arena, target);
	arena_fini(&arena);
	return bits;
}

uint64_t
link_bits_source(const struct source *source)
{
	const struct page *page = source->page;
	uint64_t bits = name_bit(source->path);

	/* An index may be meant by the name of its folder. */
	if (bits == bit_of(STR("index")))
		bits |= name_bit(source->name.folder);
	if (page == NULL)
		return bits;
	bits |= name_bit(page->url) | name_bit(page->title);
	for (size_t i = 0; i < page->names.n; i++)
		bits |= name_bit(page->names.items[i].name);
	return bits;
}

/* Of what readers can reach a source by; of the mere file when they cannot. */
static struct fingerprint
address_print(const struct source *source, bool is_served)
{
	struct print print;

	print_start(&print);
	print_add(&print, source->path);
	if (is_served)
		print_add_fingerprint(&print, source->page->address);
	return print_end(&print);
}

uint64_t
link_bits_note(struct source *source, bool is_served)
{
	struct fingerprint address = address_print(source, is_served);
	uint64_t before = source->address_bits;

	if (fingerprint_eq(address, source->address))
		return 0;
	source->address = address;
	source->address_bits = link_bits_source(source);
	return before | source->address_bits;
}
