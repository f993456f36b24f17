/*
 * Dates as authors write them, in numbers and in English words. A day first
 * and a time behind it, or the order of date(1); what could be two days is
 * never guessed.
 */
#include "base/date.h"

#include "base/calendar.h"
#include "base/date_scan.h"
#include "base/mem.h"

enum {
	ms_per_s = 1000,
	second_per_minute = 60,
	second_per_hour = 60 * 60,
	second_per_day = 24 * 60 * 60,
	sexagesimal = 60,
	noon = 12, /* and the hours of half a day */
	year_digits = 4,
	ordinal_digits = 3, /* "2020-183" */
	day_digits = 8, /* "20200701" */
	unix_digits = 10,
	minute_digits = 12, /* "202007011000" */
	unix_ms_digits = 13,
	second_digits = 14,
	clock_digits = 4, /* "1000" */
	clock_second_digits = 6,
	offset_digits = 4, /* "+0800" */
	offset_hundred = 100,
	offset_max = 14 * second_per_hour,
	week_days = 7,
	first_week_day = 4, /* of January: always in week 1 */
	zone_name_max = 64,
};

/* A date as it was written, piece by piece. */
struct written {
	struct civil civil;
	int64_t unix_seconds;
	bool is_unix; /* nothing but unix_seconds counts */
	bool has_time;
	bool has_offset;
	bool is_bad; /* there is no such day, time or offset */
	bool is_ambiguous;
	int32_t offset;
	struct str zone; /* an IANA name, or empty */
};

static bool
take_month(struct str *rest, int *month)
{
	static const char *const names[calendar_months] = {"January",
	    "February", "March", "April", "May", "June", "July", "August",
	    "September", "October", "November", "December"};
	int i = scan_take_word(rest, names, calendar_months);

	*month = i + 1;
	return i >= 0;
}

static void
take_weekday(struct str *rest)
{
	static const char *const names[week_days] = {"Sunday", "Monday",
	    "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

	if (scan_take_word(rest, names, week_days) < 0)
		return;
	scan_take_char(rest, ',');
	scan_take_spaces(rest);
}

/* What stands between a day, a month and a year in words: spaces, a comma, a
 * hyphen. */
static bool
take_gap(struct str *rest)
{
	size_t before = rest->n;

	scan_take_spaces(rest);
	if (!scan_take_char(rest, ',') && scan_take_char(rest, '-'))
		return true;
	scan_take_spaces(rest);
	return rest->n < before;
}

/* "1", "1st", "22nd". */
static bool
take_day_number(struct str *rest, int *day)
{
	static const struct str endings[] = {
	    STR_INIT("st"), STR_INIT("nd"), STR_INIT("rd"), STR_INIT("th")};

	if (!scan_take_digits(rest, 1, 2, day))
		return false;
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		if (scan_take_text(rest, endings[i]))
			break;
	return true;
}

/* Day of a week of a year. ISO 8601, 2.2.10. */
static void
set_week_day(struct written *w, int week, int day)
{
	int64_t anchor = calendar_days(w->civil.year, 1, first_week_day);
	int monday_based =
	    (calendar_weekday(anchor) + week_days - 1) % week_days;
	int64_t monday =
	    anchor - monday_based + (int64_t)(week - 1) * week_days;
	int64_t year;

	/* A week is of the year that its Thursday is in. */
	calendar_from_days(
	    monday + first_week_day - 1, &year, &w->civil.month, &w->civil.day);
	w->is_bad |= year != w->civil.year || day < 1 || day > week_days;
	calendar_from_days(
	    monday + day - 1, &year, &w->civil.month, &w->civil.day);
	w->civil.year = (int)year;
}

/* "W27" or "W27-3", behind the year and its hyphen. */
static bool
take_week(struct str *rest, struct written *w)
{
	int week, day = 1;

	if (!scan_take_char(rest, 'w') ||
	    !scan_take_digits(rest, 2, 2, &week) ||
	    (scan_take_char(rest, '-') && !scan_take_digits(rest, 1, 1, &day)))
		return false;
	set_week_day(w, week, day);
	return true;
}

/* The number of a day in its year. */
static bool
take_ordinal(struct str *rest, struct written *w)
{
	int64_t year, first = calendar_days(w->civil.year, 1, 1);
	int day;

	if (!scan_take_digits(rest, ordinal_digits, ordinal_digits, &day))
		return false;
	calendar_from_days(
	    first + day - 1, &year, &w->civil.month, &w->civil.day);
	w->is_bad |= year != w->civil.year;
	return true;
}

/* What follows a year and a separator: a month, and a day unless that is all;
 * then the first of the month is meant. */
static bool
take_month_and_day(struct str *rest, char separator, struct civil *c)
{
	size_t digits = scan_count_digits(*rest);

	if (digits == 0)
		return take_month(rest, &c->month) &&
		    scan_take_char(rest, separator) &&
		    scan_take_digits(rest, 1, 2, &c->day);
	if (!scan_take_digits(rest, 1, 2, &c->month))
		return false;
	if (scan_take_char(rest, separator))
		return scan_take_digits(rest, 1, 2, &c->day);
	return digits == 2 && str_is_empty(*rest);
}

/* Years, months and days with the signs of Chinese, Japanese and Korean. */
static bool
take_signed_day(struct str *rest, struct civil *c)
{
	static const struct str signs[][3] = {
	    {STR_INIT("\u5e74"), STR_INIT("\u6708"), STR_INIT("\u65e5")},
	    {STR_INIT("\ub144"), STR_INIT("\uc6d4"), STR_INIT("\uc77c")},
	};

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		if (!scan_take_text(rest, signs[i][0]))
			continue;
		scan_take_spaces(rest);
		if (!scan_take_digits(rest, 1, 2, &c->month) ||
		    !scan_take_text(rest, signs[i][1]))
			return false;
		scan_take_spaces(rest);
		return scan_take_digits(rest, 1, 2, &c->day) &&
		    scan_take_text(rest, signs[i][2]);
	}
	return false;
}

