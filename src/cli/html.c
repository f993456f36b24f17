/*
 * HTML documents by libxml2, which reads what is found in the wild and brings
 * each encoding to UTF-8. What becomes of them is import's.
 */
#include "cli/html.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "cli/html_linked.h"
#include "text/xml.h"

enum {
	options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
	    HTML_PARSE_NOWARNING | HTML_PARSE_NONET,
	declared_within = 4096,
};

struct reading {
	struct html *html;
	struct arena *arena;
	xmlDoc *doc;
	xmlNode *main; /* the part with the text */
	xmlNode *heading; /* the one that is the title, or NULL */
	struct str meta_title; /* for where there is no heading */
	struct buf out;
};

static struct str
name_of(const xmlNode *node)
{
	return node->type == XML_ELEMENT_NODE
	    ? str_from_c((const char *)node->name)
	    : (struct str){"", 0};
}

static bool
is_element(const xmlNode *node, const char *name)
{
	return str_eq(name_of(node), str_from_c(name));
}

/* Whether word is one of those in list, which spaces separate. */
static bool
has_word(const char *list, struct str word)
{
	struct str rest = str_from_c(list), each;
	bool more = true;

	while (more && rest.n > 0) {
		more = str_cut(&rest, ' ', &each);
		if (each.n > 0 && str_eq_nocase(each, word))
			return true;
	}
	return false;
}

/* The value of an attribute, in the arena; empty without it. */
static struct str
get(struct reading *r, xmlNode *node, const char *name)
{
	xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
	struct str copy = {"", 0};

	if (value == NULL)
		return copy;
	copy = arena_str(r->arena, str_trim(str_from_c((const char *)value)));
	xmlFree(value);
	return copy;
}

/* All text in a node with its blanks as single spaces. */
static struct str
text_of(struct reading *r, xmlNode *node)
{
	xmlChar *content = xmlNodeGetContent(node);
	struct str rest = str_from_c((const char *)content), copy;
	struct buf out;
	uint32_t c;

	buf_init(&out, html_size_max);
	while (utf8_next(&rest, &c)) {
		if (c == ' ' || code_point_is_control(c)) {
			if (out.n > 0 && out.p[out.n - 1] != ' ')
				buf_add_char(&out, ' ');
		} else {
			utf8_add(&out, c);
		}
	}
	copy = str_trim(arena_str(r->arena, buf_str(&out)));
	buf_fini(&out);
	xmlFree(content);
	return copy;
}

/* The node behind this one in the tree beneath root; its children first, but
 * where they are passed over. */
static xmlNode *
next_node(xmlNode *node, const xmlNode *root, bool pass_children)
{
	if (!pass_children && node->children != NULL &&
	    node->type == XML_ELEMENT_NODE)
		return node->children;
	while (node != root && node->next == NULL)
		node = node->parent;
	return node == root ? NULL : node->next;
}

static void
add_split(struct vec *terms, struct str list)
{
	struct str term;
	bool more = true;

	while (more) {
		more = str_cut(&list, ',', &term);
		html_add_term(terms, str_trim(term));
	}
}

static void
take_meta(struct reading *r, xmlNode *node)
{
	struct html *html = r->html;
	struct str value = get(r, node, "content"), name = get(r, node, "name");

	if (name.n == 0)
		name = get(r, node, "property");
	if (name.n == 0)
		name = get(r, node, "itemprop");
	if (has_word("article:published_time og:published_time date pubdate "
		     "publish_date dc.date dcterms.date dc.date.issued "
		     "dcterms.created datePublished",
		name))
		html_take(&html->date, value);
	else if (has_word("article:modified_time og:updated_time last-modified "
			  "dcterms.modified dateModified",
		     name))
		html_take(&html->updated, value);
	else if (has_word(
		     "author article:author dc.creator dcterms.creator", name))
		html_take_author(html, value);
	else if (has_word("article:tag", name))
		html_add_term(&html->tags, value);
	else if (has_word("keywords news_keywords", name))
		add_split(&html->tags, value);
	else if (has_word("article:section", name))
		html_take(&html->category, value);
	else if (has_word("description og:description", name))
		html_take(&html->summary, value);
	else if (has_word("og:title", name))
		r->meta_title = value;
}

