/*
 * The capsule's own metadata. Each key has a function that takes its value; a
 * value of the wrong shape is told and left out.
 */
#include "publish/site.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "proto/url.h"
#include "publish/language.h"
#include "publish/print.h"
#include "text/fold.h"
#include "text/gemtext.h"
#include "text/yaml.h"

enum {
	text_max = 1024,
	name_max = 64,
	links_max = 100,
	authors_max = 10000,
	articles_per_page_default = 50,
	articles_per_page_max = 1000,
	feed_entries_default = 30,
	feed_entries_max = 1000,
};

/* A parse under way. */
struct parse {
	struct site *site;
	struct str file;
	struct diags *diags;
};

static void
parse_error(const struct parse *parse, const struct yaml_node *node,
    const char *hint, const char *what)
{
	struct str key = utf8_first(node->key, name_max);

	/* The items of a list have no keys. */
	if (str_is_empty(key))
		key = STR("this item");
	diags_error(parse->diags, yaml_place(node, parse->file),
	    "capsule-value", hint, "%" STR_FMT " %s", STR_ARG(key), what);
}

/* A scalar on one line, in the site's arena; empty when there is none, and
 * told when it is something else. */
static struct str
take_text(const struct parse *parse, const struct yaml_node *node)
{
	struct str text;
	struct buf line;

	if (node == NULL || yaml_is_null(node))
		return (struct str){0};
	if (node->kind != YAML_SCALAR) {
		parse_error(parse, node, "write one line of text here",
		    "is a list or a map");
		return (struct str){0};
	}
	buf_init(&line, yaml_size_max);
	gemtext_add_line_part(&line, node->text);
	text = arena_str(
	    &parse->site->arena, utf8_first(buf_str(&line), text_max));
	buf_fini(&line);
	return text;
}

static struct str
take_member(
    const struct parse *parse, const struct yaml_node *map, struct str key)
{
	return take_text(parse, yaml_find(map, key));
}

/* A number from 1 to max; fallback when there is none or a wrong one. */
static size_t
take_number(const struct parse *parse, const struct yaml_node *node, size_t max,
    size_t fallback)
{
	uint64_t number;

	if (node == NULL || yaml_is_null(node))
		return fallback;
	if (node->kind == YAML_SCALAR && str_to_u64(node->text, max, &number) &&
	    number > 0)
		return (size_t)number;
	diags_error(parse->diags, yaml_place(node, parse->file),
	    "capsule-value", "write a number in digits",
	    "%" STR_FMT " is not a number from 1 to %zu",
	    STR_ARG(utf8_first(node->key, name_max)), max);
	return fallback;
}

static void
take_title(const struct parse *parse, const struct yaml_node *node)
{
	struct str title = take_text(parse, node);

	if (!str_is_empty(title))
		parse->site->title = title;
}

static void
take_subtitle(const struct parse *parse, const struct yaml_node *node)
{
	parse->site->subtitle = take_text(parse, node);
}

static void
take_license(const struct parse *parse, const struct yaml_node *node)
{
	parse->site->license = take_text(parse, node);
}

static void
take_language(const struct parse *parse, const struct yaml_node *node)
{
	struct str language = take_text(parse, node);

	if (str_is_empty(language))
		return;
	if (language_is_valid(language))
		parse->site->language = language;
	else
		parse_error(parse, node, "write a language tag such as en",
		    "is no language tag");
}

static void
take_zone(const struct parse *parse, const struct yaml_node *node)
{
	struct str zone = take_text(parse, node);

	if (str_is_empty(zone))
		return;
	if (date_zone_exists(zone.p))
		parse->site->zone = zone.p;
	else
		parse_error(parse, node,
		    "write a name such as Europe/Lisbon, or UTC",
		    "is no time zone that this machine knows");
}

static void
take_url(const struct parse *parse, const struct yaml_node *node)
{
	struct str text = take_text(parse, node);
	struct site *site = parse->site;
	struct url url;

	if (str_is_empty(text))
		return;
	if (!url_parse(text, &url) || url.has_userinfo || url.has_query ||
	    url.has_fragment || !str_eq_nocase(url.scheme, STR("gemini"))) {
		parse_error(parse, node, "write it as gemini://example.org/",
		    "is no address of a capsule");
		return;
	}
	site->host = url.host;
	site->url = str_ends(text, STR("/"))
	    ? text
	    : arena_printf(&site->arena, "%" STR_FMT "/", STR_ARG(text));
}

