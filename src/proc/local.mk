libcapsule_a_SOURCES += \
	src/proc/worker.c src/proc/worker.h
