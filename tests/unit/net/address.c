/*
 * net/address: addresses of peers as bytes and as text.
 */
#include "net/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "tap.h"

static struct address
parse(int family, const char *text)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
	struct sockaddr_storage any = {.ss_family = AF_UNSPEC};

	if (family == AF_INET && inet_pton(AF_INET, text, &v4.sin_addr) == 1)
		memcpy(&any, &v4, sizeof(v4));
	if (family == AF_INET6 && inet_pton(AF_INET6, text, &v6.sin6_addr) == 1)
		memcpy(&any, &v6, sizeof(v6));
	return address_from(&any);
}

int
main(void)
{
	static const struct {
		int family;
		const char *text;
		size_t first; /* bytes that are kept */
		const char *shown;
	} cases[] = {
	    {AF_INET, "192.0.2.77", 4, "192.0.2.77"},
	    {AF_INET, "192.0.2.77", 3, "192.0.2.0"},
	    {AF_INET6, "::ffff:192.0.2.77", 4, "192.0.2.77"},
	    {AF_INET6, "2001:db8:1:2::3", 16, "2001:db8:1:2::3"},
	    {AF_INET6, "2001:db8:1:2::3", 6, "2001:db8:1::"},
	    {AF_INET6, "::1", 6, "::"},
	    {AF_UNIX, "", 16, "-"},
	};
	struct buf out;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_init(&out, INET6_ADDRSTRLEN);
		address_add(&out,
		    address_first(
			parse(cases[i].family, cases[i].text), cases[i].first));
		tap_str(buf_str(&out), str_from_c(cases[i].shown),
		    "first %zu bytes of \"%s\"", cases[i].first, cases[i].text);
		buf_fini(&out);
	}
	tap_int((long long)address_size(parse(AF_INET6, "::ffff:1.2.3.4")), 4,
	    "an IPv4 address has 4 bytes, whatever brought it");
	return tap_done();
}
