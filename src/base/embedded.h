#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

#include <stddef.h>

#include "base/str.h"

/*
 * Files that are compiled into the program; src/embed.sh writes the tables.
 */
struct embedded_file {
	struct str path; /* relative to the table's folder */
	struct str bytes;
};

struct embedded_files {
	const struct embedded_file *files;
	size_t count;
};

/* The file of that path, or NULL. */
const struct embedded_file *embedded_find(
    const struct embedded_files *table, struct str path);

#endif
