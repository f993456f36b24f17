/*
 * The metadata of files that are no pages. That of pages is read by meta.
 */
#include "publish/asset.h"

#include "base/mem.h"
#include "text/gemtext.h"

void
asset_fini(struct asset *asset)
{
	mem_free(asset->title);
	mem_free(asset->access);
	*asset = (struct asset){.title = NULL};
}

/* NULL for an empty text. */
static char *
copy(struct str text)
{
	return str_is_empty(text) ? NULL : str_to_c(text);
}

static char *
read_title(const struct meta_input *input, struct arena *arena)
{
	struct yaml_input yaml = {
	    .text = input->sidecar,
	    .first_line = 1,
	};
	const struct yaml_node *title;
	struct diags silent;
	struct buf line;
	char *result;

	diags_init(&silent);
	buf_init(&line, yaml_size_max);
	title = yaml_find(yaml_parse(arena, &yaml, &silent), STR("title"));
	if (title != NULL && title->kind == YAML_SCALAR && !yaml_is_null(title))
		gemtext_add_line_part(&line, title->text);
	result = copy(buf_str(&line));
	buf_fini(&line);
	diags_fini(&silent);
	return result;
}

void
asset_read(
    struct asset *asset, const struct meta_input *input, struct diags *diags)
{
	size_t errors = diags->errors;
	struct arena arena = {0};
	struct str access = meta_access(input, &arena, diags);

	if (diags->errors == errors) {
		asset_fini(asset);
		asset->title = read_title(input, &arena);
		asset->access = copy(access);
		asset->is_known = true;
	} else if (!asset->is_known && asset->access == NULL) {
		asset->access = str_to_c(STR("owners"));
	}
	arena_fini(&arena);
}
