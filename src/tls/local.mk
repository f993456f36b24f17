libcapsule_a_SOURCES += \
	src/tls/certificate.c src/tls/certificate.h \
	src/tls/client.c src/tls/client.h \
	src/tls/keypair.c src/tls/keypair.h \
	src/tls/known.c src/tls/known.h \
	src/tls/selfsigned.c src/tls/selfsigned.h
