/*
 * The words that the built-in templates put around an author's own.
 */
#include "publish/words.h"

enum language {
#define LANGUAGE(id, tag) LANGUAGE_##id,
#define WORD(id, key, text)
#include "publish/words.def"
#undef WORD
#undef LANGUAGE
};

static const struct str tags[] = {
#define LANGUAGE(id, tag) [LANGUAGE_##id] = STR_INIT(tag),
#define WORD(id, key, text)
#include "publish/words.def"
#undef WORD
#undef LANGUAGE
};

static const struct {
	enum language language;
	struct str key;
	struct str text;
} words[] = {
#define LANGUAGE(id, tag)
#define WORD(id, key, text) {LANGUAGE_##id, STR_INIT(key), STR_INIT(text)},
#include "publish/words.def"
#undef WORD
#undef LANGUAGE
};

enum { word_count = sizeof(words) / sizeof(words[0]) };

static enum language
language_of(struct str tag)
{
	struct str main;

	str_cut(&tag, '-', &main);
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if (str_eq_nocase(main, tags[i]))
			return (enum language)i;
	return LANGUAGE_EN;
}

struct str
words_find(struct str tag, struct str key)
{
	enum language language = language_of(tag);
	struct str text = {0};

	for (int i = 0; i < word_count; i++) {
		if (!str_eq(words[i].key, key))
			continue;
		if (words[i].language == language)
			return words[i].text;
		if (words[i].language == LANGUAGE_EN)
			text = words[i].text;
	}
	return text;
}

struct value *
words_value(struct arena *arena, struct str tag)
{
	struct value *map = value_map(arena);

	for (int i = 0; i < word_count; i++)
		if (words[i].language == LANGUAGE_EN)
			value_put_text(arena, map, words[i].key,
			    words_find(tag, words[i].key));
	return map;
}
