#ifndef PUBLISH_EXPORT_PLAN_H
#define PUBLISH_EXPORT_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"
#include "catalogue/writer.h"

/* What a folder is filled with: the capsule's own files, or its web mirror. */
enum export_kind { EXPORT_GEMTEXT, EXPORT_HTML };

/* What becomes of an entry of the catalogue. */
enum export_as {
	EXPORT_NOT, /* nothing: restricted, gone, an input, a chance */
	EXPORT_PAGE, /* gemtext */
	EXPORT_FEED,
	EXPORT_COPY, /* any other bytes, as they are */
	EXPORT_MOVED, /* a page that leads to another */
};

struct export_item {
	struct str path; /* in the catalogue */
	struct str name; /* in the folder, struct tree; empty: none */
	struct str target; /* of what has moved */
	struct str type; /* without parameters; "" of what has moved */
	struct str language; /* of a page; may be empty */
	struct str file; /* of an asset that is not in the catalogue */
	enum export_as as;
	int status;
	bool is_generated; /* no author wrote it */
	struct fingerprint print;
};

/*
 * Which entry goes to which file.
 */
struct export_plan {
	struct arena arena;
	enum export_kind kind;
	struct vec items; /* struct export_item, by path */
	struct map by_path; /* -> struct export_item */
	struct fingerprint print; /* of which paths there are, and where */
};

/* The style sheet of a mirror, which no entry can take the name of. */
#define export_style_name "mirror.css"

void export_plan_init(struct export_plan *plan, enum export_kind kind);
void export_plan_fini(struct export_plan *plan);

/* Add an entry of the catalogue; its views are copied. */
void export_plan_add(
    struct export_plan *plan, const struct writer_entry *entry);

/* Give each item its name. What cannot have one is left out, with a warning in
 * diags. An author's page comes before a generated
 * one, both before an asset, and all before what has moved; links to what is
 * left out lead to what has its name. */
void export_plan_settle(struct export_plan *plan, struct diags *diags);

/* The item at a path, or NULL. */
const struct export_item *export_plan_find(
    const struct export_plan *plan, struct str path);

#endif
