/*
 * Search: asks for words, and lists what the catalogue finds for them. The
 * frame and the words around the list were published with the rest.
 */
#include "base/clock.h"
#include "base/utf8.h"
#include "catalogue/search.h"
#include "catalogue/search_page.h"
#include "proto/url.h"
#include "serve/handlers.h"
#include "serve/query.h"
#include "serve/router.h"
#include "text/fold.h"
#include "text/gemtext.h"

enum {
	hits_per_page = 20,
	pages_max = search_best_max / hits_per_page,
	excerpt_words = 32,
	excerpt_words_spaceless = 64, /* where each character is one */
	label_graphemes_max = 200,
	/* A worker searches for half of its time at most, once it has done so
	 * for this long. */
	search_share = 2,
	search_ahead_ms = 10 * 1000,
};

static const struct str search_path = STR_INIT("/search");
static const struct str pages_path = STR_INIT("/search/page/");

/* A search while it is answered. */
struct asked {
	struct arena arena;
	struct buf text; /* what the person wrote */
	struct search_page page;
	struct search_query query;
	struct search_found found;
	struct str query_part; /* of the URL, as it came */
	size_t number; /* of the page of results, from 1 */
	struct buf *out;
};

/* Which page of results key is, from 1; 0: none. */
static size_t
page_number(struct str key)
{
	uint64_t number;

	if (str_eq(key, search_path))
		return 1;
	if (!str_starts(key, pages_path) || !str_ends(key, STR("/")))
		return 0;
	key = str_from_index(key, pages_path.n);
	if (key.n == 0 ||
	    !str_to_u64(str_first(key, key.n - 1), pages_max, &number))
		return 0;
	return (size_t)number;
}

/* Find the search page; false when key is somebody else's. */
static bool
find_entry(struct exchange *x, struct catalogue_entry *entry)
{
	struct reader *reader = site_reader(x->site, x->now_ms);
	struct str key = x->request.key;

	if (!str_eq(key, search_path) &&
	    reader_find(reader, key, entry) != READER_ABSENT)
		return false;
	return reader_find(reader, search_path, entry) == READER_FOUND &&
	    entry->kind == ENTRY_SEARCH;
}

static bool
is_spaceless(struct str text)
{
	uint32_t c;

	while (utf8_next(&text, &c))
		if (fold_is_spaceless(c))
			return true;
	return false;
}

static void
add_word(struct asked *a, enum search_word word)
{
	gemtext_add_line_part(a->out, a->page.words[word]);
}

static void
add_note(struct asked *a, enum search_word word)
{
	gemtext_add_text(a->out, a->page.words[word]);
}

/* How many pages were found; the word has "#" in place of the number. */
static void
add_total(struct asked *a)
{
	struct str rest = a->page.words[SEARCH_WORD_MANY], part;
	bool more = str_cut(&rest, '#', &part);

	buf_add(a->out, part);
	if (more)
		buf_addf(a->out, "%zu", a->found.total);
	buf_add(a->out, rest);
}

static void
add_count(struct asked *a)
{
	if (a->found.hits.n == 0)
		add_word(a, SEARCH_WORD_NONE);
	else if (a->found.total == 1)
		add_word(a, SEARCH_WORD_ONE);
	else
		add_total(a);
	buf_add(a->out, STR(": "));
	gemtext_add_line_part(a->out, buf_str(&a->text));
	buf_add_char(a->out, '\n');
	if (a->found.is_wide && a->found.hits.n > 0)
		add_note(a, SEARCH_WORD_WIDE);
	if (!a->found.is_complete)
		add_note(a, SEARCH_WORD_PARTIAL);
}

/* Whether a line that ends with s leads on to the next one. */
static bool
ends_a_sentence(struct str s)
{
	static const struct str ends[] = {STR_INIT("."), STR_INIT("!"),
	    STR_INIT("?"), STR_INIT(":"), STR_INIT(";"), STR_INIT(","),
	    STR_INIT("\xe2\x80\xa6"), STR_INIT("\xe3\x80\x82"),
	    STR_INIT("\xef\xbc\x81"), STR_INIT("\xef\xbc\x9f"),
	    STR_INIT("\xd8\x9f"), STR_INIT("\xe0\xa5\xa4")};

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (str_ends(s, ends[i]))
			return true;
	return str_is_empty(s);
}

/* Lines of the text as one: headings and items keep a mark between them. */
static void
add_excerpt(struct asked *a, struct str excerpt)
{
	struct str rest, line;
	struct buf joined, text;
	bool more = true;

	buf_init(&joined, router_answer_max);
	buf_init(&text, router_answer_max);
	fold_add_rejoined(&joined, excerpt);
	rest = buf_str(&joined);
	while (more) {
		more = str_cut(&rest, '\n', &line);
		line = str_trim(line);
		if (!ends_a_sentence(buf_str(&text)) && line.n > 0)
			buf_add(&text, STR(" \xc2\xb7"));
		if (text.n > 0 && line.n > 0)
			buf_add_char(&text, ' ');
		buf_add(&text, line);
	}
	if (text.n > 0)
		gemtext_add_text(a->out, buf_str(&text));
	buf_fini(&joined);
	buf_fini(&text);
}

static void
add_hit(struct asked *a, const struct search_hit *hit)
{
	struct buf label;

	buf_init(&label, router_answer_max);
	if (!str_is_empty(hit->date)) {
		buf_add(&label, hit->date);
		buf_add_char(&label, ' ');
	}
	fold_add_cut(&label, hit->label, label_graphemes_max);
	buf_add_char(a->out, '\n');
	gemtext_add_link(a->out, hit->path, buf_str(&label));
	add_excerpt(a, hit->excerpt);
	buf_fini(&label);
}

