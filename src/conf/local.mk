libcapsule_a_SOURCES += \
	src/conf/actions.def \
	src/conf/conf.c src/conf/conf.h \
	src/conf/conf_check.c \
	src/conf/conf_load.c \
	src/conf/conf_route.c src/conf/conf_route.h \
	src/conf/option.c src/conf/option.h \
	src/conf/options.def \
	src/conf/pattern.c src/conf/pattern.h
