/*
 * URLs as RFC 3986 has them: split, compare, encode, resolve. What a server
 * does with them, and which of them are its own, is decided elsewhere.
 */
#include "proto/url.h"

#include <arpa/inet.h>
#include <assert.h>
#include <string.h>

#include "base/utf8.h"

enum {
	escape_size = 3, /* "%HH" */
	hex_base = 16,
	port_max = 65535,
	ascii_end = 0x80,
};

static bool
is_unreserved(char c)
{
	return ascii_is_alnum(c) || c == '-' || c == '.' || c == '_' ||
	    c == '~';
}

static bool
is_in(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

static bool
is_sub_delim(char c)
{
	return is_in(c, "!$&'()*+,;=");
}

/* The byte that the escape at s stands for, or -1 when s starts with none. */
static int
escape_value(struct str s)
{
	int high, low;

	if (s.n < escape_size || s.p[0] != '%')
		return -1;
	high = ascii_hex_value(s.p[1]);
	low = ascii_hex_value(s.p[2]);
	return high < 0 || low < 0 ? -1 : high * hex_base + low;
}

/* Whether s holds only unreserved bytes, sub-delims, those of extra, and
 * escapes of anything but NUL. */
static bool
is_component(struct str s, const char *extra)
{
	while (s.n > 0) {
		if (escape_value(s) > 0) {
			s = str_from_index(s, escape_size);
			continue;
		}
		if (!is_unreserved(s.p[0]) && !is_sub_delim(s.p[0]) &&
		    !is_in(s.p[0], extra))
			return false;
		s = str_from_index(s, 1);
	}
	return true;
}

static bool
is_scheme(struct str s)
{
	if (s.n == 0 || !ascii_is_alpha(s.p[0]))
		return false;
	for (size_t i = 1; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) && !is_in(s.p[i], "+-."))
			return false;
	return true;
}

/* Read the IPv6 address in s, which has neither brackets nor a zone. */
static bool
ipv6_parse(struct str s, struct in6_addr *address)
{
	char text[INET6_ADDRSTRLEN];

	if (s.n >= sizeof(text) || memchr(s.p, '\0', s.n) != NULL)
		return false;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	return inet_pton(AF_INET6, text, address) == 1;
}

/* "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" ). RFC 3986, 3.2.2. */
static bool
is_ip_future(struct str s)
{
	struct str version;

	if (!str_cut(&s, '.', &version) || version.n < 2 ||
	    ascii_to_lower(version.p[0]) != 'v')
		return false;
	for (size_t i = 1; i < version.n; i++)
		if (ascii_hex_value(version.p[i]) < 0)
			return false;
	return s.n > 0 && str_find_char(s, '%') < 0 && is_component(s, ":");
}

static bool
host_is_literal(struct str host)
{
	return host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']';
}

static struct str
literal_inside(struct str host)
{
	return str_from(host.p + 1, host.n - 2);
}

static bool
is_host(struct str host)
{
	struct in6_addr address;

	if (!host_is_literal(host))
		return host.n > 0 && is_component(host, "");
	return ipv6_parse(literal_inside(host), &address) ||
	    is_ip_future(literal_inside(host));
}

/* Take the part of *rest before the first byte of ends; that byte stays. */
static struct str
take_until(struct str *rest, const char *ends)
{
	struct str part;
	size_t n = 0;

	while (n < rest->n && !is_in(rest->p[n], ends))
		n++;
	part = str_first(*rest, n);
	*rest = str_from_index(*rest, n);
	return part;
}

/* Take what follows the byte mark, up to a byte of ends, if *rest starts with
 * mark. */
static bool
take_marked(struct str *rest, char mark, const char *ends, struct str *part)
{
	*part = STR("");
	if (rest->n == 0 || rest->p[0] != mark)
		return false;
	*rest = str_from_index(*rest, 1);
	*part = take_until(rest, ends);
	return true;
}

static bool
port_parse(struct str digits, struct url *url)
{
	uint64_t port;

	if (str_is_empty(digits))
		return true;
	if (!str_to_u64(digits, port_max, &port) || port == 0)
		return false;
	url->has_port = true;
	url->port = (uint16_t)port;
	return true;
}

static bool
authority_parse(struct str authority, struct url *url)
{
	struct str userinfo, rest = authority;
	ptrdiff_t colon;

	if (str_find_char(authority, '@') >= 0) {
		url->has_userinfo = true;
		str_cut(&rest, '@', &userinfo);
		if (!is_component(userinfo, ":"))
			return false;
	}
	url->host = rest;
	colon = str_find_last_char(rest, ':');
	if (colon >= 0 && str_find_last_char(rest, ']') < colon) {
		url->host = str_first(rest, (size_t)colon);
		if (!port_parse(str_from_index(rest, (size_t)colon + 1), url))
			return false;
	}
	return is_host(url->host);
}

