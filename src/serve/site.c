/*
 * The capsules of a worker and their catalogues. It does not look things up:
 * that is for the handlers.
 */
#include "serve/site.h"

#include "base/log.h"
#include "base/mem.h"

enum { retry_each_ms = 5000 };

static struct store *
store_new(struct reader *reader)
{
	struct store *store = mem_alloc(sizeof(*store));

	store->reader = reader;
	store->users = 1;
	store->chunk_index = -1;
	buf_init(&store->chunk, catalogue_chunk_size);
	return store;
}

struct store *
store_use(struct store *store)
{
	store->users++;
	return store;
}

void
store_leave(struct store **store)
{
	struct store *s = *store;

	*store = NULL;
	if (s == NULL || --s->users > 0)
		return;
	reader_close(&s->reader);
	buf_fini(&s->chunk);
	mem_free(s);
}

enum reader_result
store_read_chunk(
    struct store *store, int64_t id, int64_t index, struct str *bytes)
{
	enum reader_result result = READER_FOUND;

	if (store->chunk_id != id || store->chunk_index != index) {
		buf_clear(&store->chunk);
		result =
		    reader_read_chunk(store->reader, id, index, &store->chunk);
		store->chunk_id = id;
		store->chunk_index = result == READER_FOUND ? index : -1;
	}
	*bytes = buf_str(&store->chunk);
	return result;
}

void
site_init(struct site *site, const struct conf_capsule *capsule,
    struct reader *reader)
{
	*site = (struct site){
	    .capsule = capsule,
	    .store = store_new(reader),
	    .root_fd = -1,
	    .mode = READER_LIVE,
	};
}

void
site_fini(struct site *site)
{
	store_leave(&site->store);
}

static void
site_replace(struct site *site, int64_t now_ms)
{
	struct diags diags;
	struct reader *reader;

	diags_init(&diags);
	reader = reader_open(site->path, site->mode, &diags);
	if (reader != NULL) {
		store_leave(&site->store);
		site->store = store_new(reader);
		log_info("catalogue: a new one is served path=%s", site->path);
	} else {
		site->retry_ms = now_ms + retry_each_ms;
		log_diags(&diags);
		log_warning("catalogue: the old one stays path=%s", site->path);
	}
	diags_fini(&diags);
}

struct reader *
site_reader(struct site *site, int64_t now_ms)
{
	if (site->mode == READER_BUILT && now_ms >= site->retry_ms &&
	    reader_is_replaced(site->store->reader))
		site_replace(site, now_ms);
	return site->store->reader;
}
