/*
 * Zones as the files of the zone database hold them: a table of the moments
 * at which clocks changed, and a rule for all later years. Names of offsets
 * ("CEST") are passed over.
 */
#include "base/zone.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/calendar.h"
#include "base/file.h"
#include "base/mem.h"

enum {
	file_max = 1024 * 1024,
	path_max = 4096,
	name_max = 64,
	byte_bits = 8,
	second_per_minute = 60,
	second_per_hour = 60 * 60,
	second_per_day = 24 * 60 * 60,
	offset_max = 26 * second_per_hour, /* RFC 8536, 3.2 */
	/* The file: RFC 8536, 3. */
	header_size = 44,
	version_at = 4,
	counts_at = 20,
	count_size = 4,
	time_old_size = 4,
	time_size = 8,
	type_size = 6,
	leap_extra_size = 4,
	/* The rule: RFC 8536, 3.3. */
	rule_hour_max = 167,
	rule_sexagesimal_max = 59,
	rule_abbreviation_min = 3,
	rule_change_hour = 2,
	rule_week_last = 5,
	rule_day_max = 365,
	week_days = 7,
	march = 3,
	february_end = 59, /* days of a common year before March */
};

/* The day of a year on which clocks change: its kind is 'M' for a weekday of a
 * week of a month, 'J' for a day counted without 29 February from 1 on, '0'
 * for one counted with it from 0 on. time is seconds after its midnight. */
struct rule_change {
	char kind;
	int month, week, day;
	int32_t time;
};

struct zone {
	size_t count;
	int64_t *moments; /* from which on the offset of the same index holds */
	int32_t *offsets;
	int32_t first; /* before all moments */
	bool has_rule, rule_has_summer;
	int32_t winter, summer; /* the rule's two offsets */
	struct rule_change to_summer, to_winter;
};

/* The counts of a block of the file, in its own order, and the block. */
struct block {
	uint32_t utc, standard, leap, time, type, character;
	struct str bytes;
};

static int64_t
read_number(const char *p, size_t size)
{
	uint64_t value = 0;

	for (size_t i = 0; i < size; i++)
		value = value << byte_bits | (unsigned char)p[i];
	if (size == count_size)
		return (int32_t)value;
	return (int64_t)value;
}

/* Take one header and its block, with times of time_bytes, from *rest. */
static bool
take_block(struct str *rest, size_t time_bytes, struct block *block)
{
	uint32_t *counts[] = {&block->utc, &block->standard, &block->leap,
	    &block->time, &block->type, &block->character};
	size_t n;

	if (rest->n < header_size || !str_starts(*rest, STR("TZif")) ||
	    rest->p[version_at] < '2')
		return false;
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		*counts[i] = (uint32_t)read_number(
		    rest->p + counts_at + i * count_size, count_size);
		if (*counts[i] > file_max)
			return false;
	}
	*rest = str_from_index(*rest, header_size);
	n = block->time * (time_bytes + 1) + block->type * (size_t)type_size +
	    block->character + block->leap * (time_bytes + leap_extra_size) +
	    block->standard + block->utc;
	if (n > rest->n)
		return false;
	block->bytes = str_first(*rest, n);
	*rest = str_from_index(*rest, n);
	return true;
}

/* The offset of type number i of a block. */
static bool
type_offset(const struct block *block, size_t i, int32_t *offset)
{
	size_t types_at = block->time * (size_t)(time_size + 1);

	if (i >= block->type)
		return false;
	*offset = (int32_t)read_number(
	    block->bytes.p + types_at + i * type_size, count_size);
	return *offset > -offset_max && *offset < offset_max;
}

static bool
table_parse(struct zone *zone, const struct block *block)
{
	const char *indices = block->bytes.p + block->time * (size_t)time_size;

	if (block->leap > 0 || !type_offset(block, 0, &zone->first))
		return false;
	zone->count = block->time;
	zone->moments = mem_alloc_array(zone->count, sizeof(*zone->moments));
	zone->offsets = mem_alloc_array(zone->count, sizeof(*zone->offsets));
	for (size_t i = 0; i < zone->count; i++) {
		zone->moments[i] =
		    read_number(block->bytes.p + i * time_size, time_size);
		if (i > 0 && zone->moments[i] <= zone->moments[i - 1])
			return false;
		if (!type_offset(
			block, (unsigned char)indices[i], &zone->offsets[i]))
			return false;
	}
	return true;
}

