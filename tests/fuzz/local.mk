# A fuzz target is tests/fuzz/NAME.c with a corpus in tests/fuzz/corpus/NAME/.
# `make check` replays the corpora; under --enable-fuzz (with clang) `make fuzz`
# lets libFuzzer run each target FUZZ_RUNS times from its corpus on.

FUZZ_RUNS = 1000000
FUZZ_LENGTH_MAX = 4096

fuzz_targets = \
	tests/fuzz/date \
	tests/fuzz/front_matter \
	tests/fuzz/gemtext \
	tests/fuzz/known \
	tests/fuzz/markdown \
	tests/fuzz/ppheader \
	tests/fuzz/query \
	tests/fuzz/request \
	tests/fuzz/template \
	tests/fuzz/toml \
	tests/fuzz/url \
	tests/fuzz/yaml

EXTRA_DIST += tests/fuzz/corpus

fuzz_tree = tests/fuzz/tree.c tests/fuzz/tree.h

if FUZZ
noinst_PROGRAMS += $(fuzz_targets)
fuzz_ldflags = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_sources = tests/fuzz/fuzz.h
else
check_PROGRAMS += $(fuzz_targets)
fuzz_ldflags = $(AM_LDFLAGS)
fuzz_sources = tests/fuzz/main.c tests/fuzz/fuzz.h $(unit_harness)
endif

tests_fuzz_date_SOURCES = tests/fuzz/date.c $(fuzz_sources)
tests_fuzz_date_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_date_LDADD = $(unit_ldadd)

tests_fuzz_front_matter_SOURCES = tests/fuzz/front_matter.c $(fuzz_sources)
tests_fuzz_front_matter_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_front_matter_LDADD = $(unit_ldadd)

tests_fuzz_gemtext_SOURCES = tests/fuzz/gemtext.c $(fuzz_sources)
tests_fuzz_gemtext_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_gemtext_LDADD = $(unit_ldadd)

tests_fuzz_known_SOURCES = tests/fuzz/known.c $(fuzz_sources)
tests_fuzz_known_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_known_LDADD = $(unit_ldadd)

tests_fuzz_markdown_SOURCES = tests/fuzz/markdown.c $(fuzz_sources)
tests_fuzz_markdown_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_markdown_LDADD = $(unit_ldadd)

tests_fuzz_ppheader_SOURCES = tests/fuzz/ppheader.c $(fuzz_sources)
tests_fuzz_ppheader_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_ppheader_LDADD = $(unit_ldadd)

tests_fuzz_query_SOURCES = tests/fuzz/query.c $(fuzz_sources)
tests_fuzz_query_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_query_LDADD = $(unit_ldadd)

tests_fuzz_request_SOURCES = tests/fuzz/request.c $(fuzz_sources)
tests_fuzz_request_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_request_LDADD = $(unit_ldadd)

tests_fuzz_template_SOURCES = tests/fuzz/template.c $(fuzz_sources)
tests_fuzz_template_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_template_LDADD = $(unit_ldadd)

tests_fuzz_toml_SOURCES = \
	tests/fuzz/toml.c $(fuzz_tree) $(fuzz_sources)
tests_fuzz_toml_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_toml_LDADD = $(unit_ldadd)

tests_fuzz_url_SOURCES = tests/fuzz/url.c $(fuzz_sources)
tests_fuzz_url_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_url_LDADD = $(unit_ldadd)

tests_fuzz_yaml_SOURCES = \
	tests/fuzz/yaml.c $(fuzz_tree) $(fuzz_sources)
tests_fuzz_yaml_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_yaml_LDADD = $(unit_ldadd)

# What libFuzzer finds new goes to fuzz/NAME/ in the build folder, what makes a
# target fail to fuzz/NAME-crash-*.
.PHONY: fuzz
if FUZZ
fuzz: $(fuzz_targets)
	@for target in $(fuzz_targets); do \
		name=`basename $$target`; \
		$(MKDIR_P) fuzz/$$name || exit 1; \
		echo "fuzz: $$name"; \
		$$target -runs=$(FUZZ_RUNS) -max_len=$(FUZZ_LENGTH_MAX) \
			-timeout=10 -print_final_stats=1 -verbosity=0 \
			-artifact_prefix=fuzz/$$name- fuzz/$$name \
			$(srcdir)/tests/fuzz/corpus/$$name || exit 1; \
	done
else
fuzz:
	@echo "fuzz: configure with --enable-fuzz and CC=clang" >&2; exit 1
endif
