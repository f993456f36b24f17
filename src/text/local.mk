libcapsule_a_SOURCES += \
	src/text/fold.c src/text/fold.h \
	src/text/gemtext.c src/text/gemtext.h \
	src/text/json.c src/text/json.h \
	src/text/markdown.h \
	src/text/template.c src/text/template.h \
	src/text/template_op.h src/text/template_parse.c \
	src/text/value.c src/text/value.h \
	src/text/xml.c src/text/xml.h \
	src/text/yaml.c src/text/yaml.h \
	src/text/yaml_explain.c src/text/yaml_explain.h \
	src/text/yaml_node.c
