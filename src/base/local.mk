libcapsule_a_SOURCES += \
	src/base/arena.c src/base/arena.h \
	src/base/beneath.c src/base/beneath.h \
	src/base/buf.c src/base/buf.h \
	src/base/calendar.c src/base/calendar.h \
	src/base/clock.c src/base/clock.h \
	src/base/date.c src/base/date.h \
	src/base/diag.c src/base/diag.h \
	src/base/embedded.c src/base/embedded.h \
	src/base/file.c src/base/file.h \
	src/base/log.c src/base/log.h \
	src/base/map.c src/base/map.h \
	src/base/mem.c src/base/mem.h \
	src/base/nearest.c src/base/nearest.h \
	src/base/str.c src/base/str.h \
	src/base/utf8.c src/base/utf8.h \
	src/base/vec.c src/base/vec.h \
	src/base/zone.c src/base/zone.h
