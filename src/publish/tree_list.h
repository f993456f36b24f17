#ifndef PUBLISH_TREE_LIST_H
#define PUBLISH_TREE_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/map.h"
#include "base/str.h"
#include "catalogue/writer.h"

/* A file of an export, as the list in its folder has it: one line "HASH PRINT
 * SIZE NAME" each, sorted; "-" stands for what is not known. */
struct tree_entry {
	struct str name;
	struct fingerprint hash; /* of its bytes; zero: not written yet */
	struct fingerprint print; /* of what it was made from; or zero */
	int64_t size;
	bool is_ours; /* it was on the list, or was written since */
	bool is_wanted;
};

#define tree_list_name ".capsuled-export"

bool fingerprint_is_zero(struct fingerprint f);

enum tree_list_result { TREE_LIST_READ, TREE_LIST_ABSENT, TREE_LIST_BROKEN };

/* Tell each line of the list in the folder fd; the entry's name is void when
 * tell returns. */
enum tree_list_result tree_list_read(int fd,
    void (*tell)(void *context, const struct tree_entry *entry), void *context);

/* Put the wanted files of a map of struct tree_entry in the list. -1 with
 * errno. */
int tree_list_write(int fd, const struct map *files);

/* Whether nothing is in the folder fd but, perhaps, the file ignored. -1 with
 * errno. */
int tree_folder_is_empty(int fd, const char *ignored, bool *is_empty);

#endif
