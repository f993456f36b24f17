#ifndef PUBLISH_META_H
#define PUBLISH_META_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "catalogue/writer.h"
#include "publish/name.h"
#include "publish/page.h"
#include "publish/site.h"
#include "text/markdown.h"
#include "text/value.h"
#include "text/yaml.h"

enum { meta_source_max = 16 * 1024 * 1024, meta_defaults_max = 32 };

/* Metadata for all pages beneath a folder: a map of YAML. */
struct meta_defaults {
	const struct yaml_node *map;
	struct str file; /* for messages */
	struct fingerprint print; /* of its text */
};

/* The files of one page. */
struct meta_input {
	const struct site *site;
	struct str path; /* of the source, beneath the root */
	struct str file; /* the same for messages */
	struct name name; /* of path */
	struct str text;
	struct str sidecar; /* empty: there is none */
	struct str sidecar_file; /* for messages */
	const struct meta_defaults *defaults; /* of its folders, from the
						 nearest on */
	size_t defaults_count; /* at most meta_defaults_max */
	bool is_defaults; /* the first of them are what is read */
	struct str language; /* of words put into the text; empty: the
				capsule's */

	/* For meta_add_body() of other formats than gemtext: what a target
	 * means, as in struct markdown_options; what to say of the text, or
	 * NULL for nothing; and whether to say all of it. */
	bool (*resolve)(void *context, enum markdown_target kind,
	    struct str target, struct buf *out);
	void *resolve_context;
	struct diags *text_diags;
	bool check;
	void (*on_link)(void *context, unsigned line, struct str target,
	    struct str url); /* as there */
	void *link_context;
};

/* Read the metadata of a page. NULL with errors in diags when it cannot be
 * used; warnings may come with a page too. The caller gives it back with
 * page_free(). capsule.md, Front matter. */
struct page *meta_parse(const struct meta_input *input, struct diags *diags);

/* Who may have an asset, as its sidecar in input says, with no text: as access
 * in struct page, in arena. Errors go to diags. */
struct str meta_access(
    const struct meta_input *input, struct arena *arena, struct diags *diags);

/* Parse the text of defaults for the pages beneath a folder, and see that each
 * page could use them. input is that of any such page, with the text and file
 * of the defaults as its sidecar's. The map, in arena; NULL with errors in
 * diags. */
const struct yaml_node *meta_parse_defaults(
    const struct meta_input *input, struct arena *arena, struct diags *diags);

/* Add the body of a page as gemtext without the heading that became its title,
 * which only an own index keeps. -1 when it cannot be turned into gemtext. */
int meta_add_body(
    const struct page *page, const struct meta_input *input, struct buf *out);

/* A key that no field knows, and the known one that it is nearly. */
struct meta_near {
	struct str key;
	struct str meant;
};

/* Tell of each key of a page that looks like a slip: it is hardly a word of its
 * own, and nothing else is there for the field. Texts are void afterwards. */
void meta_each_near_key(const struct meta_input *input,
    void (*tell)(void *context, struct diag_place place, struct meta_near near),
    void *context);

/* The keys that no field knows, as a map for templates, in arena. */
struct value *meta_params(const struct meta_input *input, struct arena *arena);

#endif
