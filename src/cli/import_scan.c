/*
 * What is in the tree that is imported: its pages with their front matter, and
 * the files beside them.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cli/import.h"
#include "publish/front_matter.h"
#include "text/toml.h"

/* Files that mean something to browsers and build tools only. */
static const char *const web_endings[] = {".css", ".scss", ".sass", ".less",
    ".styl", ".js", ".mjs", ".ts", ".jsx", ".tsx", ".map", ".woff", ".woff2",
    ".ttf", ".eot", ".otf", ".ico", ".webmanifest", ".htaccess", ".liquid",
    ".njk", ".lock", ".gemspec", ".rb", ".toml", ".yml", ".yaml", ".xml",
    ".php", ".bat", ".sh"};

static bool
has_ending(struct str path, const char *const *endings, size_t count)
{
	struct str end;

	for (size_t i = 0; i < count; i++) {
		end = str_from_c(endings[i]);
		if (path.n > end.n &&
		    str_eq_nocase(str_from_index(path, path.n - end.n), end))
			return true;
	}
	return false;
}

/* Whether a file is a page; what kind of page goes to *kind. */
static bool
is_page(struct str path, enum import_kind *kind)
{
	static const char *const markdown[] = {".md", ".markdown", ".mkd"};
	static const char *const gemtext[] = {".gmi", ".gemini"};
	static const char *const html[] = {".html", ".htm", ".xhtml"};

	if (has_ending(path, markdown, sizeof(markdown) / sizeof(*markdown)))
		*kind = IMPORT_MARKDOWN;
	else if (has_ending(path, gemtext, sizeof(gemtext) / sizeof(*gemtext)))
		*kind = IMPORT_GEMTEXT;
	else if (has_ending(path, html, sizeof(html) / sizeof(*html)))
		*kind = IMPORT_HTML;
	else
		return false;
	return true;
}

struct str
import_get(const struct yaml_node *map, struct str key)
{
	const struct yaml_node *node = map == NULL ? NULL : yaml_find(map, key);

	return node != NULL && node->kind == YAML_SCALAR && !yaml_is_null(node)
	    ? str_trim(node->text)
	    : STR("");
}

void
import_take_aliases(
    struct import *import, struct import_page *page, struct str folder)
{
	static const struct str keys[] = {
	    STR_INIT("aliases"), STR_INIT("alias"), STR_INIT("redirect_from")};
	const struct yaml_node *node;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		node = yaml_find(page->meta, keys[i]);
		if (node != NULL && node->kind == YAML_LIST)
			node = node->first;
		for (; node != NULL; node = node->next) {
			struct str path = str_trim(node->text);
			bool is_whole = str_starts(path, STR("/")) ||
			    str_find_str(path, STR("://")) >= 0;

			if (path.n > 0)
				*(struct str *)vec_add(&page->aliases) =
				    is_whole
				    ? path
				    : arena_printf(&import->arena,
					  "%" STR_FMT "%" STR_FMT,
					  STR_ARG(folder), STR_ARG(path));
			if (node->key.n > 0)
				break;
		}
	}
}

static struct str
display(struct import *import, struct str path)
{
	return arena_printf(&import->arena, "%" STR_FMT "/%" STR_FMT,
	    STR_ARG(import->source), STR_ARG(path));
}

/* Read a file of the source into the arena. -1 with an error when it cannot
 * be. */
static int
read_text(struct import *import, struct str path, struct str *text)
{
	char *path_c = str_to_c(path);
	int fd = file_open_beneath(import->folder, path_c, 0);
	struct buf bytes;
	int result = -1;

	mem_free(path_c);
	buf_init(&bytes, import_file_max);
	if (fd >= 0)
		result = file_read_fd(fd, &bytes, NULL);
	if (result < 0)
		diags_error(&import->diags,
		    (struct diag_place){.file = display(import, path)},
		    "unreadable", "see that the file can be read",
		    "cannot be read: %s", strerror(errno));
	else if (arena_total(&import->arena) > import_text_max)
		result = -1;
	else
		*text = arena_str(&import->arena, buf_str(&bytes));
	if (fd >= 0)
		close(fd);
	buf_fini(&bytes);
	return result;
}

/* JSON at the start of a Hugo page: up to the line that is a brace alone. */
static bool
split_json(struct str text, struct front_matter *parts)
{
	struct str rest = text, line;
	unsigned number = 0;

	if (!str_starts(text, STR("{")) || str_starts(text, STR("{{")) ||
	    str_starts(text, STR("{%")))
		return false;
	while (str_next_line(&rest, &line)) {
		number++;
		if (!str_eq(line, STR("}")))
			continue;
		parts->text = str_first(text, (size_t)(rest.p - text.p));
		parts->line = 1;
		parts->body = rest;
		parts->body_line = number + 1;
		return true;
	}
	return false;
}

