/*
 * The keys of capsuled.yaml as data. The shape of the file is conf_load's.
 */
#include "conf/option.h"

#include <limits.h>

#include "base/nearest.h"
#include "conf/conf.h"
#include "text/yaml.h"

#define STRUCT_SERVER struct conf
#define STRUCT_CAPSULE struct conf_capsule
#define STRUCT_LISTEN struct conf_listen
#define STRUCT_ROUTE struct conf_route
#define RANGE(from, to) .least = (from), .greatest = (to)
#define WORDS(list) .words = (list)
#define ANY .words = NULL

static const struct option options[] = {
#define OPTION(scope_, path_, kind_, field_, unit_, default_, range_, text_) \
	{.scope = OPTION_##scope_,                                           \
	    .path = STR_INIT(path_),                                         \
	    .kind = OPTION_##kind_,                                          \
	    .offset = offsetof(STRUCT_##scope_, field_),                     \
	    .unit = unit_,                                                   \
	    .fallback = default_,                                            \
	    range_,                                                          \
	    .sentence = text_},
#include "conf/options.def"
#undef OPTION
};

enum { option_count = sizeof(options) / sizeof(options[0]) };

const struct option *
option_all(size_t *count)
{
	*count = option_count;
	return options;
}

const struct option *
option_find(enum option_scope scope, struct str path)
{
	for (size_t i = 0; i < option_count; i++)
		if (options[i].scope == scope &&
		    yaml_key_eq(options[i].path, path))
			return &options[i];
	return NULL;
}

bool
option_is_section(enum option_scope scope, struct str path)
{
	struct str known;

	for (size_t i = 0; i < option_count; i++) {
		known = options[i].path;
		if (options[i].scope == scope && known.n > path.n &&
		    known.p[path.n] == '.' &&
		    yaml_key_eq(str_first(known, path.n), path))
			return true;
	}
	return false;
}

static struct str
last_part(struct str path)
{
	return str_from_index(
	    path, (size_t)(str_find_last_char(path, '.') + 1));
}

/* The letters that two keys share at their start: what decides when no key is
 * near. */
static size_t
common_start(struct str a, struct str b)
{
	size_t i = 0;

	while (i < a.n && i < b.n &&
	    ascii_to_lower(a.p[i]) == ascii_to_lower(b.p[i]))
		i++;
	return i;
}

struct str
option_nearest(enum option_scope scope, struct str path)
{
	struct nearest whole = nearest_to(path);
	struct nearest part = nearest_to(last_part(path));
	struct str found = {0}, of_part = {0}, last = {0};
	size_t start, best = 0;

	for (size_t i = 0; i < option_count; i++) {
		if (options[i].scope != scope)
			continue;
		nearest_try(&whole, options[i].path);
		nearest_try(&part, last_part(options[i].path));
		if (!str_eq(part.best, last)) {
			last = part.best;
			of_part = options[i].path;
		}
		start = common_start(options[i].path, path);
		if (found.p == NULL || start > best) {
			found = options[i].path;
			best = start;
		}
	}
	if (!str_is_empty(whole.best))
		return whole.best;
	return of_part.p != NULL ? of_part : found;
}

static void
add_words(const char *words, struct buf *out)
{
	struct str rest = str_from_c(words), word;
	const char *between = "";
	bool more = true;

	while (more) {
		more = str_cut(&rest, '|', &word);
		buf_addf(out, "%s%" STR_FMT, between, STR_ARG(word));
		between = str_find_char(rest, '|') >= 0 ? ", " : " or ";
	}
}

static void
add_number(const struct option *option, struct buf *out)
{
	buf_addf(out, "a whole number%s%s from %llu to %llu",
	    option->unit == NULL ? "" : " of ",
	    option->unit == NULL ? "" : option->unit,
	    (unsigned long long)option->least,
	    (unsigned long long)option->greatest);
}

void
option_add_expected(const struct option *option, struct buf *out)
{
	switch (option->kind) {
	case OPTION_LISTENS:
		buf_add(out, STR("a list of ADDRESS:PORT"));
		break;
	case OPTION_CAPSULES:
		buf_add(out, STR("a list of maps, each with hosts and root"));
		break;
	case OPTION_ROUTES:
		buf_add(out, STR("a list of maps, each with match"));
		break;
	case OPTION_INCLUDES:
		buf_add(out, STR("the names of files, with * for any"));
		break;
	case OPTION_HOSTS:
		buf_add(out, STR("a list of host names"));
		break;
	case OPTION_FINGERPRINTS:
		buf_add(out, STR("a list of SHA256: and 64 hex digits"));
		break;
	case OPTION_TEXT:
		buf_add(out, STR("a text"));
		break;
	case OPTION_PATH:
		buf_add(out, STR("a path"));
		break;
	case OPTION_SINK:
		buf_add(out, STR("stderr, syslog, off, or the path of a file"));
		break;
	case OPTION_WORD:
	case OPTION_CHOICE:
		add_words(option->words, out);
		break;
	case OPTION_COUNT_OR_AUTO:
		buf_add(out, STR("auto or "));
		add_number(option, out);
		break;
	case OPTION_NUMBER:
	case OPTION_PORT:
		add_number(option, out);
		break;
	case OPTION_SWITCH:
		buf_add(out, STR("true or false"));
		break;
	case OPTION_ADDRESS:
		buf_add(out,
		    STR("ADDRESS:PORT with a numeric address, "
			"IPv6 in brackets"));
		break;
	}
}

/* The index of text in words, or -1. */
static int
word_index(const char *words, struct str text)
{
	struct str rest = str_from_c(words), word;
	bool more = true;

	for (int i = 0; more; i++) {
		more = str_cut(&rest, '|', &word);
		if (str_eq(word, text))
			return i;
	}
	return -1;
}

static struct str
resolve_path(struct arena *arena, const struct option_text *value)
{
	if (str_starts(value->text, STR("/")) ||
	    str_is_empty(value->relative_to))
		return arena_str(arena, value->text);
	return arena_printf(arena, "%" STR_FMT "/%" STR_FMT,
	    STR_ARG(value->relative_to), STR_ARG(value->text));
}

static bool
is_named_sink(struct str text)
{
	return word_index("stderr|syslog|off", text) >= 0;
}

static bool
parse_number(const struct option *option, struct str text, uint64_t *number)
{
	if (option->kind == OPTION_COUNT_OR_AUTO && str_eq(text, STR("auto"))) {
		*number = 0;
		return true;
	}
	return str_to_u64(text, option->greatest, number) &&
	    *number >= option->least;
}

static bool
set_number(const struct option *option, void *field, struct str text)
{
	uint64_t number;

	if (!parse_number(option, text, &number))
		return false;
	if (option->kind == OPTION_PORT)
		*(uint16_t *)field = (uint16_t)number;
	else
		*(unsigned *)field = (unsigned)number;
	return true;
}

static bool
set_word(const struct option *option, void *field, struct str word)
{
	int index = word_index(option->words, word);

	if (index >= 0)
		*(unsigned *)field = (unsigned)index;
	return index >= 0;
}

/* The kinds whose field is a struct str. */
static bool
set_text(const struct option *option, struct str *field, struct arena *arena,
    const struct option_text *value)
{
	struct str text = value->text;
	bool is_path = option->kind == OPTION_PATH ||
	    (option->kind == OPTION_SINK && !is_named_sink(text));

	if (str_is_empty(text) || str_find_char(text, '\0') >= 0)
		return false;
	if (option->kind == OPTION_WORD && word_index(option->words, text) < 0)
		return false;
	*field = is_path ? resolve_path(arena, value) : arena_str(arena, text);
	return true;
}

bool
option_set(const struct option *option, void *base, struct arena *arena,
    const struct option_text *value)
{
	void *field = (char *)base + option->offset;

	switch (option->kind) {
	case OPTION_LISTENS:
	case OPTION_CAPSULES:
	case OPTION_ROUTES:
	case OPTION_INCLUDES:
	case OPTION_HOSTS:
	case OPTION_FINGERPRINTS:
		return false;
	case OPTION_TEXT:
	case OPTION_SINK:
	case OPTION_PATH:
	case OPTION_WORD:
		return set_text(option, field, arena, value);
	case OPTION_CHOICE:
		return set_word(option, field, value->text);
	case OPTION_COUNT_OR_AUTO:
	case OPTION_NUMBER:
	case OPTION_PORT:
		return set_number(option, field, value->text);
	case OPTION_SWITCH:
		return yaml_to_bool(value->text, field);
	case OPTION_ADDRESS:
		return conf_parse_listen(arena, value->text, base);
	}
	return false;
}
