#ifndef CATALOGUE_SEARCH_EXPRESSION_H
#define CATALOGUE_SEARCH_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"

/* What a term is looked for in. */
enum search_field {
#define FIELD(name, word, columns) SEARCH_##name,
#include "catalogue/search_field.def"
#undef FIELD
	SEARCH_FIELD_COUNT,
};

/* One thing that a page must have, or must not have. */
struct search_term {
	enum search_field field;
	bool is_without;
	bool is_start; /* the last word of text may be longer in the page */
	bool may_widen; /* is_start when nothing is found otherwise */
	struct str text; /* as fold_searchable() gives it, with a word in it; or
			    the key of a tag and the like */
};

enum { search_terms_max = 32 };

/* What somebody asks for: all terms together. */
struct search_query {
	struct search_term terms[search_terms_max];
	size_t count;
};

/* The word of a field, and the field of a word in any case. */
struct str search_field_word(enum search_field field);
bool search_field_parse(struct str word, enum search_field *field);

/* Whether the field's words are looked for, and not a key as a whole. */
bool search_field_has_words(enum search_field field);

/* Add the word that stands for a tag and the like in the index: letters and
 * digits only, whatever is in key. A space follows. */
void search_add_term(struct buf *out, enum search_field field, struct str key);

/* Add the query as an expression of FTS5, in which all text of the query is
 * quoted; is_wide says that terms that may widen do. The query must have a
 * term that is not without. sqlite.org/fts5.html, 3. */
void search_add_expression(
    struct buf *out, const struct search_query *query, bool is_wide);

#endif
