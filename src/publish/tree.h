#ifndef PUBLISH_TREE_H
#define PUBLISH_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"
#include "catalogue/writer.h"

/*
 * A folder of files that a capsule was exported to. What was written there is
 * kept in a list, `.capsuled-export`, so that the next export knows which
 * files are its own: it changes and removes those, and no others.
 *
 *	tree_open -> tree_want ... -> tree_begin -> for each file either
 *	tree_keeps(), or tree_create(), writing, tree_put() -> tree_end -> close
 *
 * Names are relative, with '/' between, each part percent-encoded as in a URL;
 * on the disk they are decoded.
 */
struct tree;

/* Open the folder fd (tree_place_open()), which is taken, also on failure; path
 * is for messages. NULL with an error in diags: it holds files without being
 * an export, another process is exporting to it, or the system says no. The
 * caller closes it. */
struct tree *tree_open(const char *path, int fd, struct diags *diags);
void tree_close(struct tree **tree);

/* Whether name can be that of a file: no part empty, ".", "..", too long, with
 * a slash, a NUL or a control in it, or the list's own. */
bool tree_name_is_safe(struct str name);

/* Say that the file name, which is safe, is part of the export. Borrowed until
 * the tree is closed. */
void tree_want(struct tree *tree, struct str name);

/* Take away the files of earlier exports that nobody wants, and note which
 * ones may come. -1 with an error in diags. */
int tree_begin(struct tree *tree, struct diags *diags);

/* Whether the wanted file is there as it was made from what has this print. */
bool tree_keeps(struct tree *tree, struct str name, struct fingerprint print);

/* A descriptor to write the next file's bytes to, which belongs to the tree.
 * -1 with errno. */
int tree_create(struct tree *tree);

/* What became of a file. */
enum tree_put {
	TREE_WRITTEN,
	TREE_SAME, /* the bytes that are there already */
	TREE_FOREIGN, /* a file or folder of somebody else is there */
	TREE_FAILED, /* errno says why */
};

/* Put what was written to the descriptor, which has the hash and size, at
 * name, which is wanted; print tells what it was made from. */
struct tree_file {
	struct str name;
	struct fingerprint print; /* zero: not remembered */
	struct fingerprint hash; /* of the bytes */
	int64_t size;
};
enum tree_put tree_put(struct tree *tree, const struct tree_file *file);

/* The same for bytes in memory. */
enum tree_put tree_put_bytes(struct tree *tree, struct str name,
    struct fingerprint print, struct str bytes);

/* Write the list, also of an export that is not done: what was put is not put
 * again by the next one. -1 with an error in diags. */
int tree_end(struct tree *tree, struct diags *diags);

/* Add an error for errno on the file name of the tree. */
void tree_error(const struct tree *tree, struct str name, struct diags *diags);

/* How many files tree_begin() took away. */
size_t tree_get_removed(const struct tree *tree);

/* The path of the folder, as it was given. */
struct str tree_get_path(const struct tree *tree);

#endif
