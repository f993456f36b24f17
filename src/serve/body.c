/*
 * Shared copies of large pages. A page that was published anew meanwhile is
 * another copy: no client gets a mixture.
 */
#include "serve/body.h"

#include <string.h>

#include "base/mem.h"

struct body {
	struct body *next;
	struct body_list *list;
	const struct site *site;
	int64_t id;
	unsigned users;
	size_t n;
	char bytes[];
};

static struct body *
body_new(struct body_list *list, const struct site *site, int64_t id,
    struct str bytes)
{
	struct body *body = mem_alloc(sizeof(*body) + bytes.n);

	body->list = list;
	body->site = site;
	body->id = id;
	body->n = bytes.n;
	memcpy(body->bytes, bytes.p, bytes.n);
	body->next = list->first;
	list->first = body;
	return body;
}

struct body *
body_use(struct body_list *list, const struct site *site, int64_t id,
    struct str bytes)
{
	struct body *body = list->first;

	while (body != NULL &&
	    (body->site != site || body->id != id ||
		!str_eq(body_str(body), bytes)))
		body = body->next;
	if (body == NULL)
		body = body_new(list, site, id, bytes);
	body->users++;
	return body;
}

void
body_leave(struct body **body)
{
	struct body *b = *body;
	struct body **p;

	*body = NULL;
	if (b == NULL || --b->users > 0)
		return;
	p = &b->list->first;
	while (*p != b)
		p = &(*p)->next;
	*p = b->next;
	mem_free(b);
}

struct str
body_str(const struct body *body)
{
	return str_from(body->bytes, body->n);
}
