#ifndef PUBLISH_SITE_H
#define PUBLISH_SITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/vec.h"
#include "catalogue/writer.h"
#include "publish/site_index.h"
#include "text/markdown.h"

struct site_author {
	struct str key; /* by which articles name them */
	struct str path; /* of the key, as in struct page_term */
	struct str name;
	struct str email;
	struct str url;
	struct str about;
};

struct site_link {
	struct str title;
	struct str path;
};

struct site_robot {
	struct str agent;
	bool is_allowed;
};

enum article_part {
#define PART(id, key) ARTICLE_##id,
#include "publish/article_parts.def"
#undef PART
	ARTICLE_PART_COUNT,
};

/* What capsule.yaml says, with the defaults for what it does not. Not changed
 * once it is made. */
struct site {
	struct arena arena;
	struct str title;
	struct str subtitle;
	struct str url; /* "gemini://host/", with the slash */
	struct str host; /* of url */
	struct str web_url; /* "https://host/", with the slash, where the mirror
			       is; or empty */
	struct str language;
	const char *zone;
	struct str license;
	struct vec authors; /* struct site_author */
	bool has_author;
	size_t author; /* the capsule's own, an index into authors */
	struct vec navigation; /* struct site_link */
	struct vec robots; /* struct site_robot */
	struct vec indexes; /* struct site_index, in the order of the file */
	struct vec announce; /* struct str: addresses with {url} or
				{article} in them, once */
	bool hides[ARTICLE_PART_COUNT]; /* on the pages of articles */
	size_t articles_per_page;
	size_t feed_entries;
	bool feed_is_full;
	enum markdown_links markdown_links;
	struct fingerprint print; /* of the text and what is below */
};

struct site_input {
	struct str file; /* for messages */
	struct str text; /* of capsule.yaml; empty when there is none */
	struct str folder; /* the name of the capsule's folder */
	struct str host;
	struct str language; /* in place of the one in text, or empty */
};

/* Parse capsule.yaml. A key that cannot be used is an error in diags and keeps
 * its default; an unknown one is a warning. Never NULL: with errors the caller
 * may prefer an older site. The caller gives it back. capsule.md,
 * capsule.yaml. */
struct site *site_parse(const struct site_input *input, struct diags *diags);
void site_free(struct site **site);

/* The author whom value names by key or by name, or NULL. */
const struct site_author *site_find_author(
    const struct site *site, struct str value);

#endif
