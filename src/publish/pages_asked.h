#ifndef PUBLISH_PAGES_ASKED_H
#define PUBLISH_PAGES_ASKED_H

#include "publish/print.h"
#include "publish/render.h"

/* The author's own index page at path that leaves a list to the program: it
 * asks for one in its text, or has no text and lends the list its title. NULL
 * when there is none. Such a page is made where the list at its path is. */
const struct page *pages_asking_at(const struct render *r, struct str path);

/* Add what the lists show that page asks for, but for that of its own path. */
void pages_print_asked(
    const struct render *r, const struct page *page, struct print *print);

/* Write the asking page of job. data is that of the list at its path. */
void pages_put_asking(struct render *r, const struct page *page,
    struct render_page *job, struct value *data);

#endif
