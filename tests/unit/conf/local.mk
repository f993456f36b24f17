check_PROGRAMS += tests/unit/conf/conf

tests_unit_conf_conf_SOURCES = tests/unit/conf/conf.c $(unit_harness)
tests_unit_conf_conf_LDADD = $(unit_ldadd)
