libcapsule_a_SOURCES += \
	src/catalogue/entry.def \
	src/catalogue/reader.c src/catalogue/reader.h \
	src/catalogue/schema.c src/catalogue/schema.h \
	src/catalogue/sql.c src/catalogue/sql.h \
	src/catalogue/writer.c src/catalogue/writer.h
