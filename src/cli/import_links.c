/*
 * Links between the pages of a site, on their way to where the pages are now.
 */
#include "base/buf.h"
#include "cli/import.h"

/* A link apart. */
struct target {
	struct str path;
	struct str rest; /* a query and a fragment, from their sign on */
};

static struct target
split(struct str link)
{
	struct target t = {link, {"", 0}};

	for (size_t i = 0; i < link.n; i++)
		if (link.p[i] == '?' || link.p[i] == '#') {
			t.path = str_first(link, i);
			t.rest = str_from_index(link, i);
			break;
		}
	return t;
}

/* Whether link leads to another site, or is no link between pages; else what
 * is left of it is its path on this site. */
static bool
leads_away(const struct import *import, struct str *link)
{
	ptrdiff_t colon = str_find_char(*link, ':');
	ptrdiff_t slash = str_find_char(*link, '/'), end;
	struct str host;

	if (link->n == 0 || link->p[0] == '#' || link->p[0] == '{')
		return true;
	if (colon >= 0 && (slash < 0 || colon < slash) &&
	    !str_starts(*link, STR("http://")) &&
	    !str_starts(*link, STR("https://")))
		return true;
	end = str_find_str(*link, STR("//"));
	if (end != 0 && (colon < 0 || end != colon + 1))
		return false;
	host = str_from_index(*link, (size_t)end + 2);
	slash = str_find_char(host, '/');
	*link = slash < 0 ? STR("/") : str_from_index(host, (size_t)slash);
	host = str_first(host, slash < 0 ? host.n : (size_t)slash);
	return import->host.n == 0 || !str_eq_nocase(host, import->host);
}

/* Add the path, from "/" on, that leads to target. Markdown is resolved when it
 * is rendered, so that its targets may be files; gemtext is served as it is. */
static void
add_target(struct import *import, const struct import_page *page,
    struct str target, struct buf *out)
{
	const struct str *served = map_find(&import->served, target);
	struct str name = import_name(target), stem = import_stem(name);

	if (page->kind == IMPORT_HTML && served != NULL) {
		target = *served;
	} else if (page->kind == IMPORT_HTML &&
	    (str_ends(name, STR(".gmi")) || str_ends(name, STR(".md")))) {
		if (str_eq(stem, STR("index")) || str_eq(stem, STR("_index")))
			target.n -= name.n;
		else
			target = arena_printf(&import->arena,
			    "%" STR_FMT ".gmi", STR_ARG(import_stem(target)));
	}
	for (size_t i = 0; i < target.n; i++)
		if (target.p[i] == ' ')
			buf_add(out, STR("%20"));
		else
			buf_add_char(out, target.p[i]);
}

/* What a file of the source has become. */
static const struct str *
find_file(struct import *import, struct str folder, struct str path)
{
	struct buf joined;
	const struct str *found = NULL;

	buf_init(&joined, import_path_max);
	if (import_add_joined(&joined, folder, path))
		found = map_find(&import->by_source,
		    import_key(&import->arena, buf_str(&joined)));
	if (found == NULL && joined.n > 0)
		found = map_find(&import->by_source, buf_str(&joined));
	if (found == NULL && import->only.n > 0 && joined.n > 0)
		found = import_take_beside(
		    import, import_key(&import->arena, buf_str(&joined)));
	buf_fini(&joined);
	return found;
}

/* What a path on the old site has become. */
static const struct str *
find_url(struct import *import, struct str folder, struct str path)
{
	const struct str *found = NULL;
	struct buf joined;

	buf_init(&joined, import_path_max);
	buf_add_char(&joined, '/');
	if (import_add_joined(&joined, folder, path))
		found = map_find(&import->by_url,
		    import_key(&import->arena, buf_str(&joined)));
	buf_fini(&joined);
	return found;
}

/* A relative link to a file that is where it was beside the page. */
static bool
stays(struct import *import, const struct import_page *page, struct str path)
{
	return page->kind == IMPORT_MARKDOWN &&
	    find_file(import, import_folder(page->source), path) != NULL &&
	    str_find_str(path, STR("..")) < 0 &&
	    str_eq(import_folder(page->target),
		str_from_index(import_folder(page->source), import->root.n));
}

/* What a link that is relative to the page's file, or to the URL that it had,
 * leads to: a path from "/" on; NULL when there is nothing there. */
static const struct str *
find_relative(
    struct import *import, const struct import_page *page, struct str path)
{
	static const struct str free_folder = STR_INIT("static/");
	const struct str *found;
	struct str folder = page->url, *whole;

	found = find_file(import, import_folder(page->source), path);
	if (found != NULL) {
		folder = str_starts(*found, free_folder)
		    ? str_from_index(*found, free_folder.n)
		    : *found;
		whole = arena_alloc(&import->arena, sizeof(*whole));
		*whole =
		    arena_printf(&import->arena, "/%" STR_FMT, STR_ARG(folder));
		return whole;
	}
	if (page->url.n == 0)
		return NULL;
	if (!str_ends(folder, STR("/")))
		folder = import_folder(folder);
	return find_url(import, folder, path);
}

static bool
is_itself(const struct import_page *page, struct str target)
{
	return target.n == page->target.n + 1 && str_ends(target, page->target);
}

