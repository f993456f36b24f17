#ifndef PROC_STATE_H
#define PROC_STATE_H

#include "base/diag.h"
#include "base/str.h"
#include "conf/conf.h"
#include "os/priv.h"

/*
 * The folder of what a server keeps between two runs: certificates and
 * catalogues. decisions.md, 5.
 */
struct state {
	char *path; /* absolute */
	int lock;
};

/* Make the folder at path, and take its lock. -1 with an error in diags: it
 * cannot be made, or another server has it. state_close() is due after
 * success. */
int state_open(struct state *state, struct str path, struct diags *diags);
void state_close(struct state *state);

/* The path of the catalogue of the sources at root, an absolute path without
 * links; the file and its folder are made and belong to owner unless that is
 * NULL. NULL with an error in diags. The caller gives it back. */
char *state_make_catalogue(const struct state *state, const char *root,
    const struct priv_user *owner, struct diags *diags);

/* The folder of the certificate that is made for a capsule. The caller gives
 * it back. */
char *state_certificates(
    struct str state_path, const struct conf_capsule *capsule);

/* Go into the folder of what the announcing process keeps, which is made and
 * belongs to owner unless that is NULL. -1 with an error in diags. */
int state_enter_announce(const struct state *state,
    const struct priv_user *owner, struct diags *diags);

/* The name of the file in that folder for the sources at root, as in
 * state_make_catalogue(). The caller gives it back. */
char *state_announce_name(const char *root);

#endif
