libcapsule_a_SOURCES += \
	src/publish/fields.def \
	src/publish/format.c src/publish/format.h \
	src/publish/front_matter.c src/publish/front_matter.h \
	src/publish/graph.c src/publish/graph.h \
	src/publish/graph_folders.c \
	src/publish/graph_related.c \
	src/publish/graph_terms.c \
	src/publish/language.c src/publish/language.h \
	src/publish/meta.c src/publish/meta.h \
	src/publish/meta_date.c \
	src/publish/meta_field.c src/publish/meta_field.h \
	src/publish/meta_terms.c \
	src/publish/meta_text.c \
	src/publish/meta_url.c \
	src/publish/name.c src/publish/name.h \
	src/publish/page.c src/publish/page.h \
	src/publish/print.c src/publish/print.h \
	src/publish/site.c src/publish/site.h src/publish/site_options.def \
	src/publish/source.c src/publish/source.h \
	src/publish/terms.def \
	src/publish/publish.h
