#ifndef CLI_ARTICLE_H
#define CLI_ARTICLE_H

#include "base/buf.h"
#include "base/date.h"
#include "base/str.h"
#include "base/vec.h"

/* What `capsuled new` knows of an article that is to be written. */
struct article {
	struct str title; /* UTF-8 */
	const struct vec *tags; /* struct str, UTF-8 */
	struct date date;
};

/* Add the article's source: its front matter, and no text yet. */
void article_add_source(const struct article *article, struct buf *out);

/* Add the name of its file: the title in small letters, without what a path or
 * a shell minds, and the ending, such as ".gmi". A title of other signs only is
 * "article", and "index" is "index-1", as index files are their folders'. */
void article_add_file_name(
    struct str title, struct str ending, struct buf *out);

/* Add s as a YAML scalar that means just s in block and flow lines alike:
 * plain where that is safe, else in double quotes. Controls become spaces. */
void article_add_scalar(struct str s, struct buf *out);

#endif
