/*
 * base/date: the shapes in which authors write dates, and what is shown.
 */
#include "base/date.h"

#include <stdio.h>

#include "tap.h"

enum { text_max = 64 };

static struct str
rfc3339(struct buf *text, struct date date)
{
	buf_init(text, text_max);
	date_add_rfc3339(text, date);
	return buf_str(text);
}

struct shape {
	const char *in;
	const char *want; /* RFC 3339; "d" behind it: a day alone */
};

static const struct shape shapes[] = {
    /* RFC 3339 */
    {"2015-10-01T01:02:03Z", "2015-10-01T01:02:03Z"},
    {"2015-10-01t01:02:03z", "2015-10-01T01:02:03Z"},
    {"2015-10-01T01:02:03+02:00", "2015-10-01T01:02:03+02:00"},
    {"2015-10-01T01:02:03-09:30", "2015-10-01T01:02:03-09:30"},
    {"2015-10-01T01:02:03+00:00", "2015-10-01T01:02:03Z"},
    {"2015-10-01T01:02:03-00:00", "2015-10-01T01:02:03Z"},
    {"2015-10-01T01:02:03.999999999Z", "2015-10-01T01:02:03Z"},
    {"2015-10-01T01:02:03,5+01:00", "2015-10-01T01:02:03+01:00"},
    {"2015-10-01T23:59:59+14:00", "2015-10-01T23:59:59+14:00"},
    {"2015-10-01T00:00:00-14:00", "2015-10-01T00:00:00-14:00"},
    {"0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00"},
    {"9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59-14:00"},
    /* days alone */
    {"2015-10-01", "2015-10-01T12:00:00Zd"},
    {" 2015-10-01\t", "2015-10-01T12:00:00Zd"},
    {"2015-3-7", "2015-03-07T12:00:00Zd"},
    {"2015/10/01", "2015-10-01T12:00:00Zd"},
    {"2015/3/7", "2015-03-07T12:00:00Zd"},
    {"2016-02-29", "2016-02-29T12:00:00Zd"},
    {"2000-02-29", "2000-02-29T12:00:00Zd"},
    {"0001-01-01", "0001-01-01T12:00:00Zd"},
    {"9999-12-31", "9999-12-31T12:00:00Zd"},
    {"1969-12-31", "1969-12-31T12:00:00Zd"},
    /* as found in the wild */
    {"2015-10-01 01:00:00 +0800", "2015-10-01T01:00:00+08:00"},
    {"2015-10-01 01:00:00+0800", "2015-10-01T01:00:00+08:00"},
    {"2015-03-17 14:00:00 -4", "2015-03-17T14:00:00-04:00"},
    {"2015-03-17 14:00:00 -04", "2015-03-17T14:00:00-04:00"},
    {"2015-03-17 14:00:00 +5:30", "2015-03-17T14:00:00+05:30"},
    {"2015-03-17 5:00:00", "2015-03-17T05:00:00Z"},
    {"2015-03-17 5:00", "2015-03-17T05:00:00Z"},
    {"2015-03-17T05:00", "2015-03-17T05:00:00Z"},
    {"2015-03-17T05:00+01:00", "2015-03-17T05:00:00+01:00"},
    {"2015-03-17   05:00:00", "2015-03-17T05:00:00Z"},
    {"2015-03-17 05:00:00 UTC", "2015-03-17T05:00:00Z"},
    {"2015-03-17 05:00:00 GMT", "2015-03-17T05:00:00Z"},
    {"2015-03-17 05:00:00 utc", "2015-03-17T05:00:00Z"},
    {"2015-03-17 05:00:00 UTC+2", "2015-03-17T05:00:00+02:00"},
    {"2015-03-17 05:00:00 Z", "2015-03-17T05:00:00Z"},
    {"2015/03/17 05:00:00", "2015-03-17T05:00:00Z"},
    /* words */
    {"Tue, 10 Mar 2015 14:00:00 +0100", "2015-03-10T14:00:00+01:00"},
    {"Tue, 10 Mar 2015 14:00:00 GMT", "2015-03-10T14:00:00Z"},
    {"10 Mar 2015", "2015-03-10T12:00:00Zd"},
    {"10 march 2015", "2015-03-10T12:00:00Zd"},
    {"Mar 10, 2015", "2015-03-10T12:00:00Zd"},
    {"March 10, 2015", "2015-03-10T12:00:00Zd"},
    {"March 3 2015", "2015-03-03T12:00:00Zd"},
    {"Sept. 3, 2015", "2015-09-03T12:00:00Zd"},
    {"Tuesday, March 10, 2015", "2015-03-10T12:00:00Zd"},
    {"Tue Mar 10 2015 14:00:00 GMT+0100", "2015-03-10T14:00:00+01:00"},
    {"Tue Mar 10 2015 14:00:00 GMT+0100 (Central European Standard Time)",
	"2015-03-10T14:00:00+01:00"},
    {"1 July 2020", "2020-07-01T12:00:00Zd"},
    {"1st July 2020", "2020-07-01T12:00:00Zd"},
    {"2nd of July, 2020", "2020-07-02T12:00:00Zd"},
    {"Jul 1 2020", "2020-07-01T12:00:00Zd"},
    {"July 23rd, 2020", "2020-07-23T12:00:00Zd"},
    {"01-Jul-2020", "2020-07-01T12:00:00Zd"},
    {"2020-Jul-01", "2020-07-01T12:00:00Zd"},
    {"2020 July 1", "2020-07-01T12:00:00Zd"},
    {"July 1, 2020 10:00 AM", "2020-07-01T10:00:00Z"},
    {"July 1, 2020, 10:00 pm", "2020-07-01T22:00:00Z"},
    {"July 1, 2020 at 12:05 a.m.", "2020-07-01T00:05:00Z"},
    {"July 1, 2020 12:05PM", "2020-07-01T12:05:00Z"},
    {"July 1, 2020 5 pm", "2020-07-01T17:00:00Z"},
    {"Wednesday, July 1st 2020, 10:30:15 am", "2020-07-01T10:30:15Z"},
    {"Wed, 01 Jul 2020 10:00:00 PST", "2020-07-01T10:00:00-08:00"},
    {"Wed, 01 Jul 2020 10:00:00 EDT", "2020-07-01T10:00:00-04:00"},
    {"Wed Jul  1 10:00:00 CEST 2020", "2020-07-01T10:00:00+02:00"},
    {"Wed Jul  1 10:00:00 2020", "2020-07-01T10:00:00Z"},
    {"Wed Jul 01 10:00:00 -0700 2020", "2020-07-01T10:00:00-07:00"},
    /* what programs put behind an offset */
    {"2014-03-01 10:00:00 +0000 UTC", "2014-03-01T10:00:00Z"},
    {"2014-03-01 10:00:00.5 +0100 CET m=+0.01", "2014-03-01T10:00:00+01:00"},
    {"2014-03-01 10:00:00 +0300 +03", "2014-03-01T10:00:00+03:00"},
    {"2014-03-01T10:00:00+01:00[Europe/Berlin]", "2014-03-01T10:00:00+01:00"},
    {"2014-03-01 10:00 Europe/Berlin", "2014-03-01T10:00:00+01:00"},
    {"2014-07-01T10:00[Europe/Berlin]", "2014-07-01T10:00:00+02:00"},
    {"2015-10-01T01:00:00 CEST", "2015-10-01T01:00:00+02:00"},
    {"2015-10-01 1:00 PM PST", "2015-10-01T13:00:00-08:00"},
    /* other rows of numbers */
    {"2015.10.01", "2015-10-01T12:00:00Zd"},
    {"2020-7-1", "2020-07-01T12:00:00Zd"},
    {"25/12/2020", "2020-12-25T12:00:00Zd"},
    {"12/25/2020", "2020-12-25T12:00:00Zd"},
    {"07/07/2020", "2020-07-07T12:00:00Zd"},
    {"25-12-2020 10:00", "2020-12-25T10:00:00Z"},
    {"1.7.2020", "2020-07-01T12:00:00Zd"},
    {"1. 7. 2020", "2020-07-01T12:00:00Zd"},
    {"20200701", "2020-07-01T12:00:00Zd"},
    {"20200701T100500Z", "2020-07-01T10:05:00Z"},
    {"202007011005", "2020-07-01T10:05:00Z"},
    {"20200701100530", "2020-07-01T10:05:30Z"},
    {"2020-07-01T1005", "2020-07-01T10:05:00Z"},
    {"1593590400", "2020-07-01T08:00:00Z"},
    {"1593590400123", "2020-07-01T08:00:00Z"},
    {"2020-07", "2020-07-01T12:00:00Zd"},
    {"2020/07", "2020-07-01T12:00:00Zd"},
    {"2020", "2020-01-01T12:00:00Zd"},
    {"2020-W27", "2020-06-29T12:00:00Zd"},
    {"2020-W27-3", "2020-07-01T12:00:00Zd"},
    {"2020-W53-7", "2021-01-03T12:00:00Zd"},
    {"2021-W01-1", "2021-01-04T12:00:00Zd"},
    {"2020-183", "2020-07-01T12:00:00Zd"},
    {"2020-366", "2020-12-31T12:00:00Zd"},
    {"2020\u5e747\u67081\u65e5", "2020-07-01T12:00:00Zd"},
    {"2020\ub144 7\uc6d4 1\uc77c", "2020-07-01T12:00:00Zd"},
};

