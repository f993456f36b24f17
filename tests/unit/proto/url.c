/*
 * proto/url: what is a URL, and how hosts, paths and references compare.
 */
#include "proto/url.h"

#include <string.h>

#include "tap.h"

enum { out_max = 8192 };

/* Whole URLs and their parts; a NULL host: no URL. */
static const struct {
	const char *in, *scheme, *host, *path, *query;
	uint16_t port;
	bool userinfo, fragment;
} urls[] = {
    {"gemini://h", "gemini", "h", "", NULL, 1965, false, false},
    {"gemini://h/", "gemini", "h", "/", NULL, 1965, false, false},
    {"GeMiNi://H/a/b", "GeMiNi", "H", "/a/b", NULL, 1965, false, false},
    {"gemini://h:70/", "gemini", "h", "/", NULL, 70, false, false},
    {"gemini://h:/", "gemini", "h", "/", NULL, 1965, false, false},
    {"gemini://h:", "gemini", "h", "", NULL, 1965, false, false},
    {"gemini://h:1", "gemini", "h", "", NULL, 1, false, false},
    {"gemini://h:65535", "gemini", "h", "", NULL, 65535, false, false},
    {"gemini://h:0001965", "gemini", "h", "", NULL, 1965, false, false},
    {"gemini://h?", "gemini", "h", "", "", 1965, false, false},
    {"gemini://h?q", "gemini", "h", "", "q", 1965, false, false},
    {"gemini://h/?a?b/c:@", "gemini", "h", "/", "a?b/c:@", 1965, false, false},
    {"gemini://h/#", "gemini", "h", "/", NULL, 1965, false, true},
    {"gemini://h#f", "gemini", "h", "", NULL, 1965, false, true},
    {"gemini://h?q#f/?", "gemini", "h", "", "q", 1965, false, true},
    {"gemini://@h/", "gemini", "h", "/", NULL, 1965, true, false},
    {"gemini://u@h/", "gemini", "h", "/", NULL, 1965, true, false},
    {"gemini://u:p:x@h:7/", "gemini", "h", "/", NULL, 7, true, false},
    {"gemini://h/a@b", "gemini", "h", "/a@b", NULL, 1965, false, false},
    {"gemini://h//", "gemini", "h", "//", NULL, 1965, false, false},
    {"gemini://h/;a=1,b", "gemini", "h", "/;a=1,b", NULL, 1965, false, false},
    {"gemini://h/-._~!$&'()*+,;=:@", "gemini", "h", "/-._~!$&'()*+,;=:@", NULL,
	1965, false, false},
    {"gemini://h/%41%fF", "gemini", "h", "/%41%fF", NULL, 1965, false, false},
    {"a+b-c.1://h", "a+b-c.1", "h", "", NULL, 1965, false, false},
    {"gemini://127.0.0.1/", "gemini", "127.0.0.1", "/", NULL, 1965, false,
	false},
    {"gemini://[::1]/", "gemini", "[::1]", "/", NULL, 1965, false, false},
    {"gemini://[::1]:70/", "gemini", "[::1]", "/", NULL, 70, false, false},
    {"gemini://[::1]:", "gemini", "[::1]", "", NULL, 1965, false, false},
    {"gemini://[::ffff:1.2.3.4]", "gemini", "[::ffff:1.2.3.4]", "", NULL, 1965,
	false, false},
    {"gemini://[1:2:3:4:5:6:7:8]", "gemini", "[1:2:3:4:5:6:7:8]", "", NULL,
	1965, false, false},
    {"gemini://[vF.a:b!]", "gemini", "[vF.a:b!]", "", NULL, 1965, false, false},
    {"gemini://%6c/", "gemini", "%6c", "/", NULL, 1965, false, false},
    {"gemini://a!b_c/", "gemini", "a!b_c", "/", NULL, 1965, false, false},
};

static void
test_good(void)
{
	struct str in;
	struct url url;

	for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
		in = str_from_c(urls[i].in);
		if (!tap_ok(url_parse(in, &url), "a URL: %s", in.p))
			continue;
		tap_str(url.scheme, str_from_c(urls[i].scheme), "scheme");
		tap_str(url.host, str_from_c(urls[i].host), "host");
		tap_str(url.path, str_from_c(urls[i].path), "path");
		tap_str(url.query, str_from_c(urls[i].query), "query");
		tap_ok(url.has_query == (urls[i].query != NULL), "a query?");
		tap_int(url.port, urls[i].port, "port");
		tap_ok(url.has_userinfo == urls[i].userinfo &&
			url.has_fragment == urls[i].fragment,
		    "userinfo and fragment");
	}
}

