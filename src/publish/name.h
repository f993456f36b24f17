#ifndef PUBLISH_NAME_H
#define PUBLISH_NAME_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"
#include "publish/format.h"

/* What a file beneath the root is for, as its name says. */
enum name_kind {
	NAME_HIDDEN, /* never published */
	NAME_PAGE,
	NAME_ASSET,
	NAME_SIDECAR, /* x.yaml: the metadata of x; never published */
	NAME_DEFAULTS, /* _defaults.yaml: metadata for all pages below */
	NAME_TEMPLATE, /* templates/… */
	NAME_CONFIG, /* capsule.yaml */
};

#define NAME_DEFAULTS_FILE "_defaults.yaml"

/* The facts that a path beneath the root tells; views borrow from it. */
struct name {
	enum name_kind kind;
	const struct format *format; /* of a page */
	bool is_static; /* beneath static/ */
	bool is_draft; /* beneath a _drafts/ */
	bool is_index; /* index.* or _index.*: the page of its folder */
	struct str folder; /* without the last slash; the root is "" */
	struct str file; /* behind the last slash */
	struct str stem; /* of a page: file without its ending */
};

/* Look at the path of a file. capsule.md, Never published; decisions.md, 10. */
struct name name_parse(struct str path);

/* Whether the folder at path beneath the root is looked into at all. */
bool name_is_entered(struct str path);

/* Add the URL path (decisions.md, 9) of the folder, with a slash at both ends;
 * `_posts` and `_drafts` are dropped, so is `static` at the front. */
void name_add_folder_url(struct buf *out, struct str folder);

/* Add the URL path of a page or an asset, as its name alone makes it. */
void name_add_url(struct buf *out, const struct name *name);

/* The file that a sidecar describes: its path without the ending. */
struct str name_sidecar_target(struct str path);

#endif
