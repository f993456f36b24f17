/*
 * base/mem, clock, log, nearest, embedded, calendar: the small ones.
 */
#include "base/calendar.h"
#include "base/clock.h"
#include "base/embedded.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/nearest.h"
#include "tap.h"

static void
test_memory(void)
{
	char *p, *q;

	p = mem_alloc(0);
	tap_ok(p != NULL, "no bytes are some");
	mem_free(p);
	p = mem_alloc_array(0, 8);
	tap_ok(p != NULL, "no items are some");
	mem_free(p);
	p = mem_alloc_array(4, 2);
	tap_ok(p[0] == 0 && p[7] == 0, "zeroed");
	p[7] = 'x';
	q = mem_grow(p, 100, 2);
	tap_int(q[7], 'x', "grown, kept");
	q = mem_grow(q, 0, 8);
	tap_ok(q != NULL, "shrunk to nothing");
	mem_free(q);
	q = mem_dup("copy");
	tap_str(str_from_c(q), STR("copy"), "copied");
	mem_free(q);
	mem_free(NULL);
}

static void
test_nearest(void)
{
	static const struct {
		struct str word, want;
	} cases[] = {
	    {STR_INIT("titel"), STR_INIT("title")},
	    {STR_INIT("TITLE"), STR_INIT("title")},
	    {STR_INIT("dat"), STR_INIT("date")},
	    {STR_INIT("summmary"), STR_INIT("summary")},
	    {STR_INIT("langage"), STR_INIT("language")},
	    {STR_INIT("zzz"), STR_INIT("")},
	    {STR_INIT(""), STR_INIT("")},
	    {STR_INIT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		      "aaaaaaaaaaaaaaa"),
		STR_INIT("")},
	};
	static const struct str known[] = {STR_INIT("title"), STR_INIT("date"),
	    STR_INIT("summary"), STR_INIT("language")};
	struct nearest nearest;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		nearest = nearest_to(cases[i].word);
		for (size_t k = 0; k < sizeof(known) / sizeof(known[0]); k++)
			nearest_try(&nearest, known[k]);
		tap_str(nearest.best, cases[i].want,
		    "nearest to \"%" STR_FMT "\"", STR_ARG(cases[i].word));
	}
}

static void
test_embedded(void)
{
	static const struct embedded_file files[] = {
	    {STR_INIT("a"), STR_INIT("first")},
	    {STR_INIT("b/c"), STR_INIT("")},
	};
	static const struct embedded_files table = {files, 2};

	tap_ok(embedded_find(&table, STR("a")) == &files[0], "a file");
	tap_ok(embedded_find(&table, STR("b/c")) == &files[1], "the last");
	tap_ok(embedded_find(&table, STR("b")) == NULL, "not its folder");
	tap_ok(embedded_find(&table, STR("")) == NULL, "not nothing");
}

static void
test_calendar(void)
{
	int64_t year;
	int month, day;

	tap_int(calendar_days(1970, 1, 1), 0, "the first day");
	tap_int(calendar_days(1969, 12, 31), -1, "the day before");
	tap_int(calendar_days(2000, 3, 1), 11017, "after a leap day");
	tap_int(calendar_days(2000, 1, 61), 11017, "over its month");
	tap_int(calendar_weekday(0), 4, "a Thursday");
	tap_int(calendar_weekday(-5), 6, "a Saturday");
	tap_int(calendar_weekday(calendar_days(2026, 11, 22)), 0, "a Sunday");
	tap_int(calendar_month_length(1900, 2), 28, "1900");
	tap_int(calendar_month_length(2000, 2), 29, "2000");
	tap_int(calendar_month_length(2024, 2), 29, "2024");
	tap_int(calendar_month_length(0, 2), 29, "0");
	tap_int(calendar_month_length(-1, 2), 28, "-1");
	calendar_from_days(calendar_days(-1, 12, 31), &year, &month, &day);
	tap_ok(year == -1 && month == 12 && day == 31, "below 0");
	tap_int(calendar_floor_div(-1, 4), -1, "floor of -1/4");
	tap_int(calendar_floor_div(-4, 4), -1, "floor of -4/4");
	tap_int(calendar_floor_div(7, 4), 1, "floor of 7/4");
}

int
main(void)
{
	static const int64_t year_2020_ms = 1577836800000;
	enum log_level level = LOG_LEVEL_INFO;
	int64_t before = clock_monotonic_ms();

	test_memory();
	test_nearest();
	test_embedded();
	test_calendar();
	tap_ok(clock_monotonic_ms() >= before && before > 0, "time goes on");
	tap_ok(clock_wall_ms() > year_2020_ms, "wall time");
	tap_ok(
	    log_level_parse(STR("debug"), &level) && level == LOG_LEVEL_DEBUG,
	    "debug");
	tap_ok(
	    log_level_parse(STR("error"), &level) && level == LOG_LEVEL_ERROR,
	    "error");
	tap_ok(!log_level_parse(STR("Error"), &level) &&
		!log_level_parse(STR(""), &level) && level == LOG_LEVEL_ERROR,
	    "no level");
	return tap_done();
}
