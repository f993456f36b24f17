/*
 * From articles that appear to the addresses that aggregators are to be asked
 * for. Nothing is sent from here.
 */
#include "publish/announcements.h"

#include "base/utf8.h"
#include "proto/url.h"
#include "publish/render.h"

enum { each_max = 20 }; /* articles of one publish that are told one by one */

/* The lines as they are being put together. */
struct lines {
	struct render *r;
	struct vec urls; /* struct announcement */
	int64_t next; /* number */
	bool has_changed;
};

struct announcement {
	int64_t number;
	struct str url;
};

bool
announcements_next(struct str *text, int64_t *number, struct str *url)
{
	struct str line, word;
	uint64_t value;

	while (str_next_line(text, &line)) {
		*url = line;
		if (!str_cut(url, ' ', &word) ||
		    !str_to_u64(word, INT64_MAX, &value) || str_is_empty(*url))
			continue;
		*number = (int64_t)value;
		return true;
	}
	return false;
}

/* What stands before the mark in an aggregator's address. */
static struct str
before_mark(struct str address)
{
	return str_first(address, (size_t)str_find_char(address, '{'));
}

static bool
is_wanted(const struct render *r, struct str url)
{
	VEC_EACH (const struct str, address, &r->site->announce)
		if (str_starts(url, before_mark(*address)))
			return true;
	return false;
}

/* Read the lines that are there and still wanted. */
static void
read_lines(struct lines *lines)
{
	struct buf stored;
	struct str text, url;
	int64_t number;

	buf_init(&stored, announcements_bytes_max);
	writer_find_meta(lines->r->writer, announcements_key, &stored);
	text = buf_str(&stored);
	while (announcements_next(&text, &number, &url)) {
		if (number >= lines->next)
			lines->next = number + 1;
		if (is_wanted(lines->r, url))
			*(struct announcement *)vec_add(&lines->urls) =
			    (struct announcement){
				number, arena_str(&lines->r->arena, url)};
		else
			lines->has_changed = true;
	}
	buf_fini(&stored);
}

/* Every byte that could mean something in a query is percent-encoded. */
static void
add_encoded(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (ascii_is_alnum(text.p[i]) ||
		    str_find_char(STR("-._~"), text.p[i]) >= 0)
			buf_add_char(out, text.p[i]);
		else
			buf_addf(out, "%%%02X", (unsigned char)text.p[i]);
}

/* Put the line for a path of the capsule at the end, in place of an older one
 * for the same URL. */
static void
add_line(struct lines *lines, struct str address, struct str path)
{
	struct arena *arena = &lines->r->arena;
	struct announcement line = {.number = lines->next++};
	struct str mark = before_mark(address);
	struct buf url;

	buf_init(&url, SIZE_MAX);
	buf_add(&url, mark);
	add_encoded(&url, render_absolute(lines->r, arena, path));
	buf_add(&url,
	    str_from_index(address, (size_t)str_find_char(address, '}') + 1));
	line.url = arena_str(arena, buf_str(&url));
	buf_fini(&url);
	lines->has_changed = true;
	for (size_t i = lines->urls.n; i > 0; i--)
		if (str_eq(((struct announcement *)vec_get(&lines->urls, i - 1))
			       ->url,
			line.url))
			vec_remove(&lines->urls, i - 1);
	if (line.url.n > url_max)
		diags_warning(lines->r->diags,
		    (struct diag_place){.file = path}, "announce",
		    "give it a shorter URL",
		    "the address to announce it at is longer than %d bytes",
		    url_max);
	else
		*(struct announcement *)vec_add(&lines->urls) = line;
}

static void
add_fresh(struct lines *lines, struct str address)
{
	const struct vec *fresh = &lines->r->fresh;
	size_t count = fresh->n < each_max ? fresh->n : each_max;

	if (str_find_str(address, STR("{article}")) < 0) {
		add_line(lines, address, STR("/atom.xml"));
		return;
	}
	/* The oldest first, as if they had come one by one. */
	for (size_t i = count; i > 0; i--)
		add_line(lines, address,
		    (*(const struct page **)vec_get(fresh, i - 1))->url);
}

static void
write_lines(struct lines *lines)
{
	struct buf text;

	while (lines->urls.n > announcements_max)
		vec_remove(&lines->urls, 0);
	buf_init(&text, announcements_bytes_max);
	VEC_EACH (const struct announcement, line, &lines->urls)
		buf_addf(&text, "%lld %" STR_FMT "\n", (long long)line->number,
		    STR_ARG(line->url));
	writer_put_meta(lines->r->writer, announcements_key, buf_str(&text));
	buf_fini(&text);
}

bool
announcements_add(struct render *r, int64_t now)
{
	struct lines lines = {.r = r, .next = now};
	bool has_lines;

	vec_init(&lines.urls, sizeof(struct announcement));
	read_lines(&lines);
	if (r->fresh.n > 0)
		VEC_EACH (const struct str, address, &r->site->announce)
			add_fresh(&lines, *address);
	if (lines.has_changed)
		write_lines(&lines);
	has_lines = lines.urls.n > 0;
	vec_fini(&lines.urls);
	return has_lines;
}
