/*
 * The targets of links, images and wiki names. What is there is known by the
 * caller only; here are the rules that need no such knowledge.
 */
#include "text/markdown_target.h"

enum {
	label_max = 120, /* of a target in a message */
	video_id_max = 64,
	rooted_max = 4096,
};

struct player {
	struct str prefix;
	struct str page;
};

/* The addresses of players, and where their videos can be looked at. */
static const struct player players[] = {
    {STR_INIT("www.youtube.com/embed/"),
	STR_INIT("https://www.youtube.com/watch?v=")},
    {STR_INIT("youtube.com/embed/"),
	STR_INIT("https://www.youtube.com/watch?v=")},
    {STR_INIT("www.youtube-nocookie.com/embed/"),
	STR_INIT("https://www.youtube.com/watch?v=")},
    {STR_INIT("player.vimeo.com/video/"), STR_INIT("https://vimeo.com/")},
};

/* Add the page of a video in place of its player. */
static bool
add_video_page(struct buf *out, struct str url)
{
	static const struct str schemes[] = {
	    STR_INIT("https://"), STR_INIT("http://"), STR_INIT("//")};

	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
		if (!str_starts(url, schemes[i]))
			continue;
		url = str_from_index(url, schemes[i].n);
		break;
	}
	for (size_t i = 0; i < sizeof(players) / sizeof(players[0]); i++) {
		struct str id = str_from_index(url, players[i].prefix.n);
		size_t n = 0;

		if (!str_starts(url, players[i].prefix))
			continue;
		while (n < id.n && n < video_id_max &&
		    (ascii_is_alnum(id.p[n]) || id.p[n] == '-' ||
			id.p[n] == '_'))
			n++;
		if (n == 0 || str_eq(str_first(id, n), STR("videoseries")))
			return false;
		buf_add(out, players[i].page);
		buf_add(out, str_first(id, n));
		return true;
	}
	return false;
}

static bool
has_scheme(struct str url, struct str scheme)
{
	return url.n > scheme.n && url.p[scheme.n] == ':' &&
	    str_eq_nocase(str_first(url, scheme.n), scheme);
}

/* Whether url leads nowhere from a page of text. */
static bool
is_dead(struct str url)
{
	return url.n == 0 || url.p[0] == '#' ||
	    has_scheme(url, STR("javascript")) ||
	    has_scheme(url, STR("data")) || has_scheme(url, STR("blob")) ||
	    has_scheme(url, STR("about"));
}

/* Whether "//x/y" has a host: a name with a dot, which a path that a template
 * put behind one slash too many has not. */
static bool
has_host(struct str url)
{
	struct str rest = str_from_index(url, 2), host;

	str_cut(&rest, '/', &host);
	return str_find_char(host, '.') >= 0 || str_find_char(host, ':') >= 0;
}

/* Whether url goes to another place than this capsule. */
static bool
is_elsewhere(struct str url)
{
	size_t i = 0;

	if (str_starts(url, STR("//")))
		return has_host(url);
	while (i < url.n &&
	    (ascii_is_alnum(url.p[i]) ||
		str_find_char(STR("+-."), url.p[i]) >= 0))
		i++;
	return i > 1 && i < url.n && url.p[i] == ':' &&
	    ascii_is_alpha(url.p[0]);
}

/* Add target as it is seen from the root of the pages, where it starts with a
 * sign that an engine has for a folder; true then. */
static bool
add_rooted(struct buf *out, struct str target)
{
	static const struct {
		struct str sign, folder;
	} roots[] = {{STR_INIT("@site/static/"), STR_INIT("/")},
	    {STR_INIT("@site/"), STR_INIT("/")},
	    {STR_INIT("pathname://"), STR_INIT("")},
	    {STR_INIT("{filename}"), STR_INIT("")},
	    {STR_INIT("|filename|"), STR_INIT("")},
	    {STR_INIT("{static}"), STR_INIT("")},
	    {STR_INIT("|static|"), STR_INIT("")},
	    {STR_INIT("{attach}"), STR_INIT("")},
	    {STR_INIT("|attach|"), STR_INIT("")},
	    {STR_INIT("{tag}"), STR_INIT("/tags/")},
	    {STR_INIT("{category}"), STR_INIT("/categories/")},
	    {STR_INIT("{author}"), STR_INIT("/authors/")}};

	for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
		if (!str_starts(target, roots[i].sign))
			continue;
		buf_add(out, roots[i].folder);
		buf_add(out, str_from_index(target, roots[i].sign.n));
		return true;
	}
	return false;
}