/* Take the path above the old site off an absolute path. */
static struct str
without_base(const struct import *import, struct str path)
{
	if (!str_starts(path, import->base))
		return path;
	path = str_from_index(path, import->base.n);
	if (path.n == 0)
		return STR("/");
	return path.p[0] == '/'
	    ? path
	    : str_from(path.p - import->base.n, path.n + import->base.n);
}

void
import_add_link(struct import *import, const struct import_page *page,
    struct str link, struct buf *out)
{
	struct str path = link;
	const struct str *found;
	struct target t;

	if (leads_away(import, &path)) {
		buf_add(out, link);
		return;
	}
	t = split(path);
	if (str_starts(t.path, STR("/"))) {
		t.path = without_base(import, t.path);
		found = find_url(import, STR(""), t.path);
		if (found == NULL)
			buf_add(out, t.path);
	} else {
		found = find_relative(import, page, t.path);
		if (found == NULL || stays(import, page, t.path)) {
			buf_add(out, link);
			return;
		}
	}
	if (found != NULL && is_itself(page, *found) && t.rest.n > 0) {
		if (page->kind != IMPORT_HTML)
			buf_add(out, t.rest);
		return;
	}
	if (found != NULL)
		add_target(import, page, *found, out);
	/* Gemtext has nothing that a fragment leads to. */
	if (found == NULL || page->kind != IMPORT_HTML)
		buf_add(out, t.rest);
}

/* How a line of Markdown introduces a target, and what ends it. */
static const struct {
	struct str start;
	struct str ends;
} openings[] = {
    {STR_INIT("]("), STR_INIT(") \t")},
    {STR_INIT("href=\""), STR_INIT("\"")},
    {STR_INIT("src=\""), STR_INIT("\"")},
    {STR_INIT("href='"), STR_INIT("'")},
    {STR_INIT("src='"), STR_INIT("'")},
};

/* Add what is up to the target in rest, and the target. */
static void
take_target(struct import *import, const struct import_page *page,
    struct str *rest, struct str ends, struct buf *out)
{
	size_t n = 0;

	if (str_starts(*rest, STR("<"))) {
		buf_add_char(out, '<');
		*rest = str_from_index(*rest, 1);
		ends = STR(">");
	}
	while (n < rest->n && str_find_char(ends, rest->p[n]) < 0)
		n++;
	import_add_link(import, page, str_first(*rest, n), out);
	*rest = str_from_index(*rest, n);
}

/* The length of a code span that s starts with, its ticks included; just the
 * ticks where it does not end in s. */
static size_t
code_length(struct str s)
{
	size_t ticks = 0, run = 0;

	while (ticks < s.n && s.p[ticks] == '`')
		ticks++;
	for (size_t i = ticks; i < s.n; i++) {
		run = s.p[i] == '`' ? run + 1 : 0;
		if (run == ticks && (i + 1 == s.n || s.p[i + 1] != '`'))
			return i + 1;
	}
	return ticks;
}

/* "[id]: target" at the start of a line. */
static void
add_definition(struct import *import, const struct import_page *page,
    struct str *line, struct buf *out)
{
	ptrdiff_t end = str_find_str(*line, STR("]: "));
	struct str head;

	if (!str_starts(*line, STR("[")) || str_starts(*line, STR("[^")) ||
	    end < 0)
		return;
	head = str_first(*line, (size_t)end + STR("]: ").n);
	buf_add(out, head);
	*line = str_from_index(*line, head.n);
	while (str_starts(*line, STR(" ")))
		*line = str_from_index(*line, 1);
	take_target(import, page, line, STR(" \t"), out);
}

static void
add_line(struct import *import, const struct import_page *page, struct str line,
    struct buf *out)
{
	struct str rest = line;
	size_t n;

	add_definition(import, page, &rest, out);
	while (rest.n > 0) {
		n = rest.p[0] == '`' ? code_length(rest) : 0;
		if (n > 0) {
			buf_add(out, str_first(rest, n));
			rest = str_from_index(rest, n);
			continue;
		}
		for (size_t i = 0; i < sizeof(openings) / sizeof(*openings);
		     i++) {
			if (!str_starts(rest, openings[i].start))
				continue;
			n = openings[i].start.n;
			buf_add(out, str_first(rest, n));
			rest = str_from_index(rest, n);
			take_target(import, page, &rest, openings[i].ends, out);
			break;
		}
		if (n == 0 && rest.n > 0) {
			buf_add_char(out, rest.p[0]);
			rest = str_from_index(rest, 1);
		}
	}
}

/* The fence that a line is, as its character; NUL for none. */
static char
fence_of(struct str line)
{
	line = str_trim(line);
	if (str_starts(line, STR("```")))
		return '`';
	return str_starts(line, STR("~~~")) ? '~' : '\0';
}

void
import_add_markdown(
    struct import *import, const struct import_page *page, struct buf *out)
{
	struct str rest = page->text, line;
	struct buf plain;
	char fence = '\0', now;
	bool more = true;

	buf_init(&plain, import_file_max);
	while (more && rest.n > 0) {
		more = str_cut(&rest, '\n', &line);
		now = fence_of(line);
		buf_clear(&plain);
		if (import->engine->add_line != NULL) {
			import->engine->add_line(import, page, line, &plain);
			line = buf_str(&plain);
		}
		if (fence != '\0' || now != '\0')
			buf_add(out, line);
		else
			add_line(import, page, line, out);
		if (more)
			buf_add_char(out, '\n');
		if (fence == '\0')
			fence = now;
		else if (now == fence)
			fence = '\0';
	}
	buf_fini(&plain);
}
