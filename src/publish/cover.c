/*
 * The picture at the top of a page: where it is, and whether the text shows it
 * anyway. What its metadata say is read elsewhere.
 */
#include "publish/cover.h"

#include "proto/url.h"
#include "publish/name.h"

enum { path_max = 4096 };

/* Whether there is a file at path, seen from a folder of the capsule. */
static bool
has_file(const struct sources *sources, struct str folder, struct str path)
{
	struct buf whole;
	bool found;

	buf_init(&whole, path_max);
	buf_add(&whole, folder);
	if (folder.n > 0)
		buf_add_char(&whole, '/');
	found = url_add_decoded(&whole, path) &&
	    sources_find(sources, buf_str(&whole)) != NULL;
	buf_fini(&whole);
	return found;
}

void
cover_add_url(
    const struct page *page, const struct sources *sources, struct buf *out)
{
	const struct source *source = sources_find(sources, page->source);
	struct str name = page->image;
	struct buf folder;

	if (!page->image_is_beside || source == NULL) {
		buf_add(out, name);
		return;
	}
	buf_init(&folder, path_max);
	name_add_folder_url(&folder, source->name.folder);
	name = str_from_index(name, folder.n);
	if (!has_file(sources, source->name.folder, name) &&
	    (has_file(sources, STR(""), name) ||
		has_file(sources, STR("static"), name) ||
		str_find_char(name, '/') >= 0)) {
		buf_clear(&folder);
		buf_add_char(&folder, '/');
	}
	buf_add(out, buf_str(&folder));
	buf_add(out, name);
	buf_fini(&folder);
}

/* The part of url that is seen from the folder of the page's own URL. */
static struct str
seen_from(const struct page *page, struct str url)
{
	size_t n = (size_t)(str_find_last_char(page->url, '/') + 1);

	if (str_starts(url, str_first(page->url, n)))
		return str_from_index(url, n);
	return url;
}

bool
cover_is_in_text(const struct page *page, struct str url, struct str text)
{
	struct str near = seen_from(page, url), line, target;
	bool in_code = false;

	while (str_next_line(&text, &line)) {
		if (str_starts(line, STR("```")))
			in_code = !in_code;
		if (in_code || !str_starts(line, STR("=> ")))
			continue;
		line = str_from_index(line, sizeof("=> ") - 1);
		str_cut(&line, ' ', &target);
		if (str_eq(target, url) || str_eq(target, near))
			return true;
	}
	return false;
}
