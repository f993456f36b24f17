check_PROGRAMS += tests/unit/tls/keypair

tests_unit_tls_keypair_SOURCES = tests/unit/tls/keypair.c $(unit_harness)
tests_unit_tls_keypair_LDADD = $(unit_ldadd)

check_PROGRAMS += tests/unit/tls/known
tests_unit_tls_known_SOURCES = tests/unit/tls/known.c $(unit_harness)
tests_unit_tls_known_LDADD = $(unit_ldadd)

tls_sites = tests/unit/tls/sites.c tests/unit/tls/sites.h

check_PROGRAMS += tests/unit/tls/context
tests_unit_tls_context_SOURCES = \
	tests/unit/tls/context.c $(tls_sites) $(unit_harness)
tests_unit_tls_context_LDADD = $(unit_ldadd)

check_PROGRAMS += tests/unit/tls/sni
tests_unit_tls_sni_SOURCES = tests/unit/tls/sni.c $(unit_harness)
tests_unit_tls_sni_LDADD = $(unit_ldadd)
