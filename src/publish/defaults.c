/*
 * The metadata that a folder gives to its pages. How it joins theirs is meta's
 * to say.
 */
#include "publish/defaults.h"

#include "base/mem.h"
#include "publish/print.h"

struct defaults {
	struct arena arena; /* for what follows */
	struct meta_defaults members;
};

/* The path of any page in the folder of the defaults at path. */
static struct str
page_beside(struct arena *arena, struct str path)
{
	return arena_printf(arena, "%" STR_FMT "page.gmi",
	    STR_ARG(str_first(path, path.n - STR(NAME_DEFAULTS_FILE).n)));
}

struct defaults *
defaults_parse(const struct defaults_input *input, struct diags *diags)
{
	struct defaults *defaults = mem_alloc(sizeof(*defaults));
	struct str page = page_beside(&defaults->arena, input->path);
	struct print print;

	print_start(&print);
	print_add(&print, input->text);
	defaults->members = (struct meta_defaults){
	    .file = arena_str(&defaults->arena, input->file),
	    .print = print_end(&print),
	};
	defaults->members.map = meta_parse_defaults(
	    &(struct meta_input){
		.site = input->site,
		.path = page,
		.file = input->file,
		.name = name_parse(page),
		.sidecar = input->text,
		.sidecar_file = input->file,
	    },
	    &defaults->arena, diags);
	if (defaults->members.map == NULL)
		defaults_free(&defaults);
	return defaults;
}

void
defaults_free(struct defaults **defaults)
{
	if (*defaults == NULL)
		return;
	arena_fini(&(*defaults)->arena);
	mem_free(*defaults);
	*defaults = NULL;
}

struct meta_defaults
defaults_get(const struct defaults *defaults)
{
	return defaults->members;
}
