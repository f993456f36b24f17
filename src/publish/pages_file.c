/*
 * Entries without a page of their own: assets, older addresses, and what has
 * expired.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/mem.h"
#include "proto/mime.h"
#include "publish/render.h"

enum {
	status_success = 20,
	status_redirect = 31,
	status_gone = 52,
};

/* Read up to a chunk from fd. -1 with errno. */
static ssize_t
read_chunk(int fd, char *chunk)
{
	size_t done = 0;
	ssize_t n;

	while (done < catalogue_chunk_size) {
		n = read(fd, chunk + done, catalogue_chunk_size - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		done += (size_t)n;
	}
	return (ssize_t)done;
}

/* Put the bytes of an asset into the catalogue. Its size, or -1 with errno. */
static int64_t
copy_chunks(struct render *r, int64_t id, int fd)
{
	char *chunk = mem_alloc(catalogue_chunk_size);
	int64_t number = 0, size = 0;
	ssize_t n;

	while ((n = read_chunk(fd, chunk)) > 0) {
		writer_put_chunk(
		    r->writer, id, number++, str_from(chunk, (size_t)n));
		size += n;
	}
	mem_free(chunk);
	return n < 0 ? -1 : size;
}

static void
embed(struct render *r, const struct source *source, struct writer_entry *entry)
{
	char *path = str_to_c(source->path);
	int fd = file_open_beneath(r->sources->root_fd, path, 0);
	int64_t size = -1, id;

	mem_free(path);
	entry->file = (struct str){0};
	if (fd >= 0) {
		id = outputs_put(r->outputs, entry);
		size = copy_chunks(r, id, fd);
	}
	if (size < 0)
		diags_error(r->diags, (struct diag_place){.file = source->path},
		    "unreadable", "see that the file can be read",
		    "cannot be read: %s", strerror(errno));
	if (size >= 0 && size != entry->size) {
		entry->size = size;
		outputs_put(r->outputs, entry);
	}
	if (fd >= 0)
		close(fd);
}

static void
put_asset(struct render *r, const struct source *source)
{
	struct writer_entry entry = {
	    .kind = ENTRY_ASSET,
	    .status = status_success,
	    .meta = mime_find(source->name.file),
	    .file = source->path,
	    .size = source->stamp.size,
	    .access = str_from_c(source->asset.access),
	};
	struct print print;
	struct buf path;

	buf_init(&path, SIZE_MAX);
	name_add_url(&path, &source->name);
	entry.path = buf_str(&path);
	print_start(&print);
	print_add(&print, source->path);
	print_add(&print, entry.meta);
	print_add_number(&print, (uint64_t)entry.size);
	print_add(&print, entry.access);
	entry.fingerprint = print_end(&print);
	if (outputs_claim(r->outputs, entry.path, entry.kind,
		entry.fingerprint) == CLAIM_WANTED) {
		if (r->built)
			embed(r, source, &entry);
		else
			outputs_put(r->outputs, &entry);
	}
	buf_fini(&path);
}

static int
compare_source(const void *a, const void *b)
{
	const struct source *const *left = a, *const *right = b;

	return str_cmp((*left)->path, (*right)->path);
}

void
pages_put_assets(struct render *r)
{
	struct vec assets = VEC_INIT(const struct source *);
	const struct source *source;

	MAP_EACH(entry, &r->sources->files)
	{
		source = entry->value;
		if (source->name.kind == NAME_ASSET &&
		    (!source->name.is_draft || r->drafts))
			*(const struct source **)vec_add(&assets) = source;
	}
	vec_sort(&assets, compare_source);
	VEC_EACH (const struct source *, asset, &assets)
		put_asset(r, *asset);
	vec_fini(&assets);
}

static void
put_alias(struct render *r, const struct page *page, struct str path)
{
	struct fingerprint fingerprint;
	struct print print;

	print_start(&print);
	print_add(&print, page->url);
	fingerprint = print_end(&print);
	if (outputs_claim(r->outputs, path, ENTRY_ALIAS, fingerprint) !=
	    CLAIM_WANTED)
		return;
	outputs_put(r->outputs,
	    &(struct writer_entry){
		.path = path,
		.kind = ENTRY_ALIAS,
		.status = status_redirect,
		.meta = page->url,
		.fingerprint = fingerprint,
	    });
}

/* A page with an address of its own is also found where its file is, unless
 * something else is there. */
static void
put_file_path(struct render *r, const struct page *page)
{
	struct name name = name_parse(page->source);
	struct buf path;

	buf_init(&path, SIZE_MAX);
	name_add_url(&path, &name);
	if (!str_eq(buf_str(&path), page->url))
		put_alias(r, page, buf_str(&path));
	buf_fini(&path);
}

void
pages_put_aliases(struct render *r)
{
	const struct page_list *all = &r->graph->all;

	for (size_t i = 0; i < all->n; i++)
		for (size_t a = 0; a < all->items[i]->aliases.n; a++)
			put_alias(r, all->items[i],
			    all->items[i]->aliases.items[a].path);
	for (size_t i = 0; i < all->n; i++)
		put_file_path(r, all->items[i]);
}

void
pages_put_expired(struct render *r)
{
	const struct page_list *expired = &r->graph->expired;
	struct fingerprint fingerprint = {status_gone, 1};
	struct str path;

	for (size_t i = 0; i < expired->n; i++) {
		path = expired->items[i]->url;
		if (outputs_claim(r->outputs, path, ENTRY_GONE, fingerprint) ==
		    CLAIM_WANTED)
			outputs_put(r->outputs,
			    &(struct writer_entry){
				.path = path,
				.kind = ENTRY_GONE,
				.status = status_gone,
				.fingerprint = fingerprint,
			    });
	}
}
