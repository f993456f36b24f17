/*
 * Bodies that are pulled: from memory, from a file, from a built catalogue.
 */
#include "serve/source.h"

#include <errno.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

struct source_type {
	/* Put exactly n bytes, from offset on, at p. False when they are not
	 * to be had. */
	bool (*read)(struct source *source, char *p, size_t n);
	void (*fini)(struct source *source);
};

static bool
memory_read(struct source *source, char *p, size_t n)
{
	memcpy(p, source->from.bytes.p + source->offset, n);
	return true;
}

static void
memory_fini(struct source *source)
{
	source->from.bytes = STR("");
}

static const struct source_type type_memory = {memory_read, memory_fini};

static bool
body_read(struct source *source, char *p, size_t n)
{
	memcpy(p, body_str(source->from.body).p + source->offset, n);
	return true;
}

static void
body_fini(struct source *source)
{
	body_leave(&source->from.body);
}

static const struct source_type type_body = {body_read, body_fini};

static bool
file_read_at(struct source *source, char *p, size_t n)
{
	off_t offset = (off_t)source->offset;
	ssize_t got;

	while (n > 0) {
		got = pread(source->from.fd, p, n, offset);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
		offset += got;
	}
	return true;
}

static void
file_fini(struct source *source)
{
	close(source->from.fd);
}

static const struct source_type type_file = {file_read_at, file_fini};

static bool
chunks_read(struct source *source, char *p, size_t n)
{
	uint64_t offset = source->offset;
	struct str part;

	while (n > 0) {
		if (store_read_chunk(source->from.chunks.store,
			source->from.chunks.id,
			(int64_t)(offset / catalogue_chunk_size),
			&part) != READER_FOUND)
			return false;
		part = str_from_index(part, offset % catalogue_chunk_size);
		part = str_first(part, n);
		if (part.n == 0)
			return false;
		memcpy(p, part.p, part.n);
		p += part.n;
		n -= part.n;
		offset += part.n;
	}
	return true;
}

static void
chunks_fini(struct source *source)
{
	store_leave(&source->from.chunks.store);
}

static const struct source_type type_chunks = {chunks_read, chunks_fini};

struct source
source_from_memory(struct str bytes)
{
	return (struct source){
	    .type = &type_memory, .left = bytes.n, .from.bytes = bytes};
}

struct source
source_from_body(struct body *body)
{
	return (struct source){
	    .type = &type_body, .left = body_str(body).n, .from.body = body};
}

struct source
source_from_file(int fd, uint64_t size)
{
	return (struct source){.type = &type_file, .left = size, .from.fd = fd};
}

struct source
source_from_chunks(struct store *store, int64_t id, uint64_t size)
{
	return (struct source){.type = &type_chunks,
	    .left = size,
	    .from.chunks = {store_use(store), id}};
}

enum source_result
source_pull(struct source *source, char *p, size_t size, size_t *n)
{
	*n = source->left < size ? (size_t)source->left : size;
	if (*n == 0)
		return source->left == 0 ? SOURCE_END : SOURCE_MORE;
	if (!source->type->read(source, p, *n)) {
		*n = 0;
		return SOURCE_BROKEN;
	}
	source->left -= *n;
	source->offset += *n;
	return source->left == 0 ? SOURCE_END : SOURCE_MORE;
}

void
source_fini(struct source *source)
{
	if (source->type != NULL)
		source->type->fini(source);
	*source = (struct source){.type = NULL};
}
