libcapsule_a_SOURCES += \
	src/proto/mime.h \
	src/proto/reply.h \
	src/proto/request.h \
	src/proto/status.def \
	src/proto/url.h
