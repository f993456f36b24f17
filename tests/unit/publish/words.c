/*
 * publish/words and publish/language: every language has every word, and the
 * longest tag that is known counts.
 */
#include "publish/words.h"

#include "publish/language.h"
#include "tap.h"

static const struct {
	struct str tag;
	struct str key;
	struct str text;
} cases[] = {
    {STR_INIT("en"), STR_INIT("home"), STR_INIT("Home")},
    {STR_INIT("EN-gb"), STR_INIT("home"), STR_INIT("Home")},
    {STR_INIT("xx"), STR_INIT("home"), STR_INIT("Home")},
    {STR_INIT(""), STR_INIT("home"), STR_INIT("Home")},
    {STR_INIT("de-AT"), STR_INIT("home"), STR_INIT("Startseite")},
    {STR_INIT("pt-BR"), STR_INIT("home"), STR_INIT("Início")},
    {STR_INIT("zh"), STR_INIT("home"), STR_INIT("首页")},
    {STR_INIT("zh-CN"), STR_INIT("home"), STR_INIT("首页")},
    {STR_INIT("zh-Hant"), STR_INIT("home"), STR_INIT("首頁")},
    {STR_INIT("zh-Hant-HK"), STR_INIT("home"), STR_INIT("首頁")},
    {STR_INIT("zh-TW"), STR_INIT("home"), STR_INIT("首頁")},
    {STR_INIT("de"), STR_INIT("nothing"), STR_INIT("")},
};

static const struct {
	struct str tag;
	size_t number;
	struct str text;
} counts[] = {
    {STR_INIT("en"), 1, STR_INIT("1 article")},
    {STR_INIT("en"), 1200, STR_INIT("1200 articles")},
    {STR_INIT("ru"), 1, STR_INIT("статей: 1")},
    {STR_INIT("ru"), 22, STR_INIT("статей: 22")},
    {STR_INIT("ja"), 3, STR_INIT("3件の記事")},
};

static const struct {
	struct str tag;
	struct str text;
} months[] = {
    {STR_INIT("en"), STR_INIT("March 2026")},
    {STR_INIT("es"), STR_INIT("Marzo de 2026")},
    {STR_INIT("ko"), STR_INIT("2026년 3월")},
    {STR_INIT("zh"), STR_INIT("2026年3月")},
};

static const struct {
	struct str tag;
	struct str name;
} names[] = {
    {STR_INIT("ja"), STR_INIT("日本語")},
    {STR_INIT("pt-BR"), STR_INIT("Português (BR)")},
    {STR_INIT("en,fr"), STR_INIT("English, Français")},
    {STR_INIT("tlh"), STR_INIT("tlh")},
};

/* Words that no language here shares with English. */
static bool
has_word(struct str tag, struct str key)
{
	return !str_eq(words_find(tag, key), words_find(STR("en"), key));
}

static void
test_whole(void)
{
	static const struct str tags[] = {STR_INIT("de"), STR_INIT("es"),
	    STR_INIT("fr"), STR_INIT("pt"), STR_INIT("it"), STR_INIT("nl"),
	    STR_INIT("sv"), STR_INIT("pl"), STR_INIT("cs"), STR_INIT("ru"),
	    STR_INIT("uk"), STR_INIT("tr"), STR_INIT("ar"), STR_INIT("ja"),
	    STR_INIT("ko"), STR_INIT("zh"), STR_INIT("zh-Hant")};
	static const struct str keys[] = {STR_INIT("all_articles"),
	    STR_INIT("archive"), STR_INIT("categories"), STR_INIT("authors"),
	    STR_INIT("sitemap"), STR_INIT("feed"), STR_INIT("json_feed"),
	    STR_INIT("more"), STR_INIT("by"), STR_INIT("updated"),
	    STR_INIT("read_many"), STR_INIT("related"),
	    STR_INIT("translations"), STR_INIT("backlinks"),
	    STR_INIT("previous"), STR_INIT("next"), STR_INIT("older"),
	    STR_INIT("newer"), STR_INIT("part"), STR_INIT("month_1"),
	    STR_INIT("month_10"), STR_INIT("search_need"),
	    STR_INIT("search_one"), STR_INIT("search_many"),
	    STR_INIT("search_none"), STR_INIT("search_wide"),
	    STR_INIT("search_partial"), STR_INIT("search_slow"),
	    STR_INIT("search_again"), STR_INIT("search_hint")};

	for (size_t t = 0; t < sizeof(tags) / sizeof(*tags); t++) {
		tap_ok(words_are_known(tags[t]), "%s", tags[t].p);
		for (size_t k = 0; k < sizeof(keys) / sizeof(*keys); k++)
			tap_ok(has_word(tags[t], keys[k]), "%s: %s", tags[t].p,
			    keys[k].p);
	}
	tap_ok(!words_are_known(STR("xx")), "no words in xx");
}

int
main(void)
{
	struct arena arena = {0};
	struct words_counted counted = {
	    0, STR("article_one"), STR("article_many")};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		tap_str(words_find(cases[i].tag, cases[i].key), cases[i].text,
		    "%s in %s", cases[i].key.p, cases[i].tag.p);
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
		counted.number = counts[i].number;
		tap_str(words_count(&arena, counts[i].tag, &counted),
		    counts[i].text, "%zu in %s", counted.number,
		    counts[i].tag.p);
	}
	for (size_t i = 0; i < sizeof(months) / sizeof(*months); i++)
		tap_str(words_month(&arena, months[i].tag,
			    (struct month_name){2026, 3}),
		    months[i].text, "a month in %s", months[i].tag.p);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		tap_str(language_name(&arena, names[i].tag), names[i].name,
		    "the name of %s", names[i].tag.p);
	test_whole();
	arena_fini(&arena);
	return tap_done();
}