static void
test_shapes(void)
{
	struct str want;
	struct date date;
	struct buf text;
	bool has_time;

	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		want = str_from_c(shapes[i].want);
		has_time = !str_ends(want, STR("d"));
		want.n -= !has_time;
		if (!tap_int(date_parse(str_from_c(shapes[i].in), NULL, &date),
			DATE_OK, "\"%s\" is a date", shapes[i].in))
			continue;
		tap_str(rfc3339(&text, date), want, "\"%s\"", shapes[i].in);
		tap_ok(date.has_time == has_time, "\"%s\": time of day or none",
		    shapes[i].in);
		buf_fini(&text);
	}
}

static const struct {
	const char *in;
	enum date_result result;
} bad_shapes[] = {
    {"", DATE_UNKNOWN_FORM},
    {"today", DATE_UNKNOWN_FORM},
    {"2015-10-", DATE_UNKNOWN_FORM},
    {"15-10-01", DATE_UNKNOWN_FORM},
    {"12015-10-01", DATE_UNKNOWN_FORM},
    {"2015-010-01", DATE_UNKNOWN_FORM},
    {"2015-10-001", DATE_UNKNOWN_FORM},
    {"2015/10-01", DATE_UNKNOWN_FORM},
    {"2015-1", DATE_UNKNOWN_FORM},
    {"2015.10-01", DATE_UNKNOWN_FORM},
    {"2015 10 01", DATE_UNKNOWN_FORM},
    {"2015-W1", DATE_UNKNOWN_FORM},
    {"2015-W10-12", DATE_UNKNOWN_FORM},
    {"201510", DATE_UNKNOWN_FORM},
    {"2015100110", DATE_UNKNOWN_FORM},
    {"2015-10-01 10", DATE_UNKNOWN_FORM},
    {"2015-10-01 10:00 XM", DATE_UNKNOWN_FORM},
    {"2015-10-01 10:00 IST", DATE_UNKNOWN_FORM},
    {"2015-10-01 10:00 Mars/Base", DATE_UNKNOWN_FORM},
    {"2015-10-01 10:00 +0100 x y", DATE_UNKNOWN_FORM},
    {"Wed Jul  1 10:00:00 UTC 20", DATE_UNKNOWN_FORM},
    {"1 July", DATE_UNKNOWN_FORM},
    {"01/02/2020", DATE_AMBIGUOUS},
    {"1-2-2020", DATE_AMBIGUOUS},
    {"01/02/2020 10:00", DATE_AMBIGUOUS},
    {"13/13/2020", DATE_NO_SUCH_DAY},
    {"32.1.2020", DATE_NO_SUCH_DAY},
    {"12.31.2020", DATE_NO_SUCH_DAY},
    {"20200230", DATE_NO_SUCH_DAY},
    {"2020-366x", DATE_UNKNOWN_FORM},
    {"2021-366", DATE_NO_SUCH_DAY},
    {"2021-000", DATE_NO_SUCH_DAY},
    {"2020-W54", DATE_NO_SUCH_DAY},
    {"2021-W53", DATE_NO_SUCH_DAY},
    {"2021-W00", DATE_NO_SUCH_DAY},
    {"2020-W10-8", DATE_NO_SUCH_DAY},
    {"2015-10-01 13:00 PM", DATE_NO_SUCH_DAY},
    {"2015-10-01 0:30 am", DATE_NO_SUCH_DAY},
    {"0000", DATE_NO_SUCH_DAY},
    {"2020-13", DATE_NO_SUCH_DAY},
    {"2015-10/01", DATE_UNKNOWN_FORM},
    {"-2015-10-01", DATE_UNKNOWN_FORM},
    {"2015-10-01x", DATE_UNKNOWN_FORM},
    {"2015-10-01T", DATE_UNKNOWN_FORM},
    {"2015-10-01Z", DATE_UNKNOWN_FORM},
    {"2015-10-01 Z", DATE_UNKNOWN_FORM},
    {"2015-10-01T1", DATE_UNKNOWN_FORM},
    {"2015-10-01T01", DATE_UNKNOWN_FORM},
    {"2015-10-01T01:0", DATE_UNKNOWN_FORM},
    {"2015-10-01T001:00", DATE_UNKNOWN_FORM},
    {"2015-10-01T01:00:", DATE_UNKNOWN_FORM},
    {"2015-10-01T01:00:0", DATE_UNKNOWN_FORM},
    {"2015-10-01T01:00:00.", DATE_UNKNOWN_FORM},
    {"2015-10-01T01:00:00.Z", DATE_UNKNOWN_FORM},
    {"2015-10-01T01:00:00 +", DATE_UNKNOWN_FORM},
    {"2015-10-01T01:00:00 +080", DATE_UNKNOWN_FORM},
    {"2015-10-01T01:00:00 +08:0", DATE_UNKNOWN_FORM},
    {"2015-10-01T01:00:00 +08000", DATE_UNKNOWN_FORM},
    {"2015-10-01T01:00:00 +08:00 x", DATE_UNKNOWN_FORM},
    {"2015-10-01T01:00:00ZZ", DATE_UNKNOWN_FORM},
    {"2015-10-01T01:00:00Z+01", DATE_UNKNOWN_FORM},
    {"2015-10-01T01:00:00 UTCX", DATE_UNKNOWN_FORM},
    {"10 Mar", DATE_UNKNOWN_FORM},
    {"10 Ma 2015", DATE_UNKNOWN_FORM},
    {"10 Marches 2015", DATE_UNKNOWN_FORM},
    {"10Mar2015", DATE_UNKNOWN_FORM},
    {"March 10, 15", DATE_UNKNOWN_FORM},
    {"Tue", DATE_UNKNOWN_FORM},
    {"0000-01-01", DATE_NO_SUCH_DAY},
    {"2015-00-01", DATE_NO_SUCH_DAY},
    {"2015-13-01", DATE_NO_SUCH_DAY},
    {"2015-01-00", DATE_NO_SUCH_DAY},
    {"2015-01-32", DATE_NO_SUCH_DAY},
    {"2015-04-31", DATE_NO_SUCH_DAY},
    {"2015-02-29", DATE_NO_SUCH_DAY},
    {"2020-02-30", DATE_NO_SUCH_DAY},
    {"1900-02-29", DATE_NO_SUCH_DAY},
    {"31 Apr 2015", DATE_NO_SUCH_DAY},
    {"2015-10-01T24:00:00", DATE_NO_SUCH_DAY},
    {"2015-10-01T25:00:00", DATE_NO_SUCH_DAY},
    {"2015-10-01T01:60:00", DATE_NO_SUCH_DAY},
    {"2016-12-31T23:59:60Z", DATE_NO_SUCH_DAY},
    {"2015-10-01T01:00:00+14:01", DATE_NO_SUCH_DAY},
    {"2015-10-01T01:00:00+99:00", DATE_NO_SUCH_DAY},
    {"2015-10-01T01:00:00+08:60", DATE_NO_SUCH_DAY},
    {"2015-10-01T01:00:00-0860", DATE_NO_SUCH_DAY},
};

