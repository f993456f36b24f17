/*
 * base/date: a date that is read is in the calendar, and what is written of it
 * is read as the same moment.
 */
#include "fuzz.h"

#include <assert.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/zone.h"

enum {
	text_max = 64,
	year_max = 9999,
	day_max = 31,
	offset_end = 26 * 60 * 60,
};

static void
check_date(struct date date)
{
	struct civil civil = date_civil(date);
	struct date again;
	struct buf text;

	assert(civil.year >= 1 && civil.year <= year_max);
	assert(civil.day >= 1 && civil.day <= day_max);
	buf_init(&text, text_max);
	date_add_rfc3339(&text, date);
	assert(!text.full);
	assert(date_parse(buf_str(&text), NULL, &again) == DATE_OK);
	if (civil.year > 1 && civil.year < year_max)
		assert(again.seconds == date.seconds && again.has_time);
	buf_clear(&text);
	date_add_day(&text, date);
	assert(date_parse(buf_str(&text), NULL, &again) == DATE_OK);
	assert(!again.has_time && date_civil(again).day == civil.day);
	buf_fini(&text);
}

/* Any bytes as a file of the zone database. */
static void
check_zone(struct str bytes)
{
	static const int64_t moments[] = {
	    -62135596800, -1, 0, 1456704000, 4102444800, 253402300799};
	struct zone *zone = zone_parse(bytes);
	int32_t offset;

	if (zone == NULL)
		return;
	for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++) {
		offset = zone_offset(zone, moments[i]);
		assert(offset < offset_end && offset > -offset_end);
	}
	zone_free(&zone);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const zones[] = {"UTC", "Europe/Lisbon"};
	struct str in = {(const char *)data, size};
	struct date date;

	for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++)
		if (date_parse(in, zones[i], &date) == DATE_OK)
			check_date(date);
	check_zone(in);
	return 0;
}
