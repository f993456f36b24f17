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
#include "publish/site_parse.h"
#include "text/fold.h"

enum {
	announces_max = 16,
	links_max = 100,
	authors_max = 10000,
	articles_per_page_default = 50,
	articles_per_page_max = 1000,
	feed_entries_default = 30,
	feed_entries_max = 1000,
};

static void
take_title(const struct site_parse *parse, const struct yaml_node *node)
{
	struct str title = site_take_text(parse, node);

	if (!str_is_empty(title))
		parse->site->title = title;
}

static void
take_subtitle(const struct site_parse *parse, const struct yaml_node *node)
{
	parse->site->subtitle = site_take_text(parse, node);
}

static void
take_license(const struct site_parse *parse, const struct yaml_node *node)
{
	parse->site->license = site_take_text(parse, node);
}

static void
take_language(const struct site_parse *parse, const struct yaml_node *node)
{
	struct str language = site_take_text(parse, node);

	if (str_is_empty(language))
		return;
	if (language_is_valid(language))
		parse->site->language = language;
	else
		site_error(parse, node, "write a language tag such as en",
		    "is no language tag");
}

static void
take_zone(const struct site_parse *parse, const struct yaml_node *node)
{
	struct str zone = site_take_text(parse, node);

	if (str_is_empty(zone))
		return;
	if (date_zone_exists(zone.p))
		parse->site->zone = zone.p;
	else
		site_error(parse, node,
		    "write a name such as Europe/Lisbon, or UTC",
		    "is no time zone that this machine knows");
}

static void
take_url(const struct site_parse *parse, const struct yaml_node *node)
{
	struct str text = site_take_text(parse, node);
	struct site *site = parse->site;
	struct url url;

	if (str_is_empty(text))
		return;
	if (!url_parse(text, &url) || url.has_userinfo || url.has_query ||
	    url.has_fragment || !str_eq_nocase(url.scheme, STR("gemini"))) {
		site_error(parse, node, "write it as gemini://example.org/",
		    "is no address of a capsule");
		return;
	}
	site->host = url.host;
	site->url = str_ends(text, STR("/"))
	    ? text
	    : arena_printf(&site->arena, "%" STR_FMT "/", STR_ARG(text));
}

static void
take_web_url(const struct site_parse *parse, const struct yaml_node *node)
{
	struct str text = site_take_text(parse, node);
	struct url url;

	if (str_is_empty(text))
		return;
	if (!url_parse(text, &url) || url.has_userinfo || url.has_query ||
	    url.has_fragment ||
	    (!str_eq_nocase(url.scheme, STR("http")) &&
		!str_eq_nocase(url.scheme, STR("https")))) {
		site_error(parse, node, "write it as https://example.org/",
		    "is no address of a web site");
		return;
	}
	parse->site->web_url = str_ends(text, STR("/"))
	    ? text
	    : arena_printf(&parse->site->arena, "%" STR_FMT "/", STR_ARG(text));
}

static void
add_author(const struct site_parse *parse, const struct yaml_node *node,
    struct str key)
{
	static const struct str keys[] = {STR_INIT("name"), STR_INIT("email"),
	    STR_INIT("url"), STR_INIT("about"), {0}};
	struct site *site = parse->site;
	struct site_author author = {.key = key};

