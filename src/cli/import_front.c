/*
 * The front matter of imported pages, and capsule.yaml: in YAML, with our keys
 * where there are such, and with the others as they are.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cli/import.h"

enum { indent_columns = 2 };

static const struct {
	struct str theirs;
	struct str ours;
} renames[] = {
#define RENAME(theirs, ours) {STR_INIT(theirs), STR_INIT(ours)},
#include "cli/import_keys.def"
#undef RENAME
};

/* Keys that import writes itself. */
static bool
is_own(struct str key)
{
	static const struct str keys[] = {STR_INIT("draft"),
	    STR_INIT("published"), STR_INIT("aliases"), STR_INIT("alias"),
	    STR_INIT("redirect_from"), STR_INIT("permalink"), STR_INIT("url"),
	    STR_INIT("path"), STR_INIT("taxonomies")};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (yaml_key_eq(key, keys[i]))
			return true;
	return false;
}

/* Whether s can stand without quotes wherever a value can: letters, digits and
 * what is never YAML's. */
static bool
is_plain(struct str s)
{
	if (s.n == 0 || s.p[0] == '-' || s.p[0] == ' ' || s.p[s.n - 1] == ' ' ||
	    s.p[s.n - 1] == ':')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ':' && (i + 1 == s.n || s.p[i + 1] == ' '))
			return false;
		if (!ascii_is_alnum(s.p[i]) &&
		    memchr(" -_.:+/", s.p[i], STR(" -_.:+/").n) == NULL)
			return false;
	}
	return true;
}

void
import_add_scalar(struct str s, struct buf *out)
{
	uint32_t c;

	if (is_plain(s)) {
		buf_add(out, s);
		return;
	}
	buf_add_char(out, '"');
	while (utf8_next(&s, &c)) {
		if (c == '"' || c == '\\')
			buf_addf(out, "\\%c", (int)c);
		else if (c == '\n')
			buf_add(out, STR("\\n"));
		else if (code_point_is_control(c))
			buf_add_char(out, ' ');
		else
			utf8_add(out, c);
	}
	buf_add_char(out, '"');
}

static void
add_key(struct str key, size_t depth, struct buf *out)
{
	for (size_t i = 0; i < depth * indent_columns; i++)
		buf_add_char(out, ' ');
	import_add_scalar(key, out);
	buf_add_char(out, ':');
}

/* Whether a map has a value at key that is not node. */
static bool
has_other(
    const struct yaml_node *map, const struct yaml_node *node, struct str key)
{
	const struct yaml_node *found = yaml_find(map, key);

	return found != NULL && found != node;
}

/* Whether a value comes before node that becomes the same key. */
static bool
is_second(
    const struct yaml_node *map, const struct yaml_node *node, struct str ours)
{
	for (size_t i = 0; i < sizeof(renames) / sizeof(renames[0]); i++) {
		if (!str_eq(renames[i].ours, ours))
			continue;
		if (yaml_key_eq(renames[i].theirs, node->key))
			return false;
		if (has_other(map, node, renames[i].theirs))
			return true;
	}
	return false;
}

/* The key of ours for that of a member of map; its own when there is none, or
 * when the map has both. */
static struct str
our_key(const struct yaml_node *map, const struct yaml_node *node)
{
	struct str ours;

	for (size_t i = 0; i < sizeof(renames) / sizeof(renames[0]); i++) {
		ours = renames[i].ours;
		if (yaml_key_eq(renames[i].theirs, node->key))
			return has_other(map, node, ours) ||
				is_second(map, node, ours)
			    ? node->key
			    : ours;
	}
	return node->key;
}

/* A list or map that is being written. */
struct level {
	const struct yaml_node *next;
	enum yaml_kind kind;
};

static void
add_bracket(struct buf *out, enum yaml_kind kind, bool is_end)
{
	if (kind == YAML_LIST)
		buf_add_char(out, is_end ? ']' : '[');
	else
		buf_add_char(out, is_end ? '}' : '{');
}