static void
test_bad(void)
{
	static const char *const cases[] = {"", "/", "h", "h/", "//h/",
	    "gemini", "gemini:", "gemini:/", "gemini:/h/", "gemini:h",
	    "gemini//h/", "://h/", "1gemini://h/", "gem_ini://h/",
	    "%67emini://h/", "gemini%3A//h/", "mailto:a@b", "data:,x",
	    "gemini://", "gemini:///", "gemini://?q", "gemini://#f",
	    "gemini://:70/", "gemini://@/", "gemini://u@/", "gemini://u@:70/",
	    "gemini://a@b@h/", "gemini://a[@h/", "gemini://h:x/",
	    "gemini://h:-1/", "gemini://h:+1/", "gemini://h:0/",
	    "gemini://h:00/", "gemini://h:65536/", "gemini://h:67501/",
	    "gemini://h:4294969261/", "gemini://h:18446744073709553581/",
	    "gemini://h:0x7ad/", "gemini://h:1:2/", "gemini://h:1 /",
	    "gemini://[::1/", "gemini://::1/", "gemini://::1]/", "gemini://[]/",
	    "gemini://[::1]x/", "gemini://x[::1]/", "gemini://[::1]]/",
	    "gemini://[[::1]]/", "gemini://[::g]/", "gemini://[1.2.3.4]/",
	    "gemini://[1::2::3]/", "gemini://[fe80::1%25eth0]/",
	    "gemini://[fe80::1%eth0]/", "gemini://[v.a]/", "gemini://[vg.a]/",
	    "gemini://[v1.]/", "gemini://[v1]/", "gemini://[v1.%41]/",
	    "gemini://[::1]:x/", "gemini://h%/", "gemini://h%zz/",
	    "gemini://h%00/", "gemini://h /", "gemini://h\\/", "gemini://h/%",
	    "gemini://h/%4", "gemini://h/%4g", "gemini://h/%g4",
	    "gemini://h/%zz", "gemini://h/%00", "gemini://h/a%00b",
	    "gemini://h/?%", "gemini://h/?%zz", "gemini://h/?%00",
	    "gemini://h/#%", "gemini://h/##", "gemini://h/a b", " gemini://h/",
	    "gemini://h/ ", "\tgemini://h/", "gemini://h/\t", "gemini://h/\r",
	    "\xef\xbb\xbfgemini://h/", "gemini://h/[", "gemini://h/]",
	    "gemini://h/?[x]", "gemini://h/\xc3\xa9", "gemini://\xc3\xa9/"};
	struct url url;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		tap_ok(!url_parse(str_from_c(cases[i]), &url), "no URL: %s",
		    cases[i]);
}

/* Which bytes may stand, as they are, in each part. RFC 3986, appendix A. */
static void
test_bytes(void)
{
	static const char everywhere[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	    "-._~!$&'()*+,;=";
	char in[] = "gemini://h/?#";
	struct url url;
	bool plain, slash;
	int bad = 0;

	for (int c = 0; c <= UINT8_MAX; c++) {
		plain = c != 0 && strchr(everywhere, c) != NULL;
		slash = c == '/' || c == '@' || c == ':';
		in[9] = (char)c; /* the host, of one byte */
		if (url_parse(str_from(in, 11), &url) != plain)
			bad++;
		in[9] = 'h';
		in[11] = (char)c; /* in the path, where ? and # end it */
		if (url_parse(str_from(in, 12), &url) !=
		    (plain || slash || c == '?' || c == '#'))
			bad++;
		in[11] = '?';
		in[12] = (char)c; /* in the query */
		if (url_parse(str_from(in, 13), &url) !=
		    (plain || slash || c == '?' || c == '#'))
			bad++;
		in[12] = '#';
	}
	tap_int(bad, 0, "each byte in each part");
}

static void
test_hosts(void)
{
	static const struct {
		const char *in, *want; /* NULL: refused */
	} cases[] = {
	    {"localhost", "localhost"},
	    {"LocalHost", "localhost"},
	    {"localhost.", "localhost"},
	    {"a.b.", "a.b"},
	    {"%6cocalhost", "localhost"},
	    {"%4C%4fcalhost", "localhost"},
	    {"a%2eb", "a.b"},
	    {"a%2E", "a"},
	    {"xn--caf-dma.example", "xn--caf-dma.example"},
	    {"a_b~c-d", "a_b~c-d"},
	    {"127.0.0.1", "127.0.0.1"},
	    {"[::1]", "[::1]"},
	    {"[0:0:0:0:0:0:0:1]", "[::1]"},
	    {"[2001:DB8::A]", "[2001:db8::a]"},
	    {"[vF.A:b]", "[vf.a:b]"},
	    {"localhost..", NULL},
	    {".localhost", NULL},
	    {".", NULL},
	    {"", NULL},
	    {"%2e", NULL},
	    {"a..b", NULL},
	    {"a%2e.b", NULL},
	    {"local%2fhost", NULL},
	    {"%256cocalhost", NULL},
	    {"local%20host", NULL},
	    {"caf%C3%A9", NULL},
	    {"a%21", NULL},
	    {"a%", NULL},
	    {"[::1%25x]", NULL},
	};
	struct buf out;
	bool ok;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_init(&out, out_max);
		ok = url_add_host(&out, str_from_c(cases[i].in));
		tap_ok(
		    ok == (cases[i].want != NULL), "host \"%s\"", cases[i].in);
		if (ok)
			tap_str(buf_str(&out), str_from_c(cases[i].want),
			    "host \"%s\" compared", cases[i].in);
		buf_fini(&out);
	}
}

