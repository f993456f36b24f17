base_tests = \
	tests/unit/base/date \
	tests/unit/base/str \
	tests/unit/base/zone
check_PROGRAMS += $(base_tests)

tests_unit_base_date_SOURCES = tests/unit/base/date.c $(unit_harness)
tests_unit_base_date_LDADD = $(unit_ldadd)

tests_unit_base_str_SOURCES = tests/unit/base/str.c $(unit_harness)
tests_unit_base_str_LDADD = $(unit_ldadd)

tests_unit_base_zone_SOURCES = tests/unit/base/zone.c $(unit_harness)
tests_unit_base_zone_LDADD = $(unit_ldadd)
check_PROGRAMS += tests/unit/base/beneath
tests_unit_base_beneath_SOURCES = tests/unit/base/beneath.c $(unit_harness)
tests_unit_base_beneath_LDADD = $(unit_ldadd)
