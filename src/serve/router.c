/*
 * The order in which a request is judged: its line, scheme, host and port,
 * then what is at its path. The handlers do the rest.
 */
#include "serve/router.h"

#include "base/log.h"
#include "serve/handlers.h"

enum {
	tell_each_ms = 10000,
	hosts_text_max = 1024,
};

static const struct handler *const handlers[] = {
    &handler_routes,
    &handler_search,
    &handler_catalogue,
    &handler_random,
    &handler_moved,
};

void
router_init(struct router *router, struct site *sites, size_t count)
{
	*router = (struct router){.sites = sites, .site_count = count};
	buf_init(&router->answer, router_answer_max);
	for (size_t i = 0; i < count; i++)
		VEC_EACH (struct str, host, &sites[i].capsule->hosts)
			sni_add(&router->hosts, *host, i);
}

void
router_fini(struct router *router)
{
	sni_fini(&router->hosts);
	buf_fini(&router->answer);
}

static bool
port_is_ours(const struct exchange *x)
{
	const struct url *url = &x->request.url;

	return !url->has_port || url->port == x->port ||
	    url->port == url_port_default ||
	    (x->public_port != 0 && url->port == x->public_port);
}

/* A wrong host is mostly a mistake in the configuration or in the name server,
 * so the operator is told, but not by each client. */
static void
router_tell_refusal(struct router *router, const struct exchange *x)
{
	struct buf hosts;

	if (router->told_ms != 0 && x->now_ms - router->told_ms < tell_each_ms)
		return;
	router->told_ms = x->now_ms;
	buf_init(&hosts, hosts_text_max);
	for (size_t i = 0; i < router->site_count; i++)
		VEC_EACH (struct str, host, &router->sites[i].capsule->hosts)
			buf_addf(&hosts, "%s%" STR_FMT, hosts.n == 0 ? "" : ",",
			    STR_ARG(*host));
	log_info("router: refused url=%" STR_FMT " served=%" STR_FMT " port=%u",
	    STR_ARG(x->line), STR_ARG(buf_str(&hosts)), (unsigned)x->port);
	buf_fini(&hosts);
}

/* The line alone, then whose it is: anything but STATUS_SUCCESS ends it. */
static enum status
router_judge(struct router *router, struct exchange *x)
{
	enum status status = request_parse(x->line, &x->storage, &x->request);
	int site = -1;

	if (status == STATUS_BAD_REQUEST)
		return status;
	if (status == STATUS_SUCCESS && !x->request.is_titan && port_is_ours(x))
		site = sni_find(&router->hosts, x->request.host);
	if (site < 0) {
		router_tell_refusal(router, x);
		return STATUS_PROXY_REFUSED;
	}
	if (x->named_site >= 0 && x->named_site != site)
		return STATUS_PROXY_REFUSED;
	x->site = &router->sites[site];
	return str_is_empty(x->request.key) ? STATUS_NOT_FOUND : STATUS_SUCCESS;
}

void
router_answer(struct router *router, struct exchange *x)
{
	enum status status = router_judge(router, x);

	if (status != STATUS_SUCCESS) {
		exchange_reply(x, status, STR(""));
		return;
	}
	for (size_t i = 0; i < sizeof(handlers) / sizeof(handlers[0]); i++)
		if (handlers[i]->run(router, x) == VERDICT_REPLIED) {
			exchange_set_type(x);
			return;
		}
	exchange_reply(x, STATUS_NOT_FOUND, STR(""));
}
