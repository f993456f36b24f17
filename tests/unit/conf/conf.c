/*
 * conf: defaults, addresses, fingerprints, hosts, and each key of a file with
 * the places of what is wrong in it.
 */
#include "conf/conf.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "conf/option.h"
#include "tap.h"

enum {
	printed_max = 4096,
	mode_file = 0600,
	mode_folder = 0700,
};

#define LEN(array) (sizeof(array) / sizeof((array)[0]))

static char folder[] = "/tmp/capsuled-conf.XXXXXX";
static char path[sizeof(folder) + sizeof("/capsuled.yaml")];

static void
test_listen(void)
{
	static const struct {
		struct str in, address;
		uint16_t port;
	} cases[] = {
	    {STR_INIT("127.0.0.1:1965"), STR_INIT("127.0.0.1"), 1965},
	    {STR_INIT("[::]:0"), STR_INIT("::"), 0},
	    {STR_INIT("[2001:db8::1]:65535"), STR_INIT("2001:db8::1"), 65535},
	    {STR_INIT("0.0.0.0:1"), STR_INIT("0.0.0.0"), 1},
	    {STR_INIT("127.0.0.1"), STR_INIT(""), 0},
	    {STR_INIT("127.0.0.1:"), STR_INIT(""), 0},
	    {STR_INIT("127.0.0.1:65536"), STR_INIT(""), 0},
	    {STR_INIT("127.0.0.1:x"), STR_INIT(""), 0},
	    {STR_INIT("::1:1965"), STR_INIT(""), 0},
	    {STR_INIT("[127.0.0.1]:1965"), STR_INIT(""), 0},
	    {STR_INIT("[]:1965"), STR_INIT(""), 0},
	    {STR_INIT("localhost:1965"), STR_INIT(""), 0},
	    {STR_INIT("127.0.0.1\0x:1"), STR_INIT(""), 0},
	    {STR_INIT(":1965"), STR_INIT(""), 0},
	    {STR_INIT(""), STR_INIT(""), 0},
	};
	struct arena arena = {0};

	for (size_t i = 0; i < LEN(cases); i++) {
		struct conf_listen listen = {.port = 0};
		bool ok = conf_parse_listen(&arena, cases[i].in, &listen);

		tap_ok(ok == (cases[i].address.n > 0) &&
			str_eq(listen.address, cases[i].address) &&
			listen.port == cases[i].port,
		    "listen \"%" STR_FMT "\"", STR_ARG(cases[i].in));
	}
	arena_fini(&arena);
}

#define HEX16 "0123456789abcdef"
#define HEX16_UPPER "0123456789ABCDEF"
#define HEX64 HEX16 HEX16 HEX16 HEX16
#define HEX64_UPPER HEX16_UPPER HEX16_UPPER HEX16_UPPER HEX16_UPPER
#define PAIRS "01:23:45:67:89:ab:cd:ef"

static void
test_fingerprint(void)
{
	static const struct {
		struct str in;
		bool ok;
	} cases[] = {
	    {STR_INIT("SHA256:" HEX64), true},
	    {STR_INIT("sha256:" HEX64_UPPER), true},
	    {STR_INIT("SHA256:" PAIRS ":" PAIRS ":" PAIRS ":" PAIRS), true},
	    {STR_INIT("SHA256:" HEX64 "0"), false},
	    {STR_INIT("SHA256:" HEX16), false},
	    {STR_INIT("SHA256::" HEX64), false},
	    {STR_INIT("SHA256:0:123456789abcdef" HEX16 HEX16 HEX16), false},
	    {STR_INIT(HEX64), false},
	    {STR_INIT("SHA1:" HEX64), false},
	    {STR_INIT(""), false},
	};
	struct arena arena = {0};

	for (size_t i = 0; i < LEN(cases); i++) {
		struct str out = STR("");
		bool ok = conf_parse_fingerprint(&arena, cases[i].in, &out);

		tap_ok(ok == cases[i].ok &&
			str_eq(out, ok ? STR(HEX64_UPPER) : STR("")),
		    "fingerprint \"%" STR_FMT "\"", STR_ARG(cases[i].in));
	}
	arena_fini(&arena);
}

