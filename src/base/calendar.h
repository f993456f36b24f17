#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The proleptic Gregorian calendar, in which every day has a number: that of
 * 1970-01-01 is 0. Years may be 0 or below.
 */

enum { calendar_months = 12 };

/* The number of the day; month is 1 to 12, day may run over the month. */
int64_t calendar_days(int64_t year, int month, int day);

/* Year, month (1 to 12) and day (from 1) of a day's number. */
void calendar_from_days(int64_t days, int64_t *year, int *month, int *day);

/* The days of a month of 1 to 12. */
int calendar_month_length(int64_t year, int month);

/* 0 for a Sunday to 6 for a Saturday. */
int calendar_weekday(int64_t days);

/* The quotient of n by a positive by, towards minus infinity. */
int64_t calendar_floor_div(int64_t n, int64_t by);

#endif