/* "2015-10-01", "2015/3/7", "2015.3.7", "2015-10", "2015", "2015 March 7". */
static bool
take_year_first(struct str *rest, struct written *w)
{
	struct civil *c = &w->civil;
	char separator;

	if (!scan_take_digits(rest, year_digits, year_digits, &c->year))
		return false;
	c->month = c->day = 1;
	if (str_is_empty(*rest))
		return true;
	separator = rest->p[0];
	if (str_find_char(STR("-/. "), separator) < 0)
		return take_signed_day(rest, c);
	*rest = str_from_index(*rest, 1);
	if (separator == '-' && rest->n > 0 &&
	    ascii_to_lower(rest->p[0]) == 'w')
		return take_week(rest, w);
	if (separator == '-' && scan_count_digits(*rest) == ordinal_digits)
		return take_ordinal(rest, w);
	if (separator == ' ' && scan_count_digits(*rest) > 0)
		return false;
	return take_month_and_day(rest, separator, c);
}

/* All of the hours, minutes and seconds that digits in a row leave. */
static bool
take_clock_digits(struct str *rest, struct civil *c)
{
	size_t n = scan_count_digits(*rest);

	return (n == clock_digits || n == clock_second_digits) &&
	    scan_take_number(rest, 2, &c->hour) &&
	    scan_take_number(rest, 2, &c->minute) &&
	    (n == clock_digits || scan_take_number(rest, 2, &c->second));
}

/* "20200701", with or without a time in more digits; seconds or milliseconds
 * since 1970, of this century. */
