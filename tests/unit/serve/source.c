/*
 * serve/source, serve/body: bodies that are pulled.
 */
#include "serve/source.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "catalogue/writer.h"
#include "proto/reply.h"
#include "tap.h"

enum {
	odd_size = 1000, /* of a piece */
	file_size = 4321,
	chunked_size = 2 * catalogue_chunk_size + 77,
	all_max = 1024 * 1024,
	path_max = 4096,
};

/* A byte that tells its place. */
static char
byte_at(size_t i)
{
	return (char)(i * 31 % 253);
}

static void
fill(char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p[i] = byte_at(i);
}

/* Pull all of it in pieces of size; how it ends, and whether each byte is the
 * one that belongs there. */
static enum source_result
pull_all(struct source *source, size_t size, size_t *count, bool *is_right)
{
	char *piece = mem_alloc(size);
	enum source_result result = SOURCE_MORE;
	size_t n;

	*count = 0;
	*is_right = true;
	while (result == SOURCE_MORE && *count < all_max) {
		result = source_pull(source, piece, size, &n);
		for (size_t i = 0; i < n; i++)
			*is_right &= piece[i] == byte_at(*count + i);
		*count += n;
	}
	mem_free(piece);
	return result;
}

static void
check_whole(struct source source, size_t size, size_t want, const char *what)
{
	size_t count;
	bool is_right;

	tap_int(pull_all(&source, size, &count, &is_right), SOURCE_END,
	    "%s in pieces of %zu ends", what, size);
	tap_int((long long)count, (long long)want, "%s: size", what);
	tap_ok(is_right, "%s: bytes", what);
	source_fini(&source);
	tap_ok(source.type == NULL, "%s: given back", what);
}

static void
test_memory(void)
{
	char bytes[file_size], byte;
	struct source source;
	struct str all;
	size_t n;

	fill(bytes, sizeof(bytes));
	all = str_from(bytes, sizeof(bytes));
	source = source_from_memory(all);
	check_whole(source, odd_size, file_size, "memory");
	check_whole(source_from_memory(all), file_size, file_size, "memory");
	check_whole(source_from_memory(STR("")), 1, 0, "nothing");
	check_whole((struct source){.type = NULL}, 1, 0, "no source");
	source = source_from_memory(all);
	tap_int(source_pull(&source, &byte, 0, &n), SOURCE_MORE,
	    "no room, no byte");
	tap_int((long long)n, 0, "none");
	source_fini(&source);
}

/* An open file of file_size bytes that nobody else can find. */
static int
open_file(void)
{
	char path[] = "/tmp/capsuled-source.XXXXXX";
	char bytes[file_size];
	int fd = mkstemp(path);

	fill(bytes, sizeof(bytes));
	if (fd < 0 || write(fd, bytes, sizeof(bytes)) != file_size)
		abort();
	unlink(path);
	return fd;
}

static void
test_file(void)
{
	int fd = open_file();
	struct source source = source_from_file(fd, file_size);
	size_t count;
	bool is_right;

	check_whole(source, odd_size, file_size, "a file");
	tap_ok(fcntl(fd, F_GETFD) < 0, "which is closed then");
	check_whole(source_from_file(open_file(), odd_size), file_size,
	    odd_size, "the start of a file that grew");
	fd = open_file();
	source = source_from_file(fd, file_size);
	tap_ok(ftruncate(fd, 2 * odd_size + 1) == 0, "a file that is cut");
	tap_int(pull_all(&source, odd_size, &count, &is_right), SOURCE_BROKEN,
	    "breaks the source");
	tap_int((long long)count, 2 * odd_size, "after what was there");
	source_fini(&source);
}

static void
test_bodies(void)
{
	struct body_list list = {.first = NULL};
	struct site *sites = mem_alloc_array(2, sizeof(struct site));
	struct body *first = body_use(&list, &sites[0], 1, STR("one"));
	struct body *again = body_use(&list, &sites[0], 1, STR("one"));
	struct body *newer = body_use(&list, &sites[0], 1, STR("two"));
	struct body *other = body_use(&list, &sites[1], 1, STR("one"));
	struct source source = source_from_body(first);
	char bytes[odd_size];
	size_t n;

	tap_ok(first == again, "the same page is one copy");
	tap_ok(first != newer, "a newer version is another");
	tap_ok(first != other, "another capsule's is another");
	body_leave(&again);
	tap_ok(again == NULL, "let go");
	tap_int(source_pull(&source, bytes, sizeof(bytes), &n), SOURCE_END,
	    "a body is pulled");
	tap_str(str_from(bytes, n), STR("one"), "as it was");
	source_fini(&source);
	tap_str(body_str(newer), STR("two"), "the others stay");
	body_leave(&newer);
	body_leave(&other);
	tap_ok(list.first == NULL, "in the end there is none");
	mem_free(sites);
}

/* A catalogue that holds one asset in chunks; its id. */
static int64_t
write_catalogue(const char *path)
{
	char *bytes = mem_alloc(chunked_size);
	struct diags diags;
	struct writer *writer;
	int64_t id, index = 0;

	diags_init(&diags);
	fill(bytes, chunked_size);
	writer = writer_open(path, WRITER_BUILT, &diags);
	if (writer == NULL || writer_begin(writer, &diags) < 0)
		abort();
	id = writer_put_entry(writer,
	    &(struct writer_entry){.path = STR("/a"),
		.kind = ENTRY_ASSET,
		.status = STATUS_SUCCESS,
		.meta = STR("text/plain"),
		.size = chunked_size});
	for (size_t at = 0; at < chunked_size; at += catalogue_chunk_size)
		writer_put_chunk(writer, id, index++,
		    str_first(str_from(bytes + at, chunked_size - at),
			catalogue_chunk_size));
	if (writer_commit(writer, &diags) < 0 ||
	    writer_close(&writer, &diags) < 0)
		abort();
	diags_fini(&diags);
	mem_free(bytes);
	return id;
}

static void
test_chunks(void)
{
	char folder[] = "/tmp/capsuled-source.XXXXXX", path[path_max];
	struct diags diags;
	struct site site;
	struct source source;
	int64_t id;
	size_t count;
	bool is_right;

	if (mkdtemp(folder) == NULL)
		abort();
	snprintf(path, sizeof(path), "%s/c", folder);
	id = write_catalogue(path);
	diags_init(&diags);
	site_init(&site, NULL, reader_open(path, READER_BUILT, &diags));
	check_whole(source_from_chunks(site.store, id, chunked_size), odd_size,
	    chunked_size, "chunks");
	check_whole(source_from_chunks(site.store, id, chunked_size),
	    catalogue_chunk_size + 1, chunked_size, "chunks");
	source = source_from_chunks(site.store, id, chunked_size + 1);
	tap_int(pull_all(&source, odd_size, &count, &is_right), SOURCE_BROKEN,
	    "one byte too few");
	site_fini(&site);
	tap_ok(source.from.chunks.store != NULL,
	    "the catalogue stays open for who reads from it");
	source_fini(&source);
	diags_fini(&diags);
	unlink(path);
	rmdir(folder);
}

int
main(void)
{
	test_memory();
	test_file();
	test_bodies();
	test_chunks();
	return tap_done();
}
