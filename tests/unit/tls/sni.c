/*
 * tls/sni: whose a host name is, and how it stands in the handshake.
 */
#include "tls/sni.h"

#include "tap.h"

static void
test_find(void)
{
	static const struct {
		struct str name;
		int site;
	} cases[] = {
	    {STR_INIT("one.test"), 0},
	    {STR_INIT("ONE.Test"), 0},
	    {STR_INIT("one.test."), 0},
	    {STR_INIT("one.test.."), -1},
	    {STR_INIT("two.test"), 1},
	    {STR_INIT("a.wild.test"), 1},
	    {STR_INIT("exact.wild.test"), 0},
	    {STR_INIT("a.b.wild.test"), -1},
	    {STR_INIT("wild.test"), -1},
	    {STR_INIT(".wild.test"), -1},
	    {STR_INIT("*.wild.test"), -1},
	    {STR_INIT("*"), -1},
	    {STR_INIT("three.test"), -1},
	    {STR_INIT("test"), -1},
	    {STR_INIT("."), -1},
	    {STR_INIT(""), -1},
	};
	struct sni sni = {.names = {.n = 0}};

	sni_add(&sni, STR("one.test"), 0);
	sni_add(&sni, STR("exact.wild.test"), 0);
	sni_add(&sni, STR("two.test"), 1);
	sni_add(&sni, STR("*.wild.test"), 1);
	sni_add(&sni, STR("one.test"), 1);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		tap_int(sni_find_raw(&sni, cases[i].name), cases[i].site,
		    "site of \"%" STR_FMT "\"", STR_ARG(cases[i].name));
	sni_fini(&sni);
}

static void
test_long_name(void)
{
	struct sni sni = {.names = {.n = 0}};
	struct buf name;

	buf_init(&name, 2 * sni_name_max);
	sni_add(&sni, STR("*.test"), 0);
	while (name.n < sni_name_max - STR(".test").n)
		buf_add_char(&name, 'a');
	buf_add(&name, STR(".test"));
	tap_int(sni_find_raw(&sni, buf_str(&name)), 0, "name of 255 bytes");
	buf_add_char(&name, 'x');
	tap_int(sni_find_raw(&sni, buf_str(&name)), -1, "name of 256 bytes");
	buf_fini(&name);
	sni_fini(&sni);
}

static void
test_parse(void)
{
	static const struct {
		const char *what;
		struct str in;
		struct str name;
	} cases[] = {
	    {"a name", STR_INIT("\0\x07\0\0\4a.bc"), STR_INIT("a.bc")},
	    {"a name and another kind", STR_INIT("\0\x0b\0\0\4a.bc\1\0\1x"),
		STR_INIT("a.bc")},
	    {"nothing", STR_INIT(""), STR_INIT("")},
	    {"half a length", STR_INIT("\0"), STR_INIT("")},
	    {"an empty list", STR_INIT("\0\0"), STR_INIT("")},
	    {"a list longer than the extension", STR_INIT("\0\x09\0\0\4a.bc"),
		STR_INIT("")},
	    {"a name longer than the list", STR_INIT("\0\x07\0\0\5a.bc"),
		STR_INIT("")},
	    {"a list that ends in a length", STR_INIT("\0\2\0\0"),
		STR_INIT("")},
	    {"another kind of name", STR_INIT("\0\x07\1\0\4a.bc"),
		STR_INIT("")},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		tap_str(sni_parse(cases[i].in), cases[i].name,
		    "extension with %s", cases[i].what);
}

int
main(void)
{
	test_find();
	test_long_name();
	test_parse();
	return tap_done();
}