static void
test_bad(void)
{
	struct date date;

	for (size_t i = 0; i < sizeof(bad_shapes) / sizeof(bad_shapes[0]); i++)
		tap_int(date_parse(str_from_c(bad_shapes[i].in), NULL, &date),
		    bad_shapes[i].result, "no date: \"%s\"", bad_shapes[i].in);
}

static void
test_zones(void)
{
	static const struct {
		const char *in, *zone, *want;
	} cases[] = {
	    {"2015-01-15 10:00", "Europe/Lisbon", "2015-01-15T10:00:00Z"},
	    {"2015-07-15 10:00", "Europe/Lisbon", "2015-07-15T10:00:00+01:00"},
	    {"2015-07-15", "Europe/Lisbon", "2015-07-15T12:00:00+01:00"},
	    {"2015-07-15", "Asia/Kathmandu", "2015-07-15T12:00:00+05:45"},
	    {"2015-07-15", "Pacific/Kiritimati", "2015-07-15T12:00:00+14:00"},
	    {"2015-07-15", "America/St_Johns", "2015-07-15T12:00:00-02:30"},
	    {"2055-07-15", "America/New_York", "2055-07-15T12:00:00-04:00"},
	    {"2055-01-15", "America/New_York", "2055-01-15T12:00:00-05:00"},
	    {"2055-01-15", "Australia/Sydney", "2055-01-15T12:00:00+11:00"},
	    /* an offset of its own counts, not the zone */
	    {"2015-07-15 10:00 +0800", "Europe/Lisbon",
		"2015-07-15T10:00:00+08:00"},
	    {"2015-07-15 10:00Z", "Europe/Lisbon", "2015-07-15T10:00:00Z"},
	    /* clocks skip 01:00 to 02:00 in Lisbon */
	    {"2015-03-29 00:59:59", "Europe/Lisbon", "2015-03-29T00:59:59Z"},
	    {"2015-03-29 01:00:00", "Europe/Lisbon",
		"2015-03-29T02:00:00+01:00"},
	    {"2015-03-29 01:30:00", "Europe/Lisbon",
		"2015-03-29T02:30:00+01:00"},
	    {"2015-03-29 02:00:00", "Europe/Lisbon",
		"2015-03-29T02:00:00+01:00"},
	    /* and show 01:00 to 02:00 twice */
	    {"2015-10-25 00:59:59", "Europe/Lisbon",
		"2015-10-25T00:59:59+01:00"},
	    {"2015-10-25 01:30:00", "Europe/Lisbon",
		"2015-10-25T01:30:00+01:00"},
	    {"2015-10-25 02:00:00", "Europe/Lisbon", "2015-10-25T02:00:00Z"},
	    {"2015-03-08 02:30:00", "America/New_York",
		"2015-03-08T03:30:00-04:00"},
	    {"2015-11-01 01:30:00", "America/New_York",
		"2015-11-01T01:30:00-04:00"},
	    /* a day that Samoa left out */
	    {"2011-12-29 12:00", "Pacific/Apia", "2011-12-29T12:00:00-10:00"},
	    {"2011-12-30 12:00", "Pacific/Apia", "2011-12-31T12:00:00+14:00"},
	    {"2011-12-31 12:00", "Pacific/Apia", "2011-12-31T12:00:00+14:00"},
	    /* before there were zones */
	    {"1880-01-01 12:00", "Europe/Lisbon", "1880-01-01T12:36:45Z"},
	    {"2015-07-15 10:00", "", "2015-07-15T10:00:00Z"},
	    {"2015-07-15 10:00", "UTC", "2015-07-15T10:00:00Z"},
	    {"2015-07-15 10:00", "No/Such", "2015-07-15T10:00:00Z"},
	};
	struct date date;
	struct buf text;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		tap_int(
		    date_parse(str_from_c(cases[i].in), cases[i].zone, &date),
		    DATE_OK, "\"%s\" in %s is a date", cases[i].in,
		    cases[i].zone);
		tap_str(rfc3339(&text, date), str_from_c(cases[i].want),
		    "\"%s\" in %s", cases[i].in, cases[i].zone);
		buf_fini(&text);
	}
}

