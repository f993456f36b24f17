check_PROGRAMS += tests/unit/catalogue/catalogue

tests_unit_catalogue_catalogue_SOURCES = \
	tests/unit/catalogue/catalogue.c $(unit_harness)
tests_unit_catalogue_catalogue_LDADD = $(unit_ldadd)
