/*
 * The PROXY protocol's header, read strictly: what is not exactly right is
 * refused. It reads no socket.
 */
#include "proto/ppheader.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

enum {
	/* Version 2: its signature, the offsets behind it, and their values. */
	signature_size = 12,
	command_offset = 12,
	family_offset = 13,
	length_offset = 14,
	fixed_size = 16,
	version_2 = 2,
	command_local = 0,
	command_proxy = 1,
	nibble_bits = 4,
	nibble_mask = 0xf,
	byte_bits = 8,
	family_inet = 1,
	family_inet6 = 2,
	family_unix = 3,
	transport_stream = 1,
	transport_datagram = 2,
	inet_size = 12,
	inet6_size = 36,
	unix_size = 216,
	/* Version 1. */
	word_count = 6,
	port_max = 65535,
	address_max = INET6_ADDRSTRLEN,
};

static const struct str signature = STR_INIT("\r\n\r\n\0\r\nQUIT\n");
static const struct str line_start = STR_INIT("PROXY ");
static const struct str line_unknown = STR_INIT("PROXY UNKNOWN");

static struct str
kept(const struct ppheader *h)
{
	return str_from(h->kept, h->size);
}

static bool
is_binary(const struct ppheader *h)
{
	return h->kept[0] == '\r';
}

static unsigned
byte_at(const struct ppheader *h, size_t offset)
{
	return (unsigned char)h->kept[offset];
}

/* Whether what is kept so far is how start starts, or starts with it. */
static bool
agrees(const struct ppheader *h, struct str start)
{
	size_t n = h->size < start.n ? h->size : start.n;

	return memcmp(h->kept, start.p, n) == 0;
}

/* The parts of a line, which have single spaces between: false unless there
 * are just as many. */
static bool
split_line(struct str line, struct str words[word_count])
{
	for (int i = 0; i < word_count - 1; i++)
		if (!str_cut(&line, ' ', &words[i]))
			return false;
	words[word_count - 1] = line;
	return str_find_char(line, ' ') < 0;
}

/* A decimal number without leading zeros, up to port_max; in network order. */
static bool
parse_port(struct str text, in_port_t *port)
{
	uint64_t number;

	if ((text.n > 1 && text.p[0] == '0') ||
	    !str_to_u64(text, port_max, &number))
		return false;
	*port = htons((uint16_t)number);
	return true;
}

static bool
parse_address(int family, struct str text, void *address)
{
	char copy[address_max];

	if (text.n == 0 || text.n >= sizeof(copy))
		return false;
	memcpy(copy, text.p, text.n);
	copy[text.n] = '\0';
	return strlen(copy) == text.n && inet_pton(family, copy, address) == 1;
}

/* One end of a connection as a line tells it. */
static bool
parse_end(bool is_inet6, struct str address, struct str port,
    struct sockaddr_storage *out)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};

	*out = (struct sockaddr_storage){.ss_family = AF_UNSPEC};
	if (is_inet6) {
		if (!parse_address(AF_INET6, address, &v6.sin6_addr) ||
		    !parse_port(port, &v6.sin6_port))
			return false;
		memcpy(out, &v6, sizeof(v6));
		return true;
	}
	if (!parse_address(AF_INET, address, &v4.sin_addr) ||
	    !parse_port(port, &v4.sin_port))
		return false;
	memcpy(out, &v4, sizeof(v4));
	return true;
}

/* What a line without its CRLF says of its client. False when it is none. */
static bool
parse_line(struct str line, struct sockaddr_storage *source)
{
	struct sockaddr_storage destination;
	struct str words[word_count];
	bool is_inet6;

	*source = (struct sockaddr_storage){.ss_family = AF_UNSPEC};
	if (str_eq(line, line_unknown))
		return true;
	if (str_starts(line, line_unknown))
		return line.p[line_unknown.n] == ' ';
	if (!split_line(line, words))
		return false;
	is_inet6 = str_eq(words[1], STR("TCP6"));
	if (!is_inet6 && !str_eq(words[1], STR("TCP4")))
		return false;
	return parse_end(is_inet6, words[2], words[4], source) &&
	    parse_end(is_inet6, words[3], words[5], &destination);
}

static struct str
line_of(const struct ppheader *h)
{
	return str_first(kept(h), h->size - 2);
}

