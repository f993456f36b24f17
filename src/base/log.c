/*
 * The operator's log: a line an event on stderr. Requests have a log of their
 * own (serve/access).
 */
#include "base/log.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"

enum { line_max = 4096 };

static const char *const level_words[] = {
    [LOG_LEVEL_ERROR] = "error",
    [LOG_LEVEL_WARNING] = "warning",
    [LOG_LEVEL_INFO] = "info",
    [LOG_LEVEL_DEBUG] = "debug",
};

static enum log_level level_max = LOG_LEVEL_INFO;

void
log_set_level(enum log_level level)
{
	level_max = level;
}

bool
log_level_parse(struct str word, enum log_level *level)
{
	for (int i = LOG_LEVEL_ERROR; i <= LOG_LEVEL_DEBUG; i++)
		if (str_eq(word, str_from_c(level_words[i]))) {
			*level = (enum log_level)i;
			return true;
		}
	return false;
}

/* A line that cannot be written is lost: there is nowhere left to say so. */
static void
line_write(struct buf *line)
{
	ssize_t written;

	buf_truncate(line, line->n < line_max ? line->n : line_max);
	line->max = line_max + 1;
	line->full = false;
	buf_add_char(line, '\n');
	written = write(STDERR_FILENO, line->p, line->n);
	(void)written;
}

static void __attribute__((format(printf, 2, 0)))
log_line(enum log_level level, const char *format, va_list args)
{
	struct buf line;
	char *text;
	int n;

	if (level > level_max)
		return;
	n = vasprintf(&text, format, args);
	assert(n >= 0);
	buf_init(&line, line_max);
	buf_addf(&line, "%s: ", level_words[level]);
	utf8_print(&line, str_from(text, (size_t)n));
	mem_free(text);
	line_write(&line);
	buf_fini(&line);
}

void
log_error(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	log_line(LOG_LEVEL_ERROR, format, args);
	va_end(args);
}

void
log_warning(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	log_line(LOG_LEVEL_WARNING, format, args);
	va_end(args);
}

void
log_info(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	log_line(LOG_LEVEL_INFO, format, args);
	va_end(args);
}

void
log_debug(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	log_line(LOG_LEVEL_DEBUG, format, args);
	va_end(args);
}

void
log_diags(const struct diags *d)
{
	struct buf line;

	VEC_EACH (struct diag, diag, &d->list) {
		buf_init(&line, line_max);
		diag_print(diag, &line);
		line_write(&line);
		buf_fini(&line);
	}
}
