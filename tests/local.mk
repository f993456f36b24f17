# The tests: C unit tests and fuzz corpora (TAP), integration tests (.test),
# lints (.lint).

TEST_EXTENSIONS = .test .lint
TAP_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) \
	$(top_srcdir)/build-aux/tap-driver.sh
LOG_DRIVER = $(TAP_DRIVER)
TEST_LOG_DRIVER = $(TAP_DRIVER)
LINT_LOG_DRIVER = $(TAP_DRIVER)
AM_TESTS_ENVIRONMENT = \
	TOP_SRCDIR='$(abs_top_srcdir)'; export TOP_SRCDIR; \
	TOP_BUILDDIR='$(abs_top_builddir)'; export TOP_BUILDDIR; \
	CAPSULED='$(abs_top_builddir)/capsuled'; export CAPSULED;

unit_ldadd = libcapsule.a $(LIBRARIES_USED)
unit_harness = tests/unit/tap.c tests/unit/tap.h

include tests/unit/base/local.mk
include tests/unit/os/local.mk
include tests/unit/text/local.mk
include tests/unit/proto/local.mk
include tests/unit/conf/local.mk
include tests/unit/catalogue/local.mk
include tests/unit/publish/local.mk
include tests/unit/tls/local.mk
include tests/unit/net/local.mk
include tests/unit/serve/local.mk
include tests/unit/proc/local.mk
include tests/unit/cli/local.mk
include tests/fuzz/local.mk
include tests/integration/local.mk
include tests/lint/local.mk

TESTS += $(check_PROGRAMS)
