/*
 * Tags of template engines that show or link something: pictures, videos, posts
 * elsewhere, other pages.
 */
#include "text/markdown_meaning.h"

#include "text/markdown_target.h"

enum { url_max = 4096 };

static bool
has(struct str name, struct str part)
{
	return str_find_str(name, part) >= 0;
}

/* Whether the tag stands alone on its line. */
static bool
is_alone(const struct markdown_reader *r, const struct markdown_shortcode *code)
{
	struct str behind =
		       str_from_index(markdown_reader_rest(r), code->length),
		   line = {"", 0};

	str_next_line(&behind, &line);
	return markdown_reader_is_line_start(r) && str_trim(line).n == 0;
}

/* Add a link that has no text in its sentence. */
static void
add_link(struct markdown_reader *r, struct str url, struct str label)
{
	if (url.n == 0)
		return;
	markdown_reader_add(r, STR("<x-link"));
	markdown_reader_add_attribute(r, STR("href"), url);
	markdown_reader_add_attribute(r, STR("label"), label);
	markdown_reader_add(r, STR(">"));
}

/* The picture: an argument that says so, or one by its place that looks like
 * it. */
static struct str
find_picture(const struct markdown_shortcode *code)
{
	struct str value = markdown_shortcode_get(
	    code, "src url image image_path path file img filename link name");

	if (value.n > 0)
		return value;
	for (size_t i = 0; i < code->count; i++)
		if (code->arguments[i].key.n == 0 &&
		    markdown_is_image_name(code->arguments[i].value))
			return code->arguments[i].value;
	return markdown_shortcode_get_place(code, 0);
}

/* The words without quotes behind the picture, and behind its size. */
static struct str
words_behind(const struct markdown_shortcode *code, struct str src)
{
	struct str words = code->words, word;
	size_t at = (size_t)(src.p + src.n - words.p);

	if (src.p < words.p || at > words.n ||
	    !str_eq(code->name, STR("asset_img")))
		return STR("");
	words = str_trim(str_from_index(words, at));
	while (words.n > 0 && ascii_is_digit(words.p[0])) {
		str_cut(&words, ' ', &word);
		words = str_trim(words);
	}
	return words;
}

/* The text of a picture by its place: the longest that has a space. */
static struct str
find_text(const struct markdown_shortcode *code, struct str src)
{
	struct str text = {"", 0};

	for (size_t i = 0; i < code->count; i++) {
		struct str value = code->arguments[i].value;

		if (code->arguments[i].key.n == 0 && value.p != src.p &&
		    code->arguments[i].is_quoted && value.n > text.n &&
		    (str_find_char(value, ' ') >= 0 || text.n == 0))
			text = value;
	}
	if (text.n > 0 || code->syntax != MARKDOWN_LIQUID || src.n == 0)
		return text;
	if (has(code->words, STR(",")))
		return markdown_shortcode_get_part(code, 1);
	return words_behind(code, src);
}

void
markdown_on_image(
    struct markdown_reader *r, const struct markdown_shortcode *code)
{
	struct str src = find_picture(code),
		   link = markdown_shortcode_get(code, "link href");
	struct str alt =
	    markdown_shortcode_get(code, "alt alttext image_alt alt_text");
	struct str caption = markdown_shortcode_get(
	    code, "caption title description attr text image_description");
	bool alone = is_alone(r, code);

	if (code->is_end || src.n == 0)
		return;
	if (alt.n == 0)
		alt = find_text(code, src);
	if (alt.n == 0)
		alt = caption;
	if (link.n > 0 && link.p != src.p) {
		markdown_reader_add(r, STR("<a"));
		markdown_reader_add_attribute(r, STR("href"), link);
		markdown_reader_add(r, STR(">"));
	}
	markdown_reader_add(r, STR("<img"));
	markdown_reader_add_attribute(r, STR("src"), src);
	if (alt.n > 0)
		markdown_reader_add_attribute(r, STR("alt"), alt);
	markdown_reader_add(r, STR(">"));
	if (link.n > 0 && link.p != src.p)
		markdown_reader_add(r, STR("</a>"));
	if (!alone || caption.n == 0 || str_eq(caption, alt))
		return;
	markdown_reader_break(r);
	markdown_reader_add(r, caption);
	markdown_reader_break(r);
}