static void
test_host(void)
{
	static const struct {
		struct str in, out;
	} cases[] = {
	    {STR_INIT("example.org"), STR_INIT("example.org")},
	    {STR_INIT("Example.ORG."), STR_INIT("example.org")},
	    {STR_INIT("*.Example.org"), STR_INIT("*.example.org")},
	    {STR_INIT("[::1]"), STR_INIT("[::1]")},
	    {STR_INIT("127.0.0.1"), STR_INIT("127.0.0.1")},
	    {STR_INIT("example.org:1965"), STR_INIT("")},
	    {STR_INIT("user@example.org"), STR_INIT("")},
	    {STR_INIT("example.org/x"), STR_INIT("")},
	    {STR_INIT("a b"), STR_INIT("")},
	    {STR_INIT("*"), STR_INIT("")},
	    {STR_INIT("*."), STR_INIT("")},
	    {STR_INIT("*.*.org"), STR_INIT("")},
	    {STR_INIT("b\xc3\xbc"
		      "cher.example"),
		STR_INIT("")},
	    {STR_INIT(""), STR_INIT("")},
	};
	struct arena arena = {0};

	for (size_t i = 0; i < LEN(cases); i++) {
		struct str out = STR("");
		bool ok = conf_parse_host(&arena, cases[i].in, &out);

		tap_ok(ok == (cases[i].out.n > 0) && str_eq(out, cases[i].out),
		    "host \"%" STR_FMT "\"", STR_ARG(cases[i].in));
	}
	arena_fini(&arena);
}

/* All diagnostics, a line each, without the folder's name. */
static void
print_diags(const struct diags *diags, struct buf *out)
{
	size_t skip = strlen(folder) + 1;

	VEC_EACH (const struct diag, diag, &diags->list) {
		struct diag inside = *diag;

		inside.place.file = str_from_index(diag->place.file, skip);
		inside.hint = STR("");
		diag_print(&inside, out);
		buf_add_char(out, '\n');
	}
}

/* Load and check text as a file. The diagnostics are added to out. */
static struct conf *
load(struct str text, struct buf *out)
{
	struct conf *conf = conf_new();
	struct diags diags;

	diags_init(&diags);
	file_replace(AT_FDCWD, path, mode_file, text);
	if (conf_load(conf, str_from_c(path), &diags) == 0)
		conf_check(conf, &diags);
	print_diags(&diags, out);
	diags_fini(&diags);
	return conf;
}

#define CAPSULE "capsules: [{hosts: [a.test], root: /srv/a}]\n"

static void
test_defaults(void)
{
	struct buf out;
	struct conf *conf;
	struct conf_listen *listen;

	buf_init(&out, printed_max);
	conf = load(STR(CAPSULE), &out);
	tap_str(buf_str(&out), STR(""), "a capsule is all that it takes");
	listen = vec_get(&conf->listens, 0);
	tap_int(conf->listens.n, 1, "one address");
	tap_ok(str_eq(listen->address, STR("::")) && listen->port == 1965,
	    "which is any, port 1965");
	tap_int(conf->workers, 0, "workers: auto");
	tap_str(conf->log.access, STR("stderr"), "log.access");
	tap_int(conf->log.format, CONF_LOG_LINE, "log.format");
	tap_int(conf->log.addresses, CONF_ADDRESSES_MASKED, "log.addresses");
	tap_int(conf->log.level, LOG_LEVEL_INFO, "log.level");
	tap_int(conf->limits.connections, 10000, "connections");
	tap_int(conf->limits.connections_per_address, 64, "per address");
	tap_int(conf->limits.handshake_seconds, 10, "handshake_seconds");
	tap_int(conf->limits.request_seconds, 10, "request_seconds");
	tap_int(conf->limits.idle_write_seconds, 30, "idle_write_seconds");
	tap_int(conf->limits.minimum_rate, 512, "minimum_rate");
	tap_int(conf->limits.drain_seconds, 30, "drain_seconds");
	tap_int(conf->limits.requests_per_minute, 0, "requests_per_minute");
	tap_str(conf->tls_minimum, STR("1.2"), "tls.minimum");
	conf_free(&conf);
	buf_fini(&out);
}

static const char whole[] =
    "listen:\n"
    "  - \"127.0.0.1:0\"\n"
    "  - {address: \"[::1]:1966\", public_port: 70}\n"
    "workers: 3\n"
    "user: someone\n"
    "state: kept\n"
    "log: {access: a.log, format: line, addresses: none, level: debug}\n"
    "limits:\n"
    "  connections: 5\n"
    "  Drain-Seconds: 2\n"
    "tls: {minimum: 1.3}\n"
    "capsules:\n"
    "  - hosts: [One.test, \"*.one.test\"]\n"
    "    root: one\n"
    "    language: de\n"
    "    owners: SHA256:" HEX64 "\n"
    "  - hosts: two.test\n"
    "    catalogue: /srv/two.catalogue\n"
    "    certificate: c.pem\n"
    "    key: k.pem\n"
    "    language: null\n";

