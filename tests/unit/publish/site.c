/*
 * publish/site: what capsule.yaml may say, and what is said of it when it is
 * wrong: the place, what is wrong, and the nearest word that is known.
 */
#include <string.h>

#include "publish/site.h"
#include "tap.h"

enum { line_max = 4096 };

/* A text, and the one message about it; none: nothing is wrong. */
static const struct {
	const char *text;
	const char *message;
} cases[] = {
    {"", NULL},
    {"title: T\nsubtitle: S\nurl: gemini://example.org/\nlanguage: pt-BR\n"
     "timezone: Europe/Lisbon\nlicense: CC BY-SA 4.0\n",
	NULL},
    {"author: {name: A, email: a@example.org, url: /a.gmi, about: Hi}\n", NULL},
    {"author: Just a name\n", NULL},
    {"authors: {a: {name: A}, b: B}\n", NULL},
    {"navigation: [{title: A, path: /a.gmi}, {path: gemini://x.example/}, "
     "/b.gmi, {title: C, url: c.gmi}]\n",
	NULL},
    {"markdown: {links: OFF}\nfeeds: {entries: 5, content: full}\n", NULL},
    {"robots: {archiver: allow, Webproxy: Deny, friendly-bot: deny}\n", NULL},
    {"announce: [\"gemini://host.example/submit?{url}\"]\n", NULL},
    {"announce: gemini://host.example/submit?{url}\n", NULL},
    {"announce: [\"gemini://host.example/add/{article}\"]\n", NULL},
    {"announce: []\nindexes: []\narticle: {}\nnavigation: []\n", NULL},
    {"article: {related: off, backlinks: no, reading_time: true}\n", NULL},
    {"indexes:\nannounce:\narticle:\nfeeds:\nmarkdown:\nrobots:\n", NULL},

    {"titel: T\n",
	"warning c.yaml:1:1: unknown key titel, did you mean title?"},
    {"url: http://example.org/\n",
	"error c.yaml:1:6: url is no address of a capsule"},
    {"url: example.org\n", "error c.yaml:1:6: url is no address of a capsule"},
    {"language: english language\n",
	"error c.yaml:1:11: language is no language tag"},
    {"timezone: Mars/Base\n",
	"error c.yaml:1:11: timezone is no time zone that this machine knows"},
    {"title: [a]\n", "error c.yaml:1:8: title is a list or a map"},
    {"author: [a]\n", "error c.yaml:1:9: author is a list"},
    {"author: {nmae: A}\n",
	"warning c.yaml:1:10: unknown key nmae, did you mean name?"},
    {"authors: A\n", "error c.yaml:1:10: authors is a single value"},
    {"authors: {a: {mail: x}}\n",
	"warning c.yaml:1:15: unknown key mail, did you mean email?"},
    {"navigation: {a: b}\n", "error c.yaml:1:13: navigation is no list"},
    {"navigation: [{title: A}]\n", "error c.yaml:1:14: this item has no path"},
    {"navigation: [{path: /a, tilte: A}]\n",
	"warning c.yaml:1:25: unknown key tilte, did you mean title?"},
    {"articles_per_page: 0\n",
	"error c.yaml:1:20: articles_per_page is not a number from 1 to 1000"},
    {"articles_per_page: many\n",
	"error c.yaml:1:20: articles_per_page is not a number from 1 to 1000"},
    {"feeds: full\n", "error c.yaml:1:8: feeds is no map of keys and values"},
    {"feeds: {content: all}\n",
	"error c.yaml:1:18: content is \"all\" and not summary or full"},
    {"feeds: {entris: 3}\n",
	"warning c.yaml:1:9: unknown key entris, did you mean entries?"},
    {"feeds: {entries: -1}\n",
	"error c.yaml:1:18: entries is not a number from 1 to 1000"},
    {"markdown: after\n",
	"error c.yaml:1:11: markdown is no map of keys and values"},
    {"markdown: {links: before}\n",
	"error c.yaml:1:19: links is \"before\" and not after, end, footnote "
	"or off"},
    {"markdown: {link: end}\n",
	"warning c.yaml:1:12: unknown key link, did you mean links?"},
    {"robots: deny\n", "error c.yaml:1:9: robots is no map of keys and values"},
    {"robots: {indexer: maybe}\n",
	"error c.yaml:1:19: indexer is \"maybe\" and not deny or allow"},
    {"robots: {archivers: deny}\n",
	"warning c.yaml:1:10: unknown key archivers, did you mean archiver?"},
    {"article: {relatd: off}\n",
	"warning c.yaml:1:11: unknown key relatd, did you mean related?"},
    {"article: {related: sometimes}\n",
	"error c.yaml:1:20: related is neither true nor false"},
    {"article: off\n",
	"error c.yaml:1:10: article is no map of keys and values"},
    {"announce: {a: b}\n", "error c.yaml:1:11: announce is no list"},
    {"announce: [gemini://host.example/submit]\n",
	"error c.yaml:1:12: this item is no address of an aggregator"},
    {"announce: [\"gemini://host.example/{feed}\"]\n",
	"error c.yaml:1:12: this item is no address of an aggregator"},
    {"announce: [\"gemini://host.example/{url}{article}\"]\n",
	"error c.yaml:1:12: this item is no address of an aggregator"},
    {"announce: [\"https://host.example/?{url}\"]\n",
	"error c.yaml:1:12: this item is no address of an aggregator"},

    {"indexes: {path: /a/}\n", "error c.yaml:1:10: indexes is no list"},
    {"indexes: [a]\n",
	"error c.yaml:1:11: this item is no map of keys and values"},
    {"indexes:\n  - {title: A}\n", "error c.yaml:2:5: this item has no path"},
    {"indexes:\n  - {path: /a.gmi}\n",
	"error c.yaml:2:12: path is no path of a folder"},
    {"indexes:\n  - {path: /a/../../b/}\n",
	"error c.yaml:2:12: path is no path of a folder"},
    {"indexes:\n  - {path: /a/, pathh: /b/}\n",
	"warning c.yaml:2:17: unknown key pathh, did you mean path?"},
    {"indexes:\n  - {path: /a/, select: x}\n",
	"error c.yaml:2:25: select is no map of keys and values"},
    {"indexes:\n  - {path: /a/, select: {tags: x}}\n",
	"error c.yaml:2:26: unknown key tags, did you mean tag?"},
    {"indexes:\n  - {path: /a/, select: {not: {yaer: 1}}}\n",
	"error c.yaml:2:32: unknown key yaer, did you mean year?"},
    {"indexes:\n  - {path: /a/, select: {year: last}}\n",
	"error c.yaml:2:32: year names nothing"},
    {"indexes:\n  - {path: /a/, select: {lang: x_y}}\n",
	"error c.yaml:2:32: lang names nothing"},
    {"indexes:\n  - {path: /a/, select: {tag: {a: b}}}\n",
	"error c.yaml:2:31: tag is a list or a map"},
    {"indexes:\n  - {path: /a/, sort: -dat}\n",
	"error c.yaml:2:23: sort is \"dat\" and not date, updated, title or "
	"weight"},
    {"indexes:\n  - {path: /a/, group: week}\n",
	"error c.yaml:2:24: group is \"week\" and not none, year, month, tag, "
	"category or author"},
    {"indexes:\n  - {path: /a/, limit: 0}\n",
	"error c.yaml:2:24: limit is not a number from 1 to 1000"},
    {"indexes:\n  - {path: /a/, feed: maybe}\n",
	"error c.yaml:2:23: feed is neither true nor false"},
    {"indexes:\n  - {path: /a/, template: ../x}\n",
	"error c.yaml:2:27: template is no name of a template"},
    {"indexes:\n  - {path: /a/}\n  - {path: a}\n",
	"error c.yaml:3:12: path is that of an index above"},
};

