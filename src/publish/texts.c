/*
 * Back from a page's record to the texts behind it.
 */
#include "publish/texts.h"

#include "publish/words.h"

void
texts_fini(struct texts *texts)
{
	buf_fini(&texts->page);
	buf_fini(&texts->sidecar);
}

static bool
on_resolve(void *context, enum markdown_target kind, struct str target,
    struct buf *out)
{
	struct texts *texts = context;
	const struct link_target wanted = {
	    .page = texts->of, .kind = kind, .text = target};

	if (!links_resolve(texts->links, &wanted, out))
		return false;
	/* A place on the page itself, which gemtext has no name for. */
	if (str_find_char(target, '#') >= 0 &&
	    str_eq(buf_str(out), texts->of->url))
		buf_clear(out);
	return true;
}

bool
texts_init(struct texts *texts, struct render *r, const struct page *page)
{
	struct source *source = sources_find(r->sources, page->source);
	struct source *sidecar = sources_find_sidecar(r->sources, source);

	buf_init(&texts->page, meta_source_max);
	buf_init(&texts->sidecar, meta_source_max);
	texts->links = &r->links;
	texts->of = page;
	texts->input = (struct meta_input){
	    .site = r->site,
	    .path = source->path,
	    .file = source->path,
	    .name = source->name,
	    .resolve = on_resolve,
	    .resolve_context = texts,
	    .language = words_are_known(page->lang) ? page->lang : STR(""),
	    .sidecar_file = sidecar == NULL ? source->path : sidecar->path,
	    .defaults = texts->defaults,
	    .defaults_count = sources_find_defaults(r->sources,
		source->name.folder, texts->defaults, meta_defaults_max),
	};
	if (writer_find_source(r->writer, source->path, NULL, &texts->page) !=
		READER_FOUND ||
	    (sidecar != NULL &&
		writer_find_source(r->writer, sidecar->path, NULL,
		    &texts->sidecar) == READER_FAILED)) {
		diags_error(r->diags, (struct diag_place){.file = source->path},
		    "catalogue",
		    "remove the state folder's catalogue; it is made anew",
		    "the text of this page is missing in the catalogue");
		return false;
	}
	texts->input.text = buf_str(&texts->page);
	texts->input.sidecar = buf_str(&texts->sidecar);
	return true;
}
