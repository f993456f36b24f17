/*
 * Which language a page is in, and what it has in common with its
 * translations.
 */
#include "publish/meta_field.h"

#include "publish/language.h"

enum { languages_max = 256 };

/* A language tag with '-' where some write '_', or an encoding's name behind a
 * dot; empty when it is none. */
static struct str
language_tag(const struct meta *meta, struct str text)
{
	ptrdiff_t dot = str_find_char(text, '.');
	struct str tag;
	char *p;

	text = str_trim(str_first(text, dot < 0 ? text.n : (size_t)dot));
	tag = arena_str(meta->arena, text);
	p = arena_alloc(meta->arena, tag.n + 1);
	for (size_t i = 0; i < tag.n; i++)
		p[i] = (char)(tag.p[i] == '_' ? '-' : tag.p[i]);
	tag.p = p;
	return language_is_valid(tag) ? tag : (struct str){0};
}

/* One language, or several with commas between them. */
static struct str
take_languages(const struct meta *meta, const struct meta_value *value)
{
	const struct yaml_node *node = value->node;
	struct str rest, tag, text = {0}, result;
	bool has_more = true;
	struct buf out;

	buf_init(&out, languages_max);
	if (node->kind == YAML_LIST)
		node = node->first;
	for (; node != NULL; node = node->next, has_more = true) {
		rest = meta_node_line(meta, node);
		while (has_more) {
			has_more = str_cut(&rest, ',', &text);
			tag = language_tag(meta, text);
			if (str_is_empty(tag)) {
				meta_warn(meta, value,
				    "write a language tag such as en or pt-BR",
				    "is no language and is ignored");
				continue;
			}
			if (out.n > 0)
				buf_add_char(&out, ',');
			buf_add(&out, tag);
		}
		if (value->node->kind != YAML_LIST)
			break;
	}
	result = arena_str(meta->arena, buf_str(&out));
	buf_fini(&out);
	return result;
}

/* The language as the file's name has it before its ending; empty when it has
 * none. */
static struct str
language_of_name(const struct name *name)
{
	ptrdiff_t dot = str_find_last_char(name->stem, '.');
	struct str tag = str_from_index(name->stem, (size_t)(dot + 1));

	return dot > 0 && language_is_named(tag) ? tag : (struct str){0};
}

/* The first folder where it is a language; else empty. */
static struct str
language_of_folder(const struct name *name)
{
	struct str rest = name->folder, first;

	str_cut(&rest, '/', &first);
	return language_is_named(first) ? first : (struct str){0};
}

/* What its translations share: the key that the author gives, or the path
 * without what it says of the language. */
static void
take_translation(struct meta *meta)
{
	const struct name *name = &meta->input->name;
	struct str folder = name->folder, stem = name->stem;
	struct str tag = language_of_folder(name);
	struct meta_value value;

	if (meta_find(meta, FIELD_TRANSLATION, &value) &&
	    value.node->kind == YAML_SCALAR) {
		meta->page.translation = meta_line(meta, &value);
		return;
	}
	if (tag.n > 0)
		folder = str_from_index(folder, tag.n + (folder.n > tag.n));
	tag = language_of_name(name);
	if (tag.n > 0)
		stem = str_first(stem, stem.n - tag.n - 1);
	if (name->is_index)
		stem = STR("index");
	meta->page.translation = arena_printf(meta->arena,
	    "/%" STR_FMT "/%" STR_FMT, STR_ARG(folder), STR_ARG(stem));
}

/* A page in the capsule's own language is like one that says nothing. */
void
meta_take_language(struct meta *meta)
{
	const struct name *name = &meta->input->name;
	struct str *lang = &meta->page.lang;
	struct meta_value value;
	bool is_own = meta_find_own(meta, FIELD_LANGUAGE, &value) &&
	    value.node->kind != YAML_MAP;

	if (is_own)
		*lang = take_languages(meta, &value);
	else
		*lang = language_of_name(name);
	if (str_is_empty(*lang) && !is_own &&
	    meta_find(meta, FIELD_LANGUAGE, &value) &&
	    value.node->kind != YAML_MAP)
		*lang = take_languages(meta, &value);
	if (str_is_empty(*lang))
		*lang = language_of_folder(name);
	if (str_eq_nocase(*lang, meta->input->site->language))
		*lang = (struct str){0};
	take_translation(meta);
}
