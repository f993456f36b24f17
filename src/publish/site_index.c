/*
 * The index pages that capsule.yaml asks for. What stands on them is for
 * pages_chosen.
 */
#include "publish/site_index.h"

#include "base/utf8.h"
#include "proto/url.h"
#include "publish/language.h"
#include "publish/name.h"
#include "publish/site_parse.h"
#include "text/fold.h"
#include "text/gemtext.h"

enum { intro_max = 16 * 1024, values_max = 100, year_max = 9999 };

static const struct str choice_keys[] = {
#define CHOICE(id, key) [INDEX_##id] = STR_INIT(key),
#include "publish/site_index.def"
#undef CHOICE
    STR_INIT("not"),
    {0},
};

static const struct str entry_keys[] = {
    STR_INIT("path"),
    STR_INIT("title"),
    STR_INIT("intro"),
    STR_INIT("select"),
    STR_INIT("sort"),
    STR_INIT("group"),
    STR_INIT("limit"),
    STR_INIT("template"),
    STR_INIT("feed"),
    {0},
};

void
site_index_fini(struct site_index *index)
{
	for (int i = 0; i < INDEX_CHOICE_COUNT; i++) {
		vec_fini(&index->only[i]);
		vec_fini(&index->never[i]);
	}
}

/* The URL of a folder that an author names with or without slashes. */
static struct str
folder_url(struct arena *arena, struct str folder)
{
	struct str result;
	struct buf url;

	while (str_starts(folder, STR("/")))
		folder = str_from_index(folder, 1);
	while (str_ends(folder, STR("/")))
		folder = str_first(folder, folder.n - 1);
	buf_init(&url, SIZE_MAX);
	name_add_folder_url(&url, folder);
	result = arena_str(arena, buf_str(&url));
	buf_fini(&url);
	return result;
}

/* Turn the text of a choice into what pages are compared with. False, told,
 * when it is none. */
static bool
read_value(const struct site_parse *parse, enum index_choice choice,
    const struct yaml_node *node, struct index_value *value)
{
	struct arena *arena = &parse->site->arena;
	const struct site_author *author;
	uint64_t year = 0;

	value->text = site_take_text(parse, node);
	switch (choice) {
	case INDEX_AUTHOR:
		author = site_find_author(parse->site, value->text);
		value->text = author != NULL
		    ? author->path
		    : fold_term_path(arena, value->text);
		break;
	case INDEX_TAG:
		if (str_starts(value->text, STR("#")))
			value->text = str_from_index(value->text, 1);
		value->text = fold_term_path(arena, value->text);
		break;
	case INDEX_CATEGORY:
	case INDEX_SERIES:
		value->text = fold_term_path(arena, value->text);
		break;
	case INDEX_FOLDER:
		if (!str_is_empty(value->text))
			value->text = folder_url(arena, value->text);
		break;
	case INDEX_YEAR:
		if (!str_to_u64(value->text, year_max, &year))
			value->text.n = 0;
		value->year = (int)year;
		break;
	case INDEX_LANG:
		if (!language_is_valid(value->text))
			value->text.n = 0;
		break;
	case INDEX_CHOICE_COUNT:
		break;
	}
	if (!str_is_empty(value->text))
		return true;
	site_error(parse, node,
	    choice == INDEX_YEAR       ? "write a year such as 2026"
		: choice == INDEX_LANG ? "write a language tag such as en"
				       : "write a name, or a list of names",
	    "names nothing");
	return false;
}

static void
add_value(const struct site_parse *parse, enum index_choice choice,
    const struct yaml_node *node, struct vec *values)
{
	struct index_value value = {.year = 0};

	if (!read_value(parse, choice, node, &value))
		return;
	if (values->n < values_max)
		*(struct index_value *)vec_add(values) = value;
	else
		site_error(parse, node, "write several indexes instead",
		    "is one name too many");
}

/* The choices in one map, `select` or its `not`. */
static void
take_choices(const struct site_parse *parse, const struct yaml_node *map,
    struct vec *values)
{
	const struct yaml_node *node;

	for (int i = 0; i < INDEX_CHOICE_COUNT; i++) {
		node = yaml_find(map, choice_keys[i]);
		if (node == NULL || yaml_is_null(node))
			continue;
		if (node->kind != YAML_LIST) {
			add_value(
			    parse, (enum index_choice)i, node, &values[i]);
			continue;
		}
		for (const struct yaml_node *n = node->first; n != NULL;
		     n = n->next)
			add_value(parse, (enum index_choice)i, n, &values[i]);
	}
}

