/*
 * cli/target and cli/terminal: what is asked for, and what is shown of it.
 */
#include "cli/target.h"

#include <string.h>

#include "cli/terminal.h"
#include "tap.h"

enum {
	out_max = 4096,
	url_size_max = 1024,
};

/* A URL, what a server answers with, and what is asked for then; NULL where
 * it is refused. */
static const struct {
	const char *url, *reference, *want;
} cases[] = {
    {"gemini://h", NULL, "gemini://h/"},
    {"gemini://h?q", NULL, "gemini://h/?q"},
    {"gemini://h/a#part", NULL, "gemini://h/a"},
    {"gemini://h:1966/a?", NULL, "gemini://h:1966/a?"},
    {"GEMINI://H/a", NULL, "GEMINI://H/a"},
    {"gemini://[::1]:1/", NULL, "gemini://[::1]:1/"},
    {"h", NULL, NULL},
    {"//h/", NULL, NULL},
    {"http://h/", NULL, NULL},
    {"gemini://u@h/", NULL, NULL},
    {"gemini://h/\xc3\xa9", NULL, NULL},
    {"gemini://h/a b", NULL, NULL},
    {"gemini://h/a?q", "b", "gemini://h/b"},
    {"gemini://h/a/b", "/c?d", "gemini://h/c?d"},
    {"gemini://h/a/b", "?d", "gemini://h/a/b?d"},
    {"gemini://h:7/a", "//i/b", "gemini://i/b"},
    {"gemini://h/a", "gemini://i", "gemini://i/"},
    {"gemini://h/a", "https://h/", NULL},
    {"gemini://h/a", "gemini://h/a b", NULL},
};

static void
test_urls(void)
{
	struct target target;
	const char *wrong;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		target_init(&target);
		wrong = target_set(&target, str_from_c(cases[i].url));
		if (cases[i].reference != NULL)
			wrong = target_follow(
			    &target, str_from_c(cases[i].reference));
		tap_ok((wrong != NULL) == (cases[i].want == NULL),
		    "case %zu: %s", i, wrong == NULL ? "fine" : wrong);
		if (cases[i].want != NULL)
			tap_str(buf_str(&target.url), str_from_c(cases[i].want),
			    "URL of case %zu", i);
		target_fini(&target);
	}
}

static void
test_parts(void)
{
	struct target target;

	target_init(&target);
	target_set(&target, STR("gemini://EXAMPLE.org.:1970/x"));
	tap_str(buf_str(&target.host), STR("example.org"), "compared host");
	tap_int(target.port, 1970, "port");
	target_set(&target, STR("gemini://b.example/"));
	tap_int(target.port, 1965, "the port when none is named");
	tap_ok(target_set(&target, STR("http://c.example/")) != NULL,
	    "another scheme");
	tap_str(buf_str(&target.url), STR("gemini://b.example/"),
	    "leaves the target as it was");
	target_fini(&target);
}

static void
test_input(void)
{
	char letters[url_size_max];
	struct target target;
	const char *wrong;

	target_init(&target);
	target_set(&target, STR("gemini://h/s?old"));
	tap_ok(target_put_input(&target, STR("a b\n\xc3\xb6?%"), &wrong) &&
		wrong == NULL,
	    "input");
	tap_str(buf_str(&target.url), STR("gemini://h/s?a%20b%0A%C3%B6%3F%25"),
	    "takes the place of the query");
	tap_ok(!target_put_input(&target, STR("a b\n\xc3\xb6?%"), &wrong),
	    "the same again changes nothing");
	memset(letters, 'x', sizeof(letters));
	target_put_input(&target, str_from(letters, sizeof(letters)), &wrong);
	tap_ok(wrong != NULL, "too long an input");
	tap_ok(target_put_input(&target,
		   str_from(letters, url_size_max - strlen("gemini://h/s?")),
		   &wrong) &&
		wrong == NULL && target.url.n == url_size_max,
	    "1024 bytes of URL");
	target_fini(&target);
}

/* Show text in pieces of every size: the result is the same. */
static void
test_shown(struct str text, struct str want)
{
	struct terminal terminal;
	struct buf out;

	for (size_t size = 1; size <= text.n; size++) {
		terminal_init(&terminal);
		buf_init(&out, out_max);
		for (size_t at = 0; at < text.n; at += size)
			terminal_show(&terminal,
			    str_first(str_from_index(text, at), size), &out);
		terminal_end(&terminal, &out);
		tap_str(buf_str(&out), want, "in pieces of %zu", size);
		buf_fini(&out);
		terminal_fini(&terminal);
	}
}

int
main(void)
{
	test_urls();
	test_parts();
	test_input();
	test_shown(STR("a\tb\r\n\x1b[2J\x07z"), STR("a\tb\n\\x1b[2J\\x07z"));
	test_shown(STR("\xe2\x82\xac \xf0\x9f\x98\x80 \xc2\x9bz"),
	    STR("\xe2\x82\xac \xf0\x9f\x98\x80 \\xc2\\x9bz"));
	test_shown(STR("\xff\xe2\x82"), STR("\\xff\\xe2\\x82"));
	return tap_done();
}