static bool
ask(const struct markdown_options *options,
    const struct markdown_reference *reference, struct buf *out)
{
	enum markdown_target kind = reference->kind;
	struct str target = reference->target;

	if (kind == MARKDOWN_TARGET_LINK && str_starts(target, STR("@/"))) {
		kind = MARKDOWN_TARGET_REF;
		target = str_from_index(target, 1);
	}
	if (options->resolve != NULL)
		return options->resolve(options->context, kind, target, out);
	if (kind != MARKDOWN_TARGET_LINK && kind != MARKDOWN_TARGET_IMAGE)
		return false;
	buf_add(out, target);
	return true;
}

/* Add the URL of a target in another place. */
static void
add_elsewhere(struct buf *out, struct str target)
{
	if (add_video_page(out, target))
		return;
	if (str_starts(target, STR("//")))
		buf_add(out, STR("https:"));
	buf_add(out, target);
}

/* markdown_resolve() for a target without signs of engines. */
static void
resolve_clean(const struct markdown_options *options,
    const struct markdown_reference *clean, struct buf *out,
    struct diags *diags)
{
	struct diag_place place = {options->file, clean->line, 0};

	if (is_dead(clean->target))
		return;
	if (is_elsewhere(clean->target)) {
		add_elsewhere(out, clean->target);
	} else if (!ask(options, clean, out)) {
		buf_clear(out);
		diags_warning(diags, place, "unresolved-link",
		    "correct the name, or make that page",
		    "no page or file is meant by \"%" STR_FMT "\"",
		    STR_ARG(str_first(clean->target, label_max)));
		return;
	}
	if (options->on_link != NULL && out->n > 0)
		options->on_link(options->link_context, clean->line,
		    clean->target, buf_str(out));
}

void
markdown_resolve(const struct markdown_options *options,
    const struct markdown_reference *reference, struct buf *out,
    struct diags *diags)
{
	struct markdown_reference clean = *reference;
	struct buf rooted;

	buf_clear(out);
	clean.target = str_trim(clean.target);
	while (str_starts(clean.target, STR("//")) && !has_host(clean.target))
		clean.target = str_from_index(clean.target, 1);
	buf_init(&rooted, rooted_max);
	if (add_rooted(&rooted, clean.target)) {
		clean.target = buf_str(&rooted);
		resolve_clean(options, &clean, out, diags);
		buf_fini(&rooted);
		return;
	}
	buf_fini(&rooted);
	resolve_clean(options, &clean, out, diags);
}

struct str
markdown_file_name(struct str url)
{
	ptrdiff_t at;

	for (size_t i = 0; i < url.n; i++)
		if (url.p[i] == '?' || url.p[i] == '#') {
			url = str_first(url, i);
			break;
		}
	at = str_find_last_char(url, '/');
	return str_from_index(url, (size_t)(at + 1));
}

/* Add s with its percent-encoded bytes decoded. */
static void
add_decoded(struct buf *out, struct str s)
{
	enum { digits = 2, digit_bits = 4 };

	for (size_t i = 0; i < s.n; i++) {
		int high = -1, low = -1;

		if (s.p[i] == '%' && i + digits < s.n) {
			high = ascii_hex_value(s.p[i + 1]);
			low = ascii_hex_value(s.p[i + 2]);
		}
		if (high < 0 || low < 0) {
			buf_add_char(out, s.p[i]);
			continue;
		}
		buf_add_char(out, (char)(high << digit_bits | low));
		i += digits;
	}
}

/* Whether a name says nothing, as those that programs give: it is a number in
 * hexadecimal, or has a long word with a digit in it. */
