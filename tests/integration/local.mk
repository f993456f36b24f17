integration_tests = \
	tests/integration/get.test

integration_library = \
	tests/lib/capsule_walk.py \
	tests/lib/capsuled_test.py \
	tests/lib/certificates.py \
	tests/lib/gemini.py \
	tests/lib/readers.py \
	tests/lib/responder.py \
	tests/lib/server.py \
	tests/lib/tap.py \
	tests/lib/terminal.py \
	tests/lib/waiting.py

EXTRA_DIST += $(integration_tests) $(integration_library)
TESTS += $(integration_tests)