static void
add_page_link(struct asked *a, size_t number, enum search_word word)
{
	buf_addf(a->out, "=> %" STR_FMT "%zu/?%" STR_FMT " ",
	    STR_ARG(pages_path), number, STR_ARG(a->query_part));
	add_word(a, word);
	buf_add_char(a->out, '\n');
}

static void
add_pager(struct asked *a)
{
	size_t count = (a->found.total + hits_per_page - 1) / hits_per_page;

	if (count > pages_max)
		count = pages_max;
	if (count < 2)
		return;
	buf_add_char(a->out, '\n');
	add_word(a, SEARCH_WORD_PAGE);
	buf_addf(a->out, " %zu ", a->number);
	add_word(a, SEARCH_WORD_OF);
	buf_addf(a->out, " %zu\n", count);
	if (a->number > 1)
		add_page_link(a, a->number - 1, SEARCH_WORD_PREVIOUS);
	if (a->number < count)
		add_page_link(a, a->number + 1, SEARCH_WORD_NEXT);
}

static void
add_answer(struct asked *a)
{
	buf_add(a->out, a->page.before);
	add_count(a);
	VEC_EACH (struct search_hit, hit, &a->found.hits)
		add_hit(a, hit);
	if (a->found.hits.n == 0)
		add_note(a, SEARCH_WORD_HINT);
	add_pager(a);
	buf_add_char(a->out, '\n');
	gemtext_add_link(a->out, search_path, a->page.words[SEARCH_WORD_AGAIN]);
	/* The frame ends the last line. */
	if (str_starts(a->page.behind, STR("\n")))
		buf_truncate(a->out, a->out->n - 1);
	buf_add(a->out, a->page.behind);
}

/* Search, and count the time that it takes. */
static enum search_outcome
run(struct router *router, struct exchange *x, struct asked *a)
{
	int64_t start_ms = clock_monotonic_ms();
	enum search_outcome outcome = search_run(x->site->store->reader,
	    &(struct search_want){
		.query = &a->query,
		.first = (a->number - 1) * hits_per_page,
		.count = hits_per_page,
		.excerpt_words = is_spaceless(buf_str(&a->text))
		    ? excerpt_words_spaceless
		    : excerpt_words,
		.time_ms = search_time_ms,
	    },
	    &a->found);

	if (router->search_until_ms < start_ms)
		router->search_until_ms = start_ms;
	router->search_until_ms +=
	    search_share * (clock_monotonic_ms() - start_ms);
	return outcome;
}

static enum verdict
reply_found(struct router *router, struct exchange *x, struct asked *a,
    const struct catalogue_entry *entry)
{
	buf_clear(&router->answer);
	a->out = &router->answer;
	add_answer(a);
	if (a->out->full)
		return exchange_reply(x, STATUS_TEMPORARY_FAILURE, STR(""));
	x->body = a->out->n <= router_small_body_max
	    ? source_from_memory(buf_str(a->out))
	    : source_from_body(body_use(
		  &router->bodies, x->site, entry->id, buf_str(a->out)));
	return exchange_reply(x, STATUS_SUCCESS, entry->meta);
}

static enum verdict
reply_results(struct router *router, struct exchange *x, struct asked *a,
    const struct catalogue_entry *entry)
{
	if (router->search_until_ms > x->now_ms + search_ahead_ms)
		return exchange_reply(x, STATUS_SLOW_DOWN, STR(""));
	switch (run(router, x, a)) {
	case SEARCH_SLOW:
		return exchange_reply(x, STATUS_TEMPORARY_FAILURE,
		    a->page.words[SEARCH_WORD_SLOW]);
	case SEARCH_FAILED:
		return exchange_reply(x, STATUS_TEMPORARY_FAILURE, STR(""));
	case SEARCH_DONE:
		break;
	}
	if (a->found.hits.n == 0 && a->number > 1)
		return exchange_reply(x, STATUS_NOT_FOUND, STR(""));
	return reply_found(router, x, a, entry);
}

/* Answer with the words that are asked for, or ask for some. */
static enum verdict
reply_search(struct router *router, struct exchange *x, struct asked *a,
    const struct catalogue_entry *entry)
{
	if (!url_add_decoded(&a->text, a->query_part) || a->text.full ||
	    !utf8_is_valid(buf_str(&a->text)))
		return exchange_reply(x, STATUS_BAD_REQUEST, STR(""));
	query_parse(&a->arena, buf_str(&a->text), &a->query);
	if (query_wants_something(&a->query))
		return reply_results(router, x, a, entry);
	if (a->number > 1)
		return exchange_reply(x, STATUS_REDIRECT, search_path);
	return exchange_reply(x, STATUS_INPUT,
	    a->page
		.words[str_trim(buf_str(&a->text)).n == 0 ? SEARCH_WORD_PROMPT
							  : SEARCH_WORD_NEED]);
}

static enum verdict
search_handler_run(struct router *router, struct exchange *x)
{
	struct asked a = {.number = page_number(x->request.key)};
	struct catalogue_entry entry;
	enum verdict verdict;

	if (a.number == 0 || !find_entry(x, &entry))
		return VERDICT_NEXT;
	entry.meta = arena_str(&a.arena, entry.meta);
	search_page_parse(arena_str(&a.arena, entry.body), &a.page);
	buf_init(&a.text, url_max);
	if (x->request.url.has_query)
		a.query_part = x->request.url.query;
	verdict = reply_search(router, x, &a, &entry);
	search_found_fini(&a.found);
	buf_fini(&a.text);
	arena_fini(&a.arena);
	return verdict;
}

const struct handler handler_search = {
    .name = "search",
    .run = search_handler_run,
};
