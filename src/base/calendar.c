/*
 * Days and their numbers. Times of day and zones are date's and zone's.
 */
#include "base/calendar.h"

enum {
	year_days = 365,
	leap_every = 4,
	leap_but_every = 100,
	leap_again_every = 400,
	era_years = 400,
	era_days = 146097, /* of 400 years */
	epoch_year = 1970,
	epoch_days = 719162, /* from 0001-01-01 on */
	february = 2,
	epoch_weekday = 4, /* a Thursday */
	week_days = 7,
};

int64_t
calendar_floor_div(int64_t n, int64_t by)
{
	return n / by - (n % by < 0);
}

static bool
is_leap_year(int64_t year)
{
	return (year % leap_every == 0 && year % leap_but_every != 0) ||
	    year % leap_again_every == 0;
}

int
calendar_month_length(int64_t year, int month)
{
	static const unsigned char lengths[calendar_months] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return lengths[month - 1] + (month == february && is_leap_year(year));
}

/* The number of the first day of year. */
static int64_t
year_start(int64_t year)
{
	int64_t before = year - 1;

	return before * year_days + calendar_floor_div(before, leap_every) -
	    calendar_floor_div(before, leap_but_every) +
	    calendar_floor_div(before, leap_again_every) - epoch_days;
}

int64_t
calendar_days(int64_t year, int month, int day)
{
	int64_t days = year_start(year);

	for (int m = 1; m < month; m++)
		days += calendar_month_length(year, m);
	return days + day - 1;
}

void
calendar_from_days(int64_t days, int64_t *year, int *month, int *day)
{
	int64_t rest;

	*year = epoch_year + calendar_floor_div(days * era_years, era_days);
	while (year_start(*year) > days)
		--*year;
	while (year_start(*year + 1) <= days)
		++*year;
	rest = days - year_start(*year);
	for (*month = 1; rest >= calendar_month_length(*year, *month); ++*month)
		rest -= calendar_month_length(*year, *month);
	*day = (int)rest + 1;
}

int
calendar_weekday(int64_t days)
{
	int64_t n = days + epoch_weekday;

	return (int)(n - calendar_floor_div(n, week_days) * week_days);
}
