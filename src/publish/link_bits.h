#ifndef PUBLISH_LINK_BITS_H
#define PUBLISH_LINK_BITS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "publish/source.h"
#include "text/markdown.h"

/*
 * Which targets may mean which sources, told at a glance: both have bits, and
 * a target whose bits have none in common with a source's never leads there.
 * So a page need not resolve its targets anew when something with other bits
 * comes, goes or changes its name.
 */

/* The bits of a target as it is written on a page; never none. */
uint64_t link_bits_target(enum markdown_target kind, struct str target);

/* The bits of all names by which a source can be meant: of its file and, where
 * it has a page, of its URL, its title and its other names. */
uint64_t link_bits_source(const struct source *source);

/* Keep in source what it is known by in this publish; is_served says whether
 * readers get its page. The bits of what it was known by before and is known
 * by now, none when they are the same. */
uint64_t link_bits_note(struct source *source, bool is_served);

#endif