static void
take_select(const struct site_parse *parse, const struct yaml_node *node,
    struct site_index *index)
{
	const struct yaml_node *never = yaml_find(node, STR("not"));

	if (!site_is_map(parse, node, "write {tag: …, category: …}"))
		return;
	site_check_keys(parse, node, choice_keys, true);
	take_choices(parse, node, index->only);
	if (!site_is_map(parse, never, "write {tag: …, category: …}"))
		return;
	site_check_keys(parse, never, choice_keys, true);
	take_choices(parse, never, index->never);
}

/* A path with slashes at both ends, as the catalogue writes it; empty, told,
 * when it is none. */
static struct str
take_path(const struct site_parse *parse, const struct yaml_node *entry)
{
	const struct yaml_node *node = yaml_find(entry, STR("path"));
	struct str text = site_take_text(parse, node), last, path = {0};
	struct buf whole, key;

	if (str_is_empty(text)) {
		if (node == NULL || node->kind == YAML_SCALAR)
			site_error(parse, node == NULL ? entry : node,
			    "write path: /some/name/", "has no path");
		return path;
	}
	buf_init(&whole, url_max);
	buf_init(&key, url_max);
	if (text.p[0] != '/')
		buf_add_char(&whole, '/');
	buf_add(&whole, text);
	last = str_from_index(buf_str(&whole),
	    (size_t)str_find_last_char(buf_str(&whole), '/') + 1);
	if (last.n > 0 && str_find_char(last, '.') < 0)
		buf_add_char(&whole, '/');
	if (str_find_str(buf_str(&whole), STR("//")) < 0 &&
	    str_find_char(buf_str(&whole), '?') < 0 &&
	    str_find_char(buf_str(&whole), '#') < 0 &&
	    str_ends(buf_str(&whole), STR("/")) && !whole.full &&
	    url_add_path_key(&key, buf_str(&whole)) == URL_PATH_OK && !key.full)
		path = arena_str(&parse->site->arena, buf_str(&key));
	else
		site_error(parse, node, "write it as /some/name/",
		    "is no path of a folder");
	buf_fini(&whole);
	buf_fini(&key);
	return path;
}

/* The path's last part as words. */
static struct str
title_from_path(const struct site_parse *parse, struct str path)
{
	struct str stem = str_first(path, path.n - 1), title;
	struct buf name;

	if (str_is_empty(stem))
		return parse->site->title;
	buf_init(&name, url_max);
	url_add_decoded(&name,
	    str_from_index(stem, (size_t)str_find_last_char(stem, '/') + 1));
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '-' || name.p[i] == '_')
			name.p[i] = ' ';
	if (name.n > 0 && name.p[0] >= 'a' && name.p[0] <= 'z')
		name.p[0] = (char)(name.p[0] - 'a' + 'A');
	title = arena_str(&parse->site->arena, buf_str(&name));
	buf_fini(&name);
	return title;
}

static void
take_sort(const struct site_parse *parse, const struct yaml_node *node,
    struct site_index *index)
{
	static const struct str words[] = {
	    [SORT_DATE] = STR_INIT("date"),
	    [SORT_UPDATED] = STR_INIT("updated"),
	    [SORT_TITLE] = STR_INIT("title"),
	    [SORT_WEIGHT] = STR_INIT("weight"),
	    {0},
	};
	struct yaml_node word;

	index->is_descending = true;
	if (node == NULL || yaml_is_null(node))
		return;
	word = *node;
	if (node->kind == YAML_SCALAR) {
		word.text = str_trim(node->text);
		index->is_descending = str_starts(word.text, STR("-"));
		if (index->is_descending)
			word.text = str_from_index(word.text, 1);
	}
	index->sort =
	    (enum index_sort)site_take_word(parse, &word, words, SORT_DATE);
}

static void
take_group(const struct site_parse *parse, const struct yaml_node *node,
    struct site_index *index)
{
	static const struct str words[] = {
	    [GROUP_NONE] = STR_INIT("none"),
	    [GROUP_YEAR] = STR_INIT("year"),
	    [GROUP_MONTH] = STR_INIT("month"),
	    [GROUP_TAG] = STR_INIT("tag"),
	    [GROUP_CATEGORY] = STR_INIT("category"),
	    [GROUP_AUTHOR] = STR_INIT("author"),
	    {0},
	};

