/*
 * From a URL to the loopback address that serves it. Other networks are
 * refused: this load is meant for no machine but its own.
 */
#include "target.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum {
	PORT_DEFAULT = 1965,
	PORT_SIZE = 8,
	LOOPBACK_NET = 127,
	IPV4_NET_SHIFT = 24,
};

struct authority {
	char host[TARGET_HOST_MAX];
	char port[PORT_SIZE];
};

/* Split "host:port" or "[host]:port" of length bytes; the port may be absent.
 */
static int
authority_parse(struct authority *authority, const char *text, size_t length)
{
	const char *end = text + length;
	const char *bracket = memchr(text, ']', length);
	const char *from = bracket != NULL ? bracket : text;
	const char *colon = memchr(from, ':', (size_t)(end - from));
	const char *host = bracket != NULL ? text + 1 : text;
	const char *host_end = bracket;

	if (host_end == NULL)
		host_end = colon != NULL ? colon : end;
	if (host_end <= host || host_end - host >= TARGET_HOST_MAX)
		return -1;
	snprintf(authority->host, sizeof authority->host, "%.*s",
	    (int)(host_end - host), host);
	if (colon == NULL)
		snprintf(authority->port, sizeof authority->port, "%d",
		    PORT_DEFAULT);
	else
		snprintf(authority->port, sizeof authority->port, "%.*s",
		    (int)(end - colon - 1), colon + 1);
	return 0;
}

static bool
address_is_loopback(const struct addrinfo *info)
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	if (info->ai_family == AF_INET) {
		memcpy(&v4, info->ai_addr, sizeof v4);
		return ntohl(v4.sin_addr.s_addr) >> IPV4_NET_SHIFT ==
		    LOOPBACK_NET;
	}
	if (info->ai_family != AF_INET6)
		return false;
	memcpy(&v6, info->ai_addr, sizeof v6);
	return IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr);
}

/* IPv4 comes first: the loops listen there only. */
static int
target_resolve(struct target *target, const struct authority *authority)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	struct addrinfo *list = NULL;
	const struct addrinfo *chosen = NULL;
	int error =
	    getaddrinfo(authority->host, authority->port, &hints, &list);

	for (const struct addrinfo *at = list; at != NULL; at = at->ai_next)
		if (address_is_loopback(at) &&
		    (chosen == NULL || at->ai_family == AF_INET))
			chosen = at;
	if (chosen != NULL) {
		memcpy(&target->address, chosen->ai_addr, chosen->ai_addrlen);
		target->address_length = chosen->ai_addrlen;
	} else {
		fprintf(stderr, "load: %s: %s\n", authority->host,
		    error != 0 ? gai_strerror(error) : "not on the loopback");
	}
	if (list != NULL)
		freeaddrinfo(list);
	return chosen != NULL ? 0 : -1;
}

int
target_parse(struct target *target, const char *url, const char *connect_to)
{
	static const char scheme[] = "gemini://";
	struct authority authority;
	size_t length = strlen(url);
	const char *start = url + sizeof scheme - 1;

	if (strncmp(url, scheme, sizeof scheme - 1) != 0 ||
	    length > TARGET_URL_MAX ||
	    authority_parse(&authority, start, strcspn(start, "/?")) != 0) {
		fprintf(stderr, "load: %s: not a gemini URL\n", url);
		return -1;
	}
	memcpy(target->host, authority.host, sizeof target->host);
	memcpy(target->request, url, length);
	memcpy(target->request + length, "\r\n", 2);
	target->request_length = length + 2;
	if (connect_to == NULL ||
	    authority_parse(&authority, connect_to, strlen(connect_to)) == 0)
		return target_resolve(target, &authority);
	fprintf(stderr, "load: %s: not HOST:PORT\n", connect_to);
	return -1;
}
