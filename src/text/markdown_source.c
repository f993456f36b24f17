/*
 * The text for the Markdown parser, with the way back to the author's lines.
 */
#include "text/markdown_source.h"

void
markdown_source_init(struct markdown_source *source, size_t max)
{
	*source =
	    (struct markdown_source){.places = VEC_INIT(struct markdown_place)};
	buf_init(&source->text, max);
}

void
markdown_source_fini(struct markdown_source *source)
{
	map_fini(&source->closed);
	vec_fini(&source->places);
	buf_fini(&source->text);
}

void
markdown_source_mark(struct markdown_source *source, unsigned line)
{
	struct markdown_place *last;

	if (source->places.n > 0) {
		last = vec_get(&source->places, source->places.n - 1);
		if (last->line == line)
			return;
		if (last->at == source->text.n) {
			last->line = line;
			return;
		}
	}
	last = vec_add(&source->places);
	last->at = source->text.n;
	last->line = line;
}

unsigned
markdown_source_get_line(const struct markdown_source *source, size_t at)
{
	const struct markdown_place *places = source->places.items;
	size_t low = 0, high = source->places.n;

	while (low + 1 < high) {
		size_t middle = low + (high - low) / 2;

		if (places[middle].at <= at)
			low = middle;
		else
			high = middle;
	}
	return high == 0 ? 0 : places[low].line;
}

void
markdown_source_find_closed(struct markdown_source *source, struct str body)
{
	static const char found[] = "";
	ptrdiff_t at;

	while ((at = str_find_str(body, STR("</"))) >= 0) {
		size_t n = 0;

		body = str_from_index(body, (size_t)at + 2);
		while (n < body.n &&
		    (ascii_is_alnum(body.p[n]) ||
			str_find_char(STR("-_.:"), body.p[n]) >= 0))
			n++;
		if (n > 0)
			map_put(&source->closed, str_first(body, n),
			    (void *)(uintptr_t)found);
	}
}
