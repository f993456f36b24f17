libcapsule_a_SOURCES += \
	src/catalogue/entry.def \
	src/catalogue/reader.c src/catalogue/reader.h \
	src/catalogue/schema.c src/catalogue/schema.h \
	src/catalogue/search.c src/catalogue/search.h \
	src/catalogue/search_expression.c src/catalogue/search_expression.h \
	src/catalogue/search_field.def \
	src/catalogue/search_index.c src/catalogue/search_index.h \
	src/catalogue/search_page.c src/catalogue/search_page.h \
	src/catalogue/search_word.def \
	src/catalogue/sql.c src/catalogue/sql.h \
	src/catalogue/writer.c src/catalogue/writer.h
