/*
 * proto/mime: media types by file name.
 */
#include "proto/mime.h"

#include "tap.h"

static void
test_types(void)
{
	static const struct {
		const char *name, *type;
	} cases[] = {
	    {"page.gmi", "text/gemini"},
	    {"page.gemini", "text/gemini"},
	    {"PAGE.GMI", "text/gemini"},
	    {"a/b.txt", "text/plain"},
	    {"a.gmi.png", "image/png"},
	    {"photo.JPG", "image/jpeg"},
	    {"photo.jpeg", "image/jpeg"},
	    {"drawing.svg", "image/svg+xml"},
	    {"x.md", "text/markdown"},
	    {"x.html", "text/html"},
	    {"feed.atom", "application/atom+xml"},
	    {"data.json", "application/json"},
	    {"x.tar.gz", "application/gzip"},
	    {"talk.mp3", "audio/mpeg"},
	    {"talk.ogg", "audio/ogg"},
	    {"film.mp4", "video/mp4"},
	    {"book.epub", "application/epub+zip"},
	    {"book.gpub", "application/gpub+zip"},
	    {"paper.pdf", "application/pdf"},
	    {".gmi", "text/gemini"},
	    {"", "application/octet-stream"},
	    {"README", "application/octet-stream"},
	    {"x.unknown", "application/octet-stream"},
	    {"x.", "application/octet-stream"},
	    {".", "application/octet-stream"},
	    {"gmi", "application/octet-stream"},
	    {"a.gmi/b", "application/octet-stream"},
	    {"x.gm", "application/octet-stream"},
	    {"x.gmix", "application/octet-stream"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		tap_str(mime_find(str_from_c(cases[i].name)),
		    str_from_c(cases[i].type), "type of \"%s\"", cases[i].name);
}

/* mime.def: each ending once, in lower case, and each type of two words. */
static void
test_table(void)
{
	static const struct {
		struct str ending, type;
	} table[] = {
#define MIME(ending, type) {STR_INIT(ending), STR_INIT(type)},
#include "proto/mime.def"
#undef MIME
	};
	size_t count = sizeof(table) / sizeof(table[0]);
	ptrdiff_t slash;
	int bad = 0;

	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < table[i].ending.n; j++)
			if (ascii_to_lower(table[i].ending.p[j]) !=
			    table[i].ending.p[j])
				bad++;
		for (size_t j = 0; j < i; j++)
			if (str_eq(table[i].ending, table[j].ending))
				bad++;
		slash = str_find_char(table[i].type, '/');
		if (slash < 1 ||
		    slash != str_find_last_char(table[i].type, '/'))
			bad++;
	}
	tap_int(bad, 0, "each line of mime.def is well made");
}

int
main(void)
{
	test_types();
	test_table();
	tap_ok(
	    mime_is_text(STR("text/plain")) && mime_is_text(STR("TEXT/gemini")),
	    "text");
	tap_ok(!mime_is_text(STR("textual/x")) && !mime_is_text(STR("text")) &&
		!mime_is_text(STR("")) && !mime_is_text(STR("image/png")),
	    "no text");
	return tap_done();
}
