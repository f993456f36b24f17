libcapsule_a_SOURCES += \
	src/catalogue/entry.def \
	src/catalogue/reader.h
