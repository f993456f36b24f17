/*
 * The form in which the search page waits for its results.
 */
#include "catalogue/search_page.h"

const struct str search_page_mark = STR_INIT("\x1e");

static const struct str keys[] = {
#define SEARCH_WORD(name, key) [SEARCH_WORD_##name] = STR_INIT(key),
#include "catalogue/search_word.def"
#undef SEARCH_WORD
};

struct str
search_page_key(enum search_word word)
{
	return keys[word];
}

void
search_page_add(struct buf *out, const struct str words[], struct str frame)
{
	for (int i = 0; i < SEARCH_WORD_COUNT; i++) {
		buf_add(out, words[i]);
		buf_add_char(out, '\n');
	}
	buf_add(out, frame);
}

void
search_page_parse(struct str body, struct search_page *page)
{
	ptrdiff_t mark;

	*page = (struct search_page){0};
	for (int i = 0; i < SEARCH_WORD_COUNT; i++)
		str_cut(&body, '\n', &page->words[i]);
	page->before = body;
	mark = str_find_str(body, search_page_mark);
	if (mark < 0)
		return;
	page->before = str_first(body, (size_t)mark);
	page->behind = str_from_index(body, (size_t)mark + search_page_mark.n);
}
