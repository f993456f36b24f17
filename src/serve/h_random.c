/*
 * One article, another one at each request.
 */
#include "serve/handlers.h"
#include "serve/router.h"

static const struct str random_path = STR_INIT("/random");

static enum verdict
random_run(struct router *router, struct exchange *x)
{
	enum verdict verdict = VERDICT_NEXT;
	struct buf target;

	(void)router;
	if (!str_eq(x->request.key, random_path))
		return VERDICT_NEXT;
	buf_init(&target, reply_meta_max);
	switch (reader_find_random(x->site->store->reader, &target)) {
	case READER_ABSENT:
		break;
	case READER_FAILED:
		verdict = exchange_reply(x, STATUS_TEMPORARY_FAILURE, STR(""));
		break;
	case READER_FOUND:
		if (!target.full)
			verdict = exchange_reply(
			    x, STATUS_REDIRECT, buf_str(&target));
		break;
	}
	buf_fini(&target);
	return verdict;
}

const struct handler handler_random = {
    .name = "random",
    .run = random_run,
};
