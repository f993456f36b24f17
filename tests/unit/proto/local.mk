proto_tests = \
	tests/unit/proto/mime \
	tests/unit/proto/ppheader \
	tests/unit/proto/reply \
	tests/unit/proto/request \
	tests/unit/proto/url
check_PROGRAMS += $(proto_tests)

tests_unit_proto_mime_SOURCES = tests/unit/proto/mime.c $(unit_harness)
tests_unit_proto_mime_LDADD = $(unit_ldadd)

tests_unit_proto_ppheader_SOURCES = tests/unit/proto/ppheader.c $(unit_harness)
tests_unit_proto_ppheader_LDADD = $(unit_ldadd)

tests_unit_proto_reply_SOURCES = tests/unit/proto/reply.c $(unit_harness)
tests_unit_proto_reply_LDADD = $(unit_ldadd)

tests_unit_proto_request_SOURCES = tests/unit/proto/request.c $(unit_harness)
tests_unit_proto_request_LDADD = $(unit_ldadd)

tests_unit_proto_url_SOURCES = tests/unit/proto/url.c $(unit_harness)
tests_unit_proto_url_LDADD = $(unit_ldadd)
