check_PROGRAMS += \
	tests/unit/text/fold \
	tests/unit/text/gemtext \
	tests/unit/text/gemtext_html \
	tests/unit/text/markdown \
	tests/unit/text/markdown_plain \
	tests/unit/text/mustache \
	tests/unit/text/template \
	tests/unit/text/toml \
	tests/unit/text/value \
	tests/unit/text/yaml

tests_unit_text_fold_SOURCES = tests/unit/text/fold.c $(unit_harness)
tests_unit_text_fold_LDADD = $(unit_ldadd)

tests_unit_text_gemtext_SOURCES = tests/unit/text/gemtext.c $(unit_harness)
tests_unit_text_gemtext_LDADD = $(unit_ldadd)

tests_unit_text_gemtext_html_SOURCES = \
	tests/unit/text/gemtext_html.c $(unit_harness)
tests_unit_text_gemtext_html_LDADD = $(unit_ldadd)

tests_unit_text_markdown_SOURCES = tests/unit/text/markdown.c $(unit_harness)
tests_unit_text_markdown_LDADD = $(unit_ldadd)

tests_unit_text_markdown_plain_SOURCES = tests/unit/text/markdown_plain.c \
	$(unit_harness)
tests_unit_text_markdown_plain_LDADD = $(unit_ldadd)

tests_unit_text_mustache_SOURCES = tests/unit/text/mustache.c $(unit_harness)
tests_unit_text_mustache_LDADD = $(unit_ldadd)

tests_unit_text_template_SOURCES = tests/unit/text/template.c $(unit_harness)
tests_unit_text_template_LDADD = $(unit_ldadd)

tests_unit_text_toml_SOURCES = tests/unit/text/toml.c $(unit_harness)
tests_unit_text_toml_LDADD = $(unit_ldadd)

tests_unit_text_value_SOURCES = tests/unit/text/value.c $(unit_harness)
tests_unit_text_value_LDADD = $(unit_ldadd)

tests_unit_text_yaml_SOURCES = tests/unit/text/yaml.c $(unit_harness)
tests_unit_text_yaml_LDADD = $(unit_ldadd)

EXTRA_DIST += tests/unit/text/golden
