/*
 * The words that the built-in templates put around an author's own.
 */
#include "publish/words.h"

#include "base/buf.h"

/* Each line of the table counts one: that of a language, where its words
 * start. */
#define NUMBER_OF(line) WORD_ON_LINE_##line
#define NUMBER(line) NUMBER_OF(line)

enum {
#define LANGUAGE(id, tag) START_##id,
#define WORD(id, key, text) NUMBER(__LINE__),
#include "publish/words.def"
#undef WORD
#undef LANGUAGE
	WORD_COUNT,
};

static const struct {
	struct str tag;
	int start;
} languages[] = {
#define LANGUAGE(id, tag) {STR_INIT(tag), START_##id},
#define WORD(id, key, text)
#include "publish/words.def"
#undef WORD
#undef LANGUAGE
};

static const struct {
	struct str key; /* empty on the line of a language */
	struct str text;
} words[] = {
#define LANGUAGE(id, tag) {STR_INIT(""), STR_INIT("")},
#define WORD(id, key, text) {STR_INIT(key), STR_INIT(text)},
#include "publish/words.def"
#undef WORD
#undef LANGUAGE
};

enum { language_count = sizeof(languages) / sizeof(*languages) };

/* Chinese is written with other signs in some places. */
static struct str
script_of(struct str tag)
{
	static const struct str places[] = {
	    STR_INIT("zh-TW"), STR_INIT("zh-HK"), STR_INIT("zh-MO")};

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (str_eq_nocase(tag, places[i]))
			return STR("zh-Hant");
	return tag;
}

/* The language of tag, or the longest one that tag begins with; or -1. */
static int
language_of(struct str tag)
{
	ptrdiff_t dash;

	tag = script_of(tag);
	while (tag.n > 0) {
		for (int i = 0; i < language_count; i++)
			if (str_eq_nocase(tag, languages[i].tag))
				return i;
		dash = str_find_last_char(tag, '-');
		tag = str_first(tag, dash < 0 ? 0 : (size_t)dash);
	}
	return -1;
}

/* The word of a language, or one without a text. */
static struct str
word_of(int language, struct str key)
{
	int i = languages[language].start + 1;

	for (; i < WORD_COUNT && words[i].key.n > 0; i++)
		if (str_eq(words[i].key, key))
			return words[i].text;
	return (struct str){0};
}

bool
words_are_known(struct str tag)
{
	return language_of(tag) >= 0;
}

struct str
words_find(struct str tag, struct str key)
{
	int language = language_of(tag);
	struct str text = {0};

	if (language >= 0)
		text = word_of(language, key);
	return str_is_empty(text) ? word_of(0, key) : text;
}

struct str
words_count(
    struct arena *arena, struct str tag, const struct words_counted *counted)
{
	struct str text = words_find(
	    tag, counted->number == 1 ? counted->one : counted->many);
	struct buf out;

	buf_init(&out, SIZE_MAX);
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == '#')
			buf_addf(&out, "%zu", counted->number);
		else
			buf_add_char(&out, text.p[i]);
	text = arena_str(arena, buf_str(&out));
	buf_fini(&out);
	return text;
}

struct str
words_month(struct arena *arena, struct str tag, struct month_name month)
{
	struct str joint = words_find(tag, STR("month_joint"));
	struct str year_first = words_find(tag, STR("year_first"));
	struct str key = arena_printf(arena, "month_%d", month.month);
	struct str name = words_find(tag, key);

	if (!str_is_empty(year_first))
		return arena_printf(arena, "%d%" STR_FMT "%" STR_FMT,
		    month.year, STR_ARG(year_first), STR_ARG(name));
	if (str_is_empty(joint))
		joint = STR(" ");
	return arena_printf(arena, "%" STR_FMT "%" STR_FMT "%d", STR_ARG(name),
	    STR_ARG(joint), month.year);
}

struct value *
words_value(struct arena *arena, struct str tag)
{
	struct value *map = value_map(arena);

	for (int i = 1; i < WORD_COUNT && words[i].key.n > 0; i++)
		value_put_text(
		    arena, map, words[i].key, words_find(tag, words[i].key));
	return map;
}
