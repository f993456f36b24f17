#ifndef PUBLISH_ASSET_H
#define PUBLISH_ASSET_H

#include "publish/meta.h"

/* What the sidecar of an asset says of it. */
struct asset {
	char *title; /* NULL: it is in no list */
	char *access; /* as in struct page; NULL: everybody may have it */
	bool is_known; /* the sidecar, if there is one, was understood once */
};

/* Give back the texts. */
void asset_fini(struct asset *asset);

/* Take what the sidecar of input says in place of what was known; empty: there
 * is none. With errors in diags asset stays as it was, but for one that never
 * was understood: it may have said that the asset is not for everybody, so it
 * is for owners. capsule.md, The folder; access. */
void asset_read(
    struct asset *asset, const struct meta_input *input, struct diags *diags);

#endif
