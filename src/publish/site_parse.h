#ifndef PUBLISH_SITE_PARSE_H
#define PUBLISH_SITE_PARSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/nearest.h"
#include "base/str.h"
#include "publish/site.h"
#include "text/yaml.h"

/* For the parts of site_parse(): a parse under way. */
struct site_parse {
	struct site *site;
	struct str file;
	struct diags *diags;
};

/* Say what is wrong with the value of node: "KEY what". hint is a literal. */
void site_error(const struct site_parse *parse, const struct yaml_node *node,
    const char *hint, const char *what);

/* A scalar on one line, in the site's arena; empty when there is none, and
 * told when it is something else. */
struct str site_take_text(
    const struct site_parse *parse, const struct yaml_node *node);

/* The same of the member at key of a map. */
struct str site_take_member(const struct site_parse *parse,
    const struct yaml_node *map, struct str key);

/* A number from 1 to max; fallback when there is none or, told, a wrong one. */
size_t site_take_number(const struct site_parse *parse,
    const struct yaml_node *node, size_t max, size_t fallback);

/* A boolean; fallback when there is none or, told, another value. */
bool site_take_bool(const struct site_parse *parse,
    const struct yaml_node *node, bool fallback);

/* The index of the word that the scalar node says among words, whatever its
 * case; fallback when there is none or, told with hint, another one. */
size_t site_take_word(const struct site_parse *parse,
    const struct yaml_node *node, const struct str *words, size_t fallback);

/* Whether node is a map, told when it is neither that nor nothing. */
bool site_is_map(const struct site_parse *parse, const struct yaml_node *node,
    const char *hint);

/* Warn of a key that nobody knows, or make it an error; nearest is what it was
 * compared with. */
void site_tell_key(const struct site_parse *parse, const struct yaml_node *node,
    const struct nearest *nearest, bool is_error);

/* Tell each key of map that is not among keys, which an empty text ends. */
void site_check_keys(const struct site_parse *parse,
    const struct yaml_node *map, const struct str *keys, bool is_error);

#endif