bool
url_parse(struct str in, struct url *url)
{
	struct str rest = in, fragment;

	*url = (struct url){.port = url_port_default};
	if (!str_cut(&rest, ':', &url->scheme) || !is_scheme(url->scheme))
		return false;
	if (!str_starts(rest, STR("//")))
		return false;
	rest = str_from_index(rest, 2);
	if (!authority_parse(take_until(&rest, "/?#"), url))
		return false;
	url->path = take_until(&rest, "?#");
	url->has_query = take_marked(&rest, '?', "#", &url->query);
	url->has_fragment = take_marked(&rest, '#', "", &fragment);
	return is_component(url->path, ":@/") &&
	    is_component(url->query, ":@/?") && is_component(fragment, ":@/?");
}

/* Add an IPv6 address in its one canonical form. RFC 5952. */
static bool
add_literal(struct buf *out, struct str host)
{
	char text[INET6_ADDRSTRLEN];
	struct in6_addr address;

	if (!ipv6_parse(literal_inside(host), &address)) {
		for (size_t i = 0; i < host.n; i++)
			buf_add_char(out, ascii_to_lower(host.p[i]));
		return is_ip_future(literal_inside(host));
	}
	if (inet_ntop(AF_INET6, &address, text, sizeof(text)) == NULL)
		return false;
	buf_addf(out, "[%s]", text);
	return true;
}

static bool
has_empty_label(struct str name)
{
	return name.n == 0 || name.p[0] == '.' || str_ends(name, STR(".")) ||
	    str_find_str(name, STR("..")) >= 0;
}

bool
url_add_host(struct buf *out, struct str host)
{
	size_t start = out->n;
	int c;

	if (host_is_literal(host))
		return add_literal(out, host);
	while (host.n > 0) {
		c = escape_value(host);
		if (host.p[0] == '%' && (c < 0 || !is_unreserved((char)c)))
			return false;
		buf_add_char(out, ascii_to_lower(c < 0 ? host.p[0] : (char)c));
		host = str_from_index(host, c < 0 ? 1 : escape_size);
	}
	if (out->n > start && out->p[out->n - 1] == '.')
		buf_truncate(out, out->n - 1);
	return !has_empty_label(str_from_index(buf_str(out), start));
}

static void
add_encoded(struct buf *out, struct str s, const char *extra)
{
	char c;

	for (size_t i = 0; i < s.n; i++) {
		c = s.p[i];
		if (is_unreserved(c) || is_sub_delim(c) || is_in(c, extra))
			buf_add_char(out, c);
		else
			buf_addf(out, "%%%02X", (unsigned char)c);
	}
}

void
url_add_encoded_segment(struct buf *out, struct str segment)
{
	add_encoded(out, segment, ":@");
}

void
url_add_encoded_path(struct buf *out, struct str path)
{
	add_encoded(out, path, ":@/");
}

bool
url_add_decoded(struct buf *out, struct str s)
{
	int c;

	while (s.n > 0) {
		c = escape_value(s);
		if (c < 0 && s.p[0] == '%')
			return false;
		buf_add_char(out, c < 0 ? s.p[0] : (char)c);
		s = str_from_index(s, c < 0 ? 1 : escape_size);
	}
	return true;
}

/* Drop the last segment, with its slash, of the path in out from start on.
 * False when there is none. */
static bool
drop_segment(struct buf *out, size_t start)
{
	ptrdiff_t slash;

	slash = str_find_last_char(str_from_index(buf_str(out), start), '/');
	if (slash < 0)
		return false;
	buf_truncate(out, start + (size_t)slash);
	return true;
}

/* Add one decoded segment to the key in out from start on. A dot segment at
 * the end of the path leaves a slash. */
static enum url_path_result
add_key_segment(struct buf *out, size_t start, struct str segment, bool is_last)
{
	bool is_up = str_eq(segment, STR(".."));

	if (is_up && !drop_segment(out, start))
		return URL_PATH_ABOVE_ROOT;
	if (is_up || str_eq(segment, STR("."))) {
		if (is_last)
			buf_add_char(out, '/');
		return URL_PATH_OK;
	}
	if (str_find_char(segment, '/') >= 0 ||
	    str_find_char(segment, '\0') >= 0 || !utf8_is_valid(segment))
		return URL_PATH_NOT_FOUND;
	buf_add_char(out, '/');
	url_add_encoded_segment(out, segment);
	return URL_PATH_OK;
}