static void
take_linked(struct reading *r, xmlNode *node)
{
	xmlChar *content = xmlNodeGetContent(node);

	html_take_linked(r->html, r->arena, str_from_c((const char *)content));
	xmlFree(content);
}

static void
take_marked(struct reading *r, xmlNode *node)
{
	struct html *html = r->html;
	struct str property = get(r, node, "itemprop"), value;
	struct str relation = get(r, node, "rel");

	if (str_find_str(relation, STR("tag")) >= 0 && is_element(node, "a"))
		html_add_term(&html->tags, text_of(r, node));
	if (str_eq(relation, STR("author")) && is_element(node, "a"))
		html_take_author(html, text_of(r, node));
	/* WordPress and other hAtom have "url fn n"; comments lack the n. */
	value = get(r, node, "class");
	if (html->authors.n == 0 && has_word(value.p, STR("fn")) &&
	    has_word(value.p, STR("n")))
		html_take_author(html, text_of(r, node));
	if (property.n == 0)
		return;
	value = get(r, node, "content");
	if (value.n == 0)
		value = get(r, node, "datetime");
	if (has_word("datePublished", property))
		html_take(&html->date, value);
	if (has_word("dateModified", property))
		html_take(&html->updated, value);
}

/* What a document says of itself, wherever it does. */
static void
take_facts(struct reading *r, xmlNode *root)
{
	struct html *html = r->html;

	for (xmlNode *node = root; node != NULL;
	     node = next_node(node, root, false)) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		if (is_element(node, "html"))
			html_take(&html->lang, get(r, node, "lang"));
		else if (is_element(node, "meta"))
			take_meta(r, node);
		else if (is_element(node, "title") && html->title.n == 0)
			html->title = text_of(r, node);
		else if (is_element(node, "link") &&
		    str_eq(get(r, node, "rel"), STR("canonical")))
			html_take(&html->canonical, get(r, node, "href"));
		else if (is_element(node, "script") &&
		    str_eq(get(r, node, "type"), STR("application/ld+json")))
			take_linked(r, node);
		else
			take_marked(r, node);
	}
}

/* Whether a node's class or id says that it lists other articles. */
static bool
is_related(struct reading *r, xmlNode *node)
{
	static const char *const words[] = {"related", "see-also", "seealso",
	    "read-next", "read-more", "more-posts", "further-reading"};
	struct str names = arena_printf(r->arena, "%" STR_FMT " %" STR_FMT,
	    STR_ARG(get(r, node, "class")), STR_ARG(get(r, node, "id")));
	char *lower = (char *)(uintptr_t)names.p;

	if (!has_word("aside section div nav footer ul ol", name_of(node)))
		return false;
	for (size_t i = 0; i < names.n; i++)
		lower[i] = ascii_to_lower(lower[i]);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_find_str(names, str_from_c(words[i])) >= 0)
			return true;
	return false;
}

/* Whether a class says that the element is there for a browser only. */
static bool
is_furniture(struct reading *r, xmlNode *node)
{
	struct str classes = get(r, node, "class"), class;
	bool more = true;

	if (xmlHasProp(node, (const xmlChar *)"hidden") != NULL)
		return true;
	while (more && classes.n > 0) {
		more = str_cut(&classes, ' ', &class);
		if (has_word(
			"breadcrumb breadcrumbs share sharing share-buttons "
			"social social-share comments pagination skip-link "
			"sr-only visually-hidden screen-reader-text "
			"headerlink heading-anchor anchor-link post-meta "
			"entry-meta byline cookie-banner navheader "
			"navfooter navbar nav sharedaddy post-navigation",
			class))
			return true;
	}
	return str_eq(get(r, node, "role"), STR("navigation"));
}

