/*
 * Where the links of a mirror lead.
 */
#include "publish/mirror_link.h"

#include "proto/url.h"
#include "publish/publisher.h"
#include "text/gemtext.h"

enum {
	address_max = 16 * 1024,
	redirects_max = 5,
};

/* What a browser may be told to follow. Scripts and data are not on it. */
static const struct str schemes[] = {STR_INIT("http"), STR_INIT("https"),
    STR_INIT("gemini"), STR_INIT("titan"), STR_INIT("spartan"),
    STR_INIT("gopher"), STR_INIT("gophers"), STR_INIT("finger"),
    STR_INIT("nex"), STR_INIT("guppy"), STR_INIT("misfin"), STR_INIT("scroll"),
    STR_INIT("text"), STR_INIT("mailto"), STR_INIT("tel"), STR_INIT("sms"),
    STR_INIT("xmpp"), STR_INIT("irc"), STR_INIT("ircs"), STR_INIT("matrix"),
    STR_INIT("ftp"), STR_INIT("ftps"), STR_INIT("sftp"), STR_INIT("ssh"),
    STR_INIT("git"), STR_INIT("magnet"), STR_INIT("news"), STR_INIT("nntp"),
    STR_INIT("geo"), STR_INIT("bitcoin"), STR_INIT("monero"), STR_INIT("onion"),
    STR_INIT("ipfs"), STR_INIT("webcal"), STR_INIT("feed")};

/* The images that all browsers show. */
static const struct str images[] = {STR_INIT("image/avif"),
    STR_INIT("image/bmp"), STR_INIT("image/gif"), STR_INIT("image/jpeg"),
    STR_INIT("image/png"), STR_INIT("image/svg+xml"),
    STR_INIT("image/vnd.microsoft.icon"), STR_INIT("image/webp")};

static bool
is_among(struct str s, const struct str *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq_nocase(s, list[i]))
			return true;
	return false;
}

/* The scheme of a reference, or nothing. RFC 3986, 3.1. */
static struct str
scheme_of(struct str url)
{
	for (size_t i = 0; i < url.n; i++) {
		if (url.p[i] == ':')
			return str_first(url, i);
		if (!ascii_is_alpha(url.p[i]) &&
		    (i == 0 ||
			(!ascii_is_digit(url.p[i]) &&
			    str_find_char(STR("+-."), url.p[i]) < 0)))
			break;
	}
	return (struct str){0};
}

/* Whether nothing but a fetch or a program for that purpose can come of it. */
static bool
is_safe(struct str url)
{
	struct str scheme = scheme_of(url);

	return str_is_empty(scheme) ||
	    is_among(scheme, schemes, sizeof(schemes) / sizeof(*schemes));
}

/* "gemini://host" without what is behind it. */
static struct str
origin_of(struct str url)
{
	struct str rest = str_from_index(url, STR("gemini://").n);
	ptrdiff_t slash = str_find_char(rest, '/');

	return str_first(
	    url, slash < 0 ? url.n : url.n - rest.n + (size_t)slash);
}

/* Whether a whole address is one of the capsule itself. */
static bool
is_own(const struct mirror *mirror, const struct url *url)
{
	struct url own;

	return str_eq_nocase(url->scheme, STR("gemini")) &&
	    url_parse(mirror->publisher->site->url, &own) &&
	    str_eq_nocase(url->host, own.host) &&
	    (url->has_port ? url->port : url_port_default) ==
	    (own.has_port ? own.port : url_port_default);
}

/* Add the whole address that reference means on the page of the path. */
static bool
add_whole(const struct mirror *mirror, struct str path, struct str reference,
    struct buf *out)
{
	struct buf base, encoded;
	bool good;

	buf_init(&base, address_max);
	buf_init(&encoded, address_max);
	buf_add(&base, origin_of(mirror->publisher->site->url));
	buf_add(&base, path);
	gemtext_add_url(&encoded, reference);
	good = !base.full && !encoded.full &&
	    url_add_resolved(out, buf_str(&base), buf_str(&encoded));
	buf_fini(&base);
	buf_fini(&encoded);
	return good;
}

