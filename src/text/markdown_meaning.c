/*
 * Which tag of a template engine means what. Each becomes Markdown or HTML that
 * says the same, or nothing, and then there is a warning.
 */
#include "text/markdown_meaning.h"

#include <stdlib.h>

#include "text/markdown_callout.h"
#include "text/markdown_target.h"

enum {
	name_max = 48,
	shown_max = 60, /* bytes of a tag in a message */
};

static void
warn(struct markdown_reader *r, const struct markdown_shortcode *code)
{
	struct str tag = str_first(markdown_reader_rest(r), code->length);
	struct str line = {"", 0};

	if (code->is_end)
		return;
	str_next_line(&tag, &line);
	diags_warning(r->diags, markdown_reader_place(r), "unknown-shortcode",
	    "write it as Markdown; the tag is left out",
	    "the tag \"%" STR_FMT "\" is not known",
	    STR_ARG(str_first(line, shown_max)));
}

struct meaning {
	const char *name;
	markdown_on_shortcode *on_shortcode;
};

static const struct meaning meanings[] = {
#define MEANING(name, meaning) {name, markdown_on_##meaning},
#include "text/markdown_meaning.def"
#undef MEANING
};

static int
compare_meaning(const void *key, const void *item)
{
	const struct str *name = key;
	const struct meaning *meaning = item;

	return str_cmp(*name, str_from_c(meaning->name));
}

static markdown_on_shortcode *
find_by_name(struct str name)
{
	char lower[name_max];
	struct str key = {lower, name.n};
	const struct meaning *found;

	if (name.n > name_max)
		return NULL;
	for (size_t i = 0; i < name.n; i++)
		lower[i] = name.p[i] == '_' ? '-' : ascii_to_lower(name.p[i]);
	found = bsearch(&key, meanings, sizeof(meanings) / sizeof(meanings[0]),
	    sizeof(meanings[0]), compare_meaning);
	return found == NULL ? NULL : found->on_shortcode;
}

static bool
has(struct str name, const char *part)
{
	return str_find_str(name, str_from_c(part)) >= 0;
}

/* What a name that is not known may mean by what it reminds of. */
static markdown_on_shortcode *
guess_by_name(struct str name)
{
	static const char *const boxes[] = {
	    "callout", "admonition", "alert", "notice", "warning", "note"};

	if (has(name, "youtube") || has(name, "vimeo"))
		return markdown_on_video;
	if (has(name, "quote") || has(name, "testimonial"))
		return markdown_on_quote;
	if (has(name, "image") || has(name, "figure") || has(name, "img") ||
	    has(name, "photo") || has(name, "Image"))
		return markdown_on_image;
	for (size_t i = 0; i < sizeof(boxes) / sizeof(boxes[0]); i++)
		if (has(name, boxes[i]))
			return markdown_on_callout;
	return NULL;
}

/* What a tag may mean by what it is given. */
static markdown_on_shortcode *
guess_by_arguments(const struct markdown_shortcode *code)
{
	for (size_t i = 0; i < code->count; i++)
		if (markdown_is_image_name(code->arguments[i].value) &&
		    code->arguments[i].is_quoted)
			return markdown_on_image;
	if (markdown_shortcode_get(code, "quote content text body").n > 0)
		return markdown_on_quote;
	return NULL;
}

/* Whether a variable is the address of the site, to which all is relative. */
static bool
is_base(struct str name)
{
	static const struct str names[] = {STR_INIT("site.baseurl"),
	    STR_INIT("site.url"), STR_INIT("site.base_url"),
	    STR_INIT("site.host"), STR_INIT("baseurl"), STR_INIT("base_url"),
	    STR_INIT("BASE_PATH"), STR_INIT("base_path"),
	    STR_INIT("site.github.url"), STR_INIT("config.base_url"),
	    STR_INIT(".Site.BaseURL"), STR_INIT("site.production_url"),
	    STR_INIT("page.baseurl"), STR_INIT("page.preview_baseurl"),
	    STR_INIT("site.root")};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq(name, names[i]))
			return true;
	return false;
}

/* {{>name}} alone on a line is a part of a template: it stays, as a paragraph
 * of its own, for whom it is meant. */
static bool
keep_part(struct markdown_reader *r, const struct markdown_shortcode *code)
{
	struct str tag = str_first(markdown_reader_rest(r), code->length);

	if (!str_starts(tag, STR("{{>")) || !markdown_reader_is_line_start(r) ||
	    !str_eq(str_trim(markdown_reader_line(r)), tag))
		return false;
	markdown_reader_break(r);
	markdown_reader_add(r, tag);
	markdown_reader_break(r);
	return true;
}

/* {{ "text" | filter }} is the text; {{ name(...) }} is a shortcode of Zola. */
static void
render_output(struct markdown_reader *r, const struct markdown_shortcode *code)
{
	struct str text = markdown_shortcode_get_place(code, 0);
	markdown_on_shortcode *meaning = find_by_name(code->name);

	if (keep_part(r, code))
		return;
	if (code->written.n == 0 && code->count > 0 &&
	    code->arguments[0].is_quoted) {
		if (str_eq(text, STR("now")) || str_eq(text, STR("today")))
			return;
		if (str_starts(text, STR("/")) ||
		    str_find_str(text, STR("://")) >= 0)
			markdown_reader_add_url(r, text);
		else
			markdown_reader_add(r, text);
	} else if (is_base(code->written) ||
	    (code->written.n == 0 && code->count == 0)) {
		return;
	} else if (meaning != NULL && code->count > 0) {
		meaning(r, code);
	} else if (guess_by_arguments(code) != NULL) {
		guess_by_arguments(code)(r, code);
	} else {
		warn(r, code);
	}
}

static void
render_tag(struct markdown_reader *r, const struct markdown_shortcode *code)
{
	markdown_on_shortcode *meaning = find_by_name(code->name);

	if (meaning == NULL)
		meaning = guess_by_name(code->name);
	if (meaning == NULL && !code->is_end)
		meaning = guess_by_arguments(code);
	if (meaning == NULL && code->is_end)
		meaning = markdown_on_quote;
	if (meaning != NULL)
		meaning(r, code);
	else
		warn(r, code);
}

void
markdown_shortcode_render(
    struct markdown_reader *r, const struct markdown_shortcode *code)
{
	size_t before = r->at, boxes = r->box_count;
	size_t written = r->source->text.n;
	bool is_first = markdown_reader_is_line_start(r);
	struct str rest, line = {"", 0};

	if (code->syntax == MARKDOWN_OUTPUT)
		render_output(r, code);
	else
		render_tag(r, code);
	if (r->at == before)
		markdown_reader_skip(r, code->length);
	rest = markdown_reader_rest(r);
	if (!is_first || !str_next_line(&rest, &line) || str_trim(line).n > 0)
		return;
	if (r->box_count > boxes)
		markdown_reader_skip(r, (size_t)(rest.p - r->body.p) - r->at);
	else if (r->source->text.n > written && !r->is_at_start)
		markdown_reader_add(r, STR("\n"));
}
