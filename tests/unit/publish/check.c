/*
 * publish_check: what it says of a capsule, and what it does not.
 */
#include "publish/publish.h"

#include "fixture.h"
#include "tap.h"

enum { said_max = 64 * 1024 };

/* Check the capsule; what is said is in said, a line each. */
static void
check(struct fixture *f, struct buf *said)
{
	const struct publish_options o = {
	    .root = STR("c"),
	    .root_fd = f->root_fd,
	    .host = STR("localhost"),
	    .now = f->now,
	};
	struct diags diags;

	diags_init(&diags);
	buf_init(said, said_max);
	tap_int(publish_check(&o, &diags), 0, "the capsule can be checked");
	VEC_EACH (struct diag, diag, &diags.list) {
		buf_addf(said, "%s ", diag_severity_word(diag->severity));
		diag_print(diag, said);
		buf_add_char(said, '\n');
	}
	diags_fini(&diags);
}

/* A capsule of one file beside a good page, and what is said of it. */
static const struct {
	const char *path;
	const char *text;
	const char *want;
} cases[] = {
    {"a.gmi", "# A\n=> b.gmi B\n=> /tags/ no tags\n",
	"warning c/a.gmi:3:4: nothing is at /tags/: correct the address, or "
	"take the link out\n"},
    {"a.gmi", "---\ntitle: A\n---\n\n=>  gone.gmi  Gone\n",
	"warning c/a.gmi:5:5: nothing is at /gone.gmi: correct the address, "
	"or take the link out\n"},
    {"a.gmi", "=> b.md B\n=> b B\n=> b.html B\n=> /b/ B\n=> ./ here\n", ""},
    {"a.gmi", "=> gemini://localhost/gone Gone\n=> gemini://x.org/gone X\n",
	"warning c/a.gmi:1:4: nothing is at /gone: correct the address, or "
	"take the link out\n"},
    {"a.gmi", "=> b.gmi\n",
	"warning c/a.gmi:1:1: the link has no label: write what is behind the "
	"link after its address\n"},
    {"a.gmi", "```\nx\n```\n```art\nx\n```\n",
	"warning c/a.gmi:1:1: the preformatted block has no alt text: write "
	"what it shows behind the three backticks\n"},
    /* Markdown: the place of the address, wherever its block begins */
    {"a.md", "Some text\nand a [link](gone.gmi).\n",
	"warning c/a.md:2:14: nothing is at /gone.gmi: correct the address, "
	"or take the link out\n"},
    {"a.md", "---\ntitle: A\n---\nA [x](gone.png), [y](gone.png).\n",
	"warning c/a.md:4:7: nothing is at /gone.png: correct the address, or "
	"take the link out\n"},
    {"a.md", "[x]\n\n[x]: /gone\n",
	"warning c/a.md:3:6: nothing is at /gone: correct the address, or "
	"take the link out\n"},
    {"a.md", "<div>\n<img src=\"/gone.png\" alt=\"x\">\n</div>\n",
	"warning c/a.md:2:11: nothing is at /gone.png: correct the address, "
	"or take the link out\n"},
    {"a.md", "[x](b.md#part) [y](#here) [z](https://x.org/)\n", ""},
    /* keys that are slips, and keys that are not */
    {"a.gmi", "---\ntitel: A\ntgas: x\ncatagories: y\n---\n",
	"warning c/a.gmi:2:1: no field is called titel; is title meant?: "
	"correct it, if so\n"
	"warning c/a.gmi:3:1: no field is called tgas; is tags meant?: "
	"correct it, if so\n"
	"warning c/a.gmi:4:1: no field is called catagories; is categories "
	"meant?: correct it, if so\n"},
    {"a.gmi", "---\ntitel: A\ntitle: B\n---\n", ""},
    {"a.gmi",
	"---\ndata: 1\nlocal: 1\nheight: 2\ntile: 3\ntopic: 4\nimg: 5\n"
	"created_by: 6\nauthor_url: 7\nsidebar_position: 8\ncss: 9\n---\n",
	""},
    /* sidecars */
    {"photo.jpg.yaml", "title: A\n",
	"warning c/photo.jpg.yaml: there is no photo.jpg that it could be "
	"about: add that file, or take this one out\n"},
    {"a.gmi.yml", "title: A\n",
	"warning c/a.gmi.yml: there is no a.gmi that it could be about: add "
	"that file, or take this one out\n"},
    {"docker-compose.yaml", "a: b\n", ""},
    {"values.dev.yaml", "a: b\n", ""},
    {"b.gmi.yaml", "tags: [x]\n", ""},
    /* metadata */
    {"a.gmi", "---\ntitle: A\ntitle: B\n---\n",
	"warning c/a.gmi:3:1: the key \"title\" stands on line 2 too; the "
	"last one counts: take one of them out\n"},
    {"a.gmi", "---\ntags: #one\n---\n",
	"warning c/a.gmi:2:6: tags is empty, as a # begins a remark: quote "
	"the value\n"},
    {"a.gmi", "---\ntags: # none yet\n---\n", ""},
    {"a.gmi", "---\ntags: #one\n  - two\n---\n", ""},
    {"a.gmi", "---\ntitle:A\n---\n",
	"error c/a.gmi:2:1: the metadata is no map of keys and values: write "
	"lines such as `title: My article`, with a space behind the colon\n"},
    {"a.gmi", "---\ntitle: A: B\n---\n",
	"error c/a.gmi:2:9: a second \": \" on one line: quote the value, as "
	"in title: \"One: two\"\n"},
    {"a.gmi", "---\npermalink: /b.gmi\n---\n",
	"error c/b.gmi:1:1: has the URL /b.gmi that c/a.gmi has already, and "
	"is "
	"left out: give one of them another permalink or name\n"},
    {"a.gmi", "---\ntemplate: odd\n---\n",
	"warning c/a.gmi:2:11: there is no template odd.gmi: add it to "
	"templates/, or take the line out\n"},
    {"a.gmi", "---\nlayout: odd\ntemplate: page.html\n---\n", ""},
    {"_defaults.yaml", "author: [A\n",
	"error c/_defaults.yaml:1:9: the \"[\" that opens here is not closed: "
	"close it with \"]\", or quote the value\n"
	"error c/_defaults.yaml:1:1: the pages of this folder are held back, "
	"as they may not be for everybody: correct what is told of this "
	"file\n"},
};

static void
test_cases(void)
{
	struct fixture f;
	struct buf said;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		fixture_init(&f);
		fixture_write(&f, "b.gmi", "# B\nText.\n");
		fixture_write(&f, cases[i].path, cases[i].text);
		check(&f, &said);
		tap_str(buf_str(&said), str_from_c(cases[i].want),
		    "what is said of %s: %s", cases[i].path, cases[i].text);
		buf_fini(&said);
		fixture_fini(&f);
	}
}

/* A key that many pages have is no slip of any of them. */
static void
test_common_keys(void)
{
	static const char text[] = "---\nauthot: x\n---\n";
	struct fixture f;
	struct buf said;

	fixture_init(&f);
	fixture_write(&f, "a.gmi", text);
	fixture_write(&f, "b.gmi", text);
	check(&f, &said);
	tap_ok(said.n > 0, "two pages: %s", buf_c(&said));
	buf_fini(&said);
	fixture_write(&f, "c.gmi", text);
	check(&f, &said);
	tap_str(buf_str(&said), STR(""), "three pages");
	buf_fini(&said);
	fixture_fini(&f);
}

int
main(void)
{
	test_cases();
	test_common_keys();
	return tap_done();
}