static bool
take_char(struct str *rest, char c)
{
	if (rest->n == 0 || rest->p[0] != c)
		return false;
	*rest = str_from_index(*rest, 1);
	return true;
}

static bool
take_number(struct str *rest, int max, int *out)
{
	uint64_t value;
	size_t n = 0;

	while (n < rest->n && ascii_is_digit(rest->p[n]))
		n++;
	if (!str_to_u64(str_first(*rest, n), (uint64_t)max, &value))
		return false;
	*rest = str_from_index(*rest, n);
	*out = (int)value;
	return true;
}

/* "CET", or "<+03>". */
static bool
take_abbreviation(struct str *rest)
{
	struct str inside;
	size_t n = 0;

	if (take_char(rest, '<'))
		return str_cut(rest, '>', &inside);
	while (n < rest->n && ascii_is_alpha(rest->p[n]))
		n++;
	*rest = str_from_index(*rest, n);
	return n >= rule_abbreviation_min;
}

/* [+-]hours[:minutes[:seconds]] as seconds. */
static bool
take_time(struct str *rest, int32_t *out)
{
	int hours, minutes = 0, seconds = 0;
	bool is_negative = take_char(rest, '-');

	if (!is_negative)
		take_char(rest, '+');
	if (!take_number(rest, rule_hour_max, &hours))
		return false;
	if (take_char(rest, ':')) {
		if (!take_number(rest, rule_sexagesimal_max, &minutes))
			return false;
		if (take_char(rest, ':') &&
		    !take_number(rest, rule_sexagesimal_max, &seconds))
			return false;
	}
	*out = hours * second_per_hour + minutes * second_per_minute + seconds;
	if (is_negative)
		*out = -*out;
	return true;
}

static bool
take_month_day(struct str *rest, struct rule_change *change)
{
	return take_number(rest, calendar_months, &change->month) &&
	    change->month > 0 && take_char(rest, '.') &&
	    take_number(rest, rule_week_last, &change->week) &&
	    change->week > 0 && take_char(rest, '.') &&
	    take_number(rest, week_days - 1, &change->day);
}

/* ",M3.5.0/2", ",J60", or ",59". */
static bool
take_change(struct str *rest, struct rule_change *change)
{
	*change = (struct rule_change){
	    .kind = '0', .time = rule_change_hour * second_per_hour};
	if (!take_char(rest, ','))
		return false;
	if (take_char(rest, 'M')) {
		change->kind = 'M';
		if (!take_month_day(rest, change))
			return false;
	} else {
		if (take_char(rest, 'J'))
			change->kind = 'J';
		if (!take_number(rest, rule_day_max, &change->day))
			return false;
	}
	return !take_char(rest, '/') || take_time(rest, &change->time);
}

static bool
is_clock_offset(int32_t offset)
{
	return offset > -offset_max && offset < offset_max;
}

/* The rule at the end of the file, such as "CET-1CEST,M3.5.0,M10.5.0/3". Its
 * offsets count to the west. */
static bool
rule_parse(struct zone *zone, struct str rule)
{
	int32_t west;

	if (str_is_empty(rule))
		return true;
	zone->has_rule = true;
	if (!take_abbreviation(&rule) || !take_time(&rule, &west))
		return false;
	zone->winter = -west;
	if (str_is_empty(rule))
		return is_clock_offset(zone->winter);
	zone->rule_has_summer = true;
	zone->summer = zone->winter + second_per_hour;
	if (!take_abbreviation(&rule))
		return false;
	if (rule.n > 0 && rule.p[0] != ',') {
		if (!take_time(&rule, &west))
			return false;
		zone->summer = -west;
	}
	return take_change(&rule, &zone->to_summer) &&
	    take_change(&rule, &zone->to_winter) && str_is_empty(rule) &&
	    is_clock_offset(zone->winter) && is_clock_offset(zone->summer);
}

