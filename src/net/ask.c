/*
 * A request of the server's own to another one, up to the header of the answer.
 * Whether and when to ask is the caller's.
 */
#include "net/ask.h"

#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "proto/reply.h"
#include "proto/url.h"
#include "tls/client.h"
#include "tls/known.h"

enum {
	ms_per_second = 1000,
	code_class = 10,
	class_redirect = 3,
};

/* A request under way. */
struct asking {
	const struct ask_options *options;
	struct buf url;
	struct buf host;
	uint16_t port;
	struct client *client;
	struct buf header;
	int code;
	struct str meta; /* borrows header */
	struct buf *why;
};

/* Whether the server is who it was. */
static bool
is_trusted(struct asking *a, struct str known)
{
	const struct client_peer *peer = client_get_peer(a->client);
	struct known_host host = {
	    .host = buf_str(&a->host),
	    .port = a->port,
	    .not_after = peer->not_after,
	};
	struct known_host old;

	memcpy(host.fingerprint, peer->fingerprint, fingerprint_size);
	memcpy(host.key_fingerprint, peer->key_fingerprint, fingerprint_size);
	switch (
	    known_judge(known, &host, clock_wall_ms() / ms_per_second, &old)) {
	case KNOWN_SAME:
		return true;
	case KNOWN_NEW:
	case KNOWN_RENEWED:
	case KNOWN_EXPIRED:
		if (known_add(a->options->known_hosts, &host) == 0)
			return true;
		buf_add(a->why, str_from_c(strerror(errno)));
		return false;
	case KNOWN_CHANGED:
		break;
	}
	buf_addf(a->why,
	    "its certificate has changed: when its owner confirms that, take "
	    "its line out of %s",
	    a->options->known_as);
	return false;
}

static bool
check_trust(struct asking *a)
{
	bool trusted = false;
	struct buf known;

	buf_init(&known, known_file_max);
	if (known_read(a->options->known_hosts, &known) == 0)
		trusted = is_trusted(a, buf_str(&known));
	else
		buf_add(a->why, str_from_c(strerror(errno)));
	buf_fini(&known);
	return trusted;
}

/* Read the header. False, with the error set, when none comes. */
static bool
read_header(struct asking *a)
{
	char piece[reply_header_max];
	enum client_result result;
	ptrdiff_t end;
	size_t n;

	while ((end = str_find_str(buf_str(&a->header), STR("\r\n"))) < 0 &&
	    !a->header.full) {
		result = client_read(a->client, piece, sizeof(piece), &n);
		if (result == CLIENT_DATA) {
			buf_add(&a->header, str_from(piece, n));
			continue;
		}
		buf_add(a->why,
		    result == CLIENT_FAILED ? client_get_error(a->client)
					    : STR("no reply"));
		return false;
	}
	if (end >= 0 &&
	    reply_parse(str_first(buf_str(&a->header), (size_t)end), &a->code,
		&a->meta))
		return true;
	buf_add(a->why, STR("what came is no Gemini reply"));
	return false;
}

static bool
send_request(struct asking *a)
{
	struct buf line;
	bool is_sent;

	buf_init(&line, url_max + 2);
	buf_add(&line, buf_str(&a->url));
	buf_add(&line, STR("\r\n"));
	is_sent = client_write(a->client, buf_str(&line), a->why) == 0;
	buf_fini(&line);
	return is_sent;
}

/* Set host and port from the URL. False when it cannot be asked for. */
static bool
take_url(struct asking *a)
{
	struct url url;

	if (a->url.n > url_max || !url_parse(buf_str(&a->url), &url) ||
	    !str_eq_nocase(url.scheme, STR("gemini")) || url.has_userinfo)
		return false;
	a->port = url.port;
	buf_clear(&a->host);
	return url_add_host(&a->host, url.host);
}

/* Ask once, up to the header of the answer. */
static bool
ask_once(struct asking *a)
{
	struct client_options to = {
	    .host = buf_str(&a->host),
	    .port = a->port,
	    .timeout_seconds = ask_silence_seconds,
	};
	bool has_answer;

	buf_clear(a->why);
	buf_clear(&a->header);
	a->client = client_open(&to, a->why);
	has_answer = a->client != NULL && check_trust(a) && send_request(a) &&
	    read_header(a);
	client_close(&a->client);
	return has_answer;
}

/* Go where a redirect leads. False when that is nowhere. */
static bool
follow(struct asking *a)
{
	struct buf target;
	bool leads;

	buf_init(&target, url_max + 1);
	leads = url_add_resolved(&target, buf_str(&a->url), a->meta) &&
	    !target.full;
	if (leads) {
		buf_clear(&a->url);
		buf_add(&a->url, buf_str(&target));
		leads = take_url(a);
	}
	buf_fini(&target);
	return leads;
}

/* Ask and follow. As ask(). */
static int
ask_on(struct asking *a)
{
	for (int i = 0; i <= ask_redirects_max; i++) {
		if (!ask_once(a))
			return 0;
		if (a->code / code_class != class_redirect) {
			buf_add(a->why, a->meta);
			return a->code;
		}
		if (!follow(a)) {
			buf_add(a->why,
			    STR("it redirects to what cannot be asked for"));
			return -1;
		}
	}
	buf_add(a->why, STR("it redirects too often"));
	return -1;
}

int
ask(const struct ask_options *options, struct buf *why)
{
	struct asking a = {.options = options, .why = why};
	int code = -1;

	buf_init(&a.url, url_max + 1);
	buf_init(&a.host, url_max + 1);
	buf_init(&a.header, 2 * reply_header_max);
	buf_add(&a.url, options->url);
	if (take_url(&a))
		code = ask_on(&a);
	else
		buf_add(why, STR("this cannot be asked for"));
	buf_fini(&a.url);
	buf_fini(&a.host);
	buf_fini(&a.header);
	return code;
}
