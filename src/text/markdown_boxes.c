/*
 * Tags of template engines that stand around text: callouts, quotes, code and
 * what is only there for its looks.
 */
#include "text/markdown_meaning.h"

#include "text/markdown_callout.h"

enum { title_max = 4096 };

static bool
has(struct str name, struct str part)
{
	return str_find_str(name, part) >= 0;
}

/* Pass over the tag, what it holds and its end tag, and return what it holds;
 * without an end tag only the tag. */
static struct str
take_inside(struct markdown_reader *r, const struct markdown_shortcode *code,
    struct markdown_tag_end *end)
{
	struct str inside;

	*end = (struct markdown_tag_end){.length = 0};
	if (code->is_empty || code->is_end ||
	    !markdown_shortcode_find_end(r, code, end))
		return STR("");
	inside =
	    str_from_index(str_first(r->body, end->at), r->at + code->length);
	return inside;
}

void
markdown_on_code(
    struct markdown_reader *r, const struct markdown_shortcode *code)
{
	struct markdown_tag_end end;
	struct str inside = take_inside(r, code, &end), language;
	bool is_fence = has(inside, STR("\n"));

	if (end.length == 0 || str_starts(str_trim(inside), STR("```")) ||
	    (code->syntax == MARKDOWN_COMPONENT && !is_fence))
		return;
	language = markdown_shortcode_get(code, "lang language type");
	if (language.n == 0 && !code->arguments[0].is_quoted)
		language = markdown_shortcode_get_place(code, 0);
	if (!str_eq(code->name, STR("highlight")) &&
	    !str_eq(code->name, STR("code")) &&
	    !str_eq(code->name, STR("codeblock")))
		language = code->name;
	markdown_reader_skip(r, code->length);
	if (is_fence) {
		markdown_reader_break(r);
		markdown_reader_add(r, STR("~~~~~~~~ "));
		markdown_reader_add(r, language);
		markdown_reader_add(r, STR("\n"));
		if (str_starts(inside, STR("\n")))
			markdown_reader_skip(r, 1);
	} else {
		markdown_reader_add(r, STR("`` "));
	}
	markdown_reader_copy_code(r, end.at - r->at);
	markdown_reader_add(r, is_fence ? STR("\n~~~~~~~~\n") : STR(" ``"));
	markdown_reader_skip(r, end.length);
}

void
markdown_on_raw(
    struct markdown_reader *r, const struct markdown_shortcode *code)
{
	struct markdown_tag_end end;

	if (code->is_end)
		r->is_raw = false;
	else if (markdown_shortcode_find_end(r, code, &end))
		r->is_raw = true;
}

void
markdown_on_comment(
    struct markdown_reader *r, const struct markdown_shortcode *code)
{
	struct markdown_tag_end end;

	take_inside(r, code, &end);
	if (end.length > 0)
		markdown_reader_skip(r, end.at + end.length - r->at);
}

/* Who is quoted: an argument that says so; all of them together in Hexo's tag,
 * "{% blockquote David Levithan, Wide Awake %}". */
static struct str
find_credit(const struct markdown_shortcode *code)
{
	struct str given =
	    markdown_shortcode_get(code, "author by attribution source cite");
	const struct markdown_argument *last;

	if (given.n > 0 || code->count == 0 ||
	    code->syntax != MARKDOWN_LIQUID ||
	    !str_eq(code->name, STR("blockquote")) ||
	    code->arguments[0].is_quoted)
		return given;
	last = &code->arguments[code->count - 1];
	for (size_t i = 0; i < code->count; i++)
		if (code->arguments[i].key.n > 0)
			return given;
	given = code->arguments[0].value;
	given.n = (size_t)(last->value.p + last->value.n - given.p);
	return given;
}

/* Open a box that the end tag closes; without an end tag it holds only text,
 * which the tag says itself. */
static void
open_box(struct markdown_reader *r, const struct markdown_shortcode *code,
    struct str title, struct str text)
{
	struct markdown_tag_end end;
	struct markdown_box box = {.end = MARKDOWN_BOX_TAG,
	    .name = code->name,
	    .is_quoted = true,
	    .credit = find_credit(code)};
	bool has_end =
	    !code->is_empty && markdown_shortcode_find_end(r, code, &end);

	if ((!has_end && text.n == 0) || r->box_count == markdown_boxes_max)
		return;
	markdown_reader_open_box(r, &box, title);
	if (text.n > 0)
		markdown_reader_add(r, text);
	if (!has_end)
		markdown_reader_close_box(r);
}

