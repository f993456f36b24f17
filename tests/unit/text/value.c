/*
 * text/value, and how text/xml and text/json escape.
 */
#include "text/value.h"

#include "tap.h"
#include "text/json.h"
#include "text/xml.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void
test_maps(void)
{
	struct arena arena = {0};
	struct value *map = value_map(&arena);

	tap_ok(value_is_true(map), "an empty map is true");
	tap_ok(value_find(map, STR("a")) == NULL, "it has no member");
	value_put_text(&arena, map, STR("a"), STR("1"));
	value_put_text(&arena, map, STR("ab"), STR("2"));
	value_put_text(&arena, map, STR("none"), STR(""));
	value_put(&arena, map, STR("null"), NULL);
	tap_str(value_get_text(value_find(map, STR("a"))), STR("1"), "member");
	tap_str(value_get_text(value_find(map, STR("ab"))), STR("2"),
	    "member of a longer key");
	tap_ok(value_find(map, STR("none")) == NULL, "no empty text is put");
	tap_ok(value_find(map, STR("null")) == NULL, "nor NULL");
	value_put_text(&arena, map, STR("a"), STR("3"));
	tap_str(value_get_text(value_find(map, STR("a"))), STR("3"),
	    "the later member wins");
	tap_int(value_get_kind(map), VALUE_MAP, "kind");
	tap_str(value_get_text(map), STR(""), "a map has no text");
	tap_int((long long)value_get_count(map), 0, "and no items");
	tap_ok(value_first(map) == NULL, "none at all");
	arena_fini(&arena);
}

static void
test_lists(void)
{
	struct arena arena = {0};
	struct value *list = value_list(&arena);
	const struct value_item *item;
	struct buf texts;

	buf_init(&texts, 64);
	tap_ok(!value_is_true(list), "an empty list is false");
	tap_ok(value_first(list) == NULL, "it has no item");
	for (int i = 0; i < 3; i++)
		value_add(&arena, list, value_number(&arena, i));
	value_add(&arena, list, NULL);
	tap_int((long long)value_get_count(list), 3, "items are counted");
	tap_ok(value_is_true(list), "a list with items is true");
	tap_ok(value_find(list, STR("0")) == NULL, "a list has no members");
	for (item = value_first(list); item != NULL; item = value_next(item))
		buf_add(&texts, value_get_text(value_of(item)));
	tap_str(buf_str(&texts), STR("012"), "items keep their order");
	buf_fini(&texts);
	arena_fini(&arena);
}

static void
test_scalars(void)
{
	static const struct {
		int64_t number;
		struct str text;
	} cases[] = {
	    {0, STR_INIT("0")},
	    {-1, STR_INIT("-1")},
	    {1234567890, STR_INIT("1234567890")},
	    {INT64_MAX, STR_INIT("9223372036854775807")},
	    {INT64_MIN, STR_INIT("-9223372036854775808")},
	};
	struct arena arena = {0};

	for (size_t i = 0; i < COUNT(cases); i++)
		tap_str(value_get_text(value_number(&arena, cases[i].number)),
		    cases[i].text, "number %zu", i);
	tap_ok(value_is_true(value_number(&arena, 0)), "zero is true");
	tap_ok(value_is_true(value_bool(&arena, true)), "true is true");
	tap_ok(!value_is_true(value_bool(&arena, false)), "false is false");
	tap_ok(!value_is_true(value_text(&arena, STR(""))), "no text is false");
	tap_ok(value_is_true(value_text(&arena, STR("x"))), "text is true");
	tap_ok(!value_is_true(NULL), "NULL is false");
	tap_str(value_get_text(value_bool(&arena, true)), STR("true"),
	    "text of true");
	arena_fini(&arena);
}

static void
test_escapes(void)
{
	static const struct {
		struct str in;
		struct str xml;
		struct str json;
	} cases[] = {
	    {STR_INIT(""), STR_INIT(""), STR_INIT("\"\"")},
	    {STR_INIT("a b"), STR_INIT("a b"), STR_INIT("\"a b\"")},
	    {STR_INIT("<&>\"'"), STR_INIT("&lt;&amp;&gt;&quot;&#39;"),
		STR_INIT("\"<&>\\\"'\"")},
	    {STR_INIT("\\\t\n\r"), STR_INIT("\\\t\n\r"),
		STR_INIT("\"\\\\\\t\\n\\r\"")},
	    {STR_INIT("a\0\x01\x1f"
		      "b"),
		STR_INIT("ab"), STR_INIT("\"a\\u0000\\u0001\\u001fb\"")},
	    {STR_INIT("\xc3\xa4\xf0\x9f\x98\x80"),
		STR_INIT("\xc3\xa4\xf0\x9f\x98\x80"),
		STR_INIT("\"\xc3\xa4\xf0\x9f\x98\x80\"")},
	    {STR_INIT("\xe2\x80\xa8"), STR_INIT("\xe2\x80\xa8"),
		STR_INIT("\"\\u2028\"")},
	    {STR_INIT("a\xff\xc3"), STR_INIT("a\xef\xbf\xbd\xef\xbf\xbd"),
		STR_INIT("\"a\xef\xbf\xbd\xef\xbf\xbd\"")},
	    {STR_INIT("\xed\xa0\x80"),
		STR_INIT("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"),
		STR_INIT("\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"")},
	    {STR_INIT("\xef\xbf\xbe\xef\xbf\xbf"
		      "a"),
		STR_INIT("a"),
		STR_INIT("\"\xef\xbf\xbe\xef\xbf\xbf"
			 "a\"")},
	};
	struct buf out;

	buf_init(&out, 256);
	for (size_t i = 0; i < COUNT(cases); i++) {
		buf_clear(&out);
		xml_add_text(&out, cases[i].in);
		tap_str(buf_str(&out), cases[i].xml, "XML of %zu", i);
		buf_clear(&out);
		json_add_string(&out, cases[i].in);
		tap_str(buf_str(&out), cases[i].json, "JSON of %zu", i);
	}
	buf_fini(&out);
}

int
main(void)
{
	test_maps();
	test_lists();
	test_scalars();
	test_escapes();
	return tap_done();
}
