#ifndef SERVE_ACCESS_H
#define SERVE_ACCESS_H

#include <stdbool.h>

#include "base/str.h"
#include "conf/conf.h"
#include "serve/access_line.h"

struct event_base;

/*
 * The log of requests, a line each. Lines are gathered and written together, a
 * moment later.
 */
struct access;

/* Open the log that conf names; conf must outlive it. salt, which all workers
 * share, is what addresses are hashed with. When the file cannot be opened the
 * lines are dropped, with a warning. The caller closes it. */
struct access *access_open(
    const struct conf_log *conf, struct str salt, struct event_base *base);

/* Write what is left, and close. */
void access_close(struct access **access);

/* Whether there is a log at all: else nothing need be known for it. */
bool access_is_on(const struct access *access);

void access_add(struct access *access, const struct access_entry *entry);

/* Open the file anew by its name: the old one was moved away. */
void access_reopen(struct access *access);

#endif