/* The item at a key, or at the page that the key stands for. */
static const struct export_item *
find_key(const struct mirror *mirror, struct str key)
{
	const struct export_item *item = export_plan_find(mirror->plan, key);
	struct buf target;

	if (item != NULL)
		return item;
	buf_init(&target, address_max);
	if (reader_find_page(mirror->reader, key, &target) == READER_FOUND)
		item = export_plan_find(mirror->plan, buf_str(&target));
	buf_fini(&target);
	return item;
}

/* The item at a path as it stands in an address, past redirects. */
static const struct export_item *
find_path(const struct mirror *mirror, struct str path)
{
	const struct export_item *item = NULL;
	struct buf key;

	buf_init(&key, address_max);
	for (int i = 0; i < redirects_max; i++) {
		buf_clear(&key);
		if (url_add_path_key(&key, path) != URL_PATH_OK) {
			item = NULL;
			break;
		}
		item = find_key(mirror, buf_str(&key));
		if (item == NULL || item->as != EXPORT_MOVED ||
		    !str_starts(item->target, STR("/")))
			break;
		path = item->target;
	}
	buf_fini(&key);
	return item;
}

const struct export_item *
mirror_find(const struct mirror *mirror, struct str url)
{
	const struct export_item *item = NULL;
	struct url parts;
	struct buf whole;

	buf_init(&whole, address_max);
	if (add_whole(mirror, STR("/"), url, &whole) &&
	    url_parse(buf_str(&whole), &parts) && is_own(mirror, &parts))
		item = find_path(mirror, parts.path);
	buf_fini(&whole);
	return item == NULL || str_is_empty(item->name) ? NULL : item;
}

void
mirror_add_relative(struct buf *out, struct str from, struct str name)
{
	size_t common = 0;
	struct str rest;

	for (size_t i = 0; i < from.n && i < name.n && from.p[i] == name.p[i];
	     i++)
		if (from.p[i] == '/')
			common = i + 1;
	rest = str_from_index(from, common);
	for (size_t i = 0; i < rest.n; i++)
		if (rest.p[i] == '/')
			buf_add(out, STR("../"));
	name = str_from_index(name, common);
	/* A colon in the first part would make it a scheme. RFC 3986, 4.2. */
	if (str_find_char(rest, '/') < 0 && str_find_char(name, ':') >= 0)
		buf_add(out, STR("./"));
	buf_add(out, name);
}

/* What a link to a path of the capsule becomes. */
static enum gemtext_html_link
resolve_own(const struct mirror_place *place, const struct url *url,
    struct str whole, struct buf *href)
{
	const struct export_item *item = find_path(place->mirror, url->path);

	if (item != NULL && !str_is_empty(item->name)) {
		if (item->as == EXPORT_MOVED &&
		    !str_starts(item->target, STR("/"))) {
			if (!is_safe(item->target))
				return GEMTEXT_HTML_TEXT;
			gemtext_add_url(href, item->target);
			return GEMTEXT_HTML_LINK;
		}
		mirror_add_relative(href, place->item->name, item->name);
		return item->as == EXPORT_COPY &&
			is_among(item->type, images,
			    sizeof(images) / sizeof(*images))
		    ? GEMTEXT_HTML_IMAGE
		    : GEMTEXT_HTML_LINK;
	}
	if (str_eq(url->path, STR("/search")) ||
	    str_eq(url->path, STR("/random")))
		return GEMTEXT_HTML_NOTHING;
	buf_add(href, whole);
	return GEMTEXT_HTML_LINK;
}

enum gemtext_html_link
mirror_resolve(void *context, struct str url, struct buf *href)
{
	const struct mirror_place *place = context;
	enum gemtext_html_link result = GEMTEXT_HTML_LINK;
	struct str scheme = scheme_of(url);
	struct url parts;
	struct buf whole;

	if (!is_safe(url))
		return GEMTEXT_HTML_TEXT;
	if (!str_is_empty(scheme) && !str_eq_nocase(scheme, STR("gemini"))) {
		gemtext_add_url(href, url);
		return result;
	}
	buf_init(&whole, address_max);
	if (!add_whole(place->mirror, place->item->path, url, &whole) ||
	    whole.full)
		result = GEMTEXT_HTML_TEXT;
	else if (url_parse(buf_str(&whole), &parts) &&
	    is_own(place->mirror, &parts))
		result = resolve_own(place, &parts, buf_str(&whole), href);
	else
		buf_add(href, buf_str(&whole));
	buf_fini(&whole);
	return result;
}
