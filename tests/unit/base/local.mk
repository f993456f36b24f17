check_PROGRAMS += tests/unit/base/str

tests_unit_base_str_SOURCES = tests/unit/base/str.c $(unit_harness)
tests_unit_base_str_LDADD = $(unit_ldadd)
