#ifndef PUBLISH_PUBLISHER_H
#define PUBLISH_PUBLISHER_H

#include "publish/indexing.h"
#include "publish/outputs.h"
#include "publish/publish.h"
#include "publish/site.h"
#include "publish/source.h"
#include "publish/templates.h"

struct export;
struct render;

/* For the folder's own use: what is known from one publish to the next. */
struct publisher {
	struct publish_options options; /* texts are the publisher's own */
	struct arena arena; /* for them */
	struct str folder; /* the name of the capsule's folder */
	struct writer *writer;
	struct outputs outputs;
	struct indexing indexing;
	struct sources sources;
	struct site *site;
	struct templates *templates;
	struct vec marks; /* char * */
	bool all_marked;
	bool is_stale; /* outputs were not read yet, or a commit failed:
			  memory may know what no file does */
	bool is_waiting; /* for files that somebody is writing */
	bool can_serve;
	bool is_site_broken; /* capsule.yaml has errors */
	bool has_published; /* in this run */
	bool has_history; /* there was a publish before the one that runs */
	bool announces; /* as in struct publish_result */
	struct str options_print;
	struct reader *reader; /* for the mirror, or NULL */
	struct export *mirror; /* being written, or NULL */
	void (*check)(struct render *r); /* at the end of a publish, or NULL */
	int64_t next_moment;
};

/* The mode of the catalogue follows from the options; check has none. */
struct publisher *publisher_open_mode(const struct publish_options *o,
    enum writer_mode mode, struct diags *diags);

/* Bring site, templates and pages up to what their files say: publisher_read.c
 */
void publisher_read(struct publisher *p, struct diags *diags);

/* Close the catalogue; -1 with an error in diags, which may be NULL, when it
 * could not be brought into its last form. */
int publisher_close_catalogue(struct publisher *p, struct diags *diags);

#endif
