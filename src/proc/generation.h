#ifndef PROC_GENERATION_H
#define PROC_GENERATION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/vec.h"
#include "catalogue/reader.h"
#include "conf/conf.h"
#include "os/priv.h"

struct keypair;
struct peers;
struct sockets;
struct state;
struct tickets;
struct tls;

/* A capsule of a generation, with all that was made or loaded for it. */
struct site {
	const struct conf_capsule *capsule;
	struct keypair *keypair;
	char *root; /* absolute, without links; NULL: a built catalogue */
	uint64_t root_device;
	uint64_t root_inode;
	char *catalogue; /* the file that is served */
	enum reader_mode mode;
};

/*
 * One configuration, prepared: everything that can be wrong with it was tried.
 * Workers of one generation are all alike. A generation is never changed; a
 * reload makes a new one.
 */
struct generation {
	struct conf *conf;
	struct vec sites; /* struct site, one for each capsule */
	struct tls *tls;
	struct peers *peers; /* that all its workers count in */
	struct priv_user user; /* whom workers and publisher become */
	bool drops; /* whether they do */
	size_t workers;
	struct vec stamps; /* struct generation_stamp */
	size_t roles; /* processes that it still has */
};

/* What a generation is made from; it takes conf, and borrows the rest. */
struct generation_maker {
	struct conf *conf;
	const struct state *state;
	struct sockets *sockets;
	struct tickets *tickets;
};

/* Prepare conf: check it, bind its sockets, load or make its certificates,
 * make room for its catalogues. NULL with errors in diags. */
struct generation *generation_new(
    const struct generation_maker *maker, struct diags *diags);
void generation_free(struct generation **generation);

/* Have the file of the access log, as in logfile_make(). */
int generation_make_log(
    const struct generation *generation, struct diags *diags);

/* Whether a publisher of one would do exactly the same for the other. */
bool generation_publishes_alike(
    const struct generation *a, const struct generation *b);

/* Whether there is anything to publish: not when all capsules are built. */
bool generation_has_sources(const struct generation *generation);

/* Whether a certificate, a key, or a built catalogue that only the master can
 * reach is another file than when it was last asked. */
bool generation_has_stale_files(struct generation *generation);

#endif
