libcapsule_a_SOURCES += \
	src/net/ask.c src/net/ask.h \
	src/net/address.c src/net/address.h \
	src/net/listener.c src/net/listener.h \
	src/net/loop.c src/net/loop.h \
	src/net/peers.c src/net/peers.h \
	src/net/stream.c src/net/stream.h
