# The benchmarks: built by `make bench` only, run by bench/run.
bench_programs = bench/load bench/floor/baseline bench/floor/lean
bench_cppflags = -iquote $(top_srcdir)/bench -D_GNU_SOURCE $(CAPSULED_CPPFLAGS)

EXTRA_PROGRAMS = $(bench_programs)
CLEANFILES += $(bench_programs)
EXTRA_DIST += bench/run bench/server.py bench/README.md
EXTRA_DIST += bench/publish bench/collection.py

bench_load_SOURCES = \
	bench/load.c \
	bench/options.c bench/options.h \
	bench/tally.c bench/tally.h \
	bench/target.c bench/target.h
bench_load_CPPFLAGS = $(bench_cppflags)
bench_load_LDADD = $(SSL_LIBS)

bench_floor_baseline_SOURCES = \
	bench/floor/baseline.c \
	bench/floor/common.c bench/floor/common.h
bench_floor_baseline_CPPFLAGS = $(bench_cppflags)
bench_floor_baseline_LDADD = $(SSL_LIBS)

bench_floor_lean_SOURCES = \
	bench/floor/lean.c \
	bench/floor/common.c bench/floor/common.h
bench_floor_lean_CPPFLAGS = $(bench_cppflags)
bench_floor_lean_LDADD = $(EVENT_LIBS) $(SSL_LIBS)

.PHONY: bench
bench: $(bench_programs)
