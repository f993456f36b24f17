/*
 * Pages in Markdown: what becomes of their text, their names and their links,
 * and when they are rendered again.
 */
#include <stdio.h>

#include "fixture.h"
#include "tap.h"

static void
is_there(struct fixture *f, const char *path, const char *text)
{
	bool has = fixture_has(f, path, text);

	if (!has)
		printf(
		    "# %s is:\n# %.*s\n", path, STR_ARG(fixture_body(f, path)));
	tap_ok(has, "%s", path);
}

static void
is_not_there(struct fixture *f, const char *path, const char *text)
{
	tap_int(fixture_status(f, path), 20, "%s", path);
	tap_ok(!fixture_has(f, path, text), "%s", path);
}

static void
test_text(struct fixture *f)
{
	fixture_write(f, "articles/2026-01-02-first.md",
	    "---\ntags: [x]\n---\n# The *first* one\n\nSome **bold**\nwords.\n"
	    "\n<!--more-->\n\n- a\n- b\n\n[Elsewhere](https://example.org/)\n");
	fixture_write(f, "b/index.markdown", "# Own\n\nSee [it](../a.md).\n");
	fixture_write(f, "a.md", "Plain\n");
	fixture_publish(f);
	tap_str(buf_str(&f->messages), STR(""), "nothing to say");
	is_there(f, "/articles/2026-01-02-first.gmi", "# The first one\n");
	is_there(f, "/articles/2026-01-02-first.gmi",
	    "\n\nSome bold words.\n\n* a\n* b\n\n"
	    "=> https://example.org/ Elsewhere\n");
	is_there(f, "/articles/",
	    "=> /articles/2026-01-02-first.gmi 2026-01-02 The first one");
	is_there(f, "/atom.xml", "Some bold words.");
	tap_str(fixture_body(f, "/b/"), STR("# Own\n\nSee it.\n=> /a.gmi it\n"),
	    "an own index is the text alone");
	is_there(f, "/a.gmi", "# a\n");
}

static void
test_same_url(struct fixture *f)
{
	fixture_write(f, "a.gmi", "Gemtext\n");
	fixture_publish(f);
	is_there(f, "/a.gmi", "Gemtext\n");
	tap_ok(f->result.errors > 0, "a.md is left out with an error");
	fixture_remove(f, "a.gmi");
	fixture_publish(f);
	is_there(f, "/a.gmi", "Plain\n");
}

static void
test_toml(struct fixture *f)
{
	fixture_write(f, "toml.md",
	    "+++\ntitle = \"In TOML\"\ndate = 2026-02-03T04:05:06Z\n"
	    "path = \"2026/02/03/in-toml\"\naliases = [\"/old-toml/\"]\n"
	    "[taxonomies]\ntags = [\"zola\"]\nauthors = [\"Ann\"]\n"
	    "[extra]\ncategories = [\"Deep\"]\nmood = \"calm\"\n"
	    "+++\nText\n");
	fixture_write(f, "hugo.gmi",
	    "+++\ntitle = 'Hugo'\ndate = 2026-02-04\n"
	    "[params]\nauthor = 'Bob'\nmood = 'wild'\n+++\nText\n");
	fixture_write(f, "templates/article.gmi",
	    "{{article.title}}\n{{#article.authors}}by {{name}}\n"
	    "{{/article.authors}}{{params.mood}}{{params.extra.mood}}\n"
	    "{{{article.content}}}\n");
	fixture_write(f, "bad.md", "+++\ntitle = \n+++\n");
	fixture_publish(f);
	is_there(f, "/2026/02/03/in-toml", "In TOML\nby Ann\ncalm\nText\n");
	is_there(f, "/hugo.gmi", "Hugo\nby Bob\nwild\nText\n");
	is_there(f, "/tags/zola/", "In TOML");
	is_there(f, "/categories/deep/", "In TOML");
	tap_int(fixture_status(f, "/old-toml/"), 31, "an alias in TOML");
	tap_int(
	    fixture_status(f, "/bad.gmi"), 0, "what is no TOML is left out");
	tap_ok(str_find_str(buf_str(&f->messages), STR("bad.md:2:")) >= 0,
	    "with the line of the fault");
	fixture_remove(f, "bad.md");
	fixture_remove(f, "templates/article.gmi");
	fixture_publish(f);
}

/* Each of them as a paragraph, so that each has its link lines behind it. */
static const char link_text[] =
    "[one](target.md#part) [two](./TARGET-2.md) [up](../a.md)\n\n"
    "[root](/notes/deep/2010-07-21-post.md)\n\n"
    "[moved](../moved.md)\n\n"
    "![picture](photo.jpg)\n\n"
    "[file](gone.md)\n\n"
    "[draft](draft.md)\n\n"
    "[beneath](../target/)\n\n"
    "[served](/far/away) [by html](target.html#x)\n\n"
    "[dated](/2010/07/21/post/) [none](/2010/07/22/post/)\n\n"
    "[feed](/atom.xml) [relative](x/y.html?z#p)\n\n"
    "Wiki [[Target]], [[a short name|shown]], [[deep/same]], [[same]], "
    "[[No such]].\n\n"
    "![[photo.jpg]]\n\n"
    "[r]({{< relref \"target.md\" >}}) [p]({% post_url 2010-07-21-post %}) "
    "[z](@/notes/target.md)\n";

