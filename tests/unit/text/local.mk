check_PROGRAMS += \
	tests/unit/text/template

tests_unit_text_template_SOURCES = tests/unit/text/template.c $(unit_harness)
tests_unit_text_template_LDADD = $(unit_ldadd)
