lints = \
	tests/lint/format.lint \
	tests/lint/hardening.lint \
	tests/lint/includes.lint \
	tests/lint/layers.lint \
	tests/lint/manuals.lint \
	tests/lint/options.lint \
	tests/lint/sizes.lint \
	tests/lint/starter.lint \
	tests/lint/words.lint

EXTRA_DIST += tests/lint/tap.sh $(lints)
TESTS += $(lints)
