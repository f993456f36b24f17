libcapsule_a_SOURCES += \
	src/serve/access.c src/serve/access.h \
	src/serve/access_line.c src/serve/access_line.h \
	src/serve/body.c src/serve/body.h \
	src/serve/close.def \
	src/serve/conn.c src/serve/conn.h \
	src/serve/exchange.c src/serve/exchange.h \
	src/serve/h_asset.c \
	src/serve/h_catalogue.c \
	src/serve/h_random.c \
	src/serve/h_routes.c \
	src/serve/h_search.c \
	src/serve/handlers.h \
	src/serve/identity.c src/serve/identity.h \
	src/serve/query.c src/serve/query.h \
	src/serve/router.c src/serve/router.h \
	src/serve/server.c src/serve/server.h \
	src/serve/site.c src/serve/site.h \
	src/serve/source.c src/serve/source.h \
	src/serve/steps.c src/serve/steps.h
