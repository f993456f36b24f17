/*
 * publish: what capsule.yaml switches off on the pages of articles is not
 * there, and everything else is.
 */
#include <stdio.h>

#include "fixture.h"
#include "tap.h"

enum { text_max = 256 };

static const char article[] = "---\ntitle: Middle\ndate: 2026-02-02\n"
			      "updated: 2026-03-03\ntags: [One]\n"
			      "author: Somebody\nseries: Row\n"
			      "image: /picture.png\n---\nText.\n";

/* A part, and what shows it on the page. */
static const struct {
	const char *part;
	const char *shown;
} parts[] = {
    {"image", "=> /picture.png"},
    {"date", "2026-02-02"},
    {"updated", "updated 2026-03-03"},
    {"reading_time", "minute to read"},
    {"language", " en\n"},
    {"authors", "=> /authors/somebody/"},
    {"tags", "=> /tags/one/"},
    {"series", "Part 2 of 3"},
    {"related", "## Related articles"},
    {"neighbours", "Newer: Last"},
};

enum { part_count = sizeof(parts) / sizeof(*parts) };

static void
write_site(struct fixture *f, const char *part)
{
	char text[text_max];

	snprintf(text, sizeof(text), "title: S\narticle: {%s%s}\n", part,
	    *part == '\0' ? "" : ": off");
	fixture_write(f, "capsule.yaml", text);
	fixture_publish(f);
}

/* A picture that the text shows is not above it, too; one that is not beside
 * its page is seen from the root. */
static void
test_picture(struct fixture *f)
{
	fixture_write(f, "capsule.yaml", "title: S\n");
	fixture_write(f, "x/shown.md",
	    "---\ntitle: T\nimage: cat.jpg\n---\nA cat:\n\n![It](cat.jpg)\n");
	fixture_write(f, "x/near.md",
	    "---\ntitle: T\nimage: near/cat.jpg\nimage_alt: It\n---\nText.\n");
	fixture_write(f, "x/near/cat.jpg", "");
	fixture_write(f, "x/far.md",
	    "---\ntitle: T\ncover: assets/cat.jpg\nimageAlt: It\n---\n");
	fixture_publish(f);
	tap_ok(fixture_has(f, "/x/shown.gmi",
		   "# T\n\nA cat:\n\n=> cat.jpg It (Picture)\n\n=> /"),
	    "a picture that the text shows stands in it only");
	tap_ok(fixture_has(f, "/x/near.gmi", "=> /x/near/cat.jpg It\n"),
	    "a picture beside its page");
	tap_ok(fixture_has(f, "/x/far.gmi",
		   "# T\n\n=> /assets/cat.jpg It\n\n=> / Home"),
	    "one from the root, and no blank lines for no text");
	fixture_write(f, "x/assets/cat.jpg", "");
	fixture_publish(f);
	tap_ok(fixture_has(f, "/x/far.gmi", "=> /x/assets/cat.jpg It\n"),
	    "it is beside its page when it comes");
}

int
main(void)
{
	struct fixture f;

	fixture_init(&f);
	fixture_write(&f, "a.gmi",
	    "---\ntitle: First\ndate: 2026-01-01\ntags: [One]\n"
	    "series: Row\n---\n");
	fixture_write(&f, "b.gmi", article);
	fixture_write(&f, "c.gmi",
	    "---\ntitle: Last\ndate: 2026-03-01\ntags: [One]\n"
	    "series: Row\n---\n");
	fixture_write(&f, "d.gmi",
	    "---\ntitle: Beside\ndate: 2026-01-02\ntags: [One]\n---\n");
	write_site(&f, "");
	for (int i = 0; i < part_count; i++)
		tap_ok(fixture_has(&f, "/b.gmi", parts[i].shown), "%s is there",
		    parts[i].part);
	for (int off = 0; off < part_count; off++) {
		write_site(&f, parts[off].part);
		for (int i = 0; i < part_count; i++)
			tap_ok(fixture_has(&f, "/b.gmi", parts[i].shown) ==
				(i != off),
			    "%s without %s", parts[i].part, parts[off].part);
	}
	fixture_write(&f, "capsule.yaml",
	    "title: S\narticle: {date: off, updated: off, reading_time: off, "
	    "language: off}\n");
	fixture_publish(&f);
	tap_ok(fixture_has(&f, "/b.gmi", "picture.png Picture\n\n=> /authors/"),
	    "no line of facts without facts");
	tap_ok(fixture_has(&f, "/", "2026-02-02 Middle"), "lists have dates");
	test_picture(&f);
	fixture_fini(&f);
	return tap_done();
}
