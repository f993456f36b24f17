/*
 * What the operator has said of paths, before the catalogue is asked: where
 * they lead, who may see them, and as what they are served.
 */
#include "serve/handlers.h"
#include "serve/identity.h"

static enum status
judge(const struct exchange *x, const struct conf_require *require)
{
	const struct peer *peer;
	enum status status;

	if (str_is_empty(require->certificate) && require->fingerprints.n == 0)
		return STATUS_SUCCESS;
	status = identity_find(x, &peer);
	if (status != STATUS_SUCCESS || require->fingerprints.n == 0 ||
	    identity_is_among(peer, &require->fingerprints))
		return status;
	return STATUS_CERTIFICATE_NOT_AUTHORISED;
}

static enum verdict
redirect(struct exchange *x, const struct conf_route *route,
    const struct pattern_pieces *pieces)
{
	struct buf target;

	buf_init(&target, reply_meta_max);
	pattern_fill(&target, route->target, pieces);
	if (target.full)
		exchange_reply(x, STATUS_NOT_FOUND, STR(""));
	else
		exchange_redirect(x,
		    route->permanent ? STATUS_REDIRECT_PERMANENT
				     : STATUS_REDIRECT,
		    buf_str(&target));
	buf_fini(&target);
	return VERDICT_REPLIED;
}

static enum verdict
act(struct exchange *x, const struct conf_route *route,
    const struct pattern_pieces *pieces)
{
	switch (route->action) {
	case CONF_ACTION_REDIRECT:
		return redirect(x, route, pieces);
	case CONF_ACTION_GONE:
		return exchange_reply(x, STATUS_GONE, STR(""));
	case CONF_ACTION_STATUS:
		return exchange_reply(
		    x, (enum status)route->status, route->meta);
	case CONF_ACTION_NONE:
		break;
	}
	return VERDICT_NEXT;
}

static void
note_type(struct exchange *x, const struct conf_route *route)
{
	if (!str_is_empty(route->mime))
		x->mime = route->mime;
	if (!str_is_empty(route->lang))
		x->lang = route->lang;
}

static enum verdict
routes_run(struct router *router, struct exchange *x)
{
	enum verdict verdict = VERDICT_NEXT;
	struct pattern_pieces pieces;
	enum status status;

	(void)router;
	VEC_EACH (const struct conf_route, route, &x->site->capsule->routes) {
		if (verdict == VERDICT_REPLIED)
			break;
		if (!pattern_match(&route->pattern, x->request.key, &pieces))
			continue;
		status = judge(x, &route->require);
		if (status != STATUS_SUCCESS)
			return exchange_reply(
			    x, status, route->require.message);
		note_type(x, route);
		verdict = act(x, route, &pieces);
	}
	return verdict;
}

const struct handler handler_routes = {
    .name = "routes",
    .run = routes_run,
};
