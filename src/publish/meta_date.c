/*
 * The dates of a page: what its metadata says, or else its name, its folders
 * or its address. Never the file's own times.
 */
#include "publish/meta_field.h"

enum {
	year_digits = 4,
	pair_digits = 2,
	day_length = 10, /* YYYY-MM-DD */
	clock_length = 5, /* -HHMM */
	hour_max = 23,
	minute_max = 59,
	day_seconds = 24 * 60 * 60,
};

static const char date_hint[] =
    "write a day such as 2026-11-23, or a time such as "
    "2026-11-23T18:00:00+01:00";

/* Take count digits from the front of *s as a number. */
static bool
take_digits(struct str *s, size_t count, int *number)
{
	uint64_t value;

	if (s->n < count ||
	    !str_to_u64(str_first(*s, count), UINT32_MAX, &value))
		return false;
	*number = (int)value;
	*s = str_from_index(*s, count);
	return true;
}

static bool
take_char(struct str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = str_from_index(*s, 1);
	return true;
}

/* Take YYYY, MM and DD with separator between them. */
static bool
take_day(struct str *s, char separator, struct civil *day)
{
	return take_digits(s, year_digits, &day->year) &&
	    take_char(s, separator) &&
	    take_digits(s, pair_digits, &day->month) &&
	    take_char(s, separator) && take_digits(s, pair_digits, &day->day);
}

/* A file's name that starts with YYYY-MM-DD[-HHMM], and what follows it. */
static bool
take_name_date(struct str *name, const char *zone, struct date *date)
{
	struct civil civil = {0};
	struct str rest = *name, clock;

	if (!take_day(&rest, '-', &civil) || (rest.n > 0 && rest.p[0] != '-'))
		return false;
	clock = rest;
	if (take_char(&clock, '-') &&
	    take_digits(&clock, pair_digits, &civil.hour) &&
	    take_digits(&clock, pair_digits, &civil.minute) &&
	    (clock.n == 0 || clock.p[0] == '-') && civil.hour <= hour_max &&
	    civil.minute <= minute_max) {
		*name = clock;
		take_char(name, '-');
		return date_from_civil(civil, zone, date);
	}
	*name = rest;
	take_char(name, '-');
	return date_from_day(civil.year, civil.month, civil.day, zone, date);
}

struct str
meta_name_without_date(struct str name, const char *zone)
{
	struct str rest = name;
	struct date date;

	return take_name_date(&rest, zone, &date) ? rest : name;
}

/* Folders YYYY/MM or YYYY/MM/DD anywhere in a path of folders. */
static bool
find_folder_date(struct str folders, const char *zone, struct date *date)
{
	struct str rest = folders, segment, tail;
	bool has_more = true;
	struct civil civil;

	while (has_more) {
		tail = rest;
		civil = (struct civil){.day = 1};
		has_more = str_cut(&rest, '/', &segment);
		if (segment.n != year_digits ||
		    !take_digits(&tail, year_digits, &civil.year) ||
		    !take_char(&tail, '/') ||
		    !take_digits(&tail, pair_digits, &civil.month) ||
		    (tail.n > 0 && tail.p[0] != '/'))
			continue;
		if (take_char(&tail, '/') &&
		    (!take_digits(&tail, pair_digits, &civil.day) ||
			(tail.n > 0 && tail.p[0] != '/')))
			civil.day = 1;
		if (date_from_day(
			civil.year, civil.month, civil.day, zone, date))
			return true;
	}
	return false;
}

/* An address that starts with YYYY/MM/DD/. */
static bool
find_address_date(struct str path, const char *zone, struct date *date)
{
	struct civil civil;

	take_char(&path, '/');
	return take_day(&path, '/', &civil) && take_char(&path, '/') &&
	    date_from_day(civil.year, civil.month, civil.day, zone, date);
}

