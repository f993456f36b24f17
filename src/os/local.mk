libcapsule_a_SOURCES += \
	src/os/channel.c src/os/channel.h \
	src/os/child.c src/os/child.h \
	src/os/lock.c src/os/lock.h \
	src/os/machine.c src/os/machine.h \
	src/os/notify.c src/os/notify.h \
	src/os/priv.c src/os/priv.h \
	src/os/signals.c src/os/signals.h \
	src/os/socket.c src/os/socket.h \
	src/os/watch.c src/os/watch.h
