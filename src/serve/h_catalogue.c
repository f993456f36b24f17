/*
 * Whatever was published: pages, indexes, feeds, aliases, what is gone, and
 * where a path without its ending leads. Assets are opened elsewhere.
 */
#include "serve/handlers.h"
#include "serve/router.h"

static enum verdict
reply_failed(struct exchange *x)
{
	return exchange_reply(x, STATUS_TEMPORARY_FAILURE, STR(""));
}

/* Whether the client may have it: 20, or 60, 61, 62. protocol.md, 3.2. */
static enum status
judge_access(const struct exchange *x, struct str access)
{
	const struct peer *peer;

	if (str_is_empty(access))
		return STATUS_SUCCESS;
	peer = exchange_peer(x);
	if (peer == NULL)
		return STATUS_CERTIFICATE_REQUIRED;
	if (!peer_is_valid(peer, x->wall_ms))
		return STATUS_CERTIFICATE_NOT_VALID;
	if (!str_eq(access, STR("owners")))
		return peer_is_listed(peer, access)
		    ? STATUS_SUCCESS
		    : STATUS_CERTIFICATE_NOT_AUTHORISED;
	VEC_EACH (struct str, owner, &x->site->capsule->owners)
		if (peer_is_listed(peer, *owner))
			return STATUS_SUCCESS;
	return STATUS_CERTIFICATE_NOT_AUTHORISED;
}

/* The query goes along: a client would not repeat it by itself. Where it does
 * not fit it is left out. */
static enum verdict
reply_moved(struct exchange *x, struct str target)
{
	const struct url *url = &x->request.url;

	exchange_reply(x, STATUS_REDIRECT_PERMANENT, target);
	if (url->has_query && url->query.n + 1 <= x->meta.max - x->meta.n) {
		buf_add_char(&x->meta, '?');
		buf_add(&x->meta, url->query);
	}
	return VERDICT_REPLIED;
}

/* A path of this capsule, to which the query can be added. */
static bool
target_is_plain(struct str target)
{
	return str_starts(target, STR("/")) && str_find_char(target, '?') < 0;
}

/* A small body leaves at once, so it can be sent from where it is; a large one
 * may stay long after the catalogue has moved on. */
static enum verdict
reply_page(struct router *router, struct exchange *x,
    const struct catalogue_entry *entry)
{
	if (entry->status == STATUS_SUCCESS)
		x->body = entry->body.n <= router_small_body_max
		    ? source_from_memory(entry->body)
		    : source_from_body(body_use(
			  &router->bodies, x->site, entry->id, entry->body));
	return exchange_reply(x, (enum status)entry->status, entry->meta);
}

static enum verdict
catalogue_run(struct router *router, struct exchange *x)
{
	struct catalogue_entry entry;
	enum status access;

	switch (reader_find(
	    site_reader(x->site, x->now_ms), x->request.key, &entry)) {
	case READER_ABSENT:
		return VERDICT_NEXT;
	case READER_FAILED:
		return reply_failed(x);
	case READER_FOUND:
		break;
	}
	if (!status_exists(entry.status))
		return reply_failed(x);
	access = judge_access(x, entry.access);
	if (access != STATUS_SUCCESS)
		return exchange_reply(x, access, STR(""));
	if (entry.kind == ENTRY_ASSET && entry.status == STATUS_SUCCESS)
		return asset_reply(x, &entry);
	if (entry.status == STATUS_REDIRECT_PERMANENT &&
	    target_is_plain(entry.meta))
		return reply_moved(x, entry.meta);
	return reply_page(router, x, &entry);
}

const struct handler handler_catalogue = {
    .name = "catalogue",
    .run = catalogue_run,
};

static enum verdict
moved_run(struct router *router, struct exchange *x)
{
	enum verdict verdict = VERDICT_NEXT;
	struct buf target;

	(void)router;
	buf_init(&target, reply_meta_max);
	switch (
	    reader_find_page(x->site->store->reader, x->request.key, &target)) {
	case READER_ABSENT:
		break;
	case READER_FAILED:
		verdict = reply_failed(x);
		break;
	case READER_FOUND:
		if (!target.full)
			verdict = reply_moved(x, buf_str(&target));
		break;
	}
	buf_fini(&target);
	return verdict;
}

const struct handler handler_moved = {
    .name = "moved",
    .run = moved_run,
};