static const char above[] = "above", not_found[] = "not found";

static const struct {
	const char *in, *want;
} keys[] = {
    {"", "/"},
    {"/", "/"},
    {"/page.gmi", "/page.gmi"},
    {"/Page.GMI", "/Page.GMI"},
    {"/%70age%2egmi", "/page.gmi"},
    {"/%7Euser", "/~user"},
    {"/a%20b", "/a%20b"},
    {"/a+b", "/a+b"},
    {"/caf%c3%a9", "/caf%C3%A9"},
    {"/cafe%cc%81", "/cafe%CC%81"},
    {"/%21%24%26%27%28%29%2a%2b%2c%3b%3d%3a%40", "/!$&'()*+,;=:@"},
    {"/%3f%23%5b%5d%25", "/%3F%23%5B%5D%25"},
    {"/%0d%0a", "/%0D%0A"},
    {"/%7f", "/%7F"},
    {"/%2570", "/%2570"},
    {"/%252e%252e/x", "/%252e%252e/x"},
    {"/a//b", "/a//b"},
    {"//", "//"},
    {"//page.gmi", "//page.gmi"},
    {"/a/", "/a/"},
    {"/.", "/"},
    {"/./", "/"},
    {"/./.", "/"},
    {"/./a", "/a"},
    {"/a/.", "/a/"},
    {"/a/./b", "/a/b"},
    {"/a/..", "/"},
    {"/a/../", "/"},
    {"/a/../b", "/b"},
    {"/a/b/..", "/a/"},
    {"/a/b/../..", "/"},
    {"/a/b/../../c", "/c"},
    {"/a/./../b", "/b"},
    {"/a//..", "/a/"},
    {"/a//../b", "/a/b"},
    {"//..", "/"},
    {"//../a", "/a"},
    {"/%2e/a", "/a"},
    {"/a/%2e%2E/b", "/b"},
    {"/a/.%2e", "/"},
    {"/...", "/..."},
    {"/..a", "/..a"},
    {"/a..", "/a.."},
    {"/..;/a", "/..;/a"},
    {"/.a", "/.a"},
    {"/.well-known/x", "/.well-known/x"},
    {"/..%5c..%5cx", "/..%5C..%5Cx"},
    {"/..", above},
    {"/../", above},
    {"/../a", above},
    {"/./..", above},
    {"/a/../..", above},
    {"/a/../../b", above},
    {"/%2e%2e", above},
    {"/.%2E/a", above},
    {"/%2F", not_found},
    {"/a%2fb", not_found},
    {"/..%2Fa", not_found},
    {"/%2e%2e%2f", not_found},
    {"/%c0%ae%c0%ae/a", not_found},
    {"/%e9", not_found},
    {"/%ff", not_found},
    {"/%ed%a0%80", not_found},
    {"/%c3/%a9", not_found},
    {"/%00", not_found},
    {"/%zz", not_found},
    {"/a%", not_found},
};

static void
test_keys(void)
{
	enum url_path_result result, want;
	struct buf out;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		want = keys[i].want == above	? URL_PATH_ABOVE_ROOT
		    : keys[i].want == not_found ? URL_PATH_NOT_FOUND
						: URL_PATH_OK;
		buf_init(&out, out_max);
		buf_add(&out, STR("/x"));
		result = url_add_path_key(&out, str_from_c(keys[i].in));
		tap_int(result, want, "path \"%s\"", keys[i].in);
		tap_str(str_from_index(buf_str(&out), 2),
		    result == URL_PATH_OK ? str_from_c(keys[i].want) : STR(""),
		    "key of \"%s\"", keys[i].in);
		buf_fini(&out);
	}
}

static void
test_encoding(void)
{
	struct buf out;

	buf_init(&out, out_max);
	url_add_encoded_segment(&out, STR("a/b c#?\xc3\xa9%:@;~"));
	tap_str(buf_str(&out), STR("a%2Fb%20c%23%3F%C3%A9%25:@;~"), "segment");
	buf_clear(&out);
	url_add_encoded_path(&out, STR("/a b/c%"));
	tap_str(buf_str(&out), STR("/a%20b/c%25"), "path");
	buf_clear(&out);
	tap_ok(url_add_decoded(&out, STR("a%20b+%2525%00")), "decoded");
	tap_str(buf_str(&out), STR("a b+%25\0"), "once");
	tap_ok(!url_add_decoded(&out, STR("%2")), "half an escape");
	tap_ok(!url_add_decoded(&out, STR("%2x")), "no escape");
	buf_fini(&out);
}

