/*
 * A published capsule as files in a folder: from items of the plan to bytes.
 */
#include "publish/export.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "catalogue/reader.h"
#include "publish/mirror.h"
#include "publish/print.h"
#include "publish/publisher.h"
#include "text/gemtext.h"

enum {
	text_max = 64 * 1024 * 1024,
	out_max = 256 * 1024 * 1024,
};

struct export
{
	const struct publisher *publisher;
	struct tree *tree;
	struct reader *reader, *own_reader;
	struct export_plan plan;
	struct mirror mirror;
	bool is_live;
	bool is_begun; /* the tree is ready for files */
	size_t next; /* item */
	struct buf text; /* of a page; copied from the reader */
	struct buf out;
	struct export_counts counts;
};

static void
on_entry(void *context, const struct writer_entry *entry)
{
	export_plan_add(context, entry);
}

static bool
has_file(const struct export_item *item)
{
	return item->as != EXPORT_NOT && !str_is_empty(item->name);
}

/* Say which files there will be. */
static int
prepare(struct export *e, const char *catalogue, struct diags *diags)
{
	if (e->is_live)
		writer_each_entry(e->publisher->writer, on_entry, &e->plan);
	else
		writer_each_built_entry(catalogue, on_entry, &e->plan);
	export_plan_settle(&e->plan, diags);
	if (e->plan.kind == EXPORT_HTML)
		tree_want(e->tree, STR(export_style_name));
	VEC_EACH (const struct export_item, item, &e->plan.items)
		if (has_file(item))
			tree_want(e->tree, item->name);
	return tree_begin(e->tree, diags);
}

struct export *
export_new(const struct export_input *input, struct diags *diags)
{
	struct export *e = mem_alloc(sizeof(*e));

	e->publisher = input->publisher;
	e->tree = input->tree;
	e->is_live = input->is_live;
	export_plan_init(&e->plan, input->kind);
	buf_init(&e->text, text_max);
	buf_init(&e->out, out_max);
	e->reader = input->reader;
	if (e->reader == NULL)
		e->reader = e->own_reader =
		    reader_open(input->catalogue, READER_BUILT, diags);
	if (e->reader == NULL || prepare(e, input->catalogue, diags) < 0) {
		export_free(&e);
		return NULL;
	}
	e->mirror = (struct mirror){
	    .publisher = e->publisher,
	    .plan = &e->plan,
	    .reader = e->reader,
	};
	mirror_init(&e->mirror);
	e->is_begun = true;
	return e;
}

void
export_free(struct export **export)
{
	struct export *e = *export;
	struct diags diags;

	if (e == NULL)
		return;
	/* Whoever goes on finds what is done already; where that cannot be
	 * noted it is done again. */
	diags_init(&diags);
	if (e->is_begun)
		tree_end(e->tree, &diags);
	diags_fini(&diags);
	buf_fini(&e->text);
	buf_fini(&e->out);
	export_plan_fini(&e->plan);
	reader_close(&e->own_reader);
	tree_close(&e->tree);
	mem_free(e);
	*export = NULL;
}

/* What the file of an item is made from; zero where that is not asked. */
static struct fingerprint
print_of(const struct export *e, const struct export_item *item)
{
	struct print print;
	struct stat st;
	char *path;

	if (!e->is_live)
		return (struct fingerprint){0, 0};
	if (e->plan.kind == EXPORT_HTML && item->as != EXPORT_COPY)
		return mirror_print(&e->mirror, item);
	print_start(&print);
	print_add_fingerprint(&print, item->print);
	if (!str_is_empty(item->file)) {
		path = str_to_c(item->file);
		if (fstatat(e->publisher->options.root_fd, path, &st, 0) == 0) {
			print_add_number(&print, (uint64_t)st.st_size);
			print_add_number(&print, (uint64_t)st.st_mtim.tv_sec);
			print_add_number(&print, (uint64_t)st.st_mtim.tv_nsec);
		}
		mem_free(path);
	}
	return print_end(&print);
}

/* Where the bytes of an entry come from, a piece at a time. */
struct pieces {
	struct reader *reader;
	const struct catalogue_entry *entry;
	int fd; /* of a file, or -1 */
	int64_t number;
};

