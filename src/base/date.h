#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

/* A day and a time of day of the proleptic Gregorian calendar, no zone. */
struct civil {
	int year; /* 1 to 9999 */
	int month; /* 1 to 12 */
	int day; /* 1 to 31 */
	int hour; /* 0 to 23 */
	int minute; /* 0 to 59 */
	int second; /* 0 to 59 */
};

/* A moment, and how its author wrote it. */
struct date {
	int64_t seconds; /* since 1970-01-01 00:00:00 UTC */
	int32_t offset; /* of local time, seconds east of UTC */
	bool has_time; /* false: a day alone, which is noon of that day */
};

enum date_result {
	DATE_OK,
	DATE_UNKNOWN_FORM, /* not a shape that is known */
	DATE_NO_SUCH_DAY, /* 2020-02-30, month 13, hour 25 */
	DATE_AMBIGUOUS, /* 01/02/2020: one of two days */
};

/*
 * A zone is an IANA name; NULL, empty, "UTC" and "GMT" are UTC, and so is one
 * that the machine does not have (date_zone_exists()). Of a time that clocks
 * show twice the first is meant; one that they skip is as much later as they
 * are set forward.
 */

/* Parse a date as found in front matter: RFC 3339 and the other forms of ISO
 * 8601 (weeks, numbered days, digits alone), and what is found in the wild: a
 * day alone (noon in the zone), a month or a year alone (its first day),
 * "2015-10-01 01:00:00 +0800", "2015-03-17 14:00:00 -4", "5:00:00", "2:30 PM",
 * no zone, no seconds, fractions (which are dropped), spaces for the "T",
 * abbreviations of zones, IANA names and remarks behind an offset; slashes and
 * dots for hyphens, months and days of one digit; the year at the end; English
 * words as in "Tue, 10 Mar 2015" and "March 10th, 2015"; date(1)'s order;
 * seconds or milliseconds since 1970. zone is for dates without one. Offsets
 * reach to 14 hours; a leap second does not exist. capsule.md, Front matter,
 * date. */
enum date_result date_parse(struct str s, const char *zone, struct date *out);

/* Noon of a day alone in zone; false when there is no such day. */
bool date_from_day(
    int year, int month, int day, const char *zone, struct date *out);

/* The moment of a civil time in a zone; false when there is no such day or
 * time of day. has_time is true. */
bool date_from_civil(struct civil civil, const char *zone, struct date *out);

/* The moment seconds as a date in zone. Moments outside the years 1 to 9999
 * become the nearest ones inside, but for a day. */
struct date date_at(int64_t seconds, const char *zone);

/* The day and time that the author wrote (local to the date's own offset). */
struct civil date_civil(struct date date);

/* Whether the machine's zone database has an IANA zone of that name. */
bool date_zone_exists(const char *zone);

/* Add "YYYY-MM-DD", as the author wrote it. */
void date_add_day(struct buf *out, struct date date);

/* Add RFC 3339, "YYYY-MM-DDTHH:MM:SS+HH:MM", with "Z" for offset 0. */
void date_add_rfc3339(struct buf *out, struct date date);

/* Add "YYYY-MM-DDTHH:MM:SS.mmmZ" for a wall time in milliseconds. */
void date_add_log_time(struct buf *out, int64_t wall_ms);

#endif
