/*
 * Paths of files and URLs of the sites that are imported.
 */
#include "cli/import.h"

#include "base/buf.h"
#include "base/date.h"
#include "proto/url.h"
#include "text/fold.h"

enum { parts_max = 64, day_digits = 10 };

struct str
import_name(struct str path)
{
	return str_from_index(
	    path, (size_t)(str_find_last_char(path, '/') + 1));
}

struct str
import_folder(struct str path)
{
	ptrdiff_t slash = str_find_last_char(path, '/');

	return str_first(path, slash < 0 ? 0 : (size_t)slash);
}

struct str
import_stem(struct str path)
{
	ptrdiff_t dot = str_find_last_char(import_name(path), '.');

	return dot <= 0
	    ? path
	    : str_first(path, path.n - import_name(path).n + (size_t)dot);
}

bool
import_is_in(struct str path, struct str folder)
{
	ptrdiff_t at = str_find_str(path, folder);

	return at == 0 || (at > 0 && path.p[at - 1] == '/');
}

bool
import_add_joined(struct buf *out, struct str folder, struct str path)
{
	struct str rests[2] = {folder, path}, parts[parts_max], part;
	size_t n = 0;

	for (int i = 0; i < 2; i++) {
		bool more = true;

		while (more) {
			more = str_cut(&rests[i], '/', &part);
			if (part.n == 0 || str_eq(part, STR(".")))
				continue;
			if (str_eq(part, STR(".."))) {
				if (n-- == 0)
					return false;
			} else if (n == parts_max) {
				return false;
			} else {
				parts[n++] = part;
			}
		}
	}
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_add_char(out, '/');
		buf_add(out, parts[i]);
	}
	return true;
}

struct str
import_key(struct arena *arena, struct str path)
{
	static const struct str endings[] = {
	    STR_INIT("index.html"), STR_INIT(".html"), STR_INIT("/")};
	struct buf decoded;
	struct str key;

	buf_init(&decoded, import_path_max);
	if (!url_add_decoded(&decoded, path)) {
		buf_clear(&decoded);
		buf_add(&decoded, path);
	}
	key = fold_nfc(arena, buf_str(&decoded));
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (str_ends(key, endings[i]))
			key.n -= endings[i].n;
	while (key.n > 0 && key.p[key.n - 1] == '/')
		key.n--;
	buf_fini(&decoded);
	return key;
}

void
import_take_base(struct import *import, struct str url)
{
	ptrdiff_t at = str_find_str(url, STR("://"));
	struct str rest = str_from_index(url, at < 0 ? 0 : (size_t)at + 3);
	ptrdiff_t slash = str_find_char(rest, '/');

	if (at >= 0 || str_starts(url, STR("//")))
		import->host =
		    str_first(rest, slash < 0 ? rest.n : (size_t)slash);
	rest = slash < 0 ? STR("") : str_from_index(rest, (size_t)slash);
	while (rest.n > 0 && rest.p[rest.n - 1] == '/')
		rest.n--;
	if (rest.n > 0)
		import->base = rest;
}

/* What patterns of permalinks are filled with. */
struct facts {
	struct import *import;
	const struct import_page *page;
	struct str name; /* of the file, without a date */
	struct civil day;
	bool has_day;
};

static bool
take_date(struct facts *facts)
{
	static const struct str keys[] = {STR_INIT("date"),
	    STR_INIT("datetime"), STR_INIT("created"), STR_INIT("publishDate")};
	struct str name = import_name(facts->page->source);
	struct date date;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (date_parse(import_get(facts->page->meta, keys[i]), NULL,
			&date) == DATE_OK) {
			facts->day = date_civil(date);
			return true;
		}
	if (date_parse(str_first(name, day_digits), NULL, &date) != DATE_OK)
		return false;
	facts->day = date_civil(date);
	return true;
}

static void
facts_init(struct facts *facts)
{
	struct str stem = import_stem(import_name(facts->page->source));
	struct date date;

	facts->has_day = take_date(facts);
	if (str_eq(stem, STR("index")) || str_eq(stem, STR("_index")))
		stem = import_name(import_folder(facts->page->source));
	if (stem.n > day_digits + 1 && stem.p[day_digits] == '-' &&
	    date_parse(str_first(stem, day_digits), NULL, &date) == DATE_OK)
		stem = str_from_index(stem, day_digits + 1);
	facts->name = stem;
}

static void
add_slug(const struct facts *facts, struct str text, struct buf *out)
{
	buf_add(out, fold_slug(&facts->import->arena, text));
}

/* The categories as segments. */
static void
add_categories(const struct facts *facts, struct buf *out)
{
	const struct yaml_node *node =
	    yaml_find(facts->page->meta, STR("categories"));
	struct str rest, each;
	bool more = true;

	if (node == NULL)
		node = yaml_find(facts->page->meta, STR("category"));
	if (node != NULL && node->kind == YAML_LIST) {
		for (node = node->first; node != NULL; node = node->next) {
			add_slug(facts, node->text, out);
			if (node->next != NULL)
				buf_add_char(out, '/');
		}
		return;
	}
	rest = node == NULL ? STR("") : node->text;
	while (more && rest.n > 0) {
		more = str_cut(&rest, ' ', &each);
		add_slug(facts, each, out);
		if (more)
			buf_add_char(out, '/');
	}
}

