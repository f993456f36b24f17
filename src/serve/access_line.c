/*
 * One request as a line of the log. Where lines go is for serve/access.
 */
#include "serve/access_line.h"

#include <inttypes.h>

#include "base/calendar.h"
#include "base/date.h"
#include "text/json.h"
#include "tls/digest.h"

enum {
	ms_per_s = 1000,
	day_ms = 24 * 60 * 60 * 1000,
	ipv4_shown = 3, /* bytes of a masked address */
	ipv6_shown = 6,
	hash_shown = 8, /* bytes */
};

/* Every byte outside printable ASCII, spaces, quotes and backslashes as \xNN.
 */
static void
print_escaped(struct buf *out, struct str s)
{
	enum { printable_first = 0x21, printable_last = 0x7e };
	unsigned char c;

	for (size_t i = 0; i < s.n; i++) {
		c = (unsigned char)s.p[i];
		if (c < printable_first || c > printable_last || c == '\\' ||
		    c == '"')
			buf_addf(out, "\\x%02x", c);
		else
			buf_add_char(out, (char)c);
	}
}

/* A query is what somebody typed in answer to a prompt: it is not kept. */
static void
print_url(struct buf *out, struct str url)
{
	ptrdiff_t mark = str_find_char(url, '?');

	if (url.n == 0)
		buf_add_char(out, '-');
	if (mark < 0) {
		print_escaped(out, url);
		return;
	}
	print_escaped(out, str_first(url, (size_t)mark + 1));
	if ((size_t)mark + 1 < url.n)
		buf_add_char(out, '-');
}

static void
print_fingerprint(struct buf *out, const struct access_entry *entry)
{
	if (entry->peer == NULL)
		buf_add_char(out, '-');
	else
		buf_addf(out, "SHA256:%s", entry->peer->certificate);
}

static void
print_seconds(struct buf *out, const struct access_entry *entry)
{
	buf_addf(out, "%" PRId64 ".%03d", entry->duration_ms / ms_per_s,
	    (int)(entry->duration_ms % ms_per_s));
}

static void
print_line(
    struct buf *out, const struct access_entry *entry, struct str address)
{
	date_add_log_time(out, entry->wall_ms);
	buf_addf(out, " %" STR_FMT " %d ", STR_ARG(address), entry->status);
	print_url(out, entry->url);
	buf_addf(out, " %" PRIu64 " ", entry->body_bytes);
	print_seconds(out, entry);
	buf_add_char(out, ' ');
	buf_add(out, str_is_empty(entry->tls) ? STR("-") : entry->tls);
	buf_add_char(out, ' ');
	print_fingerprint(out, entry);
}

/* A member of an object: a text, or null where it is absent. */
static void
print_member(struct buf *out, const char *name, struct str text)
{
	buf_addf(out, ",\"%s\":", name);
	if (str_is_empty(text) || str_eq(text, STR("-")))
		buf_add(out, STR("null"));
	else
		json_add_string(out, text);
}

static void
print_json(
    struct buf *out, const struct access_entry *entry, struct str address)
{
	struct buf text;

	buf_init(&text, access_line_max);
	buf_add(out, STR("{\"time\":\""));
	date_add_log_time(out, entry->wall_ms);
	buf_add_char(out, '"');
	print_member(out, "ip", address);
	buf_addf(out, ",\"status\":%d", entry->status);
	print_url(&text, entry->url);
	print_member(out, "url", buf_str(&text));
	buf_addf(out, ",\"bytes\":%" PRIu64 ",\"seconds\":", entry->body_bytes);
	print_seconds(out, entry);
	print_member(out, "tls", entry->tls);
	buf_clear(&text);
	print_fingerprint(&text, entry);
	print_member(out, "fingerprint", buf_str(&text));
	buf_add_char(out, '}');
	buf_fini(&text);
}

/* The day and time as web servers write them: 10/Oct/2000:13:55:36 +0000. */
static void
print_web_time(struct buf *out, int64_t wall_ms)
{
	static const char *const months[calendar_months] = {"Jan", "Feb", "Mar",
	    "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	struct civil civil = date_civil(
	    (struct date){.seconds = calendar_floor_div(wall_ms, ms_per_s)});

	buf_addf(out, "%02d/%s/%04d:%02d:%02d:%02d +0000", civil.day,
	    months[civil.month - 1], civil.year, civil.hour, civil.minute,
	    civil.second);
}

static void
print_common(
    struct buf *out, const struct access_entry *entry, struct str address)
{
	buf_add(out, address);
	buf_add(out, STR(" - "));
	print_fingerprint(out, entry);
	buf_add(out, STR(" ["));
	print_web_time(out, entry->wall_ms);
	buf_add(out, STR("] \""));
	print_url(out, entry->url);
	buf_addf(out, "\" %d %" PRIu64, entry->status, entry->body_bytes);
}

void
access_print(struct buf *out, enum conf_log_format format,
    const struct access_entry *entry, struct str address)
{
	switch (format) {
	case CONF_LOG_LINE:
		print_line(out, entry, address);
		break;
	case CONF_LOG_JSON:
		print_json(out, entry, address);
		break;
	case CONF_LOG_COMBINED:
		print_common(out, entry, address);
		buf_add(out, STR(" \"-\" \"-\""));
		break;
	case CONF_LOG_COMMON:
		print_common(out, entry, address);
		break;
	}
}

static void
print_hashed(
    struct buf *out, struct address address, struct str salt, int64_t wall_ms)
{
	unsigned char digest[digest_size];
	int64_t day = wall_ms / day_ms;
	struct str parts[] = {
	    salt,
	    str_from((const char *)&day, sizeof(day)),
	    str_from((const char *)address.bytes, address_size(address)),
	};

	digest_sha256(parts, sizeof(parts) / sizeof(parts[0]), digest);
	for (size_t i = 0; i < hash_shown; i++)
		buf_addf(out, "%02x", digest[i]);
}

void
access_print_address(struct buf *out, enum conf_addresses how,
    struct address address, struct str salt, int64_t wall_ms)
{
	switch (how) {
	case CONF_ADDRESSES_MASKED:
		address_add(out,
		    address_first(address,
			address.family == ADDRESS_IPV4 ? ipv4_shown
						       : ipv6_shown));
		break;
	case CONF_ADDRESSES_HASHED:
		print_hashed(out, address, salt, wall_ms);
		break;
	case CONF_ADDRESSES_FULL:
		address_add(out, address);
		break;
	case CONF_ADDRESSES_NONE:
		buf_add_char(out, '-');
		break;
	}
}
