/*
 * Finding a template for a page, and rendering with it.
 */
#include "publish/templates.h"

#include <assert.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/nearest.h"
#include "publish/print.h"

struct templates {
	struct arena arena;
	struct map own; /* path -> struct template */
	struct map builtin; /* name -> struct template */
	struct fingerprint print;
};

/* Where partials are looked for during one render. */
struct search {
	const struct templates *templates;
	struct str folder;
};

static void
add_print(struct templates *t, struct str name, struct str text)
{
	struct print print;
	struct fingerprint one;

	/* A sum, as the order in which files are met means nothing. */
	print_start(&print);
	print_add(&print, name);
	print_add(&print, text);
	one = print_end(&print);
	t->print.high += one.high;
	t->print.low += one.low;
}

struct templates *
templates_new(void)
{
	struct templates *t = mem_alloc(sizeof(*t));
	const struct embedded_file *file;
	struct template *template;
	struct diags diags;

	diags_init(&diags);
	for (size_t i = 0; i < builtin_templates.count; i++) {
		file = &builtin_templates.files[i];
		template =
		    template_parse(&t->arena, file->path, file->bytes, &diags);
		assert(template != NULL);
		map_put(&t->builtin, file->path, template);
		add_print(t, file->path, file->bytes);
	}
	diags_fini(&diags);
	return t;
}

void
templates_free(struct templates **templates)
{
	if (*templates == NULL)
		return;
	map_fini(&(*templates)->own);
	map_fini(&(*templates)->builtin);
	arena_fini(&(*templates)->arena);
	mem_free(*templates);
	*templates = NULL;
}

static struct str
file_of(struct str path)
{
	return str_from_index(
	    path, (size_t)(str_find_last_char(path, '/') + 1));
}

/* Whether the inside of a tag is written for another engine: a filter, a call,
 * a field of Go's, trimming of blanks, a word behind another. */
static bool
is_foreign_tag(struct str tag)
{
	tag = str_trim(tag);
	if (tag.n == 0 || str_find_char(STR("!=#^/>&{"), tag.p[0]) >= 0)
		return false;
	if (tag.p[0] == '-' || tag.p[tag.n - 1] == '-')
		return true;
	if (tag.n > 1 && tag.p[0] == '.')
		return true;
	for (size_t i = 0; i < tag.n; i++)
		if (str_find_char(STR(" \t|()[]\"'$:"), tag.p[i]) >= 0)
			return true;
	return false;
}

/* Whether text is a template of Tera, Jinja, Liquid, Nunjucks or Go. */
static bool
is_foreign_text(struct str text)
{
	struct str rest = text;
	ptrdiff_t at;

	if (str_find_str(text, STR("{%")) >= 0)
		return true;
	while ((at = str_find_str(rest, STR("{{"))) >= 0) {
		rest = str_from_index(rest, (size_t)at + 2);
		at = str_find_str(rest, STR("}}"));
		if (at < 0)
			return false;
		if (is_foreign_tag(str_first(rest, (size_t)at)))
			return true;
	}
	return false;
}

/* Whether the file at path is no template of ours. Gemtext is; other files are
 * when they bear the name of a built-in one or parse as Mustache. */
static bool
is_foreign(struct templates *t, struct str path, struct str text)
{
	struct arena arena = {0};
	struct diags silent;
	bool is_template;

	if (str_ends(path, STR(".gmi")))
		return false;
	if (is_foreign_text(text))
		return true;
	if (map_find(&t->builtin, file_of(path)) != NULL)
		return false;
	diags_init(&silent);
	is_template = template_parse(&arena, path, text, &silent) != NULL;
	diags_fini(&silent);
	arena_fini(&arena);
	return !is_template;
}

int
templates_add(struct templates *t, struct str path, struct str text,
    struct str file, struct diags *diags)
{
	struct template *template;

	if (is_foreign(t, path, text))
		return 0;
	path = arena_str(&t->arena, path);
	text = arena_str(&t->arena, text);
	template =
	    template_parse(&t->arena, arena_str(&t->arena, file), text, diags);
	if (template == NULL)
		return -1;
	map_put(&t->own, path, template);
	add_print(t, path, text);
	return 0;
}