/* The words of patterns, and what they stand for. */
static char
meaning_of(struct str word)
{
	static const struct {
		struct str word;
		char what;
	} words[] = {{STR_INIT("year"), 'y'}, {STR_INIT("month"), 'm'},
	    {STR_INIT("day"), 'd'}, {STR_INIT("i_month"), 'M'},
	    {STR_INIT("i_day"), 'D'}, {STR_INIT("title"), 't'},
	    {STR_INIT("slug"), 's'}, {STR_INIT("filename"), 'n'},
	    {STR_INIT("contentbasename"), 'n'},
	    {STR_INIT("slugorfilename"), 'N'},
	    {STR_INIT("slugorcontentbasename"), 'N'}, {STR_INIT("name"), 'n'},
	    {STR_INIT("basename"), 'n'}, {STR_INIT("categories"), 'c'},
	    {STR_INIT("section"), 'S'}, {STR_INIT("sections"), 'P'},
	    {STR_INIT("path"), 'p'}, {STR_INIT("collection"), 'C'},
	    {STR_INIT("output_ext"), 'e'}};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_eq(words[i].word, word))
			return words[i].what;
	return '\0';
}

/* The folders above _posts, which are categories to Jekyll. */
static void
add_folders(const struct facts *facts, struct buf *out)
{
	struct str path = facts->page->source;
	ptrdiff_t posts = str_find_str(path, STR("/_posts/"));

	if (posts <= 0 || facts->import->engine != &import_jekyll)
		return;
	buf_add(out, str_first(path, (size_t)posts));
	buf_add_char(out, '/');
}

/* What is below a collection's folder, without the ending. */
static void
add_path(struct str path, struct buf *out)
{
	struct str folder, rest = path;

	buf_add(out, import_stem(str_cut(&rest, '/', &folder) ? rest : path));
}

static bool
add_number(const struct facts *facts, char what, struct buf *out)
{
	const struct civil *day = &facts->day;

	if (!facts->has_day)
		return false;
	if (what == 'y')
		buf_addf(out, "%04d", day->year);
	else if (what == 'm' || what == 'd')
		buf_addf(out, "%02d", what == 'm' ? day->month : day->day);
	else
		buf_addf(out, "%d", what == 'M' ? day->month : day->day);
	return true;
}

/* The title, a slug, or the file's name. */
static void
add_title(const struct facts *facts, char what, struct buf *out)
{
	const struct yaml_node *meta = facts->page->meta;
	struct str slug = import_get(meta, STR("slug"));
	bool is_jekyll = facts->import->engine == &import_jekyll;

	if (slug.n > 0 && (what != 't' || is_jekyll))
		buf_add(out, slug);
	else if (what == 'N' || is_jekyll)
		buf_add(out, facts->name);
	else
		add_slug(facts, import_get(meta, STR("title")), out);
}

/* Add what stands for a word of a pattern. False for an unknown one, and for a
 * day that there is not. */
static bool
add_word(const struct facts *facts, struct str word, struct buf *out)
{
	struct str folder = str_from_index(
	    import_folder(facts->page->source), facts->import->root.n);
	struct str part;
	char what = meaning_of(word);

	switch (what) {
	case 'y':
	case 'm':
	case 'd':
	case 'M':
	case 'D':
		return add_number(facts, what, out);
	case 'c':
		add_folders(facts, out);
		add_categories(facts, out);
		return true;
	case 'e':
		buf_add(out, STR(".html"));
		return true;
	case 'S':
		str_cut(&folder, '/', &part);
		buf_add(out, part);
		return true;
	case 'C':
		str_cut(&folder, '/', &part);
		buf_add(out,
		    str_from_index(part, str_starts(part, STR("_")) ? 1 : 0));
		return true;
	case 'P':
		buf_add(out, folder);
		return true;
	case 'p':
		add_path(facts->page->source, out);
		return true;
	case 'n':
		buf_add(out, facts->name);
		return true;
	case 't':
	case 's':
	case 'N':
		add_title(facts, what, out);
		return true;
	default:
		return false;
	}
}

struct str
import_permalink(
    struct import *import, const struct import_page *page, struct str pattern)
{
	struct facts facts = {.import = import, .page = page};
	struct str whole = {"", 0};
	bool is_good = true;
	struct buf out;

	facts_init(&facts);
	buf_init(&out, import_path_max);
	buf_add_char(&out, '/');
	while (pattern.n > 0 && is_good) {
		size_t n = 1;

		if (pattern.p[0] == '/' && out.p[out.n - 1] == '/') {
			pattern = str_from_index(pattern, 1);
			continue;
		}
		if (pattern.p[0] == ':') {
			while (n < pattern.n &&
			    (ascii_is_alpha(pattern.p[n]) ||
				pattern.p[n] == '_'))
				n++;
			is_good = add_word(
			    &facts, str_from(pattern.p + 1, n - 1), &out);
		} else {
			buf_add_char(&out, pattern.p[0]);
		}
		pattern = str_from_index(pattern, n);
	}
	if (is_good && !out.full)
		whole = arena_str(&import->arena, buf_str(&out));
	buf_fini(&out);
	return whole;
}
