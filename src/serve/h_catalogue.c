/*
 * Whatever was published: pages, indexes, feeds, aliases, what is gone, and
 * where a path without its ending leads. Assets are opened elsewhere.
 */
#include "serve/handlers.h"
#include "serve/identity.h"
#include "serve/router.h"

static const struct str drafts_path = STR_INIT("/drafts/");

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
	enum status status;
	bool may;

	if (str_is_empty(access))
		return STATUS_SUCCESS;
	status = identity_find(x, &peer);
	if (status != STATUS_SUCCESS)
		return status;
	may = str_eq(access, STR("owners"))
	    ? identity_is_among(peer, &x->site->capsule->owners)
	    : peer_is_listed(peer, access);
	return may ? STATUS_SUCCESS : STATUS_CERTIFICATE_NOT_AUTHORISED;
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

/* The path by which an owner means key: a draft's own URL stands for its place
 * under /drafts/, and what is asked for there beside drafts, such as a picture
 * in one, for what everybody sees. decisions.md, 12. */
static void
add_owner_key(struct buf *out, struct str key)
{
	if (str_starts(key, drafts_path)) {
		buf_add(out, str_from_index(key, drafts_path.n - 1));
	} else {
		buf_add(out, drafts_path);
		buf_add(out, str_from_index(key, 1));
	}
}

/* As reader_find(), for a client that may be an owner. A path that never was
 * or is not any more may then be that of a draft. */
static enum reader_result
find_entry(struct exchange *x, struct catalogue_entry *entry)
{
	struct reader *reader = site_reader(x->site, x->now_ms);
	enum reader_result result = reader_find(reader, x->request.key, entry);
	struct catalogue_entry draft;
	const struct peer *peer;
	struct buf key;

	if (x->site->capsule->owners.n == 0 || result == READER_FAILED ||
	    (result == READER_FOUND && entry->kind != ENTRY_GONE))
		return result;
	peer = exchange_peer(x);
	if (peer == NULL || !identity_is_among(peer, &x->site->capsule->owners))
		return result;
	buf_init(&key, SIZE_MAX);
	add_owner_key(&key, x->request.key);
	if (reader_find(reader, buf_str(&key), &draft) == READER_FOUND) {
		*entry = draft;
		result = READER_FOUND;
	} else if (result == READER_FOUND) {
		result = reader_find(reader, x->request.key, entry);
	}
	buf_fini(&key);
	return result;
}

static enum verdict
catalogue_run(struct router *router, struct exchange *x)
{
	struct catalogue_entry entry;
	enum status access;

	switch (find_entry(x, &entry)) {
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
	    str_starts(entry.meta, STR("/")))
		return exchange_redirect(
		    x, STATUS_REDIRECT_PERMANENT, entry.meta);
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
			verdict = exchange_redirect(
			    x, STATUS_REDIRECT_PERMANENT, buf_str(&target));
		break;
	}
	buf_fini(&target);
	return verdict;
}

const struct handler handler_moved = {
    .name = "moved",
    .run = moved_run,
};
