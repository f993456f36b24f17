bin_PROGRAMS += capsuled
capsuled_SOURCES = src/cli/main.c
capsuled_LDADD = libcapsule.a $(LIBRARIES_USED)

dist_man_MANS += doc/capsuled.1 doc/capsule.7

libcapsule_a_SOURCES += \
	src/cli/article.c src/cli/article.h \
	src/cli/cmd_build.c \
	src/cli/cmd_cert.c \
	src/cli/cmd_check.c \
	src/cli/cmd_get.c \
	src/cli/cmd_import.c \
	src/cli/cmd_new.c \
	src/cli/cmd_serve.c \
	src/cli/cmd_template.c \
	src/cli/commands.c src/cli/commands.def src/cli/commands.h \
	src/cli/fetch.c src/cli/fetch.h \
	src/cli/folder.c src/cli/folder.h \
	src/cli/html.c src/cli/html.h \
	src/cli/html_linked.c src/cli/html_linked.h \
	src/cli/import.h src/cli/import_keys.def \
	src/cli/import_defaults.c \
	src/cli/import_front.c \
	src/cli/import_html.c \
	src/cli/import_hugo.c \
	src/cli/import_jekyll.c \
	src/cli/import_links.c \
	src/cli/import_path.c \
	src/cli/import_scan.c \
	src/cli/import_write.c \
	src/cli/opts.c src/cli/opts.h \
	src/cli/starter.h \
	src/cli/state.c src/cli/state.h \
	src/cli/target.c src/cli/target.h \
	src/cli/terminal.c src/cli/terminal.h

# What `capsuled new --capsule` writes, and the example beside the program.
starter_inputs = \
	capsule/about.gmi \
	capsule/articles/2026-10-06-software-engineering-at-financial-technology-firms.gmi \
	capsule/articles/advice-from-ten-years-ago.gmi \
	capsule/articles/backend-engineer.gmi \
	capsule/articles/freelance-sites-for-web-developers.gmi \
	capsule/articles/python-developer-on-upwork.gmi \
	capsule/articles/python-developer-pay.gmi \
	capsule/articles/python-developer-pay.gmi.yaml \
	capsule/articles/quality-assurance/career-ladder.png \
	capsule/articles/quality-assurance/index.gmi \
	capsule/articles/remote-python-roles.gmi \
	capsule/articles/the-first-ninety-days.gmi \
	capsule/capsule.yaml
EXTRA_DIST += src/embed.sh
nobase_dist_examples_DATA += $(starter_inputs)

nodist_libcapsule_a_SOURCES += src/cli/starter_files.c
CLEANFILES += src/cli/starter_files.c
src/cli/starter_files.c: src/embed.sh $(starter_inputs)
	@$(MKDIR_P) src/cli
	$(AM_V_GEN)$(SHELL) $(top_srcdir)/src/embed.sh starter_files \
		$(top_srcdir) capsule/ $(starter_inputs) > $@.tmp && \
		mv $@.tmp $@
