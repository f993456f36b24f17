check_PROGRAMS += tests/unit/os/child tests/unit/os/watch

tests_unit_os_child_SOURCES = tests/unit/os/child.c $(unit_harness)
tests_unit_os_child_LDADD = $(unit_ldadd)
tests_unit_os_watch_SOURCES = tests/unit/os/watch.c $(unit_harness)
tests_unit_os_watch_LDADD = $(unit_ldadd)
