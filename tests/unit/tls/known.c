/*
 * tls/known: what is remembered of servers, and what is made of it.
 */
#include "tls/known.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"

enum {
	path_max = 4096,
	digits = fingerprint_size - 1,
	now = 1700000000,
	hour = 3600,
};

/* A server whose fingerprints are one letter throughout. */
static struct known_host
server(const char *host, uint16_t port, const char letters[2], int64_t end)
{
	struct known_host made = {
	    .host = str_from_c(host), .port = port, .not_after = end};

	memset(made.fingerprint, letters[0], digits);
	memset(made.key_fingerprint, letters[1], digits);
	return made;
}

static void
test_judgement(const char *path)
{
	static const struct {
		const char *host;
		uint16_t port;
		const char *letters;
		enum known_result result;
	} cases[] = {
	    {"a.example", 1965, "AB", KNOWN_SAME},
	    {"A.EXAMPLE", 1965, "AB", KNOWN_SAME},
	    {"a.example", 1965, "CB", KNOWN_RENEWED},
	    {"a.example", 1965, "AC", KNOWN_CHANGED},
	    {"a.example", 1965, "CD", KNOWN_CHANGED},
	    {"a.example", 1966, "CD", KNOWN_NEW},
	    {"b.example", 1965, "AB", KNOWN_NEW},
	    {"old.example", 1965, "CD", KNOWN_EXPIRED},
	    {"old.example", 1965, "AB", KNOWN_SAME},
	    {"[::1]", 1965, "EF", KNOWN_SAME},
	    {"twice.example", 1965, "CD", KNOWN_SAME},
	    {"twice.example", 1965, "AB", KNOWN_CHANGED},
	};
	struct known_host presented, old;
	struct buf text;

	buf_init(&text, known_file_max);
	tap_int(known_read(path, &text), 0, "the file is read");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		presented = server(
		    cases[i].host, cases[i].port, cases[i].letters, now + hour);
		tap_int(known_judge(buf_str(&text), &presented, now, &old),
		    cases[i].result, "judgement %zu", i);
		tap_int(strlen(old.fingerprint),
		    cases[i].result == KNOWN_NEW ? 0 : digits,
		    "what is remembered, %zu", i);
	}
	buf_fini(&text);
}

static void
test_lines(void)
{
#define A16 "AAAAAAAAAAAAAAAA"
#define A64 A16 A16 A16 A16
	static const struct {
		const char *text;
		bool is_found;
	} cases[] = {
	    {"", false},
	    {"# h:1 SHA256:" A64 " SHA256:" A64 " 2030-01-01T00:00:00Z\n",
		false},
	    {"h:1 SHA256:" A64 " SHA256:" A64 " 2030-01-01T00:00:00Z\n", true},
	    {"h:1 SHA256:" A64 " SHA256:" A64 " 2030-01-01T00:00:00Z", true},
	    {"h:1 SHA256:" A64 " SHA256:" A64 " 2030-01-01T00:00:00Z\r\n",
		true},
	    {"\nnonsense\nh:1 SHA256:" A64 " SHA256:" A64
	     " 2030-01-01T00:00:00Z\n\n",
		true},
	    {"h:1 SHA256:" A64 "A SHA256:" A64 " 2030-01-01T00:00:00Z\n",
		false},
	    {"h:1 SHA256:" A64 " " A64 " 2030-01-01T00:00:00Z\n", false},
	    {"h:1 SHA256:" A64 " SHA256:" A64 " never\n", false},
	    {"h:1 SHA256:" A64 " SHA256:" A64 "\n", false},
	    {"h:65537 SHA256:" A64 " SHA256:" A64 " 2030-01-01T00:00:00Z\n",
		false},
	    {"h SHA256:" A64 " SHA256:" A64 " 2030-01-01T00:00:00Z\n", false},
	    {"hh:1 SHA256:" A64 " SHA256:" A64 " 2030-01-01T00:00:00Z\n",
		false},
	};
	struct known_host known;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		known = (struct known_host){.host = STR("h"), .port = 1};
		tap_int(known_find(str_from_c(cases[i].text), &known),
		    cases[i].is_found, "line %zu", i);
	}
}

int
main(void)
{
	char folder[] = "/tmp/capsuled-known.XXXXXX", path[path_max];
	char command[path_max];
	const struct known_host hosts[] = {
	    server("a.example", 1965, "AB", now + hour),
	    server("old.example", 1965, "AB", now - hour),
	    server("[::1]", 1965, "EF", now + hour),
	    server("twice.example", 1965, "AB", now + hour),
	    server("twice.example", 1965, "CD", now + hour),
	};
	struct buf text;

	if (mkdtemp(folder) == NULL)
		return EXIT_FAILURE;
	snprintf(path, sizeof(path), "%s/deep/known_hosts", folder);
	buf_init(&text, known_file_max);
	tap_ok(known_read(path, &text) == 0 && text.n == 0,
	    "no file is an empty one");
	buf_fini(&text);
	for (size_t i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++)
		tap_int(known_add(path, &hosts[i]), 0, "add %zu", i);
	test_judgement(path);
	test_lines();
	snprintf(command, sizeof(command), "rm -r %s", folder);
	tap_int(system(command), 0, "clean up");
	return tap_done();
}
