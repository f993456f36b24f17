/*
 * text/yaml: a tree within its limits, or an error.
 */
#include "fuzz.h"

#include "tree.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	tree_check_parse(yaml_parse, data, size);
	return 0;
}
