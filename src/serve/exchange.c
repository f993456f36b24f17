/*
 * The question and the answer that handlers work on.
 */
#include "serve/exchange.h"

void
exchange_init(struct exchange *x)
{
	*x = (struct exchange){.named_site = -1};
	buf_init(&x->storage, request_storage_max);
	buf_init(&x->meta, reply_meta_max);
}

void
exchange_clear(struct exchange *x)
{
	buf_clear(&x->storage);
	buf_clear(&x->meta);
	source_fini(&x->body);
	x->site = NULL;
	x->status = STATUS_TEMPORARY_FAILURE;
}

void
exchange_fini(struct exchange *x)
{
	source_fini(&x->body);
	buf_fini(&x->storage);
	buf_fini(&x->meta);
}

enum verdict
exchange_reply(struct exchange *x, enum status status, struct str meta)
{
	x->status = status;
	buf_clear(&x->meta);
	buf_add(&x->meta, str_first(meta, x->meta.max));
	return VERDICT_REPLIED;
}

const struct peer *
exchange_peer(const struct exchange *x)
{
	return x->find_peer == NULL ? NULL : x->find_peer(x->peer_ctx);
}