static bool
is_code(struct str name)
{
	enum { number_min = 16, word_max = 20 };
	size_t letters = 0;
	bool is_number = name.n >= number_min, has_digit = false;

	for (size_t i = 0; i < name.n; i++) {
		bool parts = str_find_char(STR(" _+.%-"), name.p[i]) >= 0;

		is_number = is_number &&
		    (ascii_hex_value(name.p[i]) >= 0 || name.p[i] == '-');
		letters = parts ? 0 : letters + 1;
		has_digit = !parts && (has_digit || ascii_is_digit(name.p[i]));
		if (has_digit && letters > word_max)
			return true;
	}
	return is_number;
}

/* name without what tells a second download, "map (1)". */
static struct str
without_copy(struct str name)
{
	ptrdiff_t open = str_find_last_char(name, '(');

	if (open < 1 || !str_ends(name, STR(")")))
		return name;
	for (size_t i = (size_t)open + 1; i < name.n - 1; i++)
		if (!ascii_is_digit(name.p[i]))
			return name;
	return str_trim(str_first(name, (size_t)open));
}

void
markdown_add_file_words(struct buf *out, struct str url)
{
	struct str name = markdown_file_name(url);
	ptrdiff_t dot = str_find_last_char(name, '.');
	size_t start = out->n;
	bool has_letter = false;

	if (dot > 0 && markdown_is_image_name(url))
		name = str_first(name, (size_t)dot);
	name = without_copy(name);
	if (is_code(name))
		return;
	add_decoded(out, name);
	for (size_t i = start; i < out->n; i++) {
		if (out->p[i] == '-' || out->p[i] == '_' || out->p[i] == '+')
			out->p[i] = ' ';
		has_letter = has_letter || ascii_is_alpha(out->p[i]) ||
		    (out->p[i] & '\x80') != 0;
	}
	if (has_letter)
		return;
	buf_truncate(out, start);
	add_decoded(out, markdown_file_name(url));
}

bool
markdown_is_image_name(struct str url)
{
	static const struct str endings[] = {STR_INIT("png"), STR_INIT("jpg"),
	    STR_INIT("jpeg"), STR_INIT("gif"), STR_INIT("webp"),
	    STR_INIT("svg"), STR_INIT("avif"), STR_INIT("bmp"),
	    STR_INIT("tiff"), STR_INIT("heic"), STR_INIT("jxl"),
	    STR_INIT("apng"), STR_INIT("ico")};
	struct str name = markdown_file_name(url);
	ptrdiff_t dot = str_find_last_char(name, '.');

	if (dot < 0)
		return false;
	name = str_from_index(name, (size_t)dot + 1);
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (str_eq_nocase(name, endings[i]))
			return true;
	return false;
}

bool
markdown_is_file_name(struct str text, struct str url)
{
	struct str name = markdown_file_name(url);
	ptrdiff_t dot = str_find_last_char(name, '.');

	if (str_find_char(text, '/') >= 0 || text.n == 0)
		return false;
	if (markdown_is_image_name(text))
		return true;
	return dot > 0 && str_find_char(text, ' ') < 0 &&
	    (str_find_char(text, '-') >= 0 || str_find_char(text, '_') >= 0) &&
	    str_eq_nocase(text, str_first(name, (size_t)dot));
}

bool
markdown_is_no_image(struct str url)
{
	static const struct str pages[] = {STR_INIT("youtube.com/watch"),
	    STR_INIT("youtu.be/"), STR_INIT("https://vimeo.com/"),
	    STR_INIT("twitter.com/"), STR_INIT("https://x.com/")};
	static const struct str endings[] = {STR_INIT(".mp4"),
	    STR_INIT(".webm"), STR_INIT(".mov"), STR_INIT(".mp3"),
	    STR_INIT(".ogg"), STR_INIT(".wav"), STR_INIT(".m4a"),
	    STR_INIT(".pdf")};

	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
		if (str_find_str(url, pages[i]) >= 0)
			return true;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (str_ends(url, endings[i]))
			return true;
	return false;
}
