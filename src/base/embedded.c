/*
 * Look-up among the files in the program. What they are for is their owner's.
 */
#include "base/embedded.h"

const struct embedded_file *
embedded_find(const struct embedded_files *table, struct str path)
{
	for (size_t i = 0; i < table->count; i++)
		if (str_eq(table->files[i].path, path))
			return &table->files[i];
	return NULL;
}
