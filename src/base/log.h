#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>

#include "base/diag.h"

enum log_level {
	LOG_LEVEL_ERROR,
	LOG_LEVEL_WARNING,
	LOG_LEVEL_INFO,
	LOG_LEVEL_DEBUG
};

/* Lines above level are dropped; the first level is LOG_LEVEL_INFO. */
void log_set_level(enum log_level level);

/* The level named by a word (error, warning, info, debug); false when there is
 * none of that name. */
bool log_level_parse(struct str word, enum log_level *level);

/* One line for the operator on stderr, in one write: "level: " and the text,
 * its controls escaped. Lower case, subject first, key=value. */
void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_debug(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Each of d on stderr as diag_print() writes it, a line each. */
void log_diags(const struct diags *d);

#endif
