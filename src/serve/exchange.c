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
	x->mime = x->lang = (struct str){0};
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

enum verdict
exchange_redirect(struct exchange *x, enum status status, struct str target)
{
	const struct url *url = &x->request.url;

	exchange_reply(x, status, target);
	if (url->has_query && str_find_char(target, '?') < 0 &&
	    url->query.n + 1 <= x->meta.max - x->meta.n) {
		buf_add_char(&x->meta, '?');
		buf_add(&x->meta, url->query);
	}
	return VERDICT_REPLIED;
}

void
exchange_set_type(struct exchange *x)
{
	struct str meta = buf_str(&x->meta), type;
	struct buf typed;

	if (x->status != STATUS_SUCCESS ||
	    (str_is_empty(x->mime) && str_is_empty(x->lang)))
		return;
	str_cut(&meta, ';', &type);
	if (!str_is_empty(x->mime))
		type = x->mime;
	else if (!str_eq_nocase(type, STR("text/gemini")))
		return;
	buf_init(&typed, reply_meta_max);
	buf_add(&typed, type);
	if (!str_is_empty(x->lang) && str_eq_nocase(type, STR("text/gemini")))
		buf_addf(&typed,
		    str_find_char(x->lang, ',') < 0 ? "; lang=%" STR_FMT
						    : "; lang=\"%" STR_FMT "\"",
		    STR_ARG(x->lang));
	exchange_reply(x, STATUS_SUCCESS, buf_str(&typed));
	buf_fini(&typed);
}
