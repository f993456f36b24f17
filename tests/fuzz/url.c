/*
 * proto/url: what is split can be put together again; a key is a path that
 * stays what it is when it is read again, and never leaves the root.
 */
#include "fuzz.h"

#include <assert.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "proto/url.h"

enum { room = 1 << 20 };

/* A key that is read again gives itself. */
static void
check_key(struct str key)
{
	struct buf again;

	assert(key.n > 0 && key.p[0] == '/');
	assert(str_find_str(key, STR("/../")) < 0);
	assert(str_find_str(key, STR("/./")) < 0);
	assert(!str_ends(key, STR("/..")) && !str_ends(key, STR("/.")));
	assert(utf8_is_valid(key));
	buf_init(&again, room);
	assert(url_add_path_key(&again, key) == URL_PATH_OK);
	assert(str_eq(buf_str(&again), key));
	buf_fini(&again);
}

static void
check_parts(struct str in, const struct url *url)
{
	struct buf out, again;

	buf_init(&out, room);
	buf_init(&again, room);
	assert(url->scheme.n > 0 && url->host.n > 0);
	assert(url->path.n == 0 || url->path.p[0] == '/');
	assert(url->scheme.n + url->host.n + url->path.n + url->query.n < in.n);
	if (url_add_host(&out, url->host)) {
		assert(url_add_host(&again, buf_str(&out)));
		assert(str_eq(buf_str(&again), buf_str(&out)));
	}
	buf_clear(&out);
	if (url_add_path_key(&out, url->path) == URL_PATH_OK)
		check_key(buf_str(&out));
	else
		assert(out.n == 0);
	buf_clear(&out);
	assert(url_add_decoded(&out, url->path));
	assert(url_add_decoded(&out, url->query));
	buf_fini(&again);
	buf_fini(&out);
}

/* Whatever plain text is encoded comes back. */
static void
check_encoding(struct str in)
{
	struct buf encoded, decoded;

	buf_init(&encoded, room);
	buf_init(&decoded, room);
	url_add_encoded_segment(&encoded, in);
	assert(str_find_char(buf_str(&encoded), '/') < 0);
	assert(url_add_decoded(&decoded, buf_str(&encoded)));
	assert(str_eq(buf_str(&decoded), in));
	buf_clear(&encoded);
	buf_clear(&decoded);
	url_add_encoded_path(&encoded, in);
	assert(url_add_decoded(&decoded, buf_str(&encoded)));
	assert(str_eq(buf_str(&decoded), in));
	buf_fini(&decoded);
	buf_fini(&encoded);
}

/* What a reference means is absolute: it means the same at any base. */
static void
check_resolved(struct str in)
{
	struct buf once, twice;

	buf_init(&once, room);
	buf_init(&twice, room);
	if (url_add_resolved(&once, STR("gemini://h/a/b?c"), in)) {
		assert(url_add_resolved(
		    &twice, STR("gemini://other/"), buf_str(&once)));
		assert(str_eq(buf_str(&twice), buf_str(&once)));
	}
	buf_clear(&once);
	url_add_resolved(&once, in, STR("../x?y#z"));
	buf_fini(&twice);
	buf_fini(&once);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = {(const char *)data, size};
	struct url url;

	if (size * sizeof("%00") > room)
		return 0;
	if (url_parse(in, &url))
		check_parts(in, &url);
	check_encoding(in);
	check_resolved(in);
	return 0;
}
