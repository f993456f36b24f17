/*
 * text/toml: a tree within its limits, or an error.
 */
#include "fuzz.h"

#include "text/toml.h"
#include "tree.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	tree_check_parse(toml_parse, data, size);
	return 0;
}