static void
test_links(struct fixture *f)
{
	static const char page[] = "/notes/links.gmi";

	fixture_write(f, "notes/target.md", "# Target page\n");
	fixture_write(f, "notes/TARGET-2.md",
	    "---\naliases: [A Short  Name]\n---\n# Two\n");
	fixture_write(f, "notes/photo.jpg", "x");
	fixture_write(f, "notes/draft.md", "---\ndraft: true\n---\n");
	fixture_write(f, "notes/deep/2010-07-21-post.md", "Post\n");
	fixture_write(f, "notes/deep/same.md", "Same\n");
	fixture_write(f, "same.md", "Same\n");
	fixture_write(f, "moved.md", "---\npermalink: /far/away/\n---\nM\n");
	fixture_write(f, "notes/links.md", link_text);
	fixture_publish(f);
	is_there(f, page,
	    "=> /notes/target.gmi one\n=> /notes/TARGET-2.gmi two\n"
	    "=> /a.gmi up\n");
	is_there(f, page, "=> /notes/deep/2010-07-21-post.gmi root\n");
	is_there(f, page, "=> /far/away/ moved\n");
	is_there(f, page, "=> photo.jpg picture");
	is_there(
	    f, page, "=> /far/away/ served\n=> /notes/target.gmi by html\n");
	is_there(f, page,
	    "=> /notes/deep/2010-07-21-post.gmi dated\n"
	    "=> /2010/07/22/post/ none\n");
	is_there(f, page, "\nfile\n\ndraft\n");
	is_there(f, page, "=> /notes/target.gmi beneath\n");
	is_there(f, page, "=> /atom.xml feed\n=> x/y.html?z#p relative\n");
	is_there(f, page,
	    "Wiki Target, shown, deep/same, same, No such.\n"
	    "=> /notes/target.gmi Target\n=> /notes/TARGET-2.gmi shown\n"
	    "=> /notes/deep/same.gmi deep/same\n=> /same.gmi same\n");
	is_there(f, page, "=> /notes/photo.jpg photo");
	is_there(f, page,
	    "=> /notes/target.gmi r\n"
	    "=> /notes/deep/2010-07-21-post.gmi p\n");
}

/* How many entries one save writes. */
static size_t
save(struct fixture *f, const char *path, const char *text)
{
	fixture_write(f, path, text);
	fixture_publish(f);
	return f->result.entries_written;
}

static void
test_changes(struct fixture *f)
{
	static const char page[] = "/notes/links.gmi";

	tap_int((long long)save(f, "same.md", "Same\n\nMore of it.\n"), 1,
	    "a page whose name stays is written alone");
	save(f, "moved.md", "---\npermalink: /near/\n---\nM\n");
	is_there(f, page, "=> /near/ moved\n");
	save(f, "gone.md", "Not linked\n");
	is_there(f, page, "\nfile\n");
	save(f, "notes/gone.md", "Here again\n");
	is_there(f, page, "=> /notes/gone.gmi file\n");
	save(f, "notes/draft.md", "Public\n");
	is_there(f, page, "=> /notes/draft.gmi draft\n");
	save(f, "b/c.md", "---\ntitle: No such\n---\nNow there is\n");
	is_there(f, page, "=> /b/c.gmi No such\n");
	fixture_remove(f, "b/c.md");
	fixture_publish(f);
	is_not_there(f, page, "=> /b/c.gmi");
	fixture_restart(f);
	fixture_publish(f);
	tap_int((long long)f->result.entries_written, 0,
	    "nothing is rendered again after a restart");
}

static void
test_options(struct fixture *f)
{
	save(f, "capsule.yaml", "markdown: {links: end}\n");
	save(f, "end.md", "One [a](http://a.example/).\n\nTwo.\n");
	is_there(f, "/end.gmi", "One a.\n\nTwo.\n\n=> http://a.example/ a\n");
	save(f, "capsule.yaml", "markdown: {links: off}\n");
	is_not_there(f, "/end.gmi", "=> http://a.example/");
	save(f, "capsule.yaml", "markdown: {links: aside}\n");
	tap_ok(str_find_str(
		   buf_str(&f->messages), STR("capsule.yaml:1:19: ")) >= 0,
	    "an unknown place for links is an error");
}

int
main(void)
{
	struct fixture f;

	fixture_init(&f);
	test_text(&f);
	test_same_url(&f);
	test_toml(&f);
	test_links(&f);
	test_changes(&f);
	test_options(&f);
	fixture_fini(&f);
	return tap_done();
}
