/*
 * proto/ppheader: whole headers in any pieces, and what is refused.
 */
#include "proto/ppheader.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "tap.h"

#define SIGNATURE "\r\n\r\n\0\r\nQUIT\n"
#define INET_ADDRESSES "\xc0\x00\x02\x01\x0a\x00\x00\x01\x1f\x90\x07\xad"
#define INET6_ADDRESSES                              \
	"\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x07" \
	"\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x08" \
	"\x1f\x90\x07\xad"
#define TEN "0123456789"

enum { text_max = 128, client_size = 6 };

/* The bytes of a header; who it tells, "-" for nobody, NULL for a bad one. */
static const struct {
	const char *name;
	struct str bytes;
	const char *source;
} cases[] = {
    {"TCP4", STR_INIT("PROXY TCP4 192.0.2.1 10.0.0.1 8080 1965\r\n"),
	"192.0.2.1 8080"},
    {"TCP6", STR_INIT("PROXY TCP6 2001:db8::7 ::1 0 65535\r\n"),
	"2001:db8::7 0"},
    {"mapped in TCP6", STR_INIT("PROXY TCP6 ::ffff:192.0.2.9 ::1 1 2\r\n"),
	"::ffff:192.0.2.9 1"},
    {"unknown", STR_INIT("PROXY UNKNOWN\r\n"), "-"},
    {"unknown with more", STR_INIT("PROXY UNKNOWN ffff::1 who cares 1 2 3\r\n"),
	"-"},
    {"107 bytes",
	STR_INIT("PROXY UNKNOWN " TEN TEN TEN TEN TEN TEN TEN TEN TEN "1\r\n"),
	"-"},
    {"108 bytes",
	STR_INIT("PROXY UNKNOWN " TEN TEN TEN TEN TEN TEN TEN TEN TEN "12\r\n"),
	NULL},
    {"unknown and a letter", STR_INIT("PROXY UNKNOWNX\r\n"), NULL},
    {"another word", STR_INIT("PROXY UDP4 192.0.2.1 10.0.0.1 1 2\r\n"), NULL},
    {"lower case", STR_INIT("proxy TCP4 192.0.2.1 10.0.0.1 1 2\r\n"), NULL},
    {"two spaces", STR_INIT("PROXY TCP4  192.0.2.1 10.0.0.1 1 2\r\n"), NULL},
    {"a space at the end", STR_INIT("PROXY TCP4 192.0.2.1 10.0.0.1 1 2 \r\n"),
	NULL},
    {"a word too few", STR_INIT("PROXY TCP4 192.0.2.1 10.0.0.1 1\r\n"), NULL},
    {"a word too many", STR_INIT("PROXY TCP4 192.0.2.1 10.0.0.1 1 2 3\r\n"),
	NULL},
    {"family of the other", STR_INIT("PROXY TCP4 ::1 ::2 1 2\r\n"), NULL},
    {"an address above 255",
	STR_INIT("PROXY TCP4 192.0.2.256 10.0.0.1 1 2\r\n"), NULL},
    {"a bad destination", STR_INIT("PROXY TCP4 192.0.2.1 ten 1 2\r\n"), NULL},
    {"port 65536", STR_INIT("PROXY TCP4 192.0.2.1 10.0.0.1 65536 2\r\n"), NULL},
    {"a leading zero", STR_INIT("PROXY TCP4 192.0.2.1 10.0.0.1 080 2\r\n"),
	NULL},
    {"a signed port", STR_INIT("PROXY TCP4 192.0.2.1 10.0.0.1 +1 2\r\n"), NULL},
    {"a bare line feed", STR_INIT("PROXY TCP4 192.0.2.1 10.0.0.1 1 2\n\r\n"),
	NULL},
    {"NUL in an address", STR_INIT("PROXY TCP4 192.0.2.1\0 10.0.0.1 1 2\r\n"),
	NULL},
    {"TLS", STR_INIT("\x16\x03\x01\x02"), NULL},
    {"a request", STR_INIT("gemini://localhost/\r\n"), NULL},
    {"v2 TCP4", STR_INIT(SIGNATURE "\x21\x11\0\x0c" INET_ADDRESSES),
	"192.0.2.1 8080"},
    {"v2 TCP6", STR_INIT(SIGNATURE "\x21\x21\0\x24" INET6_ADDRESSES),
	"2001:db8::7 8080"},
    {"v2 with an extension",
	STR_INIT(SIGNATURE "\x21\x11\0\x13" INET_ADDRESSES "\x02\0\x04"
			   "name"),
	"192.0.2.1 8080"},
    {"v2 LOCAL", STR_INIT(SIGNATURE "\x20\0\0\0"), "-"},
    {"v2 LOCAL with bytes",
	STR_INIT(SIGNATURE "\x20\x11\0\x03"
			   "abc"),
	"-"},
    {"v2 UNSPEC",
	STR_INIT(SIGNATURE "\x21\0\0\x02"
			   "ab"),
	"-"},
    {"v2 UDP4", STR_INIT(SIGNATURE "\x21\x12\0\x0c" INET_ADDRESSES), "-"},
    {"v2 too short for TCP4",
	STR_INIT(SIGNATURE "\x21\x11\0\x0b" INET_ADDRESSES), NULL},
    {"v2 too short for TCP6",
	STR_INIT(SIGNATURE "\x21\x21\0\x23" INET6_ADDRESSES), NULL},
    {"v2 too short for UNIX", STR_INIT(SIGNATURE "\x21\x31\0\x0c"), NULL},
    {"version 1 in binary", STR_INIT(SIGNATURE "\x11\x11\0\0"), NULL},
    {"version 3", STR_INIT(SIGNATURE "\x31\x11\0\0"), NULL},
    {"an unknown command", STR_INIT(SIGNATURE "\x22\x11\0\0"), NULL},
    {"an unknown family", STR_INIT(SIGNATURE "\x21\x41\0\0"), NULL},
    {"an unknown transport", STR_INIT(SIGNATURE "\x21\x13\0\0"), NULL},
    {"a signature with a fault", STR_INIT("\r\n\r\n\0\r\nQUIX"), NULL},
};

