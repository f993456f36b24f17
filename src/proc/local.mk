libcapsule_a_SOURCES += \
	src/proc/announce.c src/proc/announce.h \
	src/proc/announce_jobs.c src/proc/announce_jobs.h \
	src/proc/backoff.c src/proc/backoff.h \
	src/proc/fleet.c src/proc/fleet.h \
	src/proc/generation.c src/proc/generation.h \
	src/proc/inherited.c src/proc/inherited.h \
	src/proc/launch.c src/proc/launch.h \
	src/proc/logfile.c src/proc/logfile.h \
	src/proc/master.c src/proc/master.h \
	src/proc/mirroring.c src/proc/mirroring.h \
	src/proc/publishing.c src/proc/publishing.h \
	src/proc/role.c src/proc/role.h \
	src/proc/settle.c src/proc/settle.h \
	src/proc/sockets.c src/proc/sockets.h \
	src/proc/state.c src/proc/state.h \
	src/proc/worker.c src/proc/worker.h