	if (node->kind == YAML_MAP) {
		site_check_keys(parse, node, keys, false);
		author.name = site_take_member(parse, node, STR("name"));
		author.email = site_take_member(parse, node, STR("email"));
		author.url = site_take_member(parse, node, STR("url"));
		author.about = site_take_member(parse, node, STR("about"));
	} else {
		author.name = site_take_text(parse, node);
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
take_author(const struct site_parse *parse, const struct yaml_node *node)
{
	struct site *site = parse->site;

	if (yaml_is_null(node))
		return;
	if (node->kind == YAML_LIST) {
		site_error(parse, node, "write {name: …, email: …, url: …}",
		    "is a list");
		return;
	}
	site->author = site->authors.n;
	add_author(parse, node, (struct str){0});
	site->has_author = site->authors.n > site->author;
}

static void
take_authors(const struct site_parse *parse, const struct yaml_node *node)
{
	if (yaml_is_null(node))
		return;
	if (node->kind == YAML_SCALAR) {
		site_error(parse, node, "write a map from keys to {name: …}",
		    "is a single value");
		return;
	}
	for (const struct yaml_node *n = node->first; n != NULL; n = n->next)
		add_author(parse, n, arena_str(&parse->site->arena, n->key));
}

/* A path within the capsule, from its top, or any address. */
static struct str
link_path(const struct site_parse *parse, const struct yaml_node *node)
{
	struct str path;

	if (node->kind == YAML_SCALAR)
		path = site_take_text(parse, node);
	else
		path = site_take_member(parse, node, STR("path"));
	if (str_is_empty(path))
		path = site_take_member(parse, node, STR("url"));
	if (str_is_empty(path) || str_starts(path, STR("/")) ||
	    str_find_char(path, ':') > 0)
		return path;
	return arena_printf(&parse->site->arena, "/%" STR_FMT, STR_ARG(path));
}

static void
add_link(const struct site_parse *parse, const struct yaml_node *node)
{
	static const struct str keys[] = {
	    STR_INIT("title"), STR_INIT("path"), STR_INIT("url"), {0}};
	struct site_link link = {.path = link_path(parse, node)};

	if (node->kind == YAML_MAP)
		site_check_keys(parse, node, keys, false);
	if (str_is_empty(link.path)) {
		site_error(parse, node,
		    "write {title: About, path: /about.gmi}", "has no path");
		return;
	}
	link.title = site_take_member(parse, node, STR("title"));
	if (str_is_empty(link.title))
		link.title = link.path;
	*(struct site_link *)vec_add(&parse->site->navigation) = link;
}

static void
take_navigation(const struct site_parse *parse, const struct yaml_node *node)
{
	if (yaml_is_null(node))
		return;
	if (node->kind != YAML_LIST) {
		site_error(parse, node,
		    "write a list of {title: About, path: /about.gmi}",
		    "is no list");
		return;
	}
	for (const struct yaml_node *n = node->first; n != NULL; n = n->next)
		if (parse->site->navigation.n < links_max)
			add_link(parse, n);
}

static void
take_articles_per_page(
    const struct site_parse *parse, const struct yaml_node *node)
{
	parse->site->articles_per_page = site_take_number(
	    parse, node, articles_per_page_max, articles_per_page_default);
}

static void
take_feeds(const struct site_parse *parse, const struct yaml_node *node)
{
	struct site *site = parse->site;
	static const struct str keys[] = {
	    STR_INIT("entries"), STR_INIT("content"), {0}};
	static const struct str words[] = {
	    STR_INIT("summary"), STR_INIT("full"), {0}};

	if (!site_is_map(parse, node, "write {entries: 30, content: summary}"))
		return;
	site_check_keys(parse, node, keys, false);
	site->feed_entries =
	    site_take_number(parse, yaml_find(node, STR("entries")),
		feed_entries_max, feed_entries_default);
	site->feed_is_full =
	    site_take_word(parse, yaml_find(node, STR("content")), words, 0) ==
	    1;
}

static void
take_markdown(const struct site_parse *parse, const struct yaml_node *node)
{
	static const struct str keys[] = {STR_INIT("links"), {0}};
	static const struct str words[] = {
	    [MARKDOWN_LINKS_AFTER] = STR_INIT("after"),
	    [MARKDOWN_LINKS_END] = STR_INIT("end"),
	    [MARKDOWN_LINKS_FOOTNOTE] = STR_INIT("footnote"),
	    [MARKDOWN_LINKS_OFF] = STR_INIT("off"),
	    {0},
	};

	if (!site_is_map(parse, node, "write {links: after}"))
		return;
	site_check_keys(parse, node, keys, false);
	parse->site->markdown_links = (enum markdown_links)site_take_word(
	    parse, yaml_find(node, STR("links")), words, MARKDOWN_LINKS_AFTER);
}

/* Any robot may be named; what is nearly one of the four groups that all
 * robots know is most likely one of them. */
static void
check_agent(const struct site_parse *parse, const struct yaml_node *node)
{
	static const struct str agents[] = {STR_INIT("archiver"),
	    STR_INIT("indexer"), STR_INIT("researcher"), STR_INIT("webproxy")};
	struct nearest nearest = nearest_to(node->key);

	for (size_t i = 0; i < sizeof(agents) / sizeof(*agents); i++) {
		nearest_try(&nearest, agents[i]);
		if (str_eq_nocase(node->key, agents[i]))
			return;
	}
	if (!str_is_empty(nearest.best))
		site_tell_key(parse, node, &nearest, false);
}

static void
take_robots(const struct site_parse *parse, const struct yaml_node *node)
{
	static const struct str words[] = {
	    STR_INIT("deny"), STR_INIT("allow"), {0}};

	if (!site_is_map(parse, node, "write {archiver: allow, …}"))
		return;
	for (const struct yaml_node *n = node->first; n != NULL; n = n->next) {
		check_agent(parse, n);
		*(struct site_robot *)vec_add(&parse->site->robots) =
		    (struct site_robot){
			.agent = arena_str(&parse->site->arena, n->key),
			.is_allowed = site_take_word(parse, n, words, 1) == 1,
		    };
	}
}

/* Read once all else is known. */
static void
take_indexes(const struct site_parse *parse, const struct yaml_node *node)
{
	(void)parse;
	(void)node;
}

static const struct str part_keys[] = {
#define PART(id, key) STR_INIT(key),
#include "publish/article_parts.def"
#undef PART
    {0},
};

static void
take_article(const struct site_parse *parse, const struct yaml_node *node)
{
	if (!site_is_map(parse, node, "write {related: off, …}"))
		return;
	site_check_keys(parse, node, part_keys, false);
	for (size_t i = 0; i < ARTICLE_PART_COUNT; i++)
		parse->site->hides[i] =
		    !site_take_bool(parse, yaml_find(node, part_keys[i]), true);
}

/* Whether text, with an address in place of its mark, can be asked for. */
static bool
is_announce(struct str text)
{
	struct str rest = text, part;
	struct url url;
	struct buf whole;
	bool is_good;

	buf_init(&whole, url_max);
	is_good = str_cut(&rest, '{', &part);
	buf_add(&whole, part);
	buf_add_char(&whole, 'x');
	is_good = is_good && str_cut(&rest, '}', &part) &&
	    (str_eq(part, STR("url")) || str_eq(part, STR("article")));
	buf_add(&whole, rest);
	is_good = is_good && url_parse(buf_str(&whole), &url) &&
	    !url.has_userinfo && !url.has_fragment &&
	    str_eq_nocase(url.scheme, STR("gemini"));
	buf_fini(&whole);
	return is_good;
}

static void
add_announce(const struct site_parse *parse, const struct yaml_node *node)
{
	struct vec *announce = &parse->site->announce;
	struct str text = site_take_text(parse, node);

	if (str_is_empty(text))
		return;
	if (!is_announce(text))
		site_error(parse, node,
		    "write it as gemini://example.org/submit?{url}",
		    "is no address of an aggregator");
	else if (announce->n >= announces_max)
		site_error(
		    parse, node, "name fewer", "is one aggregator too many");
	else
		*(struct str *)vec_add(announce) = text;
}

static void
take_announce(const struct site_parse *parse, const struct yaml_node *node)
{
	if (yaml_is_null(node))
		return;
	if (node->kind == YAML_MAP) {
		site_error(parse, node,
		    "write a list of gemini://example.org/submit?{url}",
		    "is no list");
		return;
	}
	if (node->kind == YAML_SCALAR)
		add_announce(parse, node);
	else
		for (const struct yaml_node *n = node->first; n != NULL;
		     n = n->next)
			add_announce(parse, n);
}

static const struct {
	struct str key;
	void (*take)(
	    const struct site_parse *parse, const struct yaml_node *node);
} options[] = {
#define OPTION(function, key) {STR_INIT(key), take_##function},
#include "publish/site_options.def"
#undef OPTION
};

static void
take_option(const struct site_parse *parse, const struct yaml_node *node)
{
	struct nearest nearest = nearest_to(node->key);

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++) {
		if (yaml_key_eq(node->key, options[i].key)) {
			options[i].take(parse, node);
			return;
		}
		nearest_try(&nearest, options[i].key);
	}
	site_tell_key(parse, node, &nearest, false);
}

static void
take_document(const struct site_parse *parse, struct str text)
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
	site_take_indexes(parse, yaml_find(top, STR("indexes")));
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
	vec_init(&site->indexes, sizeof(struct site_index));
	vec_init(&site->announce, sizeof(struct str));
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
	struct site_parse parse = {site, input->file, diags};
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
	print_add(&print, site->title);
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
	VEC_EACH (struct site_index, index, &(*site)->indexes)
		site_index_fini(index);
	vec_fini(&(*site)->indexes);
	vec_fini(&(*site)->announce);
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