/* Close the innermost box of that name, and those in it. */
static void
close_box(struct markdown_reader *r, const struct markdown_shortcode *code)
{
	for (size_t i = r->box_count; i > 0; i--) {
		const struct markdown_box *box = &r->boxes[i - 1];

		if (box->end != MARKDOWN_BOX_TAG)
			return;
		if (code->name.n > 0 && !str_eq_nocase(box->name, code->name))
			continue;
		while (r->box_count >= i)
			markdown_reader_close_box(r);
		return;
	}
}

void
markdown_on_callout(
    struct markdown_reader *r, const struct markdown_shortcode *code)
{
	static const struct str generic[] = {STR_INIT("admonition"),
	    STR_INIT("callout"), STR_INIT("notice"), STR_INIT("alert"),
	    STR_INIT("hint"), STR_INIT("aside"), STR_INIT("panel"),
	    STR_INIT("box"), STR_INIT("infobox")};
	struct str kind = code->name,
		   title = markdown_shortcode_get(code, "title header summary");
	struct str first = markdown_shortcode_get_place(code, 0),
		   asked = markdown_shortcode_get(code, "type kind");
	struct str text =
	    markdown_shortcode_get(code, "content text body message");
	struct buf line;

	if (code->is_end) {
		close_box(r, code);
		return;
	}
	if (markdown_callout_knows(asked))
		kind = asked;
	if (str_eq(kind, STR("note")) && code->syntax == MARKDOWN_LIQUID &&
	    markdown_callout_knows(first)) {
		kind = str_eq(first, STR("primary")) ? kind : first;
		first = STR("");
	}
	for (size_t i = 0; i < sizeof(generic) / sizeof(generic[0]); i++)
		if (str_eq_nocase(kind, generic[i])) {
			kind = asked.n > 0 ? asked : STR("note");
			if (markdown_callout_knows(first)) {
				kind = first;
				first = STR("");
				title = title.n > 0
				    ? title
				    : markdown_shortcode_get_place(code, 1);
			}
			break;
		}
	if (title.n == 0 && (has(first, STR(" ")) || text.n > 0))
		title = first;
	buf_init(&line, title_max);
	markdown_callout_add_title(&line, kind, title);
	if (text.n == 0 && title.n > 0 && code->is_empty)
		text = title;
	open_box(r, code, buf_str(&line), text);
	buf_fini(&line);
}

void
markdown_on_quote(
    struct markdown_reader *r, const struct markdown_shortcode *code)
{
	struct markdown_shortcode shown = *code;
	struct str text =
	    markdown_shortcode_get(code, "quote text content body");

	if (code->is_end)
		close_box(r, code);
	else
		open_box(r, &shown, STR(""),
		    text.n == 0 && code->is_empty
			? markdown_shortcode_get_place(code, 0)
			: text);
}

/* What a tag of Hexo's themes shows: "{% span red, text %}", "{% label
 * primary@text %}", "{% u text %}". */
static struct str
shown_words(const struct markdown_shortcode *code)
{
	struct str words = code->words;
	ptrdiff_t at = str_find_char(words, '@');

	if (at < 0)
		at = str_find_char(words, ',');
	if (at < 0 && str_eq(code->name, STR("label")))
		at = str_find_char(words, ' ');
	return str_trim(str_from_index(words, (size_t)(at + 1)));
}

void
markdown_on_plain(
    struct markdown_reader *r, const struct markdown_shortcode *code)
{
	static const struct str inline_tags[] = {STR_INIT("span"),
	    STR_INIT("label"), STR_INIT("u"), STR_INIT("kbd"), STR_INIT("mark"),
	    STR_INIT("del"), STR_INIT("emp"), STR_INIT("wavy"), STR_INIT("psw"),
	    STR_INIT("sub"), STR_INIT("sup"), STR_INIT("text")};
	struct markdown_tag_end end;

	if (str_eq_nocase(code->name, STR("br")))
		markdown_reader_add(r, STR("<br>"));
	if (code->syntax != MARKDOWN_LIQUID || code->is_end)
		return;
	for (size_t i = 0; i < sizeof(inline_tags) / sizeof(inline_tags[0]);
	     i++)
		if (str_eq(code->name, inline_tags[i]) &&
		    !markdown_shortcode_find_end(r, code, &end))
			markdown_reader_add(r, shown_words(code));
}

void
markdown_on_titled(
    struct markdown_reader *r, const struct markdown_shortcode *code)
{
	struct str title = markdown_shortcode_get_or_first(
	    code, "title summary name label header");

	if (code->syntax == MARKDOWN_LIQUID && code->count > 1 &&
	    code->arguments[0].key.n == 0 && !code->arguments[0].is_quoted)
		title = shown_words(code);
	markdown_reader_break(r);
	if (code->is_end || title.n == 0)
		return;
	markdown_reader_add(r, title);
	markdown_reader_break(r);
}
