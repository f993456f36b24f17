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
 * folder; text is copied, and so is file, its name in messages. -1 with an
 * error in diags when it is broken: nothing is added. Files that are another
 * engine's templates, as Zola's and Tera's are in a folder of the same name,
 * are passed over without a word. */
int templates_add(struct templates *templates, struct str path, struct str text,
    struct str file, struct diags *diags);

/* Warn of each partial in the template added at path that there is in no
 * folder, when all are added. */
void templates_check(
    const struct templates *templates, struct str path, struct diags *diags);

/* What a built-in template is for, as the comment on its first line says. */
struct str templates_purpose(struct str text);

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
