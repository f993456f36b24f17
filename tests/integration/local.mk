# The longest first, so that a parallel make does not wait for one at its end.
integration_tests = \
	tests/integration/hostile.test \
	tests/integration/live.test \
	tests/integration/deadlines.test \
	tests/integration/load.test \
	tests/integration/announce.test \
	tests/integration/kill.test \
	tests/integration/routes.test \
	tests/integration/proxy_header.test \
	tests/integration/reading.test \
	tests/integration/drafts.test \
	tests/integration/clients.test \
	tests/integration/search.test \
	tests/integration/operations.test \
	tests/integration/get.test \
	tests/integration/identity.test \
	tests/integration/request.test \
	tests/integration/tls.test \
	tests/integration/commands.test \
	tests/integration/export.test \
	tests/integration/indexes.test \
	tests/integration/relations.test \
	tests/integration/terms.test \
	tests/integration/templates.test \
	tests/integration/import.test \
	tests/integration/mirror.test \
	tests/integration/markdown.test \
	tests/integration/mistakes.test

integration_library = \
	tests/lib/atom.rng \
	tests/lib/capsule_walk.py \
	tests/lib/capsuled_test.py \
	tests/lib/certificates.py \
	tests/lib/feeds.py \
	tests/lib/gemini.py \
	tests/lib/readers.py \
	tests/lib/responder.py \
	tests/lib/server.py \
	tests/lib/tap.py \
	tests/lib/terminal.py \
	tests/lib/waiting.py \
	tests/lib/web.py

EXTRA_DIST += $(integration_tests) $(integration_library)
TESTS += $(integration_tests)