static void
test_whole_capsules(const struct conf *conf)
{
	const struct conf_capsule *one = vec_get(&conf->capsules, 0);
	const struct conf_capsule *two = vec_get(&conf->capsules, 1);

	tap_str(conf_capsule_name(one), STR("one.test"), "the first host");
	tap_int(one->hosts.n, 2, "two hosts");
	tap_ok(str_ends(one->root, STR("/one")) && one->root.p[0] == '/',
	    "a root relative to the file");
	tap_str(one->language, STR("de"), "language");
	tap_str(*(struct str *)vec_get(&one->owners, 0), STR(HEX64_UPPER),
	    "an owner alone");
	tap_str(conf_capsule_name(two), STR("two.test"), "a host alone");
	tap_str(two->catalogue, STR("/srv/two.catalogue"), "catalogue");
	tap_ok(str_ends(two->certificate, STR("/c.pem")), "certificate");
	tap_ok(str_ends(two->key, STR("/k.pem")), "key");
	tap_str(two->language, STR(""), "null is as if it were not there");
	tap_int(two->place.line, 17, "the place of a capsule");
}

static void
test_whole(void)
{
	const struct conf_listen *listen;
	struct conf *conf;
	struct buf out;

	buf_init(&out, printed_max);
	conf = load(str_from_c(whole), &out);
	tap_str(buf_str(&out), STR(""), "every key");
	tap_int(conf->listens.n, 2, "two addresses");
	listen = vec_get(&conf->listens, 1);
	tap_ok(str_eq(listen->address, STR("::1")) && listen->port == 1966 &&
		listen->public_port == 70,
	    "an address as a map");
	tap_int(conf->workers, 3, "workers");
	tap_str(conf->user, STR("someone"), "user");
	tap_ok(str_ends(conf->state, STR("/kept")), "state");
	tap_ok(str_ends(conf->log.access, STR("/a.log")), "log.access");
	tap_int(conf->log.addresses, CONF_ADDRESSES_NONE, "log.addresses");
	tap_int(conf->log.level, LOG_LEVEL_DEBUG, "log.level");
	tap_int(conf->limits.connections, 5, "connections");
	tap_int(conf->limits.drain_seconds, 2, "a key in another spelling");
	tap_str(conf->tls_minimum, STR("1.3"), "tls.minimum");
	test_whole_capsules(conf);
	conf_free(&conf);
	buf_fini(&out);
}