static int
parse_front(struct import *import, struct import_page *page)
{
	struct front_matter parts = {.body = page->text, .body_line = 1};
	enum front_matter_result result =
	    front_matter_split(page->text, &parts);
	struct yaml_input input = {.file = page->file};
	struct diag_place start = {page->file, 1, 1};

	if (result == FRONT_MATTER_NONE && split_json(page->text, &parts))
		result = FRONT_MATTER_YAML;
	input.text = parts.text;
	input.first_line = parts.line;
	switch (result) {
	case FRONT_MATTER_NONE:
		break;
	case FRONT_MATTER_OPEN:
		diags_error(&import->diags, start, "front-matter",
		    "add a line --- behind the last key",
		    "the front matter does not end");
		return -1;
	case FRONT_MATTER_YAML:
		page->meta = yaml_parse(&import->arena, &input, &import->diags);
		break;
	case FRONT_MATTER_TOML:
		page->meta = toml_parse(&import->arena, &input, &import->diags);
		break;
	}
	page->text = parts.body;
	page->line = parts.body_line;
	if (result != FRONT_MATTER_NONE && page->meta == NULL)
		return -1;
	if (page->meta != NULL && page->meta->kind == YAML_MAP)
		return 0;
	page->meta = NULL;
	return 0;
}

/* A page that only a template engine can fill. */
static bool
is_program(const struct import *import, const struct import_page *page)
{
	static const struct str marks[] = {STR_INIT("{% for"),
	    STR_INIT("{%- for"), STR_INIT("{% include"), STR_INIT("{% if"),
	    STR_INIT("{{ content")};

	if (page->kind != IMPORT_HTML || import->engine == &import_html)
		return false;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (str_find_str(page->text, marks[i]) >= 0)
			return true;
	return false;
}

static int
check_text(struct import *import, const struct import_page *page)
{
	struct diag_place place = {page->file, 1, 1};
	size_t valid = utf8_valid_length(page->text);

	if (page->kind == IMPORT_HTML || valid == page->text.n)
		return 0;
	for (size_t i = 0; i < valid; i++)
		if (page->text.p[i] == '\n') {
			place.line++;
			place.column = 1;
		} else {
			place.column++;
		}
	diags_error(&import->diags, place, "encoding", "save it as UTF-8",
	    "the text is not UTF-8");
	return -1;
}

static void
add_page(struct import *import, struct str path, enum import_kind kind)
{
	struct import_page page = {
	    .kind = kind,
	    .source = path,
	    .file = display(import, path),
	    .line = 1,
	    .aliases = VEC_INIT(struct str),
	};

	if (read_text(import, path, &page.text) < 0 ||
	    check_text(import, &page) < 0 || parse_front(import, &page) < 0) {
		import->left_out++;
		return;
	}
	if (is_program(import, &page)) {
		diags_warning(&import->diags,
		    (struct diag_place){page.file, page.line, 1}, "template",
		    "capsuled builds lists and home pages itself",
		    "is a template more than a text, and is left out");
		import->left_out++;
		return;
	}
	/* What an engine has in its lines may lead to pages met later. */
	if (page.kind == IMPORT_HTML && import->engine->add_line == NULL &&
	    import_read_html(import, &page) < 0) {
		import->left_out++;
		return;
	}
	import->engine->place(import, &page);
	if (page.target.n > 0)
		*(struct import_page *)vec_add(&import->pages) = page;
}

static void
add_file(struct import *import, struct str path)
{
	enum import_kind kind;
	struct import_asset asset = {.source = path};

	if (import->pages.n + import->assets.n >= import_files_max) {
		import->left_out++;
		return;
	}
	if (is_page(path, &kind)) {
		add_page(import, path, kind);
		return;
	}
	if (has_ending(
		path, web_endings, sizeof(web_endings) / sizeof(*web_endings)))
		return;
	import->engine->place_asset(import, &asset);
	if (asset.target.n > 0)
		*(struct import_asset *)vec_add(&import->assets) = asset;
}

