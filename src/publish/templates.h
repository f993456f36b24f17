#ifndef PUBLISH_TEMPLATES_H
#define PUBLISH_TEMPLATES_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/embedded.h"
#include "base/str.h"
#include "catalogue/writer.h"
#include "text/template.h"

/*
 * The templates of a capsule: the built-in ones, and those of its own that
 * stand in for them everywhere or in one folder. Not changed once it is
 * filled.
 */
struct templates;

/* The built-in ones, by name: src/publish/templates. */
extern const struct embedded_files builtin_templates;

struct templates *templates_new(void);
void templates_free(struct templates **templates);

/* Add the capsule's own template at path, which is relative to its templates
 * folder; text is copied. -1 with an error in diags, at the place that file
 * names, when it is broken: the built-in one stays in use. */
int templates_add(struct templates *templates, struct str path, struct str text,
    struct diag_place file, struct diags *diags);

/* Which template is wanted: of what name, for a page in which folder, without
 * a slash at the folder's ends. */
struct template_want {
	struct str folder;
	struct str name;
};

/* That of the folder or the nearest above it, else that of the capsule, else
 * the built-in one; NULL when there is none. */
const struct template *templates_find(
    const struct templates *templates, struct template_want want);

/* Whether the capsule has one of its own. */
bool templates_has_own(
    const struct templates *templates, struct template_want want);

/* Whether the capsule has any of its own. */
bool templates_are_own(const struct templates *templates);

/* Render the template, which must be there, with partials found in the same
 * way; their names may lack the ending. -1 as template_render(). */
int templates_render(const struct templates *templates,
    struct template_want want, const struct value *data, struct buf *out);

/* Of all that was added, whatever the order, and of the built-in ones. */
struct fingerprint templates_print(const struct templates *templates);

#endif
