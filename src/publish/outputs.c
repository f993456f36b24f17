/*
 * Keeping the catalogue's entries in step with what a publish wants.
 */
#include "publish/outputs.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"
#include "publish/print.h"

enum { status_not_found = 51, status_gone = 52 };

static struct stored *
store(struct map *map, struct str path)
{
	struct stored *stored = map_find(map, path);

	if (stored != NULL)
		return stored;
	stored = mem_alloc(sizeof(*stored) + path.n + 1);
	if (path.n > 0)
		memcpy(stored->path, path.p, path.n);
	map_put(map, str_from(stored->path, path.n), stored);
	return stored;
}

static void
on_entry(void *context, const struct writer_entry *entry)
{
	struct outputs *o = context;
	struct stored *stored = store(&o->stored, entry->path);

	stored->print = entry->fingerprint;
	stored->kind = entry->kind;
	stored->status = entry->status;
}

static void
on_article(void *context, struct str path, struct fingerprint print)
{
	struct outputs *o = context;

	store(&o->articles, path)->print = print;
}

int
outputs_open(struct outputs *o, struct writer *writer)
{
	*o = (struct outputs){.writer = writer};
	if (writer_each_entry(writer, on_entry, o) < 0)
		return -1;
	return writer_each_article(writer, on_article, o);
}

static void
map_free_all(struct map *map)
{
	MAP_EACH(entry, map)
	mem_free(entry->value);
	map_fini(map);
}

static void
on_inherited(void *context, const struct writer_entry *entry)
{
	struct outputs *o = context;

	if (map_find(&o->stored, entry->path) != NULL)
		return;
	store(&o->stored, entry->path)->is_inherited = true;
}

void
outputs_inherit(struct outputs *o, const char *path)
{
	writer_each_built_entry(path, on_inherited, o);
}

void
outputs_fini(struct outputs *o)
{
	map_free_all(&o->stored);
	map_free_all(&o->articles);
}

void
outputs_begin(struct outputs *o)
{
	o->turn++;
	o->written = 0;
	o->pages = 0;
}

static bool
counts_as_page(enum entry_kind kind)
{
	switch (kind) {
	case ENTRY_PAGE:
	case ENTRY_INDEX:
	case ENTRY_FEED:
	case ENTRY_SEARCH:
		return true;
	case ENTRY_ASSET:
	case ENTRY_ALIAS:
	case ENTRY_GONE:
	case ENTRY_DRAFT:
		return false;
	}
	return false;
}

enum claim
outputs_claim(struct outputs *o, struct str path, enum entry_kind kind,
    struct fingerprint print)
{
	struct stored *stored = map_find(&o->stored, path);
	bool is_first = stored == NULL || stored->kind == ENTRY_DRAFT;
	bool is_same;

	if (stored != NULL && stored->turn == o->turn)
		return CLAIM_TAKEN;
	is_same = stored != NULL && !stored->is_inherited &&
	    stored->kind == kind && fingerprint_eq(stored->print, print);
	if (stored == NULL)
		stored = store(&o->stored, path);
	if (is_first)
		stored->first_turn = o->turn;
	stored->turn = o->turn;
	stored->is_inherited = false;
	stored->kind = kind;
	stored->print = print;
	if (counts_as_page(kind))
		o->pages++;
	return is_same ? CLAIM_KEPT : CLAIM_WANTED;
}

int64_t
outputs_put(struct outputs *o, const struct writer_entry *entry)
{
	struct stored *stored = map_find(&o->stored, entry->path);

	assert(stored != NULL && stored->turn == o->turn);
	stored->status = entry->status;
	o->written++;
	return writer_put_entry(o->writer, entry);
}

void
outputs_fail(struct outputs *o, struct str path)
{
	struct stored *stored = map_find(&o->stored, path);

	assert(stored != NULL);
	stored->print = (struct fingerprint){0};
}

const struct stored *
outputs_find(const struct outputs *o, struct str path)
{
	const struct stored *stored = map_find(&o->stored, path);

	return stored != NULL && stored->turn == o->turn ? stored : NULL;
}

/* Readers never knew of it, so nothing tells them that it is gone. */
static void
forget(struct outputs *o, struct stored *stored)
{
	struct str path = str_from_c(stored->path);

	o->written++;
	writer_remove_entry(o->writer, path);
	map_remove(&o->stored, path);
	mem_free(stored);
}

bool
outputs_is_first(const struct outputs *o, struct str path)
{
	const struct stored *stored = map_find(&o->stored, path);

	return stored != NULL && stored->turn == o->turn &&
	    stored->first_turn == o->turn;
}

void
outputs_bury(struct outputs *o,
    bool (*is_hidden)(void *context, struct str path), void *context)
{
	struct stored *stored;
	int status;

	MAP_EACH(entry, &o->stored)
	{
		stored = entry->value;
		if (stored->turn == o->turn)
			continue;
		if (stored->kind == ENTRY_DRAFT) {
			forget(o, stored);
			continue;
		}
		status = is_hidden(context, entry->key) ? status_not_found
							: status_gone;
		if (!stored->is_inherited && stored->kind == ENTRY_GONE &&
		    stored->status == status)
			continue;
		stored->is_inherited = false;
		stored->kind = ENTRY_GONE;
		stored->status = status;
		stored->print = (struct fingerprint){0};
		o->written++;
		writer_put_entry(o->writer,
		    &(struct writer_entry){.path = entry->key,
			.kind = ENTRY_GONE,
			.status = status});
	}
}

enum claim
outputs_claim_article(
    struct outputs *o, struct str path, struct fingerprint print)
{
	struct stored *stored = map_find(&o->articles, path);
	bool is_same = stored != NULL && fingerprint_eq(stored->print, print);

	if (stored == NULL)
		stored = store(&o->articles, path);
	stored->turn = o->turn;
	stored->print = print;
	return is_same ? CLAIM_KEPT : CLAIM_WANTED;
}

void
outputs_put_article(struct outputs *o, const struct writer_article *article)
{
	writer_put_article(o->writer, article);
}

void
outputs_drop_articles(struct outputs *o)
{
	struct stored *stored;

	MAP_EACH(entry, &o->articles)
	{
		stored = entry->value;
		if (stored->turn == o->turn)
			continue;
		writer_remove_article(o->writer, entry->key);
		map_remove(&o->articles, entry->key);
		mem_free(stored);
	}
}
