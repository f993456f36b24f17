/*
 * proto/reply: headers out and in.
 */
#include "proto/reply.h"

#include <string.h>

#include "tap.h"

static void
test_headers(void)
{
	static const struct {
		enum status status;
		struct str meta, want;
	} cases[] = {
	    {STATUS_SUCCESS, STR_INIT("text/gemini; lang=en"),
		STR_INIT("20 text/gemini; lang=en\r\n")},
	    {STATUS_INPUT, STR_INIT("Wer? \xc3\xa9"),
		STR_INIT("10 Wer? \xc3\xa9\r\n")},
	    {STATUS_REDIRECT_PERMANENT, STR_INIT("/a/?b"),
		STR_INIT("31 /a/?b\r\n")},
	    {STATUS_NOT_FOUND, STR_INIT(""), STR_INIT("51 Not found\r\n")},
	    {STATUS_BAD_REQUEST, STR_INIT(""), STR_INIT("59 Bad request\r\n")},
	    {STATUS_NOT_FOUND, STR_INIT(" \r\n"), STR_INIT("51 Not found\r\n")},
	    {STATUS_NOT_FOUND, STR_INIT("\xef\xbb\xbf"),
		STR_INIT("51 Not found\r\n")},
	    {STATUS_NOT_FOUND, STR_INIT("\xef\xbb\xbf\xef\xbb\xbfx"),
		STR_INIT("51 x\r\n")},
	    {STATUS_NOT_FOUND, STR_INIT("x\xef\xbb\xbf"),
		STR_INIT("51 x\xef\xbb\xbf\r\n")},
	    {STATUS_NOT_FOUND, STR_INIT("a\r\n20 text/gemini\r\n"),
		STR_INIT("51 a  20 text/gemini  \r\n")},
	    {STATUS_NOT_FOUND, STR_INIT("a\0b\tc\x7f"),
		STR_INIT("51 a b c \r\n")},
	    {STATUS_NOT_FOUND, STR_INIT("a\xc2\x85\xc2\x9f\xe2\x80\xa8z"),
		STR_INIT("51 a   z\r\n")},
	    {STATUS_NOT_FOUND, STR_INIT("a\xff\xc3z\xe2\x82"),
		STR_INIT("51 a  z  \r\n")},
	};
	struct buf out;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_init(&out, reply_header_max);
		reply_add_header(&out, cases[i].status, cases[i].meta);
		tap_str(buf_str(&out), cases[i].want, "header of case %zu", i);
		buf_fini(&out);
	}
}

/* A long meta ends between two code points. */
static void
test_cut(void)
{
	static const char euro[] = "\xe2\x82\xac";
	enum { euro_size = sizeof(euro) - 1, header_extra = 5 };
	char meta[2 * reply_meta_max];
	struct buf out;

	memset(meta, 'a', sizeof(meta));
	buf_init(&out, reply_header_max);
	reply_add_header(&out, STATUS_INPUT, str_from(meta, sizeof(meta)));
	tap_ok(out.n == reply_meta_max + header_extra && !out.full,
	    "cut to 1024 bytes");
	buf_clear(&out);
	for (size_t i = 0; i + euro_size <= sizeof(meta); i += euro_size)
		memcpy(meta + i, euro, euro_size);
	reply_add_header(&out, STATUS_INPUT, str_from(meta, sizeof(meta)));
	tap_int(out.n, 1023 + header_extra, "341 whole signs");
	tap_ok(str_ends(buf_str(&out), STR("\xe2\x82\xac\r\n")),
	    "none of them in half");
	buf_fini(&out);
}

static void
test_statuses(void)
{
	int known = 0;

	for (int code = -1; code < 100; code++)
		known += status_exists(code);
	tap_int(known, 18, "eighteen statuses");
	tap_ok(status_exists(10) && status_exists(59) && !status_exists(58) &&
		!status_exists(0),
	    "which they are");
	tap_str(status_meta(STATUS_SUCCESS), STR("text/gemini"),
	    "the default of 20");
}

static void
test_parse(void)
{
	static const struct {
		struct str line;
		int code; /* 0: no header */
		struct str meta;
	} cases[] = {
	    {STR_INIT("20 text/gemini"), 20, STR_INIT("text/gemini")},
	    {STR_INIT("10  Prompt "), 10, STR_INIT(" Prompt ")},
	    {STR_INIT("31 gemini://h/"), 31, STR_INIT("gemini://h/")},
	    {STR_INIT("51"), 51, STR_INIT("")},
	    {STR_INIT("69"), 69, STR_INIT("")},
	    {STR_INIT("44 wait"), 44, STR_INIT("wait")},
	    {STR_INIT("59 caf\xc3\xa9"), 59, STR_INIT("caf\xc3\xa9")},
	    {STR_INIT(""), 0, STR_INIT("")},
	    {STR_INIT("2"), 0, STR_INIT("")},
	    {STR_INIT("20"), 0, STR_INIT("")},
	    {STR_INIT("10"), 0, STR_INIT("")},
	    {STR_INIT("30"), 0, STR_INIT("")},
	    {STR_INIT("20 "), 0, STR_INIT("")},
	    {STR_INIT("51 "), 0, STR_INIT("")},
	    {STR_INIT("20  text/gemini"), 0, STR_INIT("")},
	    {STR_INIT("30  /"), 0, STR_INIT("")},
	    {STR_INIT("20\ttext/gemini"), 0, STR_INIT("")},
	    {STR_INIT("20text/gemini"), 0, STR_INIT("")},
	    {STR_INIT("200 OK"), 0, STR_INIT("")},
	    {STR_INIT("09 x"), 0, STR_INIT("")},
	    {STR_INIT("70 x"), 0, STR_INIT("")},
	    {STR_INIT("99 x"), 0, STR_INIT("")},
	    {STR_INIT("-1 x"), 0, STR_INIT("")},
	    {STR_INIT("+20 x"), 0, STR_INIT("")},
	    {STR_INIT(" 20 x"), 0, STR_INIT("")},
	    {STR_INIT("\xef\xbb\xbf"
		      "20 x"),
		0, STR_INIT("")},
	    {STR_INIT("HTTP/1.0 200 OK"), 0, STR_INIT("")},
	    {STR_INIT("20 text/gemini\r"), 0, STR_INIT("")},
	    {STR_INIT("20 text/\0gemini"), 0, STR_INIT("")},
	    {STR_INIT("51 \x1b[31m"), 0, STR_INIT("")},
	    {STR_INIT("51 a\xc2\x85"), 0, STR_INIT("")},
	    {STR_INIT("51 \xff"), 0, STR_INIT("")},
	};
	struct str meta;
	bool ok;
	int code;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		ok = reply_parse(cases[i].line, &code, &meta);
		tap_ok(ok == (cases[i].code != 0) &&
			(!ok ||
			    (code == cases[i].code &&
				str_eq(meta, cases[i].meta))),
		    "case %zu read", i);
	}
}

static void
test_parse_lengths(void)
{
	char line[2048];
	struct str meta;
	int code;

	memset(line, 'a', sizeof(line));
	memcpy(line, "10 ", 3);
	tap_ok(reply_parse(str_from(line, 3 + 1024), &code, &meta) &&
		meta.n == 1024,
	    "a meta of 1024 bytes");
	tap_ok(!reply_parse(str_from(line, 3 + 1025), &code, &meta),
	    "none of 1025");
}

int
main(void)
{
	test_headers();
	test_cut();
	test_statuses();
	test_parse();
	test_parse_lengths();
	return tap_done();
}
