libcapsule_a_SOURCES += \
	src/publish/publish.h