enum url_path_result
url_add_path_key(struct buf *out, struct str path)
{
	enum url_path_result result = URL_PATH_OK;
	size_t start = out->n;
	struct buf decoded;
	struct str segment;
	bool more = true;

	assert(path.n == 0 || path.p[0] == '/');
	buf_init(&decoded, path.n);
	path = str_from_index(path, 1);
	while (more && result == URL_PATH_OK) {
		more = str_cut(&path, '/', &segment);
		buf_clear(&decoded);
		if (!url_add_decoded(&decoded, segment))
			result = URL_PATH_NOT_FOUND;
		else
			result = add_key_segment(
			    out, start, buf_str(&decoded), !more);
	}
	buf_fini(&decoded);
	if (result != URL_PATH_OK)
		buf_truncate(out, start);
	return result;
}

/* A URI reference in its five parts, not looked into. RFC 3986, appendix B. */
struct reference {
	bool has_scheme, has_authority, has_query, has_fragment;
	struct str scheme, authority, path, query, fragment;
};

static void
reference_split(struct str s, struct reference *r)
{
	struct str rest = s;

	*r = (struct reference){.scheme = take_until(&rest, ":/?#")};
	r->has_scheme = str_starts(rest, STR(":")) && is_scheme(r->scheme);
	rest = r->has_scheme ? str_from_index(rest, 1) : s;
	if (str_starts(rest, STR("//"))) {
		r->has_authority = true;
		rest = str_from_index(rest, 2);
		r->authority = take_until(&rest, "/?#");
	}
	r->path = take_until(&rest, "?#");
	r->has_query = take_marked(&rest, '?', "#", &r->query);
	r->has_fragment = take_marked(&rest, '#', "", &r->fragment);
}

/* Add path without its dot segments; those above the root are dropped, as a
 * client does. RFC 3986, 5.2.4. */
static void
add_without_dots(struct buf *out, struct str path)
{
	size_t start = out->n;
	struct str segment;
	bool is_up, more = true;

	if (path.n == 0 || path.p[0] != '/') {
		buf_add(out, path);
		return;
	}
	path = str_from_index(path, 1);
	while (more) {
		more = str_cut(&path, '/', &segment);
		is_up = str_eq(segment, STR(".."));
		if (is_up)
			drop_segment(out, start);
		if (!is_up && !str_eq(segment, STR("."))) {
			buf_add_char(out, '/');
			buf_add(out, segment);
		} else if (!more) {
			buf_add_char(out, '/');
		}
	}
}

/* Put the parts that reference leaves open in from base; its path is added to
 * path first. RFC 3986, 5.2.2 and 5.2.3. */
static void
reference_complete(
    struct reference *r, const struct reference *base, struct buf *path)
{
	ptrdiff_t slash = str_find_last_char(base->path, '/');

	r->scheme = base->scheme;
	if (r->has_authority)
		return;
	r->has_authority = base->has_authority;
	r->authority = base->authority;
	if (r->path.n == 0) {
		r->path = base->path;
		r->query = r->has_query ? r->query : base->query;
		r->has_query = r->has_query || base->has_query;
		return;
	}
	if (r->path.p[0] == '/')
		return;
	if (base->has_authority && base->path.n == 0)
		buf_add_char(path, '/');
	buf_add(path, str_first(base->path, (size_t)(slash + 1)));
	buf_add(path, r->path);
	r->path = buf_str(path);
}

/* Add the parts as one string. False when the path would be taken for an
 * authority. RFC 3986, 5.3. */
static bool
reference_add(struct buf *out, const struct reference *r)
{
	size_t path_start;

	buf_add(out, r->scheme);
	buf_add_char(out, ':');
	if (r->has_authority) {
		buf_add(out, STR("//"));
		buf_add(out, r->authority);
	}
	path_start = out->n;
	add_without_dots(out, r->path);
	if (!r->has_authority &&
	    str_starts(str_from_index(buf_str(out), path_start), STR("//")))
		return false;
	if (r->has_query) {
		buf_add_char(out, '?');
		buf_add(out, r->query);
	}
	if (r->has_fragment) {
		buf_add_char(out, '#');
		buf_add(out, r->fragment);
	}
	return true;
}

/* Whether s has no byte that would end a link or a line. */
static bool
is_unbroken(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ascii_end &&
		    code_point_is_control((unsigned char)s.p[i]))
			return false;
	return str_find_char(s, ' ') < 0;
}

bool
url_add_resolved(struct buf *out, struct str base, struct str reference)
{
	struct reference b, r;
	size_t start = out->n;
	struct buf path;
	bool ok;

	reference_split(base, &b);
	reference_split(reference, &r);
	if (!b.has_scheme || !is_unbroken(base) || !is_unbroken(reference))
		return false;
	buf_init(&path, 1 + b.path.n + r.path.n);
	if (!r.has_scheme)
		reference_complete(&r, &b, &path);
	ok = reference_add(out, &r);
	buf_fini(&path);
	if (!ok)
		buf_truncate(out, start);
	return ok;
}
