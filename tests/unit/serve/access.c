/*
 * serve/access: one line a request. decisions.md, 25.
 */
#include "serve/access.h"

#include <event2/event.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "net/loop.h"
#include "tap.h"

enum { text_max = 256 * 1024, path_max = 4096, many = 3000 };

static const int64_t wall_ms = 1700000000123;

static const struct address home = {
    .family = ADDRESS_IPV4, .bytes = {192, 0, 2, 77}};

static void
check_line(struct access_entry entry, struct str want, const char *what)
{
	struct buf out;

	entry.wall_ms = wall_ms;
	buf_init(&out, access_line_max);
	access_print(&out, CONF_LOG_LINE, &entry, STR("192.0.2.0"));
	tap_str(buf_str(&out), want, "%s", what);
	buf_fini(&out);
}

static void
test_lines(void)
{
	static const struct peer peer = {.certificate = "0AFF"};

	check_line(
	    (struct access_entry){
		.status = STATUS_SUCCESS,
		.url = STR("gemini://localhost/a%20b"),
		.body_bytes = 1024,
		.duration_ms = 61005,
		.tls = STR("TLSv1.3"),
		.peer = &peer,
	    },
	    STR("2023-11-14T22:13:20.123Z 192.0.2.0 20 "
		"gemini://localhost/a%20b 1024 61.005 TLSv1.3 SHA256:0AFF"),
	    "all fields");
	check_line((struct access_entry){.status = STATUS_NOT_FOUND},
	    STR("2023-11-14T22:13:20.123Z 192.0.2.0 51 - 0 0.000 - -"),
	    "as few as can be");
	check_line(
	    (struct access_entry){
		.status = STATUS_BAD_REQUEST,
		.url = STR("x y\r\n\x1b[1m\\\x7f\xff\0?"),
	    },
	    STR("2023-11-14T22:13:20.123Z 192.0.2.0 59 "
		"x\\x20y\\x0d\\x0a\\x1b[1m\\x5c\\x7f\\xff\\x00? "
		"0 0.000 - -"),
	    "bytes that are no text");
	check_line(
	    (struct access_entry){
		.status = STATUS_SUCCESS,
		.url = STR("gemini://localhost/search?my%20secret?x"),
	    },
	    STR("2023-11-14T22:13:20.123Z 192.0.2.0 20 "
		"gemini://localhost/search?- 0 0.000 - -"),
	    "what somebody typed");
}

static void
check_format(enum conf_log_format format, struct access_entry entry,
    struct str want, const char *what)
{
	struct buf out;

	entry.wall_ms = wall_ms;
	buf_init(&out, access_line_max);
	access_print(&out, format, &entry, STR("192.0.2.0"));
	tap_str(buf_str(&out), want, "%s, format %d", what, (int)format);
	buf_fini(&out);
}

static void
test_formats(void)
{
	static const struct peer peer = {.certificate = "0AFF"};
	static const struct access_entry full = {
	    .status = STATUS_SUCCESS,
	    .url = STR_INIT("gemini://localhost/a%20b"),
	    .body_bytes = 1024,
	    .duration_ms = 61005,
	    .tls = STR_INIT("TLSv1.3"),
	    .peer = &peer,
	};
	static const struct access_entry bare = {.status = STATUS_NOT_FOUND};
	static const struct access_entry hostile = {
	    .status = STATUS_BAD_REQUEST,
	    .url = STR_INIT("\"\\\n\xff?secret"),
	};

	check_format(CONF_LOG_JSON, full,
	    STR("{\"time\":\"2023-11-14T22:13:20.123Z\",\"ip\":\"192.0.2.0\","
		"\"status\":20,\"url\":\"gemini://localhost/a%20b\","
		"\"bytes\":1024,\"seconds\":61.005,\"tls\":\"TLSv1.3\","
		"\"fingerprint\":\"SHA256:0AFF\"}"),
	    "all fields");
	check_format(CONF_LOG_JSON, bare,
	    STR("{\"time\":\"2023-11-14T22:13:20.123Z\",\"ip\":\"192.0.2.0\","
		"\"status\":51,\"url\":null,\"bytes\":0,\"seconds\":0.000,"
		"\"tls\":null,\"fingerprint\":null}"),
	    "as few as can be");
	check_format(CONF_LOG_JSON, hostile,
	    STR("{\"time\":\"2023-11-14T22:13:20.123Z\",\"ip\":\"192.0.2.0\","
		"\"status\":59,\"url\":\"\\\\x22\\\\x5c\\\\x0a\\\\xff?-\","
		"\"bytes\":0,\"seconds\":0.000,\"tls\":null,"
		"\"fingerprint\":null}"),
	    "bytes that are no text");
	check_format(CONF_LOG_COMMON, full,
	    STR("192.0.2.0 - SHA256:0AFF [14/Nov/2023:22:13:20 +0000] "
		"\"gemini://localhost/a%20b\" 20 1024"),
	    "all fields");
	check_format(CONF_LOG_COMMON, hostile,
	    STR("192.0.2.0 - - [14/Nov/2023:22:13:20 +0000] "
		"\"\\x22\\x5c\\x0a\\xff?-\" 59 0"),
	    "bytes that are no text");
	check_format(CONF_LOG_COMBINED, bare,
	    STR("192.0.2.0 - - [14/Nov/2023:22:13:20 +0000] \"-\" 51 0 "
		"\"-\" \"-\""),
	    "as few as can be");
}