static bool
take_digits_alone(struct str *rest, struct written *w)
{
	size_t n = scan_count_digits(*rest);
	struct civil *c = &w->civil;
	uint64_t value;

	if ((n == unix_digits || n == unix_ms_digits) && rest->n == n &&
	    rest->p[0] == '1') {
		w->is_unix = str_to_u64(*rest, INT64_MAX, &value);
		w->unix_seconds =
		    (int64_t)value / (n == unix_digits ? 1 : ms_per_s);
		*rest = str_from_index(*rest, n);
		return w->is_unix;
	}
	if (n != day_digits && n != minute_digits && n != second_digits)
		return false;
	if (!scan_take_number(rest, year_digits, &c->year) ||
	    !scan_take_number(rest, 2, &c->month) ||
	    !scan_take_number(rest, 2, &c->day))
		return false;
	w->has_time = n > day_digits;
	return !w->has_time || take_clock_digits(rest, c);
}

/* Two numbers before a year, of which either may be the day where they are not
 * parted by dots. */
static void
set_day_and_month(struct written *w, int first, int second, char separator)
{
	bool is_month_first = first <= calendar_months &&
	    second > calendar_months && separator != '.';

	w->civil.day = is_month_first ? second : first;
	w->civil.month = is_month_first ? first : second;
	w->is_ambiguous = separator != '.' && first != second &&
	    first <= calendar_months && second <= calendar_months;
}

/* "25/12/2020", "1.7.2020", "1. 7. 2020". */
static bool
take_numbers_year_last(struct str *rest, struct written *w)
{
	int first, second;
	char separator;

	if (!scan_take_digits(rest, 1, 2, &first) || rest->n == 0 ||
	    str_find_char(STR("-/."), rest->p[0]) < 0)
		return false;
	separator = rest->p[0];
	*rest = str_from_index(*rest, 1);
	if (separator == '.')
		scan_take_spaces(rest);
	if (!scan_take_digits(rest, 1, 2, &second) ||
	    !scan_take_char(rest, separator))
		return false;
	if (separator == '.')
		scan_take_spaces(rest);
	set_day_and_month(w, first, second, separator);
	return scan_take_digits(rest, year_digits, year_digits, &w->civil.year);
}

/* "Tue, 10 Mar 2015", "1st of July, 2020", "01-Jul-2020". */
static bool
take_day_first(struct str *rest, struct written *w)
{
	take_weekday(rest);
	if (!take_day_number(rest, &w->civil.day) || !take_gap(rest))
		return false;
	if (scan_take_text(rest, STR("of ")))
		scan_take_spaces(rest);
	return take_month(rest, &w->civil.month) && take_gap(rest) &&
	    scan_take_digits(rest, year_digits, year_digits, &w->civil.year);
}

/* "March 10, 2015", "Tuesday, March 10th 2015". */
static bool
take_month_first(struct str *rest, struct written *w)
{
	take_weekday(rest);
	return take_month(rest, &w->civil.month) && take_gap(rest) &&
	    take_day_number(rest, &w->civil.day) && take_gap(rest) &&
	    scan_take_digits(rest, year_digits, year_digits, &w->civil.year);
}

/* "AM", "p.m."; without one, the hour is of 24. False for an hour alone. */
static bool
take_half_day(struct str *rest, struct written *w, bool has_minutes)
{
	static const struct str halves[] = {
	    STR_INIT("a.m."), STR_INIT("p.m."), STR_INIT("am"), STR_INIT("pm")};
	struct str before = *rest;
	int *hour = &w->civil.hour;

	scan_take_spaces(rest);
	for (size_t i = 0; i < sizeof(halves) / sizeof(*halves); i++) {
		if (!scan_take_text(rest, halves[i]))
			continue;
		w->is_bad |= *hour < 1 || *hour > noon;
		*hour = *hour % noon + (i % 2 == 0 ? 0 : noon);
		return true;
	}
	*rest = before;
	return has_minutes;
}

/* "5:00", "14:00:00", "01:00:00.123456", "2:30 PM". The fraction is dropped. */
static bool
take_time(struct str *rest, struct written *w)
{
	struct civil *c = &w->civil;

	if (take_clock_digits(rest, c))
		return true;
	if (!scan_take_digits(rest, 1, 2, &c->hour))
		return false;
	if (!scan_take_char(rest, ':'))
		return take_half_day(rest, w, false);
	if (!scan_take_digits(rest, 2, 2, &c->minute))
		return false;
	if (scan_take_char(rest, ':') &&
	    !scan_take_digits(rest, 2, 2, &c->second))
		return false;
	if (scan_take_char(rest, '.') || scan_take_char(rest, ',')) {
		if (scan_count_digits(*rest) == 0)
			return false;
		*rest = str_from_index(*rest, scan_count_digits(*rest));
	}
	return take_half_day(rest, w, true);
}

