/*
 * Messages for authors and operators. Who prints them, and where, is the
 * caller's.
 */
#include "base/diag.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/utf8.h"

void
diags_init(struct diags *d)
{
	*d = (struct diags){.list = VEC_INIT(struct diag)};
}

void
diags_fini(struct diags *d)
{
	arena_fini(&d->arena);
	vec_fini(&d->list);
	diags_init(d);
}

static void
diags_add(struct diags *d, const struct diag *diag)
{
	struct diag *own;

	if (diag->severity == DIAG_ERROR)
		d->errors++;
	else
		d->warnings++;
	if (d->list.n >= diags_max)
		return;
	own = vec_add(&d->list);
	*own = *diag;
	own->place.file = arena_str(&d->arena, diag->place.file);
	own->what = arena_str(&d->arena, diag->what);
	own->hint = arena_str(&d->arena, diag->hint);
}

static void __attribute__((format(printf, 3, 0)))
diags_addv(struct diags *d, struct diag *diag, const char *format, va_list args)
{
	char *text;
	int n;

	n = vasprintf(&text, format, args);
	assert(n >= 0);
	diag->what = str_from(text, (size_t)n);
	diags_add(d, diag);
	mem_free(text);
}

void
diags_error(struct diags *d, struct diag_place place, const char *code,
    const char *hint, const char *format, ...)
{
	struct diag diag = {DIAG_ERROR, code, place, .hint = str_from_c(hint)};
	va_list args;

	va_start(args, format);
	diags_addv(d, &diag, format, args);
	va_end(args);
}

void
diags_warning(struct diags *d, struct diag_place place, const char *code,
    const char *hint, const char *format, ...)
{
	struct diag diag = {
	    DIAG_WARNING, code, place, .hint = str_from_c(hint)};
	va_list args;

	va_start(args, format);
	diags_addv(d, &diag, format, args);
	va_end(args);
}

void
diags_add_all(struct diags *d, const struct diags *from)
{
	VEC_EACH (struct diag, diag, &from->list)
		diags_add(d, diag);
}

void
diag_print(const struct diag *diag, struct buf *out)
{
	utf8_print(out, diag->place.file);
	if (diag->place.line > 0)
		buf_addf(out, ":%u", diag->place.line);
	if (diag->place.column > 0)
		buf_addf(out, ":%u", diag->place.column);
	buf_add(out, STR(": "));
	utf8_print(out, diag->what);
	if (str_is_empty(diag->hint))
		return;
	buf_add(out, STR(": "));
	utf8_print(out, diag->hint);
}

const char *
diag_severity_word(enum diag_severity severity)
{
	switch (severity) {
	case DIAG_WARNING:
		return "warning";
	case DIAG_ERROR:
		return "error";
	}
	assert(false);
	return "";
}