static void
check_address(enum conf_addresses how, struct address address, struct str want)
{
	struct buf out;

	buf_init(&out, text_max);
	access_print_address(&out, how, address, STR("salt"), wall_ms);
	tap_str(buf_str(&out), want, "address in way %d", (int)how);
	buf_fini(&out);
}

/* A hash of an address, which must not be told from the address. */
static struct buf
hashed(struct address address, struct str salt, int64_t ms)
{
	struct buf out;

	buf_init(&out, text_max);
	access_print_address(&out, CONF_ADDRESSES_HASHED, address, salt, ms);
	return out;
}

static void
test_addresses(void)
{
	static const struct address v6 = {.family = ADDRESS_IPV6,
	    .bytes = {0x20, 0x01, 0x0d, 0xb8, 0, 1, 0, 2, 0, 3}};
	struct address other = home;
	enum { day_ms = 24 * 60 * 60 * 1000 };
	struct buf a = hashed(home, STR("salt"), wall_ms);
	struct buf b = hashed(home, STR("salt"), wall_ms + 1);
	struct buf c = hashed(home, STR("salt"), wall_ms + day_ms);
	struct buf d = hashed(home, STR("other"), wall_ms);
	struct buf e;

	other.bytes[3]++;
	e = hashed(other, STR("salt"), wall_ms);
	check_address(CONF_ADDRESSES_MASKED, home, STR("192.0.2.0"));
	check_address(CONF_ADDRESSES_MASKED, v6, STR("2001:db8:1::"));
	check_address(CONF_ADDRESSES_FULL, home, STR("192.0.2.77"));
	check_address(CONF_ADDRESSES_NONE, home, STR("-"));
	tap_str(buf_str(&a), buf_str(&b), "one hash for a day");
	tap_ok(!str_eq(buf_str(&a), buf_str(&c)), "another the next day");
	tap_ok(!str_eq(buf_str(&a), buf_str(&d)), "or with another salt");
	tap_ok(!str_eq(buf_str(&a), buf_str(&e)), "or of another address");
	buf_fini(&a);
	buf_fini(&b);
	buf_fini(&c);
	buf_fini(&d);
	buf_fini(&e);
}

/* How many lines the file at path has; all of them are whole. */
static long long
count_lines(const char *path)
{
	struct buf text;
	struct str rest, line;
	long long count = 0;

	buf_init(&text, text_max * 2);
	file_read(AT_FDCWD, path, &text, NULL);
	rest = buf_str(&text);
	while (str_next_line(&rest, &line))
		count += str_ends(line, STR(" 51 - 0 0.000 - -"));
	buf_fini(&text);
	return count;
}

static void
test_file(void)
{
	char folder[] = "/tmp/capsuled-access.XXXXXX";
	char path[path_max], moved[path_max];
	struct event_base *base = loop_new();
	struct access_entry entry = {
	    .wall_ms = wall_ms, .from = home, .status = STATUS_NOT_FOUND};
	struct conf_log conf = {.addresses = CONF_ADDRESSES_FULL};
	struct access *access;

	if (mkdtemp(folder) == NULL)
		abort();
	snprintf(path, sizeof(path), "%s/log", folder);
	snprintf(moved, sizeof(moved), "%s/log.1", folder);
	conf.access = str_from_c(path);
	access = access_open(&conf, STR("salt"), base);
	tap_ok(access_is_on(access), "there is a log");
	access_add(access, &entry);
	event_base_loop(base, EVLOOP_ONCE);
	tap_int(count_lines(path), 1, "a line is there a moment later");
	for (int i = 0; i < many; i++)
		access_add(access, &entry);
	tap_ok(count_lines(path) > 1, "many lines do not wait");
	rename(path, moved);
	access_reopen(access);
	tap_int(count_lines(moved), many + 1, "the old file has all of them");
	access_add(access, &entry);
	access_close(&access);
	tap_int(count_lines(path), 1, "the new one what came after");
	unlink(path);
	unlink(moved);
	rmdir(folder);
	loop_free(&base);
}

int
main(void)
{
	test_lines();
	test_formats();
	test_addresses();
	test_file();
	return tap_done();
}
