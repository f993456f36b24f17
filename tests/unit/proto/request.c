/*
 * proto/request: the end of the line, and what the line alone decides.
 */
#include "proto/request.h"

#include <stdio.h>
#include <string.h>

#include "tap.h"

static void
test_frames(void)
{
	static const struct {
		struct str in;
		enum request_framing framing;
		struct str line;
	} cases[] = {
	    {STR_INIT(""), REQUEST_MORE, STR_INIT("")},
	    {STR_INIT("g"), REQUEST_MORE, STR_INIT("")},
	    {STR_INIT("gemini://h/\r"), REQUEST_MORE, STR_INIT("")},
	    {STR_INIT("\r"), REQUEST_MORE, STR_INIT("")},
	    {STR_INIT("\r\r\r"), REQUEST_MORE, STR_INIT("")},
	    {STR_INIT("gemini://h/\r\n"), REQUEST_COMPLETE,
		STR_INIT("gemini://h/")},
	    {STR_INIT("gemini://h/\r\nmore"), REQUEST_COMPLETE,
		STR_INIT("gemini://h/")},
	    {STR_INIT("a\r\nb\r\n"), REQUEST_COMPLETE, STR_INIT("a")},
	    {STR_INIT("a\r\n\n"), REQUEST_COMPLETE, STR_INIT("a")},
	    {STR_INIT("\r\n"), REQUEST_COMPLETE, STR_INIT("")},
	    {STR_INIT("\r\ngemini://h/\r\n"), REQUEST_COMPLETE, STR_INIT("")},
	    {STR_INIT("a\r\r\n"), REQUEST_COMPLETE, STR_INIT("a\r")},
	    {STR_INIT("a\rb\r\n"), REQUEST_COMPLETE, STR_INIT("a\rb")},
	    {STR_INIT("a\0b\r\n"), REQUEST_COMPLETE, STR_INIT("a\0b")},
	    {STR_INIT("\n"), REQUEST_BARE_LF, STR_INIT("")},
	    {STR_INIT("a\n"), REQUEST_BARE_LF, STR_INIT("")},
	    {STR_INIT("a\n\r\n"), REQUEST_BARE_LF, STR_INIT("")},
	    {STR_INIT("a\n\r"), REQUEST_BARE_LF, STR_INIT("")},
	    {STR_INIT("a\nb\r\n"), REQUEST_BARE_LF, STR_INIT("")},
	    {STR_INIT("\x01\n"), REQUEST_BARE_LF, STR_INIT("")},
	};
	struct str line;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		line = STR("");
		tap_int(request_frame(cases[i].in, &line), cases[i].framing,
		    "framing of case %zu", i);
		tap_str(line, cases[i].line, "line of case %zu", i);
	}
}

/* A line of length bytes, then end, when only the first of received came. */
static enum request_framing
frame_of(size_t length, const char *end, size_t received)
{
	char bytes[url_max * 2];
	struct str line;

	memset(bytes, 'a', sizeof(bytes));
	memcpy(bytes + length, end, strlen(end));
	return request_frame(str_from(bytes, received), &line);
}

static void
test_lengths(void)
{
	tap_int(frame_of(1024, "\r\n", 1026), REQUEST_COMPLETE, "1024 bytes");
	tap_int(frame_of(1024, "\r\n", 2000), REQUEST_COMPLETE, "and more");
	tap_int(frame_of(1024, "\r\n", 1025), REQUEST_MORE, "LF to come");
	tap_int(frame_of(1024, "\r\n", 1024), REQUEST_MORE, "CRLF to come");
	tap_int(frame_of(1025, "\r\n", 1027), REQUEST_TOO_LONG, "1025 bytes");
	tap_int(frame_of(1025, "\r\n", 1026), REQUEST_TOO_LONG, "LF to come");
	tap_int(frame_of(1025, "\r\n", 1025), REQUEST_MORE, "CRLF to come");
	tap_int(frame_of(1026, "\n", 1027), REQUEST_TOO_LONG, "LF too late");
	tap_int(frame_of(1025, "\n", 1026), REQUEST_BARE_LF, "LF in time");
	tap_int(frame_of(2000, "", 2000), REQUEST_TOO_LONG, "no end");
}

