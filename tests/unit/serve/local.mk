check_PROGRAMS += tests/unit/serve/access
tests_unit_serve_access_SOURCES = tests/unit/serve/access.c $(unit_harness)
tests_unit_serve_access_LDADD = $(unit_ldadd)

check_PROGRAMS += tests/unit/serve/source
tests_unit_serve_source_SOURCES = tests/unit/serve/source.c $(unit_harness)
tests_unit_serve_source_LDADD = $(unit_ldadd)

check_PROGRAMS += tests/unit/serve/router
tests_unit_serve_router_SOURCES = \
	tests/unit/serve/router.c tests/unit/serve/router.def $(unit_harness)
tests_unit_serve_router_LDADD = $(unit_ldadd)