static const struct {
	struct str in, out;
} wrong[] = {
    {STR_INIT("wrokers: 3\n" CAPSULE),
	STR_INIT("capsuled.yaml:1:1: unknown key \"wrokers\": expected "
		 "a known key, the nearest is \"workers\"\n")},
    {STR_INIT("limits:\n  conections: 3\n" CAPSULE),
	STR_INIT("capsuled.yaml:2:3: unknown key "
		 "\"limits.conections\": expected a known key, the "
		 "nearest is \"limits.connections\"\n")},
    {STR_INIT("drain_seconds: 3\n" CAPSULE),
	STR_INIT("capsuled.yaml:1:1: unknown key \"drain_seconds\": "
		 "expected a known key, the nearest is "
		 "\"limits.drain_seconds\"\n")},
    {STR_INIT("workers: 0\n" CAPSULE),
	STR_INIT("capsuled.yaml:1:10: workers: expected auto or a "
		 "whole number from 1 to 1024\n")},
    {STR_INIT("limits: {handshake_seconds: ten}\n" CAPSULE),
	STR_INIT("capsuled.yaml:1:29: limits.handshake_seconds: "
		 "expected a whole number of seconds from 1 to "
		 "3600\n")},
    {STR_INIT("limits: 3\n" CAPSULE),
	STR_INIT("capsuled.yaml:1:9: limits: expected a map\n")},
    {STR_INIT("log: {level: loud}\n" CAPSULE),
	STR_INIT("capsuled.yaml:1:14: log.level: expected error, "
		 "warning, info or debug\n")},
    {STR_INIT("tls: {minimum: 1.1}\n" CAPSULE),
	STR_INIT("capsuled.yaml:1:16: tls.minimum: expected 1.2 or "
		 "1.3\n")},
    {STR_INIT("listen: localhost\n" CAPSULE),
	STR_INIT("capsuled.yaml:1:9: address: expected ADDRESS:PORT "
		 "with a numeric address, IPv6 in brackets\n")},
    {STR_INIT("listen: [{public_port: 3}]\n" CAPSULE),
	STR_INIT("capsuled.yaml:1:10: address: expected ADDRESS:PORT "
		 "with a numeric address, IPv6 in brackets\n")},
    {STR_INIT("user: [a]\n" CAPSULE),
	STR_INIT("capsuled.yaml:1:7: user: expected a text\n")},
    {STR_INIT("state: \"\"\n" CAPSULE),
	STR_INIT("capsuled.yaml:1:8: state: expected a path\n")},
    {STR_INIT("workers: 3\n"),
	STR_INIT("capsuled.yaml: no capsule is named\n")},
    {STR_INIT("capsules: /srv/a\n"),
	STR_INIT("capsuled.yaml:1:11: capsules: expected a list of "
		 "maps, each with hosts and root\n")},
    {STR_INIT("capsules: [a]\n"),
	STR_INIT("capsuled.yaml:1:12: capsules: expected a list of "
		 "maps, each with hosts and root\n")},
    {STR_INIT("capsules:\n  - hosts: [\"a b\"]\n    root: /a\n"),
	STR_INIT("capsuled.yaml:2:13: hosts: expected a list of host "
		 "names\n")},
    {STR_INIT("capsules:\n  - rot: /a\n"),
	STR_INIT("capsuled.yaml:2:5: unknown key \"rot\": expected a "
		 "known key, the nearest is \"root\"\n")},
    {STR_INIT("capsules:\n  - owners: [x]\n    root: /a\n"),
	STR_INIT("capsuled.yaml:2:14: owners: expected a list of "
		 "SHA256: and 64 hex digits\n")},
    {STR_INIT("capsules:\n  - hosts: [a.test]\n"),
	STR_INIT("capsuled.yaml:2:5: the capsule a.test has neither "
		 "root nor catalogue\n")},
    {STR_INIT("capsules: [{root: /a, catalogue: /b}]\n"),
	STR_INIT("capsuled.yaml:1:12: the capsule localhost has both "
		 "root and catalogue\n")},
    {STR_INIT("capsules: [{root: /a, key: /b}]\n"),
	STR_INIT("capsuled.yaml:1:12: the capsule localhost has a key "
		 "without a certificate\n")},
    {STR_INIT("capsules: [{root: /a, certificate: /b}]\n"),
	STR_INIT("capsuled.yaml:1:12: the capsule localhost has a "
		 "certificate without a key\n")},
    {STR_INIT("capsules:\n  - {hosts: [a.test], root: /a}\n"
	      "  - {hosts: [A.test], root: /b}\n"),
	STR_INIT("capsuled.yaml:3:5: the host a.test is that of two "
		 "capsules\n")},
    {STR_INIT("capsules:\n  - root: /a\n    routes:\n      - {redirect: /b}\n"),
	STR_INIT("capsuled.yaml:4:9: the route has no match\n")},
    {STR_INIT("capsules:\n  - root: /a\n    routes:\n      - {match: b, "
	      "redirect: /b}\n"),
	STR_INIT(
	    "capsuled.yaml:4:17: match is no path and no pattern of one\n")},
    {STR_INIT("capsules:\n  - root: /a\n    routes:\n      - {match: /b}\n"),
	STR_INIT("capsuled.yaml:4:9: the route does nothing\n")},
    {STR_INIT("capsules:\n  - root: /a\n    routes:\n      - {match: /b, "
	      "redirect: /c, gone: true}\n"),
	STR_INIT("capsuled.yaml:4:35: the route has redirect and gone\n")},
    {STR_INIT("capsules:\n  - root: /a\n    routes:\n      - {match: /b, gone: "
	      "false}\n"),
	STR_INIT("capsuled.yaml:4:9: the route's action is false\n")},
    {STR_INIT("capsules:\n  - root: /a\n    routes:\n      - {match: /b, gone: "
	      "true, permanent: true}\n"),
	STR_INIT("capsuled.yaml:4:33: permanent says nothing to this route's "
		 "action\n")},
    {STR_INIT("capsules:\n  - root: /a\n    routes:\n      - {match: /b, "
	      "status: 20}\n"),
	STR_INIT("capsuled.yaml:4:29: status 20 is none that can be fixed\n")},
    {STR_INIT("capsules:\n  - root: /a\n    routes:\n      - {match: /b, "
	      "status: 39}\n"),
	STR_INIT("capsuled.yaml:4:29: status 39 is none that can be fixed\n")},
    {STR_INIT("capsules:\n  - root: /a\n    routes:\n      - {match: /b, "
	      "status: 10}\n"),
	STR_INIT("capsuled.yaml:4:9: status 10 needs a meta\n")},
    {STR_INIT("capsules:\n  - root: /a\n    routes:\n      - {match: /b/*, "
	      "redirect: \"/c/{2}\"}\n"),
	STR_INIT("capsuled.yaml:4:9: there is no piece {2} in match\n")},
    {STR_INIT("user: ${CAPSULED_TEST_NOT_SET}\n" CAPSULE),
	STR_INIT("capsuled.yaml:1:7: the environment has no variable "
		 "CAPSULED_TEST_NOT_SET\n")},
    {STR_INIT("- 1\n"), STR_INIT("capsuled.yaml:1:1: expected a map\n")},
};

