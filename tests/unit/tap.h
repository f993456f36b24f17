#ifndef TESTS_UNIT_TAP_H
#define TESTS_UNIT_TAP_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

/*
 * Test Anything Protocol on stdout, for the unit tests: each check is one
 * numbered line, tap_done() ends with the plan.
 *
 *	int
 *	main(void)
 *	{
 *		tap_str(thing(STR("in")), STR("out"), "thing turns in to out");
 *		return tap_done();
 *	}
 */

/* One check: ok says whether it holds, the rest names it. Returns ok. */
bool tap_ok(bool ok, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Checks that two strings, or two numbers, are equal; both are shown when they
 * are not. */
bool tap_str(struct str got, struct str want, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool tap_int(long long got, long long want, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Print the plan. The exit status of main(): 0 when each check held. */
int tap_done(void);

/* A file beneath the source folder's root, whole, for golden files; the
 * process ends with a message when it cannot be read. out is initialised. */
void tap_read_file(const char *path, struct buf *out);

#endif
