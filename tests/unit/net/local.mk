check_PROGRAMS += tests/unit/net/address
tests_unit_net_address_SOURCES = tests/unit/net/address.c $(unit_harness)
tests_unit_net_address_LDADD = $(unit_ldadd)

check_PROGRAMS += tests/unit/net/peers
tests_unit_net_peers_SOURCES = tests/unit/net/peers.c $(unit_harness)
tests_unit_net_peers_LDADD = $(unit_ldadd)

check_PROGRAMS += tests/unit/net/stream
tests_unit_net_stream_SOURCES = \
	tests/unit/net/stream.c $(tls_sites) $(unit_harness)
tests_unit_net_stream_LDADD = $(unit_ldadd)