/* Whether an element and what is in it are no part of the text. */
static bool
is_left_out(struct reading *r, xmlNode *node)
{
	if (node == r->main)
		return false;
	if (node == r->heading)
		return true;
	if (has_word("script style noscript template form button select "
		     "textarea input svg head title",
		name_of(node)))
		return true;
	if (is_element(node, "a") &&
	    has_word(get(r, node, "rel").p, STR("tag")))
		return true;
	if (has_word("nav header footer aside", name_of(node)))
		return !is_related(r, node);
	return is_furniture(r, node);
}

static void
add_start_tag(struct reading *r, xmlNode *node)
{
	buf_addf(&r->out, "<%s", node->name);
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		const char *name = (const char *)a->name;

		if (!has_word("href src data-src alt title class lang start "
			      "width height type value max data",
			str_from_c(name)))
			continue;
		buf_addf(&r->out, " %s=\"", name);
		xml_add_text(&r->out, get(r, node, name));
		buf_add_char(&r->out, '"');
	}
	buf_add_char(&r->out, '>');
}

/* Add the end tags of node and of those around it that end with it. */
static void
add_end_tags(struct reading *r, const xmlNode *node, const xmlNode *root)
{
	for (;;) {
		if (node->type == XML_ELEMENT_NODE &&
		    !has_word("area br col embed hr img input link meta source "
			      "track wbr",
			name_of(node)))
			buf_addf(&r->out, "</%s>", node->name);
		if (node == root || node->next != NULL)
			return;
		node = node->parent;
	}
}

/* Add a part of the document as tidy HTML. */
static void
add_tree(struct reading *r, xmlNode *root)
{
	xmlNode *node = root;
	bool is_out;

	while (node != NULL) {
		is_out = node->type == XML_ELEMENT_NODE && is_left_out(r, node);
		if (node->type == XML_ELEMENT_NODE && !is_out) {
			add_start_tag(r, node);
			if (node->children != NULL) {
				node = node->children;
				continue;
			}
		}
		if (node->type == XML_TEXT_NODE ||
		    node->type == XML_CDATA_SECTION_NODE)
			xml_add_text(
			    &r->out, str_from_c((const char *)node->content));
		if (is_out && node != root && node->next == NULL)
			add_end_tags(r, node->parent, root);
		else if (!is_out)
			add_end_tags(r, node, root);
		node = next_node(node, root, true);
	}
}

static xmlNode *
find_element(struct reading *r, xmlNode *root,
    bool (*is_it)(struct reading *, xmlNode *))
{
	for (xmlNode *node = root; node != NULL;
	     node = next_node(node, root, false))
		if (node->type == XML_ELEMENT_NODE && is_it(r, node))
			return node;
	return NULL;
}

static bool
is_article(struct reading *r, xmlNode *node)
{
	return is_element(node, "article") && !is_related(r, node->parent);
}

static bool
is_main(struct reading *r, xmlNode *node)
{
	return is_element(node, "main") ||
	    str_eq(get(r, node, "role"), STR("main"));
}

static bool
is_content(struct reading *r, xmlNode *node)
{
	struct str class = get(r, node, "class"), id = get(r, node, "id");

	return is_element(node, "div") &&
	    (has_word("content main post article", id) ||
		has_word("post-content entry-content article-body post-body "
			 "article-content h-entry",
		    class));
}

static bool
is_body(struct reading *r, xmlNode *node)
{
	(void)r;
	return is_element(node, "body");
}

static bool
is_any_heading(struct reading *r, xmlNode *node)
{
	return is_element(node, "h1") && text_of(r, node).n > 0;
}

/* The heading of the article; that of the site, in the body's header, is not.
 */
static bool
is_heading(struct reading *r, xmlNode *node)
{
	const xmlNode *above = node;

	while (
	    above != NULL && above != r->main && !is_element(above, "header"))
		above = above->parent;
	if (above != NULL && is_element(above, "header") && is_body(r, r->main))
		return false;
	return is_any_heading(r, node);
}

/* A title without the name of the site behind it. */
static struct str
without_site(struct str title)
{
	ptrdiff_t at = str_find_str(title, STR(" | "));

	return at > 0 ? str_first(title, (size_t)at) : title;
}

