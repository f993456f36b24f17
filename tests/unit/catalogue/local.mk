check_PROGRAMS += tests/unit/catalogue/catalogue

tests_unit_catalogue_catalogue_SOURCES = \
	tests/unit/catalogue/catalogue.c $(unit_harness)
tests_unit_catalogue_catalogue_LDADD = $(unit_ldadd)

check_PROGRAMS += tests/unit/catalogue/search

tests_unit_catalogue_search_SOURCES = \
	tests/unit/catalogue/search.c $(unit_harness)
tests_unit_catalogue_search_LDADD = $(unit_ldadd)
