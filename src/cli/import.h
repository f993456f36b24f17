#ifndef CLI_IMPORT_H
#define CLI_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"
#include "cli/html.h"
#include "text/yaml.h"

/*
 * An import: first the tree is walked and each file becomes a page, an asset,
 * or nothing; then, when it is known what is where, all is written.
 */

enum import_kind {
	IMPORT_MARKDOWN, /* stays Markdown */
	IMPORT_GEMTEXT,
	IMPORT_HTML, /* becomes gemtext */
};

struct import_page {
	enum import_kind kind;
	struct str source; /* beneath the folder that is read */
	struct str file; /* the same for messages */
	struct str target; /* beneath the folder that is written */
	struct str text; /* without the front matter */
	unsigned line; /* of the first byte of text */
	const struct yaml_node *meta; /* the front matter, or NULL */
	struct str url; /* the path that readers know it by; or empty */
	struct str own_url; /* for the front matter in place of its own; or
			       empty */
	struct vec aliases; /* struct str: paths to add */
	bool is_draft; /* whatever the front matter says */
	struct html *html; /* of HTML; else NULL */
};

struct import_asset {
	struct str source;
	struct str target;
	struct str url; /* the path it had, and has */
};

struct import;

/* What is known of an engine that wrote a tree. */
struct import_engine {
	const char *name;

	/* Read the configuration, before any file. */
	void (*configure)(struct import *import);

	/* Whether the file or folder at path is looked at. */
	bool (*takes)(const struct import *import, struct str path);

	/* Fill in a page whose source, kind, text and meta are there. */
	void (*place)(struct import *import, struct import_page *page);

	/* The place of an asset, and its URL. */
	void (*place_asset)(struct import *import, struct import_asset *asset);

	/* Add a line of Markdown without what only the engine understands;
	 * NULL: lines are fine as they are. */
	void (*add_line)(const struct import *import,
	    const struct import_page *page, struct str line, struct buf *out);
};

extern const struct import_engine import_hugo;
extern const struct import_engine import_jekyll;
extern const struct import_engine import_html;

struct import {
	const struct import_engine *engine;
	int folder; /* what is read */
	struct str source; /* its name for messages, without a slash at the
			      end */
	struct str target;
	struct arena arena;
	struct diags diags;
	struct vec pages; /* struct import_page */
	struct vec assets; /* struct import_asset */
	struct map by_source; /* path -> struct str: the target */
	struct map by_url; /* URL path, as import_key() -> struct str */
	struct map served; /* "/target" of pages that have another URL than
			      their file's -> struct str: that URL */
	struct str title; /* of a site without a configuration; or empty */
	struct str language; /* the same */
	struct str root; /* the folder of pages with its slash; or empty */
	struct str only; /* the one file that is wanted; or empty */
	struct yaml_node *config; /* or NULL */
	struct str config_file; /* its name for messages */
	struct str host; /* of the old site; or empty */
	struct str base; /* the path above it, "/blog"; or empty */
	struct str permalink; /* Jekyll's pattern */
	size_t pages_written;
	size_t assets_written;
	size_t left_out;
};

enum {
	import_file_max = 16 * 1024 * 1024,
	import_files_max = 200000,
	import_text_max = 1024 * 1024 * 1024,
	import_path_max = 4096,
};

/* Walk the source and find out what is there: import_scan.c. */
void import_scan(struct import *import);

/* Write all: import_write.c. -1 when the target cannot be written at all. */
int import_write(struct import *import);

/* Add the file at path of the source, where only one page is wanted and leads
 * to it, to what is written. Where it goes to; NULL when there is no such file
 * or only browsers want it. */
const struct str *import_take_beside(struct import *import, struct str path);

/* Read a configuration file in YAML, TOML or JSON: the first of names that is
 * there. */
void import_read_config(struct import *import, const char *const *names);

/* The text at key of a map; empty without one. */
struct str import_get(const struct yaml_node *map, struct str key);

/* Take host and base from the URL of the old site. */
void import_take_base(struct import *import, struct str url);

/* The form in which URL paths are compared: decoded, without a slash,
 * "index.html" or ".html" at the end. In arena. */
struct str import_key(struct arena *arena, struct str path);

/* A path for a file name or a URL with a date and a title in it, as pattern
 * says with its ":year" and the like. Empty when the page has no date and
 * pattern wants one. */
struct str import_permalink(
    struct import *import, const struct import_page *page, struct str pattern);

/* Take aliases from the front matter; one without a slash at its front is
 * relative to the folder of URLs given. */
void import_take_aliases(
    struct import *import, struct import_page *page, struct str folder);

/* Add what the configuration of a Jekyll site says of all pages like this one
 * to its front matter, where that does not say it itself: import_defaults.c. */
void import_take_defaults(struct import *import, struct import_page *page);

/* Whether a path begins as scope does, or matches it when it has stars, itself
 * or with a folder above it. */
bool import_is_scoped(struct str path, struct str scope);

/* Parse the HTML of a page. -1 with an error when there is no text in it:
 * import_write.c. */
int import_read_html(struct import *import, struct import_page *page);

/* Add the front matter of a page: import_front.c. */
void import_add_front(
    struct import *import, const struct import_page *page, struct buf *out);

/* Add capsule.yaml, as far as the old site's configuration says what belongs
 * there. */
void import_add_capsule(struct import *import, struct buf *out);

/* Add s as a YAML scalar that means just s, line ends included. */
void import_add_scalar(struct str s, struct buf *out);

/* Add where a link or an image on a page leads now. import_links.c. */
void import_add_link(struct import *import, const struct import_page *page,
    struct str link, struct buf *out);

/* Add the text of a Markdown page with its links rewritten. */
void import_add_markdown(
    struct import *import, const struct import_page *page, struct buf *out);

/* A file's name behind its last slash, and the folder before it. */
struct str import_name(struct str path);
struct str import_folder(struct str path);

/* Whether path is below a folder, given with its slash, at any depth. */
bool import_is_in(struct str path, struct str folder);

/* Path without its ending, such as ".md". */
struct str import_stem(struct str path);

/* "folder/name" in its shortest form, with "." and ".." resolved; false when
 * it leads above the root. */
bool import_add_joined(struct buf *out, struct str folder, struct str path);

#endif
