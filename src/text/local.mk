libcapsule_a_SOURCES += \
	src/text/fold.c src/text/fold.h \
	src/text/gemtext.c src/text/gemtext.h \
	src/text/gemtext_html.c src/text/gemtext_html.h \
	src/text/json.c src/text/json.h \
	src/text/markdown.c src/text/markdown.h \
	src/text/markdown_bare.c src/text/markdown_bare.h \
	src/text/markdown_boxes.c \
	src/text/markdown_callout.c src/text/markdown_callout.h \
	src/text/markdown_cells.c src/text/markdown_cells.h \
	src/text/markdown_element.def \
	src/text/markdown_emoji.def \
	src/text/markdown_emphasis.c src/text/markdown_emphasis.h \
	src/text/markdown_entity.c src/text/markdown_entity.def \
	src/text/markdown_entity.h \
	src/text/markdown_exported.c src/text/markdown_exported.h \
	src/text/markdown_fragment.c \
	src/text/markdown_html.c src/text/markdown_html.h \
	src/text/markdown_inline.c src/text/markdown_inline.h \
	src/text/markdown_lines.c src/text/markdown_lines.h \
	src/text/markdown_links.c src/text/markdown_links.h \
	src/text/markdown_marks.c src/text/markdown_marks.h \
	src/text/markdown_meaning.c src/text/markdown_meaning.def \
	src/text/markdown_meaning.h \
	src/text/markdown_media.c \
	src/text/markdown_notes.c src/text/markdown_notes.h \
	src/text/markdown_page.c src/text/markdown_page.h \
	src/text/markdown_plain.c src/text/markdown_plain.h \
	src/text/markdown_prepare.c src/text/markdown_prepare.h \
	src/text/markdown_reader.c src/text/markdown_reader.h \
	src/text/markdown_run.c src/text/markdown_run.h \
	src/text/markdown_shortcode.c src/text/markdown_shortcode.h \
	src/text/markdown_source.c src/text/markdown_source.h \
	src/text/markdown_table.c src/text/markdown_table.h \
	src/text/markdown_tag.c src/text/markdown_tag.h \
	src/text/markdown_target.c src/text/markdown_target.h \
	src/text/markdown_write.c src/text/markdown_write.h \
	src/text/template.c src/text/template.h \
	src/text/template_op.h src/text/template_parse.c \
	src/text/toml.c src/text/toml.h \
	src/text/toml_scan.c src/text/toml_scan.h \
	src/text/value.c src/text/value.h \
	src/text/xml.c src/text/xml.h \
	src/text/yaml.c src/text/yaml.h \
	src/text/yaml_explain.c src/text/yaml_explain.h \
	src/text/yaml_node.c