/* Add a value in flow style, on one line. */
static void
add_value(const struct yaml_node *top, struct buf *out)
{
	struct level levels[yaml_depth_max];
	const struct yaml_node *node;
	size_t depth = 1;
	bool is_first = true;

	if (top->kind == YAML_SCALAR) {
		if (!yaml_is_null(top))
			import_add_scalar(top->text, out);
		return;
	}
	add_bracket(out, top->kind, false);
	levels[0] = (struct level){top->first, top->kind};
	while (depth > 0) {
		struct level *level = &levels[depth - 1];

		node = level->next;
		if (node == NULL) {
			add_bracket(out, level->kind, true);
			depth--;
			is_first = false;
			continue;
		}
		level->next = node->next;
		buf_add(out, is_first ? STR("") : STR(", "));
		is_first = false;
		if (level->kind == YAML_MAP) {
			import_add_scalar(node->key, out);
			buf_add(out, STR(": "));
		}
		if (node->kind == YAML_SCALAR) {
			import_add_scalar(node->text, out);
		} else if (depth < yaml_depth_max) {
			add_bracket(out, node->kind, false);
			levels[depth++] =
			    (struct level){node->first, node->kind};
			is_first = true;
		}
	}
}

/* Jekyll's tags in one text have spaces between. */
static void
add_words(const struct yaml_node *node, struct buf *out)
{
	struct str rest = str_trim(node->text), word;
	bool more = true;
	size_t n = 0;

	buf_add_char(out, '[');
	while (more) {
		more = str_cut(&rest, ' ', &word);
		if (word.n == 0)
			continue;
		buf_add(out, n++ == 0 ? STR("") : STR(", "));
		import_add_scalar(word, out);
	}
	buf_add_char(out, ']');
}

static bool
has_words(const struct import *import, const struct yaml_node *node)
{
	return import->engine == &import_jekyll && node->kind == YAML_SCALAR &&
	    (yaml_key_eq(node->key, STR("tags")) ||
		yaml_key_eq(node->key, STR("categories"))) &&
	    str_find_char(str_trim(node->text), ' ') >= 0 &&
	    str_find_char(node->text, ',') < 0;
}

static void
add_member(struct str key, const struct yaml_node *node, struct buf *out)
{
	add_key(key, 0, out);
	buf_add_char(out, ' ');
	add_value(node, out);
	buf_add_char(out, '\n');
}

static void
add_text(const char *key, struct str text, struct buf *out)
{
	if (text.n == 0)
		return;
	buf_addf(out, "%s: ", key);
	import_add_scalar(text, out);
	buf_add_char(out, '\n');
}

static bool
is_draft(const struct import_page *page)
{
	bool flag;

	if (page->is_draft)
		return true;
	if (yaml_to_bool(import_get(page->meta, STR("draft")), &flag) && flag)
		return true;
	return yaml_to_bool(import_get(page->meta, STR("published")), &flag) &&
	    !flag;
}

/* Zola's taxonomies become keys of their own. */
static void
add_taxonomies(const struct yaml_node *map, struct buf *out)
{
	const struct yaml_node *terms = yaml_find(map, STR("taxonomies"));

	if (terms == NULL || terms->kind != YAML_MAP)
		return;
	for (const struct yaml_node *n = terms->first; n != NULL; n = n->next)
		if (!has_other(map, NULL, n->key))
			add_member(n->key, n, out);
}

static void
add_aliases(const struct import_page *page, struct buf *out)
{
	size_t n = 0;

	VEC_EACH (struct str, alias, &page->aliases) {
		buf_add(out, n++ == 0 ? STR("aliases:\n") : STR(""));
		buf_add(out, STR("  - "));
		import_add_scalar(*alias, out);
		buf_add_char(out, '\n');
	}
}

void
import_add_front(
    struct import *import, const struct import_page *page, struct buf *out)
{
	struct buf keys;

	buf_init(&keys, import_file_max);
	if (page->meta != NULL) {
		for (const struct yaml_node *n = page->meta->first; n != NULL;
		     n = n->next)
			if (!is_own(n->key) && has_words(import, n)) {
				add_key(n->key, 0, &keys);
				buf_add_char(&keys, ' ');
				add_words(n, &keys);
				buf_add_char(&keys, '\n');
			} else if (!is_own(n->key)) {
				add_member(our_key(page->meta, n), n, &keys);
			}
		add_taxonomies(page->meta, &keys);
	}
	if (is_draft(page))
		buf_add(&keys, STR("draft: true\n"));
	add_text("url", page->own_url, &keys);
	add_aliases(page, &keys);
	if (keys.n > 0 || page->kind == IMPORT_HTML) {
		buf_add(out, STR("---\n"));
		buf_add(out, buf_str(&keys));
		buf_add(out, STR("---\n"));
	}
	buf_fini(&keys);
}

