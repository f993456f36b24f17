#ifndef CONF_CONF_H
#define CONF_CONF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/log.h"
#include "base/str.h"
#include "base/vec.h"
#include "conf/pattern.h"

/* Where to listen: an address without brackets and a port; port 0 picks one. */
struct conf_listen {
	struct str address;
	uint16_t port;
	uint16_t
	    public_port; /* accepted in URLs beside port and 1965; 0: none */
	bool proxy; /* a PROXY header comes first */
};

enum conf_addresses {
	CONF_ADDRESSES_MASKED,
	CONF_ADDRESSES_HASHED,
	CONF_ADDRESSES_FULL,
	CONF_ADDRESSES_NONE,
};

enum conf_log_format {
	CONF_LOG_LINE,
	CONF_LOG_JSON,
	CONF_LOG_COMBINED,
	CONF_LOG_COMMON,
};

struct conf_log {
	struct str access; /* stderr, syslog, off, or a file */
	enum conf_log_format format;
	enum conf_addresses addresses;
	enum log_level level;
};

struct conf_limits {
	unsigned connections; /* a worker */
	unsigned connections_per_address; /* 0: off */
	unsigned handshake_seconds;
	unsigned request_seconds;
	unsigned idle_write_seconds;
	unsigned minimum_rate; /* bytes a second over idle_write_seconds */
	unsigned drain_seconds;
	unsigned requests_per_minute; /* 0: off */
};

/* What a route does: ACTION(name, the key that asks for it). */
enum conf_action {
	CONF_ACTION_NONE, /* it only says who may, or what replies are */
#define ACTION(name, key) CONF_ACTION_##name,
#define BELONGS(key, actions)
#include "conf/actions.def"
#undef BELONGS
#undef ACTION
};

/* Who may: certificate asks for any, fingerprints for one of them. */
struct conf_require {
	struct str certificate; /* "any", or empty */
	struct vec fingerprints; /* struct str, 64 upper-case hex digits */
	struct str message; /* of 60, 61 and 62; empty: their own */
};

/* One row of what comes before the catalogue. Fields of actions other than its
 * own are as by default. */
struct conf_route {
	struct str match; /* as written; never empty */
	struct pattern pattern;
	enum conf_action action;
	struct conf_require require;
	struct str target; /* of the action: a path or a URL */
	bool switched; /* gone: true */
	bool permanent;
	unsigned status;
	struct str meta;
	struct str mime; /* of replies 20, in place of their own; or empty */
	struct str lang;
	struct diag_place place;
};

struct conf_capsule {
	struct vec hosts; /* struct str, compared form, wildcards "*." */
	struct str root; /* a folder of sources, or empty */
	struct str catalogue; /* a built file, or empty */
	struct str certificate; /* PEM paths; empty: made and kept in state */
	struct str key;
	struct str export_html; /* a folder for the web mirror, or empty */
	struct str language; /* empty: the capsule's own */
	struct vec owners; /* struct str, 64 upper-case hex digits */
	bool drafts;
	struct vec routes; /* struct conf_route, in the order they are tried */
	struct diag_place place; /* where it is configured; file empty: by
				    flags */
};

/* All that the server is told, by a file or by flags. Texts live in arena. */
struct conf {
	struct arena arena;
	struct str file; /* for messages; empty when there is none */
	struct vec listens; /* struct conf_listen */
	unsigned workers; /* 0: one for each core */
	struct str user;
	struct str state;
	struct conf_log log;
	struct conf_limits limits;
	struct str tls_minimum; /* "1.2" or "1.3" */
	struct vec capsules; /* struct conf_capsule */
};

/* The defaults of options.def, with no capsule. Owned by the caller; given
 * back with conf_free(&conf). */
struct conf *conf_new(void);
void conf_free(struct conf **conf);

/* Read capsuled.yaml at path over the defaults; relative paths become relative
 * to its folder. -1 with errors in diags: each unknown key, wrong type and
 * value out of range, with the nearest known key. server.md, capsuled.yaml. */
int conf_load(struct conf *conf, struct str path, struct diags *diags);

/* A new capsule at the end, without anything; the others move. */
struct conf_capsule *conf_add_capsule(struct conf *conf);

/* Put in what is there when nothing is said: one address to listen on, and the
 * host localhost for a capsule without one. */
void conf_fill(struct conf *conf);

/* A new route at the end of a capsule's, with the defaults of options.def. */
struct conf_route *conf_add_route(
    struct conf *conf, struct conf_capsule *capsule);

/* conf_fill(), then see whether the options make sense together: a capsule at
 * least, each with one source, whole pairs, no host twice. -1 with errors in
 * diags. */
int conf_check(struct conf *conf, struct diags *diags);

/* The first host that is no wildcard, else "localhost". */
struct str conf_capsule_name(const struct conf_capsule *capsule);

/* Parse "ADDR:PORT" or "[ADDR6]:PORT" into listen, texts copied to arena.
 * False when it is none. */
bool conf_parse_listen(
    struct arena *arena, struct str text, struct conf_listen *listen);

/* Parse a host name, or "*." and one, to the form that is compared, in arena.
 * False when it is none, or has letters outside ASCII. */
bool conf_parse_host(struct arena *arena, struct str text, struct str *out);

/* Parse "SHA256:" and 64 hex digits, colons and any case allowed, to 64
 * upper-case digits in arena. False when it is none. decisions.md, 26. */
bool conf_parse_fingerprint(
    struct arena *arena, struct str text, struct str *out);

#endif
