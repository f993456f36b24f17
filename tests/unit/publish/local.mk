publish_tests = \
	tests/unit/publish/asked \
	tests/unit/publish/build \
	tests/unit/publish/check \
	tests/unit/publish/defaults \
	tests/unit/publish/pages \
	tests/unit/publish/indexes \
	tests/unit/publish/in_step \
	tests/unit/publish/life \
	tests/unit/publish/link_bits \
	tests/unit/publish/markdown \
	tests/unit/publish/meta \
	tests/unit/publish/name \
	tests/unit/publish/parts \
	tests/unit/publish/site \
	tests/unit/publish/trouble \
	tests/unit/publish/words
check_PROGRAMS += $(publish_tests)

publish_fixture = tests/unit/publish/fixture.c tests/unit/publish/fixture.h

tests_unit_publish_asked_SOURCES = \
	tests/unit/publish/asked.c $(publish_fixture) $(unit_harness)
tests_unit_publish_asked_LDADD = $(unit_ldadd)

tests_unit_publish_build_SOURCES = \
	tests/unit/publish/build.c $(publish_fixture) $(unit_harness)
tests_unit_publish_build_LDADD = $(unit_ldadd)

tests_unit_publish_check_SOURCES = \
	tests/unit/publish/check.c $(publish_fixture) $(unit_harness)
tests_unit_publish_check_LDADD = $(unit_ldadd)

tests_unit_publish_defaults_SOURCES = \
	tests/unit/publish/defaults.c $(publish_fixture) $(unit_harness)
tests_unit_publish_defaults_LDADD = $(unit_ldadd)

tests_unit_publish_pages_SOURCES = \
	tests/unit/publish/pages.c $(publish_fixture) $(unit_harness)
tests_unit_publish_pages_LDADD = $(unit_ldadd)

tests_unit_publish_indexes_SOURCES = \
	tests/unit/publish/indexes.c $(publish_fixture) $(unit_harness)
tests_unit_publish_indexes_LDADD = $(unit_ldadd)

tests_unit_publish_in_step_SOURCES = \
	tests/unit/publish/in_step.c $(publish_fixture) $(unit_harness)
tests_unit_publish_in_step_LDADD = $(unit_ldadd)

tests_unit_publish_link_bits_SOURCES = \
	tests/unit/publish/link_bits.c $(unit_harness)
tests_unit_publish_link_bits_LDADD = $(unit_ldadd)

tests_unit_publish_life_SOURCES = \
	tests/unit/publish/life.c $(publish_fixture) $(unit_harness)
tests_unit_publish_life_LDADD = $(unit_ldadd)

tests_unit_publish_markdown_SOURCES = \
	tests/unit/publish/markdown.c $(publish_fixture) $(unit_harness)
tests_unit_publish_markdown_LDADD = $(unit_ldadd)

tests_unit_publish_meta_SOURCES = tests/unit/publish/meta.c $(unit_harness)
tests_unit_publish_meta_LDADD = $(unit_ldadd)

tests_unit_publish_name_SOURCES = tests/unit/publish/name.c $(unit_harness)
tests_unit_publish_name_LDADD = $(unit_ldadd)

tests_unit_publish_parts_SOURCES = \
	tests/unit/publish/parts.c $(publish_fixture) $(unit_harness)
tests_unit_publish_parts_LDADD = $(unit_ldadd)

tests_unit_publish_site_SOURCES = tests/unit/publish/site.c $(unit_harness)
tests_unit_publish_site_LDADD = $(unit_ldadd)

tests_unit_publish_trouble_SOURCES = \
	tests/unit/publish/trouble.c $(publish_fixture) $(unit_harness)
tests_unit_publish_trouble_LDADD = $(unit_ldadd)

EXTRA_DIST += tests/unit/publish/golden

tests_unit_publish_words_SOURCES = tests/unit/publish/words.c $(unit_harness)
tests_unit_publish_words_LDADD = $(unit_ldadd)