/* "=" for the key: the path as it is. "": no key, 51. */
static const struct {
	const char *in;
	int status;
	const char *host, *key;
} lines[] = {
    {"gemini://localhost", 20, "localhost", "/"},
    {"gemini://localhost/", 20, "localhost", "/"},
    {"GEMINI://LOCALHOST/", 20, "localhost", "/"},
    {"gemini://localhost./", 20, "localhost", "/"},
    {"gemini://%6cocalhost/a", 20, "localhost", "/a"},
    {"gemini://localhost:1965/%70?q", 20, "localhost", "/p"},
    {"gemini://localhost?q", 20, "localhost", "/"},
    {"gemini://localhost:/", 20, "localhost", "/"},
    {"gemini://[::1]/x", 20, "[::1]", "/x"},
    {"gemini://h/a/../b", 20, "h", "/b"},
    {"gemini://h/../b", 20, "h", ""},
    {"gemini://h/%2F", 20, "h", ""},
    {"gemini://h/%c0%ae", 20, "h", ""},
    {"gemini://h//page", 20, "h", "//page"},
    {"titan://h/x;size=5", 20, "h", "/x;size=5"},
    {"TITAN://h/", 20, "h", "/"},
    {"http://localhost/", 53, NULL, NULL},
    {"https://localhost:1965/", 53, NULL, NULL},
    {"gopher://localhost/", 53, NULL, NULL},
    {"geminis://localhost/", 53, NULL, NULL},
    {"gemin://localhost/", 53, NULL, NULL},
    {"gemini+x://localhost/", 53, NULL, NULL},
    {"http://u@localhost/", 59, NULL, NULL},
    {"http://localhost/#f", 59, NULL, NULL},
    {"http://localhost/%zz", 59, NULL, NULL},
    {"http://localhost:65536/", 59, NULL, NULL},
    {"http:///", 59, NULL, NULL},
    {"", 59, NULL, NULL},
    {"localhost/", 59, NULL, NULL},
    {"//localhost/", 59, NULL, NULL},
    {"/", 59, NULL, NULL},
    {"mailto:a@localhost", 59, NULL, NULL},
    {"gemini:localhost", 59, NULL, NULL},
    {"gemini://", 59, NULL, NULL},
    {"gemini:///", 59, NULL, NULL},
    {"gemini://:1965/", 59, NULL, NULL},
    {"gemini://@localhost/", 59, NULL, NULL},
    {"gemini://:@localhost/", 59, NULL, NULL},
    {"gemini://u@localhost/", 59, NULL, NULL},
    {"gemini://u:p@localhost/", 59, NULL, NULL},
    {"gemini://localhost#", 59, NULL, NULL},
    {"gemini://localhost/#x", 59, NULL, NULL},
    {"gemini://localhost/?q#x", 59, NULL, NULL},
    {"gemini://localhost:0/", 59, NULL, NULL},
    {"gemini://localhost:67501/", 59, NULL, NULL},
    {"gemini://localhost../", 59, NULL, NULL},
    {"gemini://local%2fhost/", 59, NULL, NULL},
    {"gemini://%256cocalhost/", 59, NULL, NULL},
    {"gemini://localhost/\r", 59, NULL, NULL},
    {"gemini://localhost/ ", 59, NULL, NULL},
    {" gemini://localhost/", 59, NULL, NULL},
    {"gemini://localhost/\x7f", 59, NULL, NULL},
    {"gemini://localhost/caf\xc3\xa9", 59, NULL, NULL},
    {"gemini://localhost/%00", 59, NULL, NULL},
    {"GET / HTTP/1.1", 59, NULL, NULL},
};

static void
test_lines(void)
{
	struct request request;
	struct buf storage;
	int status;

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		buf_init(&storage, request_storage_max);
		status =
		    request_parse(str_from_c(lines[i].in), &storage, &request);
		tap_int(status, lines[i].status, "\"%s\"", lines[i].in);
		if (status == STATUS_SUCCESS) {
			tap_str(request.line, str_from_c(lines[i].in), "line");
			tap_str(
			    request.host, str_from_c(lines[i].host), "host");
			tap_str(request.key, str_from_c(lines[i].key), "key");
		}
		buf_fini(&storage);
	}
}

static void
test_limits(void)
{
	char line[url_max + 1];
	struct request request;
	struct buf storage;

	memset(line, 'a', sizeof(line));
	memcpy(line, "gemini://h/", strlen("gemini://h/"));
	buf_init(&storage, request_storage_max);
	tap_int(request_parse(str_from(line, url_max), &storage, &request),
	    STATUS_SUCCESS, "1024 bytes");
	tap_int(request.key.n, url_max - strlen("gemini://h"), "a long key");
	buf_clear(&storage);
	tap_int(request_parse(str_from(line, url_max + 1), &storage, &request),
	    STATUS_BAD_REQUEST, "1025 bytes");
	buf_clear(&storage);
	request_parse(STR("titan://h/"), &storage, &request);
	tap_ok(request.is_titan, "titan");
	buf_clear(&storage);
	request_parse(STR("gemini://h/"), &storage, &request);
	tap_ok(!request.is_titan, "gemini");
	tap_ok(request.url.has_port == false && !request.url.has_query,
	    "neither port nor query");
	buf_fini(&storage);
}

int
main(void)
{
	test_frames();
	test_lengths();
	test_lines();
	test_limits();
	return tap_done();
}
