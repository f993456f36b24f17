#ifndef TESTS_FUZZ_TREE_H
#define TESTS_FUZZ_TREE_H

#include <stddef.h>
#include <stdint.h>

#include "text/yaml.h"

/* A parser of metadata: yaml_parse() or toml_parse(). */
typedef struct yaml_node *(*tree_parse)(
    struct arena *arena, const struct yaml_input *input, struct diags *diags);

/* Have parse read data, and assert that the outcome is a tree within its
 * limits or an error. Each text of a tree is UTF-8 without controls, each
 * place lies in the document. */
void tree_check_parse(tree_parse parse, const uint8_t *data, size_t size);

#endif