static struct site *
parse(const char *text, struct diags *diags)
{
	return site_parse(
	    &(struct site_input){
		.file = STR("c.yaml"),
		.text = str_from_c(text),
		.folder = STR("folder"),
		.host = STR("localhost"),
	    },
	    diags);
}

static void
test_messages(void)
{
	struct diags diags;
	struct diag *diag;
	struct site *site;
	struct buf line;

	buf_init(&line, line_max);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		diags_init(&diags);
		site = parse(cases[i].text, &diags);
		buf_clear(&line);
		if (diags.list.n > 0) {
			diag = vec_get(&diags.list, 0);
			buf_add(&line,
			    str_from_c(diag_severity_word(diag->severity)));
			buf_add_char(&line, ' ');
			diag_print(diag, &line);
		}
		/* The hint behind the message is not compared. */
		if (cases[i].message != NULL)
			buf_truncate(&line, strlen(cases[i].message));
		tap_str(buf_str(&line),
		    str_from_c(
			cases[i].message == NULL ? "" : cases[i].message),
		    "case %zu", i);
		site_free(&site);
		diags_fini(&diags);
	}
	buf_fini(&line);
}

/* A wrong value leaves the default, and the keys around it as they are. */
static void
test_rest(void)
{
	struct diags diags;
	struct site *site;

	diags_init(&diags);
	site = parse("title: T\narticles_per_page: x\nnavigation: [c.gmi]\n"
		     "article: {related: off}\n"
		     "indexes: [{path: b, select: {tag: x}}, {path: /}, 1]\n",
	    &diags);
	tap_int((long long)diags.errors, 2, "two errors");
	tap_str(site->title, STR("T"), "the title");
	tap_int((long long)site->articles_per_page, 50, "the default");
	tap_str(((struct site_link *)vec_get(&site->navigation, 0))->path,
	    STR("/c.gmi"), "a path from the top");
	tap_ok(site->hides[ARTICLE_RELATED], "related articles are off");
	tap_ok(!site->hides[ARTICLE_BACKLINKS], "backlinks are not");
	tap_int((long long)site->indexes.n, 2, "two indexes");
	tap_str(((struct site_index *)vec_get(&site->indexes, 0))->path,
	    STR("/b/"), "the path of the first");
	tap_str(((struct site_index *)vec_get(&site->indexes, 0))->title,
	    STR("B"), "its title");
	site_free(&site);
	diags_fini(&diags);
}

int
main(void)
{
	test_messages();
	test_rest();
	return tap_done();
}