struct zone *
zone_parse(struct str bytes)
{
	struct block old, block;
	struct str rest = bytes, rule;
	struct zone *zone;

	if (!take_block(&rest, time_old_size, &old) ||
	    !take_block(&rest, time_size, &block) || !take_char(&rest, '\n') ||
	    !str_cut(&rest, '\n', &rule))
		return NULL;
	zone = mem_alloc(sizeof(*zone));
	if (!table_parse(zone, &block) || !rule_parse(zone, rule))
		zone_free(&zone);
	return zone;
}

static bool
is_zone_char(char c)
{
	return ascii_is_alnum(c) || c == '_' || c == '+' || c == '-';
}

/* Whether name can only lead to a file of the database. */
static bool
is_zone_name(struct str name)
{
	bool more = true;
	struct str word;

	if (name.n > name_max)
		return false;
	while (more) {
		more = str_cut(&name, '/', &word);
		if (word.n == 0)
			return false;
		for (size_t i = 0; i < word.n; i++)
			if (!is_zone_char(word.p[i]))
				return false;
	}
	return true;
}

struct zone *
zone_load(const char *name)
{
	const char *folder = getenv("TZDIR");
	struct zone *zone = NULL;
	struct buf path, bytes;

	if (!is_zone_name(str_from_c(name)))
		return NULL;
	if (folder == NULL || folder[0] == '\0')
		folder = "/usr/share/zoneinfo";
	buf_init(&path, path_max);
	buf_init(&bytes, file_max);
	buf_addf(&path, "%s/%s", folder, name);
	if (path.n > 0 && buf_c(&path) != NULL &&
	    file_read(AT_FDCWD, buf_c(&path), &bytes, NULL) == 0)
		zone = zone_parse(buf_str(&bytes));
	buf_fini(&bytes);
	buf_fini(&path);
	return zone;
}

void
zone_free(struct zone **zone)
{
	if (*zone == NULL)
		return;
	mem_free((*zone)->moments);
	mem_free((*zone)->offsets);
	mem_free(*zone);
	*zone = NULL;
}

/* The number of the day on which clocks change, when it is given as a weekday
 * of a week of a month; week 5 is the last one. */
static int64_t
change_weekday(const struct rule_change *change, int64_t year)
{
	int64_t first = calendar_days(year, change->month, 1);
	int day;

	day = (change->day - calendar_weekday(first) + week_days) % week_days +
	    (change->week - 1) * week_days;
	if (day >= calendar_month_length(year, change->month))
		day -= week_days;
	return first + day;
}

/* The number of the day of year on which clocks change. */
static int64_t
change_day(const struct rule_change *change, int64_t year)
{
	if (change->kind == 'M')
		return change_weekday(change, year);
	if (change->kind == 'J' && change->day > february_end)
		return calendar_days(year, march, change->day - february_end);
	return calendar_days(year, 1, change->day + (change->kind == '0'));
}

/* The moment at which clocks change in year, when they show offset before. */
static int64_t
change_moment(const struct rule_change *change, int64_t year, int32_t offset)
{
	return change_day(change, year) * second_per_day + change->time -
	    offset;
}

static int32_t
rule_offset(const struct zone *zone, int64_t seconds)
{
	int64_t year, to_summer, to_winter;
	int month, day;
	bool is_summer;

	if (!zone->rule_has_summer)
		return zone->winter;
	calendar_from_days(
	    calendar_floor_div(seconds + zone->winter, second_per_day), &year,
	    &month, &day);
	to_summer = change_moment(&zone->to_summer, year, zone->winter);
	to_winter = change_moment(&zone->to_winter, year, zone->summer);
	if (to_summer < to_winter)
		is_summer = seconds >= to_summer && seconds < to_winter;
	else
		is_summer = seconds >= to_summer || seconds < to_winter;
	return is_summer ? zone->summer : zone->winter;
}

int32_t
zone_offset(const struct zone *zone, int64_t seconds)
{
	size_t low = 0, high = zone->count, middle;

	if (zone->has_rule &&
	    (zone->count == 0 || seconds >= zone->moments[zone->count - 1]))
		return rule_offset(zone, seconds);
	while (low < high) {
		middle = low + (high - low) / 2;
		if (zone->moments[middle] <= seconds)
			low = middle + 1;
		else
			high = middle;
	}
	return low == 0 ? zone->first : zone->offsets[low - 1];
}
