#ifndef PUBLISH_EXPORT_H
#define PUBLISH_EXPORT_H

#include <stdint.h>

#include "base/diag.h"
#include "publish/export_plan.h"
#include "publish/publish.h"
#include "publish/tree.h"

/*
 * What was last published, written to a folder, in steps that the caller
 * bounds. Only what is 20 for everybody gets a file, and each permanent
 * redirect a small page that leads to its target.
 */
struct export;

struct export_input {
	const struct publisher *publisher; /* borrowed, and must not publish
					      while the export lives */
	const char *catalogue; /* of what was published */
	struct reader *reader; /* of it, in place of catalogue; borrowed */
	struct tree *tree; /* taken, also when it fails */
	enum export_kind kind;
	bool is_live; /* the publisher has the catalogue open, and files are
			 remembered by what they were made from */
};

/* Plan an export and take away what is not part of it any more. NULL with an
 * error in diags. The caller gives it back. */
struct export *export_new(
    const struct export_input *input, struct diags *diags);
void export_free(struct export **export);

enum export_step { EXPORT_MORE, EXPORT_DONE, EXPORT_FAILED };

/* Write files until there are no more, or the monotonic clock is at until_ms;
 * at least one. EXPORT_FAILED with an error in diags: the rest is as it was,
 * and a later export makes it good. */
enum export_step export_step(
    struct export *export, int64_t until_ms, struct diags *diags);

struct export_counts export_get_counts(const struct export *export);

#endif
