/*
 * Finding a template for a page, and rendering with it.
 */
#include "publish/templates.h"

#include <assert.h>

#include "base/map.h"
#include "base/mem.h"
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

int
templates_add(struct templates *t, struct str path, struct str text,
    struct diag_place file, struct diags *diags)
{
	struct template *template;

	path = arena_str(&t->arena, path);
	text = arena_str(&t->arena, text);
	template = template_parse(&t->arena, file.file, text, diags);
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
	buf_add(&whole, name);
	buf_add(&whole, STR(".gmi"));
	want.name = buf_str(&whole);
	template = templates_find(search->templates, want);
	buf_fini(&whole);
	return template;
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