/* The date that the name, the folders or the address of a page tell. */
static bool
find_silent_date(const struct meta *meta, struct date *date)
{
	const char *zone = meta->input->site->zone;
	struct str name = meta->input->name.stem;
	struct str folders = meta->input->name.folder;
	struct meta_value value;
	ptrdiff_t slash;

	if (meta->input->name.is_index) {
		slash = str_find_last_char(folders, '/');
		name = str_from_index(folders, (size_t)(slash + 1));
	}
	if (take_name_date(&name, zone, date) ||
	    find_folder_date(folders, zone, date) ||
	    find_address_date(meta->input->path, zone, date))
		return true;
	return meta_find(meta, FIELD_URL, &value) &&
	    value.node->kind == YAML_SCALAR &&
	    find_address_date(value.node->text, zone, date);
}

/* Eleventy's names for the times of a file or of its history. */
static bool
is_time_of_file(struct str text)
{
	static const struct str names[] = {STR_INIT("Last Modified"),
	    STR_INIT("Created"), STR_INIT("git Last Modified"),
	    STR_INIT("git Created")};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_eq_nocase(text, names[i]))
			return true;
	return false;
}

/* The text of a date; empty, with a message, where there is none. */
static struct str
date_text(const struct meta *meta, struct meta_value *value)
{
	struct str text;

	value->node = meta_node_single(value->node);
	if (value->node->kind != YAML_SCALAR) {
		meta_error(meta, value, date_hint, "is a list or a map");
		return (struct str){0};
	}
	if (meta_node_is_bool(value->node))
		return (struct str){0};
	text = str_trim(meta_node_name(meta, value->node));
	if (!is_time_of_file(text))
		return text;
	meta_warn(meta, value, date_hint,
	    "names a time of the file, which does not count");
	return (struct str){0};
}

/* The date in a value. False, with a message, when it is none. */
static bool
parse_date(const struct meta *meta, struct meta_value *value, struct date *date)
{
	struct str text = date_text(meta, value);

	if (str_is_empty(text))
		return false;
	switch (date_parse(text, meta->input->site->zone, date)) {
	case DATE_OK:
		return true;
	case DATE_UNKNOWN_FORM:
		meta_error(meta, value, date_hint, "is no date");
		break;
	case DATE_NO_SUCH_DAY:
		meta_error(meta, value, date_hint,
		    "is a day or a time that does not exist");
		break;
	case DATE_AMBIGUOUS:
		meta_error(meta, value,
		    "write the year first, as in 2026-11-23",
		    "may be one of two days");
		break;
	}
	return false;
}

/* The date that a field gives. False when it gives none or a wrong one. */
static bool
take_date(const struct meta *meta, enum field field, struct date *date)
{
	struct meta_value value;

	return meta_find(meta, field, &value) && parse_date(meta, &value, date);
}

/* The page's own date goes before that of its folders. */
static bool
take_page_date(const struct meta *meta, struct date *date)
{
	struct meta_value value;
	bool is_own = meta_find_own(meta, FIELD_DATE, &value);

	if (is_own && parse_date(meta, &value, date))
		return true;
	return find_silent_date(meta, date) ||
	    (!is_own && take_date(meta, FIELD_DATE, date));
}

/* The first moment of the day of a date without a time. */
static int64_t
day_start(const struct meta *meta, struct date date)
{
	struct civil civil = date_civil(date);
	struct date start;

	if (date.has_time)
		return date.seconds;
	civil.hour = civil.minute = civil.second = 0;
	if (!date_from_civil(civil, meta->input->site->zone, &start))
		return date.seconds - day_seconds / 2;
	return start.seconds;
}

void
meta_take_dates(struct meta *meta)
{
	struct page *page = &meta->page;
	struct date date;

	page->publish = INT64_MIN;
	page->expire = INT64_MAX;
	page->has_date = take_page_date(meta, &page->date);
	page->updated = page->date;
	page->has_updated = take_date(meta, FIELD_UPDATED, &page->updated);
	if (take_date(meta, FIELD_PUBLISH, &date))
		page->publish = day_start(meta, date);
	else if (page->has_date)
		page->publish = day_start(meta, page->date);
	if (take_date(meta, FIELD_EXPIRE, &date))
		page->expire =
		    day_start(meta, date) + (date.has_time ? 0 : day_seconds);
}