/* "+08:00", "+0800", "-4". */
static bool
take_offset(struct str *rest, struct written *w)
{
	bool is_west = scan_take_char(rest, '-');
	int hour, minute = 0;
	size_t digits;

	if (!is_west && !scan_take_char(rest, '+'))
		return false;
	digits = rest->n;
	if (!scan_take_digits(rest, 1, offset_digits, &hour))
		return false;
	digits -= rest->n;
	if (digits == offset_digits) {
		minute = hour % offset_hundred;
		hour /= offset_hundred;
	} else if (digits > 2 ||
	    (scan_take_char(rest, ':') &&
		!scan_take_digits(rest, 2, 2, &minute))) {
		return false;
	}
	w->offset = hour * second_per_hour + minute * second_per_minute;
	w->is_bad |= minute >= sexagesimal || w->offset > offset_max;
	if (is_west)
		w->offset = -w->offset;
	return true;
}

/* The abbreviations of zones, with their minutes east of UTC. Those that stand
 * for several zones are not among them, but for the ones of RFC 2822, 4.3. */
static bool
find_zone(struct str name, int *minutes)
{
	static const struct {
		struct str name;
		int minutes;
	} zones[] = {
#define ZONE(name, minutes) {STR_INIT(#name), minutes},
#include "base/date_zones.def"
#undef ZONE
	};

	for (size_t i = 0; i < sizeof(zones) / sizeof(*zones); i++) {
		if (!str_eq_nocase(name, zones[i].name))
			continue;
		*minutes = zones[i].minutes;
		return true;
	}
	return false;
}

/* The letters, and the other signs of zone names, at the front of rest. */
static struct str
take_zone_word(struct str *rest)
{
	struct str word;
	size_t n = 0;

	while (n < rest->n &&
	    (ascii_is_alpha(rest->p[n]) || rest->p[n] == '/' ||
		rest->p[n] == '_'))
		n++;
	word = str_first(*rest, n);
	*rest = str_from_index(*rest, n);
	return word;
}

/* What programs write behind an offset, which says nothing new: "UTC", "+03",
 * "(CEST)", "[Europe/Berlin]", Go's monotonic clock. */
static bool
is_remark(struct str rest)
{
	rest = str_trim(rest);
	while (rest.n > 0 &&
	    (rest.p[0] == '+' || rest.p[0] == '-' ||
		(rest.p[0] >= '0' && rest.p[0] <= '9') ||
		(rest.p[0] >= 'A' && rest.p[0] <= 'Z')))
		rest = str_from_index(rest, 1);
	rest = str_trim(rest);
	return str_is_empty(rest) || str_starts(rest, STR("m=")) ||
	    (str_starts(rest, STR("(")) && str_ends(rest, STR(")"))) ||
	    (str_starts(rest, STR("[")) && str_ends(rest, STR("]")));
}

/* An IANA name of a zone, in brackets or not. */
static bool
take_named_zone(struct str name, struct written *w)
{
	if (str_starts(name, STR("[")) && str_ends(name, STR("]")))
		name = str_first(str_from_index(name, 1), name.n - 2);
	w->zone = name;
	w->has_offset = false;
	return str_find_char(name, '/') > 0 && name.n < zone_name_max;
}

