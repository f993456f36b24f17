/*
 * The request line: where it ends, and what it alone decides. Whose host and
 * port it names is for the caller to know.
 */
#include "proto/request.h"

#include <assert.h>

enum request_framing
request_frame(struct str received, struct str *line)
{
	struct str head = str_first(received, request_line_max);
	ptrdiff_t feed;

	feed = str_find_char(head, '\n');
	if (feed < 0)
		return received.n < request_line_max ? REQUEST_MORE
						     : REQUEST_TOO_LONG;
	if (feed == 0 || head.p[feed - 1] != '\r')
		return REQUEST_BARE_LF;
	*line = str_first(head, (size_t)feed - 1);
	return REQUEST_COMPLETE;
}

enum status
request_parse(struct str line, struct buf *storage, struct request *out)
{
	size_t host_start = storage->n, key_start;

	assert(storage->max - storage->n >= request_storage_max);
	*out = (struct request){.line = line};
	if (line.n > url_max || !url_parse(line, &out->url) ||
	    out->url.has_userinfo || out->url.has_fragment ||
	    !url_add_host(storage, out->url.host))
		return STATUS_BAD_REQUEST;
	out->is_titan = str_eq_nocase(out->url.scheme, STR("titan"));
	if (!out->is_titan && !str_eq_nocase(out->url.scheme, STR("gemini")))
		return STATUS_PROXY_REFUSED;
	key_start = storage->n;
	url_add_path_key(storage, out->url.path);
	out->key = str_from_index(buf_str(storage), key_start);
	out->host = str_first(str_from_index(buf_str(storage), host_start),
	    key_start - host_start);
	return STATUS_SUCCESS;
}
