/*
 * base/zone: the C library's own reading of the zone database is the measure.
 */
#include "base/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tap.h"

/* 65 bytes */
#define LONG_NAME \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static int32_t
offset_of_libc(int64_t seconds)
{
	time_t moment = (time_t)seconds;
	struct tm tm;

	localtime_r(&moment, &tm);
	return (int32_t)tm.tm_gmtoff;
}

/* Compare at moments that are some 17 days apart, of the years 1850 to 2150,
 * and on both sides of each change that lies between two of them. */
static void
test_zone(const char *name)
{
	static const int64_t from = -3786825600, to = 5680281600;
	static const int64_t step = 1500007;
	struct zone *zone = zone_load(name);
	int64_t bad = 0, low, high, middle;
	bool ok = true;

	if (!tap_ok(zone != NULL, "%s is there", name))
		return;
	setenv("TZ", name, 1);
	tzset();
	for (int64_t at = from; ok && at < to; at += step) {
		low = at;
		high = at + step;
		while (high - low > 1) {
			middle = low + (high - low) / 2;
			if (zone_offset(zone, middle) == zone_offset(zone, at))
				low = middle;
			else
				high = middle;
		}
		ok = zone_offset(zone, low) == offset_of_libc(low) &&
		    zone_offset(zone, high) == offset_of_libc(high);
		bad = low;
	}
	if (!tap_ok(ok, "%s is as the C library has it", name))
		printf("# not so around %lld\n", (long long)bad);
	zone_free(&zone);
}

static void
test_names(void)
{
	static const char *const names[] = {"", "/Europe/Lisbon",
	    "Europe/Lisbon/", "Europe//Lisbon", "../zoneinfo/Europe/Lisbon",
	    "Europe/../Europe/Lisbon", "Europe", "Europe/Nowhere", "zone.tab",
	    "Europe/Lisbon ", "Europe/Lis\\bon", LONG_NAME};
	struct zone *zone;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		zone = zone_load(names[i]);
		tap_ok(zone == NULL, "no zone \"%s\"", names[i]);
		zone_free(&zone);
	}
}

int
main(void)
{
	static const char *const names[] = {
	    "Europe/Lisbon", /* summer time, from before 1970 on */
	    "Europe/Dublin", /* the summer is the rule, winter the exception */
	    "America/New_York",
	    "America/St_Johns", /* half hours */
	    "America/Sao_Paulo", /* summer time given up */
	    "Australia/Sydney", /* the south */
	    "Australia/Lord_Howe", /* half an hour of summer time */
	    "Asia/Kathmandu", /* 5:45 */
	    "Asia/Shanghai",
	    "Asia/Tokyo",
	    "Asia/Tehran",
	    "Africa/Casablanca", /* changes around Ramadan */
	    "Pacific/Apia", /* a day that was not */
	    "Pacific/Kiritimati", /* +14 */
	    "America/Godthab",
	    "Antarctica/Troll", /* two hours */
	    "Etc/GMT+12",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		test_zone(names[i]);
	test_names();
	return tap_done();
}
