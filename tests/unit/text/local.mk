check_PROGRAMS += \
	tests/unit/text/template \
	tests/unit/text/yaml

tests_unit_text_template_SOURCES = tests/unit/text/template.c $(unit_harness)
tests_unit_text_template_LDADD = $(unit_ldadd)

tests_unit_text_yaml_SOURCES = tests/unit/text/yaml.c $(unit_harness)
tests_unit_text_yaml_LDADD = $(unit_ldadd)
