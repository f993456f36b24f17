/*
 * One request of a client, from the connection to the end of the body.
 * Redirects and input are cmd_get's.
 */
#include "cli/fetch.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cli/terminal.h"
#include "proto/reply.h"
#include "tls/client.h"
#include "tls/known.h"

enum {
	piece_size = 64 * 1024,
	escaped_size = 4, /* "\xNN" */
	error_max = 4096,
	ms_per_second = 1000,
	code_class = 10,
	success_class = 2,
};

/* A fetch on its way. */
struct fetching {
	const struct fetch_options *options;
	const struct target *target;
	struct client *client;
	struct buf received; /* bytes behind the header that came with it */
	struct fetch_reply *reply;
};

static int
fail(const struct fetching *f, const char *what, struct str why)
{
	log_error("get: %" STR_FMT ": %s%s%" STR_FMT,
	    STR_ARG(buf_str(&f->target->url)), what, why.n > 0 ? ": " : "",
	    STR_ARG(why));
	return FETCH_FAILED;
}

static void
tell_change(const struct fetching *f, const struct known_host *old,
    const struct known_host *presented)
{
	log_error("get: the certificate of %" STR_FMT ":%" PRIu16
		  " has changed: known is SHA256:%s (public key SHA256:%s), "
		  "presented is SHA256:%s (public key SHA256:%s): when the "
		  "server's owner confirms it, remove the line of the host "
		  "from %s",
	    STR_ARG(presented->host), presented->port, old->fingerprint,
	    old->key_fingerprint, presented->fingerprint,
	    presented->key_fingerprint, f->options->known_hosts);
}

static int
remember(const struct fetching *f, const struct known_host *presented)
{
	if (known_add(f->options->known_hosts, presented) == 0)
		return 0;
	return fail(f, f->options->known_hosts, str_from_c(strerror(errno)));
}

static int
judge(const struct fetching *f, struct str known_text,
    const struct known_host *presented)
{
	int64_t now = clock_wall_ms() / ms_per_second;
	struct known_host old;

	switch (known_judge(known_text, presented, now, &old)) {
	case KNOWN_SAME:
		return 0;
	case KNOWN_EXPIRED:
		log_warning("get: %" STR_FMT " has a new certificate, as the "
			    "known one has expired",
		    STR_ARG(presented->host));
		return remember(f, presented);
	case KNOWN_NEW:
	case KNOWN_RENEWED:
		return remember(f, presented);
	case KNOWN_CHANGED:
		tell_change(f, &old, presented);
		return FETCH_CHANGED;
	}
	assert(false);
	return FETCH_FAILED;
}

/* Trust on first use. Nothing is asked before the server has proven itself. */
static int
check_trust(const struct fetching *f)
{
	const struct client_peer *peer = client_get_peer(f->client);
	struct known_host presented = {
	    .host = buf_str(&f->target->host),
	    .port = f->target->port,
	    .not_after = peer->not_after,
	};
	struct buf text;
	int status;

	if (f->options->known_hosts == NULL)
		return 0;
	memcpy(presented.fingerprint, peer->fingerprint, fingerprint_size);
	memcpy(
	    presented.key_fingerprint, peer->key_fingerprint, fingerprint_size);
	buf_init(&text, known_file_max);
	if (known_read(f->options->known_hosts, &text) == 0)
		status = judge(f, buf_str(&text), &presented);
	else
		status = fail(
		    f, f->options->known_hosts, str_from_c(strerror(errno)));
	buf_fini(&text);
	return status;
}

/* Send the request. A server that answers without reading it, being busy,
 * still has its answer read: what went wrong is only kept in why. */
static void
send_request(const struct fetching *f, struct buf *why)
{
	struct buf line;

	buf_init(&line, f->target->url.n + 2);
	buf_add(&line, buf_str(&f->target->url));
	buf_add(&line, STR("\r\n"));
	client_write(f->client, buf_str(&line), why);
	buf_fini(&line);
}

static void
tell_header(const struct fetching *f, struct str line)
{
	struct buf shown;

	if (!f->options->verbose)
		return;
	buf_init(&shown, line.n * escaped_size + 1);
	utf8_print(&shown, line);
	buf_add_char(&shown, '\n');
	file_write_all(STDERR_FILENO, buf_str(&shown));
	buf_fini(&shown);
}

/* Look for a whole header among the bytes that came. 0 when it is there, and
 * those behind it are left; -1 when more is needed. */