static void
test_wrong(void)
{
	struct conf *conf;
	struct buf out;

	for (size_t i = 0; i < LEN(wrong); i++) {
		buf_init(&out, printed_max);
		conf = load(wrong[i].in, &out);
		tap_str(buf_str(&out), wrong[i].out, "wrong case %zu", i);
		conf_free(&conf);
		buf_fini(&out);
	}
}

/* Files that are included add what they have; the environment fills in. */
static void
test_included(void)
{
	static const char *const texts[] = {
	    "listen: [\"127.0.0.1:1\"]\nworkers: 2\n"
	    "user: a-${CAPSULED_TEST}-$${b}\ninclude: conf.d/*.yaml\n" CAPSULE,
	    "workers: 5\ncapsules: [{hosts: [b.test], root: here}]\n",
	    "listen: [\"127.0.0.1:2\"]\n",
	};
	static const char *const names[] = {
	    "capsuled.yaml", "conf.d/1.yaml", "conf.d/2.yaml"};
	char inner[sizeof(folder) + sizeof("/conf.d/1.yaml")];
	const struct conf_capsule *second;
	struct conf *conf;
	struct buf out;

	setenv("CAPSULED_TEST", "x y", 1);
	snprintf(inner, sizeof(inner), "%s/conf.d", folder);
	mkdir(inner, mode_folder);
	for (size_t i = 1; i < LEN(texts); i++) {
		snprintf(inner, sizeof(inner), "%s/%s", folder, names[i]);
		file_replace(AT_FDCWD, inner, mode_file, str_from_c(texts[i]));
	}
	buf_init(&out, printed_max);
	conf = load(str_from_c(texts[0]), &out);
	tap_str(buf_str(&out), STR(""), "files that are included");
	tap_int((long long)conf->listens.n, 2, "two addresses of two files");
	tap_int(conf->workers, 5, "the last number counts");
	tap_str(conf->user, STR("a-x y-${b}"), "the environment");
	if (tap_int((long long)conf->capsules.n, 2, "two capsules")) {
		second = vec_get(&conf->capsules, 1);
		tap_ok(str_ends(second->root, STR("/conf.d/here")),
		    "a path is relative to the file that it stands in");
		tap_ok(str_ends(second->place.file, STR("/conf.d/1.yaml")),
		    "and so are messages");
	}
	conf_free(&conf);
	buf_fini(&out);
	for (size_t i = 1; i < LEN(texts); i++) {
		snprintf(inner, sizeof(inner), "%s/%s", folder, names[i]);
		unlink(inner);
	}
	snprintf(inner, sizeof(inner), "%s/conf.d", folder);
	rmdir(inner);
}

static void
test_unreadable(void)
{
	struct conf *conf = conf_new();
	struct diags diags;

	diags_init(&diags);
	unlink(path);
	tap_int(conf_load(conf, str_from_c(path), &diags), -1, "no file");
	tap_int(diags.errors, 1, "which is said once");
	diags_fini(&diags);
	conf_free(&conf);
	tap_ok(conf == NULL, "the configuration is gone");
}

/* Each row of the table has a nearest key to be told, and takes its own
 * default. */
static void
test_options(void)
{
	size_t count;
	const struct option *options = option_all(&count);

	for (size_t i = 0; i < count; i++) {
		tap_ok(option_find(options[i].scope, options[i].path) ==
			&options[i],
		    "%" STR_FMT " is found", STR_ARG(options[i].path));
		tap_ok(options[i].sentence[0] != '\0', "and explained");
	}
	tap_str(option_nearest(OPTION_SERVER, STR("zzzzzzzz")), STR("listen"),
	    "a key like no other has a nearest one, too");
}

int
main(void)
{
	if (!tap_ok(mkdtemp(folder) != NULL, "a folder"))
		return tap_done();
	strncat(path, folder, sizeof(path) - 1);
	strncat(path, "/capsuled.yaml", sizeof(path) - strlen(path) - 1);
	test_listen();
	test_fingerprint();
	test_host();
	test_options();
	test_defaults();
	test_whole();
	test_wrong();
	test_included();
	test_unreadable();
	tap_int(rmdir(folder), 0, "nothing is left");
	return tap_done();
}
