/*
 * publish/name: what the names of files mean, and the addresses they make.
 */
#include "publish/name.h"

#include "publish/language.h"
#include "tap.h"

enum { url_bytes_max = 256 };

static const struct {
	struct str path;
	enum name_kind kind;
	struct str url; /* of pages and assets */
} cases[] = {
    {STR_INIT("a.gmi"), NAME_PAGE, STR_INIT("/a.gmi")},
    {STR_INIT("a.gemini"), NAME_PAGE, STR_INIT("/a.gmi")},
    {STR_INIT("a.md"), NAME_PAGE, STR_INIT("/a.gmi")},
    {STR_INIT("a.markdown"), NAME_PAGE, STR_INIT("/a.gmi")},
    {STR_INIT("A.GMI"), NAME_PAGE, STR_INIT("/A.gmi")},
    {STR_INIT("x.ja.md"), NAME_PAGE, STR_INIT("/x.ja.gmi")},
    {STR_INIT("index.gmi"), NAME_PAGE, STR_INIT("/")},
    {STR_INIT("b/index.md"), NAME_PAGE, STR_INIT("/b/")},
    {STR_INIT("b/_index.gmi"), NAME_PAGE, STR_INIT("/b/")},
    {STR_INIT("b/_index.fr.md"), NAME_PAGE, STR_INIT("/b/index.fr.gmi")},
    {STR_INIT("b/_index.draft.md"), NAME_HIDDEN, STR_INIT("")},
    {STR_INIT("b/2026-01-02-c.gmi"), NAME_PAGE,
	STR_INIT("/b/2026-01-02-c.gmi")},
    {STR_INIT("_posts/a.gmi"), NAME_PAGE, STR_INIT("/a.gmi")},
    {STR_INIT("b/_posts/a.gmi"), NAME_PAGE, STR_INIT("/b/a.gmi")},
    {STR_INIT("_drafts/a.gmi"), NAME_PAGE, STR_INIT("/a.gmi")},
    {STR_INIT("a b/\xc3\xa9?.gmi"), NAME_PAGE,
	STR_INIT("/a%20b/%C3%A9%3F.gmi")},
    {STR_INIT("e\xcc\x81.gmi"), NAME_PAGE, STR_INIT("/%C3%A9.gmi")},
    {STR_INIT("a.txt"), NAME_ASSET, STR_INIT("/a.txt")},
    {STR_INIT("index.html"), NAME_ASSET, STR_INIT("/index.html")},
    {STR_INIT(".well-known/x"), NAME_ASSET, STR_INIT("/.well-known/x")},
    {STR_INIT("static/a.gmi"), NAME_ASSET, STR_INIT("/a.gmi")},
    {STR_INIT("static/b/index.md"), NAME_ASSET, STR_INIT("/b/index.md")},
    {STR_INIT("static/a.yaml"), NAME_ASSET, STR_INIT("/a.yaml")},
    {STR_INIT("b/static/a.gmi"), NAME_PAGE, STR_INIT("/b/static/a.gmi")},
    {STR_INIT("b/templates/a.gmi"), NAME_PAGE, STR_INIT("/b/templates/a.gmi")},
    {STR_INIT("capsule.yaml"), NAME_CONFIG, STR_INIT("")},
    {STR_INIT("b/capsule.yaml"), NAME_SIDECAR, STR_INIT("")},
    {STR_INIT("a.gmi.yaml"), NAME_SIDECAR, STR_INIT("")},
    {STR_INIT("photo.jpg.yml"), NAME_SIDECAR, STR_INIT("")},
    {STR_INIT("templates/a.gmi"), NAME_TEMPLATE, STR_INIT("")},
    {STR_INIT("templates/b/a.gmi"), NAME_TEMPLATE, STR_INIT("")},
    {STR_INIT(".git/config"), NAME_HIDDEN, STR_INIT("")},
    {STR_INIT("a/.hidden"), NAME_HIDDEN, STR_INIT("")},
    {STR_INIT(".a.gmi.swp"), NAME_HIDDEN, STR_INIT("")},
    {STR_INIT("a.gmi.swp"), NAME_HIDDEN, STR_INIT("")},
    {STR_INIT("a.gmi~"), NAME_HIDDEN, STR_INIT("")},
    {STR_INIT("#a.gmi#"), NAME_HIDDEN, STR_INIT("")},
    {STR_INIT("_a.gmi"), NAME_HIDDEN, STR_INIT("")},
    {STR_INIT("_site/a.gmi"), NAME_HIDDEN, STR_INIT("")},
    {STR_INIT("_index.txt"), NAME_HIDDEN, STR_INIT("")},
    {STR_INIT("_defaults.yaml"), NAME_DEFAULTS, STR_INIT("")},
    {STR_INIT("a/b/_defaults.yaml"), NAME_DEFAULTS, STR_INIT("")},
    {STR_INIT("_posts/_defaults.yaml"), NAME_DEFAULTS, STR_INIT("")},
    {STR_INIT("static/_defaults.yaml"), NAME_HIDDEN, STR_INIT("")},
    {STR_INIT("_site/_defaults.yaml"), NAME_HIDDEN, STR_INIT("")},
    {STR_INIT("_other.yaml"), NAME_HIDDEN, STR_INIT("")},
    {STR_INIT("static/_a.gmi"), NAME_HIDDEN, STR_INIT("")},
    {STR_INIT("static/_index.gmi"), NAME_HIDDEN, STR_INIT("")},
    {STR_INIT("static/.a"), NAME_HIDDEN, STR_INIT("")},
    {STR_INIT("static/_posts/a.gmi"), NAME_HIDDEN, STR_INIT("")},
    {STR_INIT("static/_drafts/a.gmi"), NAME_HIDDEN, STR_INIT("")},
    {STR_INIT("templates/.a.gmi"), NAME_HIDDEN, STR_INIT("")},
};