/* Each day of four centuries, one after the other. */
static void
test_calendar(void)
{
	static const int64_t first = -11676096000; /* 1600-01-01 */
	static const int day_seconds = 24 * 60 * 60, days = 146097;
	struct civil civil, before = {1599, 12, 31, 0, 0, 0};
	struct date date;
	int bad = 0;

	for (int i = 0; i < days; i++) {
		date = date_at(first + (int64_t)i * day_seconds, NULL);
		civil = date_civil(date);
		if (civil.day != before.day + 1 && civil.day != 1)
			bad++;
		if (civil.day == 1 && civil.month != before.month + 1 &&
		    (civil.month != 1 || civil.year != before.year + 1))
			bad++;
		before = civil;
		if (!date_from_civil(civil, NULL, &date) ||
		    date.seconds != first + (int64_t)i * day_seconds)
			bad++;
	}
	tap_int(bad, 0, "the days of 400 years follow each other");
	tap_ok(before.year == 1999 && before.month == 12 && before.day == 31,
	    "and end where they should");
}

static void
test_output(void)
{
	struct date date;
	struct buf text;

	buf_init(&text, text_max);
	date_add_log_time(&text, 1423323912345);
	tap_str(buf_str(&text), STR("2015-02-07T15:45:12.345Z"), "log time");
	buf_clear(&text);
	date_add_log_time(&text, -1);
	tap_str(buf_str(&text), STR("1969-12-31T23:59:59.999Z"),
	    "log time before 1970");
	buf_clear(&text);
	date_add_log_time(&text, INT64_MAX);
	tap_str(str_first(buf_str(&text), 5), STR("9999-"),
	    "log time behind the calendar");
	buf_clear(&text);
	tap_int(
	    date_parse(STR("2015-10-01 23:30 -0800"), "Europe/Lisbon", &date),
	    DATE_OK, "late in the west");
	date_add_day(&text, date);
	tap_str(buf_str(&text), STR("2015-10-01"), "the author's day");
	buf_clear(&text);
	date_add_day(&text, date_at(date.seconds, "Europe/Lisbon"));
	tap_str(buf_str(&text), STR("2015-10-02"), "the same in Lisbon");
	tap_int(date_at(0, "Asia/Tokyo").offset, 9 * 60 * 60, "Tokyo");
	tap_int(date_at(INT64_MIN, "Asia/Tokyo").seconds > INT64_MIN, 1,
	    "before the calendar");
	buf_fini(&text);
}

int
main(void)
{
	struct date date;

	test_shapes();
	test_bad();
	test_zones();
	test_calendar();
	test_output();
	tap_ok(date_zone_exists("Europe/Lisbon"), "Lisbon exists");
	tap_ok(date_zone_exists("UTC"), "UTC exists");
	tap_ok(!date_zone_exists("Europe/Atlantis"), "Atlantis does not");
	tap_ok(!date_zone_exists("../../etc/passwd"), "nor do paths");
	tap_ok(!date_from_day(2015, 2, 29, NULL, &date), "no 29 February");
	tap_ok(date_from_day(2015, 2, 28, "Asia/Tokyo", &date) &&
		!date.has_time && date_civil(date).hour == 12,
	    "a day alone is noon");
	return tap_done();
}