static bool
is_time(struct reading *r, xmlNode *node)
{
	return is_element(node, "time") && get(r, node, "datetime").n > 0;
}

/* The one article of the document; more than one are a list of them. */
static xmlNode *
find_main(struct reading *r, xmlNode *root)
{
	xmlNode *article = find_element(r, root, is_article), *node, *main;

	main = find_element(r, root, is_main);
	if (article != NULL) {
		node = article;
		while ((node = next_node(node, root, node == article)) != NULL)
			if (node->type == XML_ELEMENT_NODE &&
			    is_article(r, node) &&
			    node->parent == article->parent)
				break;
		if (node == NULL)
			return article;
	}
	if (main == NULL)
		main = find_element(r, root, is_content);
	if (main == NULL)
		main = find_element(r, root, is_body);
	return main != NULL ? main : root;
}

static bool
is_beneath(const xmlNode *node, const xmlNode *above)
{
	while (node != NULL && node != above)
		node = node->parent;
	return node != NULL;
}

static void
take_text(struct reading *r, xmlNode *root)
{
	struct html *html = r->html;
	xmlNode *time, *node;

	r->main = find_main(r, root);
	r->heading = find_element(r, r->main, is_heading);
	if (r->heading != NULL)
		html->title = text_of(r, r->heading);
	else if (r->meta_title.n > 0)
		html->title = r->meta_title;
	else if (html->title.n > 0)
		html->title = without_site(html->title);
	else if ((node = find_element(r, root, is_any_heading)) != NULL)
		html->title = text_of(r, node);
	time = find_element(r, r->main, is_time);
	if (html->date.n == 0 && time != NULL)
		html->date = get(r, time, "datetime");
	if (str_eq(html->summary, html->title))
		html->summary = STR("");
	add_tree(r, r->main);
	for (node = root; node != NULL;
	     node = next_node(node, root, node == r->main)) {
		if (node->type != XML_ELEMENT_NODE || !is_related(r, node) ||
		    is_beneath(r->main, node))
			continue;
		add_tree(r, node);
		break;
	}
}

/* The encoding to read text in; NULL: the one that it declares. */
static const char *
encoding_of(struct str text)
{
	struct str start = str_first(text, declared_within);

	if (str_find_str(start, STR("charset")) >= 0 &&
	    str_find_char(text, '\x1b') >= 0)
		return NULL;
	if (utf8_is_valid(text))
		return "UTF-8";
	if (str_find_str(start, STR("charset")) >= 0 ||
	    str_starts(text, STR("\xff\xfe")) ||
	    str_starts(text, STR("\xfe\xff")))
		return NULL;
	return "windows-1252";
}

/* The library would tell of encodings on stderr, without a place. */
static void __attribute__((format(printf, 2, 3)))
on_error(void *context, const char *format, ...)
{
	(void)context;
	(void)format;
}

int
html_read(struct html *html, struct arena *arena, struct str text)
{
	struct reading r = {.html = html, .arena = arena};
	xmlNode *root;

	*html = (struct html){
	    .tags = VEC_INIT(struct str), .authors = VEC_INIT(struct str)};
	if (text.n == 0 || text.n > html_size_max)
		return -1;
	xmlSetGenericErrorFunc(NULL, on_error);
	r.doc = htmlReadMemory(
	    text.p, (int)text.n, NULL, encoding_of(text), options);
	root = r.doc == NULL ? NULL : xmlDocGetRootElement(r.doc);
	if (root != NULL) {
		buf_init(&r.out, html_size_max);
		take_facts(&r, root);
		take_text(&r, root);
		html->content = arena_str(arena, buf_str(&r.out));
		buf_fini(&r.out);
	}
	if (r.doc != NULL)
		xmlFreeDoc(r.doc);
	return html->content.n > 0 ? 0 : -1;
}

void
html_fini(struct html *html)
{
	vec_fini(&html->tags);
	vec_fini(&html->authors);
}
