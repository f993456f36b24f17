check_PROGRAMS += tests/unit/tls/keypair

tests_unit_tls_keypair_SOURCES = tests/unit/tls/keypair.c $(unit_harness)
tests_unit_tls_keypair_LDADD = $(unit_ldadd)

check_PROGRAMS += tests/unit/tls/known
tests_unit_tls_known_SOURCES = tests/unit/tls/known.c $(unit_harness)
tests_unit_tls_known_LDADD = $(unit_ldadd)
