check_PROGRAMS += tests/unit/proc/announce_jobs tests/unit/proc/sockets \
	tests/unit/proc/state tests/unit/proc/timing

tests_unit_proc_announce_jobs_SOURCES = \
	tests/unit/proc/announce_jobs.c $(unit_harness)
tests_unit_proc_announce_jobs_LDADD = $(unit_ldadd)
tests_unit_proc_sockets_SOURCES = tests/unit/proc/sockets.c $(unit_harness)
tests_unit_proc_sockets_LDADD = $(unit_ldadd)
tests_unit_proc_state_SOURCES = tests/unit/proc/state.c $(unit_harness)
tests_unit_proc_state_LDADD = $(unit_ldadd)
tests_unit_proc_timing_SOURCES = tests/unit/proc/timing.c $(unit_harness)
tests_unit_proc_timing_LDADD = $(unit_ldadd)