/* At gemini://a/b/c/d;p?q, as RFC 3986, 5.4, has them, and some more. */
static const struct {
	const char *in, *want;
} references[] = {
    {"g:h", "g:h"},
    {"g", "gemini://a/b/c/g"},
    {"./g", "gemini://a/b/c/g"},
    {"g/", "gemini://a/b/c/g/"},
    {"/g", "gemini://a/g"},
    {"//g", "gemini://g"},
    {"?y", "gemini://a/b/c/d;p?y"},
    {"g?y", "gemini://a/b/c/g?y"},
    {"#s", "gemini://a/b/c/d;p?q#s"},
    {"g#s", "gemini://a/b/c/g#s"},
    {"g?y#s", "gemini://a/b/c/g?y#s"},
    {";x", "gemini://a/b/c/;x"},
    {"g;x", "gemini://a/b/c/g;x"},
    {"g;x?y#s", "gemini://a/b/c/g;x?y#s"},
    {"", "gemini://a/b/c/d;p?q"},
    {".", "gemini://a/b/c/"},
    {"./", "gemini://a/b/c/"},
    {"..", "gemini://a/b/"},
    {"../", "gemini://a/b/"},
    {"../g", "gemini://a/b/g"},
    {"../..", "gemini://a/"},
    {"../../", "gemini://a/"},
    {"../../g", "gemini://a/g"},
    {"../../../g", "gemini://a/g"},
    {"../../../../g", "gemini://a/g"},
    {"/./g", "gemini://a/g"},
    {"/../g", "gemini://a/g"},
    {"g.", "gemini://a/b/c/g."},
    {".g", "gemini://a/b/c/.g"},
    {"g..", "gemini://a/b/c/g.."},
    {"..g", "gemini://a/b/c/..g"},
    {"./../g", "gemini://a/b/g"},
    {"./g/.", "gemini://a/b/c/g/"},
    {"g/./h", "gemini://a/b/c/g/h"},
    {"g/../h", "gemini://a/b/c/h"},
    {"g;x=1/./y", "gemini://a/b/c/g;x=1/y"},
    {"g;x=1/../y", "gemini://a/b/c/y"},
    {"g?y/./x", "gemini://a/b/c/g?y/./x"},
    {"g#s/../x", "gemini://a/b/c/g#s/../x"},
    {"gemini:g", "gemini:g"},
    {"?", "gemini://a/b/c/d;p?"},
    {"#", "gemini://a/b/c/d;p?q#"},
    {"./a:b", "gemini://a/b/c/a:b"},
    {"1:b", "gemini://a/b/c/1:b"},
    {"mailto:x@y", "mailto:x@y"},
    {"gemini://h/a/../b/.", "gemini://h/b/"},
    {"//h:70/a/./b", "gemini://h:70/a/b"},
    {"caf\xc3\xa9", "gemini://a/b/c/caf\xc3\xa9"},
};

static void
test_references(void)
{
	static const char *const broken[] = {
	    "a b", "a\nb", "a\r", "\x7f", "a\tb"};
	struct str base = STR("gemini://a/b/c/d;p?q");
	struct buf out;

	buf_init(&out, out_max);
	for (size_t i = 0; i < sizeof(references) / sizeof(references[0]);
	     i++) {
		buf_clear(&out);
		tap_ok(
		    url_add_resolved(&out, base, str_from_c(references[i].in)),
		    "reference \"%s\"", references[i].in);
		tap_str(buf_str(&out), str_from_c(references[i].want),
		    "what \"%s\" means", references[i].in);
	}
	buf_clear(&out);
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++)
		tap_ok(!url_add_resolved(&out, base, str_from_c(broken[i])),
		    "no reference, %zu", i);
	tap_ok(!url_add_resolved(&out, STR("/a"), STR("b")), "base of no kind");
	tap_ok(!url_add_resolved(&out, STR("s:/b"), STR("..//c")),
	    "a path that would be a host");
	tap_int(out.n, 0, "nothing is left of these");
	url_add_resolved(&out, STR("gemini://h"), STR("x"));
	tap_str(buf_str(&out), STR("gemini://h/x"), "base without a path");
	buf_clear(&out);
	url_add_resolved(&out, STR("gemini://h?q"), STR("#f"));
	tap_str(buf_str(&out), STR("gemini://h?q#f"), "nor a slash");
	buf_fini(&out);
}

int
main(void)
{
	test_good();
	test_bad();
	test_bytes();
	test_hosts();
	test_keys();
	test_encoding();
	test_references();
	return tap_done();
}