/* The first of keys, which spaces separate, in the configuration or in its
 * params. */
static struct str
find_config(const struct yaml_node *config, const char *keys)
{
	const struct yaml_node *maps[] = {config,
	    yaml_find(config, STR("params")), yaml_find(config, STR("extra"))};
	struct str rest = str_from_c(keys), key, value;
	bool more = true;

	while (more) {
		more = str_cut(&rest, ' ', &key);
		for (size_t i = 0; i < sizeof(maps) / sizeof(maps[0]); i++) {
			value = import_get(maps[i], key);
			if (value.n > 0)
				return value;
		}
	}
	return STR("");
}

static void
add_author(const struct yaml_node *config, struct buf *out)
{
	static const struct str keys[] = {
	    STR_INIT("name"), STR_INIT("email"), STR_INIT("url")};
	const struct yaml_node *author = yaml_find(config, STR("author"));
	const struct yaml_node *params = yaml_find(config, STR("params"));
	struct str value;
	size_t n = 0;

	if (author == NULL && params != NULL)
		author = yaml_find(params, STR("author"));
	if (author != NULL && author->kind == YAML_LIST)
		author = author->first;
	if (author == NULL)
		return;
	if (author->kind == YAML_SCALAR) {
		if (author->text.n > 0) {
			buf_add(out, STR("author: {name: "));
			import_add_scalar(author->text, out);
			buf_add(out, STR("}\n"));
		}
		return;
	}
	if (import_get(author, keys[0]).n == 0)
		return;
	buf_add(out, STR("author: {"));
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		value = import_get(author, keys[i]);
		if (value.n == 0)
			continue;
		buf_addf(out, "%s%" STR_FMT ": ", n++ == 0 ? "" : ", ",
		    STR_ARG(keys[i]));
		import_add_scalar(value, out);
	}
	buf_add(out, STR("}\n"));
}

/* Hugo's main menu. */
static void
add_navigation(struct import *import, struct buf *out)
{
	/* The paths are those that readers know, as in gemtext. */
	static const struct import_page nowhere = {
	    .kind = IMPORT_HTML, .source = STR_INIT("")};
	const struct yaml_node *menu = yaml_find(import->config, STR("menu"));
	struct str url, title;
	size_t n = 0;

	if (menu == NULL)
		menu = yaml_find(import->config, STR("menus"));
	if (menu != NULL)
		menu = yaml_find(menu, STR("main"));
	if (menu == NULL || menu->kind != YAML_LIST)
		return;
	for (menu = menu->first; menu != NULL; menu = menu->next) {
		url = import_get(menu, STR("url"));
		if (url.n == 0)
			url = import_get(menu, STR("pageRef"));
		title = import_get(menu, STR("name"));
		if (url.n == 0 || title.n == 0)
			continue;
		buf_add(out, n++ == 0 ? STR("navigation:\n") : STR(""));
		buf_add(out, STR("  - title: "));
		import_add_scalar(title, out);
		buf_add(out, STR("\n    path: \""));
		import_add_link(import, &nowhere, url, out);
		buf_add(out, STR("\"\n"));
	}
}

void
import_add_capsule(struct import *import, struct buf *out)
{
	const struct yaml_node *config = import->config;
	struct str zone;
	char *zone_c;

	if (config == NULL || config->kind != YAML_MAP) {
		add_text("title", import->title, out);
		add_text("language", import->language, out);
		return;
	}
	add_text("title", find_config(config, "title site_title name"), out);
	add_text("subtitle",
	    find_config(config, "subtitle tagline description"), out);
	if (import->host.n > 0)
		buf_addf(out, "url: gemini://%" STR_FMT "/\n",
		    STR_ARG(import->host));
	add_text("language",
	    find_config(config,
		"languageCode defaultContentLanguage default_language lang "
		"locale language"),
	    out);
	zone = find_config(config, "timeZone timezone");
	zone_c = str_to_c(zone);
	if (zone.n > 0 && date_zone_exists(zone_c))
		add_text("timezone", zone, out);
	mem_free(zone_c);
	add_author(config, out);
	add_text("license", find_config(config, "copyright license"), out);
	add_navigation(import, out);
}