/* Take the next piece into out. READER_ABSENT at the end. */
static enum reader_result
next_piece(struct pieces *pieces, struct buf *out)
{
	ssize_t n;

	buf_clear(out);
	if (pieces->fd < 0)
		return reader_read_chunk(
		    pieces->reader, pieces->entry->id, pieces->number++, out);
	if (buf_reserve(out, catalogue_chunk_size) < 0)
		return READER_FAILED;
	while (out->n < catalogue_chunk_size) {
		n = read(
		    pieces->fd, out->p + out->n, catalogue_chunk_size - out->n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return READER_FAILED;
		if (n == 0)
			break;
		out->n += (size_t)n;
	}
	return out->n == 0 ? READER_ABSENT : READER_FOUND;
}

static int
open_pieces(struct pieces *pieces, const struct export *e, struct str file)
{
	char *path;

	pieces->fd = -1;
	if (str_is_empty(file))
		return 0;
	path = str_to_c(file);
	pieces->fd = file_open_beneath(e->publisher->options.root_fd, path, 0);
	mem_free(path);
	return pieces->fd < 0 ? -1 : 0;
}

static void
warn_unread(
    const struct export *e, const struct export_item *item, struct diags *diags)
{
	struct arena arena = {0};
	struct str file = str_is_empty(item->file)
	    ? item->path
	    : sources_display(&e->publisher->sources, &arena, item->file);

	diags_warning(diags, (struct diag_place){.file = file}, "export",
	    "see that the file can be read",
	    "cannot be read, and is left out of the export");
	arena_fini(&arena);
}

/* Copy an asset, of any size. TREE_SAME when there is nothing to read. */
static enum tree_put
put_asset(struct export *e, const struct export_item *item,
    const struct catalogue_entry *entry, struct diags *diags)
{
	struct pieces pieces = {.reader = e->reader, .entry = entry};
	struct tree_file file = {
	    .name = item->name, .print = print_of(e, item)};
	enum tree_put result = TREE_FAILED;
	enum reader_result piece;
	struct print hash;
	int fd;

	if (open_pieces(&pieces, e, item->file) < 0) {
		warn_unread(e, item, diags);
		return TREE_SAME;
	}
	fd = tree_create(e->tree);
	if (fd < 0)
		goto out;
	print_start(&hash);
	while ((piece = next_piece(&pieces, &e->out)) == READER_FOUND) {
		print_add(&hash, buf_str(&e->out));
		file.size += (int64_t)e->out.n;
		if (file_write_all(fd, buf_str(&e->out)) < 0)
			goto out;
	}
	if (piece == READER_ABSENT) {
		file.hash = print_end(&hash);
		result = tree_put(e->tree, &file);
	} else {
		warn_unread(e, item, diags);
		result = TREE_SAME;
	}
out:
	if (pieces.fd >= 0)
		close(pieces.fd);
	return result;
}

/* Take the whole text of a page. False when it cannot be had. */
static bool
take_text(struct export *e, const struct export_item *item,
    const struct catalogue_entry *entry)
{
	struct pieces pieces = {.reader = e->reader, .entry = entry};
	enum reader_result piece;

	buf_clear(&e->text);
	buf_add(&e->text, entry->body);
	if (entry->kind != ENTRY_ASSET)
		return !e->text.full;
	if (open_pieces(&pieces, e, item->file) < 0)
		return false;
	while ((piece = next_piece(&pieces, &e->out)) == READER_FOUND)
		buf_add(&e->text, buf_str(&e->out));
	if (pieces.fd >= 0)
		close(pieces.fd);
	return piece == READER_ABSENT && !e->text.full;
}

/* Fill e->out with the small page of what has moved. */
static int
make_moved(struct export *e, const struct export_item *item)
{
	struct arena arena = {0};
	struct str title;

	if (e->plan.kind == EXPORT_HTML)
		return mirror_add_moved(&e->mirror, item, &e->out);
	title = mirror_title(&e->mirror, &arena, item->target);
	buf_add(&e->out, STR("# "));
	gemtext_add_line_part(&e->out, title);
	buf_add(&e->out, STR("\n\n"));
	gemtext_add_link(&e->out, item->target,
	    str_eq(title, item->target) ? (struct str){0} : title);
	arena_fini(&arena);
	return 0;
}

/* Fill e->out with what an item with a text becomes. */
static int
make_text(struct export *e, const struct export_item *item)
{
	struct str text = buf_str(&e->text);

	if (e->plan.kind == EXPORT_HTML && item->as == EXPORT_PAGE)
		return mirror_add_page(&e->mirror, item, text, &e->out);
	if (e->plan.kind == EXPORT_HTML && item->as == EXPORT_FEED)
		mirror_add_feed(&e->mirror, text, &e->out);
	else
		buf_add(&e->out, text);
	return 0;
}

static enum tree_put
put_item(struct export *e, const struct export_item *item, struct diags *diags)
{
	struct catalogue_entry entry;
	int made = 0;

	buf_clear(&e->out);
	if (item->as == EXPORT_MOVED) {
		made = make_moved(e, item);
	} else {
		if (reader_find(e->reader, item->path, &entry) != READER_FOUND)
			return TREE_SAME;
		if (entry.kind == ENTRY_ASSET && item->as == EXPORT_COPY)
			return put_asset(e, item, &entry, diags);
		if (!take_text(e, item, &entry)) {
			warn_unread(e, item, diags);
			return TREE_SAME;
		}
		buf_clear(&e->out);
		made = make_text(e, item);
	}
	if (made == 0 && !e->out.full)
		return tree_put_bytes(
		    e->tree, item->name, print_of(e, item), buf_str(&e->out));
	diags_warning(diags, (struct diag_place){.file = item->path}, "export",
	    "shorten the page, or mend the template mirror.html",
	    "is too large for the web mirror, and is left out");
	return TREE_SAME;
}

/* Count what became of a file. -1 with an error in diags. */
static int
count(struct export *e, struct str name, enum tree_put put, struct diags *diags)
{
	switch (put) {
	case TREE_WRITTEN:
		e->counts.written++;
		break;
	case TREE_SAME:
		break;
	case TREE_FOREIGN:
		diags_warning(diags,
		    (struct diag_place){.file = tree_get_path(e->tree)},
		    "export", "move it away",
		    "%" STR_FMT " is there and is not of the export: it stays "
		    "as it is",
		    STR_ARG(name));
		return 0;
	case TREE_FAILED:
		tree_error(e->tree, name, diags);
		return -1;
	}
	e->counts.files++;
	return 0;
}

static int
step_item(struct export *e, const struct export_item *item, struct diags *diags)
{
	if (!has_file(item))
		return 0;
	if (e->is_live && tree_keeps(e->tree, item->name, print_of(e, item))) {
		e->counts.files++;
		return 0;
	}
	return count(e, item->name, put_item(e, item, diags), diags);
}

/* The files that no entry stands for, and the list. */
static int
finish(struct export *e, struct diags *diags)
{
	const struct str style = STR_INIT(export_style_name);

	if (e->plan.kind == EXPORT_HTML) {
		buf_clear(&e->out);
		mirror_add_style(&e->mirror, &e->out);
		if (count(e, style,
			tree_put_bytes(e->tree, style,
			    (struct fingerprint){0, 0}, buf_str(&e->out)),
			diags) < 0)
			return -1;
	}
	return tree_end(e->tree, diags);
}

enum export_step
export_step(struct export *e, int64_t until_ms, struct diags *diags)
{
	do {
		if (e->next == e->plan.items.n)
			return finish(e, diags) < 0 ? EXPORT_FAILED
						    : EXPORT_DONE;
		if (step_item(e, vec_get(&e->plan.items, e->next++), diags) < 0)
			return EXPORT_FAILED;
	} while (clock_monotonic_ms() < until_ms);
	return EXPORT_MORE;
}

struct export_counts
export_get_counts(const struct export *e)
{
	struct export_counts counts = e->counts;

	counts.removed = tree_get_removed(e->tree);
	return counts;
}
