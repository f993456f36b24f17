/*
 * net/stream: one end of a socket pair, with a client of OpenSSL's in memory
 * at the other. Packets of a sequenced socket show what one send was.
 */
#include "net/stream.h"

#include <errno.h>
#include <openssl/ssl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "tap.h"
#include "tls/context.h"
#include "tls/sites.h"
#include "tls/tickets.h"

enum {
	packet_max = 256 * 1024,
	line_max = 64,
	large_size = 4 * stream_piece_max,
	turns_max = 10000,
	small_buffer = 8 * 1024,
	alert_record = 0x15,
};

static const struct str request = STR_INIT("gemini://one.test/\r\n");

struct fixture {
	struct sites *sites;
	struct tickets *tickets;
	struct tls *tls;
	SSL_CTX *context;
	struct stream_hub *hub;
	/* The connection that is tried. */
	struct stream stream;
	SSL *client;
	int fd; /* the client's end */
	char packet[packet_max];
};

static void
connect_pair(struct fixture *f, int type)
{
	BIO *in = BIO_new(BIO_s_mem()), *out = BIO_new(BIO_s_mem());
	char name[] = "one.test"; /* the library's macro drops const */
	int ends[2];

	if (socketpair(AF_UNIX, type | SOCK_NONBLOCK, 0, ends) < 0)
		abort();
	f->fd = ends[0];
	f->client = SSL_new(f->context);
	SSL_set_bio(f->client, in, out);
	SSL_set_connect_state(f->client);
	SSL_set_tlsext_host_name(f->client, name);
	stream_init(&f->stream, f->hub, ends[1]);
}

static void
disconnect(struct fixture *f)
{
	SSL_free(f->client);
	if (f->fd >= 0)
		close(f->fd);
	stream_fini(&f->stream);
}

/* Send all that the client has to say, as one packet. */
static void
client_send(struct fixture *f)
{
	int n = BIO_read(SSL_get_wbio(f->client), f->packet, packet_max);

	if (n > 0 && send(f->fd, f->packet, (size_t)n, MSG_NOSIGNAL) != n)
		abort();
}

/* Hand one packet to the client: its size, 0 at the end, -1 for none. */
static ssize_t
client_receive(struct fixture *f)
{
	ssize_t n = recv(f->fd, f->packet, packet_max, 0);

	if (n > 0)
		BIO_write(SSL_get_rbio(f->client), f->packet, (int)n);
	return n;
}

/* From the first hello to the moment when the client is ready to ask. */
static void
shake(struct fixture *f)
{
	SSL_do_handshake(f->client);
	client_send(f);
	stream_wake(&f->stream);
	tap_int(stream_await(&f->stream), STREAM_DONE, "the first byte");
	tap_int(stream_handshake(&f->stream), STREAM_WAIT, "half a handshake");
	tap_int(stream_flush(&f->stream), STREAM_DONE, "is answered");
	tap_ok(client_receive(f) > 0, "by one send");
	tap_ok(client_receive(f) < 0, "and no other");
	tap_int(SSL_do_handshake(f->client), 1, "the client has what it needs");
}

static void
test_exchange(struct fixture *f)
{
	struct stream *s = &f->stream;
	char line[line_max];
	size_t n;
	int got;

	connect_pair(f, SOCK_SEQPACKET);
	stream_wake(s);
	tap_int(stream_await(s), STREAM_WAIT, "nothing came yet");
	tap_ok(s->ssl == NULL, "so there is no TLS object");
	shake(f);
	tap_str(stream_version(s), STR(""), "no version before the end");
	SSL_write(f->client, request.p, (int)request.n);
	client_send(f);
	stream_wake(s);
	tap_int(stream_handshake(s), STREAM_DONE, "Finished");
	tap_int(stream_read(s, line, sizeof(line), &n), STREAM_DONE,
	    "the request came with it");
	tap_str(str_from(line, n), request, "whole");
	tap_str(stream_version(s), STR("TLSv1.3"), "version");
	tap_int(stream_read(s, line, sizeof(line), &n), STREAM_WAIT, "no more");
	tap_ok(stream_write(s, STR("20 text/plain\r\n")), "the header");
	tap_ok(stream_write(s, STR("body")), "the body");
	stream_close_notify(s);
	tap_int(stream_finish(s), STREAM_DONE, "all sent");
	tap_ok(s->ssl == NULL && s->unsent == NULL, "nothing is kept");
	tap_ok(client_receive(f) > 0, "ticket, reply, close_notify: one send");
	tap_int(client_receive(f), 0, "then FIN");
	got = SSL_read(f->client, line, sizeof(line));
	got += SSL_read(f->client, line + got, (int)sizeof(line) - got);
	tap_str(str_from(line, (size_t)got), STR("20 text/plain\r\nbody"),
	    "the client has it");
	tap_int(SSL_read(f->client, line, sizeof(line)), 0, "all of it");
	tap_int(SSL_get_shutdown(f->client), SSL_RECEIVED_SHUTDOWN,
	    "by close_notify");
	disconnect(f);
}

static void
test_linger(struct fixture *f)
{
	struct stream *s = &f->stream;
	size_t n = 0;

	connect_pair(f, SOCK_SEQPACKET);
	stream_wake(s);
	tap_int(stream_drain(s, &n), STREAM_WAIT, "nothing to drain");
	tap_int(send(f->fd, "12345", 5, 0), 5, "some bytes");
	tap_int(stream_drain(s, &n), STREAM_WAIT, "one read a turn");
	stream_wake(s);
	tap_int(stream_drain(s, &n), STREAM_DONE, "drained");
	close(f->fd);
	f->fd = -1;
	stream_wake(s);
	tap_int(stream_drain(s, &n), STREAM_END, "then the end");
	tap_int((long long)n, 5, "bytes are counted");
	disconnect(f);
}

