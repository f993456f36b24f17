/*
 * proto/request and proto/reply: the bytes of a connection. What is served has
 * a host and a key; what is written as a header can be read again.
 */
#include "fuzz.h"

#include <assert.h>

#include "base/buf.h"
#include "proto/reply.h"
#include "proto/request.h"

/* However the bytes are cut, the line ends at the same place. */
static enum request_framing
check_framing(struct str received, struct str *line)
{
	enum request_framing framing, earlier;
	struct str part;

	framing = request_frame(received, line);
	for (size_t n = 0; n < received.n && n < request_line_max; n++) {
		earlier = request_frame(str_first(received, n), &part);
		assert(earlier == REQUEST_MORE || earlier == framing);
		if (earlier == REQUEST_COMPLETE)
			assert(str_eq(part, *line));
	}
	if (framing == REQUEST_COMPLETE)
		assert(line->n <= url_max);
	return framing;
}

static void
check_line(struct str line)
{
	struct request request;
	struct buf storage;
	enum status status;

	buf_init(&storage, request_storage_max);
	status = request_parse(line, &storage, &request);
	assert(status == STATUS_SUCCESS || status == STATUS_PROXY_REFUSED ||
	    status == STATUS_BAD_REQUEST);
	if (status == STATUS_SUCCESS) {
		assert(!storage.full && request.host.n > 0);
		assert(request.key.n == 0 || request.key.p[0] == '/');
		assert(str_find_char(request.host, '%') < 0);
	}
	buf_fini(&storage);
}

/* Any bytes at all as a meta make one good header. */
static void
check_reply(struct str bytes)
{
	struct str line, meta;
	struct buf header;
	int code;

	buf_init(&header, reply_header_max);
	reply_add_header(&header, STATUS_NOT_FOUND, bytes);
	assert(!header.full);
	line = buf_str(&header);
	assert(str_find_char(line, '\n') == (ptrdiff_t)line.n - 1);
	assert(str_ends(line, STR("\r\n")));
	line.n -= 2;
	assert(reply_parse(line, &code, &meta));
	assert(code == STATUS_NOT_FOUND && meta.n > 0);
	buf_fini(&header);
	if (reply_parse(bytes, &code, &meta))
		assert(code >= STATUS_INPUT && meta.n <= reply_meta_max);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = {(const char *)data, size}, line;

	if (check_framing(in, &line) == REQUEST_COMPLETE)
		check_line(line);
	check_line(in);
	check_reply(in);
	return 0;
}