/* Nothing, "Z", an abbreviation, an offset, both, or an IANA name. */
static bool
take_zone(struct str rest, struct written *w)
{
	struct str all = str_trim(rest), word;
	int minutes;

	rest = all;
	if (str_is_empty(rest))
		return true;
	w->has_offset = true;
	if (take_offset(&rest, w))
		return str_is_empty(rest) ||
		    (str_find_char(STR(" [("), rest.p[0]) >= 0 &&
			is_remark(rest));
	word = take_zone_word(&rest);
	if (!find_zone(word, &minutes))
		return take_named_zone(all, w);
	w->offset = minutes * second_per_minute;
	if (minutes == 0 && word.n > 1 && take_offset(&rest, w))
		return is_remark(rest);
	return str_is_empty(rest) || (rest.p[0] == ' ' && is_remark(rest));
}

/* What stands between a day and its time. */
static bool
take_time_gap(struct str *rest)
{
	size_t before;

	if (rest->n > 0 && ascii_to_lower(rest->p[0]) == 't') {
		*rest = str_from_index(*rest, 1);
		return true;
	}
	before = rest->n;
	scan_take_char(rest, ',');
	scan_take_spaces(rest);
	if (scan_take_text(rest, STR("at ")))
		scan_take_spaces(rest);
	return rest->n < before;
}

/* The order of date(1): "Wed Jul  1 10:00:00 UTC 2020". */
static bool
take_year_last(struct str rest, struct written *w)
{
	ptrdiff_t space = str_find_last_char(rest, ' ');
	struct str year = str_from_index(rest, (size_t)(space + 1));

	if (space < 0 ||
	    !scan_take_digits(
		&year, year_digits, year_digits, &w->civil.year) ||
	    !str_is_empty(year))
		return false;
	rest = str_first(rest, (size_t)space);
	take_weekday(&rest);
	w->has_time = true;
	return take_month(&rest, &w->civil.month) && scan_take_spaces(&rest) &&
	    scan_take_digits(&rest, 1, 2, &w->civil.day) &&
	    scan_take_spaces(&rest) && take_time(&rest, w) &&
	    take_zone(rest, w);
}

static bool
written_parse(struct str s, struct written *w)
{
	static bool (*const forms[])(struct str * rest, struct written * w) = {
	    take_year_first, take_digits_alone, take_numbers_year_last,
	    take_day_first, take_month_first};
	struct str rest = s;
	size_t i = 0;

	for (; i < sizeof(forms) / sizeof(*forms); i++) {
		*w = (struct written){0};
		rest = s;
		if (forms[i](&rest, w))
			break;
	}
	if (i == sizeof(forms) / sizeof(*forms)) {
		*w = (struct written){0};
		return take_year_last(s, w);
	}
	if (w->is_unix)
		return true;
	if (w->has_time)
		return take_zone(rest, w);
	if (str_is_empty(rest)) {
		w->civil.hour = noon;
		return true;
	}
	w->has_time = true;
	return take_time_gap(&rest) && take_time(&rest, w) &&
	    take_zone(rest, w);
}

/* The moment of what was written in a zone of its own, or in the caller's. */
static enum date_result
written_date(const struct written *w, const char *zone, struct date *out)
{
	char *own = str_is_empty(w->zone) ? NULL : str_to_c(w->zone);
	enum date_result result = DATE_OK;

	if (own != NULL && !date_zone_exists(own))
		result = DATE_UNKNOWN_FORM;
	else if (!date_from_civil(w->civil,
		     w->has_offset     ? NULL
			 : own != NULL ? own
				       : zone,
		     out))
		result = DATE_NO_SUCH_DAY;
	mem_free(own);
	return result;
}

enum date_result
date_parse(struct str s, const char *zone, struct date *out)
{
	enum date_result result;
	struct written w;

	if (!written_parse(str_trim(s), &w))
		return DATE_UNKNOWN_FORM;
	if (w.is_unix) {
		*out = date_at(w.unix_seconds, zone);
		return DATE_OK;
	}
	if (w.is_bad)
		return DATE_NO_SUCH_DAY;
	result = written_date(&w, zone, out);
	if (result == DATE_OK && w.is_ambiguous)
		return DATE_AMBIGUOUS;
	if (w.has_offset) {
		out->seconds -= w.offset;
		out->offset = w.offset;
	}
	out->has_time = w.has_time;
	return result;
}