static void
add_author(
    const struct parse *parse, const struct yaml_node *node, struct str key)
{
	struct site *site = parse->site;
	struct site_author author = {.key = key};

	if (node->kind == YAML_MAP) {
		author.name = take_member(parse, node, STR("name"));
		author.email = take_member(parse, node, STR("email"));
		author.url = take_member(parse, node, STR("url"));
		author.about = take_member(parse, node, STR("about"));
	} else {
		author.name = take_text(parse, node);
	}
	if (str_is_empty(author.name))
		author.name = key;
	if (str_is_empty(author.key))
		author.key = author.name;
	author.path = fold_term_path(&site->arena, author.key);
	if (str_is_empty(author.path) || site->authors.n >= authors_max)
		return;
	*(struct site_author *)vec_add(&site->authors) = author;
}

static void
take_author(const struct parse *parse, const struct yaml_node *node)
{
	struct site *site = parse->site;

	if (yaml_is_null(node))
		return;
	if (node->kind == YAML_LIST) {
		parse_error(parse, node, "write {name: …, email: …, url: …}",
		    "is a list");
		return;
	}
	site->author = site->authors.n;
	add_author(parse, node, (struct str){0});
	site->has_author = site->authors.n > site->author;
}

static void
take_authors(const struct parse *parse, const struct yaml_node *node)
{
	if (yaml_is_null(node))
		return;
	if (node->kind == YAML_SCALAR) {
		parse_error(parse, node, "write a map from keys to {name: …}",
		    "is a single value");
		return;
	}
	for (const struct yaml_node *n = node->first; n != NULL; n = n->next)
		add_author(parse, n, arena_str(&parse->site->arena, n->key));
}

/* A path within the capsule, or any address, fit for a link line. */
static void
add_link(const struct parse *parse, const struct yaml_node *node)
{
	struct site_link link = {
	    .title = take_member(parse, node, STR("title")),
	    .path = take_member(parse, node, STR("path")),
	};

	if (str_is_empty(link.path))
		link.path = take_member(parse, node, STR("url"));
	if (str_is_empty(link.path)) {
		parse_error(parse, node,
		    "write {title: About, path: /about.gmi}", "has no path");
		return;
	}
	if (str_is_empty(link.title))
		link.title = link.path;
	*(struct site_link *)vec_add(&parse->site->navigation) = link;
}

static void
take_navigation(const struct parse *parse, const struct yaml_node *node)
{
	if (yaml_is_null(node))
		return;
	if (node->kind != YAML_LIST) {
		parse_error(parse, node,
		    "write a list of {title: About, path: /about.gmi}",
		    "is no list");
		return;
	}
	for (const struct yaml_node *n = node->first; n != NULL; n = n->next)
		if (parse->site->navigation.n < links_max)
			add_link(parse, n);
}

static void
take_articles_per_page(const struct parse *parse, const struct yaml_node *node)
{
	parse->site->articles_per_page = take_number(
	    parse, node, articles_per_page_max, articles_per_page_default);
}

static void
take_feeds(const struct parse *parse, const struct yaml_node *node)
{
	struct site *site = parse->site;
	struct yaml_node *content = yaml_find(node, STR("content"));
	struct str word = take_text(parse, content);

	site->feed_entries = take_number(parse, yaml_find(node, STR("entries")),
	    feed_entries_max, feed_entries_default);
	site->feed_is_full = str_eq_nocase(word, STR("full"));
	if (!site->feed_is_full && !str_is_empty(word) &&
	    !str_eq_nocase(word, STR("summary")))
		parse_error(parse, content, "write summary or full",
		    "is neither summary nor full");
}

static void
take_markdown(const struct parse *parse, const struct yaml_node *node)
{
	static const struct str words[] = {
	    [MARKDOWN_LINKS_AFTER] = STR_INIT("after"),
	    [MARKDOWN_LINKS_END] = STR_INIT("end"),
	    [MARKDOWN_LINKS_FOOTNOTE] = STR_INIT("footnote"),
	    [MARKDOWN_LINKS_OFF] = STR_INIT("off"),
	};
	struct yaml_node *links = yaml_find(node, STR("links"));
	struct str word = take_text(parse, links);

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (!str_eq_nocase(word, words[i]))
			continue;
		parse->site->markdown_links = (enum markdown_links)i;
		return;
	}
	if (!str_is_empty(word))
		parse_error(parse, links, "write after, end, footnote or off",
		    "says no place for links");
}

