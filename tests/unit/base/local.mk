base_tests = \
	tests/unit/base/arena \
	tests/unit/base/buf \
	tests/unit/base/date \
	tests/unit/base/diag \
	tests/unit/base/file \
	tests/unit/base/map \
	tests/unit/base/small \
	tests/unit/base/str \
	tests/unit/base/utf8 \
	tests/unit/base/vec \
	tests/unit/base/zone
check_PROGRAMS += $(base_tests)

tests_unit_base_arena_SOURCES = tests/unit/base/arena.c $(unit_harness)
tests_unit_base_arena_LDADD = $(unit_ldadd)

tests_unit_base_buf_SOURCES = tests/unit/base/buf.c $(unit_harness)
tests_unit_base_buf_LDADD = $(unit_ldadd)

tests_unit_base_date_SOURCES = tests/unit/base/date.c $(unit_harness)
tests_unit_base_date_LDADD = $(unit_ldadd)

tests_unit_base_diag_SOURCES = tests/unit/base/diag.c $(unit_harness)
tests_unit_base_diag_LDADD = $(unit_ldadd)

tests_unit_base_file_SOURCES = tests/unit/base/file.c $(unit_harness)
tests_unit_base_file_LDADD = $(unit_ldadd)

tests_unit_base_map_SOURCES = tests/unit/base/map.c $(unit_harness)
tests_unit_base_map_LDADD = $(unit_ldadd)

tests_unit_base_small_SOURCES = tests/unit/base/small.c $(unit_harness)
tests_unit_base_small_LDADD = $(unit_ldadd)

tests_unit_base_str_SOURCES = tests/unit/base/str.c $(unit_harness)
tests_unit_base_str_LDADD = $(unit_ldadd)

tests_unit_base_utf8_SOURCES = tests/unit/base/utf8.c $(unit_harness)
tests_unit_base_utf8_LDADD = $(unit_ldadd)

tests_unit_base_vec_SOURCES = tests/unit/base/vec.c $(unit_harness)
tests_unit_base_vec_LDADD = $(unit_ldadd)

tests_unit_base_zone_SOURCES = tests/unit/base/zone.c $(unit_harness)
tests_unit_base_zone_LDADD = $(unit_ldadd)
check_PROGRAMS += tests/unit/base/beneath
tests_unit_base_beneath_SOURCES = tests/unit/base/beneath.c $(unit_harness)
tests_unit_base_beneath_LDADD = $(unit_ldadd)
