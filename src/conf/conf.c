/*
 * What the server is told, however it is told. Files are read by conf_load.
 */
#include "conf/conf.h"

#include <arpa/inet.h>
#include <assert.h>

#include "base/buf.h"
#include "base/mem.h"
#include "conf/option.h"
#include "proto/url.h"

enum {
	fingerprint_digits = 64,
	host_max = 255,
};

static const char upper_hex[] = "0123456789ABCDEF";

/* Set the fields of the struct at base to what options.def says. */
static void
set_defaults(struct conf *conf, enum option_scope scope, void *base)
{
	const struct option *options;
	size_t count;

	options = option_all(&count);
	for (size_t i = 0; i < count; i++) {
		struct option_text value = {
		    str_from_c(options[i].fallback), {0}};

		if (options[i].scope == scope && options[i].fallback != NULL &&
		    options[i].kind != OPTION_LISTENS &&
		    !option_set(&options[i], base, &conf->arena, &value))
			assert(false);
	}
}

struct conf *
conf_new(void)
{
	struct conf *conf = mem_alloc(sizeof(*conf));

	vec_init(&conf->listens, sizeof(struct conf_listen));
	vec_init(&conf->capsules, sizeof(struct conf_capsule));
	set_defaults(conf, OPTION_SERVER, conf);
	return conf;
}

struct conf_route *
conf_add_route(struct conf *conf, struct conf_capsule *capsule)
{
	struct conf_route *route = vec_add(&capsule->routes);

	vec_init(&route->require.fingerprints, sizeof(struct str));
	set_defaults(conf, OPTION_ROUTE, route);
	return route;
}

void
conf_free(struct conf **conf)
{
	struct conf *c = *conf;

	if (c == NULL)
		return;
	VEC_EACH (struct conf_capsule, capsule, &c->capsules) {
		VEC_EACH (struct conf_route, route, &capsule->routes)
			vec_fini(&route->require.fingerprints);
		vec_fini(&capsule->hosts);
		vec_fini(&capsule->owners);
		vec_fini(&capsule->routes);
	}
	vec_fini(&c->capsules);
	vec_fini(&c->listens);
	arena_fini(&c->arena);
	mem_free(c);
	*conf = NULL;
}

struct conf_capsule *
conf_add_capsule(struct conf *conf)
{
	struct conf_capsule *capsule = vec_add(&conf->capsules);

	vec_init(&capsule->hosts, sizeof(struct str));
	vec_init(&capsule->owners, sizeof(struct str));
	vec_init(&capsule->routes, sizeof(struct conf_route));
	return capsule;
}

void
conf_fill(struct conf *conf)
{
	const struct option *option = option_find(OPTION_SERVER, STR("listen"));

	if (conf->listens.n == 0 &&
	    !conf_parse_listen(&conf->arena, str_from_c(option->fallback),
		vec_add(&conf->listens)))
		assert(false);
	VEC_EACH (struct conf_capsule, capsule, &conf->capsules)
		if (capsule->hosts.n == 0)
			*(struct str *)vec_add(&capsule->hosts) =
			    STR("localhost");
}

struct str
conf_capsule_name(const struct conf_capsule *capsule)
{
	VEC_EACH (const struct str, host, &capsule->hosts)
		if (!str_starts(*host, STR("*.")))
			return *host;
	return STR("localhost");
}

static bool
is_address(struct str text)
{
	unsigned char bytes[sizeof(struct in6_addr)];
	char *c = str_to_c(text);
	bool ok;

	ok = inet_pton(AF_INET, c, bytes) == 1 ||
	    inet_pton(AF_INET6, c, bytes) == 1;
	mem_free(c);
	return ok && str_find_char(text, '\0') < 0;
}

bool
conf_parse_listen(
    struct arena *arena, struct str text, struct conf_listen *listen)
{
	ptrdiff_t colon = str_find_last_char(text, ':');
	struct str address, port;
	bool in_brackets;
	uint64_t number;

	if (colon < 0)
		return false;
	address = str_first(text, (size_t)colon);
	port = str_from_index(text, (size_t)colon + 1);
	in_brackets = str_starts(address, STR("[")) &&
	    str_ends(address, STR("]")) && address.n > 2;
	if (in_brackets)
		address = str_from(address.p + 1, address.n - 2);
	if (in_brackets != (str_find_char(address, ':') >= 0) ||
	    !is_address(address) || !str_to_u64(port, UINT16_MAX, &number))
		return false;
	listen->address = arena_str(arena, address);
	listen->port = (uint16_t)number;
	return true;
}

bool
conf_parse_fingerprint(struct arena *arena, struct str text, struct str *out)
{
	char digits[fingerprint_digits];
	size_t n = 0;
	int value;

	if (!str_eq_nocase(str_first(text, STR("SHA256:").n), STR("SHA256:")))
		return false;
	text = str_from_index(text, STR("SHA256:").n);
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == ':' && n > 0 && n % 2 == 0)
			continue;
		value = ascii_hex_value(text.p[i]);
		if (value < 0 || n == fingerprint_digits)
			return false;
		digits[n++] = upper_hex[value];
	}
	if (n < fingerprint_digits)
		return false;
	*out = arena_str(arena, str_from(digits, n));
	return true;
}

/* A host is right when it is one in a URL, with nothing beside it. */
static bool
is_url_host(struct str host)
{
	struct buf text;
	struct url url;
	bool ok;

	buf_init(&text, host_max * 2);
	buf_addf(&text, "gemini://%" STR_FMT "/", STR_ARG(host));
	ok = !text.full && url_parse(buf_str(&text), &url) &&
	    str_eq(url.host, host) && str_eq(url.path, STR("/"));
	buf_fini(&text);
	return ok;
}

bool
conf_parse_host(struct arena *arena, struct str text, struct str *out)
{
	struct str name = text;
	struct buf form;
	bool ok;

	if (str_starts(text, STR("*.")))
		name = str_from_index(text, STR("*.").n);
	if (name.n > host_max || !is_url_host(name))
		return false;
	buf_init(&form, host_max + 2);
	buf_add(&form, str_first(text, text.n - name.n));
	ok = url_add_host(&form, name) && !form.full &&
	    str_find_char(
		str_from_index(buf_str(&form), text.n - name.n), '*') < 0;
	if (ok)
		*out = arena_str(arena, buf_str(&form));
	buf_fini(&form);
	return ok;
}
