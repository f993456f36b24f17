check_PROGRAMS += \
	tests/unit/cli/article \
	tests/unit/cli/opts \
	tests/unit/cli/target

tests_unit_cli_article_SOURCES = tests/unit/cli/article.c $(unit_harness)
tests_unit_cli_article_LDADD = $(unit_ldadd)
tests_unit_cli_opts_SOURCES = tests/unit/cli/opts.c $(unit_harness)
tests_unit_cli_opts_LDADD = $(unit_ldadd)
tests_unit_cli_target_SOURCES = tests/unit/cli/target.c $(unit_harness)
tests_unit_cli_target_LDADD = $(unit_ldadd)