static int
take_header(struct fetching *f, bool *is_wrong)
{
	struct str all = buf_str(&f->received), line, meta;
	ptrdiff_t end = str_find_str(all, STR("\r\n"));

	*is_wrong = end < 0 ? all.n >= reply_header_max
			    : (size_t)end + 2 > reply_header_max;
	if (end < 0 || *is_wrong)
		return -1;
	line = str_first(all, (size_t)end);
	*is_wrong = !reply_parse(line, &f->reply->code, &meta);
	if (*is_wrong)
		return -1;
	buf_clear(&f->reply->meta);
	buf_add(&f->reply->meta, meta);
	tell_header(f, line);
	buf_drop_front(&f->received, (size_t)end + 2);
	return 0;
}

static int
read_header(struct fetching *f, struct str why_not_sent)
{
	char *piece = mem_alloc(piece_size);
	enum client_result result;
	bool is_wrong = false;
	int status = 0;
	size_t n;

	while (status == 0 && take_header(f, &is_wrong) < 0) {
		if (is_wrong) {
			status =
			    fail(f, "what came is no Gemini reply", STR(""));
			break;
		}
		result = client_read(f->client, piece, piece_size, &n);
		if (result == CLIENT_DATA)
			buf_add(&f->received, str_from(piece, n));
		else if (result == CLIENT_END)
			status = fail(f, "no reply", STR(""));
		else
			status = fail(f, "no reply",
			    why_not_sent.n > 0 ? why_not_sent
					       : client_get_error(f->client));
	}
	mem_free(piece);
	return status;
}

static int
write_out(const struct fetching *f, struct str bytes)
{
	if (file_write_all(STDOUT_FILENO, bytes) == 0)
		return 0;
	return fail(f, "cannot write the body", str_from_c(strerror(errno)));
}

/* Pass one piece of the body on; terminal is NULL when stdout is none. */
static int
pass_on(const struct fetching *f, struct terminal *terminal, struct str bytes)
{
	struct buf shown;
	int status;

	if (terminal == NULL)
		return write_out(f, bytes);
	buf_init(&shown, (bytes.n + sizeof(int)) * escaped_size);
	if (bytes.n > 0)
		terminal_show(terminal, bytes, &shown);
	else
		terminal_end(terminal, &shown);
	status = write_out(f, buf_str(&shown));
	buf_fini(&shown);
	return status;
}

static int
read_body(struct fetching *f, struct terminal *terminal)
{
	char *piece = mem_alloc(piece_size);
	int status = pass_on(f, terminal, buf_str(&f->received));
	enum client_result result;
	bool is_over = false;
	size_t n;

	while (status == 0 && !is_over) {
		result = client_read(f->client, piece, piece_size, &n);
		if (result == CLIENT_DATA)
			status = pass_on(f, terminal, str_from(piece, n));
		else if (result == CLIENT_CUT)
			status = fail(f, "the body was cut short",
			    STR("the server did not say that this is all"));
		else if (result == CLIENT_FAILED)
			status = fail(f, "the body was cut short",
			    client_get_error(f->client));
		else
			is_over = true;
	}
	if (terminal != NULL && status == 0)
		status = pass_on(f, terminal, STR(""));
	mem_free(piece);
	return status;
}

/* On a terminal text is made harmless, and anything else is kept away. */
static int
read_body_to_terminal(struct fetching *f)
{
	struct str type = buf_str(&f->reply->meta);
	struct terminal terminal;
	int status;

	if (!str_eq_nocase(str_first(type, sizeof("text/") - 1), STR("text/")))
		return fail(f, "the body is not for a terminal",
		    STR("send it to a file with > FILE"));
	terminal_init(&terminal);
	status = read_body(f, &terminal);
	terminal_fini(&terminal);
	return status;
}

static int
converse(struct fetching *f)
{
	struct buf why;
	int status;

	status = check_trust(f);
	if (status != 0)
		return status;
	buf_init(&why, error_max);
	send_request(f, &why);
	status = read_header(f, buf_str(&why));
	buf_fini(&why);
	if (status != 0 || f->reply->code / code_class != success_class)
		return status;
	return isatty(STDOUT_FILENO) ? read_body_to_terminal(f)
				     : read_body(f, NULL);
}

int
fetch(const struct fetch_options *options, const struct target *target,
    struct fetch_reply *reply)
{
	struct fetching f = {
	    .options = options, .target = target, .reply = reply};
	struct client_options to = {
	    .host = buf_str(&target->host),
	    .port = target->port,
	    .identity = options->identity,
	    .timeout_seconds = options->timeout_seconds,
	};
	struct buf error;
	int status;

	buf_init(&error, error_max);
	buf_init(&f.received, piece_size + reply_header_max);
	f.client = client_open(&to, &error);
	status = f.client == NULL ? fail(&f, "no connection", buf_str(&error))
				  : converse(&f);
	client_close(&f.client);
	buf_fini(&f.received);
	buf_fini(&error);
	return status;
}