const struct str *
import_take_beside(struct import *import, struct str path)
{
	enum import_kind kind;
	struct import_asset asset = {0};
	struct str *target;
	struct stat st;
	char *path_c;
	int fd;

	if (is_page(path, &kind) || str_starts(path, STR(".")) ||
	    str_find_str(path, STR("/.")) >= 0 ||
	    has_ending(
		path, web_endings, sizeof(web_endings) / sizeof(*web_endings)))
		return NULL;
	path_c = str_to_c(path);
	fd = file_open_beneath(import->folder, path_c, 0);
	mem_free(path_c);
	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return NULL;
	}
	close(fd);
	asset.source = arena_str(&import->arena, path);
	import->engine->place_asset(import, &asset);
	*(struct import_asset *)vec_add(&import->assets) = asset;
	target = arena_alloc(&import->arena, sizeof(*target));
	*target = asset.target;
	map_put(&import->by_source, asset.source, target);
	return target;
}

static int
compare_str(const void *a, const void *b)
{
	const struct str *left = a, *right = b;

	return str_cmp(*left, *right);
}

/* The wanted names in one folder: files are added, folders wait. */
static void
scan_folder(struct import *import, struct str folder, struct vec *waiting)
{
	struct vec files = VEC_INIT(struct str);
	int fd = file_open_beneath(
	    import->folder, folder.n == 0 ? "." : folder.p, O_DIRECTORY);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;
	struct stat st;
	struct str path;

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.' ||
		    fstatat(fd, entry->d_name, &st, 0) < 0)
			continue;
		path = arena_printf(&import->arena, "%" STR_FMT "%s%s",
		    STR_ARG(folder), folder.n == 0 ? "" : "/", entry->d_name);
		if (!import->engine->takes(import, path))
			continue;
		if (S_ISDIR(st.st_mode) &&
		    fstatat(fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISDIR(st.st_mode) && waiting->n < import_files_max)
			*(struct str *)vec_add(waiting) = path;
		if (S_ISREG(st.st_mode))
			*(struct str *)vec_add(&files) = path;
	}
	if (dir != NULL)
		closedir(dir);
	else if (fd >= 0)
		close(fd);
	vec_sort(&files, compare_str);
	VEC_EACH (struct str, file, &files)
		add_file(import, *file);
	vec_fini(&files);
}

static struct str *
keep(struct import *import, struct str s)
{
	struct str *kept = arena_alloc(&import->arena, sizeof(*kept));

	*kept = s;
	return kept;
}

/* Note the URL of a page whose metadata gives it one. */
static void
note_served(
    struct import *import, const struct import_page *page, struct str target)
{
	struct str slug = import_get(page->meta, STR("slug"));
	struct str name = import_name(target), url = page->own_url;

	if (url.n == 0 && slug.n > 0)
		url =
		    arena_printf(&import->arena, "%" STR_FMT "%" STR_FMT ".gmi",
			STR_ARG(str_first(target, target.n - name.n)),
			STR_ARG(slug));
	if (url.n > 0)
		map_put(&import->served, target, keep(import, url));
}

/* Make it known what is where, for links. */
static void
index_all(struct import *import)
{
	struct str *target;

	VEC_EACH (struct import_asset, asset, &import->assets) {
		map_put(&import->by_source, asset->source,
		    keep(import, asset->target));
		target = keep(import, asset->url);
		map_put(&import->by_url, import_key(&import->arena, asset->url),
		    target);
	}
	VEC_EACH (struct import_page, page, &import->pages) {
		target = keep(import,
		    arena_printf(
			&import->arena, "/%" STR_FMT, STR_ARG(page->target)));
		map_put(&import->by_source, page->source,
		    keep(import, page->target));
		if (page->url.n > 0)
			map_put(&import->by_url,
			    import_key(&import->arena, page->url), target);
		note_served(import, page, *target);
		VEC_EACH (struct str, alias, &page->aliases)
			map_put(&import->by_url,
			    import_key(&import->arena, *alias), target);
	}
}

void
import_scan(struct import *import)
{
	struct vec waiting = VEC_INIT(struct str);

	if (import->engine->configure != NULL)
		import->engine->configure(import);
	*(struct str *)vec_add(&waiting) = STR("");
	for (size_t i = 0; i < waiting.n; i++)
		scan_folder(import, *(const struct str *)vec_get(&waiting, i),
		    &waiting);
	vec_fini(&waiting);
	index_all(import);
}

void
import_read_config(struct import *import, const char *const *names)
{
	struct yaml_input input = {.first_line = 1};
	struct stat st;

	for (; *names != NULL; names++) {
		struct str path = str_from_c(*names);

		if (fstatat(import->folder, *names, &st, 0) < 0)
			continue;
		if (read_text(import, path, &input.text) < 0)
			return;
		input.file = display(import, path);
		import->config_file = input.file;
		import->config = str_ends(path, STR(".toml"))
		    ? toml_parse(&import->arena, &input, &import->diags)
		    : yaml_parse(&import->arena, &input, &import->diags);
		return;
	}
}