static void
take_robots(const struct parse *parse, const struct yaml_node *node)
{
	struct site_robot robot;
	struct str word;

	if (node->kind != YAML_MAP && !yaml_is_null(node))
		parse_error(
		    parse, node, "write {archiver: allow, …}", "is no map");
	for (const struct yaml_node *n = node->first;
	     n != NULL && node->kind == YAML_MAP; n = n->next) {
		word = take_text(parse, n);
		robot.agent = arena_str(&parse->site->arena, n->key);
		robot.is_allowed = str_eq_nocase(word, STR("allow"));
		if (!robot.is_allowed && !str_eq_nocase(word, STR("deny"))) {
			parse_error(parse, n, "write allow or deny",
			    "is neither allow nor deny");
			continue;
		}
		*(struct site_robot *)vec_add(&parse->site->robots) = robot;
	}
}

/* A key of a later version: known, and not looked at. */
static void
take_later(const struct parse *parse, const struct yaml_node *node)
{
	(void)parse;
	(void)node;
}

static const struct {
	struct str key;
	void (*take)(const struct parse *parse, const struct yaml_node *node);
} options[] = {
#define OPTION(function, key) {STR_INIT(key), take_##function},
#include "publish/site_options.def"
#undef OPTION
};

static void
take_option(const struct parse *parse, const struct yaml_node *node)
{
	struct nearest nearest = nearest_to(node->key);
	struct str key = utf8_first(node->key, name_max);

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++) {
		if (yaml_key_eq(node->key, options[i].key)) {
			options[i].take(parse, node);
			return;
		}
		nearest_try(&nearest, options[i].key);
	}
	if (str_is_empty(nearest.best))
		diags_warning(parse->diags, yaml_key_place(node, parse->file),
		    "capsule-key", "see capsule(7) for the keys",
		    "unknown key %" STR_FMT, STR_ARG(key));
	else
		diags_warning(parse->diags, yaml_key_place(node, parse->file),
		    "capsule-key", "correct the key or take it out",
		    "unknown key %" STR_FMT ", did you mean %" STR_FMT "?",
		    STR_ARG(key), STR_ARG(nearest.best));
}

static void
take_document(struct parse *parse, struct str text)
{
	struct arena arena = {0};
	struct yaml_node *top;

	top = yaml_parse(&arena,
	    &(struct yaml_input){
		.file = parse->file, .text = text, .first_line = 1},
	    parse->diags);
	if (top != NULL && top->kind != YAML_MAP)
		diags_error(parse->diags, yaml_place(top, parse->file),
		    "capsule-value", "write lines such as `title: My capsule`",
		    "this is no map of keys and values");
	for (const struct yaml_node *n = top == NULL ? NULL : top->first;
	     n != NULL && top->kind == YAML_MAP; n = n->next)
		take_option(parse, n);
	arena_fini(&arena);
}

static void
set_defaults(struct site *site, const struct site_input *input)
{
	struct str host =
	    str_is_empty(input->host) ? STR("localhost") : input->host;

	vec_init(&site->authors, sizeof(struct site_author));
	vec_init(&site->navigation, sizeof(struct site_link));
	vec_init(&site->robots, sizeof(struct site_robot));
	site->title = arena_str(&site->arena, input->folder);
	site->host = arena_str(&site->arena, host);
	site->url =
	    arena_printf(&site->arena, "gemini://%" STR_FMT "/", STR_ARG(host));
	site->language = STR("en");
	site->zone = "UTC";
	site->articles_per_page = articles_per_page_default;
	site->feed_entries = feed_entries_default;
}

struct site *
site_parse(const struct site_input *input, struct diags *diags)
{
	struct site *site = mem_alloc(sizeof(*site));
	struct parse parse = {site, input->file, diags};
	struct print print;

	set_defaults(site, input);
	if (utf8_is_valid(input->text))
		take_document(&parse, input->text);
	else
		diags_error(diags, (struct diag_place){.file = input->file},
		    "encoding", "save the file as UTF-8",
		    "the file is not UTF-8");
	if (!str_is_empty(input->language))
		site->language = arena_str(&site->arena, input->language);
	print_start(&print);
	print_add(&print, input->text);
	print_add(&print, input->folder);
	print_add(&print, input->host);
	print_add(&print, input->language);
	site->print = print_end(&print);
	return site;
}

void
site_free(struct site **site)
{
	if (*site == NULL)
		return;
	vec_fini(&(*site)->authors);
	vec_fini(&(*site)->navigation);
	vec_fini(&(*site)->robots);
	arena_fini(&(*site)->arena);
	mem_free(*site);
	*site = NULL;
}

const struct site_author *
site_find_author(const struct site *site, struct str value)
{
	VEC_EACH (struct site_author, author, &site->authors)
		if (yaml_key_eq(author->key, value) ||
		    str_eq(author->name, value))
			return author;
	return NULL;
}
