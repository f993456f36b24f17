/*
 * tls/known: whatever is in the file, what is found is whole, and a server
 * that was found is never new.
 */
#include "fuzz.h"

#include <assert.h>
#include <string.h>

#include "tls/known.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = str_from((const char *)data, size);
	struct known_host known = {.host = STR("h"), .port = 1965};
	struct known_host old;

	if (!known_find(text, &known)) {
		assert(known_judge(text, &known, 0, &old) == KNOWN_NEW);
		return 0;
	}
	assert(str_eq_nocase(known.host, STR("h")) && known.port == 1965);
	assert(strlen(known.fingerprint) < fingerprint_size);
	assert(strlen(known.key_fingerprint) < fingerprint_size);
	assert(known_judge(text, &known, known.not_after, &old) == KNOWN_SAME);
	memset(known.key_fingerprint, '-', fingerprint_size - 1);
	assert(
	    known_judge(text, &known, known.not_after, &old) == KNOWN_CHANGED);
	assert(known_judge(text, &known, known.not_after + 1, &old) ==
	    KNOWN_EXPIRED);
	return 0;
}
