#ifndef CATALOGUE_SCHEMA_H
#define CATALOGUE_SCHEMA_H

/* Changes whenever a table or the meaning of a column does: an old file is
 * then made anew, never read. */
enum {
	schema_version = 2,
	schema_application_id = 0x43415053, /* "CAPS" */
};

/* The statements that make all tables in an empty database, and those that
 * drop them. */
extern const char schema_create[];
extern const char schema_drop[];

#endif