static void
test_kinds(void)
{
	struct name name;
	struct buf url;

	buf_init(&url, url_bytes_max);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		name = name_parse(cases[i].path);
		tap_int(
		    name.kind, cases[i].kind, "kind of %s", cases[i].path.p);
		if (str_is_empty(cases[i].url))
			continue;
		buf_clear(&url);
		name_add_url(&url, &name);
		tap_str(buf_str(&url), cases[i].url, "address of %s",
		    cases[i].path.p);
	}
	buf_fini(&url);
	tap_ok(name_parse(STR("_drafts/a.gmi")).is_draft, "a draft's folder");
	tap_ok(!name_parse(STR("_posts/a.gmi")).is_draft, "no draft");
}

static void
test_folders(void)
{
	tap_ok(name_is_entered(STR("a/b")), "a folder");
	tap_ok(name_is_entered(STR("_posts")), "the folder of posts");
	tap_ok(name_is_entered(STR(".well-known")), "the well-known folder");
	tap_ok(name_is_entered(STR("templates")), "the templates");
	tap_ok(!name_is_entered(STR("a/.git")), "a hidden folder");
	tap_ok(!name_is_entered(STR(".git/a")), "a folder in a hidden one");
	tap_ok(!name_is_entered(STR("_site")), "another program's folder");
}

static void
test_languages(void)
{
	tap_ok(language_is_valid(STR("en")), "en");
	tap_ok(language_is_valid(STR("zh-Hant-TW")), "zh-Hant-TW");
	tap_ok(!language_is_valid(STR("english")), "a word");
	tap_ok(!language_is_valid(STR("e")), "a letter");
	tap_ok(!language_is_valid(STR("en-")), "an end that is missing");
	tap_ok(!language_is_valid(STR("en; x")), "more than a tag");
	tap_ok(!language_is_valid(STR("")), "nothing");
	tap_ok(language_is_named(STR("ja")), "ja in a name");
	tap_ok(language_is_named(STR("pt-BR")), "pt-BR in a name");
	tap_ok(!language_is_named(STR("js")), "js in a name");
	tap_ok(!language_is_named(STR("tar")), "tar in a name");
}

int
main(void)
{
	test_kinds();
	test_folders();
	test_languages();
	return tap_done();
}
