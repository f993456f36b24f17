#ifndef TEXT_TOML_SCAN_H
#define TEXT_TOML_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "text/yaml.h"

/* A walk over the text of a TOML document. For text/toml only. */
struct toml_scan {
	struct arena *arena;
	const struct yaml_input *input;
	struct diags *diags;
	size_t at;
};

/* The byte at the scan's place, and '\0' at the end. */
char toml_peek(const struct toml_scan *s);

/* Whether text stands at the scan's place; when it does, pass over it. */
bool toml_take(struct toml_scan *s, struct str text);

/* Pass over spaces and tabs; and over line ends and comments, too. */
void toml_skip_blanks(struct toml_scan *s);
void toml_skip_lines(struct toml_scan *s);

/* Fill in line and column of the byte at index at. */
void toml_place(
    const struct toml_scan *s, size_t at, unsigned *line, unsigned *column);

/* Say what is wrong at index at; always -1. */
int toml_error(const struct toml_scan *s, size_t at, const char *code,
    const char *what, const char *hint);

/* Refuse what no text may hold: too much of it, bad UTF-8, controls. */
int toml_check_text(const struct toml_scan *s);

/* Read a string, quoted in any of the four ways, or a bare value: a boolean, a
 * number, a date. The text lives in the arena. -1 with an error. */
int toml_read_string(struct toml_scan *s, struct str *text);
int toml_read_bare(struct toml_scan *s, struct str *text);

/* Read one part of a key. */
int toml_read_key(struct toml_scan *s, struct str *text);

#endif
