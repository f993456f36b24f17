libcapsule_a_SOURCES += \
	src/proto/mime.c src/proto/mime.h src/proto/mime.def \
	src/proto/ppheader.c src/proto/ppheader.h \
	src/proto/reply.c src/proto/reply.h src/proto/status.def \
	src/proto/request.c src/proto/request.h \
	src/proto/url.c src/proto/url.h