static enum ppheader_result
judge_line(struct ppheader *h)
{
	struct sockaddr_storage source;

	if (!agrees(h, line_start))
		return PPHEADER_INVALID;
	if (str_ends(kept(h), STR("\r\n"))) {
		h->is_complete = true;
		return parse_line(line_of(h), &source) ? PPHEADER_DONE
						       : PPHEADER_INVALID;
	}
	return h->size < sizeof(h->kept) ? PPHEADER_MORE : PPHEADER_INVALID;
}

/* How many bytes the addresses of a version 2 header take; at most kept_size
 * of them are of use. */
struct extent {
	size_t needed;
	size_t kept_size;
};

static struct extent
extent_of(const struct ppheader *h)
{
	unsigned family = byte_at(h, family_offset) >> nibble_bits;
	bool is_stream =
	    (byte_at(h, family_offset) & nibble_mask) == transport_stream;

	if ((byte_at(h, command_offset) & nibble_mask) == command_local)
		return (struct extent){0, 0};
	if (family == family_inet)
		return (struct extent){inet_size, is_stream ? inet_size : 0};
	if (family == family_inet6)
		return (struct extent){inet6_size, is_stream ? inet6_size : 0};
	return (struct extent){family == family_unix ? unix_size : 0, 0};
}

static bool
fixed_part_is_valid(const struct ppheader *h)
{
	unsigned command = byte_at(h, command_offset);
	unsigned family = byte_at(h, family_offset);

	return command >> nibble_bits == version_2 &&
	    (command & nibble_mask) <= command_proxy &&
	    family >> nibble_bits <= family_unix &&
	    (family & nibble_mask) <= transport_datagram;
}

static enum ppheader_result
judge_binary(struct ppheader *h)
{
	struct extent extent;
	size_t length;

	if (!agrees(h, signature))
		return PPHEADER_INVALID;
	if (h->size < fixed_size)
		return PPHEADER_MORE;
	if (!fixed_part_is_valid(h))
		return PPHEADER_INVALID;
	extent = extent_of(h);
	length = byte_at(h, length_offset) << byte_bits |
	    byte_at(h, length_offset + 1);
	if (length < extent.needed)
		return PPHEADER_INVALID;
	if (h->size < fixed_size + extent.kept_size)
		return PPHEADER_MORE;
	h->is_complete = true;
	h->skip = length - extent.kept_size;
	return h->skip == 0 ? PPHEADER_DONE : PPHEADER_MORE;
}

enum ppheader_result
ppheader_take(struct ppheader *h, struct str bytes, size_t *used)
{
	enum ppheader_result result = PPHEADER_MORE;
	size_t n;

	*used = 0;
	while (!h->is_complete && *used < bytes.n && result == PPHEADER_MORE) {
		h->kept[h->size++] = bytes.p[(*used)++];
		result = is_binary(h) ? judge_binary(h) : judge_line(h);
	}
	if (result != PPHEADER_MORE || !h->is_complete)
		return result;
	n = bytes.n - *used < h->skip ? bytes.n - *used : h->skip;
	*used += n;
	h->skip -= n;
	return h->skip == 0 ? PPHEADER_DONE : PPHEADER_MORE;
}

/* The first address and port of those behind the fixed part. */
static void
take_binary(const struct ppheader *h, struct sockaddr_storage *source)
{
	const char *p = h->kept + fixed_size;
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
	size_t size = extent_of(h).kept_size;

	if (size == inet_size) {
		memcpy(&v4.sin_addr, p, sizeof(v4.sin_addr));
		memcpy(&v4.sin_port, p + 2 * sizeof(v4.sin_addr),
		    sizeof(v4.sin_port));
		memcpy(source, &v4, sizeof(v4));
	} else if (size == inet6_size) {
		memcpy(&v6.sin6_addr, p, sizeof(v6.sin6_addr));
		memcpy(&v6.sin6_port, p + 2 * sizeof(v6.sin6_addr),
		    sizeof(v6.sin6_port));
		memcpy(source, &v6, sizeof(v6));
	}
}

struct sockaddr_storage
ppheader_source(const struct ppheader *h)
{
	struct sockaddr_storage source = {.ss_family = AF_UNSPEC};

	if (is_binary(h))
		take_binary(h, &source);
	else
		parse_line(line_of(h), &source);
	return source;
}