static void
test_ends(struct fixture *f)
{
	struct stream *s = &f->stream;
	char line[line_max];
	size_t n;

	connect_pair(f, SOCK_SEQPACKET);
	shutdown(f->fd, SHUT_WR);
	stream_wake(s);
	tap_int(stream_await(s), STREAM_END, "FIN before any byte");
	disconnect(f);

	connect_pair(f, SOCK_SEQPACKET);
	shake(f);
	client_send(f);
	shutdown(f->fd, SHUT_WR);
	stream_wake(s);
	tap_int(stream_handshake(s), STREAM_DONE, "Finished");
	tap_int(stream_read(s, line, sizeof(line), &n), STREAM_WAIT, "no line");
	tap_int(stream_flush(s), STREAM_DONE, "the ticket");
	stream_wake(s);
	tap_int(stream_read(s, line, sizeof(line), &n), STREAM_END, "FIN");
	stream_close_notify(s);
	tap_int(stream_finish(s), STREAM_DONE, "answered by close_notify");
	disconnect(f);

	connect_pair(f, SOCK_SEQPACKET);
	shake(f);
	close(f->fd);
	f->fd = -1;
	stream_wake(s);
	tap_int(stream_handshake(s), STREAM_END, "a client that is gone");
	disconnect(f);
}

static void
test_garbage(struct fixture *f)
{
	static const struct str record = STR_INIT("\x16\3\1\0\5hello");
	struct stream *s = &f->stream;

	connect_pair(f, SOCK_SEQPACKET);
	send(f->fd, request.p, request.n, 0);
	stream_wake(s);
	tap_int(stream_await(s), STREAM_DONE, "a request without TLS came");
	tap_int(stream_handshake(s), STREAM_FAILED, "and is no handshake");
	tap_int(stream_finish(s), STREAM_DONE, "the end");
	tap_int(client_receive(f), 0, "of which nothing is said");
	disconnect(f);

	connect_pair(f, SOCK_SEQPACKET);
	send(f->fd, record.p, record.n, 0);
	stream_wake(s);
	tap_int(stream_await(s), STREAM_DONE, "a record came");
	tap_int(stream_handshake(s), STREAM_FAILED, "that is no hello");
	tap_int(stream_finish(s), STREAM_DONE, "and is answered");
	tap_ok(recv(f->fd, f->packet, packet_max, 0) > 0 &&
		f->packet[0] == alert_record,
	    "by an alert");
	disconnect(f);
}

/* Read all that is there; the number of bytes of plain text. */
static size_t
client_read_all(struct fixture *f, char *out)
{
	size_t count = 0;
	int n;

	while (client_receive(f) > 0)
		continue;
	while ((n = SSL_read(
		    f->client, out + count, (int)(large_size - count))) > 0)
		count += (size_t)n;
	return count;
}

/* A client whose socket takes little at once gets every byte in the end, and
 * what waits for it is bounded. */
static void
test_slow_reader(struct fixture *f)
{
	struct stream *s = &f->stream;
	char *large = mem_alloc(large_size), *got = mem_alloc(large_size);
	size_t written = 0, read = 0, room, waited = 0;
	int size = small_buffer;
	enum stream_result result;

	for (size_t i = 0; i < large_size; i++)
		large[i] = (char)(i % 251);
	connect_pair(f, SOCK_STREAM);
	setsockopt(s->fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
	shake(f);
	client_send(f);
	stream_wake(s);
	tap_int(stream_handshake(s), STREAM_DONE, "Finished");
	stream_flush(s);
	for (int i = 0; i < turns_max && read < large_size; i++) {
		stream_wake(s);
		result = stream_flush(s);
		if (result == STREAM_DONE && written < large_size) {
			room = stream_room(s);
			if (room > large_size - written)
				room = large_size - written;
			stream_write(s, str_from(large + written, room));
			written += room;
			result = stream_flush(s);
		}
		if (result == STREAM_WAIT && s->unsent_size > waited)
			waited = s->unsent_size;
		read += client_read_all(f, got + read);
	}
	tap_int((long long)read, large_size, "all of it came");
	tap_ok(memcmp(large, got, large_size) == 0, "unchanged");
	tap_ok(waited > 0 && waited < 2 * stream_record_max,
	    "little had to wait: %zu bytes", waited);
	close(f->fd);
	f->fd = -1;
	stream_wake(s);
	stream_write(s, STR("more"));
	tap_int(stream_flush(s), STREAM_FAILED, "nobody is there any more");
	disconnect(f);
	mem_free(large);
	mem_free(got);
}

int
main(void)
{
	struct fixture *f = mem_alloc(sizeof(*f));

	f->sites = sites_new();
	f->tickets = tickets_new(clock_monotonic_ms());
	f->tls = sites_make_tls(f->sites, f->tickets);
	f->context = sites_make_client(f->sites, false);
	f->hub = stream_hub_new(f->tls);
	test_exchange(f);
	test_linger(f);
	test_ends(f);
	test_garbage(f);
	test_slow_reader(f);
	stream_hub_free(&f->hub);
	SSL_CTX_free(f->context);
	tls_free(&f->tls);
	tickets_free(&f->tickets);
	sites_free(&f->sites);
	mem_free(f);
	return tap_done();
}
