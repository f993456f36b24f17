/*
 * Dates: moments, days and what is shown of them. Everything is computed from
 * numbers of days and zones of base/zone; the C library's local time is left
 * alone. What authors write is read elsewhere.
 */
#include "base/date.h"

#include <assert.h>
#include <string.h>

#include "base/calendar.h"
#include "base/mem.h"
#include "base/zone.h"

enum {
	ms_per_s = 1000,
	second_per_minute = 60,
	second_per_hour = 60 * 60,
	second_per_day = 24 * 60 * 60,
	hours = 24,
	sexagesimal = 60,
	decimal_base = 10,
	noon = 12,
	year_max = 9999,
	year_digits = 4,
	ms_digits = 3,
};

/* The zone that was asked for last: a publish asks for one and the same again
 * and again. */
static struct {
	char *name;
	struct zone *zone; /* NULL when there is none of that name */
} cached;

static bool
zone_is_utc(const char *name)
{
	return name == NULL || name[0] == '\0' || strcmp(name, "UTC") == 0 ||
	    strcmp(name, "GMT") == 0 || strcmp(name, "Etc/UTC") == 0;
}

static const struct zone *
zone_cached(const char *name)
{
	if (cached.name == NULL || strcmp(cached.name, name) != 0) {
		mem_free(cached.name);
		zone_free(&cached.zone);
		cached.name = mem_dup(name);
		cached.zone = zone_load(name);
	}
	return cached.zone;
}

/* Seconds east of UTC in the zone of that name at a moment. */
static int32_t
offset_at(const char *name, int64_t seconds)
{
	const struct zone *zone;

	if (zone_is_utc(name))
		return 0;
	zone = zone_cached(name);
	return zone == NULL ? 0 : zone_offset(zone, seconds);
}

bool
date_zone_exists(const char *zone)
{
	return zone_is_utc(zone) || zone_cached(zone) != NULL;
}

static bool
civil_exists(struct civil c)
{
	return c.year >= 1 && c.year <= year_max && c.month >= 1 &&
	    c.month <= calendar_months && c.day >= 1 &&
	    c.day <= calendar_month_length(c.year, c.month) && c.hour >= 0 &&
	    c.hour < hours && c.minute >= 0 && c.minute < sexagesimal &&
	    c.second >= 0 && c.second < sexagesimal;
}

/* The seconds since 1970 that civil would be at in UTC. */
static int64_t
civil_seconds(struct civil c)
{
	return calendar_days(c.year, c.month, c.day) * second_per_day +
	    c.hour * second_per_hour + c.minute * second_per_minute + c.second;
}

static struct civil
civil_from_seconds(int64_t seconds)
{
	int64_t days = calendar_floor_div(seconds, second_per_day), year;
	int rest = (int)(seconds - days * second_per_day);
	struct civil c = {0};

	calendar_from_days(days, &year, &c.month, &c.day);
	c.year = (int)year;
	c.hour = rest / second_per_hour;
	c.minute = rest / second_per_minute % sexagesimal;
	c.second = rest % second_per_minute;
	return c;
}

/* The moment at which the clocks of zone show local. Of two such moments it is
 * the first; where clocks skip local, they have gone on as before, which gives
 * a time behind the gap. */
static struct date
date_from_local(int64_t local, const char *zone)
{
	int32_t before = offset_at(zone, local - second_per_day);
	int32_t after = offset_at(zone, local + second_per_day);
	int64_t seconds = local - before;

	if (offset_at(zone, seconds) != before &&
	    offset_at(zone, local - after) == after)
		seconds = local - after;
	return (struct date){seconds, offset_at(zone, seconds), true};
}

bool
date_from_civil(struct civil civil, const char *zone, struct date *out)
{
	if (!civil_exists(civil))
		return false;
	*out = date_from_local(civil_seconds(civil), zone);
	return true;
}

bool
date_from_day(int year, int month, int day, const char *zone, struct date *out)
{
	struct civil civil = {year, month, day, .hour = noon};

	if (!date_from_civil(civil, zone, out))
		return false;
	out->has_time = false;
	return true;
}

struct date
date_at(int64_t seconds, const char *zone)
{
	/* A day inside the calendar, so that local time stays in it too. */
	int64_t first = calendar_days(1, 1, 2) * second_per_day;
	int64_t end = calendar_days(year_max + 1, 1, 0) * second_per_day;

	if (seconds < first)
		seconds = first;
	if (seconds >= end)
		seconds = end - 1;
	return (struct date){seconds, offset_at(zone, seconds), true};
}

struct civil
date_civil(struct date date)
{
	return civil_from_seconds(date.seconds + date.offset);
}

/* Add value, not negative, in as many digits as width says. */
static void
add_padded(struct buf *out, int value, size_t width)
{
	char digits[year_digits];

	assert(width <= sizeof(digits));
	for (size_t i = width; i > 0; i--) {
		digits[i - 1] = (char)('0' + value % decimal_base);
		value /= decimal_base;
	}
	buf_add(out, str_from(digits, width));
}

static void
add_civil_day(struct buf *out, struct civil c)
{
	add_padded(out, c.year, year_digits);
	buf_add_char(out, '-');
	add_padded(out, c.month, 2);
	buf_add_char(out, '-');
	add_padded(out, c.day, 2);
}

static void
add_civil(struct buf *out, struct civil c)
{
	add_civil_day(out, c);
	buf_add_char(out, 'T');
	add_padded(out, c.hour, 2);
	buf_add_char(out, ':');
	add_padded(out, c.minute, 2);
	buf_add_char(out, ':');
	add_padded(out, c.second, 2);
}

void
date_add_day(struct buf *out, struct date date)
{
	add_civil_day(out, date_civil(date));
}

/* An offset with odd seconds, as clocks had before there were zones, cannot be
 * written: such a moment is shown in UTC. */
void
date_add_rfc3339(struct buf *out, struct date date)
{
	int offset;

	if (date.offset % second_per_minute != 0)
		date = date_at(date.seconds, NULL);
	add_civil(out, date_civil(date));
	if (date.offset == 0) {
		buf_add_char(out, 'Z');
		return;
	}
	buf_add_char(out, date.offset < 0 ? '-' : '+');
	offset = date.offset < 0 ? -date.offset : date.offset;
	add_padded(out, offset / second_per_hour, 2);
	buf_add_char(out, ':');
	add_padded(out, offset / second_per_minute % sexagesimal, 2);
}

void
date_add_log_time(struct buf *out, int64_t wall_ms)
{
	int64_t seconds = calendar_floor_div(wall_ms, ms_per_s);
	int ms = (int)(wall_ms - seconds * ms_per_s);

	add_civil(out, date_civil(date_at(seconds, NULL)));
	buf_add_char(out, '.');
	add_padded(out, ms, ms_digits);
	buf_add_char(out, 'Z');
}