/* Add the URL that a target of that kind means. */
static void
add_resolved(
    struct markdown_reader *r, enum markdown_target kind, struct str target)
{
	struct markdown_reference reference = {kind, target, r->line};
	struct buf url;

	buf_init(&url, url_max);
	markdown_resolve(r->options, &reference, &url, r->diags);
	markdown_reader_add_url(r, buf_str(&url));
	buf_fini(&url);
}

/* Themes of Hexo have {% link title address %}: a link by itself. */
static bool
add_titled_link(
    struct markdown_reader *r, const struct markdown_shortcode *code)
{
	struct str title = markdown_shortcode_get_place(code, 0);

	if (code->syntax == MARKDOWN_HUGO && str_eq(code->name, STR("link")) &&
	    has(title, STR("://"))) {
		add_link(r, title, markdown_shortcode_get_place(code, 1));
		return true;
	}
	if (code->syntax != MARKDOWN_LIQUID || has(title, STR("://")))
		return false;
	for (size_t i = 1; i < code->count; i++) {
		if (!has(code->arguments[i].value, STR("://")))
			continue;
		add_link(r, code->arguments[i].value, title);
		return true;
	}
	return false;
}

void
markdown_on_ref(
    struct markdown_reader *r, const struct markdown_shortcode *code)
{
	struct str target =
	    markdown_shortcode_get_or_first(code, "path href url to");

	if (add_titled_link(r, code))
		return;

	if (str_starts(target, STR("@/")))
		target = str_from_index(target, 1);
	if (code->is_end) {
		if (code->syntax == MARKDOWN_COMPONENT)
			markdown_reader_add(r, STR("</a>"));
		return;
	}
	if (code->syntax == MARKDOWN_COMPONENT) {
		markdown_reader_add(r, STR("<a"));
		markdown_reader_add_attribute(r, STR("href"), target);
		markdown_reader_add(r, STR(">"));
		return;
	}
	if (str_find_str(target, STR("://")) >= 0)
		markdown_reader_add_url(r, target);
	else
		add_resolved(r, MARKDOWN_TARGET_REF, target);
}

void
markdown_on_post(
    struct markdown_reader *r, const struct markdown_shortcode *code)
{
	if (!code->is_end)
		add_resolved(r, MARKDOWN_TARGET_POST,
		    markdown_shortcode_get_place(code, 0));
}

/* Hexo's {% post_link name 'title' %} is the whole link, unlike post_url. */
void
markdown_on_post_link(
    struct markdown_reader *r, const struct markdown_shortcode *code)
{
	struct str name = markdown_shortcode_get_place(code, 0);
	struct str title = markdown_shortcode_get_place(code, 1);

	if (name.n == 0 || code->is_end)
		return;
	if (title.n == 0 || str_eq(title, STR("true")) ||
	    str_eq(title, STR("false")))
		title = name;
	markdown_reader_add(r, STR("<a href=\""));
	add_resolved(r,
	    str_eq(code->name, STR("asset_link")) ? MARKDOWN_TARGET_REF
						  : MARKDOWN_TARGET_POST,
	    name);
	markdown_reader_add(r, STR("\">"));
	markdown_reader_add(r, title);
	markdown_reader_add(r, STR("</a>"));
}

void
markdown_on_video(
    struct markdown_reader *r, const struct markdown_shortcode *code)
{
	struct str id = markdown_shortcode_get_or_first(
	    code, "id videoId video_id video videoid src url key");
	struct str base = STR("https://www.youtube.com/watch?v=");
	struct buf url;

	if (code->is_end || id.n == 0)
		return;
	if (str_eq_nocase(code->name, STR("vimeo")) ||
	    str_eq(markdown_shortcode_get(code, "provider"), STR("vimeo")))
		base = STR("https://vimeo.com/");
	if (str_eq_nocase(code->name, STR("bilibili")))
		base = STR("https://www.bilibili.com/video/");
	if (str_eq_nocase(code->name, STR("dailymotion")))
		base = STR("https://www.dailymotion.com/video/");
	buf_init(&url, url_max);
	if (!has(id, STR("/")))
		buf_add(&url, base);
	buf_add(&url, id);
	add_link(r, buf_str(&url),
	    markdown_shortcode_get(code, "title caption alt label"));
	buf_fini(&url);
}

