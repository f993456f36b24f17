libcapsule_a_SOURCES += \
	src/conf/conf.c src/conf/conf.h \
	src/conf/conf_check.c \
	src/conf/conf_load.c \
	src/conf/option.c src/conf/option.h \
	src/conf/options.def
