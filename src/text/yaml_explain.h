#ifndef TEXT_YAML_EXPLAIN_H
#define TEXT_YAML_EXPLAIN_H

#include <stddef.h>

#include "base/str.h"

/* What libyaml says about a document that is not well formed. Places are bytes
 * of text, up to its length. */
struct yaml_fault {
	struct str text;
	const char *problem;
	const char *context; /* "" where it says none */
	size_t problem_at;
	size_t context_at;
};

/* The same for an author. */
struct yaml_reason {
	size_t at;
	const char *what; /* NULL: nothing better than problem is known */
	const char *hint;
};

/* Say in plain words what is wrong, where its cause is and what to do, from
 * what libyaml noticed and the text around it. */
struct yaml_reason yaml_explain(const struct yaml_fault *fault);

#endif
