libcapsule_a_SOURCES += \
	src/tls/certificate.c src/tls/certificate.h \
	src/tls/client.c src/tls/client.h \
	src/tls/context.c src/tls/context.h \
	src/tls/digest.c src/tls/digest.h \
	src/tls/identity.c src/tls/identity.h \
	src/tls/keypair.c src/tls/keypair.h \
	src/tls/known.c src/tls/known.h \
	src/tls/peer.c src/tls/peer.h \
	src/tls/selfsigned.c src/tls/selfsigned.h \
	src/tls/sni.c src/tls/sni.h \
	src/tls/tickets.c src/tls/tickets.h
