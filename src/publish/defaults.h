#ifndef PUBLISH_DEFAULTS_H
#define PUBLISH_DEFAULTS_H

#include "base/diag.h"
#include "publish/meta.h"

/* The metadata of a _defaults.yaml, for all pages below its folder. */
struct defaults;

/* The file to read. */
struct defaults_input {
	const struct site *site;
	struct str path; /* beneath the root */
	struct str file; /* the same for messages */
	struct str text;
};

/* NULL with errors in diags when pages could not use it. The caller gives it
 * back with defaults_free(). capsule.md, Never published. */
struct defaults *defaults_parse(
    const struct defaults_input *input, struct diags *diags);
void defaults_free(struct defaults **defaults);

/* What pages take from them; borrows. */
struct meta_defaults defaults_get(const struct defaults *defaults);

#endif
