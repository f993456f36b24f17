#ifndef PUBLISH_PRINT_H
#define PUBLISH_PRINT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "catalogue/writer.h"

/*
 * Fingerprints: 128 bits over everything that a page shows, so that only pages
 * that would look different are rendered and written. The same on all
 * machines. Not proof against somebody who looks for collisions; an author
 * could only hide a change of their own.
 */
struct print {
	uint64_t a;
	uint64_t b;
};

/* Start, add, end. Parts keep their borders: "ab","c" is not "a","bc". */
void print_start(struct print *p);
void print_add(struct print *p, struct str s);
void print_add_number(struct print *p, uint64_t number);
void print_add_fingerprint(struct print *p, struct fingerprint f);
struct fingerprint print_end(const struct print *p);

bool fingerprint_eq(struct fingerprint a, struct fingerprint b);

#endif