/* The capsule's own template for a folder or the nearest one above it. */
static const struct template *
find_own(const struct templates *t, struct template_want want)
{
	const struct template *template;
	struct str folder = want.folder;
	ptrdiff_t slash;
	struct buf path;

	while (map_count(&t->own) > 0) {
		buf_init(&path, SIZE_MAX);
		buf_add(&path, folder);
		if (folder.n > 0)
			buf_add_char(&path, '/');
		buf_add(&path, want.name);
		template = map_find(&t->own, buf_str(&path));
		buf_fini(&path);
		if (template != NULL || folder.n == 0)
			return template;
		slash = str_find_last_char(folder, '/');
		folder = str_first(folder, slash < 0 ? 0 : (size_t)slash);
	}
	return NULL;
}

const struct template *
templates_find(const struct templates *t, struct template_want want)
{
	const struct template *template = find_own(t, want);

	return template != NULL ? template : map_find(&t->builtin, want.name);
}

bool
templates_has_own(const struct templates *t, struct template_want want)
{
	return find_own(t, want) != NULL;
}

bool
templates_are_own(const struct templates *t)
{
	return map_count(&t->own) > 0;
}

/* Add the file name of a partial. */
static void
add_partial_name(struct buf *out, struct str name)
{
	buf_add(out, name);
	if (str_find_char(name, '.') < 0)
		buf_add(out, STR(".gmi"));
}

static const struct template *
on_partial(void *context, struct str name)
{
	const struct search *search = context;
	struct template_want want = {search->folder, name};
	const struct template *template;
	struct buf whole;

	if (str_find_char(name, '.') >= 0)
		return templates_find(search->templates, want);
	buf_init(&whole, SIZE_MAX);
	add_partial_name(&whole, name);
	want.name = buf_str(&whole);
	template = templates_find(search->templates, want);
	buf_fini(&whole);
	return template;
}

/* Whether any page finds a template of that name. */
static bool
is_known(const struct templates *t, struct str name)
{
	if (map_find(&t->builtin, name) != NULL || map_find(&t->own, name))
		return true;
	MAP_EACH(entry, &t->own)
	if (str_eq(file_of(entry->key), name))
		return true;
	return false;
}

struct check {
	const struct templates *templates;
	struct diags *diags;
};

/* A file name without the ending that all gemtext templates share. */
static struct str
stem_of(struct str name)
{
	static const struct str ending = STR_INIT(".gmi");

	return str_ends(name, ending) ? str_first(name, name.n - ending.n)
				      : name;
}

/* The template that a partial of an unknown name may mean, or empty. */
static struct str
nearest_template(const struct templates *t, struct str name)
{
	struct nearest nearest = nearest_to(stem_of(name));

	MAP_EACH(entry, &t->builtin)
	nearest_try(&nearest, stem_of(entry->key));
	MAP_EACH(entry, &t->own)
	nearest_try(&nearest, stem_of(file_of(entry->key)));
	return nearest.best;
}

static void
on_named_partial(void *context, struct str name, struct diag_place place)
{
	const struct check *check = context;
	struct str nearest;
	struct buf whole;

	buf_init(&whole, SIZE_MAX);
	add_partial_name(&whole, name);
	if (!is_known(check->templates, buf_str(&whole))) {
		nearest = nearest_template(check->templates, name);
		diags_warning(check->diags, place, "template",
		    "add it to templates/, or correct the tag",
		    "there is no template %" STR_FMT " to put here%s%" STR_FMT
		    "%s",
		    STR_ARG(buf_str(&whole)),
		    nearest.n > 0 ? ", did you mean " : "", STR_ARG(nearest),
		    nearest.n > 0 ? "?" : "");
	}
	buf_fini(&whole);
}

void
templates_check(const struct templates *t, struct str path, struct diags *diags)
{
	const struct template *template = map_find(&t->own, path);
	struct check check = {t, diags};

	if (template != NULL)
		template_each_partial(template, on_named_partial, &check);
}

struct str
templates_purpose(struct str text)
{
	static const struct str open = STR_INIT("{{!"), close = STR_INIT("}}");
	struct str line = {"", 0};

	str_next_line(&text, &line);
	if (!str_starts(line, open) || !str_ends(line, close))
		return str_first(line, 0);
	line = str_from_index(line, open.n);
	return str_trim(str_first(line, line.n - close.n));
}

int
templates_render(const struct templates *t, struct template_want want,
    const struct value *data, struct buf *out)
{
	struct search search = {t, want.folder};
	struct template_library library = {on_partial, &search};
	const struct template *template = templates_find(t, want);

	assert(template != NULL);
	return template_render(template, data, &library, out);
}

struct fingerprint
templates_print(const struct templates *t)
{
	return t->print;
}
