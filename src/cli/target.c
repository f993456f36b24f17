/*
 * What `get` asks for next. The asking is fetch's.
 */
#include "cli/target.h"

#include <inttypes.h>

#include "proto/url.h"

enum {
	/* Room to resolve and encode before the length is judged. */
	long_url_max = 16 * url_max,
};

void
target_init(struct target *target)
{
	*target = (struct target){.port = url_port_default};
	buf_init(&target->url, url_max + 1);
	buf_init(&target->host, url_max + 1);
}

void
target_fini(struct target *target)
{
	buf_fini(&target->url);
	buf_fini(&target->host);
}

/* Add url's parts with another query, or with its own. */
static void
add_url(struct buf *out, const struct url *url, const struct buf *query)
{
	buf_addf(out, "%" STR_FMT "://%" STR_FMT, STR_ARG(url->scheme),
	    STR_ARG(url->host));
	if (url->has_port)
		buf_addf(out, ":%" PRIu16, url->port);
	buf_add(out, str_is_empty(url->path) ? STR("/") : url->path);
	if (query != NULL || url->has_query)
		buf_add_char(out, '?');
	buf_add(out, query != NULL ? buf_str(query) : url->query);
}

/* Take the finished text over, unless it is too long to be asked for. */
static const char *
take_text(struct target *target, const struct url *url, const struct buf *text)
{
	struct buf host;
	bool is_host;

	if (text->full || text->n > url_max)
		return "the URL is longer than 1024 bytes";
	buf_init(&host, url_max + 1);
	is_host = url_add_host(&host, url->host);
	if (is_host) {
		buf_clear(&target->host);
		buf_add(&target->host, buf_str(&host));
		buf_clear(&target->url);
		buf_add(&target->url, buf_str(text));
		target->port = url->port;
	}
	buf_fini(&host);
	return is_host ? NULL : "the URL names no host that can be asked";
}

const char *
target_set(struct target *target, struct str text)
{
	const char *wrong;
	struct buf out;
	struct url url;

	if (!url_parse(text, &url))
		return "this is not an absolute URL in ASCII, such as "
		       "gemini://example.org/";
	if (!str_eq_nocase(url.scheme, STR("gemini")))
		return "only gemini: URLs can be asked for";
	if (url.has_userinfo)
		return "a Gemini URL names no user";
	buf_init(&out, long_url_max);
	add_url(&out, &url, NULL);
	wrong = take_text(target, &url, &out);
	buf_fini(&out);
	return wrong;
}

const char *
target_follow(struct target *target, struct str reference)
{
	const char *wrong = "it leads to no URL";
	struct buf out;

	buf_init(&out, long_url_max);
	if (url_add_resolved(&out, buf_str(&target->url), reference))
		wrong = target_set(target, buf_str(&out));
	buf_fini(&out);
	return wrong;
}

bool
target_put_input(struct target *target, struct str input, const char **wrong)
{
	struct buf query, out;
	struct url url;
	bool is_there;

	*wrong = NULL;
	buf_init(&query, long_url_max);
	buf_init(&out, long_url_max);
	url_add_encoded_segment(&query, input);
	is_there = url_parse(buf_str(&target->url), &url) && url.has_query &&
	    str_eq(url.query, buf_str(&query));
	if (!is_there) {
		add_url(&out, &url, &query);
		*wrong = query.full ? "the input is too long"
				    : take_text(target, &url, &out);
	}
	buf_fini(&query);
	buf_fini(&out);
	return !is_there;
}
