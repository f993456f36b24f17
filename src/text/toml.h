#ifndef TEXT_TOML_H
#define TEXT_TOML_H

#include "base/arena.h"
#include "base/diag.h"
#include "text/yaml.h"

/* Parse one TOML document (v1.0.0) into the same nodes as YAML: tables are
 * maps, arrays and arrays of tables lists; numbers, booleans and dates are
 * plain scalars of their raw text, numbers without '_'. Key names compare as
 * yaml_key_eq(). More is let pass than the specification does: line ends and a
 * last comma in inline tables, tables that are opened twice; a key that comes
 * twice has the last value, with a warning. NULL with an error in diags when
 * the text is not TOML, not UTF-8, has controls, or is over one of yaml.h's
 * limits (size, depth, values). capsule.md, Front matter. */
struct yaml_node *toml_parse(
    struct arena *arena, const struct yaml_input *input, struct diags *diags);

#endif