	index->group =
	    (enum index_group)site_take_word(parse, node, words, GROUP_NONE);
}

static void
take_template(const struct site_parse *parse, const struct yaml_node *node,
    struct site_index *index)
{
	struct str name = site_take_text(parse, node);

	index->template = STR("list.gmi");
	if (str_is_empty(name))
		return;
	for (size_t i = 0; i < name.n; i++) {
		if (ascii_is_alnum(name.p[i]) ||
		    str_find_char(STR("-_."), name.p[i]) >= 0)
			continue;
		site_error(parse, node, "write a name such as list",
		    "is no name of a template");
		return;
	}
	index->template = str_ends(name, STR(".gmi"))
	    ? name
	    : arena_printf(
		  &parse->site->arena, "%" STR_FMT ".gmi", STR_ARG(name));
}

/* Text of any number of lines, each as it is written. */
static struct str
take_intro(const struct site_parse *parse, const struct yaml_node *node)
{
	struct str intro;
	struct buf text;

	if (node == NULL || yaml_is_null(node))
		return (struct str){0};
	if (node->kind != YAML_SCALAR) {
		site_error(parse, node, "write text here, with | for lines",
		    "is a list or a map");
		return (struct str){0};
	}
	buf_init(&text, yaml_size_max);
	gemtext_add_body(&text, utf8_first(str_trim(node->text), intro_max));
	intro = str_trim(buf_str(&text));
	intro = arena_str(&parse->site->arena, intro);
	buf_fini(&text);
	return intro;
}

static bool
is_taken(const struct site *site, struct str path)
{
	VEC_EACH (struct site_index, other, &site->indexes)
		if (str_eq(other->path, path))
			return true;
	return false;
}

static void
read_entry(const struct site_parse *parse, const struct yaml_node *entry,
    struct site_index *index)
{
	const struct yaml_node *path = yaml_find(entry, STR("path"));

	site_check_keys(parse, entry, entry_keys, false);
	index->path = take_path(parse, entry);
	if (str_is_empty(index->path))
		return;
	index->place.line = path->line;
	index->place.column = path->column;
	if (is_taken(parse->site, index->path))
		site_error(parse, path, "give one of them another path",
		    "is that of an index above");
	index->title = site_take_member(parse, entry, STR("title"));
	if (str_is_empty(index->title))
		index->title = title_from_path(parse, index->path);
	index->intro = take_intro(parse, yaml_find(entry, STR("intro")));
	take_select(parse, yaml_find(entry, STR("select")), index);
	take_sort(parse, yaml_find(entry, STR("sort")), index);
	take_group(parse, yaml_find(entry, STR("group")), index);
	index->limit = site_take_number(
	    parse, yaml_find(entry, STR("limit")), site_index_limit_max, 0);
	take_template(parse, yaml_find(entry, STR("template")), index);
	index->has_feed =
	    site_take_bool(parse, yaml_find(entry, STR("feed")), false);
}

static void
take_entry(const struct site_parse *parse, const struct yaml_node *entry)
{
	size_t errors = parse->diags->errors;
	struct site_index index = {.limit = 0};

	if (entry->kind != YAML_MAP) {
		site_error(parse, entry, "write {path: /name/, select: {…}}",
		    "is no map of keys and values");
		return;
	}
	for (int i = 0; i < INDEX_CHOICE_COUNT; i++) {
		vec_init(&index.only[i], sizeof(struct index_value));
		vec_init(&index.never[i], sizeof(struct index_value));
	}
	read_entry(parse, entry, &index);
	if (parse->diags->errors == errors)
		*(struct site_index *)vec_add(&parse->site->indexes) = index;
	else
		site_index_fini(&index);
}

void
site_take_indexes(const struct site_parse *parse, const struct yaml_node *node)
{
	if (node == NULL || yaml_is_null(node))
		return;
	if (node->kind != YAML_LIST) {
		site_error(parse, node,
		    "write a list of {path: /name/, select: {…}}",
		    "is no list");
		return;
	}
	for (const struct yaml_node *n = node->first; n != NULL; n = n->next) {
		if (parse->site->indexes.n == site_indexes_max) {
			site_error(parse, n, "write fewer of them",
			    "is one index too many");
			return;
		}
		take_entry(parse, n);
	}
}
