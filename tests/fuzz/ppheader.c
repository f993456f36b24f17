/*
 * proto/ppheader: however the bytes are cut, the header ends at the same place
 * and tells the same client.
 */
#include "fuzz.h"

#include <assert.h>
#include <string.h>

#include "proto/ppheader.h"

static enum ppheader_result
feed_by_bytes(struct ppheader *header, struct str bytes, size_t *used)
{
	enum ppheader_result result = PPHEADER_MORE;
	size_t n;

	for (*used = 0; result == PPHEADER_MORE && *used < bytes.n; *used += n)
		result = ppheader_take(
		    header, str_first(str_from_index(bytes, *used), 1), &n);
	return result;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = {(const char *)data, size};
	struct ppheader whole = {.size = 0}, cut = {.size = 0};
	struct sockaddr_storage source, other;
	enum ppheader_result result;
	size_t used, used_cut;

	if (bytes.n == 0)
		return 0;
	result = ppheader_take(&whole, bytes, &used);
	assert(used <= bytes.n);
	assert(feed_by_bytes(&cut, bytes, &used_cut) == result);
	assert(used == used_cut);
	if (result != PPHEADER_DONE)
		return 0;
	source = ppheader_source(&whole);
	other = ppheader_source(&cut);
	assert(memcmp(&source, &other, sizeof(source)) == 0);
	return 0;
}