static void
describe(const struct ppheader *h, char text[text_max])
{
	struct sockaddr_storage source = ppheader_source(h);
	struct sockaddr_in6 v6;
	struct sockaddr_in v4;
	char address[INET6_ADDRSTRLEN];

	if (source.ss_family == AF_INET) {
		memcpy(&v4, &source, sizeof(v4));
		inet_ntop(AF_INET, &v4.sin_addr, address, sizeof(address));
		snprintf(text, text_max, "%s %u", address, ntohs(v4.sin_port));
	} else if (source.ss_family == AF_INET6) {
		memcpy(&v6, &source, sizeof(v6));
		inet_ntop(AF_INET6, &v6.sin6_addr, address, sizeof(address));
		snprintf(text, text_max, "%s %u", address, ntohs(v6.sin6_port));
	} else {
		snprintf(text, text_max, "-");
	}
}

/* Feed bytes in pieces of size; how many were used goes to *used. */
static enum ppheader_result
feed(struct ppheader *h, struct str bytes, size_t size, size_t *used)
{
	enum ppheader_result result = PPHEADER_MORE;
	size_t n;

	*used = 0;
	while (result == PPHEADER_MORE && *used < bytes.n) {
		result = ppheader_take(
		    h, str_first(str_from_index(bytes, *used), size), &n);
		*used += n;
	}
	return result;
}

static void
check_case(size_t i, size_t size)
{
	struct ppheader h = {.size = 0};
	enum ppheader_result result;
	char text[text_max];
	struct buf bytes;
	size_t used;

	buf_init(&bytes, SIZE_MAX);
	buf_add(&bytes, cases[i].bytes);
	buf_add(&bytes, STR("client"));
	result = feed(&h, buf_str(&bytes), size, &used);
	if (cases[i].source == NULL) {
		tap_int(result, PPHEADER_INVALID, "%s, by %zu: refused",
		    cases[i].name, size);
	} else if (tap_int(result, PPHEADER_DONE, "%s, by %zu: whole",
		       cases[i].name, size)) {
		tap_int((long long)(bytes.n - used), client_size,
		    "%s, by %zu: the client's bytes are left", cases[i].name,
		    size);
		describe(&h, text);
		tap_str(str_from_c(text), str_from_c(cases[i].source),
		    "%s, by %zu: the client", cases[i].name, size);
	}
	buf_fini(&bytes);
}

/* A header as long as its length field allows is passed over. */
static void
test_longest(void)
{
	enum { length = 65535, piece = 1000 };
	struct ppheader h = {.size = 0};
	struct buf bytes;
	size_t used;

	buf_init(&bytes, SIZE_MAX);
	buf_add(&bytes, STR(SIGNATURE "\x21\x11\xff\xff" INET_ADDRESSES));
	for (size_t i = strlen("127.0.0.1..."); i < length; i++)
		buf_add_char(&bytes, 'x');
	tap_int(feed(&h, str_first(buf_str(&bytes), bytes.n - 1), piece, &used),
	    PPHEADER_MORE, "the longest header but for a byte: more");
	tap_int(feed(&h, STR("x"), 1, &used), PPHEADER_DONE,
	    "the longest header is whole");
	buf_fini(&bytes);
}

int
main(void)
{
	static const size_t sizes[] = {1, 7, 1000};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		for (size_t s = 0; s < sizeof(sizes) / sizeof(*sizes); s++)
			check_case(i, sizes[s]);
	test_longest();
	return tap_done();
}
