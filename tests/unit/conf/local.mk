check_PROGRAMS += tests/unit/conf/pattern

tests_unit_conf_pattern_SOURCES = tests/unit/conf/pattern.c $(unit_harness)
tests_unit_conf_pattern_LDADD = $(unit_ldadd)

check_PROGRAMS += tests/unit/conf/conf

tests_unit_conf_conf_SOURCES = tests/unit/conf/conf.c $(unit_harness)
tests_unit_conf_conf_LDADD = $(unit_ldadd)
