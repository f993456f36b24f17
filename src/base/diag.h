#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/vec.h"

enum diag_severity { DIAG_WARNING, DIAG_ERROR };

/* A place in a file: line and column count from 1, columns in bytes; 0 where
 * the file as a whole is meant. */
struct diag_place {
	struct str file;
	unsigned line;
	unsigned column;
};

/* One thing that an author or operator wants to know: what is wrong, and what
 * to do about it. code is a short fixed word for programs. */
struct diag {
	enum diag_severity severity;
	const char *code;
	struct diag_place place;
	struct str what;
	struct str hint;
};

/* A list of them, in the order in which they were found, which owns their
 * text. At most diags_max are kept; the rest are only counted. */
struct diags {
	struct arena arena;
	struct vec list; /* struct diag */
	size_t errors;
	size_t warnings;
};

enum { diags_max = 10000 };

void diags_init(struct diags *d);
void diags_fini(struct diags *d);

/* Add one. code and hint are literals; the place's file name is copied. */
void diags_error(struct diags *d, struct diag_place place, const char *code,
    const char *hint, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
void diags_warning(struct diags *d, struct diag_place place, const char *code,
    const char *hint, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Add a copy of each of from to d. */
void diags_add_all(struct diags *d, const struct diags *from);

/* Write "file:line:col: what: what to do" without a line end; controls in it
 * become escapes. A line or column of 0 is left out with its colon. */
void diag_print(const struct diag *diag, struct buf *out);

/* The word of a severity: "warning" or "error". */
const char *diag_severity_word(enum diag_severity severity);

#endif