/* Add the address of what a service shows for the arguments. */
static void
add_service_url(struct buf *url, const struct markdown_shortcode *code)
{
	struct str one = markdown_shortcode_get_or_first(
	    code, "user author username account");
	struct str id = markdown_shortcode_get(code, "id status gist");
	struct str name = code->name;

	id = id.n > 0 ? id : markdown_shortcode_get_place(code, 1);
	if (str_eq_nocase(name, STR("gist"))) {
		buf_add(url, STR("https://gist.github.com/"));
	} else if (str_eq_nocase(name, STR("tweet")) ||
	    str_eq_nocase(name, STR("x")) ||
	    str_eq_nocase(name, STR("twitter"))) {
		buf_add(url, STR("https://twitter.com/"));
		one = one.n > 0 && id.n > 0 ? one : STR("i");
		id =
		    id.n > 0 ? id : markdown_shortcode_get_or_first(code, "id");
		buf_add(url, one);
		buf_add(url, STR("/status/"));
		buf_add(url, id);
		return;
	} else if (str_eq_nocase(name, STR("instagram"))) {
		buf_add(url, STR("https://www.instagram.com/p/"));
	} else if (str_eq_nocase(name, STR("github"))) {
		buf_add(url, STR("https://github.com/"));
	} else if (str_eq_nocase(name, STR("asciinema"))) {
		buf_add(url, STR("https://asciinema.org/a/"));
	}
	buf_add(url, one);
	if (id.n > 0 && one.p != id.p)
		buf_addf(url, "%s%" STR_FMT, one.n > 0 ? "/" : "", STR_ARG(id));
}

void
markdown_on_page_link(
    struct markdown_reader *r, const struct markdown_shortcode *code)
{
	struct str given =
	    markdown_shortcode_get(code, "src url href file link repo path");
	struct str provider = markdown_shortcode_get(code, "provider");
	struct str first = markdown_shortcode_get_place(code, 0);
	struct buf url;

	if (code->is_end || code->count == 0)
		return;
	if (given.n == 0 && str_eq(code->name, STR("video")) &&
	    (provider.n > 0 ||
		markdown_shortcode_get(code, "id youtubeId").n > 0)) {
		markdown_on_video(r, code);
		return;
	}
	if (str_starts(first, STR("url=")))
		first = str_from_index(first, sizeof("url=") - 1);
	buf_init(&url, url_max);
	if (given.n == 0 && (has(first, STR("://")) || has(first, STR("."))))
		given = first;
	if (given.n > 0 && str_eq(code->name, STR("github")) &&
	    !has(given, STR("://")))
		buf_add(&url, STR("https://github.com/"));
	if (given.n > 0)
		buf_add(&url, given);
	else
		add_service_url(&url, code);
	add_link(r, buf_str(&url),
	    markdown_shortcode_get(code, "title caption label text alt"));
	buf_fini(&url);
}

static bool
has_end(struct markdown_reader *r, const struct markdown_shortcode *code)
{
	struct markdown_tag_end end;

	return !code->is_empty && markdown_shortcode_find_end(r, code, &end);
}

void
markdown_on_anchor(
    struct markdown_reader *r, const struct markdown_shortcode *code)
{
	struct str url =
	    markdown_shortcode_get_or_first(code, "href url link to");
	struct str ref = markdown_shortcode_get(code, "relref ref");

	if (code->is_end) {
		markdown_reader_add(r, STR("</a>"));
		return;
	}
	if (ref.n == 0 && !has_end(r, code)) {
		struct str label =
		    markdown_shortcode_get(code, "text title label");

		if (has(code->words, STR(",")) && code->count > 1)
			label = markdown_shortcode_get_part(code, 1);
		else if (label.n == 0)
			label = markdown_shortcode_get_place(code, 1);
		add_link(r, url, label);
		return;
	}
	markdown_reader_add(r, STR("<a href=\""));
	if (ref.n > 0)
		add_resolved(r, MARKDOWN_TARGET_REF, ref);
	else
		markdown_reader_add_value(r, url);
	markdown_reader_add(r, STR("\">"));
	if (code->is_empty) {
		markdown_reader_add(
		    r, markdown_shortcode_get(code, "text title label"));
		markdown_reader_add(r, STR("</a>"));
	}
}
