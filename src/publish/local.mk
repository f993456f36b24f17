libcapsule_a_SOURCES += \
	src/publish/announcements.c src/publish/announcements.h \
	src/publish/article_parts.def \
	src/publish/backlinks.c src/publish/backlinks.h \
	src/publish/asked.c src/publish/asked.def src/publish/asked.h \
	src/publish/asset.c src/publish/asset.h \
	src/publish/build.c \
	src/publish/check.c \
	src/publish/cover.c \
	src/publish/cover.h \
	src/publish/defaults.c src/publish/defaults.h \
	src/publish/export.c src/publish/export.h \
	src/publish/export_plan.c src/publish/export_plan.h \
	src/publish/feed.c src/publish/feed.h \
	src/publish/feed_json.c \
	src/publish/fields.def \
	src/publish/format.c src/publish/format.h \
	src/publish/front_matter.c src/publish/front_matter.h \
	src/publish/graph.c src/publish/graph.h \
	src/publish/graph_folders.c \
	src/publish/graph_related.c \
	src/publish/graph_terms.c \
	src/publish/graph_translations.c \
	src/publish/indexing.c src/publish/indexing.h \
	src/publish/language.c src/publish/language.h \
	src/publish/languages.def \
	src/publish/link_bits.c src/publish/link_bits.h \
	src/publish/links.c src/publish/links.h \
	src/publish/list.c src/publish/list.h \
	src/publish/meta.c src/publish/meta.h \
	src/publish/meta_date.c \
	src/publish/meta_field.c src/publish/meta_field.h \
	src/publish/meta_language.c \
	src/publish/meta_near.c \
	src/publish/meta_terms.c \
	src/publish/meta_text.c \
	src/publish/meta_url.c \
	src/publish/mirror.c src/publish/mirror.h \
	src/publish/mirror_link.c src/publish/mirror_link.h \
	src/publish/name.c src/publish/name.h \
	src/publish/outputs.c src/publish/outputs.h \
	src/publish/page.c src/publish/page.h \
	src/publish/pages_article.c \
	src/publish/pages_asked.c src/publish/pages_asked.h \
	src/publish/pages_drafts.c \
	src/publish/pages_chosen.c src/publish/pages_chosen.h \
	src/publish/pages_feed.c \
	src/publish/pages_file.c \
	src/publish/pages_index.c \
	src/publish/pages_row.c \
	src/publish/pages_search.c \
	src/publish/print.c src/publish/print.h \
	src/publish/publish.c src/publish/publish.h \
	src/publish/publisher.h \
	src/publish/publisher_mirror.c \
	src/publish/publisher_read.c \
	src/publish/render.c src/publish/render.h \
	src/publish/site.c src/publish/site.h src/publish/site_options.def \
	src/publish/site_index.c src/publish/site_index.def \
	src/publish/site_index.h \
	src/publish/site_parse.h src/publish/site_value.c \
	src/publish/source.c src/publish/source.h \
	src/publish/templates.c src/publish/templates.h \
	src/publish/terms.def \
	src/publish/texts.c src/publish/texts.h \
	src/publish/tree.c src/publish/tree.h \
	src/publish/tree_list.c src/publish/tree_list.h \
	src/publish/tree_place.c src/publish/tree_place.h \
	src/publish/words.c src/publish/words.def src/publish/words.h

# The built-in templates, as a table of bytes.
template_inputs = \
	src/publish/templates/article.gmi \
	src/publish/templates/articles.gmi \
	src/publish/templates/atom.xml \
	src/publish/templates/folder.gmi \
	src/publish/templates/footer.gmi \
	src/publish/templates/groups.gmi \
	src/publish/templates/home.gmi \
	src/publish/templates/links.gmi \
	src/publish/templates/list.gmi \
	src/publish/templates/mirror.css \
	src/publish/templates/mirror.html \
	src/publish/templates/page.gmi \
	src/publish/templates/pager.gmi \
	src/publish/templates/search.gmi \
	src/publish/templates/rows.gmi \
	src/publish/templates/sitemap.gmi \
	src/publish/templates/terms.gmi
EXTRA_DIST += $(template_inputs)

nodist_libcapsule_a_SOURCES += src/publish/builtin_templates.c
CLEANFILES += src/publish/builtin_templates.c
src/publish/builtin_templates.c: src/embed.sh $(template_inputs)
	@$(MKDIR_P) src/publish
	$(AM_V_GEN)$(SHELL) $(top_srcdir)/src/embed.sh builtin_templates \
		$(top_srcdir) src/publish/templates/ $(template_inputs) \
		> $@.tmp && mv $@.tmp $@
